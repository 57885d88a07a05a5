#include "mlp/base.h"

#include <string.h>

static const struct {
    mlp_dtype dtype;
    const char *name;
} dtypes[] = {{MLP_F32, "f32"}, {MLP_F64, "f64"}};

enum { DTYPES = sizeof dtypes / sizeof dtypes[0] };

const char *mlp_dtype_name(mlp_dtype dtype)
{
    for (int i = 0; i < DTYPES; i++)
        if (dtypes[i].dtype == dtype)
            return dtypes[i].name;
    return NULL;
}

mlp_dtype mlp_dtype_from_name(const char *name)
{
    for (int i = 0; name && i < DTYPES; i++)
        if (strcmp(dtypes[i].name, name) == 0)
            return dtypes[i].dtype;
    return 0;
}
