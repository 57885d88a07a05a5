#include "base/error.h"
#include "base/memory.h"
#include "layer/padding.h"
#include "train/data.h"

#include <math.h>
#include <string.h>

/* What is at values + indices[s] * stride, `bytes` long, for every s, side by side; NULL with *status set. */
static void *gather(const char *what, int64_t bytes, const void *values, int64_t stride, int64_t count,
                    const int64_t *indices, mlp_status *status)
{
    char *copy = mlpi_data_room(what, bytes, count, 1, status);
    for (int64_t s = 0; copy && s < count; s++)
        memcpy(copy + s * bytes, (const char *)values + indices[s] * stride, (size_t)bytes);
    return copy;
}

static mlp_status gather_columns(const mlp_data *data, const mlpi_columns *from, int64_t count,
                                 const int64_t *indices, mlpi_columns *to)
{
    const int64_t size = mlpi_dtype_size(data->dtype);
    mlp_status status = MLP_OK;
    if (!from->values)
        return MLP_OK;
    to->owned = gather("data", from->rows * size, from->values, from->ld * size, count, indices, &status);
    to->values = to->owned;
    to->rows = to->ld = from->rows;
    return status;
}

static mlp_status gather_labels(const mlp_data *data, int64_t count, const int64_t *indices, mlp_data *to)
{
    const int64_t size = sizeof *data->labels;
    mlp_status status = MLP_OK;
    if (!data->labels)
        return MLP_OK;
    to->labels = gather("labels", size, data->labels, size, count, indices, &status);
    to->classes = data->classes;
    return status;
}

/* Means are taken over the weights: some must be left. */
static mlp_status gather_weights(const mlp_data *data, int64_t count, const int64_t *indices, mlp_data *to)
{
    const int64_t size = mlpi_dtype_size(data->dtype);
    mlp_status status = MLP_OK;
    if (!data->weights)
        return MLP_OK;
    to->weights = gather("weights", size, data->weights, size, count, indices, &status);
    if (status != MLP_OK)
        return status;
    const double sum = mlpi_data_weight_sum(to);
    if (sum > 0 && isfinite(sum))
        return MLP_OK;
    return mlpi_fail(MLP_ERR_ARGUMENT,
                     "data: the weights of %lld chosen samples sum to %g: must be finite and greater than 0",
                     (long long)count, sum);
}

mlp_status mlpi_data_subset(const mlp_data *data, int64_t count, const int64_t *indices, mlp_data **out)
{
    mlp_data *subset;
    mlp_status status = mlpi_data_create(data->dtype, count, &subset);
    if (status != MLP_OK)
        return status;
    status = gather_columns(data, &data->inputs, count, indices, &subset->inputs);
    if (status == MLP_OK)
        status = gather_columns(data, &data->targets, count, indices, &subset->targets);
    if (status == MLP_OK)
        status = gather_labels(data, count, indices, subset);
    if (status == MLP_OK)
        status = gather_weights(data, count, indices, subset);
    if (status == MLP_OK)
        *out = subset;
    else
        mlpi_data_destroy(subset);
    return status;
}
