/* A group of samples at one layer: n units of each stream. */
typedef struct T(mlpi_jet_run) {
    int64_t n, samples, groups, size; /* S, M, P */
    int32_t order;
    const REAL *slopes[3]; /* s', s'', s''' of sample s at s lds, as many as are needed */
    int is_straight;       /* s'' = s''' = 0, and not given */
    int64_t lds;
    REAL *z[4]; /* z_k, and z_k_bar where they are pulled back; columns at ld */
    REAL *y[4]; /* y_k; or the cotangents g_k */
    int64_t ld;
    const REAL *weights; /* P; NULL for 1 */
} T(mlpi_jet_run);

typedef struct T(mlpi_jet_functions) {
    /* y_k from z_k, k = 1 .. order */
    void (*push)(const T(mlpi_jet_run) *run);

    /* z_k_bar over z_k from g_k, k = 0 .. order, order at most 2 */
    void (*pull)(const T(mlpi_jet_run) *run);

    /* out = a o b + c o d,  `runs` runs of n elements ld apart; out may be one of them */
    void (*combine)(int64_t runs, int64_t n, int64_t ld, const REAL *a, const REAL *b, const REAL *c,
                    const REAL *d, REAL *out);

    /* out = a o b,  likewise */
    void (*multiply)(int64_t runs, int64_t n, int64_t ld, const REAL *a, const REAL *b, REAL *out);
} T(mlpi_jet_functions);
