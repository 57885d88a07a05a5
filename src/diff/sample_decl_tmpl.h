/* g_s, in compact order, at theta_bars + s ldt. */
mlp_status T(mlpi_sample_gradients)(const mlp_model *model, mlp_workspace *workspace, const REAL *y_bar,
                                    int64_t ldy, REAL *theta_bars, int64_t ldt);

/* norms[s] = |g_s| */
mlp_status T(mlpi_sample_norms)(const mlp_model *model, mlp_workspace *workspace, const REAL *y_bar,
                                int64_t ldy, REAL *norms);

/* The visit that adds layer l's part of |g_s|^2 to squares[s], for the samples of a sweep; it begins with l = L. */
typedef struct T(mlpi_norm_sums) {
    const mlp_workspace *workspace;
    int64_t first, count; /* the sweep's samples */
    REAL *squares;        /* of the whole pass */
} T(mlpi_norm_sums);
void T(mlpi_add_squared_norms)(void *norm_sums, int32_t l, const REAL *Delta);

/* theta_bar = sum over s of min(1, bound / |g_s|) g_s; norms[s] = |g_s|, NULL to skip. The workspace has MLP_USE_SAMPLES. */
mlp_status T(mlpi_sample_clipped_sum)(const mlp_model *model, mlp_workspace *workspace, const REAL *y_bar,
                                      int64_t ldy, double bound, REAL *norms, REAL *theta_bar);

/* K_st = g_s . g_t. The workspace has MLP_USE_SAMPLES. */
mlp_status T(mlpi_sample_inner_products)(const mlp_model *model, mlp_workspace *workspace, const REAL *y_bar,
                                         int64_t ldy, REAL *K, int64_t ldk);
