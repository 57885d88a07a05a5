/* Template: arrays of the model's number type for the calls that are checked. Outputs begin as NaN, so that what is not
 * overwritten, or added to, is found. */

/* `count` values, those of `from` or NaN where it is NULL; to be freed. */
static REAL *T(array)(int64_t count, const double *from)
{
    REAL *values = mlpi_calloc(count, sizeof *values);
    for (int64_t i = 0; values && i < count; i++)
        values[i] = from ? (REAL)from[i] : (REAL)NAN;
    return values;
}

static inline void T(poison)(int64_t count, REAL *values)
{
    for (int64_t i = 0; i < count; i++)
        values[i] = (REAL)NAN;
}

/* Summed in long double, as entries may be millions. */
static double T(dot)(int64_t n, const REAL *a, const double *b)
{
    long double sum = 0;
    for (int64_t i = 0; i < n; i++)
        sum += (long double)a[i] * b[i];
    return (double)sum;
}

/* The forward pass all derivatives are taken at. */
static inline mlp_status T(forward)(mlpi_model_check *of, int64_t first, int64_t batch, REAL *y)
{
    REAL *x = T(array)(of->n_in * batch, of->x + first * of->n_in);
    const mlp_status status =
        x ? T(mlpi_forward)(of->model, of->workspace, batch, x, of->n_in, y, of->n_out) : out_of_memory();
    mlpi_free(x);
    return status;
}
