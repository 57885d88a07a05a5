/* Finiteness, for both number types; included by finite.c. */

int T(mlpi_all_finite)(int64_t rows, int64_t columns, const REAL *X, int64_t ld)
{
    return isfinite(mlpi_kernels_for(mlpi_cpu()->level)->REAL_KIND.largest(columns, rows, X, ld));
}

int T(mlpi_find_not_finite)(int64_t rows, int64_t columns, const REAL *X, int64_t ld, int64_t *row,
                            int64_t *column)
{
    for (*column = 0; *column < columns; ++*column)
        for (*row = 0; *row < rows; ++*row)
            if (!isfinite(X[*row + *column * ld]))
                return 1;
    return 0;
}
