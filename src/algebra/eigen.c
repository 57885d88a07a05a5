#include "algebra/eigen.h"
#include "base/error.h"
#include "base/memory.h"
#include "engine/blas.h"

#include <math.h>

void mlpi_eigen_release(mlpi_eigen *eigen)
{
    mlpi_matrix_release(&eigen->vectors);
    mlpi_matrix_release(&eigen->values);
}

mlp_status mlpi_eigen_create(const char *what, int64_t n, mlpi_eigen *eigen)
{
    *eigen = (mlpi_eigen){0};
    if (mlpi_syevd_work_f64(n, &eigen->work_count, &eigen->iwork_count))
        return mlpi_fail(MLP_ERR_SIZE, "%s = %lld: too large for the eigenvalues of LAPACK", what,
                         (long long)n);
    const mlp_status status = mlpi_matrix_create("eigenvectors", n, n, &eigen->vectors);
    return status == MLP_OK ? mlpi_matrix_create("eigenvalues", n, 1, &eigen->values) : status;
}

static mlp_status factor(mlpi_eigen *eigen, double *work, int32_t *iwork)
{
    const int64_t n = eigen->vectors.rows;
    const int info =
        mlpi_syevd_f64(n, eigen->vectors.values, n, eigen->values.values, work, eigen->work_count, iwork);
    if (info == 0)
        return MLP_OK;
    return info < 0 ? mlpi_fail(MLP_ERR_INTERNAL, "eigenvalues: LAPACK refused argument %d", -info)
                    : mlpi_fail(MLP_ERR_NUMERIC, "eigenvalues: did not converge");
}

mlp_status mlpi_eigen_solve(mlpi_eigen *eigen)
{
    mlpi_matrix work;
    mlp_status status = mlpi_matrix_create("work of syevd", eigen->work_count, 1, &work);
    if (status != MLP_OK)
        return status;
    int32_t *iwork = mlpi_calloc(eigen->iwork_count, sizeof *iwork);
    status = iwork ? factor(eigen, work.values, iwork)
                   : mlpi_fail_memory("work of syevd", eigen->iwork_count * (int64_t)sizeof *iwork);
    for (int64_t i = 0; i < eigen->values.rows && status == MLP_OK; i++)
        eigen->values.values[i] = fmax(eigen->values.values[i], 0);
    mlpi_matrix_release(&work);
    mlpi_free(iwork);
    return status;
}
