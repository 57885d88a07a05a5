/* The command line itself: help, versions, wrong usage, missing data, exit statuses. */
#include "run.h"
#include "scratch.h"

#include <mlp/mlp.h>
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static void help_and_version_go_to_stdout(void **state)
{
    static const char *const commands[] = {"train", "eval", "predict", "check", "info", "plot"};
    struct result result = RUN("--help");

    (void)state;
    expect_status(&result, 0);
    assert_string_equal(result.err, "");
    for (int i = 0; i < 5; i++) {
        struct result of = RUN(commands[i], "--help");

        expect_out(&result, commands[i]);
        expect_status(&of, 0);
        expect_out(&of, "usage: mlp ");
        expect_out(&of, commands[i]);
        result_clear(&of);
    }
    result_clear(&result);
    result = RUN("--version");
    expect_status(&result, 0);
    expect_out(&result, mlp_version_string());
    result_clear(&result);
}

static void info_tells_what_it_runs_on(void **state)
{
    struct result result = RUN("info");

    (void)state;
    expect_status(&result, 0);
    expect_out(&result, "libmlp: ");
    expect_out(&result, "degraded: ");
    result_clear(&result);
}

static void check_proves_a_model(void **state)
{
    static const char *const activations[] = {"tanh", "sine:3", "gelu"};

    (void)state;
    for (int i = 0; i < 3; i++) {
        struct result result =
            RUN("check", "--widths", "3-9-2", "--activation", activations[i], "--dtype", i ? "f64" : "f32");

        expect_status(&result, 0);
        expect_out(&result, "gradient through the Laplacian");
        expect_out(&result, "all 26 within their bounds");
        assert_null(strstr(result.out, "WRONG"));
        result_clear(&result);
    }
}

static void check_reads_a_file(void **state)
{
    static const int64_t widths[] = {5, 8, 3};
    const char *path = scratch_path("checked.safetensors");
    mlp_model *model = NULL;

    (void)state;
    assert_int_equal(mlp_model_create(MLP_F32, 2, widths, MLP_SILU, &model), MLP_OK);
    assert_int_equal(mlp_model_initialize(model, MLP_INIT_GLOROT_NORMAL, 1), MLP_OK);
    assert_int_equal(mlp_model_save(model, path), MLP_OK);
    mlp_model_destroy(model);
    for (int i = 0; i < 2; i++) {
        struct result result = RUN("check", path, "--points", "7", "--seed", i ? "1" : "2");

        expect_status(&result, 0);
        expect_out(&result, "all 26 within their bounds");
        result_clear(&result);
    }
}

/* Numbers that overflow are out of bounds, and the program says so. */
static void check_condemns(void **state)
{
    struct result result =
        RUN("check", "--widths", "16-32-32-32-32-1", "--activation", "exp", "--dtype", "f32");

    (void)state;
    expect_status(&result, 1);
    expect_out(&result, "WRONG");
    expect_out(&result, "are out of bounds");
    result_clear(&result);
}

/* Wrong command lines and data that are not there: status 2, nothing on stdout, a reason on stderr. */
static void wrong_usage_is_2(void **state)
{
    static const struct {
        const char *arguments[8];
        const char *reason;
    } cases[] = {
        {{NULL}, "usage: mlp COMMAND"},
        {{"walk"}, "mlp: no command 'walk'"},
        {{"train"}, "mlp train: no data"},
        {{"train", "--walk"}, "mlp train: unrecognized option '--walk'"},
        {{"train", "--csv"}, "mlp train: option '--csv' requires an argument"},
        {{"train", "operand"}, "mlp train: usage"},
        {{"train", "--csv", "/nowhere/a.csv", "--label", "1"}, "/nowhere/a.csv: no such file"},
        {{"train", "--csv", "a.csv"}, "--label or --target"},
        {{"train", "--csv", "a.csv", "--idx-images", "b"}, "several sources"},
        {{"train", "--idx-images", "a"}, "--idx-labels is missing"},
        {{"train", "--csv", "a", "--label", "1", "--epochs", "0"},
         "--epochs 0: must be an integer from 1 to"},
        {{"train", "--csv", "a", "--label", "1", "--threads", "1025"}, "--threads 1025: must be an integer"},
        {{"train", "--csv", "a", "--label", "1", "--epochs", "1.5"}, "--epochs 1.5: must be an integer"},
        {{"train", "--csv", "a", "--label", "1", "--momentum", "1"}, "--momentum 1: must be a number from 0"},
        {{"train", "--csv", "a", "--label", "1", "--weight-decay", "-1"},
         "--weight-decay -1: must be a number from 0"},
        {{"train", "--csv", "a", "--label", "1", "--hidden", "3,,4"}, "'' is no width"},
        {{"train", "--csv", "a", "--label", "1", "--hidden", "0"}, "'0' is no width"},
        {{"train", "--csv", "a", "--label", "1", "--activation", "rule"}, "must be one of identity, relu"},
        {{"train", "--csv", "a", "--label", "1", "--init", "best"}, "must be one of zeros, "},
        {{"train", "--csv", "a", "--label", "1", "--loss", "best"}, "must be one of squared_error, "},
        {{"train", "--csv", "a", "--label", "1", "--loss", "huber:big"}, "'big' is not a number"},
        {{"train", "--csv", "a", "--label", "1", "--loss", "huber:-1"}, "the delta of huber must be from"},
        {{"train", "--csv", "a", "--label", "1", "--loss", "hinge:1"}, "hinge has no parameter"},
        {{"train", "--csv", "a", "--label", "1", "--optimizer", "best"},
         "must be one of sgd, adam, rmsprop, adagrad, nadam, rprop, lbfgs, levenberg_marquardt, "
         "bayesian_regularization, kalman, bfgs"},
        {{"train", "--csv", "a", "--label", "1", "--dtype", "f16"}, "must be one of f32, f64"},
        {{"train", "--csv", "a", "--label", "1", "--decay", "fast"}, "must be one of cosine, none"},
        {{"train", "--csv", "a", "--label", "1", "--header", "so"}, "must be yes, no or auto"},
        {{"train", "--csv", "a", "--label", "1", "--delimiter", "::"}, "must be one character"},
        {{"train", "--csv", "a", "--label", "1", "--out", "/nowhere/m"}, "cannot write to the directory"},
        {{"eval"}, "mlp eval: usage"},
        {{"eval", "/nowhere/m", "--csv", "a"}, "/nowhere/m: no such file"},
        {{"predict", "/nowhere/m", "--csv", "a"}, "mlp predict: /nowhere/m: no such file"},
        {{"check"}, "mlp check: either a model file or --widths"},
        {{"check", "m", "--widths", "1-1"}, "mlp check: either a model file or --widths"},
        {{"check", "--widths", "3-x"}, "mlp check: --widths 3-x: 'x' is no width"},
        {{"check", "--widths", "1-1", "--dtype", "f16"}, "mlp check: --dtype f16"},
        {{"check", "--widths", "1-1", "--activation", "walk"}, "mlp check: --activation walk: no such"},
        {{"check", "--widths", "1-1", "--activation", "sine:x"}, "mlp check: --activation sine:x: 'x'"},
        {{"check", "/nowhere/m"}, "mlp check: /nowhere/m: no such file"},
        {{"info", "/nowhere/m"}, "mlp info: /nowhere/m: no such file"},
        {{"info", "a", "b"}, "mlp info: usage"},
        {{"plot", "a"}, "mlp plot: usage"},
        {{"plot", "/nowhere/a", "b"}, "mlp plot: /nowhere/a: no such file"},
        {{"plot", "a", "b", "--log", "z"}, "--log z: must be x, y or xy"},
        {{"plot", "a", "b", "--delimiter", ""}, "must be one character"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct result result = run_mlp(cases[i].arguments);

        expect_err(&result, cases[i].reason);
        expect_status(&result, 2);
        assert_string_equal(result.out, "");
        result_clear(&result);
    }
}

static void missing_fashion_mnist_names_its_package(void **state)
{
    struct result result = RUN("train", "--fashion-mnist=/nowhere", "--out", scratch_path("m"));

    (void)state;
    expect_status(&result, 2);
    expect_err(&result, "mlp train: the Fashion-MNIST data are missing: no readable /nowhere/train-images");
    expect_err(&result, "apt-get install dataset-fashion-mnist");
    result_clear(&result);
}

static void broken_files_are_1(void **state)
{
    const char *model = scratch_text("m", "this is no model"), *csv = scratch_text("a.csv", "x,k\n1,a\n2\n");
    struct result result = RUN("info", model);

    (void)state;
    expect_status(&result, 1);
    expect_err(&result, model);
    result_clear(&result);
    result = RUN("train", "--csv", csv, "--label", "k", "--out", scratch_path("n"));
    expect_status(&result, 1);
    expect_err(&result, "line 3: 1 fields, where the first row has 2");
    result_clear(&result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(help_and_version_go_to_stdout),
        cmocka_unit_test(info_tells_what_it_runs_on),
        cmocka_unit_test(check_proves_a_model),
        cmocka_unit_test(check_reads_a_file),
        cmocka_unit_test(check_condemns),
        cmocka_unit_test(wrong_usage_is_2),
        cmocka_unit_test(missing_fashion_mnist_names_its_package),
        cmocka_unit_test(broken_files_are_1),
    };

    return cmocka_run_group_tests(tests, scratch_setup, scratch_teardown);
}
