#include "loss/metric.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/number.h"

#include <math.h>
#include <string.h>

#include "base/real32.h"
#include "loss/metric_tmpl.h"
#include "base/real64.h"
#include "loss/metric_tmpl.h"

/* ---- What the sums become ---- */

static double mean(const mlpi_tally *tally)
{
    return tally->sum / tally->weight;
}

static double root_mean(const mlpi_tally *tally)
{
    return sqrt(tally->sum / tally->weight);
}

static double r2_of_constant(double residual)
{
    if (isnan(residual))
        return residual;
    return residual == 0;
}

static double mean_r2(const mlpi_tally *tally)
{
    double sum = 0;
    for (int64_t p = 0; p < tally->n; p++)
        sum += tally->total[p] == 0 ? r2_of_constant(tally->residual[p])
                                    : 1 - tally->residual[p] / tally->total[p];
    return sum / (double)tally->n;
}

/* ---- Parameters ---- */

static int is_bound(double parameter, int64_t n)
{
    (void)n;
    return isfinite(parameter);
}

static int is_rank(double parameter, int64_t n)
{
    return parameter >= 1 && parameter <= (double)n && parameter == floor(parameter);
}

/* ---- The table ---- */

static const mlpi_metric table[] = {
    {.id = MLP_METRIC_ACCURACY,
     .name = "accuracy",
     .classifies = 1,
     .single_output = 2,
     .allows = is_bound,
     .expected = "finite",
     .sample_f32 = right_f32,
     .sample_f64 = right_f64,
     .result = mean},
    {.id = MLP_METRIC_TOP_K,
     .name = "top_k",
     .classifies = 1,
     .single_output = 1,
     .allows = is_rank,
     .expected = "a whole number from 1 to the number of outputs",
     .sample_f32 = among_f32,
     .sample_f64 = among_f64,
     .result = mean},
    {.id = MLP_METRIC_RMSE,
     .name = "rmse",
     .sample_f32 = square_f32,
     .sample_f64 = square_f64,
     .result = root_mean},
    {.id = MLP_METRIC_MAE,
     .name = "mae",
     .sample_f32 = absolute_f32,
     .sample_f64 = absolute_f64,
     .result = mean},
    {.id = MLP_METRIC_R2,
     .name = "r2",
     .wants_means = 1,
     .sample_f32 = compare_f32,
     .sample_f64 = compare_f64,
     .result = mean_r2},
};

enum { COUNT = sizeof table / sizeof *table };

const mlpi_metric *mlpi_metric_of(int32_t id)
{
    return id >= 1 && id <= COUNT ? &table[id - 1] : NULL;
}

const mlpi_metric *mlpi_metric_find(const char *name)
{
    for (int i = 0; i < COUNT; i++)
        if (strcmp(table[i].name, name) == 0)
            return &table[i];
    return NULL;
}

int64_t mlpi_metric_classes(const mlpi_metric *metric, int64_t n)
{
    return n == 1 ? metric->single_output : n;
}

mlp_status mlpi_metric_check(const mlpi_metric *metric, double parameter, int64_t n)
{
    char given[MLPI_NUMBER_SIZE];
    if (!metric->allows || metric->allows(parameter, n))
        return MLP_OK;
    mlpi_format_f64(parameter, given);
    return mlpi_fail(MLP_ERR_ARGUMENT, "parameter = %s: that of %s must be %s", given, metric->name,
                     metric->expected);
}

/* ---- Tallies ---- */

mlp_status mlpi_tally_begin(const mlpi_metric *metric, double parameter, int64_t n, mlpi_tally *tally)
{
    *tally = (mlpi_tally){.metric = metric, .parameter = parameter, .n = n};
    if (!metric->wants_means)
        return MLP_OK;
    const int64_t bytes = 3 * n * (int64_t)sizeof *tally->mean; /* n < 2^31 */
    tally->mean = mlpi_zalloc(bytes);
    if (!tally->mean)
        return mlpi_fail_memory("means of the targets", bytes);
    tally->residual = tally->mean + n;
    tally->total = tally->mean + 2 * n;
    return MLP_OK;
}

double mlpi_tally_end(mlpi_tally *tally)
{
    const double value = tally->metric->result(tally);
    mlpi_free(tally->mean);
    tally->mean = NULL;
    return value;
}
