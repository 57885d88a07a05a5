/* Template: derivatives of each sample. */

/* g_s along theta_dot. */
static mlp_status T(check_gradients)(mlpi_model_check *of, const REAL *y_bar, REAL *gradients)
{
    const mlp_status status =
        T(mlpi_sample_gradients)(of->model, of->workspace, y_bar, of->n_out, gradients, of->n_theta);
    mlpi_check_row *row = mlpi_model_row(of, "Taylor", "gradients of samples");
    for (int64_t s = 0; s < of->batch && status == MLP_OK; s++) {
        mlpi_want want = {0, 0};
        for (int64_t i = s * of->n_out; i < (s + 1) * of->n_out; i++)
            mlpi_want_add(&want, mlpi_want_of(&of->curve[i], MLPI_S, of->y_bar[0][i]));
        mlpi_check_compare(row, T(dot)(of->n_theta, gradients + s * of->n_theta, of->theta_dot), want.value,
                           want.scale);
    }
    return status;
}

/* g_s . g_t of formed gradients, and the sum of magnitudes. */
static mlpi_want T(product)(const mlpi_model_check *of, const REAL *gradients, int64_t s, int64_t t)
{
    long double value = 0, scale = 0;
    for (int64_t k = 0; k < of->n_theta; k++) {
        const double term = (double)gradients[s * of->n_theta + k] * (double)gradients[t * of->n_theta + k];
        value += term;
        scale += fabs(term);
    }
    return (mlpi_want){(double)value, (double)scale};
}

/* K_st, norms, and the sum clipped at a bound that some gradients exceed. */
static mlp_status T(check_told)(mlpi_model_check *of, const REAL *y_bar, const REAL *gradients,
                                REAL *theta_bar, REAL *norms, REAL *K)
{
    double bound = 0;
    long double want = 0, scale = 0;
    for (int64_t s = 0; s < of->batch; s++)
        bound += sqrt(T(product)(of, gradients, s, s).value) / (double)of->batch;
    if (!(bound > 0 && bound < INFINITY))
        bound = 1;
    mlp_status status =
        T(mlpi_sample_clipped_sum)(of->model, of->workspace, y_bar, of->n_out, bound, norms, theta_bar);
    if (status == MLP_OK)
        status = T(mlpi_sample_inner_products)(of->model, of->workspace, y_bar, of->n_out, K, of->batch);
    if (status != MLP_OK)
        return status;
    mlpi_check_row *by_norm = mlpi_model_row(of, "the gradients", "norms of samples"),
                   *by_product = mlpi_model_row(of, "the gradients", "inner products of samples"),
                   *by_sum = mlpi_model_row(of, "the gradients", "clipped sum");
    /* the scale is that of one product of entries, whereas each entry went through the network */
    by_norm->bound *= told;
    by_product->bound *= told;
    by_sum->bound *= told;
    for (int64_t s = 0; s < of->batch; s++) {
        const double norm = sqrt(T(product)(of, gradients, s, s).value),
                     factor = norm > bound ? bound / norm : 1;
        mlpi_check_compare(by_norm, (double)norms[s], norm, norm);
        for (int64_t k = 0; k < of->n_theta; k++) {
            const double term = factor * (double)gradients[s * of->n_theta + k] * of->theta_dot[k];
            want += term;
            scale += fabs(term);
        }
        for (int64_t t = 0; t < of->batch; t++) {
            const mlpi_want product = T(product)(of, gradients, s, t);
            mlpi_check_compare(by_product, (double)K[s * of->batch + t], product.value, product.scale);
        }
    }
    mlpi_check_compare(by_sum, T(dot)(of->n_theta, theta_bar, of->theta_dot), (double)want, (double)scale);
    return MLP_OK;
}

mlp_status T(mlpi_model_check_samples)(mlpi_model_check *of)
{
    const int64_t elements = of->n_theta * of->batch;
    if (elements > most_elements)
        return MLP_OK;
    REAL *y_bar = T(array)(of->n_out * of->batch, of->y_bar[0]),
         *gradients = T(array)(elements + of->n_theta + of->batch * (1 + of->batch), NULL);
    mlp_status status = y_bar && gradients ? MLP_OK : out_of_memory();
    REAL *theta_bar = gradients + elements, *norms = theta_bar + of->n_theta, *K = norms + of->batch;
    if (status == MLP_OK)
        status = T(check_gradients)(of, y_bar, gradients);
    if (status == MLP_OK)
        status = T(check_told)(of, y_bar, gradients, theta_bar, norms, K);
    mlpi_free(y_bar);
    mlpi_free(gradients);
    return status;
}
