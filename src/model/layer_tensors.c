#include "model/layer_tensors.h"
#include "base/error.h"

enum { CHUNK = 512 };

#include "base/real32.h"
#include "model/layer_tensors_tmpl.h"
#include "base/real64.h"
#include "model/layer_tensors_tmpl.h"

/* ---- Writing ---- */

static mlp_status add_layer(mlpi_safetensors_writer *writer, const char *prefix, mlp_dtype dtype,
                            int32_t layer, mlpi_layer *at)
{
    const int32_t type = mlpi_model_element_type(dtype);
    const mlpi_model_tensor weight = mlpi_weight_tensor(prefix, layer, at->n_out, at->n_in);
    const mlpi_model_tensor bias = mlpi_bias_tensor(prefix, layer, at->n_out);
    const mlp_status status =
        mlpi_safetensors_writer_tensor(writer, weight.name, type, weight.rank, weight.shape,
                                       dtype == MLP_F32 ? supply_rows_f32 : supply_rows_f64, at);
    if (status != MLP_OK)
        return status;
    return mlpi_safetensors_writer_array(writer, bias.name, type, bias.rank, bias.shape, at->b);
}

mlp_status mlpi_layer_tensors_add(mlpi_safetensors_writer *writer, const char *prefix, mlp_dtype dtype,
                                  int32_t count, mlpi_layer *layers)
{
    mlp_status status = MLP_OK;
    for (int32_t l = 1; l <= count && status == MLP_OK; l++)
        status = add_layer(writer, prefix, dtype, l, &layers[l - 1]);
    return status;
}

/* ---- Which tensors there are ---- */

static mlp_status check_found(const mlpi_safetensors_tensor *found, const mlpi_model_tensor *expected,
                              mlp_dtype dtype)
{
    const int32_t type = mlpi_model_element_type(dtype);
    if (found->dtype != type)
        return mlpi_fail(MLP_ERR_FORMAT, "model file: tensor '%s' has dtype %s: must be %s", expected->name,
                         mlpi_safetensors_dtype_name(found->dtype), mlpi_safetensors_dtype_name(type));
    if (found->rank != expected->rank)
        return mlpi_fail(MLP_ERR_FORMAT, "model file: tensor '%s' has %d dimensions: must be %d",
                         expected->name, (int)found->rank, (int)expected->rank);
    for (int32_t i = 0; i < expected->rank; i++)
        if (found->shape[i] != expected->shape[i])
            return mlpi_fail(MLP_ERR_FORMAT, "model file: tensor '%s' has %lld in dimension %d: must be %lld",
                             expected->name, (long long)found->shape[i], (int)i,
                             (long long)expected->shape[i]);
    return MLP_OK;
}

mlp_status mlpi_tensor_check(const mlpi_safetensors *file, const mlpi_model_tensor *expected, mlp_dtype dtype)
{
    const mlpi_safetensors_tensor *found = mlpi_safetensors_find(file, expected->name);
    return found ? check_found(found, expected, dtype)
                 : mlpi_fail(MLP_ERR_FORMAT, "model file: tensor '%s' is missing", expected->name);
}

mlp_status mlpi_layer_tensors_check(const mlpi_safetensors *file, const char *prefix, mlp_dtype dtype,
                                    int32_t count, const int64_t *widths)
{
    mlp_status status = MLP_OK;
    for (int32_t l = 1; l <= count && status == MLP_OK; l++) {
        const int64_t n_in = widths[l - 1], n_out = widths[l];
        const mlpi_model_tensor weight = mlpi_weight_tensor(prefix, l, n_out, n_in),
                                bias = mlpi_bias_tensor(prefix, l, n_out);
        status = mlpi_tensor_check(file, &weight, dtype);
        if (status == MLP_OK)
            status = mlpi_tensor_check(file, &bias, dtype);
    }
    return status;
}

/* ---- Their contents ---- */

mlp_status mlpi_layer_tensors_read(const mlpi_safetensors *file, const char *prefix, mlp_dtype dtype,
                                   int32_t count, const mlpi_layer *layers)
{
    for (int32_t l = 1; l <= count; l++) {
        const mlpi_layer *at = &layers[l - 1];
        const mlpi_model_tensor weight = mlpi_weight_tensor(prefix, l, at->n_out, at->n_in);
        const mlpi_model_tensor bias = mlpi_bias_tensor(prefix, l, at->n_out);
        const mlpi_safetensors_tensor *A = mlpi_safetensors_find(file, weight.name);
        const mlpi_safetensors_tensor *b = mlpi_safetensors_find(file, bias.name);
        const mlp_status status = dtype == MLP_F32 ? read_layer_f32(A, b, at) : read_layer_f64(A, b, at);
        if (status != MLP_OK)
            return status;
    }
    return MLP_OK;
}
