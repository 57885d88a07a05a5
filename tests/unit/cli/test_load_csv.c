/* From tables to data sets: which column is what, classes, numbers, splitting. */
#include "scratch.h"

#include "load_csv.h"
#include "report.h"
#include "typed.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static struct csv_source source(const char *text, const char *label, const char *target)
{
    return (struct csv_source){.path = scratch_text("t.csv", text),
                               .format = {',', "auto"},
                               .columns = {.label = label, .targets = target}};
}

static void expect_joined(const struct names *names, const char *expected)
{
    char *text = names_join(names, "|");

    assert_string_equal(text, expected);
    free(text);
}

static void labels_and_names(void **state)
{
    struct csv_source from = source("x,kind,y\n1,pear,2\n3,apple,4\n5,pear,6\n", "kind", NULL);
    struct schema schema = {0};
    struct dataset set = {0};

    (void)state;
    assert_int_equal(load_csv_training(&from, MLP_F32, &schema, &set), CLI_OK);
    expect_joined(&schema.features, "x|y");
    expect_joined(&schema.classes, "apple|pear");
    expect_joined(&schema.label, "kind");
    assert_int_equal(set.samples, 3);
    assert_int_equal(set.features, 2);
    assert_memory_equal(set.x, ((const float[]){1, 2, 3, 4, 5, 6}), 6 * sizeof(float));
    assert_memory_equal(set.label, ((const int32_t[]){1, 0, 1}), 3 * sizeof(int32_t));
    dataset_clear(&set);
    schema_clear(&schema);
}

static void integer_classes_sort_as_numbers(void **state)
{
    struct csv_source from = source("1,10\n2,9\n3,-1\n4,9\n", "2", NULL);
    struct schema schema = {0};
    struct dataset set = {0};

    (void)state;
    assert_int_equal(load_csv_training(&from, MLP_F64, &schema, &set), CLI_OK);
    expect_joined(&schema.classes, "-1|9|10");
    expect_joined(&schema.features, "1");
    assert_memory_equal(set.label, ((const int32_t[]){2, 1, 0, 1}), 4 * sizeof(int32_t));
    dataset_clear(&set);
    schema_clear(&schema);
}

static void targets_keep_the_order_asked_for(void **state)
{
    struct csv_source from = source("a,b,c,d\n1,2,3,4\n", NULL, "d,b");
    struct schema schema = {0};
    struct dataset set = {0};

    (void)state;
    from.columns.ignored = "c";
    assert_int_equal(load_csv_training(&from, MLP_F64, &schema, &set), CLI_OK);
    expect_joined(&schema.targets, "d|b");
    expect_joined(&schema.features, "a");
    assert_memory_equal(set.t, ((const double[]){4, 2}), 2 * sizeof(double));
    dataset_clear(&set);
    schema_clear(&schema);
}

static void refusals(void **state)
{
    static const struct {
        const char *text, *label, *target;
        int status;
        const char *reason;
    } cases[] = {
        {"x,k\n1,a\noops,b\n", "k", NULL, CLI_FAILED, "line 3, column 1: not a finite decimal number"},
        {"x,k\n,a\n", "k", NULL, CLI_FAILED, "line 2, column 1: an empty field"},
        {"x,k\nnan,a\n", "k", NULL, CLI_FAILED, "line 2, column 1: not a finite"},
        {"x,k\ninf,a\n", "k", NULL, CLI_FAILED, "line 2, column 1: not a finite"},
        {"x,k\n1e999,a\n", "k", NULL, CLI_FAILED, "line 2, column 1: not a finite"},
        {"x,k\n0x10,a\n", "k", NULL, CLI_FAILED, "line 2, column 1: not a finite"},
        {"x,k\n\"1,5\",a\n", "k", NULL, CLI_FAILED, "line 2, column 1: not a finite"},
        {"x,k\n1e39,a\n", "k", NULL, CLI_FAILED, "too large for f32"},
        {"x,k\n1,\n", "k", NULL, CLI_FAILED, "line 2, column 2: no class name"},
        {"x,k\n1,\"a\nb\"\n", "k", NULL, CLI_FAILED, "line break"},
        {"x,x,k\n1,2,a\n", "k", NULL, CLI_FAILED, "line 1, column 2: a column name that is there twice"},
        {"x,k\n1,a\n", "q", NULL, CLI_USAGE, "no column 'q'"},
        {"x,k\n1,a\n", "3", NULL, CLI_USAGE, "no column '3'"},
        {"x,k\n1,a\n", "0", NULL, CLI_USAGE, "no column '0'"},
        {"x,k\n1,2\n", NULL, "k,k", CLI_USAGE, "asked for twice"},
        {"k\n1\n", NULL, "k", CLI_USAGE, "no column is left as an input"},
        {"x,k\n", "k", NULL, CLI_FAILED, "no row of data"},
        {"", "k", NULL, CLI_FAILED, "an empty file"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct csv_source from = source(cases[i].text, cases[i].label, cases[i].target);
        struct schema schema = {0};
        struct dataset set = {0};

        scratch_listen();
        assert_int_equal(load_csv_training(&from, MLP_F32, &schema, &set), cases[i].status);
        if (!strstr(scratch_heard(), cases[i].reason))
            fail_msg("case %zu: \"%s\" does not say \"%s\"", i, scratch_heard(), cases[i].reason);
        dataset_clear(&set);
        schema_clear(&schema);
    }
}

/* The columns of a model with inputs x, y and the label kind are found wherever they are. */
static void a_model_finds_its_columns(void **state)
{
    static const struct {
        const char *text;
        bool answers;
        const char *reason; /* NULL: inputs 1, 2 are read */
    } cases[] = {
        {"y,x\n2,1\n", false, NULL},
        {"id,y,kind,x\n7,2,pear,1\n", false, NULL},
        {"y,kind,x\n2,pear,1\n", true, NULL},
        {"1,2\n", false, NULL},
        {"p,q\n1,2\n", false, NULL},
        {"p,kind,q\n1,pear,2\n", false, NULL},
        {"p,kind,q\n1,pear,2\n", true, NULL},
        {"x,y\n1,2\n", true, "no column 'kind'"},
        {"p,q,r\n1,2,3\n", false, "3 columns of inputs: the model has 2"},
        {"x,y,kind\n1,2,plum\n", true, "a class the model does not know"},
    };
    struct schema schema = {0};

    (void)state;
    names_split(&schema.features, "x,y", ',');
    names_split(&schema.classes, "apple,pear", ',');
    names_split(&schema.label, "kind", ',');
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct csv_source from = source(cases[i].text, NULL, NULL);
        struct dataset set = {0};
        int status;

        scratch_listen();
        status = load_csv_for_model(&from, MLP_F64, 2, 2, &schema, cases[i].answers, &set);
        if (cases[i].reason)
            assert_non_null(strstr(scratch_heard(), cases[i].reason));
        else if (status != CLI_OK || ((double *)set.x)[0] != 1 || ((double *)set.x)[1] != 2 ||
                 (cases[i].answers && set.label[0] != 1))
            fail_msg("case %zu: %s", i, scratch_heard());
        dataset_clear(&set);
    }
    schema_clear(&schema);
}

/* Fill a set of n samples with x = (s, -s), label s. */
static void number_samples(struct dataset *set, int64_t n)
{
    dataset_begin(set, MLP_F32, 2, 0, true);
    for (int64_t s = 0; s < n; s++) {
        int64_t at = dataset_add(set);

        typed_put(MLP_F32, set->x, 2 * at, (double)s);
        typed_put(MLP_F32, set->x, 2 * at + 1, (double)-s);
        set->label[at] = (int32_t)s;
    }
}

static void splitting_loses_and_mixes_nothing(void **state)
{
    struct dataset set, taken, again, again_taken;
    int seen[100] = {0};

    (void)state;
    number_samples(&set, 100);
    number_samples(&again, 100);
    assert_int_equal(dataset_split(&set, 100, 0.25, 7, &taken), CLI_OK);
    assert_int_equal(dataset_split(&again, 100, 0.25, 7, &again_taken), CLI_OK);
    assert_int_equal(set.samples, 75);
    assert_int_equal(taken.samples, 25);
    assert_memory_equal(taken.label, again_taken.label, 25 * sizeof *taken.label);
    for (int64_t s = 0; s < 100; s++) {
        const struct dataset *from = s < 75 ? &set : &taken;
        int64_t at = s < 75 ? s : s - 75;

        seen[from->label[at]]++;
        assert_true(typed_get(MLP_F32, from->x, 2 * at) == from->label[at]);
        assert_true(typed_get(MLP_F32, from->x, 2 * at + 1) == -from->label[at]);
    }
    for (int s = 0; s < 100; s++)
        assert_int_equal(seen[s], 1);
    dataset_clear(&set);
    dataset_clear(&taken);
    dataset_clear(&again);
    dataset_clear(&again_taken);
}

static void splitting_keeps_the_proportions_of_classes(void **state)
{
    struct dataset set, taken;
    int64_t rare = 0;

    (void)state;
    number_samples(&set, 40);
    for (int s = 0; s < 40; s++)
        set.label[s] = s >= 36;
    assert_int_equal(dataset_split(&set, 2, 0.25, 3, &taken), CLI_OK);
    for (int s = 0; s < 10; s++)
        rare += taken.label[s];
    assert_int_equal(taken.samples, 10);
    assert_int_equal(rare, 1);
    dataset_clear(&set);
    dataset_clear(&taken);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(labels_and_names),
        cmocka_unit_test(integer_classes_sort_as_numbers),
        cmocka_unit_test(targets_keep_the_order_asked_for),
        cmocka_unit_test(refusals),
        cmocka_unit_test(a_model_finds_its_columns),
        cmocka_unit_test(splitting_loses_and_mixes_nothing),
        cmocka_unit_test(splitting_keeps_the_proportions_of_classes),
    };

    return cmocka_run_group_tests(tests, scratch_setup, scratch_teardown);
}
