/* Template: finiteness in one number type. */

static void T(check)(const REAL bad[4], const REAL good[4], int64_t ld)
{
    REAL X[LD * COLUMNS] = {0};
    int64_t row, column;
    for (int64_t j = 0; j < COLUMNS; j++)
        for (int64_t i = 0; i < ld; i++)
            X[i + j * ld] = i < ROWS ? good[(i + j) % 4] : bad[j % 4];
    assert_true(T(mlpi_all_finite)(ROWS, COLUMNS, X, ld));
    assert_false(T(mlpi_find_not_finite)(ROWS, COLUMNS, X, ld, &row, &column));
    for (int64_t j = 0; j < COLUMNS; j++)
        for (int64_t i = 0; i < ROWS; i++) {
            const REAL kept = X[i + j * ld];
            X[i + j * ld] = bad[(i + j) % 4];
            assert_false(T(mlpi_all_finite)(ROWS, COLUMNS, X, ld));
            assert_true(T(mlpi_find_not_finite)(ROWS, COLUMNS, X, ld, &row, &column));
            assert_int_equal(row, i);
            assert_int_equal(column, j);
            X[i + j * ld] = kept;
        }
}
