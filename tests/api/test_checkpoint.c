/*
 * Resuming at any step: every optimizer there is, trained with a checkpoint after every event, and resumed from each of them in
 * a new trainer. Events, losses and all later checkpoints must be the same to the last byte.
 */
#include "mlp/mlp.h"
#include "api/refusal.h"
#include "support/draw.h"

#include <stdlib.h>

enum {
    RECORD = 7, /* numbers of an epoch in the history */
    MOST_WIDTH = 64,
    MOST_EVENTS = 128,
    MOST_EPOCHS = 8
};

/* One way to train. */
typedef struct rig {
    mlp_optimizer optimizer;
    mlp_loss loss;
    double momentum;
    int64_t shuffle;
    int32_t threads, layers;
    const int64_t *widths;
    int64_t samples, batch, epochs;
    mlp_schedule schedule; /* and with it all that goes on around the steps; 0 for none of it */
} rig;

typedef struct checkpoint {
    void *bytes;
    int64_t size;
} checkpoint;

typedef struct event {
    int32_t kind;
    int64_t epoch, step, samples;
    double loss;
} event;

/* What a run was told, and a checkpoint at every event, kept or compared with those of another run. */
typedef struct diary {
    const mlp_trainer *trainer;
    const struct diary *expected;
    int32_t count;
    event events[MOST_EVENTS];
    checkpoint checkpoints[MOST_EVENTS];
    double losses[MOST_EPOCHS];
} diary;

/* Sets the seconds of every epoch, which no two runs share, to 0. */
static void forget_times(const checkpoint *c)
{
    static const char key[] = "\"trainer.history\":", offsets[] = "\"data_offsets\":[";
    char *text = c->bytes;
    int64_t header = 0, from, to;
    memcpy(&header, text, sizeof header); /* little-endian, as all machines these tests run on */
    for (int64_t i = 8; i + (int64_t)sizeof key <= header; i++)
        if (memcmp(text + i, key, sizeof key - 1) == 0) {
            const char *at = strstr(text + i, offsets) + sizeof offsets - 1;
            char *end;
            from = strtoll(at, &end, 10);
            to = strtoll(end + 1, NULL, 10);
            for (int64_t k = MLP_HISTORY_SECONDS - 1; k < (to - from) / 8; k += RECORD)
                memset(text + 8 + header + from + 8 * k, 0, 8);
            return;
        }
}

static checkpoint save(const mlp_trainer *trainer)
{
    checkpoint c = {0};
    accepted(mlp_trainer_save_size(trainer, &c.size));
    c.bytes = malloc((size_t)c.size);
    accepted(mlp_trainer_save_memory(trainer, c.size, c.bytes));
    forget_times(&c);
    return c;
}

static void check_same(const checkpoint *a, const checkpoint *b)
{
    assert_int_equal(a->size, b->size);
    assert_memory_equal(a->bytes, b->bytes, (size_t)a->size);
}

static int32_t keep_checkpoint(int32_t kind, int64_t epoch, int64_t step, int64_t samples, double loss,
                               void *context)
{
    diary *d = context;
    const event now = {kind, epoch, step, samples, loss};
    const int32_t at = d->count++;
    checkpoint c = save(d->trainer);
    assert_true(at < MOST_EVENTS);
    if (!d->expected) {
        d->events[at] = now;
        d->checkpoints[at] = c;
        return 0;
    }
    const event *then = &d->expected->events[at];
    assert_true(at < d->expected->count);
    assert_true(then->kind == kind && then->epoch == epoch && then->step == step &&
                then->samples == samples && then->loss == loss);
    check_same(&d->expected->checkpoints[at], &c);
    free(c.bytes);
    return 0;
}

static void forget(diary *d)
{
    for (int32_t i = 0; i < d->count; i++)
        free(d->checkpoints[i].bytes);
}

static void set_options(mlp_trainer *trainer, const rig *how)
{
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_OPTIMIZER, how->optimizer));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_LOSS, how->loss));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_SHUFFLE, how->shuffle));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_SEED, 5));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_MOMENTUM, how->momentum));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_LEARNING_RATE, 0.1 / 3));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_WEIGHT_DECAY, 0.01));
    if (!how->schedule)
        return;
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_SCHEDULE, how->schedule));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_SCHEDULE_BY_STEP, how->schedule % 2));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_PERIOD, 3));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_WARMUP, 2));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_PLATEAU_PATIENCE, 0));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_PLATEAU_THRESHOLD, 0.5));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_AVERAGE_DECAY, 0.9));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_L1, 0.001));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_CLIP_NORM, 0.5));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_GRADIENT_NORM, 1));
    accepted(mlp_trainer_set_layer_rate(trainer, 1, 0.75));
}

#define REAL       float
#define T(name)    name##_f32
#define REAL_DTYPE MLP_F32
#include "checkpoint_resume_tmpl.h"
#undef REAL
#undef T
#undef REAL_DTYPE
#define REAL       double
#define T(name)    name##_f64
#define REAL_DTYPE MLP_F64
#include "checkpoint_resume_tmpl.h"

/* Small, and every step of it. */
static void test_every_optimizer(void **state)
{
    static const int64_t widths[] = {3, 7, 2};
    int32_t optimizers = 0;
    (void)state;
    for (mlp_optimizer id = 1; mlp_optimizer_name(id); id++, optimizers++)
        for (int variant = 0; variant < 8; variant++) {
            const rig how = {.optimizer = id,
                             .loss = MLP_SQUARED_ERROR,
                             .momentum = variant & 1 ? 0.9 : 0,
                             .shuffle = variant >> 1 & 1,
                             .threads = variant >> 2 ? 3 : 1,
                             .layers = 2,
                             .widths = widths,
                             .samples = 11,
                             .batch = 4,
                             .epochs = 4};
            resume_everywhere_f32(&how, 1);
            resume_everywhere_f64(&how, 1);
        }
    print_message("%d optimizers\n", (int)optimizers);
    assert_true(optimizers >= 6);
}

/* Large enough that threads share a step; those that keep a matrix of parameters have fewer of them. */
static void test_threads(void **state)
{
    static const int64_t wide[] = {17, 61, 37, 5}, narrow[] = {17, 11, 7, 5};
    (void)state;
    for (mlp_optimizer id = 1; mlp_optimizer_name(id); id++) {
        const rig how = {.optimizer = id,
                         .loss = MLP_SQUARED_ERROR,
                         .momentum = 0.5,
                         .shuffle = 1,
                         .threads = 3,
                         .layers = 3,
                         .widths = id < MLP_BFGS ? wide : narrow,
                         .samples = 600,
                         .batch = 256,
                         .epochs = 3};
        resume_everywhere_f32(&how, 3);
        resume_everywhere_f64(&how, 3);
    }
}

/* A loss with a parameter, and one of the user's own, are found by their names. */
static int32_t own_loss(int32_t order, int64_t n, const double *y, const double *t, int32_t label,
                        const double *v, double *value, double *out, void *context)
{
    (void)label;
    (void)v;
    (void)context;
    double sum = 0;
    for (int64_t p = 0; p < n; p++)
        sum += (p ? 0.25 : 1.5) * (y[p] - t[p]) * (y[p] - t[p]);
    if (value)
        *value = sum;
    for (int64_t p = 0; order == 1 && p < n; p++)
        out[p] = (p ? 0.5 : 3) * (y[p] - t[p]);
    return 0;
}

static void test_losses(void **state)
{
    static const int64_t widths[] = {3, 7, 2};
    mlp_loss losses[3];
    (void)state;
    accepted(mlp_loss_configure(MLP_HUBER, 1 / 3.0, &losses[0]));
    accepted(mlp_loss_register("lopsided", 1, own_loss, NULL, NULL, &losses[1]));
    losses[2] = MLP_GAUSSIAN_NLL;
    for (int i = 0; i < 3; i++) {
        const rig how = {.optimizer = MLP_ADAM,
                         .loss = losses[i],
                         .shuffle = 1,
                         .threads = 1,
                         .layers = 2,
                         .widths = widths,
                         .samples = 11,
                         .batch = 4,
                         .epochs = 2};
        resume_everywhere_f32(&how, 1);
        resume_everywhere_f64(&how, 1);
    }
    accepted(mlp_loss_unregister(losses[0]));
    accepted(mlp_loss_unregister(losses[1]));
}

/* Everything around the steps: schedules by epoch and by step, the average, a validation set, the best epoch, records. */
static void test_loop(void **state)
{
    static const int64_t widths[] = {3, 7, 2};
    (void)state;
    for (mlp_schedule schedule = 1; mlp_schedule_name(schedule); schedule++) {
        const rig how = {.optimizer = MLP_ADAM,
                         .loss = MLP_SQUARED_ERROR,
                         .shuffle = 1,
                         .threads = 1,
                         .layers = 2,
                         .widths = widths,
                         .samples = 11,
                         .batch = 4,
                         .epochs = 5,
                         .schedule = schedule};
        resume_everywhere_f32(&how, 1);
        resume_everywhere_f64(&how, 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_optimizer),
        cmocka_unit_test(test_threads),
        cmocka_unit_test(test_losses),
        cmocka_unit_test(test_loop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
