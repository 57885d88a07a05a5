#include "base/error.h"
#include "io/bytes.h"
#include "io/safetensors_header.h"

#include <string.h>

static mlp_status copy_out(const mlpi_safetensors_tensor *tensor, int32_t dtype, int64_t start, int64_t count,
                           void *out)
{
    char shown[MLPI_SAFETENSORS_SHOWN];
    mlpi_json_show(tensor->name, shown, sizeof shown);
    if (tensor->dtype != dtype)
        return mlpi_fail(MLP_ERR_DTYPE, "tensor '%s': dtype = %s: must be %s", shown,
                         mlpi_safetensors_dtype_name(tensor->dtype), mlpi_safetensors_dtype_name(dtype));
    if (start < 0 || count < 0 || start > tensor->count || count > tensor->count - start)
        return mlpi_fail(MLP_ERR_SIZE, "tensor '%s': elements %lld + %lld: there are %lld", shown,
                         (long long)start, (long long)count, (long long)tensor->count);
    int64_t size = mlpi_safetensors_dtype_size(dtype);
    if (count > 0)
        memcpy(out, (const char *)tensor->data + start * size, (size_t)(count * size));
    mlpi_little_endian(out, count, size);
    return MLP_OK;
}

mlp_status mlpi_safetensors_read_f32(const mlpi_safetensors_tensor *tensor, int64_t start, int64_t count,
                                     float *out)
{
    return copy_out(tensor, MLPI_ST_F32, start, count, out);
}

mlp_status mlpi_safetensors_read_f64(const mlpi_safetensors_tensor *tensor, int64_t start, int64_t count,
                                     double *out)
{
    return copy_out(tensor, MLPI_ST_F64, start, count, out);
}
