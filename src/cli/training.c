#include "training.h"

#include "build_model.h"
#include "checkpoint.h"
#include "heap.h"
#include "progress.h"
#include "report.h"

#include <math.h>
#include <signal.h>
#include <stdlib.h>

/* What the signal handler needs. */
static mlp_trainer *volatile running;
static volatile sig_atomic_t interrupted;

static void on_signal(int number)
{
    (void)number;
    interrupted = 1;
    mlp_trainer_cancel(running);
}

/* The first signal ends the training; a second one, with the default action back, the program. */
static void catch_signals(mlp_trainer *trainer)
{
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESETHAND | SA_RESTART};

    running = trainer;
    interrupted = 0;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

static void release_signals(void)
{
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
    running = NULL;
}

static int32_t on_event(int32_t event, int64_t epoch, int64_t step, int64_t samples, double loss,
                        void *context)
{
    (void)step;
    if (event == MLP_EVENT_STEP)
        progress_step(context, epoch, samples, loss);
    return 0;
}

static mlp_status set_options(const struct train_options *o, mlp_loss loss, mlp_trainer *trainer)
{
    mlp_status status = mlp_trainer_set_int(trainer, MLP_TRAINER_OPTIMIZER, o->optimizer);

    if (status >= 0)
        status = mlp_trainer_set_int(trainer, MLP_TRAINER_LOSS, loss);
    if (status >= 0)
        status = mlp_trainer_set_int(trainer, MLP_TRAINER_SEED, o->data.seed);
    if (status >= 0)
        status = mlp_trainer_set_real(trainer, MLP_TRAINER_LEARNING_RATE, o->learning_rate);
    if (status >= 0)
        status = mlp_trainer_set_int(trainer, MLP_TRAINER_SCHEDULE,
                                     o->cosine ? MLP_SCHEDULE_COSINE : MLP_SCHEDULE_CONSTANT);
    if (status >= 0)
        status = mlp_trainer_set_int(trainer, MLP_TRAINER_PERIOD, o->epochs);
    if (status >= 0 && o->optimizer == MLP_SGD)
        status = mlp_trainer_set_real(trainer, MLP_TRAINER_MOMENTUM, o->momentum);
    if (status >= 0)
        status = mlp_trainer_set_int(trainer, MLP_TRAINER_NESTEROV, o->nesterov);
    if (status >= 0)
        status = mlp_trainer_set_real(trainer, MLP_TRAINER_WEIGHT_DECAY, o->weight_decay);
    if (status >= 0)
        status = mlp_trainer_set_int(trainer, MLP_TRAINER_BATCH, o->batch);
    return status >= 0 ? mlp_trainer_prepare(trainer, o->batch, (int32_t)o->threads) : status;
}

/* The trainer keeps the loss from its preparation on. */
static mlp_status prepare(const struct train_options *o, const struct task *task, mlp_trainer *trainer)
{
    mlp_loss loss = build_model_loss(o, task);
    mlp_status status = o->loss.constant ? loss_choice_open(&o->loss, &loss) : MLP_OK;

    if (status >= 0)
        status = set_options(o, loss, trainer);
    loss_choice_close(loss);
    return status;
}

/*
 * Accuracy, or the root of the mean squared error per target where that is the loss, half the sum over the targets, or the
 * loss itself.
 */
static mlp_status measure(mlp_trainer *trainer, const struct dataset *test, bool squared, double *loss,
                          double *quality)
{
    mlp_status status;

    *loss = *quality = NAN;
    if (!test->samples)
        return MLP_OK;
    status = mlp_trainer_evaluate(trainer, test->data, loss, quality);
    if (!test->labelled)
        *quality = squared ? sqrt(2 * *loss / (double)test->targets) : *loss;
    return status;
}

static mlp_status run_epoch(const struct train_options *o, const struct task *task, mlp_trainer *trainer,
                            struct progress *progress, struct history *history)
{
    int64_t e = history->epochs;
    mlp_status status = mlp_trainer_epoch(trainer, task->train.data, &history->loss[e]);

    if (status != MLP_OK)
        return status;
    progress_pass(progress, history->loss[e]);
    status = measure(trainer, &task->test, history->squared, &history->test_loss[e], &history->quality[e]);
    if (status < 0)
        return status;
    history->epochs++;
    progress_epoch(progress, history->epochs, history->quality[e]);
    return checkpoint_save(o, trainer, history->epochs == o->epochs);
}

static mlp_status run_epochs(const struct train_options *o, const struct task *task, mlp_trainer *trainer,
                             struct history *history)
{
    struct progress progress = {
        .quiet = o->quiet,
        .quality_name = task->train.labelled ? "test accuracy"
                        : history->squared   ? "test rmse"
                                             : "test loss",
        .percent = task->train.labelled,
        .epochs = o->epochs,
        .samples = task->train.samples,
        .before = history->epochs,
    };
    mlp_status status = mlp_trainer_set_callback(trainer, on_event, &progress, NULL);

    progress_begin(&progress);
    while (status == MLP_OK && history->epochs < o->epochs && !interrupted)
        status = run_epoch(o, task, trainer, &progress, history);
    progress_end(&progress);
    mlp_trainer_set_callback(trainer, NULL, NULL, NULL);
    history->interrupted = interrupted != 0;
    return status >= 0 && history->interrupted ? checkpoint_save(o, trainer, true) : status;
}

static void history_begin(struct history *history, const struct train_options *o, const struct task *task)
{
    *history = (struct history){
        .loss = heap_new(o->epochs, sizeof(double)),
        .test_loss = heap_new(o->epochs, sizeof(double)),
        .quality = heap_new(o->epochs, sizeof(double)),
        .classification = task->train.labelled,
        .squared = build_model_loss(o, task) == MLP_SQUARED_ERROR,
    };
}

/* Of the epochs before this run nothing is known. */
static void history_skip(struct history *history, int64_t epochs)
{
    for (; history->epochs < epochs; history->epochs++)
        history->loss[history->epochs] = history->test_loss[history->epochs] =
            history->quality[history->epochs] = NAN;
}

void history_clear(struct history *history)
{
    free(history->loss);
    free(history->test_loss);
    free(history->quality);
    *history = (struct history){0};
}

static mlp_status run_caught(const struct train_options *options, const struct task *task,
                             mlp_trainer *trainer, struct history *history)
{
    mlp_status status;

    catch_signals(trainer);
    status = run_epochs(options, task, trainer, history);
    release_signals();
    return status;
}

int training_run(const struct train_options *options, const struct task *task, mlp_model *model,
                 struct history *history)
{
    mlp_trainer *trainer;
    mlp_status status = mlp_trainer_create(model, &trainer);
    int result;

    history_begin(history, options, task);
    if (status >= 0)
        status = prepare(options, task, trainer);
    result = report_status(status, "training");
    if (result == CLI_OK)
        result = checkpoint_resume(options, trainer);
    if (result == CLI_OK) {
        history_skip(history, mlp_trainer_epoch_count(trainer));
        status = run_caught(options, task, trainer, history);
        if (status >= 0)
            status = mlp_trainer_get_model(trainer, model);
        result = report_status(status, "training");
    }
    mlp_trainer_destroy(trainer);
    return result;
}
