/* The harness of `mlp-bench learn`: its readers, its runs, its tallies. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "learn.h"
#include "learn_data.h"
#include "learn_tally.h"
#include "report.h"
#include "typed.h"

#include <math.h>

static char path[64];

static void write_file(const char *text)
{
    int descriptor;

    strcpy(path, "/tmp/mlp-learn-XXXXXX");
    descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    assert_int_equal(write(descriptor, text, strlen(text)), (ssize_t)strlen(text));
    close(descriptor);
}

static int read_fann(const char *text, struct dataset *set)
{
    int status;

    write_file(text);
    status = learn_read_fann(path, MLP_F64, set);
    unlink(path);
    return status;
}

static void reads_files_of_fann(void **state)
{
    struct dataset set = {0};

    (void)state;
    assert_int_equal(read_fann("2 3 1\n1 2 3\n4\n-1 -2e-1\n-3 \n5", &set), CLI_OK);
    assert_int_equal(read_fann("1 3 1\n7 8 9\n10\n", &set), CLI_OK);
    assert_int_equal(set.samples, 3);
    assert_int_equal(set.features, 3);
    assert_int_equal(set.targets, 1);
    assert_true(typed_get(MLP_F64, set.x, 4) == -0.2);
    assert_true(typed_get(MLP_F64, set.x, 8) == 9);
    assert_true(typed_get(MLP_F64, set.t, 1) == 5);
    dataset_clear(&set);
}

static void refuses_broken_files_of_fann(void **state)
{
    static const char *const broken[] = {
        "", "2 3", "0 3 1\n", "-1 3 1\n", "1 1e9 1\n", "2 2 1\n1 2\n3\n4 5\n", "1 2 1\n1 x\n3\n"};

    (void)state;
    report_set_stream(tmpfile());
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        struct dataset set = {0};

        if (read_fann(broken[i], &set) != CLI_FAILED)
            fail_msg("read:\n%s", broken[i]);
        dataset_clear(&set);
    }
    struct dataset set = {0};
    assert_int_equal(read_fann("1 2 1\n1 2\n3\n", &set), CLI_OK);
    assert_int_equal(read_fann("1 1 1\n1\n3\n", &set), CLI_FAILED);
    dataset_clear(&set);
    report_set_stream(NULL);
}

static void reads_classes(void **state)
{
    struct dataset set;

    (void)state;
    write_file("3,4,what,ever\n9,1,2,8,2\n9,3,4,8,0\n");
    assert_int_equal(learn_read_classes(path, MLP_F32, true, 1, 2, 3, &set), CLI_OK);
    assert_int_equal(set.samples, 2);
    assert_true(typed_get(MLP_F32, set.x, 0) == 1);
    assert_true(typed_get(MLP_F32, set.x, 3) == 4);
    assert_int_equal(set.label[0], 2);
    assert_int_equal(set.label[1], 0);
    for (int i = 0; i < 6; i++)
        assert_true(typed_get(MLP_F32, set.t, i) == (i == 2 || i == 3));
    dataset_clear(&set);
    report_set_stream(tmpfile());
    assert_int_equal(learn_read_classes(path, MLP_F32, false, 1, 2, 3, &set), CLI_FAILED);
    dataset_clear(&set);
    assert_int_equal(learn_read_classes(path, MLP_F32, true, 1, 2, 2, &set), CLI_FAILED);
    dataset_clear(&set);
    assert_int_equal(learn_read_classes(path, MLP_F32, true, 1, 4, 3, &set), CLI_FAILED);
    dataset_clear(&set);
    report_set_stream(NULL);
    unlink(path);
}

static void scales_inputs_and_outputs(void **state)
{
    struct dataset set;
    mlp_model *model;
    double scale[2], shift[2];

    (void)state;
    dataset_begin(&set, MLP_F64, 2, 1, false);
    for (int i = 0; i < 3; i++) {
        typed_put(MLP_F64, set.x, 2 * dataset_add(&set), 3 + i);
        typed_put(MLP_F64, set.x, 2 * i + 1, 7);
    }
    assert_int_equal(learn_model_create(MLP_F64, "2-5-1", "tanh", "sigmoid", &model), MLP_OK);
    assert_int_equal(mlp_model_layer_count(model), 2);
    assert_int_equal(mlp_model_width(model, 1), 5);
    assert_int_equal(mlp_model_activation(model, 1), MLP_TANH);
    assert_int_equal(mlp_model_activation(model, 2), MLP_SIGMOID);
    assert_int_equal(learn_scale_inputs(model, &set), MLP_OK);
    mlp_model_get_input_scaling_f64(model, scale, shift);
    assert_true(scale[0] == 1 && shift[0] == -4); /* 3 .. 5 */
    assert_true(scale[1] == 1 && shift[1] == -7); /* a constant */
    assert_int_equal(learn_halve_outputs(model), MLP_OK);
    mlp_model_get_output_scaling_f64(model, scale, shift);
    assert_true(scale[0] == 0.5 && shift[0] == 0.5);
    mlp_model_destroy(model);
    dataset_clear(&set);
}

/* t = 2 x at four points, to be learnt by a line. */
static void make_line(struct dataset *set, mlp_model **model, struct learn_problem *problem)
{
    dataset_begin(set, MLP_F64, 1, 1, false);
    for (int i = 0; i < 4; i++) {
        typed_put(MLP_F64, set->x, dataset_add(set), i - 1.5);
        typed_put(MLP_F64, set->t, i, 2 * (i - 1.5));
    }
    assert_int_equal(dataset_publish(set, 0), CLI_OK);
    assert_int_equal(learn_model_create(MLP_F64, "1-1", "tanh", "identity", model), MLP_OK);
    *problem = (struct learn_problem){.model = *model,
                                      .initializer = "glorot_uniform",
                                      .loss = MLP_SQUARED_ERROR,
                                      .train = set->data,
                                      .goal = 1e-8,
                                      .seconds = 60,
                                      .every = 1,
                                      .threads = 1};
}

static void runs_to_the_goal(void **state)
{
    const struct learn_recipe recipe = {"sgd", "learning_rate=0.3 no_such_option=7", 0, 500, false};
    struct dataset set;
    struct learn_problem problem;
    struct learn_result result, again;
    mlp_model *model, *trained;
    double theta[2];

    (void)state;
    make_line(&set, &model, &problem);
    assert_int_equal(mlp_model_clone(model, &trained), MLP_OK);
    assert_int_equal(learn_run(&problem, &recipe, 5, trained, &result), MLP_OK);
    assert_true(result.reached && result.loss <= 1e-8 && result.epochs < 500);
    assert_true(result.to_goal <= result.seconds);
    mlp_model_get_params_f64(trained, 0, 2, theta);
    assert_true(fabs(theta[0] - 2) < 1e-3 && fabs(theta[1]) < 1e-3);
    assert_int_equal(learn_run(&problem, &recipe, 5, NULL, &again), MLP_OK);
    assert_true(again.epochs == result.epochs && again.loss == result.loss);
    problem.goal = 0;
    assert_int_equal(learn_run(&problem, &recipe, 5, NULL, &again), MLP_OK);
    assert_true(!again.reached && again.epochs == 500);
    mlp_model_destroy(model);
    mlp_model_destroy(trained);
    dataset_clear(&set);
}

/* The loss rises from the first step on: the first parameters that were looked at are the best. */
static void keeps_the_best_and_loses_patience(void **state)
{
    const struct learn_recipe recipe = {"sgd", "learning_rate=3", 0, 500, false};
    struct dataset set;
    struct learn_problem problem;
    struct learn_result result;
    mlp_model *model;

    (void)state;
    make_line(&set, &model, &problem);
    problem.validation = set.data;
    problem.patience = 3;
    assert_int_equal(learn_run(&problem, &recipe, 5, NULL, &result), MLP_OK);
    assert_false(result.reached);
    assert_int_equal(result.epochs, 4);
    assert_true(result.validation < result.loss);
    problem.patience = 0;
    problem.validation = NULL;
    assert_int_equal(learn_run(&problem, &recipe, 5, NULL, &result), MLP_OK); /* until it overflows */
    assert_true(!result.reached && result.epochs < 500);
    mlp_model_destroy(model);
    dataset_clear(&set);
}

static void knows_what_the_library_knows(void **state)
{
    const struct learn_recipe known = {"adam", "beta1=0.8 nothing=1", 0, 1, false};
    const struct learn_recipe unknown = {"no_such_method", "", 0, 1, false};
    FILE *stream = tmpfile();
    char text[512] = "";

    (void)state;
    report_set_stream(stream);
    assert_true(learn_has_method(&known));
    assert_false(learn_has_method(&unknown));
    report_set_stream(NULL);
    rewind(stream);
    assert_true(fread(text, 1, sizeof text - 1, stream) > 0);
    assert_non_null(strstr(text, "no option nothing"));
    assert_null(strstr(text, "beta1"));
    assert_non_null(strstr(text, "no no_such_method"));
    fclose(stream);
    assert_true(learn_is_listed(NULL, "adam"));
    assert_true(learn_is_listed("sgd,adam", "adam"));
    assert_true(learn_is_listed("adam", "adam"));
    assert_false(learn_is_listed("nadam,adamax", "adam"));
    assert_false(learn_is_listed("", "adam"));
}

static void tallies(void **state)
{
    static struct learn_tally tally = {.method = "sgd"};

    (void)state;
    assert_true(isinf(learn_tally_per_success(&tally)));
    learn_tally_add(&tally, &(struct learn_result){.reached = true, .seconds = 3, .to_goal = 2}, 0.5);
    learn_tally_add(&tally, &(struct learn_result){.seconds = 5}, 0.5);
    assert_int_equal(tally.runs, 2);
    assert_int_equal(tally.reached, 1);
    assert_true(tally.to_goal[0] == 2);
    assert_true(learn_tally_per_success(&tally) == 7); /* 2 to the goal, and 5 in vain */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_files_of_fann),
        cmocka_unit_test(refuses_broken_files_of_fann),
        cmocka_unit_test(reads_classes),
        cmocka_unit_test(scales_inputs_and_outputs),
        cmocka_unit_test(runs_to_the_goal),
        cmocka_unit_test(keeps_the_best_and_loses_patience),
        cmocka_unit_test(knows_what_the_library_knows),
        cmocka_unit_test(tallies),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
