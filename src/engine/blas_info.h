/* Which library stands behind blas.h, and how well it suits the processor. */
#ifndef MLPI_ENGINE_BLAS_INFO_H
#define MLPI_ENGINE_BLAS_INFO_H

struct mlpi_cpu;

struct mlpi_blas_info {
    const char *implementation; /* "OpenBLAS", "BLIS", "MKL", "ATLAS", "reference", "plain" or "unknown" */
    const char *threading;      /* "serial", "pthreads", "OpenMP" or "unknown" */
    char version[64];           /* "" where the library does not tell; so are the following */
    char core[32];              /* the kernels it chose */
    char file[512];             /* its path with symbolic links resolved */
    int threads;                /* it uses now; 0 if it does not tell */
    int selectable;             /* its kernels can be chosen by a variable of the environment */
};

void mlpi_blas_info(struct mlpi_blas_info *info);

/* The environment variable that chooses the kernels of this implementation; NULL if there is none. */
const char *mlpi_blas_core_variable(const struct mlpi_blas_info *info);

/* The best kernels for this processor, as that variable names them; NULL to leave the choice to the library. */
const char *mlpi_blas_best_core(const char *implementation, const struct mlpi_cpu *cpu);

/* 1 if it is the reference BLAS or its core uses narrower vectors than the processor has. */
int mlpi_blas_is_degraded(const struct mlpi_blas_info *info, const struct mlpi_cpu *cpu);

#endif
