#include "mlp/engine.h"

#include <stddef.h>
#include <string.h>

/* A constant's name is at [constant - 1]. */
static const char *const engines[] = {"auto", "native", "blas"};
static const char *const cpus[] = {"auto", "generic", "avx2", "avx512"};

enum { ENGINES = sizeof engines / sizeof *engines, CPUS = sizeof cpus / sizeof *cpus };

static const char *name_of(const char *const *names, int32_t count, int32_t constant)
{
    return constant >= 1 && constant <= count ? names[constant - 1] : NULL;
}

static int32_t constant_of(const char *const *names, int32_t count, const char *name)
{
    for (int32_t i = 0; name && i < count; i++)
        if (strcmp(names[i], name) == 0)
            return i + 1;
    return 0;
}

const char *mlp_engine_name(mlp_engine engine)
{
    return name_of(engines, ENGINES, engine);
}

mlp_engine mlp_engine_from_name(const char *name)
{
    return constant_of(engines, ENGINES, name);
}

const char *mlp_cpu_name(mlp_cpu cpu)
{
    return name_of(cpus, CPUS, cpu);
}

mlp_cpu mlp_cpu_from_name(const char *name)
{
    return constant_of(cpus, CPUS, name);
}
