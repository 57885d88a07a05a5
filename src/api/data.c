#include "train/data.h"
#include "api/check_samples.h"
#include "base/checked.h"
#include "base/error.h"

#include <math.h>

mlp_status mlp_data_create(mlp_dtype dtype, int64_t samples, mlp_data **data)
{
    mlp_status status = mlpi_check_pointer("data", data);
    if (status != MLP_OK)
        return status;
    *data = NULL;
    if (!mlp_dtype_name(dtype))
        return mlpi_fail(MLP_ERR_ARGUMENT, "dtype = %d: must be MLP_F32 or MLP_F64", (int)dtype);
    status = mlpi_check_size("samples", samples, 1, INT64_MAX);
    return status == MLP_OK ? mlpi_data_create(dtype, samples, data) : status;
}

void mlp_data_destroy(mlp_data *data)
{
    mlpi_data_destroy(data);
}

static mlp_status check_dtype(const mlp_data *data, mlp_dtype dtype)
{
    if (!data)
        return mlpi_check_pointer("data", data);
    if (data->dtype != dtype)
        return mlpi_fail(MLP_ERR_DTYPE, "data is %s: the function is for %s", mlp_dtype_name(data->dtype),
                         mlp_dtype_name(dtype));
    return MLP_OK;
}

/* An array of `rows` values for each sample: what it spans must fit the address space. */
static mlp_status check_columns(const mlp_data *data, const char *rows_name, int64_t rows, const char *name,
                                const void *values, const char *ld_name, int64_t ld)
{
    mlp_status status = mlpi_check_size(rows_name, rows, 1, INT32_MAX);
    if (status == MLP_OK)
        status = mlpi_check_pointer(name, values);
    if (status == MLP_OK)
        status = mlpi_check_ld(ld_name, ld, rows);
    int64_t span;
    if (status == MLP_OK &&
        (!mlpi_checked_mul(ld, data->samples, &span) || !mlpi_checked_mul(span, sizeof(double), &span)))
        status = mlpi_fail(MLP_ERR_SIZE, "%s = %lld: with %lld samples the array overflows the address space",
                           ld_name, (long long)ld, (long long)data->samples);
    return status;
}

static mlp_status check_labelled(const mlp_data *data)
{
    const mlp_status status = mlpi_check_pointer("data", data);
    if (status == MLP_OK && !data->labels)
        return mlpi_fail(MLP_ERR_STATE, "data: has no labels");
    return status;
}

#include "base/real32.h"
#include "api/data_tmpl.h"
#include "base/real64.h"
#include "api/data_tmpl.h"

mlp_status mlp_data_set_labels(mlp_data *data, int32_t classes, const int32_t *labels)
{
    mlp_status status = mlpi_check_pointer("data", data);
    if (status == MLP_OK)
        status = mlpi_check_size("classes", classes, 1, INT32_MAX);
    if (status == MLP_OK)
        status = mlpi_check_labels(data->samples, labels, classes);
    return status == MLP_OK ? mlpi_data_set_labels(data, classes, labels) : status;
}

mlp_status mlp_data_balance_classes(mlp_data *data)
{
    const mlp_status status = check_labelled(data);
    return status == MLP_OK ? mlpi_data_balance_classes(data) : status;
}

mlp_dtype mlp_data_dtype(const mlp_data *data)
{
    return data ? data->dtype : 0;
}

int64_t mlp_data_samples(const mlp_data *data)
{
    return data ? data->samples : 0;
}

int64_t mlp_data_input_width(const mlp_data *data)
{
    return data ? data->inputs.rows : 0;
}

int64_t mlp_data_target_width(const mlp_data *data)
{
    return data ? data->targets.rows : 0;
}

int32_t mlp_data_classes(const mlp_data *data)
{
    return data ? data->classes : 0;
}
