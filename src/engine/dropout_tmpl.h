/* Template: masks of dropout; what word stands for which unit is in dropout.h. */

static void T(decide)(const mlpi_dropout_layer *at, const uint32_t words[LANES], int64_t count,
                      REAL *restrict M)
{
    const REAL factor = (REAL)at->factor;
    const uint32_t threshold = at->threshold;
    const int64_t most = count < LANES ? count : LANES;
    for (int64_t k = 0; k < most; k++)
        M[k] = words[k] < threshold ? 0 : factor;
}

/* Lanes are units: those of sixteen positions in a row. */
static void T(by_rows)(const mlpi_dropout_layer *at, int64_t first, int64_t count, int64_t n, REAL *M,
                       int64_t ldm)
{
    uint32_t c0[LANES], c1[LANES], words[WORDS][LANES];
    for (int64_t s = 0; s < count; s++)
        for (int64_t i = 0; i < n; i += WORDS * LANES) {
            for (int k = 0; k < LANES; k++) {
                c0[k] = (uint32_t)(i / WORDS + k);
                c1[k] = (uint32_t)(first + s);
            }
            draw(at, c0, c1, words);
            for (int64_t w = 0; w < WORDS && i + w * LANES < n; w++)
                T(decide)(at, words[w], n - i - w * LANES, M + s * ldm + i + w * LANES);
        }
}

/* Lanes are samples: four units of each. */
static void T(four_units)(const mlpi_dropout_layer *at, uint32_t position, int64_t first,
                          uint32_t words[WORDS][LANES])
{
    uint32_t c0[LANES], c1[LANES];
    for (int k = 0; k < LANES; k++) {
        c0[k] = position;
        c1[k] = (uint32_t)(first + k);
    }
    draw(at, c0, c1, words);
}

static void T(by_columns)(const mlpi_dropout_layer *at, int64_t first, int64_t count, int64_t n, REAL *M,
                          int64_t ldm)
{
    uint32_t words[WORDS][LANES];
    for (int64_t i = 0; i < n; i += WORDS * LANES)
        for (int64_t k = 0; k < LANES && i + k < n; k++)
            for (int64_t s = 0; s < count; s += LANES) {
                T(four_units)(at, (uint32_t)(i / WORDS + k), first + s, words);
                for (int64_t w = 0; w < WORDS && i + w * LANES + k < n; w++)
                    T(decide)(at, words[w], count - s, M + (i + w * LANES + k) * ldm + s);
            }
}

static void T(multiply)(int64_t rows, int64_t n, const REAL *M, int64_t ldm, REAL *X, int64_t ldx)
{
    for (int64_t j = 0; j < rows; j++)
        for (int64_t i = 0; i < n; i++)
            X[j * ldx + i] *= M[j * ldm + i];
}
