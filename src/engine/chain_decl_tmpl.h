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

/*
 * G <- sigma_l'(z_l) o G for a part of an n_l x columns matrix, whose first element G is. Columns are those of `span`.
 */
void T(mlpi_chain_scale_by_slope)(const mlpi_chain *chain, const mlpi_tape *tape, int32_t layer,
                                  const mlpi_span *span, const mlpi_part *part, REAL *G, int64_t ldg);

/*
 * A sweep from layer to layer. Its threads share the columns, or where these are few the units of wide layers; whoever
 * computes an element computes the same bits. On a BLAS it stays on the caller's thread.
 *
 * `begin` writes columns column .. column + columns - 1 of the matrix of y_from to M, `finish` takes those of y_to from
 * there. Every column is asked for once, on any thread. Either may be NULL.
 */
typedef struct T(mlpi_sweep) {
    const mlpi_chain *chain;
    const mlpi_tape *tape;
    int32_t from, to;
    mlpi_span span;
    REAL *scratch[2]; /* room for the widest layer, for every column; used up */
    void (*begin)(const void *context, int64_t column, int64_t columns, REAL *M, int64_t ld);
    void (*finish)(const void *context, int64_t column, int64_t columns, REAL *M, int64_t ld);
    const void *context;
} T(mlpi_sweep);

/*
 * Reverse through layers from .. to + 1 (from >= to >= 0), beginning with the cotangent G of y_from:
 *
 *     Delta_l = sigma_l'(z_l) o G_l,   dA_l = Delta_l Y_{l-1}^T,  db_l = Delta_l 1,   G_{l-1} = A_l^T Delta_l
 *
 * gradients (of layer l at [l - 1], needs streams = 1 and first = 0) may be NULL. Returns the buffer that holds G of y_to
 * with leading dimension ld[to]; NULL, and no `finish`, where it was not `wanted`.
 */
REAL *T(mlpi_chain_reverse)(const T(mlpi_sweep) *sweep, const mlpi_gradient *gradients, int wanted);

/*
 * Tangent through layers from + 1 .. to (0 <= from <= to), beginning with Yd of y_from, zero where `begin` is NULL:
 *
 *     Zd_l = A_l Yd_{l-1} + Ad_l Y_{l-1} + bd_l 1^T,   Yd_l = sigma_l'(z_l) o Zd_l
 *
 * directions (of layer l at [l - 1], needs streams = 1 and first = 0) may be NULL. Returns the buffer that holds Yd of
 * y_to with leading dimension ld[to].
 */
REAL *T(mlpi_chain_tangent)(const T(mlpi_sweep) *sweep, const mlpi_direction *directions);

/*
 * One layer by the native kernels, built-in activations only: Z = b 1^T + A Y and next = sigma(Z), which may be one
 * with Z, both at ld. `single`: it is the only sample of its pass.
 */
void T(mlpi_native_layer)(const mlpi_plan *plan, const mlpi_layer *layer, int single, int64_t batch,
                          const REAL *Y, int64_t ldy, REAL *Z, REAL *next, int64_t ld);

/* G = A^T Delta by the native kernels; `total` samples are in the pass, `batch` of them here. `panel` as in a plan. */
void T(mlpi_native_pull_back)(const mlpi_plan *plan, void *panel, const mlpi_layer *layer, int64_t total,
                              int64_t batch, const REAL *Delta, int64_t ldd, REAL *G, int64_t ldg);
