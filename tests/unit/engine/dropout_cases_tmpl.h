/* Template: masks in one number type. */

static void T(check)(const mlpi_dropout_kernels *kernels, int64_t n, int64_t count)
{
    static REAL rows[MOST], columns[MOST], product[MOST];
    const double rates[] = {0.25, 0.7};
    const int64_t first = 1000003;
    for (int32_t l = 0; l < 2; l++) {
        const mlpi_dropout dropout = {
            .seed = 0x123456789abcdef, .step = 0x1234567890 + (uint64_t)n, .rates = rates};
        const mlpi_dropout_layer at = mlpi_dropout_of(&dropout, l);
        const REAL factor = (REAL)(1 / (1 - rates[l]));
        for (int64_t e = 0; e < MOST; e++)
            rows[e] = columns[e] = 77;
        kernels->T(by_rows)(&at, first, count, n, rows, LD);
        kernels->T(by_columns)(&at, first, count, n, columns, 40);
        for (int64_t s = 0; s < 40; s++)
            for (int64_t i = 0; i < LD; i++) {
                const int within = s < count && i < n;
                const REAL expected = !within ? 77 : stays(&dropout, l, first + s, i) ? factor : 0;
                assert_true(rows[s * LD + i] == expected);
                assert_true(columns[i * 40 + s] == expected);
                product[s * LD + i] = (REAL)(s + i);
            }
        kernels->T(multiply)(count, n, rows, LD, product, LD);
        for (int64_t s = 0; s < 40; s++)
            for (int64_t i = 0; i < LD; i++)
                assert_true(product[s * LD + i] ==
                            (REAL)(s + i) * (s < count && i < n ? rows[s * LD + i] : 1));
    }
}
