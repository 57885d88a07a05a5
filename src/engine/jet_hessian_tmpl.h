/*
 * Template: Hessians in x, output by output. With Z1_l = dz_l/dx, which a jet along the units of x leaves, and G_l the
 * cotangent of y_l of one output,
 *
 *     H = sum_l Z1_l^T diag(sigma''(z_l) o G_l) Z1_l          n_0 x n_0
 *
 * so that a sample takes n_0 streams forward, one back for each output, and no product of third order.
 */

/* What a group of samples needs besides the sweep. */
struct T(hessian_sweep) {
    struct T(jet_sweep) push; /* its x_bar and ldx are H and ldh */
    int64_t stride;
};

/* H (n x n, lower triangle) += Z1^T diag(c) Z1,  Z1 m x n at ldz; `row` and `scaled` hold max(m, n) values each */
static void T(add_sandwich)(const mlpi_plan *plan, int64_t m, int64_t n, const REAL *c, const REAL *Z1,
                            int64_t ldz, REAL *scaled, REAL *row, REAL *H, int64_t ldh)
{
    for (int64_t j = 0; j < n; j++) {
        plan->jets->REAL_KIND.multiply(1, m, ldz, c, Z1 + j * ldz, scaled);
        /* row (n - j) = Z1_{j..}^T (c o Z1_j) */
        if (plan->kernels)
            plan->kernels->REAL_KIND.dots(1, n - j, m, scaled, ldz, Z1 + j * ldz, ldz, row, n);
        else
            T(mlpi_gemv)(1, m, n - j, 1, Z1 + j * ldz, ldz, scaled, 1, 0, row, 1);
        for (int64_t i = j; i < n; i++)
            H[i + j * ldh] += row[i - j];
    }
}

/* H of a sample and output p, of which the lower triangle is known; the other becomes its mirror. */
static void T(mirror)(int64_t n, REAL *H, int64_t ldh)
{
    for (int64_t j = 0; j < n; j++)
        for (int64_t i = j + 1; i < n; i++)
            H[j + i * ldh] = H[i + j * ldh];
}

/* Layer l's part of the Hessians of outputs p .. p + count - 1, and their cotangents o sigma'; G in columns (s, p) */
static void T(hessian_layer)(const struct T(hessian_sweep) *sweep, const struct T(jet_group) *group,
                             int32_t l, int64_t p, int64_t count, REAL *G)
{
    const mlpi_layer *layer = &group->chain->layers[l - 1];
    const int64_t n = group->chain->layers[0].n_in, ld = group->tape->ld[l], ldh = sweep->push.ldx;
    if (mlpi_activation_is_identity(layer->activation))
        return;
    const T(mlpi_jet_functions) *functions = &group->chain->plan->jets->REAL_KIND;
    const int is_curved = mlpi_activation_is_curved(layer->activation);
    const REAL *s1 = T(slopes_of)(group, l, 1), *s2 = is_curved ? T(slopes_of)(group, l, 2) : NULL;
    const REAL *Z1 = T(z_of)(group, l, 1);
    REAL *curve = group->room->slopes[2], *scaled = curve + group->memory->widest,
         *row = scaled + group->memory->widest;
    for (int64_t s = 0; s < group->samples; s++)
        for (int64_t q = 0; q < count; q++) {
            REAL *column = G + (s * count + q) * ld;
            REAL *H =
                sweep->push.x_bar + (group->offset + group->first + s) * sweep->stride + (p + q) * ldh * n;
            if (is_curved) {
                functions->multiply(1, layer->n_out, ld, s2 + s * ld, column, curve);
                T(add_sandwich)(group->chain->plan, layer->n_out, n, curve, Z1 + s * n * ld, ld, scaled, row,
                                H, ldh);
            }
            functions->multiply(1, layer->n_out, ld, s1 + s * ld, column, column);
        }
}

/* The Hessians of outputs p .. p + count - 1 of a group's samples. */
static void T(hessian_outputs)(const struct T(hessian_sweep) *sweep, const struct T(jet_group) *group,
                               int64_t p, int64_t count)
{
    const int32_t L = group->chain->count;
    const int64_t columns = group->samples * count, *ld = group->tape->ld;
    REAL *G = group->room->cotangents, *other = group->room->seconds;
    memset(G, 0, (size_t)(columns * ld[L]) * sizeof(REAL));
    for (int64_t k = 0; k < columns; k++)
        G[k * ld[L] + p + k % count] = sweep->push.out_scale ? sweep->push.out_scale[p + k % count] : 1;
    for (int32_t l = L; l >= 1; l--) {
        const mlpi_layer *layer = &group->chain->layers[l - 1];
        T(hessian_layer)(sweep, group, l, p, count, G);
        if (l == 1)
            break;
        /* G_{l-1} = A_l^T Delta_l */
        T(pull_product)(group->chain->plan, group->room->panel, layer->n_out, layer->n_in, layer->A,
                        layer->lda, columns, G, ld[l], other, ld[l - 1], MLPI_START_ZERO);
        REAL *pulled = other;
        other = G;
        G = pulled;
    }
}

static void T(hessian_group)(const struct T(jet_sweep) *push, const struct T(jet_group) *group)
{
    const struct T(hessian_sweep) *sweep = (const struct T(hessian_sweep) *)push;
    const int64_t n = group->chain->layers[0].n_in,
                  n_out = group->chain->layers[group->chain->count - 1].n_out, ldh = push->ldx,
                  most = group->memory->most / group->samples;
    T(push_group)(push, group);
    for (int64_t s = 0; s < group->samples; s++)
        for (int64_t k = 0; k < n_out * n; k++)
            memset(push->x_bar + (group->offset + group->first + s) * sweep->stride + k * ldh, 0,
                   (size_t)n * sizeof(REAL));
    for (int64_t p = 0, count; p < n_out; p += count) {
        count = n_out - p < most ? n_out - p : most;
        T(hessian_outputs)(sweep, group, p, count);
    }
    for (int64_t s = 0; s < group->samples; s++)
        for (int64_t p = 0; p < n_out; p++)
            T(mirror)(n, push->x_bar + (group->offset + group->first + s) * sweep->stride + p * ldh * n, ldh);
}

static void T(hessian_task)(void *context, int32_t index, int32_t count)
{
    const struct T(jet_sweep) *sweep = context;
    T(for_groups)(sweep, 0, sweep->batch, index, count, T(hessian_group));
}

void T(mlpi_jet_hessian)(const mlpi_chain *chain, const mlpi_tape *tape, mlpi_jet_memory *memory,
                         int64_t batch, const REAL *in_scale, const REAL *out_scale, REAL *H, int64_t ldh,
                         int64_t stride)
{
    const uint64_t mode = mlpi_plan_enter(chain->plan);
    const mlpi_jet jet = {1, chain->layers[0].n_in, 1};
    const T(mlpi_directions) directions = {.scale = in_scale};
    const T(mlpi_stream) none[4] = {{0}};
    const int64_t samples = memory->columns / mlpi_jet_streams(&jet);
    for (int64_t s = 0; s < batch; s += samples) {
        struct T(hessian_sweep) sweep = {
            .push = {.group = {.chain = chain, .tape = tape, .memory = memory, .jet = jet, .offset = s},
                     .batch = batch - s < samples ? batch - s : samples,
                     .directions = &directions,
                     .streams = none,
                     .out_scale = out_scale,
                     .x_bar = H,
                     .ldx = ldh},
            .stride = stride};
        T(push_base)(&sweep.push);
        mlpi_pool_run(chain->plan->pool, threads_for(chain, sweep.push.batch, &jet), T(hessian_task), &sweep);
    }
    memory->held.groups = 0;
    mlpi_plan_leave(chain->plan, mode);
}
