/* Template: weights of samples by their classes. */

static double T(weight_of)(const mlp_data *data, int64_t sample)
{
    const REAL *weights = data->weights;
    return weights ? (double)weights[sample] : 1;
}

/* sums[c] += w_s of the samples of class c */
static void T(add_up)(const mlp_data *data, double *sums)
{
    for (int64_t s = 0; s < data->samples; s++)
        sums[data->labels[s]] += T(weight_of)(data, s);
}

/* w_s times the factor of its class */
static void T(multiply)(const mlp_data *data, const double *factors, void *products)
{
    REAL *out = products;
    for (int64_t s = 0; s < data->samples; s++)
        out[s] = (REAL)(T(weight_of)(data, s) * factors[data->labels[s]]);
}
