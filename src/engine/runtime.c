#include "engine/runtime.h"
#include "engine/blas_info.h"
#include "simd/cpu.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

static const char *known(const char *text)
{
    return *text ? text : "unknown";
}

/* What to do about a degraded BLAS; "none" where there is nothing to do. */
static void advise(const struct mlpi_blas_info *info, const struct mlpi_cpu *cpu, char *advice, size_t size)
{
    const char *variable = mlpi_blas_core_variable(info),
               *core = mlpi_blas_best_core(info->implementation, cpu);
    if (!mlpi_blas_is_degraded(info, cpu))
        snprintf(advice, size, "none");
    else if (variable && core)
        snprintf(advice, size, "set %s=%s in the environment before the program starts", variable, core);
    else if (strcmp(info->implementation, "reference") == 0)
        snprintf(
            advice, size,
            "install an optimised BLAS (Debian: libopenblas0-pthread) or build libmlp with MLP_BLAS=bundled");
    else
        snprintf(
            advice, size,
            "install a newer %s, or one built for several processors (DYNAMIC_ARCH), or build libmlp with "
            "MLP_BLAS=bundled",
            info->implementation);
}

void mlpi_runtime_text(char *text, size_t size)
{
    const struct mlpi_cpu *cpu = mlpi_cpu();
    struct mlpi_blas_info info;
    char advice[256], threads[16] = "unknown";
    mlpi_blas_info(&info);
    advise(&info, cpu, advice, sizeof advice);
    if (info.threads > 0)
        snprintf(threads, sizeof threads, "%d", info.threads);
    snprintf(text, size,
             "libmlp: " MLPI_VERSION_STRING "\n"
             "cpu: %s\n"
             "cpu features: %s\n"
             "blas: %s%s%s\n"
             "blas file: %s\n"
             "blas core: %s\n"
             "blas threading: %s\n"
             "blas threads: %s\n"
             "degraded: %s\n"
             "advice: %s\n",
             cpu->name, cpu->features, info.implementation, *info.version ? " " : "", info.version,
             known(info.file), known(info.core), info.threading, threads,
             mlpi_blas_is_degraded(&info, cpu) ? "yes" : "no", advice);
}

static int degraded;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void judge(void)
{
    struct mlpi_blas_info info;
    mlpi_blas_info(&info);
    degraded = mlpi_blas_is_degraded(&info, mlpi_cpu());
}

int mlpi_runtime_is_degraded(void)
{
    pthread_once(&once, judge);
    return degraded;
}
