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
#include "learn_peer.h"
#include "learn_proben1.h"
#include "learn_tally.h"
#include "report.h"
#include "typed.h"

#include <math.h>

static char path[64];

static void write_file(const char *text)
{
    int descriptor;

    snprintf(path, sizeof path, "/tmp/mlp-learn-XXXXXX");
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

/* What is said goes nowhere until it is told where again. */
static void be_quiet(bool quiet)
{
    static FILE *stream;

    if (quiet)
        stream = tmpfile();
    report_set_stream(quiet ? stream : NULL);
    if (!quiet)
        fclose(stream);
}

static void refuses_broken_files_of_fann(void **state)
{
    static const char *const broken[] = {
        "", "2 3", "0 3 1\n", "-1 3 1\n", "1 1e9 1\n", "2 2 1\n1 2\n3\n4 5\n", "1 2 1\n1 x\n3\n"};

    (void)state;
    be_quiet(true);
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
    be_quiet(false);
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
    be_quiet(true);
    assert_int_equal(learn_read_classes(path, MLP_F32, false, 1, 2, 3, &set), CLI_FAILED);
    dataset_clear(&set);
    assert_int_equal(learn_read_classes(path, MLP_F32, true, 1, 2, 2, &set), CLI_FAILED);
    dataset_clear(&set);
    assert_int_equal(learn_read_classes(path, MLP_F32, true, 1, 4, 3, &set), CLI_FAILED);
    dataset_clear(&set);
    be_quiet(false);
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
    const struct learn_recipe recipe = {"sgd", "sgd", "learning_rate=0.3 no_such_option=7", 0, 500, false};
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
    const struct learn_recipe recipe = {"sgd", "sgd", "learning_rate=3", 0, 500, false};
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
    const struct learn_recipe known = {"adam", "adam", "beta1=0.8 nothing=1", 0, 1, false};
    const struct learn_recipe unknown = {"no_such_method", "no_such_method", "", 0, 1, false};
    FILE *stream = tmpfile();
    char text[512] = "";

    (void)state;
    report_set_stream(stream);
    assert_true(learn_has_method(&known));
    assert_false(learn_has_method(&unknown));
    assert_false(learn_has_method(&unknown)); /* told once */
    report_set_stream(NULL);
    rewind(stream);
    assert_true(fread(text, 1, sizeof text - 1, stream) > 0);
    assert_non_null(strstr(text, "no option nothing"));
    assert_null(strstr(text, "beta1"));
    assert_non_null(strstr(text, "no no_such_method"));
    assert_null(strstr(strstr(text, "no no_such_method") + 1, "no no_such_method"));
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

static void tallies_peers(void **state)
{
    static struct learn_tally tally;
    struct learn_peer_tally peer = {.tally = &tally};
    struct learn_peer_line line;

    (void)state;
    learn_peer_read("peer other-1.0 0.75 3 20", &line);
    learn_tally_take_line(&line, &peer);
    learn_peer_read("peer other-1.0 0.5 4 10 2.5", &line);
    learn_tally_take_line(&line, &peer);
    learn_peer_read("peer other-1.0 0.5 4", &line);
    learn_tally_take_line(&line, &peer);
    assert_string_equal(tally.method, "other-1.0");
    assert_int_equal(tally.runs, 2);
    assert_int_equal(tally.reached, 1);
    assert_true(tally.score[0] == 75 && tally.seconds[0] == 3 && tally.epochs[1] == 10 &&
                tally.to_goal[0] == 2.5);
}

/* Score what a model that gives back its inputs says. */
static void assert_score(int n, int samples, const double *y, const double *t, double wrong, double squared)
{
    float identity[12] = {0};
    struct learn_score score;
    struct dataset set;
    mlp_model *model;

    dataset_begin(&set, MLP_F32, n, n, false);
    for (int s = 0; s < samples; s++) {
        dataset_add(&set);
        for (int i = 0; i < n; i++) {
            typed_put(MLP_F32, set.x, n * s + i, y[n * s + i]);
            typed_put(MLP_F32, set.t, n * s + i, t[n * s + i]);
        }
    }
    for (int i = 0; i < n; i++)
        identity[n * i + i] = 1;
    assert_int_equal(learn_model_create(MLP_F32, n == 1 ? "1-1" : "3-3", "tanh", "identity", &model), MLP_OK);
    mlp_model_set_params_f32(model, 0, mlp_model_param_count(model), identity);
    assert_int_equal(learn_score(model, &set, &score), MLP_OK);
    assert_true(fabs(score.wrong - wrong) < 1e-12);
    assert_true(fabs(score.squared - squared) < 1e-5);
    mlp_model_destroy(model);
    dataset_clear(&set);
}

static void scores(void **state)
{
    const double y[] = {0.7, 0.2, 0.1, 0.5, 0.25, 0.3, 0, 1, 0.5}, t[] = {1, 0, 0, 0, 1, 0, 1, 0, 0};
    const double p[] = {0.6, 0.4, 0.4, 0.4}, u[] = {1, 1, 0, 0};

    (void)state;
    assert_score(3, 3, y, t, 200.0 / 3, 100 * (0.14 + 0.9025 + 2.25) / 9);
    assert_score(1, 4, p, u, 25, 100 * (0.16 + 0.36 + 0.16 + 0.16) / 4);
}

static void scores_accuracy(void **state)
{
    struct dataset set;
    mlp_model *model;
    double accuracy;

    (void)state;
    write_file("1,0,0\n0,1,1\n3,2,1\n5,4,0\n");
    assert_int_equal(learn_read_classes(path, MLP_F32, false, 0, 2, 2, &set), CLI_OK);
    unlink(path);
    assert_int_equal(dataset_publish(&set, 2), CLI_OK);
    assert_int_equal(learn_model_create(MLP_F32, "2-2", "tanh", "identity", &model), MLP_OK);
    mlp_model_set_params_f32(model, 0, 6, (const float[]){1, 0, 0, 1, 0, 0});
    assert_int_equal(learn_accuracy(model, set.data, &accuracy), MLP_OK);
    assert_true(accuracy == 0.75);
    mlp_model_destroy(model);
    dataset_clear(&set);
}

/* Validation that is not training is not timed; the last parameters are those that are kept. */
static void keeps_the_last_and_tolerates(void **state)
{
    const struct learn_recipe recipe = {"sgd", "sgd", "learning_rate=0.3", 0, 500, false};
    const struct learn_recipe cosine = {"sgd", "sgd", "learning_rate=0.3", 0, 2, true};
    struct dataset set;
    struct learn_problem problem;
    struct learn_result result, timed;
    mlp_model *model;
    double once, twice;

    (void)state;
    make_line(&set, &model, &problem);
    problem.goal = 0;
    problem.tolerance = 1e-4;
    assert_int_equal(learn_run(&problem, &recipe, 5, NULL, &result), MLP_OK);
    assert_true(result.epochs > 11 && result.epochs < 100); /* ten more after the loss has settled */
    problem.tolerance = 0;
    problem.validation = set.data;
    problem.keep_last = problem.untimed = true;
    assert_int_equal(learn_run(&problem, &recipe, 5, NULL, &result), MLP_OK);
    problem.untimed = false;
    assert_int_equal(learn_run(&problem, &recipe, 5, NULL, &timed), MLP_OK);
    assert_true(result.seconds > 0 && timed.seconds > 0 && result.epochs == timed.epochs);
    problem.validation = NULL;
    assert_int_equal(learn_run(&problem, &cosine, 5, model, &result), MLP_OK);
    /* rates 0.3 and 0.15: with x^2 = 1.25 on average, 1 - 1.25 rate of the error is left each time */
    once = 1 - 0.3 * 1.25, twice = 1 - 0.15 * 1.25;
    mlp_model *start;
    double a, b;
    assert_int_equal(learn_model_create(MLP_F64, "1-1", "tanh", "identity", &start), MLP_OK);
    mlp_model_initialize(start, MLP_INIT_GLOROT_UNIFORM, 5);
    mlp_model_get_params_f64(start, 0, 1, &a);
    mlp_model_get_params_f64(model, 0, 1, &b);
    assert_true(fabs((b - 2) - (a - 2) * once * twice) < 1e-12);
    mlp_model_destroy(start);
    mlp_model_destroy(model);
    dataset_clear(&set);
}

static void figures(void **state)
{
    const double values[] = {3, 5, 10};
    struct learn_figure figure = {0};

    (void)state;
    assert_true(learn_figure_deviation(&figure) == 0);
    for (int i = 0; i < 3; i++)
        learn_figure_add(&figure, values[i]);
    assert_true(fabs(figure.mean - 6) < 1e-14);
    assert_true(fabs(learn_figure_deviation(&figure) - sqrt(13)) < 1e-14);
}

/* Ours and the peer's are chosen apart, by the validation data and not by the test. */
static void chooses_by_validation(void **state)
{
    static struct proben1_result result;
    const struct {
        const char *name;
        bool peer;
        double validation, wrong;
    } methods[] = {
        {"rprop", false, 3, 1}, {"adam", false, 2, 5}, {"rprop", true, 1, 2}, {"batch", true, 4, 0}};

    (void)state;
    assert_null(proben1_best(&result, false));
    for (int i = 0; i < 4; i++) {
        struct proben1_method *method = proben1_find(&result, methods[i].name, methods[i].peer);

        learn_figure_add(&method->validation, methods[i].validation);
        learn_figure_add(&method->wrong, methods[i].wrong);
    }
    assert_int_equal(result.count, 4);
    assert_ptr_equal(proben1_find(&result, "adam", false), &result.method[1]);
    assert_ptr_equal(proben1_best(&result, false), &result.method[1]);
    assert_ptr_equal(proben1_best(&result, true), &result.method[2]);
}

static void reads_lines_of_peers(void **state)
{
    struct learn_peer_line line;

    (void)state;
    learn_peer_read("peer rprop 1.5 -2e3 7\n", &line);
    assert_string_equal(line.name, "rprop");
    assert_int_equal(line.count, 3);
    assert_true(line.figure[1] == -2000 && line.figure[2] == 7);
    learn_peer_read("peer batch\n", &line);
    assert_int_equal(line.count, 0);
    learn_peer_read("Epochs 10. Error 0.2\n", &line);
    assert_int_equal(line.count, 0);
    learn_peer_read("peer many 1 2 3 4 5 6 7 8 9 10\n", &line);
    assert_int_equal(line.count, LEARN_PEER_FIGURES);
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
        cmocka_unit_test(keeps_the_last_and_tolerates),
        cmocka_unit_test(knows_what_the_library_knows),
        cmocka_unit_test(tallies),
        cmocka_unit_test(tallies_peers),
        cmocka_unit_test(scores_accuracy),

        cmocka_unit_test(scores),
        cmocka_unit_test(figures),
        cmocka_unit_test(chooses_by_validation),
        cmocka_unit_test(reads_lines_of_peers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
