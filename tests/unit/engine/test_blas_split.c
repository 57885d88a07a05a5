/* The same cases with every operand split as if the back end could hold sizes up to 5. */
#define MLPI_BLAS_BLOCK ((int64_t)5)
#define mlpi_gemm_f32   split_gemm_f32
#define mlpi_gemm_f64   split_gemm_f64
#define mlpi_gemv_f32   split_gemv_f32
#define mlpi_gemv_f64   split_gemv_f64
#define mlpi_ger_f32    split_ger_f32
#define mlpi_ger_f64    split_ger_f64
#define mlpi_syrk_f32   split_syrk_f32
#define mlpi_syrk_f64   split_syrk_f64
#define mlpi_axpy_f32   split_axpy_f32
#define mlpi_axpy_f64   split_axpy_f64
#define mlpi_dot_f32    split_dot_f32
#define mlpi_dot_f64    split_dot_f64
#define mlpi_nrm2_f32   split_nrm2_f32
#define mlpi_nrm2_f64   split_nrm2_f64

#include "engine/blas.c"

#include "blas_cases.h"

int main(void)
{
    return cmocka_run_group_tests(product_tests, NULL, NULL);
}
