/* Template: class weights of one number type. */

static mlp_data *T(data)(const REAL *weights)
{
    mlp_data *data = NULL;
    accepted(mlp_data_create(REAL_DTYPE, SAMPLES, &data));
    accepted(mlp_data_set_labels(data, CLASSES, labels));
    accepted(T(mlp_data_set_weights)(data, weights));
    return data;
}

/* Sample s weighs expected[s], but for rounding. */
static void T(check)(const mlp_data *data, const double *expected)
{
    REAL weights[SAMPLES];
    accepted(T(mlp_data_get_weights)(data, 0, SAMPLES, weights));
    for (int s = 0; s < SAMPLES; s++)
        if (!(fabs((double)weights[s] - expected[s]) <= 4 * (double)EPS * expected[s]))
            fail_msg("sample %d weighs %.17g, expected %.17g", s, (double)weights[s], expected[s]);
}

static const REAL T(some)[SAMPLES] = {1, 2, 0, 4, 3, 0.5, 0.5, 2};

static void T(test_apply)(void **state)
{
    static const REAL by_class[CLASSES] = {0.5, 3, 7, 0};
    static const double once[SAMPLES] = {0.5, 0, 0.5, 3, 0.5, 0, 0, 0.5};
    static const double both[SAMPLES] = {0.5, 0, 0, 12, 1.5, 0, 0, 1},
                        again[SAMPLES] = {0.25, 0, 0, 36, 0.75, 0, 0, 0.5};
    mlp_data *data = T(data)(NULL);
    (void)state;
    accepted(T(mlp_data_apply_class_weights)(data, by_class));
    T(check)(data, once);
    mlp_data_destroy(data);
    data = T(data)(T(some));
    accepted(T(mlp_data_apply_class_weights)(data, by_class));
    T(check)(data, both);
    accepted(T(mlp_data_apply_class_weights)(data, by_class));
    T(check)(data, again);
    mlp_data_destroy(data);
}

/* n / (C n_c) without weights; with some, equal sums that still add up to what they did. Balanced stays balanced. */
static void T(test_balance)(void **state)
{
    static const double even[SAMPLES] = {2.0 / 3, 8.0 / 9, 2.0 / 3, 8.0 / 3,
                                         2.0 / 3, 8.0 / 9, 8.0 / 9, 2.0 / 3};
    /* the sums 6, 4 and 3, in all 13, become 13 / 3 each */
    static const double uneven[SAMPLES] = {13.0 / 18, 26.0 / 9,  0,         13.0 / 3,
                                           13.0 / 6,  13.0 / 18, 13.0 / 18, 13.0 / 9};
    (void)state;
    for (int weighted = 0; weighted < 2; weighted++) {
        mlp_data *data = T(data)(weighted ? T(some) : NULL);
        for (int round = 0; round < 2; round++) {
            accepted(mlp_data_balance_classes(data));
            T(check)(data, weighted ? uneven : even);
        }
        mlp_data_destroy(data);
    }
    /* a class whose samples weigh nothing is left out */
    static const REAL only[SAMPLES] = {1, 0, 1, 6, 1, 0, 0, 1};
    static const double balanced[SAMPLES] = {1.25, 0, 1.25, 5, 1.25, 0, 0, 1.25};
    mlp_data *data = T(data)(only);
    accepted(mlp_data_balance_classes(data));
    T(check)(data, balanced);
    mlp_data_destroy(data);
}

static void T(test_refused)(void **state)
{
    static const double kept[SAMPLES] = {1, 2, 0, 4, 3, 0.5, 0.5, 2};
    static const struct {
        double by_class[CLASSES];
        const char *word;
    } cases[] = {
        {{1, -1, 1, 1}, "class_weights[1] = -1: must be finite and at least 0"},
        {{NAN, 1, 1, 1}, "class_weights[0] = "},
        {{1, 1, 1, INFINITY}, "class_weights[3] = inf"},
        {{0, 0, 1, 0}, "class_weights: the weights would sum to 0"},
        {{(double)LARGEST, (double)LARGEST, 0, 0}, "class_weights: the weights would sum to inf"},
    };
    REAL good[CLASSES] = {1, 1, 1, 1};
    mlp_data *data = T(data)(T(some)), *other = NULL, *bare = NULL;
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        REAL by_class[CLASSES];
        for (int c = 0; c < CLASSES; c++)
            by_class[c] = (REAL)cases[i].by_class[c];
        refused(T(mlp_data_apply_class_weights)(data, by_class), MLP_ERR_ARGUMENT, cases[i].word);
        T(check)(data, kept);
    }
    accepted(mlp_data_create(OTHER_DTYPE, 1, &other));
    accepted(mlp_data_create(REAL_DTYPE, 1, &bare));
    refused(T(mlp_data_apply_class_weights)(NULL, good), MLP_ERR_ARGUMENT, "data = NULL");
    refused(T(mlp_data_apply_class_weights)(data, NULL), MLP_ERR_ARGUMENT, "class_weights = NULL");
    refused(T(mlp_data_apply_class_weights)(other, good), MLP_ERR_DTYPE, "data is");
    refused(T(mlp_data_apply_class_weights)(bare, good), MLP_ERR_STATE, "data: has no labels");
    refused(mlp_data_balance_classes(NULL), MLP_ERR_ARGUMENT, "data = NULL");
    refused(mlp_data_balance_classes(bare), MLP_ERR_STATE, "data: has no labels");
    mlp_data_destroy(data);
    mlp_data_destroy(other);
    mlp_data_destroy(bare);
}

static mlp_status T(weigh)(void *context)
{
    static const REAL good[CLASSES] = {1, 2, 3, 4};
    const mlp_status status = T(mlp_data_apply_class_weights)(context, good);
    return status == MLP_OK ? mlp_data_balance_classes(context) : status;
}

static void T(test_no_memory)(void **state)
{
    mlp_data *data = T(data)(T(some));
    (void)state;
    assert_int_equal(failing_allocator_sweep(T(weigh), data), REAL_DTYPE == MLP_F32 ? 4 : 3);
    mlp_data_destroy(data);
}
