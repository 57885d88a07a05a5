/* Finiteness, for both number types; included by finite.c. */

/* Infinities and NaN are the numbers whose exponent is all ones. */
static int T(run_is_finite)(int64_t count, const REAL *x)
{
    BITS bad = 0;
    for (int64_t i = 0; i < count; i++) {
        BITS bits;
        memcpy(&bits, &x[i], sizeof bits);
        bad |= (bits & EXPONENT) == EXPONENT;
    }
    return !bad;
}

int T(mlpi_all_finite)(int64_t rows, int64_t columns, const REAL *X, int64_t ld)
{
    if (ld == rows)
        return T(run_is_finite)(rows * columns, X);
    int finite = 1;
    for (int64_t j = 0; j < columns; j++)
        finite &= T(run_is_finite)(rows, X + j * ld);
    return finite;
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
