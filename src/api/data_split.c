#include "train/split.h"
#include "api/check.h"
#include "base/error.h"

static mlp_status check_indices(const mlp_data *data, int64_t count, const int64_t *indices)
{
    for (int64_t s = 0; s < count; s++)
        if (indices[s] < 0 || indices[s] >= data->samples)
            return mlpi_fail(MLP_ERR_ARGUMENT, "indices[%lld] = %lld: must be 0 to %lld", (long long)s,
                             (long long)indices[s], (long long)(data->samples - 1));
    return MLP_OK;
}

mlp_status mlp_data_subset(const mlp_data *data, int64_t count, const int64_t *indices, mlp_data **subset)
{
    mlp_status status = mlpi_check_pointer("subset", subset);
    if (status != MLP_OK)
        return status;
    *subset = NULL;
    status = mlpi_check_pointer("data", data);
    if (status == MLP_OK)
        status = mlpi_check_size("count", count, 1, INT64_MAX);
    if (status == MLP_OK)
        status = mlpi_check_pointer("indices", indices);
    if (status == MLP_OK)
        status = check_indices(data, count, indices);
    return status == MLP_OK ? mlpi_data_subset(data, count, indices, subset) : status;
}

/* Both outputs are there, and NULL until they are written. */
static mlp_status clear_parts(const char *first_name, mlp_data **first, const char *second_name,
                              mlp_data **second)
{
    if (first)
        *first = NULL;
    if (second)
        *second = NULL;
    const mlp_status status = mlpi_check_pointer(first_name, first);
    return status == MLP_OK ? mlpi_check_pointer(second_name, second) : status;
}

mlp_status mlp_data_split(const mlp_data *data, int64_t count, uint64_t seed, mlp_data **first,
                          mlp_data **second)
{
    mlp_status status = clear_parts("first", first, "second", second);
    if (status == MLP_OK)
        status = mlpi_check_pointer("data", data);
    if (status == MLP_OK)
        status = mlpi_check_size("count", count, 1, data->samples - 1);
    return status == MLP_OK ? mlpi_data_split(data, count, seed, first, second) : status;
}

mlp_status mlp_data_fold(const mlp_data *data, int64_t folds, int64_t fold, uint64_t seed, mlp_data **train,
                         mlp_data **test)
{
    mlp_status status = clear_parts("train", train, "test", test);
    if (status == MLP_OK)
        status = mlpi_check_pointer("data", data);
    if (status == MLP_OK)
        status = mlpi_check_size("folds", folds, 2, data->samples);
    if (status == MLP_OK)
        status = mlpi_check_size("fold", fold, 0, folds - 1);
    return status == MLP_OK ? mlpi_data_fold(data, folds, fold, seed, train, test) : status;
}
