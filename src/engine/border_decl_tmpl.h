/* y_i = scale_i x_i + shift_i; a NULL scale stands for 1, a NULL shift for 0. */
typedef struct T(mlpi_border) {
    const REAL *scale, *shift;
} T(mlpi_border);

/* Y (n x batch) = scale o X (+ shift, where not NULL), with scale NULL for 1: in place allowed. */
void T(mlpi_scale_columns)(int64_t n, int64_t batch, const REAL *scale, const REAL *shift, const REAL *X,
                           int64_t ldx, REAL *Y, int64_t ldy);
