/* Directions in the chain's own units: n_0 x (M P) for each sample, scaled on the way in. */
typedef struct T(mlpi_directions) {
    const REAL *v; /* NULL for the units of x, from `unit` on */
    int64_t unit;
    int64_t ldv;
    int64_t stride;    /* from sample to sample; 0: all have the same */
    const REAL *scale; /* n_0; NULL for 1 */
} T(mlpi_directions);

/* One stream at the border: sample s has `count` columns s count .. of an array of n rows, scaled by `scale`. */
typedef struct T(mlpi_stream) {
    REAL *out;      /* NULL to skip */
    const REAL *in; /* a cotangent; NULL for 0 */
    int64_t ld;
} T(mlpi_stream);

/*
 * Asks callbacks for s'' and, for order 3, s''' at the remembered pass, once: the sweeps below then cannot fail. Slopes are
 * those of mlpi_chain_prepare_slopes().
 */
mlp_status T(mlpi_jet_prepare)(const mlpi_chain *chain, const mlpi_tape *tape, mlpi_jet_memory *memory,
                               int32_t order, int64_t batch);

/*
 * Push `jet` through the chain at samples first .. first + batch - 1 of the tape, from `directions`; memory->weights holds w.
 * streams[k].out receives y_k of the last layer, k = 1 .. order, times out_scale. The jet is remembered.
 */
void T(mlpi_jet_push)(const mlpi_chain *chain, const mlpi_tape *tape, mlpi_jet_memory *memory,
                      const mlpi_jet *jet, const T(mlpi_directions) *directions, int64_t first, int64_t batch,
                      const T(mlpi_stream) streams[4], const REAL *out_scale);

/*
 * Pull cotangents streams[k].in, times out_scale, of the remembered jet back, k = 0, 1 and for order 2 also 2. The jet was
 * pushed from sample 0. gradients (of layer l at [l - 1]) and x_bar (n_0 x batch, times in_scale) may be NULL. The jet
 * is used up.
 */
void T(mlpi_jet_pull)(const mlpi_chain *chain, const mlpi_tape *tape, mlpi_jet_memory *memory, int64_t batch,
                      const T(mlpi_stream) streams[4], const REAL *out_scale, const mlpi_gradient *gradients,
                      const REAL *in_scale, REAL *x_bar, int64_t ldx);

/*
 * The Hessians of the last layer's outputs in x for every sample of the tape: n_0 x n_0 of output p of sample s at
 * H + s stride + p ldh n_0, times the scales. 1 + n_0 streams are within memory->most and memory->columns. The remembered
 * jet is given up.
 */
void T(mlpi_jet_hessian)(const mlpi_chain *chain, const mlpi_tape *tape, mlpi_jet_memory *memory,
                         int64_t batch, const REAL *in_scale, const REAL *out_scale, REAL *H, int64_t ldh,
                         int64_t stride);
