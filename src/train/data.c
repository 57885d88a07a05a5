#include "train/data.h"
#include "base/checked.h"
#include "base/error.h"
#include "base/memory.h"
#include "layer/padding.h"
#include "loss/loss.h"

#include <string.h>

mlp_status mlpi_data_create(mlp_dtype dtype, int64_t samples, mlp_data **out)
{
    mlp_data *data = mlpi_zalloc(sizeof *data);
    if (!data)
        return mlpi_fail_memory("data", sizeof *data);
    data->dtype = dtype;
    data->samples = samples;
    *out = data;
    return MLP_OK;
}

void mlpi_data_destroy(mlp_data *data)
{
    if (!data)
        return;
    mlpi_free(data->inputs.owned);
    mlpi_free(data->targets.owned);
    mlpi_free(data->labels);
    mlpi_free(data->weights);
    mlpi_free(data);
}

void *mlpi_data_room(const char *what, int64_t rows, int64_t samples, int64_t size, mlp_status *status)
{
    int64_t bytes;
    if (!mlpi_checked_mul(rows, samples, &bytes) || !mlpi_checked_mul(bytes, size, &bytes)) {
        *status =
            mlpi_fail(MLP_ERR_SIZE, "%s: %lld values for each of %lld samples overflow the address space",
                      what, (long long)rows, (long long)samples);
        return NULL;
    }
    void *memory = mlpi_alloc(bytes);
    *status = memory ? MLP_OK : mlpi_fail_memory(what, bytes);
    return memory;
}

mlp_status mlpi_data_copy(mlp_data *data, mlpi_columns *columns, int64_t rows, const void *values, int64_t ld)
{
    const int64_t size = mlpi_dtype_size(data->dtype);
    mlp_status status;
    void *copy = mlpi_data_room("data", rows, data->samples, size, &status);
    if (!copy)
        return status;
    for (int64_t s = 0; s < data->samples; s++)
        memcpy((char *)copy + s * rows * size, (const char *)values + s * ld * size, (size_t)(rows * size));
    mlpi_free(columns->owned);
    *columns = (mlpi_columns){.rows = rows, .ld = rows, .values = copy, .owned = copy};
    return MLP_OK;
}

void mlpi_data_borrow(mlpi_columns *columns, int64_t rows, const void *values, int64_t ld)
{
    mlpi_free(columns->owned);
    *columns = (mlpi_columns){.rows = rows, .ld = ld, .values = values};
}

void mlpi_data_clear_labels(mlp_data *data)
{
    mlpi_free(data->labels);
    data->labels = NULL;
    data->classes = 0;
}

mlp_status mlpi_data_set_labels(mlp_data *data, int32_t classes, const int32_t *labels)
{
    mlp_status status;
    int32_t *copy = mlpi_data_room("labels", 1, data->samples, sizeof *labels, &status);
    if (!copy)
        return status;
    memcpy(copy, labels, (size_t)data->samples * sizeof *labels);
    mlpi_data_clear_labels(data);
    data->labels = copy;
    data->classes = classes;
    mlpi_free(data->targets.owned);
    data->targets = (mlpi_columns){0};
    return MLP_OK;
}

mlp_status mlpi_data_set_weights(mlp_data *data, const void *weights)
{
    void *copy = NULL;
    if (weights) {
        const int64_t size = mlpi_dtype_size(data->dtype);
        mlp_status status;
        copy = mlpi_data_room("weights", 1, data->samples, size, &status);
        if (!copy)
            return status;
        memcpy(copy, weights, (size_t)(data->samples * size));
    }
    mlpi_free(data->weights);
    data->weights = copy;
    return MLP_OK;
}

double mlpi_data_weight_sum(const mlp_data *data)
{
    return data->dtype == MLP_F32 ? mlpi_weight_sum_f32(data->samples, data->weights)
                                  : mlpi_weight_sum_f64(data->samples, data->weights);
}
