/* theta[offset, offset + count) out and in. The functions that write to the model touch it. */
void T(mlpi_model_get_params)(const mlp_model *model, int64_t offset, int64_t count, REAL *theta);
void T(mlpi_model_set_params)(mlp_model *model, int64_t offset, int64_t count, const REAL *theta);

/* A_l out and in, in either order. */
void T(mlpi_model_get_weights)(const mlp_model *model, int32_t layer, mlp_order order, REAL *A, int64_t lda);
void T(mlpi_model_set_weights)(mlp_model *model, int32_t layer, mlp_order order, const REAL *A, int64_t lda);

/* b_l out and in. */
void T(mlpi_model_get_bias)(const mlp_model *model, int32_t layer, REAL *b);
void T(mlpi_model_set_bias)(mlp_model *model, int32_t layer, const REAL *b);

/* Scaling in: n_0 or n_L finite values each; NULL removes it. */
void T(mlpi_model_set_input_scaling)(mlp_model *model, const REAL *scale, const REAL *shift);
void T(mlpi_model_set_output_scaling)(mlp_model *model, const REAL *scale, const REAL *shift);

/* Scaling out, 1 and 0 where none is set; NULL skips. */
void T(mlpi_model_get_input_scaling)(const mlp_model *model, REAL *scale, REAL *shift);
void T(mlpi_model_get_output_scaling)(const mlp_model *model, REAL *scale, REAL *shift);
