#include "train/scaling.h"
#include "base/error.h"
#include "base/memory.h"
#include "model/model.h"
#include "train/finite.h"

#include <float.h>
#include <math.h>
#include <string.h>

static double mean(const mlpi_spread *spread)
{
    return spread->mean;
}

static double deviation(const mlpi_spread *spread)
{
    return spread->deviation;
}

static double middle(const mlpi_spread *spread)
{
    return spread->least / 2 + spread->largest / 2;
}

static double half_range(const mlpi_spread *spread)
{
    return spread->largest / 2 - spread->least / 2;
}

static const mlpi_scaling table[] = {
    {MLP_SCALING_STANDARD, "standard", mean, deviation},
    {MLP_SCALING_MIN_MAX, "min_max", middle, half_range},
};

enum { COUNT = sizeof table / sizeof *table };

const mlpi_scaling *mlpi_scaling_of(int32_t id)
{
    return id >= 1 && id <= COUNT ? &table[id - 1] : NULL;
}

const mlpi_scaling *mlpi_scaling_find(const char *name)
{
    for (int i = 0; i < COUNT; i++)
        if (strcmp(table[i].name, name) == 0)
            return &table[i];
    return NULL;
}

/* Statistics of n rows while they are gathered, row by row side by side so that loops over them are vectors. */
typedef struct statistics {
    int64_t n;
    double weight; /* of all samples */
    double *least, *largest, *mean;
    double *per_radius;     /* 1 / half the range; 0 where that is 0 */
    double *first, *second; /* sums of w u and w u^2, u = (x - mean) / half the range */
    void *scale, *shift;    /* of the model's number type */
} statistics;

enum { PER_ROW = 8 }; /* arrays of the statistics */

static statistics place(int64_t n, double *memory)
{
    return (statistics){.n = n,
                        .least = memory,
                        .largest = memory + n,
                        .mean = memory + 2 * n,
                        .per_radius = memory + 3 * n,
                        .first = memory + 4 * n,
                        .second = memory + 5 * n,
                        .scale = memory + 6 * n,
                        .shift = memory + 7 * n};
}

/* What row i was found to be; u spans 2 at most, so nothing overflows, and squares of small values do not vanish. */
static mlpi_spread spread_of(const statistics *s, int64_t i)
{
    mlpi_spread spread = {.least = s->least[i], .largest = s->largest[i]};
    const double radius = half_range(&spread), shift = s->first[i] / s->weight;
    const double variance = s->second[i] / s->weight - shift * shift;
    const double exact = s->mean[i] + radius * shift;
    spread.mean = fmin(fmax(exact, spread.least), spread.largest);
    spread.deviation = variance > 0 ? radius * sqrt(variance) : 0;
    return spread;
}

#include "base/real32.h"
#define EPSILON FLT_EPSILON
#include "train/scaling_tmpl.h"
#undef EPSILON
#include "base/real64.h"
#define EPSILON DBL_EPSILON
#include "train/scaling_tmpl.h"
#undef EPSILON

mlp_status mlpi_model_fit_scaling(mlp_model *model, const mlp_data *data, const mlpi_scaling *scaling,
                                  int output)
{
    const int64_t n = (output ? &data->targets : &data->inputs)->rows; /* < 2^31 */
    const int64_t bytes = PER_ROW * n * (int64_t)sizeof(double);
    double *memory = mlpi_alloc(bytes);
    if (!memory)
        return mlpi_fail_memory("statistics of the data", bytes);
    statistics s = place(n, memory);
    const mlp_status status = (data->dtype == MLP_F32 ? fit_f32 : fit_f64)(model, data, scaling, output, &s);
    mlpi_free(memory);
    return status;
}
