#include "io/safetensors.h"

#include <stddef.h>
#include <string.h>

#define COUNT ((int32_t)(sizeof types / sizeof types[0]))

static const struct {
    const char *name;
    int32_t size;
} types[] = {
    [MLPI_ST_BOOL] = {"BOOL", 1},       [MLPI_ST_U8] = {"U8", 1},   [MLPI_ST_I8] = {"I8", 1},
    [MLPI_ST_F8_E5M2] = {"F8_E5M2", 1}, [MLPI_ST_I16] = {"I16", 2}, [MLPI_ST_U16] = {"U16", 2},
    [MLPI_ST_F8_E4M3] = {"F8_E4M3", 1}, [MLPI_ST_F16] = {"F16", 2}, [MLPI_ST_BF16] = {"BF16", 2},
    [MLPI_ST_I32] = {"I32", 4},         [MLPI_ST_U32] = {"U32", 4}, [MLPI_ST_F32] = {"F32", 4},
    [MLPI_ST_F64] = {"F64", 8},         [MLPI_ST_I64] = {"I64", 8}, [MLPI_ST_U64] = {"U64", 8},
};

const char *mlpi_safetensors_dtype_name(int32_t dtype)
{
    return dtype > 0 && dtype < COUNT ? types[dtype].name : NULL;
}

int32_t mlpi_safetensors_dtype_from_name(const char *name)
{
    for (int32_t dtype = 1; dtype < COUNT; dtype++)
        if (strcmp(name, types[dtype].name) == 0)
            return dtype;
    return 0;
}

int64_t mlpi_safetensors_dtype_size(int32_t dtype)
{
    return dtype > 0 && dtype < COUNT ? types[dtype].size : 0;
}
