/* Template: the typed functions of mlp/model.h; OTHER is the suffix of the other number type. */

/* 2 - 3 - 2, and arrays large enough for everything of it, filled with a value no call may change. */
typedef struct T(setup) {
    mlp_model *model, *other;
    REAL values[32];
} T(setup);

static T(setup) T(set_up)(void)
{
    const int64_t widths[] = {2, 3, 2};
    T(setup) s = {0};
    accepted(mlp_model_create(REAL_DTYPE, 2, widths, MLP_TANH, &s.model));
    accepted(mlp_model_create(REAL_DTYPE == MLP_F32 ? MLP_F64 : MLP_F32, 2, widths, MLP_TANH, &s.other));
    for (int i = 0; i < 32; i++)
        s.values[i] = 77;
    return s;
}

/* Nothing has been written and the model is as it was. */
static void T(tear_down)(T(setup) *s, uint64_t generation)
{
    for (int i = 0; i < 32; i++)
        assert_true(s->values[i] == 77);
    assert_true(mlp_model_generation(s->model) == generation);
    mlp_model_destroy(s->model);
    mlp_model_destroy(s->other);
}

static void T(test_bad_params)(void **state)
{
    T(setup) s = T(set_up)();
    const uint64_t generation = mlp_model_generation(s.model);
    REAL *v = s.values;
    (void)state;
    static const struct {
        int64_t offset, count;
        const char *word;
    } ranges[] = {
        {-1, 1, "offset = -1"},        {18, 0, "offset = 18"},  {INT64_MAX, INT64_MAX, "offset = 9223"},
        {INT64_MIN, 1, "offset = -9"}, {0, -1, "count = -1"},   {0, 18, "count = 18"},
        {17, 1, "count = 1"},          {1, INT64_MAX, "count"}, {5, INT64_MIN, "count"},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        refused(T(mlp_model_get_params)(s.model, ranges[i].offset, ranges[i].count, v), MLP_ERR_SIZE,
                ranges[i].word);
        refused(T(mlp_model_set_params)(s.model, ranges[i].offset, ranges[i].count, v), MLP_ERR_SIZE,
                ranges[i].word);
    }
    refused(T(mlp_model_get_params)(NULL, 0, 1, v), MLP_ERR_ARGUMENT, "model = NULL");
    refused(T(mlp_model_set_params)(NULL, 0, 1, v), MLP_ERR_ARGUMENT, "model = NULL");
    refused(T(mlp_model_get_params)(s.model, 0, 1, NULL), MLP_ERR_ARGUMENT, "theta = NULL");
    refused(T(mlp_model_set_params)(s.model, 0, 1, NULL), MLP_ERR_ARGUMENT, "theta = NULL");
    refused(T(mlp_model_get_params)(s.other, 0, 1, v), MLP_ERR_DTYPE, "model is");
    refused(T(mlp_model_set_params)(s.other, 0, 1, v), MLP_ERR_DTYPE, "model is");
    T(tear_down)(&s, generation);
}

static void T(test_bad_weights)(void **state)
{
    T(setup) s = T(set_up)();
    const uint64_t generation = mlp_model_generation(s.model);
    REAL *v = s.values;
    (void)state;
    static const struct {
        int32_t layer;
        mlp_order order;
        int64_t lda;
        mlp_status status;
        const char *word;
    } cases[] = {
        {0, MLP_COLUMN_MAJOR, 3, MLP_ERR_ARGUMENT, "layer = 0"},
        {-1, MLP_COLUMN_MAJOR, 3, MLP_ERR_ARGUMENT, "layer = -1"},
        {3, MLP_COLUMN_MAJOR, 3, MLP_ERR_ARGUMENT, "layer = 3"},
        {INT32_MAX, MLP_COLUMN_MAJOR, 3, MLP_ERR_ARGUMENT, "layer = 2147483647"},
        {1, 0, 3, MLP_ERR_ARGUMENT, "order = 0"},
        {1, 3, 3, MLP_ERR_ARGUMENT, "order = 3"},
        {1, INT32_MIN, 3, MLP_ERR_ARGUMENT, "order = -2147483648"},
        {1, MLP_COLUMN_MAJOR, 2, MLP_ERR_SIZE, "lda = 2"},
        {1, MLP_ROW_MAJOR, 1, MLP_ERR_SIZE, "lda = 1"},
        {2, MLP_COLUMN_MAJOR, 1, MLP_ERR_SIZE, "lda = 1"},
        {2, MLP_ROW_MAJOR, 2, MLP_ERR_SIZE, "lda = 2"},
        {1, MLP_COLUMN_MAJOR, 0, MLP_ERR_SIZE, "lda = 0"},
        {1, MLP_COLUMN_MAJOR, -3, MLP_ERR_SIZE, "lda = -3"},
        {1, MLP_ROW_MAJOR, INT64_MIN, MLP_ERR_SIZE, "lda = -9"},
        {1, MLP_ROW_MAJOR, INT64_MAX, MLP_ERR_SIZE, "lda = 9"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        refused(T(mlp_model_get_weights)(s.model, cases[i].layer, cases[i].order, v, cases[i].lda),
                cases[i].status, cases[i].word);
        refused(T(mlp_model_set_weights)(s.model, cases[i].layer, cases[i].order, v, cases[i].lda),
                cases[i].status, cases[i].word);
        if (cases[i].layer >= 1 && cases[i].layer <= 2)
            continue;
        refused(T(mlp_model_get_bias)(s.model, cases[i].layer, v), MLP_ERR_ARGUMENT, cases[i].word);
        refused(T(mlp_model_set_bias)(s.model, cases[i].layer, v), MLP_ERR_ARGUMENT, cases[i].word);
    }
    refused(T(mlp_model_get_weights)(NULL, 1, 1, v, 3), MLP_ERR_ARGUMENT, "model = NULL");
    refused(T(mlp_model_set_weights)(NULL, 1, 1, v, 3), MLP_ERR_ARGUMENT, "model = NULL");
    refused(T(mlp_model_get_weights)(s.model, 1, 1, NULL, 3), MLP_ERR_ARGUMENT, "A = NULL");
    refused(T(mlp_model_set_weights)(s.model, 1, 1, NULL, 3), MLP_ERR_ARGUMENT, "A = NULL");
    refused(T(mlp_model_get_weights)(s.other, 1, 1, v, 3), MLP_ERR_DTYPE, "model is");
    refused(T(mlp_model_set_weights)(s.other, 1, 1, v, 3), MLP_ERR_DTYPE, "model is");
    refused(T(mlp_model_get_bias)(NULL, 1, v), MLP_ERR_ARGUMENT, "model = NULL");
    refused(T(mlp_model_set_bias)(NULL, 1, v), MLP_ERR_ARGUMENT, "model = NULL");
    refused(T(mlp_model_get_bias)(s.model, 1, NULL), MLP_ERR_ARGUMENT, "b = NULL");
    refused(T(mlp_model_set_bias)(s.model, 1, NULL), MLP_ERR_ARGUMENT, "b = NULL");
    refused(T(mlp_model_get_bias)(s.other, 1, v), MLP_ERR_DTYPE, "model is");
    refused(T(mlp_model_set_bias)(s.other, 1, v), MLP_ERR_DTYPE, "model is");
    T(tear_down)(&s, generation);
}

typedef mlp_status (*T(set_scaling))(mlp_model *, const REAL *, const REAL *);
typedef mlp_status (*T(get_scaling))(const mlp_model *, REAL *, REAL *);

static void T(test_bad_scaling)(void **state)
{
    const T(set_scaling) set[] = {T(mlp_model_set_input_scaling), T(mlp_model_set_output_scaling)};
    const T(get_scaling) get[] = {T(mlp_model_get_input_scaling), T(mlp_model_get_output_scaling)};
    T(setup) s = T(set_up)();
    const uint64_t generation = mlp_model_generation(s.model);
    REAL *v = s.values;
    (void)state;
    for (int i = 0; i < 2; i++) {
        const REAL infinite[] = {1, INFINITY}, nan[] = {NAN, 1};
        refused(set[i](NULL, v, v), MLP_ERR_ARGUMENT, "model = NULL");
        refused(set[i](s.other, v, v), MLP_ERR_DTYPE, "model is");
        refused(set[i](s.model, NULL, v), MLP_ERR_ARGUMENT, "scale = NULL");
        refused(set[i](s.model, v, NULL), MLP_ERR_ARGUMENT, "shift = NULL");
        refused(set[i](s.model, infinite, v), MLP_ERR_NUMERIC, "scale[1] = inf");
        refused(set[i](s.model, v, nan), MLP_ERR_NUMERIC, "shift[0] = ");
        refused(get[i](NULL, v, v), MLP_ERR_ARGUMENT, "model = NULL");
        refused(get[i](s.other, v, v), MLP_ERR_DTYPE, "model is");
    }
    T(tear_down)(&s, generation);
}

/* What the calls do when the arguments are right. */
static void T(test_values)(void **state)
{
    T(setup) s = T(set_up)();
    REAL theta[17], A[12], scale[2] = {2, 3}, shift[2] = {4, 5};
    (void)state;
    for (int i = 0; i < 17; i++)
        theta[i] = (REAL)i;
    accepted(T(mlp_model_set_params)(s.model, 0, 17, theta));
    accepted(T(mlp_model_set_params)(s.model, 17, 0, NULL));
    accepted(T(mlp_model_get_weights)(s.model, 2, MLP_ROW_MAJOR, A, 4));
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < 3; j++)
            assert_true(A[4 * i + j] == (REAL)(9 + i + 2 * j));
    accepted(T(mlp_model_set_weights)(s.model, 1, MLP_COLUMN_MAJOR, A, 3));
    accepted(T(mlp_model_get_params)(s.model, 1, 1, theta));
    assert_true(theta[0] == A[1]);
    accepted(T(mlp_model_set_bias)(s.model, 2, scale));
    accepted(T(mlp_model_get_bias)(s.model, 2, theta));
    assert_true(theta[0] == 2 && theta[1] == 3);
    accepted(T(mlp_model_set_input_scaling)(s.model, scale, shift));
    accepted(T(mlp_model_set_output_scaling)(s.model, shift, scale));
    accepted(T(mlp_model_get_input_scaling)(s.model, theta, NULL));
    accepted(T(mlp_model_get_output_scaling)(s.model, NULL, theta + 2));
    assert_true(theta[0] == 2 && theta[1] == 3 && theta[2] == 2 && theta[3] == 3);
    accepted(T(mlp_model_set_input_scaling)(s.model, NULL, NULL));
    accepted(T(mlp_model_get_input_scaling)(s.model, theta, theta + 2));
    assert_true(theta[0] == 1 && theta[1] == 1 && theta[2] == 0 && theta[3] == 0);
    T(tear_down)(&s, mlp_model_generation(s.model));
}
