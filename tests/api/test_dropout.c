/*
 * Dropout through the library alone. Which units a step drops shows in its gradient: weights that leave a single sample of the
 * batch have no gradient at what is dropped. With these masks plain double code must come to the same loss and gradient.
 */
#include "mlp/mlp.h"
#include "api/refusal.h"
#include "support/draw.h"
#include "support/failing_allocator.h"

#include <math.h>
#include <stdlib.h>

enum { MOST_LAYERS = 3, MOST_WIDTH = 700, MOST_BATCH = 900, MOST_PARAMS = 12000, MOST_VALUES = 20000 };

static const double hidden_rate = 0.4, input_rate = 0.25;

/* A network and a batch. */
typedef struct setting {
    const char *name;
    int32_t layers;
    int64_t widths[MOST_LAYERS + 1], batch;
} setting;

static const setting settings[] = {
    {"one sample", 3, {6, 23, 70, 3}, 1}, {"few samples", 3, {6, 23, 70, 3}, 5},
    {"a panel", 3, {6, 23, 70, 3}, 64},   {"panels", 3, {6, 23, 70, 3}, 200},
    {"wide layers", 2, {9, 700, 4}, 40},  {"one wide sample", 2, {9, 700, 4}, 1},
    {"no hidden layer", 1, {66, 5}, 30},
};

enum { SETTINGS = sizeof settings / sizeof *settings };

typedef struct masks {
    unsigned char dropped[MOST_LAYERS][MOST_WIDTH]; /* y_l of one sample, [l][unit] */
} masks;

typedef struct plan {
    mlp_activation activation;
    mlp_optimizer optimizer;
    int64_t seed;
    int32_t threads;
    double hidden, input;
} plan;

static const plan common = {.activation = MLP_TANH, .optimizer = MLP_SGD, .seed = 11, .threads = 1};

static plan with(mlp_activation activation, int64_t seed, double hidden, double input)
{
    plan p = common;
    p.activation = activation;
    p.seed = seed;
    p.hidden = hidden;
    p.input = input;
    return p;
}

static mlp_model *create_model(mlp_dtype dtype, const setting *s, mlp_activation activation)
{
    mlp_model *model = NULL;
    accepted(mlp_model_create(dtype, s->layers, s->widths, activation, &model));
    accepted(mlp_model_initialize(model, MLP_INIT_GLOROT_UNIFORM, 5));
    return model;
}

static mlp_trainer *create_trainer(mlp_dtype dtype, const setting *s, const plan *p)
{
    mlp_model *model = create_model(dtype, s, p->activation);
    mlp_trainer *trainer = NULL;
    accepted(mlp_trainer_create(model, &trainer));
    mlp_model_destroy(model);
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_OPTIMIZER, p->optimizer));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_SEED, p->seed));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_LEARNING_RATE, p->optimizer == MLP_SGD ? 1 : 0.01));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_DROPOUT, p->hidden));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_INPUT_DROPOUT, p->input));
    accepted(mlp_trainer_prepare(trainer, s->batch, p->threads));
    return trainer;
}

#define REAL       float
#define T(name)    name##_f32
#define REAL_DTYPE MLP_F32
#include "dropout_tmpl.h"
#undef REAL
#undef T
#undef REAL_DTYPE
#define REAL       double
#define T(name)    name##_f64
#define REAL_DTYPE MLP_F64
#include "dropout_tmpl.h"

/*
 * The masks of sample s of a step, from the biases (0 before, rate 1) and the columns of A_1 that moved; `step` steps at rate 0
 * go before.
 */
static void reveal(const setting *s, const plan *p, int64_t sample, int step, masks *m)
{
    static double theta[MOST_PARAMS], start[MOST_PARAMS], weights[MOST_BATCH];
    mlp_trainer *trainer = create_trainer(MLP_F64, s, p);
    int64_t at = 0;
    memset(weights, 0, sizeof weights);
    weights[sample] = 1;
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_LEARNING_RATE, 0));
    for (int k = 0; k < step; k++)
        take_step_f64(trainer, s, NULL, NULL);
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_LEARNING_RATE, 1));
    get_theta_f64(trainer, s, p->activation, start);
    take_step_f64(trainer, s, weights, NULL);
    get_theta_f64(trainer, s, p->activation, theta);
    mlp_trainer_destroy(trainer);
    for (int64_t j = 0; j < s->widths[0]; j++) {
        m->dropped[0][j] = 1;
        for (int64_t i = 0; i < s->widths[1]; i++)
            m->dropped[0][j] &= theta[i + j * s->widths[1]] == start[i + j * s->widths[1]];
    }
    for (int32_t l = 1; l < s->layers; l++) {
        at += s->widths[l - 1] * s->widths[l];
        for (int64_t i = 0; i < s->widths[l]; i++, at++)
            m->dropped[l][i] = theta[at] == 0;
    }
}

/* Loss and gradient of the first step with the revealed masks, whichever activation. */
static void test_exact(void **state)
{
    static const mlp_activation activations[] = {MLP_TANH, MLP_RELU, MLP_SIGMOID, MLP_GELU, MLP_IDENTITY};
    static masks of_samples[MOST_BATCH];
    (void)state;
    for (int i = 0; i < SETTINGS; i++) {
        const plan tanh_plan = with(MLP_TANH, 11, hidden_rate, input_rate);
        for (int64_t k = 0; k < settings[i].batch; k++)
            reveal(&settings[i], &tanh_plan, k, 0, &of_samples[k]);
        for (size_t a = 0; a < sizeof activations / sizeof *activations; a++) {
            const plan p = with(activations[a], 11, hidden_rate, input_rate);
            exact_f32(&settings[i], &p, of_samples, 2e-5);
            exact_f64(&settings[i], &p, of_samples, 1e-13);
        }
    }
}

static int64_t count_dropped(const setting *s, const masks *m, int32_t layer)
{
    int64_t count = 0;
    for (int64_t i = 0; i < s->widths[layer]; i++)
        count += m->dropped[layer][i];
    return count;
}

/* A sample's masks depend on seed, step and its number, not on the batch around it or the way the step is taken. */
static void test_masks(void **state)
{
    static masks small, large, other;
    const plan p = with(MLP_TANH, 11, hidden_rate, input_rate),
               seeded = with(MLP_TANH, 12, hidden_rate, input_rate);
    (void)state;
    for (int64_t sample = 0; sample < 5; sample++) {
        const setting chunks = {"chunks", 3, {6, 23, 70, 3}, 900};
        reveal(&settings[1], &p, sample, 0, &small);
        reveal(&settings[3], &p, sample, 0, &large);
        assert_memory_equal(&small, &large, sizeof small);
        reveal(&chunks, &p, sample, 0, &other);
        assert_memory_equal(&small, &other, sizeof small);
        reveal(&settings[1], &p, (sample + 1) % 5, 0, &other);
        assert_memory_not_equal(&small, &other, sizeof small);
        reveal(&settings[1], &p, sample, 1, &other);
        assert_memory_not_equal(&small, &other, sizeof small);
        reveal(&settings[1], &seeded, sample, 0, &other);
        assert_memory_not_equal(&small, &other, sizeof small);
        for (int64_t later = sample + 64; later < chunks.batch && sample == 0;
             later += 64) { /* whatever the chunks */
            reveal(&chunks, &p, later, 0, &other);
            assert_memory_not_equal(&small, &other, sizeof small);
        }
    }
}

/* As many as the rate says: within four standard deviations. */
static void test_frequency(void **state)
{
    static masks m;
    const setting *s = &settings[3];
    const double rates[] = {input_rate, hidden_rate, hidden_rate};
    const plan p = with(MLP_TANH, 11, hidden_rate, input_rate);
    int64_t dropped[3] = {0}, all[3] = {0};
    (void)state;
    for (int64_t sample = 0; sample < s->batch; sample++) {
        reveal(s, &p, sample, 0, &m);
        for (int32_t l = 0; l < 3; l++) {
            dropped[l] += count_dropped(s, &m, l);
            all[l] += s->widths[l];
        }
    }
    for (int32_t l = 0; l < 3; l++) {
        const double n = (double)all[l], q = rates[l];
        if (fabs((double)dropped[l] - q * n) > 4 * sqrt(n * q * (1 - q)))
            fail_msg("layer %d: %lld of %lld", (int)l, (long long)dropped[l], (long long)all[l]);
    }
}

static void test_threads(void **state)
{
    (void)state;
    threads_f32();
    threads_f64();
}

static void test_evaluate(void **state)
{
    (void)state;
    evaluate_f32();
    evaluate_f64();
}

static int32_t own_loss(int32_t order, int64_t n, const double *y, const double *t, int32_t label,
                        const double *v, double *value, double *out, void *context)
{
    (void)order;
    (void)label;
    (void)v;
    (void)context;
    for (int64_t i = 0; i < n; i++) {
        if (value)
            *value += (y[i] - t[i]) * (y[i] - t[i]);
        if (out)
            out[i] = 2 * (y[i] - t[i]);
    }
    return 0;
}

static void test_refusals(void **state)
{
    const plan p = with(MLP_TANH, 1, 0, 0);
    mlp_loss loss = 0;
    (void)state;
    accepted(mlp_loss_register("of_this_test", 1, own_loss, NULL, NULL, &loss));
    for (int which = 0; which < 2; which++) {
        mlp_model *model = create_model(MLP_F32, &settings[1], p.activation);
        mlp_trainer *trainer = NULL;
        accepted(mlp_trainer_create(model, &trainer));
        mlp_model_destroy(model);
        accepted(mlp_trainer_set_real(trainer, which ? MLP_TRAINER_INPUT_DROPOUT : MLP_TRAINER_DROPOUT, 0.5));
        accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_ENGINE, MLP_ENGINE_BLAS));
        refused(mlp_trainer_prepare(trainer, 5, 1), MLP_ERR_UNSUPPORTED, "trainer: dropout");
        accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_ENGINE, MLP_ENGINE_AUTO));
        accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_LOSS, loss));
        refused(mlp_trainer_prepare(trainer, 5, 1), MLP_ERR_UNSUPPORTED, "trainer: dropout");
        accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_LOSS, MLP_SQUARED_ERROR));
        accepted(mlp_trainer_prepare(trainer, 5, 1));
        refused(mlp_trainer_set_real(trainer, MLP_TRAINER_DROPOUT, 0.1), MLP_ERR_STATE, "dropout");
        refused(mlp_trainer_set_real(trainer, MLP_TRAINER_INPUT_DROPOUT, 0.1), MLP_ERR_STATE,
                "input_dropout");
        mlp_trainer_destroy(trainer);
    }
    accepted(mlp_loss_unregister(loss));
}

static mlp_status prepare(void *context)
{
    mlp_trainer *trainer = NULL;
    mlp_status status = mlp_trainer_create(context, &trainer);
    if (status == MLP_OK)
        status = mlp_trainer_set_real(trainer, MLP_TRAINER_DROPOUT, 0.5);
    if (status == MLP_OK)
        status = mlp_trainer_prepare(trainer, 2, 1);
    mlp_trainer_destroy(trainer);
    return status;
}

static void test_no_memory(void **state)
{
    mlp_model *model = create_model(MLP_F32, &settings[1], MLP_TANH);
    (void)state;
    assert_true(failing_allocator_sweep(prepare, model) > 10);
    mlp_model_destroy(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_exact),     cmocka_unit_test(test_masks),
                                       cmocka_unit_test(test_frequency), cmocka_unit_test(test_threads),
                                       cmocka_unit_test(test_evaluate),  cmocka_unit_test(test_refusals),
                                       cmocka_unit_test(test_no_memory)};
    if (mlp_set_allocator(failing_allocate, failing_deallocate, NULL) != MLP_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
