/* Template: inner products of samples, panel by panel. */

int64_t T(mlpi_gram_panel)(const mlpi_plan *plan)
{
    return plan->kernels ? plan->kernels->REAL_KIND.panel : mlpi_plan_panel(REAL_DTYPE);
}

/* The inner products of the panel's `count` samples, transposed, with samples s ..: tile (count x samples) at ldt */
static void T(native_tile)(const T(mlpi_kernels) *kernels, const T(mlpi_samples) *of, const REAL *panel,
                           int64_t count, int64_t s, int64_t samples, REAL *tile, int64_t ldt)
{
    /* tile^T = S^T panel,  (samples x count) = (samples x n)(n x count) */
    kernels->product(&(T(mlpi_product)){.m = samples,
                                        .n = count,
                                        .k = of->n,
                                        .A = of->X + s * of->ld,
                                        .rsa = of->ld,
                                        .csa = 1,
                                        .V = panel,
                                        .ldv = kernels->panel,
                                        .C = tile,
                                        .ldc = ldt});
}

static void T(native_gram)(const T(mlpi_kernels) *kernels, const mlpi_gram *memory,
                           const T(mlpi_samples) layer[2], int64_t first, int64_t count, REAL *K, int64_t ldk)
{
    for (int k = 0; k < 2; k++)
        kernels->transpose(count, layer[k].n, layer[k].X + first * layer[k].ld, layer[k].ld, memory->panel[k],
                           kernels->panel);
    for (int64_t s = 0, samples; s < first + count; s += samples) {
        samples = first + count - s < TILE ? first + count - s : TILE;
        for (int k = 0; k < 2; k++)
            T(native_tile)(kernels, &layer[k], memory->panel[k], count, s, samples, memory->tile[k],
                           kernels->panel);
        for (int64_t i = 0; i < samples; i++)
            kernels->add_gram(count, (const REAL *)memory->tile[0] + i * kernels->panel,
                              (const REAL *)memory->tile[1] + i * kernels->panel, K + (s + i) * ldk + first);
    }
}

static void T(blas_gram)(const mlpi_gram *memory, const T(mlpi_samples) layer[2], int64_t first,
                         int64_t count, REAL *K, int64_t ldk)
{
    const REAL *inner[2] = {memory->tile[0], memory->tile[1]};
    for (int64_t s = 0, samples; s < first + count; s += samples) {
        samples = first + count - s < TILE ? first + count - s : TILE;
        /* tile = T^T S,  (count x samples) = (count x n)(n x samples) */
        for (int k = 0; k < 2; k++)
            T(mlpi_gemm)(1, 0, count, samples, layer[k].n, 1, layer[k].X + first * layer[k].ld, layer[k].ld,
                         layer[k].X + s * layer[k].ld, layer[k].ld, 0, memory->tile[k], count);
        for (int64_t i = 0; i < samples; i++)
            for (int64_t t = 0; t < count; t++)
                K[(s + i) * ldk + first + t] += inner[0][i * count + t] * (inner[1][i * count + t] + 1);
    }
}

void T(mlpi_gram_add)(const mlpi_plan *plan, const mlpi_gram *memory, const T(mlpi_samples) layer[2],
                      int64_t first, int64_t count, REAL *K, int64_t ldk)
{
    if (!plan->kernels) {
        T(blas_gram)(memory, layer, first, count, K, ldk);
        return;
    }
    const uint64_t mode = mlpi_flush_subnormals();
    T(native_gram)(&plan->kernels->REAL_KIND, memory, layer, first, count, K, ldk);
    mlpi_restore_mode(mode);
}
