/* Told of Delta_l, n_l x (batch K) at the tape's ld[l], for l = L..1. */
typedef void T(mlpi_delta_visit)(void *context, int32_t l, const REAL *Delta);

/*
 * Reverse through all layers, for samples first .. first + batch - 1 of the pass with K = `streams` columns each:
 *
 *     Delta_l = sigma_l'(z_l) o G_l,   G_{l-1} = A_l^T Delta_l,   l = L..1; G_0 is not computed
 *
 * delta[l] is where Delta_l goes; delta[L] holds the cotangent G_L of y_L. Neighbours must differ: where all do, all
 * Deltas are kept; where two buffers take turns, each is gone after the visit of the next but one. `visit` may be NULL.
 */
void T(mlpi_chain_deltas)(const mlpi_chain *chain, const mlpi_tape *tape, int64_t first, int64_t batch,
                          int64_t streams, void *const *delta, T(mlpi_delta_visit) *visit, void *context);

/* dA = Delta Y^T and db = Delta 1 of one layer, from Delta (n_out x batch) and its input Y (n_in x batch). */
void T(mlpi_layer_gradient)(const mlpi_plan *plan, const mlpi_layer *layer, int64_t batch, const REAL *Delta,
                            int64_t ldd, const REAL *Y, int64_t ldy, const mlpi_gradient *gradient);

/* db (n_out) = Delta (n_out x batch) 1, samples in a fixed order. */
void T(mlpi_bias_gradient)(const mlpi_plan *plan, int64_t n_out, int64_t batch, const REAL *Delta,
                           int64_t ldd, REAL *b_bar);

/* A_bar (n_out x n_in, compact) = delta y^T */
void T(mlpi_outer)(const mlpi_plan *plan, int64_t n_out, int64_t n_in, const REAL *delta, const REAL *y,
                   REAL *A_bar);

/* out_s = |X_s|^2 for the columns of X (n x columns) */
void T(mlpi_squares)(const mlpi_plan *plan, int64_t n, int64_t columns, const REAL *X, int64_t ldx,
                     REAL *out);

/* X_s *= factors[s] for the columns of X (n x columns) */
void T(mlpi_weight_columns)(const mlpi_plan *plan, int64_t n, int64_t columns, const REAL *factors, REAL *X,
                            int64_t ldx);
