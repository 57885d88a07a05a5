/*
 * Schedules of the learning rate through the library alone: the rate of every step against closed formulas, and what the
 * steps then do against a trainer whose rate is set by hand.
 */
#include "mlp/mlp.h"
#include "api/refusal.h"
#include "support/draw.h"

#include <math.h>

enum { TIMES = 60, N_IN = 3, N_OUT = 2, SAMPLES = 7, BATCH = 3, PARAMS = 4 * 5 + 6 * 2 }; /* 3 - 5 - 2 */

static const int64_t widths[] = {N_IN, 5, N_OUT};

/* A choice of options, and the rate at time t once more. */
typedef struct schedule_case {
    const char *name;
    mlp_schedule schedule;
    int64_t warmup, period, factor;
    double rate, decay, least, rise, start, end;
    double (*formula)(const struct schedule_case *c, int64_t t); /* t counts from the end of the warm-up */
} schedule_case;

static double constant(const schedule_case *c, int64_t t)
{
    (void)t;
    return c->rate;
}

static double step(const schedule_case *c, int64_t t)
{
    double rate = c->rate;
    for (int64_t k = c->period; k <= t; k += c->period)
        rate *= c->decay;
    return fmax(rate, c->least);
}

static double exponential(const schedule_case *c, int64_t t)
{
    return fmax(c->rate * exp(log(c->decay) * (double)t / (double)c->period), c->least);
}

/* Loshchilov and Hutter 2017, equation 5, T_cur counted from restart to restart */
static double cosine(const schedule_case *c, int64_t t)
{
    int64_t length = c->period, since = 0;
    for (int64_t k = 0; k < t; k++)
        if (++since == length) {
            since = 0;
            length *= c->factor;
        }
    return c->least + (c->rate - c->least) / 2 * (1 + cos(acos(-1) * (double)since / (double)length));
}

/* Up to the peak and down, as PyTorch's OneCycleLR counts */
static double one_cycle(const schedule_case *c, int64_t t)
{
    const double pi = acos(-1), T = (double)c->period, top = c->rise * T - 1, low = c->rate / c->start;
    const double s = fmin((double)t, T - 1), end = low / c->end;
    if (s <= top)
        return c->rate + (low - c->rate) / 2 * (1 + cos(pi * (top > 0 ? s / top : 1)));
    return end + (c->rate - end) / 2 * (1 + cos(pi * (s - top) / (T - 1 - top)));
}

static const schedule_case cases[] = {
    {"constant", MLP_SCHEDULE_CONSTANT, 0, 0, 1, 0.03, 0.1, 0, 0.3, 25, 1e4, constant},
    {"constant after a warm-up", MLP_SCHEDULE_CONSTANT, 7, 0, 1, 0.03, 0.1, 0, 0.3, 25, 1e4, constant},
    {"step", MLP_SCHEDULE_STEP, 0, 7, 1, 0.3, 0.5, 0, 0.3, 25, 1e4, step},
    {"step of 1", MLP_SCHEDULE_STEP, 0, 1, 1, 0.3, 0.9, 0, 0.3, 25, 1e4, step},
    {"step with a floor", MLP_SCHEDULE_STEP, 1, 11, 1, 0.3, 0.2, 0.02, 0.3, 25, 1e4, step},
    {"exponential", MLP_SCHEDULE_EXPONENTIAL, 0, 1, 1, 0.3, 0.95, 0, 0.3, 25, 1e4, exponential},
    {"exponential with a floor", MLP_SCHEDULE_EXPONENTIAL, 5, 13, 1, 0.3, 0.1, 0.01, 0.3, 25, 1e4,
     exponential},
    {"cosine", MLP_SCHEDULE_COSINE, 0, 60, 1, 0.1, 0.1, 0, 0.3, 25, 1e4, cosine},
    {"cosine with restarts", MLP_SCHEDULE_COSINE, 0, 9, 1, 0.1, 0.1, 0.002, 0.3, 25, 1e4, cosine},
    {"cosine with longer restarts", MLP_SCHEDULE_COSINE, 4, 3, 2, 0.1, 0.1, 0, 0.3, 25, 1e4, cosine},
    {"cosine of one step", MLP_SCHEDULE_COSINE, 0, 1, 1, 0.1, 0.1, 0, 0.3, 25, 1e4, cosine},
    {"cosine of one step, then three times as long", MLP_SCHEDULE_COSINE, 0, 1, 3, 0.1, 0.1, 0.01, 0.3, 25,
     1e4, cosine},
    {"one cycle", MLP_SCHEDULE_ONE_CYCLE, 0, 50, 1, 0.2, 0.1, 0, 0.3, 25, 1e4, one_cycle},
    {"one cycle, early", MLP_SCHEDULE_ONE_CYCLE, 3, 40, 1, 0.2, 0.1, 0, 0.025, 10, 100, one_cycle},
    {"one cycle that only falls", MLP_SCHEDULE_ONE_CYCLE, 0, 40, 1, 0.2, 0.1, 0, 0, 10, 100, one_cycle},
    {"one cycle that only rises", MLP_SCHEDULE_ONE_CYCLE, 0, 40, 1, 0.2, 0.1, 0, 1, 10, 100, one_cycle},
};

enum { CASES = sizeof cases / sizeof *cases };

static double expected_rate(const schedule_case *c, int64_t t)
{
    const double rate = c->formula(c, t < c->warmup ? 0 : t - c->warmup);
    return t < c->warmup ? rate * (double)(t + 1) / (double)c->warmup : rate;
}

static mlp_trainer *create_trainer(mlp_dtype dtype, mlp_optimizer optimizer)
{
    mlp_model *model = NULL;
    mlp_trainer *trainer = NULL;
    accepted(mlp_model_create(dtype, 2, widths, MLP_TANH, &model));
    accepted(mlp_model_initialize(model, MLP_INIT_GLOROT_UNIFORM, 3));
    accepted(mlp_trainer_create(model, &trainer));
    mlp_model_destroy(model);
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_OPTIMIZER, optimizer));
    return trainer;
}

static mlp_trainer *scheduled(const schedule_case *c, mlp_dtype dtype, mlp_optimizer optimizer,
                              int32_t by_step)
{
    mlp_trainer *trainer = create_trainer(dtype, optimizer);
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_SCHEDULE, c->schedule));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_SCHEDULE_BY_STEP, by_step));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_WARMUP, c->warmup));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_PERIOD, c->period));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_PERIOD_FACTOR, c->factor));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_LEARNING_RATE, c->rate));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_DECAY_FACTOR, c->decay));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_MIN_LEARNING_RATE, c->least));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_CYCLE_RISE, c->rise));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_CYCLE_START, c->start));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_CYCLE_END, c->end));
    accepted(mlp_trainer_prepare(trainer, BATCH, 1));
    return trainer;
}

static void check_rate(const schedule_case *c, const mlp_trainer *trainer, int64_t t)
{
    const double rate = mlp_trainer_learning_rate(trainer), expected = expected_rate(c, t);
    if (!(fabs(rate - expected) <= 1e-14 * c->rate))
        fail_msg("%s: the rate at %lld is %.17g, not %.17g", c->name, (long long)t, rate, expected);
}

#define REAL       float
#define T(name)    name##_f32
#define REAL_DTYPE MLP_F32
#include "schedule_api_tmpl.h"
#undef REAL
#undef T
#undef REAL_DTYPE
#define REAL       double
#define T(name)    name##_f64
#define REAL_DTYPE MLP_F64
#include "schedule_api_tmpl.h"

static const mlp_optimizer optimizers[] = {MLP_SGD, MLP_ADAM};

static void test_by_step(void **state)
{
    (void)state;
    for (int i = 0; i < CASES; i++)
        for (int k = 0; k < 2; k++) {
            by_step_f32(&cases[i], optimizers[k]);
            by_step_f64(&cases[i], optimizers[k]);
        }
}

static void test_by_epoch(void **state)
{
    (void)state;
    for (int i = 0; i < CASES; i++)
        for (int k = 0; k < 2; k++) {
            by_epoch_f32(&cases[i], optimizers[k]);
            by_epoch_f64(&cases[i], optimizers[k]);
        }
}

/* Without a period it is the epochs of a run, less the warm-up. */
static void test_default_period(void **state)
{
    mlp_trainer *trainer = create_trainer(MLP_F32, MLP_SGD);
    (void)state;
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_SCHEDULE, MLP_SCHEDULE_COSINE));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_LEARNING_RATE, 0.5));
    assert_true(mlp_trainer_learning_rate(trainer) == 0.5);
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_WARMUP, 4));
    assert_true(mlp_trainer_learning_rate(trainer) == 0.125);
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_WARMUP, 0));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_SCHEDULE, MLP_SCHEDULE_EXPONENTIAL));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_EPOCHS, 8));
    accepted(mlp_trainer_prepare(trainer, BATCH, 1));
    mlp_data *data = data_f32();
    for (int epoch = 0; epoch < 8; epoch++)
        accepted(mlp_trainer_epoch(trainer, data, NULL));
    assert_true(fabs(mlp_trainer_learning_rate(trainer) - 0.05) < 1e-16);
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_WARMUP, 4));
    assert_true(fabs(mlp_trainer_learning_rate(trainer) - 0.05) < 1e-16);
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_WARMUP, 8)); /* 8 - 8 epochs: a period of 1 */
    assert_true(mlp_trainer_learning_rate(trainer) == 0.5);
    mlp_data_destroy(data);
    mlp_trainer_destroy(trainer);
}

/* The loss of every epoch is what the test says: one sample, a model that is 0 and a rate too small to move it. */
static void test_plateau(void **state)
{
    static const double losses[] = {5,     4,   4,   3.9, 3.5, 3.4, 3.38, 3.37, 3.36, 3.36, 3.36,  3.36,
                                    3.359, 3.3, 2.9, 3,   3,   3,   3,    3,    2.9,  2.85, 2.609, 2.6};
    static const int64_t one[] = {1, 1};
    const double rate = 0x1p-1000, factor = 0.25, threshold = 0.1, least = 0x1p-1005;
    mlp_model *model = NULL;
    mlp_trainer *trainer = NULL;
    mlp_data *data = NULL;
    double x = 0, t = 0, best = INFINITY, expected = rate;
    int waited = 0, reductions = 0;
    (void)state;
    accepted(mlp_model_create(MLP_F64, 1, one, MLP_IDENTITY, &model));
    accepted(mlp_trainer_create(model, &trainer));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_SCHEDULE, MLP_SCHEDULE_PLATEAU));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_PLATEAU_PATIENCE, 2));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_PLATEAU_THRESHOLD, threshold));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_DECAY_FACTOR, factor));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_LEARNING_RATE, rate));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_MIN_LEARNING_RATE, least));
    accepted(mlp_trainer_prepare(trainer, 1, 1));
    accepted(mlp_data_create(MLP_F64, 1, &data));
    accepted(mlp_data_borrow_inputs_f64(data, 1, &x, 1));
    accepted(mlp_data_borrow_targets_f64(data, 1, &t, 1));
    for (size_t epoch = 0; epoch < sizeof losses / sizeof *losses; epoch++) {
        double loss = 0;
        t = sqrt(2 * losses[epoch]);
        accepted(mlp_trainer_epoch(trainer, data, &loss));
        assert_true(fabs(loss - losses[epoch]) < 1e-14);
        if (losses[epoch] < (1 - threshold) * best) {
            best = losses[epoch];
            waited = 0;
        } else if (++waited == 3) {
            expected *= factor;
            waited = 0;
            reductions++;
        }
        assert_true(mlp_trainer_learning_rate(trainer) == fmax(expected, least));
    }
    assert_true(reductions >= 4 && expected < least); /* the floor was reached */
    mlp_data_destroy(data);
    mlp_trainer_destroy(trainer);
    mlp_model_destroy(model);
}

static void test_names(void **state)
{
    static const char *const names[] = {"constant", "step", "exponential", "cosine", "one_cycle", "plateau"};
    (void)state;
    for (int32_t i = 0; i < 6; i++) {
        assert_string_equal(mlp_schedule_name(i + 1), names[i]);
        assert_int_equal(mlp_schedule_from_name(names[i]), i + 1);
    }
    assert_null(mlp_schedule_name(0));
    assert_null(mlp_schedule_name(7));
    assert_null(mlp_schedule_name(INT32_MIN));
    assert_null(mlp_schedule_name(INT32_MAX));
    assert_int_equal(mlp_schedule_from_name(NULL), 0);
    assert_int_equal(mlp_schedule_from_name(""), 0);
    assert_int_equal(mlp_schedule_from_name("Cosine"), 0);
    assert_true(mlp_trainer_learning_rate(NULL) == 0);
}

static void test_refusals(void **state)
{
    mlp_trainer *trainer = create_trainer(MLP_F64, MLP_SGD);
    (void)state;
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_SCHEDULE, MLP_SCHEDULE_COSINE));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_SCHEDULE_BY_STEP, 1));
    refused(mlp_trainer_prepare(trainer, BATCH, 1), MLP_ERR_ARGUMENT, "trainer: its schedule by step");
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_PERIOD, 5));
    accepted(mlp_trainer_prepare(trainer, BATCH, 1));
    refused(mlp_trainer_set_int(trainer, MLP_TRAINER_PERIOD, 0), MLP_ERR_ARGUMENT, "value = 0");
    refused(mlp_trainer_set_int(trainer, MLP_TRAINER_SCHEDULE, MLP_SCHEDULE_STEP), MLP_ERR_STATE, "schedule");
    refused(mlp_trainer_set_int(trainer, MLP_TRAINER_SCHEDULE_BY_STEP, 0), MLP_ERR_STATE, "schedule_by_step");
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_PERIOD, 6));
    mlp_trainer_destroy(trainer);
    trainer = create_trainer(MLP_F64, MLP_SGD);
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_SCHEDULE_BY_STEP, 1)); /* no period is needed */
    accepted(mlp_trainer_prepare(trainer, BATCH, 1));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_PERIOD, 0));
    mlp_trainer_destroy(trainer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_names),    cmocka_unit_test(test_by_step),
                                       cmocka_unit_test(test_by_epoch), cmocka_unit_test(test_default_period),
                                       cmocka_unit_test(test_plateau),  cmocka_unit_test(test_refusals)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
