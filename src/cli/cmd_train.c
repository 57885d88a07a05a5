#include "command.h"

#include "build_model.h"
#include "heap.h"
#include "number.h"
#include "picture.h"
#include "report.h"
#include "score.h"
#include "training.h"

#include <errno.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Asked before the hours of training, not after. */
static int check_writable(const char *path)
{
    char *copy = heap_string(path);
    const char *directory = dirname(copy);
    int status = CLI_OK;

    if (access(directory, W_OK) != 0)
        status = report_usage("%s: cannot write to the directory %s: %s", path, directory, strerror(errno));
    free(copy);
    return status;
}

static int check_outputs(struct train_options *o)
{
    int status = check_writable(o->out);

    if (status == CLI_OK && o->checkpoint)
        status = check_writable(o->checkpoint);
    if (status == CLI_OK && o->plot)
        status = check_writable(o->plot);
    if (status == CLI_OK && o->plot && !picture_available()) {
        report_note("no picture: this program was built without Cairo (Debian: libcairo2-dev)");
        o->plot = NULL;
    }
    return status;
}

static void print_widths(const mlp_model *model)
{
    for (int32_t l = 0; l <= mlp_model_layer_count(model); l++)
        printf("%s%lld", l ? "-" : "", (long long)mlp_model_width(model, l));
}

static void print_runtime(void)
{
    int64_t size = mlp_runtime_describe(NULL, 0);
    char *text = heap_new(size > 0 ? size : 1, 1);

    mlp_runtime_describe(text, size > 0 ? size : 1);
    fputs(text, stdout);
    free(text);
}

static void print_task(const struct train_options *o, const struct task *task, const mlp_model *model)
{
    char train[NUMBER_GROUP_SIZE], test[NUMBER_GROUP_SIZE], params[NUMBER_GROUP_SIZE];

    if (o->quiet)
        return;
    if (o->verbose)
        print_runtime();
    printf("data   %s: %s samples to train on, %s to test\n", task->name,
           number_group(task->train.samples, train), number_group(task->test.samples, test));
    printf("model  ");
    print_widths(model);
    printf(" %s, %s parameters, %s\n", mlp_activation_name(o->activation),
           number_group(mlp_model_param_count(model), params), mlp_dtype_name(o->dtype));
    printf("method %s, learning rate %g, %s decay, batches of %lld\n", mlp_optimizer_name(o->optimizer),
           o->learning_rate, o->text.decay, (long long)o->batch);
    fflush(stdout);
}

static int save(const struct train_options *o, const mlp_model *model)
{
    int status = report_status(mlp_model_save(model, o->out), o->out);

    if (status == CLI_OK && !o->quiet)
        printf("model   %s\n", o->out);
    return status;
}

static int draw(const struct train_options *o, const struct task *task, const struct history *history,
                const struct dataset *set, const struct score *score)
{
    int status;

    if (!o->plot || history->epochs == 0)
        return CLI_OK;
    status = picture_write(o->plot, history, set, score, &task->schema.classes);
    if (status == CLI_OK && !o->quiet)
        printf("picture %s\n", o->plot);
    return status;
}

/* The last line of all. */
static void print_result(const struct score *score, const char *which)
{
    if (score->classification)
        printf("%s accuracy %.2f %%\n", which, 100 * score->accuracy);
    else
        printf("%s rmse %.6g\n", which, score->rmse);
}

static int deliver(const struct train_options *o, const struct task *task, const mlp_model *model,
                   const struct history *history)
{
    const struct dataset *set = task->test.samples ? &task->test : &task->train;
    struct score score = {0};
    int status = save(o, model);

    if (status == CLI_OK)
        status = score_model(model, set, &score);
    if (status == CLI_OK)
        status = draw(o, task, history, set, &score);
    if (status == CLI_OK)
        print_result(&score, task->test.samples ? "test" : "training");
    score_clear(&score);
    return status;
}

static int train(const struct train_options *o, const struct task *task)
{
    struct history history = {0};
    mlp_model *model;
    int status = build_model(o, task, &model);

    if (status == CLI_OK) {
        print_task(o, task, model);
        status = training_run(o, task, model, &history);
    }
    if (status == CLI_OK && history.interrupted)
        report_note("interrupted after %lld of %lld epochs; what has been learnt is saved",
                    (long long)history.epochs, (long long)o->epochs);
    if (status == CLI_OK)
        status = deliver(o, task, model, &history);
    if (status == CLI_OK && history.interrupted)
        status = CLI_FAILED;
    history_clear(&history);
    mlp_model_destroy(model);
    return status;
}

int command_train(int argc, char **argv)
{
    struct train_options options;
    struct task task = {0};
    bool done;
    int status = train_options_parse(argc, argv, &options, &done);

    if (status == CLI_OK && !done)
        status = check_outputs(&options);
    if (status == CLI_OK && !done)
        status = data_load_training(&options.data, options.dtype, &task);
    if (status == CLI_OK && !done)
        status = train(&options, &task);
    data_task_clear(&task);
    train_options_clear(&options);
    return status;
}
