/* Asking a CBLAS library about itself. MLP_BLAS=plain has nothing to ask: blas_plain.c answers. */
#include "engine/blas_info.h"
#include "engine/blas_backend.h"

#include <stdio.h>
#include <string.h>

typedef const char *text_function(void);
typedef int int_function(void);
typedef long count_function(void);
typedef const char *arch_name_function(int);
typedef void fill_function(char *, int);

static int has(const char *name)
{
    return mlpi_backend_find(name) != NULL;
}

static const char *call_text(const char *name)
{
    text_function *function = (text_function *)mlpi_backend_find(name);
    const char *text = function ? function() : NULL;
    return text ? text : "";
}

static int call_int(const char *name, int otherwise)
{
    int_function *function = (int_function *)mlpi_backend_find(name);
    return function ? function() : otherwise;
}

/* "OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH ... MAX_THREADS=64" */
static void ask_openblas(struct mlpi_blas_info *info)
{
    static const char *const threading[] = {"serial", "pthreads", "OpenMP"};
    const char *config = call_text("openblas_get_config");
    int parallel = call_int("openblas_get_parallel", -1);
    sscanf(config, "OpenBLAS %63s", info->version);
    snprintf(info->core, sizeof info->core, "%s", call_text("openblas_get_corename"));
    info->selectable = strstr(config, "DYNAMIC_ARCH") != NULL;
    info->threads = call_int("openblas_get_num_threads", 0);
    if (parallel >= 0 && parallel <= 2)
        info->threading = threading[parallel];
}

static void ask_blis(struct mlpi_blas_info *info)
{
    arch_name_function *arch_name = (arch_name_function *)mlpi_backend_find("bli_arch_string");
    count_function *threads = (count_function *)mlpi_backend_find("bli_thread_get_num_threads");
    snprintf(info->version, sizeof info->version, "%s", call_text("bli_info_get_version_str"));
    if (arch_name && has("bli_arch_query_id"))
        snprintf(info->core, sizeof info->core, "%s", arch_name(call_int("bli_arch_query_id", 0)));
    info->selectable = 1;
    info->threads = threads ? (int)threads() : 0;
    info->threading = !call_int("bli_info_get_enable_threading", 0) ? "serial"
                      : call_int("bli_info_get_enable_openmp", 0)   ? "OpenMP"
                                                                    : "pthreads";
}

static void ask_mkl(struct mlpi_blas_info *info)
{
    fill_function *fill = (fill_function *)mlpi_backend_find("MKL_Get_Version_String");
    if (fill)
        fill(info->version, (int)sizeof info->version);
    info->version[sizeof info->version - 1] = '\0';
    info->threads = call_int("MKL_Get_Max_Threads", 0);
}

static void ask_nothing(struct mlpi_blas_info *info)
{
    (void)info;
}

static void ask_serial(struct mlpi_blas_info *info)
{
    info->threading = "serial";
    info->threads = 1;
}

/* An implementation is known by a name only it exports; the first that matches counts. */
static const struct {
    const char *name, *mark;
    void (*ask)(struct mlpi_blas_info *);
} implementations[] = {
    {"OpenBLAS", "openblas_get_config", ask_openblas}, {"BLIS", "bli_info_get_version_str", ask_blis},
    {"MKL", "MKL_Get_Version_String", ask_mkl},        {"ATLAS", "ATL_buildinfo", ask_nothing},
    {"reference", "CBLAS_CallFromC", ask_serial},
};

void mlpi_blas_info(struct mlpi_blas_info *info)
{
    *info = (struct mlpi_blas_info){.implementation = "unknown", .threading = "unknown"};
    mlpi_backend_file(info->file, sizeof info->file);
    for (size_t i = 0; i < sizeof implementations / sizeof *implementations; i++)
        if (has(implementations[i].mark)) {
            info->implementation = implementations[i].name;
            implementations[i].ask(info);
            return;
        }
    /* Debian's libblas.so.3 of BLIS exports nothing of its own. */
    if (strstr(info->file, "blis"))
        info->implementation = "BLIS";
}
