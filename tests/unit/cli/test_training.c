/* From a table to a model and back to answers, by the program alone. */
#include "run.h"
#include "scratch.h"

#include <mlp/mlp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>

enum { FLOWERS = 240 };

static double uniform(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return (double)(*state >> 8) / 16777216.0;
}

/* Three kinds of flowers, well apart, in different units; with the kind in the middle, or without it. */
static const char *write_flowers(const char *name, bool kinds, int count)
{
    static const char *const kind[] = {"setosa", "versicolor", "\"virginica, blue\""};
    static const double centre[3][2] = {{1, 4000}, {3, 2000}, {5, 6000}};
    char *text = calloc(1, 64 * (size_t)count + 64);
    const char *path;
    uint32_t random = 1;
    int used = sprintf(text, kinds ? "length,kind,width\n" : "width,length\n");

    for (int i = 0; i < count; i++) {
        double length = centre[i % 3][0] + uniform(&random) - 0.5;
        double width = centre[i % 3][1] + 1000 * uniform(&random) - 500;

        used += kinds ? sprintf(text + used, "%.4f,%s,%.1f\n", length, kind[i % 3], width)
                      : sprintf(text + used, "%.1f,%.4f\n", width, length);
    }
    path = scratch_text(name, text);
    free(text);
    return path;
}

static struct result train_flowers(const char *model, const char *dtype)
{
    return RUN("train", "--csv", write_flowers("flowers.csv", true, FLOWERS), "--label", "kind", "--hidden",
               "16", "--standardize", "--epochs", "30", "--learning-rate", "0.01", "--batch", "16", "--seed",
               "3", "--dtype", dtype, "--out", scratch_path(model), "--plot", scratch_path("plot.png"));
}

static double number_after(const char *text, const char *key)
{
    const char *found = strstr(text, key);

    return found ? strtod(found + strlen(key), NULL) : NAN;
}

static void trains_a_classifier(void **state)
{
    struct result result = train_flowers("m.safetensors", "f32");
    char *last = last_line(&result);

    (void)state;
    expect_status(&result, 0);
#ifdef MLP_PICTURES
    assert_string_equal(result.err, "");
#else
    expect_err(&result, "no picture");
#endif
    assert_true(number_after(last, "test accuracy ") >= 95);
    assert_string_equal(last + strlen(last) - 2, " %");
    expect_out(&result, "epoch  1/30  loss ");
    expect_out(&result, "epoch 30/30  loss ");
    expect_out(&result, "ETA 0:00");
    expect_out(&result, scratch_path("m.safetensors"));
    free(last);
    result_clear(&result);
}

static void the_picture_is_a_png(void **state)
{
    (void)state;
#ifdef MLP_PICTURES
    int64_t count;
    char *bytes = scratch_read(scratch_path("plot.png"), &count);

    assert_true(count > 10000);
    assert_memory_equal(bytes, "\x89PNG\r\n\x1a\n", 8);
    free(bytes);
#else
    print_message("SKIPPED: built without Cairo, no picture to look at\n");
#endif
}

static void evaluates_what_it_trained(void **state)
{
    struct result result =
        RUN("eval", scratch_path("m.safetensors"), "--csv", write_flowers("flowers.csv", true, FLOWERS));

    (void)state;
    expect_status(&result, 0);
    expect_out(&result, "samples  240\n");
    assert_true(number_after(result.out, "accuracy ") >= 95);
    assert_true(number_after(result.out, "loss ") < 0.3);
    expect_out(&result, "1 versicolor");
    expect_out(&result, "2 virginica, blue");
    result_clear(&result);
}

/* Columns in another order, no answers: the likeliest class first, probabilities that sum to 1. */
static void predicts_by_the_columns_names(void **state)
{
    static const char header[] = "prediction,setosa,versicolor,\"virginica, blue\"\n";
    struct result result =
        RUN("predict", scratch_path("m.safetensors"), "--csv", write_flowers("new.csv", false, 30));
    static const char *const begin[] = {"setosa,", "versicolor,", "\"virginica, blue\","};
    char *line = result.out;
    int right = 0;

    (void)state;
    expect_status(&result, 0);
    assert_memory_equal(line, header, sizeof header - 1);
    for (int i = 0; i < 30; i++) {
        double p[3];

        line = strchr(line, '\n') + 1;
        right += strncmp(line, begin[i % 3], strlen(begin[i % 3])) == 0;
        line += *line == '"' ? strlen(begin[2]) : strcspn(line, ",") + 1;
        assert_int_equal(sscanf(line, "%lf,%lf,%lf\n", &p[0], &p[1], &p[2]), 3);
        assert_true(fabs(p[0] + p[1] + p[2] - 1) < 1e-5);
    }
    assert_true(right >= 28);
    result_clear(&result);
}

static void info_shows_what_is_in_the_file(void **state)
{
    struct result result = RUN("info", scratch_path("m.safetensors"));

    (void)state;
    expect_status(&result, 0);
    expect_out(&result, "number type f32");
    expect_out(&result, "parameters  99\n"); /* 16 (2 + 1) + 3 (16 + 1) */
    expect_out(&result, "head        softmax");
    expect_out(&result, "relu");
    expect_out(&result, "setosa, versicolor, virginica, blue");
    expect_out(&result, "length, width");
    result_clear(&result);
}

/* The same seed, data and machine: the same bytes. */
static void training_is_reproducible(void **state)
{
    struct result result = train_flowers("again.safetensors", "f32");
    int64_t count, again_count;
    char *bytes = scratch_read(scratch_path("m.safetensors"), &count);
    char *again = scratch_read(scratch_path("again.safetensors"), &again_count);

    (void)state;
    expect_status(&result, 0);
    assert_int_equal(count, again_count);
    assert_memory_equal(bytes, again, (size_t)count);
    free(bytes);
    free(again);
    result_clear(&result);
}

static void double_precision_works_alike(void **state)
{
    struct result result = train_flowers("d.safetensors", "f64");
    char *last = last_line(&result);
    mlp_model *model;

    (void)state;
    expect_status(&result, 0);
    assert_true(number_after(last, "test accuracy ") >= 95);
    assert_int_equal(mlp_model_load(scratch_path("d.safetensors"), &model), MLP_OK);
    assert_int_equal(mlp_model_dtype(model), MLP_F64);
    mlp_model_destroy(model);
    free(last);
    result_clear(&result);
}

/* y = 3 a - 2 b + 100, without a hidden layer: the answer is exact. */
static void trains_a_regression(void **state)
{
    char text[64 * 128] = "a,b,y\n";
    uint32_t random = 5;
    struct result result;
    char *last;
    double y;

    (void)state;
    for (int i = 0; i < 128; i++) {
        double a = uniform(&random), b = 10 * uniform(&random);
        sprintf(text + strlen(text), "%.6f,%.6f,%.6f\n", a, b, 3 * a - 2 * b + 100);
    }
    scratch_text("line.csv", text);
    result = RUN("train", "--csv", scratch_path("line.csv"), "--target", "y", "--hidden", "none",
                 "--standardize", "--epochs", "100", "--learning-rate", "0.02", "--batch", "8", "--out",
                 scratch_path("r"), "--plot", scratch_path("r.png"));
    last = last_line(&result);
    expect_status(&result, 0);
    assert_true(number_after(last, "test rmse ") < 0.05);
    free(last);
    result_clear(&result);
    result = RUN("eval", scratch_path("r"), "--csv", scratch_path("line.csv"));
    expect_status(&result, 0);
    assert_true(number_after(result.out, "rmse ") < 0.05);
    result_clear(&result);
    result = RUN("predict", scratch_path("r"), "--csv", scratch_text("one.csv", "b,a\n5,1\n"));
    expect_status(&result, 0);
    assert_int_equal(sscanf(result.out, "y\n%lf", &y), 1);
    assert_true(fabs(y - 93) < 0.1);
    result_clear(&result);
}

/* Huber's loss with a tiny delta is delta |r|; eval measures with what the file says. */
static void other_losses_train_and_measure(void **state)
{
    struct result result = RUN("train", "--csv", scratch_path("line.csv"), "--target", "y", "--hidden",
                               "none", "--standardize", "--epochs", "2", "--loss", "huber:0.001",
                               "--learning-rate", "0.02", "--batch", "8", "--out", scratch_path("h"));
    double loss, rmse;

    (void)state;
    expect_status(&result, 0);
    assert_non_null(strstr(result.out, "test loss "));
    result_clear(&result);
    result = RUN("eval", scratch_path("h"), "--csv", scratch_path("line.csv"));
    expect_status(&result, 0);
    loss = number_after(result.out, "loss ");
    rmse = number_after(result.out, "rmse ");
    assert_true(loss <= 0.001 * rmse && loss > 0.0005 * rmse - 1e-6);
    result_clear(&result);
}

static void data_that_do_not_fit_the_model_are_refused(void **state)
{
    struct result result =
        RUN("predict", scratch_path("m.safetensors"), "--csv", scratch_text("wide.csv", "1,2,3\n"));

    (void)state;
    expect_status(&result, 2);
    expect_err(&result, "3 columns of inputs: the model has 2 inputs");
    assert_string_equal(result.out, "");
    result_clear(&result);
}

static void quiet_prints_the_last_line_alone(void **state)
{
    struct result result = RUN("train", "--csv", write_flowers("flowers.csv", true, FLOWERS), "--label", "2",
                               "--optimizer", "sgd", "--standardize", "--epochs", "20", "--decay", "none",
                               "--quiet", "--activation", "leaky_relu:0.2", "--out", scratch_path("q"));

    (void)state;
    expect_status(&result, 0);
    assert_memory_equal(result.out, "test accuracy ", 14);
    assert_ptr_equal(strchr(result.out, '\n'), result.out + strlen(result.out) - 1);
    result_clear(&result);
}

/* Test accuracy in percent after 30 epochs at the optimizer's own rate. */
static double accuracy_of(const char *optimizer, const char *decay, const char *more)
{
    struct result result =
        RUN("train", "--csv", write_flowers("flowers.csv", true, FLOWERS), "--label", "kind", "--hidden",
            "16", "--standardize", "--epochs", "30", "--batch", "8", "--quiet", "--out", scratch_path("o"),
            "--optimizer", optimizer, "--weight-decay", decay, more);
    double accuracy;

    expect_status(&result, 0);
    accuracy = number_after(result.out, "test accuracy ");
    result_clear(&result);
    return accuracy;
}

/* What an optimizer has to be told besides: some are for one loss alone. */
static const char *loss_for(mlp_optimizer optimizer)
{
    return optimizer == MLP_BAYESIAN_REGULARIZATION || optimizer == MLP_KALMAN ? "--loss=squared_error"
                                                                               : NULL;
}

static void every_optimizer_learns(void **state)
{
    const char *name;

    (void)state;
    for (mlp_optimizer i = 1; (name = mlp_optimizer_name(i)) != NULL; i++)
        if (!(accuracy_of(name, "0.01", loss_for(i)) >= 90))
            fail_msg("%s: less than 90 %%", name);
    assert_true(accuracy_of("sgd", "0.01", "--nesterov") >= 90);
    assert_true(accuracy_of("adam", "500", NULL) < 90);
}

/* Wait until the program has finished an epoch, but not for ever. */
static void wait_for_an_epoch(void)
{
    const struct timespec pause = {0, 20 * 1000 * 1000};

    for (int i = 0; i < 3000; i++) {
        char *out = scratch_read(scratch_path("out"), NULL);
        bool there = strstr(out, "epoch") != NULL;

        free(out);
        if (there)
            return;
        nanosleep(&pause, NULL);
    }
    fail_msg("no epoch was finished in a minute");
}

static void interruption_saves_what_is_there(void **state)
{
    const char *const arguments[] = {"train",   "--csv", write_flowers("flowers.csv", true, FLOWERS),
                                     "--label", "kind",  "--epochs",
                                     "200000",  "--out", scratch_path("interrupted"),
                                     NULL};
    struct result result;
    mlp_model *model;
    pid_t pid = start_mlp(arguments);

    (void)state;
    wait_for_an_epoch();
    assert_int_equal(kill(pid, SIGINT), 0);
    result = finish_mlp(pid);
    expect_status(&result, 1);
    expect_err(&result, "mlp train: interrupted after ");
    expect_out(&result, "test accuracy ");
    assert_int_equal(mlp_model_load(scratch_path("interrupted"), &model), MLP_OK);
    mlp_model_destroy(model);
    result_clear(&result);
}

/* A run of many short epochs, with two more options; whether it is interrupted after the first of them. */
static struct result run_many_epochs(const char *out, const char *const more[4], bool interrupt)
{
    const char *const arguments[] = {"train",     "--csv",   write_flowers("flowers.csv", true, FLOWERS),
                                     "--label",   "kind",    "--hidden",
                                     "8",         "--batch", "16",
                                     "--threads", "1",       "--epochs",
                                     "2000",      "--out",   scratch_path(out),
                                     more[0],     more[1],   more[2],
                                     more[3],     NULL};
    pid_t pid;

    if (!interrupt)
        return run_mlp(arguments);
    pid = start_mlp(arguments);
    wait_for_an_epoch();
    assert_int_equal(kill(pid, SIGINT), 0);
    return finish_mlp(pid);
}

static void expect_same_file(const char *one, const char *other)
{
    int64_t count, other_count;
    char *bytes = scratch_read(scratch_path(one), &count),
         *other_bytes = scratch_read(scratch_path(other), &other_count);

    assert_int_equal(count, other_count);
    assert_memory_equal(bytes, other_bytes, (size_t)count);
    free(bytes);
    free(other_bytes);
}

/* Interrupted wherever it is, and resumed: the model of the run nobody interrupted, to the last byte. */
static void an_interrupted_run_goes_on(void **state)
{
    char path[256];
    const char *const save[4] = {"--checkpoint", path, "--checkpoint-every", "1000"}, *const none[4] = {NULL};
    const char *const resume[4] = {"--resume", path};
    struct result result;

    (void)state;
    snprintf(path, sizeof path, "%s", scratch_path("run"));
    result = run_many_epochs("stopped", save, true);
    expect_status(&result, 1);
    expect_err(&result, "mlp train: interrupted after ");
    result_clear(&result);
    result = run_many_epochs("resumed", resume, false);
    expect_status(&result, 0);
    expect_out(&result, "epoch 2000/2000  loss ");
    assert_null(strstr(result.out, "epoch    1/2000"));
    result_clear(&result);
    result = run_many_epochs("whole", none, false);
    expect_status(&result, 0);
    result_clear(&result);
    expect_same_file("whole", "resumed");
}

/* A checkpoint after some epochs and more of them later; the file is a model, too. */
static void a_finished_run_is_prolonged(void **state)
{
#define FLOWER_RUN                                                                                           \
    "train", "--csv", write_flowers("flowers.csv", true, FLOWERS), "--label", "kind", "--decay", "none"
    struct result result =
        RUN(FLOWER_RUN, "--epochs", "3", "--checkpoint", scratch_path("three"), "--out", scratch_path("p"));
    mlp_model *model;

    (void)state;
    expect_status(&result, 0);
    result_clear(&result);
    assert_int_equal(mlp_model_load(scratch_path("three"), &model), MLP_OK);
    mlp_model_destroy(model);
    result = RUN(FLOWER_RUN, "--epochs", "7", "--resume", scratch_path("three"), "--out", scratch_path("p"),
                 "--plot", scratch_path("p.png"));
    expect_status(&result, 0);
    expect_out(&result, "epoch 4/7  loss ");
    result_clear(&result);
    result = RUN(FLOWER_RUN, "--epochs", "7", "--out", scratch_path("q"));
    result_clear(&result);
    expect_same_file("p", "q");
    result = RUN(FLOWER_RUN, "--epochs", "2", "--resume", scratch_path("three"), "--out", scratch_path("p"));
    expect_status(&result, 2);
    expect_err(&result, "has 3 epochs: --epochs 2 is less");
    result_clear(&result);
#undef FLOWER_RUN
}

static void checkpoints_of_other_runs_are_refused(void **state)
{
    static const struct {
        const char *option, *value, *message;
        int status;
    } cases[] = {{"--seed", "8", "seed is 0 there and 8 here", 2},
                 {"--batch", "31", "its batch is 32: the trainer is prepared for at most 31", 1},
                 {"--batch", "33", "batch is 32 there and 33 here", 2},
                 {"--weight-decay", "0.5", "weight_decay is 0 there and 0.5 here", 2},
                 {"--optimizer", "sgd", "its optimizer is adam: the trainer's is sgd", 1},
                 {"--hidden", "9", "width 1 is 64: that of the trainer's model is 9", 1},
                 {"--dtype", "f64", "checkpoint is f32: the trainer's model is f64", 1},
                 {"--checkpoint", "/nowhere/at/all", "cannot write to the directory /nowhere/at", 2},
                 {"--checkpoint-every", "0", "--checkpoint-every", 2},
                 {"--resume", "/nowhere/at/all", "/nowhere/at/all: cannot open", 1}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct result result = RUN("train", "--csv", write_flowers("flowers.csv", true, FLOWERS), "--label",
                                   "kind", "--decay", "none", "--resume", scratch_path("three"), "--out",
                                   scratch_path("p"), cases[i].option, cases[i].value);

        expect_status(&result, cases[i].status);
        expect_err(&result, cases[i].message);
        result_clear(&result);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trains_a_classifier),
        cmocka_unit_test(the_picture_is_a_png),
        cmocka_unit_test(evaluates_what_it_trained),
        cmocka_unit_test(predicts_by_the_columns_names),
        cmocka_unit_test(info_shows_what_is_in_the_file),
        cmocka_unit_test(training_is_reproducible),
        cmocka_unit_test(double_precision_works_alike),
        cmocka_unit_test(trains_a_regression),
        cmocka_unit_test(other_losses_train_and_measure),
        cmocka_unit_test(data_that_do_not_fit_the_model_are_refused),
        cmocka_unit_test(quiet_prints_the_last_line_alone),
        cmocka_unit_test(every_optimizer_learns),
        cmocka_unit_test(interruption_saves_what_is_there),
        cmocka_unit_test(an_interrupted_run_goes_on),
        cmocka_unit_test(a_finished_run_is_prolonged),
        cmocka_unit_test(checkpoints_of_other_runs_are_refused),
    };

    return cmocka_run_group_tests(tests, scratch_setup, scratch_teardown);
}
