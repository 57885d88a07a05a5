/* The vector functions of a layer's built-in activation. */
static inline const struct T(mlpi_vectors) *T(mlpi_vectors_of)(const mlpi_plan *plan, const mlpi_layer *layer)
{
    return &plan->vectors->REAL_KIND[layer->activation->kind->id];
}

/*
 * Forward: y_l = sigma_l(A_l y_{l-1} + b_l) for l = 1..L, from y_0 = x (n_0 x batch). The route is not by columns. Fails
 * only where a callback does.
 */
mlp_status T(mlpi_chain_forward)(const mlpi_chain *chain, const mlpi_route *route, mlpi_tape *tape,
                                 int64_t batch, const REAL *x, int64_t ldx);

/*
 * Compute the slopes that callbacks provide, once per pass: the sweeps below then cannot fail.
 */
mlp_status T(mlpi_chain_prepare_slopes)(const mlpi_chain *chain, mlpi_tape *tape, int64_t batch);

/* G <- sigma_l'(z_l) o G for an n_l x (batch K) matrix G, samples `first` .. first + batch - 1 of the pass. */
void T(mlpi_chain_scale_by_slope)(const mlpi_chain *chain, const mlpi_tape *tape, int32_t layer,
                                  int64_t first, int64_t batch, int64_t streams, REAL *G, int64_t ldg);

/*
 * Reverse through layers from .. to + 1 (from > to >= 0):
 *
 *     Delta_l = sigma_l'(z_l) o G_l,   dA_l = Delta_l Y_{l-1}^T,  db_l = Delta_l 1,   G_{l-1} = A_l^T Delta_l
 *
 * scratch[0] holds the cotangent G of y_from with leading dimension ld[from]; both are used up. gradients (of layer l at
 * [l - 1], needs streams = 1 and first = 0) may be NULL. Returns the buffer that holds G of y_to with leading
 * dimension ld[to]; NULL where the cotangent of y_0 was not wanted (`input` 0 and to = 0).
 */
REAL *T(mlpi_chain_reverse)(const mlpi_chain *chain, const mlpi_tape *tape, int32_t from, int32_t to,
                            int64_t first, int64_t batch, int64_t streams, REAL *const scratch[2],
                            const mlpi_gradient *gradients, int input);

/*
 * Tangent through layers from + 1 .. to:
 *
 *     Zd_l = A_l Yd_{l-1} + Ad_l Y_{l-1} + bd_l 1^T,   Yd_l = sigma_l'(z_l) o Zd_l
 *
 * scratch[0] holds Yd of y_from with leading dimension ld[from] (unless `seeded` is 0: then it is zero); directions (of
 * layer l at [l - 1], needs streams = 1 and first = 0) may be NULL. Returns the buffer that holds Yd of y_to with
 * leading dimension ld[to].
 */
REAL *T(mlpi_chain_tangent)(const mlpi_chain *chain, const mlpi_tape *tape, int32_t from, int32_t to,
                            int64_t first, int64_t batch, int64_t streams, REAL *const scratch[2], int seeded,
                            const mlpi_direction *directions);

/*
 * One layer by the native kernels, built-in activations only: Z = b 1^T + A Y and next = sigma(Z), which may be one
 * with Z, both at ld. `single`: it is the only sample of its pass.
 */
void T(mlpi_native_layer)(const mlpi_plan *plan, const mlpi_layer *layer, int single, int64_t batch,
                          const REAL *Y, int64_t ldy, REAL *Z, REAL *next, int64_t ld);

/* G = A^T Delta by the native kernels; `total` samples are in the pass, `batch` of them here. `panel` as in a plan. */
void T(mlpi_native_pull_back)(const mlpi_plan *plan, void *panel, const mlpi_layer *layer, int64_t total,
                              int64_t batch, const REAL *Delta, int64_t ldd, REAL *G, int64_t ldg);
