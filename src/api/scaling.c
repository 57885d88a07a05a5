#include "train/scaling.h"
#include "api/check.h"
#include "base/error.h"

const char *mlp_scaling_name(mlp_scaling scaling)
{
    const mlpi_scaling *found = mlpi_scaling_of(scaling);
    return found ? found->name : NULL;
}

mlp_scaling mlp_scaling_from_name(const char *name)
{
    const mlpi_scaling *found = name ? mlpi_scaling_find(name) : NULL;
    return found ? found->id : 0;
}

/* The data set has `columns` of `width` values a sample, of the model's number type. */
static mlp_status check_columns(const mlp_model *model, const mlp_data *data, const mlpi_columns *columns,
                                const char *what, int64_t width)
{
    if (data->dtype != model->architecture.dtype)
        return mlpi_fail(MLP_ERR_DTYPE, "data is %s: the model is %s", mlp_dtype_name(data->dtype),
                         mlp_dtype_name(model->architecture.dtype));
    if (!columns->values)
        return mlpi_fail(MLP_ERR_STATE, "data: has no %s", what);
    if (columns->rows != width)
        return mlpi_fail(MLP_ERR_SIZE, "data: has %lld %s a sample: the model has %lld",
                         (long long)columns->rows, what, (long long)width);
    return MLP_OK;
}

static mlp_status check_fit(const mlp_model *model, const mlp_data *data, mlp_scaling scaling, int output)
{
    mlp_status status = mlpi_check_pointer("model", model);
    if (status == MLP_OK)
        status = mlpi_check_pointer("data", data);
    if (status != MLP_OK)
        return status;
    if (!mlpi_scaling_of(scaling))
        return mlpi_fail(MLP_ERR_ARGUMENT, "scaling = %d: must be one of the MLP_SCALING_... constants",
                         (int)scaling);
    const mlpi_architecture *architecture = &model->architecture;
    return output ? check_columns(model, data, &data->targets, "targets",
                                  architecture->widths[architecture->layers])
                  : check_columns(model, data, &data->inputs, "inputs", architecture->widths[0]);
}

mlp_status mlp_model_fit_input_scaling(mlp_model *model, const mlp_data *data, mlp_scaling scaling)
{
    const mlp_status status = check_fit(model, data, scaling, 0);
    return status == MLP_OK ? mlpi_model_fit_scaling(model, data, mlpi_scaling_of(scaling), 0) : status;
}

mlp_status mlp_model_fit_output_scaling(mlp_model *model, const mlp_data *data, mlp_scaling scaling)
{
    const mlp_status status = check_fit(model, data, scaling, 1);
    return status == MLP_OK ? mlpi_model_fit_scaling(model, data, mlpi_scaling_of(scaling), 1) : status;
}
