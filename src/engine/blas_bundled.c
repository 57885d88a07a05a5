/*
 * MLP_BLAS=bundled: a private, serial, static OpenBLAS, hidden inside libmlp.so. Here is what such a copy needs
 * from its host: the choice of kernels when it is loaded, and one function of the Fortran run-time library.
 */
#include "engine/blas_backend.h"
#include "engine/blas_info.h"
#include "simd/cpu.h"

#include <stdio.h>
#include <string.h>

char *openblas_get_config(void);
char *openblas_get_corename(void);
int openblas_get_parallel(void);
int openblas_get_num_threads(void);

char *__real_getenv(const char *name);
char *__wrap_getenv(const char *name);
void _gfortran_concat_string(size_t length, char *result, size_t length1, const char *part1, size_t length2,
                             const char *part2);

/*
 * What the copy's initialiser gets from getenv: the linker's --wrap sends its calls here. It reads
 * OPENBLAS_CORETYPE once, while it is loaded, and knows fewer processors than we do, so an unset variable is
 * answered with the kernels for this one. A user's own setting stands.
 */
char *__wrap_getenv(const char *name)
{
    char *value = __real_getenv(name);
    if ((value && *value) || strcmp(name, "OPENBLAS_CORETYPE") != 0)
        return value;
    return (char *)mlpi_blas_best_core("OpenBLAS", mlpi_cpu());
}

/* Fortran's part1 // part2, cut or padded with blanks: LAPACK builds option strings with it. */
void _gfortran_concat_string(size_t length, char *result, size_t length1, const char *part1, size_t length2,
                             const char *part2)
{
    for (size_t i = 0; i < length; i++)
        result[i] = i < length1 ? part1[i] : i - length1 < length2 ? part2[i - length1] : ' ';
}

static const struct {
    const char *name;
    mlpi_backend_function *function;
} functions[] = {
    {"openblas_get_config", (mlpi_backend_function *)openblas_get_config},
    {"openblas_get_corename", (mlpi_backend_function *)openblas_get_corename},
    {"openblas_get_parallel", (mlpi_backend_function *)openblas_get_parallel},
    {"openblas_get_num_threads", (mlpi_backend_function *)openblas_get_num_threads},
};

/* Any number of threads may be inside: blas_bundled_memory.c sees to it. */
void mlpi_backend_enter(void) {}
void mlpi_backend_leave(void) {}

mlpi_backend_function *mlpi_backend_find(const char *name)
{
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        if (strcmp(functions[i].name, name) == 0)
            return functions[i].function;
    return NULL;
}

void mlpi_backend_file(char *path, size_t size)
{
    snprintf(path, size, "inside libmlp");
}
