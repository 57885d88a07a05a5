#include "engine/plan.h"
#include "base/error.h"
#include "layer/padding.h"

#include <stdio.h>

int64_t mlpi_plan_widest(int32_t from, int32_t to, const int64_t *widths)
{
    int64_t widest = 0;
    for (int32_t l = from; l <= to; l++)
        widest = widths[l] > widest ? widths[l] : widest;
    return widest;
}

int64_t mlpi_plan_panel(mlp_dtype dtype)
{
    const mlpi_kernels *kernels = mlpi_kernels_for(MLPI_VECTOR_AVX512);
    return dtype == MLP_F32 ? kernels->f32.panel : kernels->f64.panel;
}

void *mlpi_plan_take_panel(mlpi_arena *arena, mlp_dtype dtype, int32_t layers, const int64_t *widths,
                           int64_t max_batch)
{
    if (max_batch < MLPI_PLAN_FEW)
        return NULL;
    return mlpi_arena_take(arena, mlpi_plan_widest(1, layers, widths),
                           mlpi_plan_panel(dtype) * mlpi_dtype_size(dtype));
}

int32_t mlpi_plan_threads(const mlpi_plan *plan, double multiply_adds)
{
    const double each = 250e3; /* about 2 us */
    if (!plan->pool || multiply_adds < 2 * each)
        return 1;
    return multiply_adds / each < plan->threads ? (int32_t)(multiply_adds / each) : plan->threads;
}

/* The larger over the smaller: 1 for the batch itself. */
static double distance(int64_t one, int64_t other)
{
    return one < other ? (double)other / (double)one : (double)one / (double)other;
}

static int32_t tunings_of(const mlpi_plan *plan)
{
    return plan->tunings < MLPI_PLAN_TUNED ? plan->tunings : MLPI_PLAN_TUNED;
}

const mlpi_route *mlpi_plan_tuned(const mlpi_plan *plan, int64_t batch)
{
    const mlpi_tuning *nearest = NULL;
    for (int32_t i = 0; i < tunings_of(plan); i++) {
        const mlpi_tuning *tuning = &plan->tuning[i];
        if ((tuning->batch == 1) == (batch == 1) && distance(tuning->batch, batch) <= 2 &&
            (!nearest || distance(tuning->batch, batch) < distance(nearest->batch, batch)))
            nearest = tuning;
    }
    return nearest ? &nearest->route : NULL;
}

void mlpi_plan_tune(mlpi_plan *plan, int64_t batch, mlpi_route route)
{
    route.tuned = 1;
    for (int32_t i = 0; i < tunings_of(plan); i++)
        if (plan->tuning[i].batch == batch) {
            plan->tuning[i].route = route;
            return;
        }
    plan->tuning[plan->tunings % MLPI_PLAN_TUNED] = (mlpi_tuning){batch, route};
    plan->tunings++;
}

void mlpi_plan_share(int64_t total, int64_t unit, int32_t index, int32_t count, int64_t *from, int64_t *to)
{
    if (count == 1) {
        *from = 0;
        *to = total;
        return;
    }
    const int64_t units = (total + unit - 1) / unit;
    *from = units * index / count * unit;
    *to = units * (index + 1) / count * unit;
    *from = *from < total ? *from : total;
    *to = *to < total ? *to : total;
}

/* By mlp_cpu: the level of its kernels. */
static const struct {
    const char *name;
    enum mlpi_vector_level level;
} cpus[] = {
    [MLP_CPU_GENERIC] = {"generic", MLPI_VECTOR_BASE},
    [MLP_CPU_AVX2] = {"avx2", MLPI_VECTOR_AVX2},
    [MLP_CPU_AVX512] = {"avx512", MLPI_VECTOR_AVX512},
};

mlp_status mlpi_plan_settle(mlpi_plan *plan)
{
    const enum mlpi_vector_level most = mlpi_cpu()->level;
    const enum mlpi_vector_level level = plan->cpu == MLP_CPU_AUTO ? most : cpus[plan->cpu].level;
    const mlpi_kernels *kernels = mlpi_kernels_for(level);
    if (level > most || (plan->cpu != MLP_CPU_AUTO && kernels->level != level))
        return mlpi_fail(MLP_ERR_UNSUPPORTED, "cpu = %d: this processor or build has no %s", (int)plan->cpu,
                         cpus[plan->cpu].name);
    plan->vectors = mlpi_activation_vectors(level);
    plan->kernels = plan->engine == MLP_ENGINE_BLAS ? NULL : kernels;
    return MLP_OK;
}

const char *mlpi_plan_describe(const mlpi_plan *plan, char *text, int64_t size)
{
    if (plan->kernels)
        snprintf(text, (size_t)size, "native %s", plan->kernels->name);
    else
        snprintf(text, (size_t)size, "blas");
    return text;
}
