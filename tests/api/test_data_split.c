/* Subsets, splits and folds of data sets, and reading them, against the library alone. */
#include "mlp/mlp.h"
#include "api/refusal.h"
#include "support/draw.h"
#include "support/failing_allocator.h"

#include <stdio.h>

enum { N_IN = 2, N_OUT = 3, MOST = 400, MOST_CLASSES = 70000 };

#define REAL       float
#define T(name)    name##_f32
#define REAL_DTYPE MLP_F32
#define OTHER      MLP_F64
#include "data_split_tmpl.h"
#undef REAL
#undef T
#undef REAL_DTYPE
#undef OTHER
#define REAL       double
#define T(name)    name##_f64
#define REAL_DTYPE MLP_F64
#define OTHER      MLP_F32
#include "data_split_tmpl.h"

/* ---- Proportions ---- */

/* Labels in a random order, `sizes[c]` of class c. */
static mlp_data *labelled(int32_t classes, const int64_t *sizes, draw *d)
{
    static int32_t labels[MOST];
    mlp_data *data = NULL;
    int64_t samples = 0;
    for (int32_t c = 0; c < classes; c++)
        for (int64_t i = 0; i < sizes[c]; i++, samples++) {
            const int64_t at = draw_int(d, 0, samples);
            labels[samples] = labels[at];
            labels[at] = c;
        }
    accepted(mlp_data_create(MLP_F32, samples, &data));
    accepted(mlp_data_set_labels(data, classes, labels));
    return data;
}

static void count_labels(const mlp_data *data, int32_t classes, int64_t *counts)
{
    static int32_t labels[MOST];
    memset(counts, 0, (size_t)classes * sizeof *counts);
    assert_int_equal(mlp_data_classes(data), classes);
    accepted(mlp_data_get_labels(data, 0, mlp_data_samples(data), labels));
    for (int64_t s = 0; s < mlp_data_samples(data); s++)
        counts[labels[s]]++;
}

/* Splits and counts: the second part's samples of each class. */
static void split_counts(const mlp_data *data, int32_t classes, int64_t count, uint64_t seed, int64_t *counts)
{
    int64_t all[16], first_counts[16];
    mlp_data *first = NULL, *second = NULL;
    accepted(mlp_data_split(data, count, seed, &first, &second));
    assert_int_equal(mlp_data_samples(first), mlp_data_samples(data) - count);
    assert_int_equal(mlp_data_samples(second), count);
    count_labels(data, classes, all);
    count_labels(first, classes, first_counts);
    count_labels(second, classes, counts);
    for (int32_t c = 0; c < classes; c++)
        assert_int_equal(first_counts[c] + counts[c], all[c]);
    mlp_data_destroy(first);
    mlp_data_destroy(second);
}

/* What each class gives, worked out by hand. */
static void test_shares(void **state)
{
    static const struct {
        int32_t classes;
        int64_t sizes[5], count, taken[5];
    } cases[] = {
        {3, {50, 30, 20}, 10, {5, 3, 2}},
        {3, {50, 30, 20}, 50, {25, 15, 10}},
        {2, {7, 3}, 4, {3, 1}},           /* 2.8 and 1.2 */
        {3, {10, 10, 10}, 10, {4, 3, 3}}, /* a third each: the lower class first */
        {3, {90, 8, 2}, 10, {9, 1, 0}},   /* 9, 0.8, 0.2: nothing is left for the last */
        {3, {85, 13, 2}, 10, {8, 1, 1}},  /* 8.5, 1.3, 0.2: the last appears before the first is rounded up */
        {3, {85, 13, 2}, 90, {77, 12, 1}}, /* 76.5, 11.7, 1.8: the last stays in the first part, too */
        {2, {9, 1}, 4, {4, 0}},            /* 3.6, 0.4: of a single sample no part can be kept */
        {2, {9, 1}, 8, {7, 1}},            /* 7.2, 0.8 */
        {5, {2, 2, 2, 2, 92}, 3, {1, 0, 0, 0, 2}}, /* too few for all of them */
        {4, {0, 5, 0, 5}, 2, {0, 1, 0, 1}},        /* classes without samples */
        {1, {9}, 4, {4}},
    };
    draw d = {11};
    int64_t counts[16];
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (uint64_t seed = 0; seed < 4; seed++) {
            mlp_data *data = labelled(cases[i].classes, cases[i].sizes, &d);
            split_counts(data, cases[i].classes, cases[i].count, seed, counts);
            for (int32_t c = 0; c < cases[i].classes; c++)
                if (counts[c] != cases[i].taken[c])
                    fail_msg("case %d: %d of class %d, expected %d", (int)i, (int)counts[c], (int)c,
                             (int)cases[i].taken[c]);
            mlp_data_destroy(data);
        }
}

/* For random sizes: within one sample of the share, and in both parts where there is room for every class. */
static void test_proportions(void **state)
{
    draw d = {5};
    (void)state;
    for (int round = 0; round < 300; round++) {
        const int32_t classes = (int32_t)draw_int(&d, 1, 9);
        int64_t sizes[9], samples = 0, counts[16];
        for (int32_t c = 0; c < classes; c++)
            samples += sizes[c] = draw_int(&d, 1, draw_chance(&d, 0.5) ? 4 : 40);
        if (samples < 2)
            continue;
        const int64_t count = draw_int(&d, 1, samples - 1);
        mlp_data *data = labelled(classes, sizes, &d);
        split_counts(data, classes, count, draw_bits(&d), counts);
        int64_t floors = 0, pairs_without = 0, missing = 0;
        for (int32_t c = 0; c < classes; c++) {
            const int64_t share = sizes[c] * count / samples, exact = sizes[c] * count % samples == 0;
            assert_in_range(counts[c], share, share + !exact);
            floors += share;
            pairs_without += sizes[c] >= 2 && share == 0;
            missing += sizes[c] >= 2 && counts[c] == 0;
        }
        assert_true(missing == 0 || count - floors < pairs_without);
        mlp_data_destroy(data);
    }
}

static void test_fold_shares(void **state)
{
    static const int64_t sizes[] = {23, 4, 11, 1, 0, 6};
    enum { CLASSES = 6, ALL = 45 };
    draw d = {3};
    mlp_data *data = labelled(CLASSES, sizes, &d);
    (void)state;
    for (int64_t folds = 2; folds <= ALL; folds++) {
        int64_t total[CLASSES] = {0};
        for (int64_t fold = 0; fold < folds; fold++) {
            int64_t counts[CLASSES];
            mlp_data *train = NULL, *test = NULL;
            accepted(mlp_data_fold(data, folds, fold, 9, &train, &test));
            assert_in_range(mlp_data_samples(test), ALL / folds, ALL / folds + (ALL % folds != 0));
            assert_int_equal(mlp_data_samples(train), ALL - mlp_data_samples(test));
            count_labels(test, CLASSES, counts);
            for (int c = 0; c < CLASSES; c++) {
                assert_in_range(counts[c], sizes[c] / folds, sizes[c] / folds + (sizes[c] % folds != 0));
                total[c] += counts[c];
            }
            mlp_data_destroy(train);
            mlp_data_destroy(test);
        }
        assert_memory_equal(total, sizes, sizeof sizes);
    }
    mlp_data_destroy(data);
}

/* More classes than 16 bits hold, one sample each but for two of the highest, which has the low bits of another. */
static void test_many_classes(void **state)
{
    static int32_t labels[] = {
        MOST_CLASSES - 1, MOST_CLASSES - 1 - 65536, 65536, MOST_CLASSES - 1, 256, 65537, 0, 69000};
    mlp_data *data = NULL, *first, *second;
    (void)state;
    accepted(mlp_data_create(MLP_F64, 8, &data));
    accepted(mlp_data_set_labels(data, MOST_CLASSES, labels));
    for (uint64_t seed = 0; seed < 8; seed++) {
        int32_t taken[4], highest = 0;
        accepted(mlp_data_split(data, 4, seed, &first, &second));
        accepted(mlp_data_get_labels(second, 0, 4, taken));
        for (int i = 0; i < 4; i++)
            highest += taken[i] == MOST_CLASSES - 1;
        assert_int_equal(highest, 1);
        mlp_data_destroy(first);
        mlp_data_destroy(second);
    }
    mlp_data_destroy(data);
}

/* ---- Refusals ---- */

static void refuse_split(const mlp_data *data, int64_t count, mlp_status status, const char *word)
{
    mlp_data *first = (mlp_data *)(uintptr_t)64, *second = (mlp_data *)(uintptr_t)64;
    refused(mlp_data_split(data, count, 1, &first, &second), status, word);
    assert_null(first);
    assert_null(second);
}

static void refuse_fold(const mlp_data *data, int64_t folds, int64_t fold, mlp_status status,
                        const char *word)
{
    mlp_data *train = (mlp_data *)(uintptr_t)64, *test = (mlp_data *)(uintptr_t)64;
    refused(mlp_data_fold(data, folds, fold, 1, &train, &test), status, word);
    assert_null(train);
    assert_null(test);
}

static void refuse_subset(const mlp_data *data, int64_t count, const int64_t *indices, mlp_status status,
                          const char *word)
{
    mlp_data *subset = (mlp_data *)(uintptr_t)64;
    refused(mlp_data_subset(data, count, indices, &subset), status, word);
    assert_null(subset);
}

static void test_refused(void **state)
{
    static const int64_t low[] = {0, -1}, high[] = {5, 0}, least[] = {INT64_MIN}, good[] = {0, 1, 2};
    const float weights[5] = {0, 0, 0, 0, 1};
    mlp_data *data = NULL, *one = NULL, *huge = NULL, *made = NULL;
    (void)state;
    accepted(mlp_data_create(MLP_F32, 5, &data));
    accepted(mlp_data_create(MLP_F32, 1, &one));
    accepted(mlp_data_create(MLP_F32, INT64_MAX / 4, &huge));
    refuse_split(NULL, 1, MLP_ERR_ARGUMENT, "data = NULL");
    refuse_split(data, 0, MLP_ERR_SIZE, "count = 0");
    refuse_split(data, 5, MLP_ERR_SIZE, "count = 5");
    refuse_split(data, INT64_MIN, MLP_ERR_SIZE, "count = -9223372036854775808");
    refuse_split(data, INT64_MAX, MLP_ERR_SIZE, "count = 9223372036854775807");
    refuse_split(one, 1, MLP_ERR_SIZE, "count = 1");
    refuse_split(huge, 1, MLP_ERR_SIZE, "data: the order of");
    refuse_fold(NULL, 2, 0, MLP_ERR_ARGUMENT, "data = NULL");
    refuse_fold(data, 1, 0, MLP_ERR_SIZE, "folds = 1");
    refuse_fold(data, 6, 0, MLP_ERR_SIZE, "folds = 6");
    refuse_fold(data, 5, 5, MLP_ERR_SIZE, "fold = 5");
    refuse_fold(data, 5, -1, MLP_ERR_SIZE, "fold = -1");
    refuse_fold(huge, 5, 0, MLP_ERR_SIZE, "data: the order of");
    refuse_subset(NULL, 3, good, MLP_ERR_ARGUMENT, "data = NULL");
    refuse_subset(data, 0, good, MLP_ERR_SIZE, "count = 0");
    refuse_subset(data, 3, NULL, MLP_ERR_ARGUMENT, "indices = NULL");
    refuse_subset(data, 2, low, MLP_ERR_ARGUMENT, "indices[1] = -1: must be 0 to 4");
    refuse_subset(data, 2, high, MLP_ERR_ARGUMENT, "indices[0] = 5: must be 0 to 4");
    refuse_subset(data, 1, least, MLP_ERR_ARGUMENT, "indices[0] = -9223372036854775808");
    accepted(mlp_data_set_weights_f32(data, weights));
    refuse_subset(data, 3, good, MLP_ERR_ARGUMENT, "data: the weights of 3 chosen samples sum to 0");
    refuse_split(data, 3, MLP_ERR_ARGUMENT, "chosen samples sum to 0");
    refuse_fold(data, 2, 0, MLP_ERR_ARGUMENT, "chosen samples sum to 0");
    refused(mlp_data_split(data, 1, 1, NULL, &made), MLP_ERR_ARGUMENT, "first = NULL");
    refused(mlp_data_split(data, 1, 1, &made, NULL), MLP_ERR_ARGUMENT, "second = NULL");
    refused(mlp_data_fold(data, 2, 1, 1, NULL, &made), MLP_ERR_ARGUMENT, "train = NULL");
    refused(mlp_data_fold(data, 2, 1, 1, &made, NULL), MLP_ERR_ARGUMENT, "test = NULL");
    refused(mlp_data_subset(data, 3, good, NULL), MLP_ERR_ARGUMENT, "subset = NULL");
    mlp_data_destroy(data);
    mlp_data_destroy(one);
    mlp_data_destroy(huge);
}

static void test_no_labels(void **state)
{
    int32_t labels[4] = {7, 7, 7, 7};
    mlp_data *data = NULL;
    (void)state;
    accepted(mlp_data_create(MLP_F32, 4, &data));
    refused(mlp_data_get_labels(data, 0, 4, labels), MLP_ERR_STATE, "data: has no labels");
    accepted(mlp_data_set_labels(data, 2, (int32_t[]){0, 1, 1, 0}));
    refused(mlp_data_get_labels(NULL, 0, 4, labels), MLP_ERR_ARGUMENT, "data = NULL");
    refused(mlp_data_get_labels(data, -1, 1, labels), MLP_ERR_SIZE, "first = -1");
    refused(mlp_data_get_labels(data, 4, 1, labels), MLP_ERR_SIZE, "first = 4");
    refused(mlp_data_get_labels(data, 1, 4, labels), MLP_ERR_SIZE, "count = 4");
    refused(mlp_data_get_labels(data, 1, 0, labels), MLP_ERR_SIZE, "count = 0");
    refused(mlp_data_get_labels(data, 1, 1, NULL), MLP_ERR_ARGUMENT, "labels = NULL");
    assert_int_equal(labels[0], 7);
    accepted(mlp_data_get_labels(data, 1, 2, labels));
    assert_true(labels[0] == 1 && labels[1] == 1 && labels[2] == 7);
    mlp_data_destroy(data);
}

static mlp_status split_and_fold(void *context)
{
    const mlp_data *data = context;
    mlp_data *first = NULL, *second = NULL;
    mlp_status status = mlp_data_split(data, 7, 1, &first, &second);
    mlp_data_destroy(first);
    mlp_data_destroy(second);
    if (status == MLP_OK) {
        status = mlp_data_fold(data, 3, 1, 1, &first, &second);
        mlp_data_destroy(first);
        mlp_data_destroy(second);
    }
    return status;
}

static void test_no_memory(void **state)
{
    mlp_data *data = numbered_f32(20, 1);
    (void)state;
    accepted(mlp_data_set_labels(data, 3, (int32_t[20]){0, 1, 2, 1}));
    /* of a part: the data set, inputs, labels and weights */
    assert_int_equal(failing_allocator_sweep(split_and_fold, data), (2 + 2 * 4) + (1 + 2 * 4));
    mlp_data_destroy(data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shares),      cmocka_unit_test(test_proportions),
        cmocka_unit_test(test_fold_shares), cmocka_unit_test(test_many_classes),
        cmocka_unit_test(test_refused),     cmocka_unit_test(test_no_labels),
        cmocka_unit_test(test_subset_f32),  cmocka_unit_test(test_subset_f64),
        cmocka_unit_test(test_split_f32),   cmocka_unit_test(test_split_f64),
        cmocka_unit_test(test_folds_f32),   cmocka_unit_test(test_folds_f64),
        cmocka_unit_test(test_read_f32),    cmocka_unit_test(test_read_f64),
        cmocka_unit_test(test_fixed_f32),   cmocka_unit_test(test_fixed_f64),
        cmocka_unit_test(test_no_memory),
    };
    if (mlp_set_allocator(failing_allocate, failing_deallocate, NULL) != MLP_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
