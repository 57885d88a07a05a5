/* Template: statistics of the rows of a data set, and the scaling they give. */

static double T(weight_of)(const mlp_data *data, int64_t sample)
{
    const REAL *weights = data->weights;
    return weights ? (double)weights[sample] : 1;
}

/* First pass: least, largest and the mean as summing gives it, which is not finite where a value is not. */
static void T(find_range)(const mlp_data *data, const mlpi_columns *columns, statistics *s)
{
    for (int64_t i = 0; i < s->n; i++) {
        s->least[i] = INFINITY;
        s->largest[i] = -INFINITY;
        s->mean[i] = 0;
    }
    for (int64_t sample = 0; sample < data->samples; sample++) {
        const REAL *x = (const REAL *)columns->values + sample * columns->ld;
        const double w = T(weight_of)(data, sample);
        if (w == 0)
            continue;
        s->weight += w;
        for (int64_t i = 0; i < s->n; i++) {
            const double value = (double)x[i];
            s->least[i] = value < s->least[i] ? value : s->least[i];
            s->largest[i] = value > s->largest[i] ? value : s->largest[i];
            s->mean[i] += w * value;
        }
    }
    for (int64_t i = 0; i < s->n; i++)
        s->mean[i] /= s->weight;
}

/* Second pass: what corrects the mean, and the squares around it. */
static void T(find_deviation)(const mlp_data *data, const mlpi_columns *columns, statistics *s)
{
    for (int64_t i = 0; i < s->n; i++) {
        const double radius = s->largest[i] / 2 - s->least[i] / 2;
        s->per_radius[i] = radius > 0 ? 1 / radius : 0;
        s->first[i] = s->second[i] = 0;
    }
    for (int64_t sample = 0; sample < data->samples; sample++) {
        const REAL *x = (const REAL *)columns->values + sample * columns->ld;
        const double w = T(weight_of)(data, sample);
        if (w == 0)
            continue;
        for (int64_t i = 0; i < s->n; i++) {
            const double u = ((double)x[i] - s->mean[i]) * s->per_radius[i];
            s->first[i] += w * u;
            s->second[i] += w * u * u;
        }
    }
}

/* Says why the mean of row `row` is not finite. */
static mlp_status T(refuse)(const mlp_data *data, const mlpi_columns *columns, const char *what, int64_t row)
{
    for (int64_t sample = 0; sample < data->samples; sample++) {
        const REAL *x = (const REAL *)columns->values + sample * columns->ld;
        int64_t bad, column;
        if (T(weight_of)(data, sample) == 0 ||
            !T(mlpi_find_not_finite)(columns->rows, 1, x, columns->ld, &bad, &column))
            continue;
        return mlpi_fail(MLP_ERR_NUMERIC, "data: element %lld of the %s of sample %lld is %g: must be finite",
                         (long long)bad, what, (long long)sample, (double)x[bad]);
    }
    return mlpi_fail(MLP_ERR_NUMERIC, "data: the mean of element %lld of the %s overflows", (long long)row,
                     what);
}

/* Whether the values differ in their last three bits alone, or not at all. */
static int T(is_constant)(const mlpi_spread *spread)
{
    const double magnitude = fmax(fabs(spread->least), fabs(spread->largest));
    return spread->largest / 2 - spread->least / 2 <= 4 * (double)EPSILON * magnitude;
}

/* The scale and shift of row i: into the network's units, or for outputs back from them. */
static mlp_status T(scale_row)(const mlpi_scaling *scaling, const mlpi_spread *spread, int output,
                               REAL *scale, REAL *shift)
{
    const double center = scaling->center(spread);
    const double radius = T(is_constant)(spread) ? 1 : scaling->radius(spread);
    *scale = (REAL)(output ? radius : 1 / radius);
    *shift = (REAL)(output ? center : -center / radius);
    return isfinite(*scale) && isfinite(*shift) && *scale > 0 ? MLP_OK : MLP_ERR_NUMERIC;
}

/* All of it is known before the model changes. */
static mlp_status T(set_scaling)(mlp_model *model, const mlpi_scaling *scaling, int output,
                                 const statistics *s)
{
    REAL *scale = s->scale, *shift = s->shift;
    for (int64_t i = 0; i < s->n; i++) {
        const mlpi_spread spread = spread_of(s, i);
        if (T(scale_row)(scaling, &spread, output, &scale[i], &shift[i]) != MLP_OK)
            return mlpi_fail(MLP_ERR_NUMERIC,
                             "data: element %lld of the %s is within %g .. %g: no %s holds its scaling",
                             (long long)i, output ? "targets" : "inputs", spread.least, spread.largest,
                             mlp_dtype_name(REAL_DTYPE));
    }
    (output ? T(mlpi_model_set_output_scaling) : T(mlpi_model_set_input_scaling))(model, scale, shift);
    return MLP_OK;
}

static mlp_status T(fit)(mlp_model *model, const mlp_data *data, const mlpi_scaling *scaling, int output,
                         statistics *s)
{
    const mlpi_columns *columns = output ? &data->targets : &data->inputs;
    T(find_range)(data, columns, s);
    for (int64_t i = 0; i < s->n; i++)
        if (!isfinite(s->mean[i]))
            return T(refuse)(data, columns, output ? "targets" : "inputs", i);
    T(find_deviation)(data, columns, s);
    return T(set_scaling)(model, scaling, output, s);
}
