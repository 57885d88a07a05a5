/* Template: scalings of one number type. */

/* N inputs, N outputs; and what is fitted is either. */
static mlp_model *T(model)(void)
{
    static const int64_t widths[] = {N, N};
    mlp_model *model = NULL;
    accepted(mlp_model_create(REAL_DTYPE, 1, widths, MLP_TANH, &model));
    accepted(mlp_model_initialize(model, MLP_INIT_ZEROS, 1));
    return model;
}

/* x is N x samples, with a column of padding: both inputs and targets. */
static mlp_data *T(data)(int64_t samples, const REAL *x, int64_t ldx, const REAL *weights)
{
    mlp_data *data = NULL;
    accepted(mlp_data_create(REAL_DTYPE, samples, &data));
    accepted(T(mlp_data_set_inputs)(data, N, x, ldx));
    accepted(T(mlp_data_borrow_targets)(data, N, x, ldx));
    accepted(T(mlp_data_set_weights)(data, weights));
    return data;
}

/* What a scaling is in the end: y_0 = (x - center) / radius, or y = center + radius y_L. */
typedef struct T(fitted) {
    REAL in_scale[N], in_shift[N], out_scale[N], out_shift[N];
} T(fitted);

static T(fitted) T(get)(const mlp_model *model)
{
    T(fitted) f;
    accepted(T(mlp_model_get_input_scaling)(model, f.in_scale, f.in_shift));
    accepted(T(mlp_model_get_output_scaling)(model, f.out_scale, f.out_shift));
    return f;
}

static T(fitted) T(fit)(const mlp_data *data, mlp_scaling scaling)
{
    mlp_model *model = T(model)();
    accepted(mlp_model_fit_input_scaling(model, data, scaling));
    accepted(mlp_model_fit_output_scaling(model, data, scaling));
    const T(fitted) f = T(get)(model);
    mlp_model_destroy(model);
    return f;
}

/* value within `ulps` rounding errors of expected, at the size `magnitude` */
static void T(near)(REAL value, double expected, double magnitude, double ulps)
{
    if (!(fabs((double)value - expected) <= ulps * (double)EPS * magnitude))
        fail_msg("%.17g, expected %.17g", (double)value, expected);
}

static void T(check_row)(const T(fitted) *f, int i, double center, double radius)
{
    const double size = fabs(center) + radius;         /* a center near 0 is what is left of larger values */
    const double ulps = REAL_DTYPE == MLP_F32 ? 1 : 8; /* sums are in double */
    T(near)(f->out_scale[i], radius, radius, ulps);
    T(near)(f->out_shift[i], center, size, ulps);
    T(near)(f->in_scale[i], 1 / radius, 1 / radius, ulps);
    T(near)(f->in_shift[i], -center / radius, size / radius, ulps);
}

/* Row i has an offset and a size of its own: the further it is from 0, the more cancels in careless sums. */
static void T(draw_rows)(draw *d, int64_t samples, REAL *x, int64_t ldx)
{
    static const double offset[N] = {0, 100, -1e-3, 1e4, 3}, size[N] = {1, 1e-2, 1e-6, 5e3, 1e3};
    for (int64_t s = 0; s < samples; s++)
        for (int i = 0; i < N; i++)
            x[i + s * ldx] = (REAL)(offset[i] + size[i] * draw_real(d, -1, 1));
}

static void T(check_standard)(const T(fitted) *f, int64_t samples, const REAL *x, int64_t ldx,
                              const REAL *weights)
{
    for (int i = 0; i < N; i++) {
        long double sum = 0, squares = 0, weight = 0;
        for (int64_t s = 0; s < samples; s++) {
            weight += weights ? weights[s] : 1;
            sum += (long double)(weights ? weights[s] : 1) * x[i + s * ldx];
        }
        const long double mean = sum / weight;
        for (int64_t s = 0; s < samples; s++)
            squares += (weights ? weights[s] : 1) * (x[i + s * ldx] - mean) * (x[i + s * ldx] - mean);
        T(check_row)(f, i, (double)mean, (double)sqrtl(squares / weight));
    }
}

static void T(check_min_max)(const T(fitted) *f, int64_t samples, const REAL *x, int64_t ldx,
                             const REAL *weights)
{
    for (int i = 0; i < N; i++) {
        double least = INFINITY, largest = -INFINITY;
        for (int64_t s = 0; s < samples; s++)
            if (!weights || weights[s] > 0) {
                least = fmin(least, (double)x[i + s * ldx]);
                largest = fmax(largest, (double)x[i + s * ldx]);
            }
        T(check_row)(f, i, least / 2 + largest / 2, largest / 2 - least / 2);
    }
}

static void T(test_against_loops)(void **state)
{
    static const int64_t counts[] = {2, 3, 17, 64, MOST};
    static REAL x[(N + 1) * MOST], weights[MOST];
    draw d = {8};
    (void)state;
    for (size_t c = 0; c < 2 * sizeof counts / sizeof *counts; c++) {
        const int64_t samples = counts[c / 2], ldx = N + (int64_t)(c % 2);
        const REAL *w = c % 2 ? weights : NULL;
        T(draw_rows)(&d, samples, x, ldx);
        for (int64_t s = 0; s < samples; s++)
            weights[s] = s % 4 == 3 ? 0 : (REAL)draw_real(&d, 0.1, 9);
        mlp_data *data = T(data)(samples, x, ldx, w);
        const T(fitted) standard = T(fit)(data, MLP_SCALING_STANDARD);
        const T(fitted) min_max = T(fit)(data, MLP_SCALING_MIN_MAX);
        T(check_standard)(&standard, samples, x, ldx, w);
        T(check_min_max)(&min_max, samples, x, ldx, w);
        mlp_data_destroy(data);
    }
}

/* A constant row is shifted to exactly 0; so is one with noise in its last bits, but not one with more. */
static void T(test_hard)(void **state)
{
    enum { SAMPLES = 7 };
    const REAL odd = (REAL)0.1, tiny = 1024 * (REAL_DTYPE == MLP_F32 ? FLT_MIN : (REAL)DBL_MIN);
    const REAL huge = (REAL_DTYPE == MLP_F32 ? FLT_MAX : (REAL)DBL_MAX) / 16;
    REAL x[N * SAMPLES], weights[SAMPLES];
    (void)state;
    for (int s = 0; s < SAMPLES; s++) {
        x[N * s] = odd;
        x[N * s + 1] = 1 + (REAL)(s % 2 * 8) * EPS;
        x[N * s + 2] = 1 + (REAL)(s % 2 * 9) * EPS;
        x[N * s + 3] = (REAL)s * tiny;
        x[N * s + 4] = s % 2 ? huge : -huge;
        weights[s] = (REAL)0.3;
    }
    for (int weighted = 0; weighted < 2; weighted++)
        for (mlp_scaling scaling = 1; mlp_scaling_name(scaling); scaling++) {
            mlp_data *data = T(data)(SAMPLES, x, N, weighted ? weights : NULL);
            const T(fitted) f = T(fit)(data, scaling);
            const double odd_share = 3.0 / SAMPLES; /* of the samples with an odd number */
            assert_true(f.in_scale[0] == 1 && f.in_scale[0] * odd + f.in_shift[0] == 0);
            assert_true(f.out_scale[0] == 1 && f.out_shift[0] == odd);
            assert_true(f.in_scale[1] == 1 && f.out_scale[1] == 1);
            assert_true(f.in_scale[2] > 1 / (10 * EPS));
            if (scaling == MLP_SCALING_MIN_MAX) {
                T(check_row)(&f, 3, 3 * (double)tiny, 3 * (double)tiny);
                T(check_row)(&f, 4, 0, (double)huge);
            } else {
                T(check_row)(&f, 3, 3 * (double)tiny, 2 * (double)tiny);
                T(check_row)(&f, 4, (2 * odd_share - 1) * (double)huge,
                             2 * sqrt(odd_share * (1 - odd_share)) * (double)huge);
            }
            mlp_data_destroy(data);
        }
}

static void T(refuse)(mlp_model *model, const mlp_data *data, mlp_status status, const char *in,
                      const char *out)
{
    const T(fitted) before = T(get)(model);
    const uint64_t generation = mlp_model_generation(model);
    for (mlp_scaling scaling = 1; mlp_scaling_name(scaling); scaling++) {
        refused(mlp_model_fit_input_scaling(model, data, scaling), status, in);
        refused(mlp_model_fit_output_scaling(model, data, scaling), status, out);
    }
    const T(fitted) after = T(get)(model);
    assert_memory_equal(&before, &after, sizeof before);
    assert_true(mlp_model_generation(model) == generation);
}

/* A number that is none is named; one of a sample without weight is not looked at. */
static void T(test_not_finite)(void **state)
{
    enum { SAMPLES = 4 };
    static const double values[] = {NAN, INFINITY, -INFINITY};
    static const char *const words[] = {"nan", "inf", "-inf"};
    char in[128], out[128];
    REAL x[N * SAMPLES], weights[SAMPLES] = {1, 2, 1, 0};
    draw d = {4};
    mlp_model *model = T(model)();
    (void)state;
    T(draw_rows)(&d, SAMPLES, x, N);
    x[N * 3] = (REAL)NAN;
    mlp_data *data = T(data)(SAMPLES, x, N, weights);
    (void)T(fit)(data, MLP_SCALING_STANDARD);
    (void)T(fit)(data, MLP_SCALING_MIN_MAX);
    mlp_data_destroy(data);
    for (int k = 0; k < 3; k++) {
        x[N * 2 + 3] = (REAL)values[k];
        data = T(data)(SAMPLES, x, N, weights);
        snprintf(in, sizeof in, "data: element 3 of the inputs of sample 2 is %s: must be finite", words[k]);
        snprintf(out, sizeof out, "data: element 3 of the targets of sample 2 is %s: must", words[k]);
        T(refuse)(model, data, MLP_ERR_NUMERIC, in, out);
        mlp_data_destroy(data);
    }
    mlp_model_destroy(model);
}

/* Finite numbers whose scaling is not, or whose sum is not in double. */
static void T(test_beyond)(void **state)
{
    const REAL least = REAL_DTYPE == MLP_F32 ? FLT_TRUE_MIN : (REAL)DBL_TRUE_MIN;
    REAL x[N * 2] = {1, 2, 3, 4, 0, 1, 2, 3, 4, 8 * least};
    mlp_model *model = T(model)();
    mlp_data *data = T(data)(2, x, N, NULL);
    (void)state;
    refused(mlp_model_fit_input_scaling(model, data, MLP_SCALING_STANDARD), MLP_ERR_NUMERIC,
            REAL_DTYPE == MLP_F32 ? "data: element 4 of the inputs is within 0 .. 1.12104e-44: no f32"
                                  : "data: element 4 of the inputs is within 0 .. 3.95253e-323: no f64");
    mlp_data_destroy(data);
    if (REAL_DTYPE == MLP_F64) {
        x[1] = x[N + 1] = (REAL)DBL_MAX;
        data = T(data)(2, x, N, NULL);
        T(refuse)(model, data, MLP_ERR_NUMERIC, "data: the mean of element 1 of the inputs overflows",
                  "data: the mean of element 1 of the targets overflows");
        mlp_data_destroy(data);
    }
    mlp_model_destroy(model);
}

static void T(test_refused)(void **state)
{
    REAL x[(N + 1) * 2] = {0};
    const int32_t labels[2] = {0, 1};
    mlp_model *model = T(model)();
    mlp_data *data = T(data)(2, x, N, NULL), *other = NULL;
    (void)state;
    refused(mlp_model_fit_input_scaling(NULL, data, MLP_SCALING_STANDARD), MLP_ERR_ARGUMENT, "model = NULL");
    refused(mlp_model_fit_output_scaling(NULL, data, MLP_SCALING_STANDARD), MLP_ERR_ARGUMENT, "model = NULL");
    T(refuse)(model, NULL, MLP_ERR_ARGUMENT, "data = NULL", "data = NULL");
    for (int k = 0; k < 4; k++) {
        const mlp_scaling unknown = (mlp_scaling[]){0, 3, -1, INT32_MIN}[k];
        char word[64];
        snprintf(word, sizeof word, "scaling = %d: must be one of", (int)unknown);
        refused(mlp_model_fit_input_scaling(model, data, unknown), MLP_ERR_ARGUMENT, word);
        refused(mlp_model_fit_output_scaling(model, data, unknown), MLP_ERR_ARGUMENT, word);
    }
    accepted(mlp_data_create(OTHER, 2, &other));
    T(refuse)(model, other, MLP_ERR_DTYPE, "data is", "data is");
    mlp_data_destroy(other);
    accepted(mlp_data_create(REAL_DTYPE, 2, &other));
    T(refuse)(model, other, MLP_ERR_STATE, "data: has no inputs", "data: has no targets");
    accepted(T(mlp_data_set_inputs)(other, N + 1, x, N + 1));
    accepted(T(mlp_data_set_targets)(other, N - 1, x, N + 1));
    T(refuse)(model, other, MLP_ERR_SIZE, "data: has 6 inputs", "data: has 4 targets");
    accepted(mlp_data_set_labels(other, 2, labels));
    refused(mlp_model_fit_output_scaling(model, other, MLP_SCALING_STANDARD), MLP_ERR_STATE,
            "data: has no targets");
    mlp_data_destroy(other);
    mlp_data_destroy(data);
    mlp_model_destroy(model);
}

typedef struct T(scene) {
    mlp_model *model;
    const mlp_data *data;
} T(scene);

static mlp_status T(fit_scene)(void *context)
{
    const T(scene) *scene = context;
    const mlp_status status = mlp_model_fit_input_scaling(scene->model, scene->data, MLP_SCALING_STANDARD);
    return status == MLP_OK ? mlp_model_fit_output_scaling(scene->model, scene->data, MLP_SCALING_MIN_MAX)
                            : status;
}

static void T(test_no_memory)(void **state)
{
    REAL x[N * 3];
    draw d = {2};
    T(draw_rows)(&d, 3, x, N);
    T(scene) scene = {T(model)(), T(data)(3, x, N, NULL)};
    (void)state;
    assert_int_equal(failing_allocator_sweep(T(fit_scene), &scene), 2);
    mlp_model_destroy(scene.model);
    mlp_data_destroy((mlp_data *)scene.data);
}
