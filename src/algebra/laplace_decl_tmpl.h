/* The data: x n_0 x samples; t n_L x samples or NULL; weights or NULL; noise n_L variances, or NULL to estimate them from t. */
typedef struct T(mlpi_laplace_data) {
    int64_t samples;
    const REAL *x;
    int64_t ldx;
    const REAL *t;
    int64_t ldt;
    const REAL *weights, *noise;
} T(mlpi_laplace_data);

/* sigma_L is the identity and no output scale is 0; prior > 0. The workspace forgets its remembered pass. */
mlp_status T(mlpi_laplace_create)(const mlp_model *model, mlp_workspace *workspace,
                                  const T(mlpi_laplace_data) *data, double prior, mlp_laplace **out);

/* Of the remembered pass, n_L x batch each; NULL skips. */
void T(mlpi_laplace_variance)(mlp_laplace *laplace, const mlp_workspace *workspace, REAL *variance,
                              int64_t ldv, REAL *model_variance, int64_t ldm);

/* n_L variances in the user's units */
void T(mlpi_laplace_noise)(const mlp_laplace *laplace, REAL *noise);
