#include "train/data.h"
#include "api/check.h"
#include "base/error.h"

#include <string.h>

/* Samples first .. first + count - 1 are there, and somewhere to put what is read. */
static mlp_status check_range(const mlp_data *data, int64_t first, int64_t count, const char *name,
                              const void *values)
{
    mlp_status status = mlpi_check_pointer("data", data);
    if (status == MLP_OK)
        status = mlpi_check_size("first", first, 0, data->samples - 1);
    if (status == MLP_OK)
        status = mlpi_check_size("count", count, 1, data->samples - first);
    return status == MLP_OK ? mlpi_check_pointer(name, values) : status;
}

static mlp_status check_typed(const mlp_data *data, mlp_dtype dtype)
{
    if (data->dtype == dtype)
        return MLP_OK;
    return mlpi_fail(MLP_ERR_DTYPE, "data is %s: the function is for %s", mlp_dtype_name(data->dtype),
                     mlp_dtype_name(dtype));
}

#include "base/real32.h"
#include "api/data_read_tmpl.h"
#include "base/real64.h"
#include "api/data_read_tmpl.h"

mlp_status mlp_data_get_labels(const mlp_data *data, int64_t first, int64_t count, int32_t *labels)
{
    const mlp_status status = check_range(data, first, count, "labels", labels);
    if (status == MLP_OK && !data->labels)
        return mlpi_fail(MLP_ERR_STATE, "data: has no labels");
    if (status == MLP_OK)
        memcpy(labels, data->labels + first, (size_t)count * sizeof *labels);
    return status;
}
