/*
 * What stands between a gradient and the optimizer, through the library alone: penalties, clipping by norm and by value, and
 * rates of layers, against plain double code; frozen layers to the bit; every path of the steps; threads.
 */
#include "mlp/mlp.h"
#include "api/refusal.h"
#include "support/draw.h"
#include "support/failing_allocator.h"
#include "support/optimizer_rule.h"

#include <math.h>

enum { STEPS = 40, MOST = 20000, MOST_LAYERS = 3 };

/* A choice of changes. */
typedef struct changes {
    const char *name;
    double l1, l2, norm, value, rates[MOST_LAYERS];
} changes;

static const changes cases[] = {
    {"nothing", 0, 0, 0, 0, {1, 1, 1}},
    {"l1", 0.01, 0, 0, 0, {1, 1, 1}},
    {"l2", 0, 0.1, 0, 0, {1, 1, 1}},
    {"clipping by value", 0, 0, 0, 0.01, {1, 1, 1}},
    {"clipping by norm", 0, 0, 0.2, 0, {1, 1, 1}},
    {"clipping by a norm that is not reached", 0, 0, 1e9, 0, {1, 1, 1}},
    {"rates", 0, 0, 0, 0, {0.5, 2, 3}},
    {"frozen first layer", 0, 0, 0, 0, {0, 1, 1}},
    {"frozen last layer, and its norm does not count", 0, 0, 0.1, 0, {1, 0, 0}},
    {"all of it", 0.02, 0.3, 0.5, 0.03, {0.7, 0, 1.5}},
    {"all but the norm", 0.02, 0.3, 0, 0.03, {0.7, 1, 1.5}},
};

enum { CASES = sizeof cases / sizeof *cases };

typedef struct rig {
    const int64_t *widths;
    int32_t layers, threads;
    mlp_engine engine;
    int64_t batch;
} rig;

static const int64_t small[] = {3, 7, 2}, large[] = {17, 131, 67, 5};

static void set_changes(mlp_trainer *trainer, const changes *c, int32_t layers)
{
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_L1, c->l1));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_L2, c->l2));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_CLIP_NORM, c->norm));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_CLIP_VALUE, c->value));
    for (int32_t l = 1; l <= layers; l++)
        accepted(mlp_trainer_set_layer_rate(trainer, l, c->rates[l - 1]));
}

static mlp_trainer *create_trainer(const optimizer_rule *rule, mlp_dtype dtype, const rig *r)
{
    mlp_model *model = NULL;
    mlp_trainer *trainer = NULL;
    accepted(mlp_model_create(dtype, r->layers, r->widths, MLP_TANH, &model));
    accepted(mlp_model_initialize(model, MLP_INIT_GLOROT_UNIFORM, 5));
    accepted(mlp_trainer_create(model, &trainer));
    mlp_model_destroy(model);
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_OPTIMIZER, rule->optimizer));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_NESTEROV, rule->nesterov));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_ENGINE, r->engine));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_LEARNING_RATE, rule->rate));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_MOMENTUM, rule->momentum));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_WEIGHT_DECAY, rule->decay));
    accepted(mlp_trainer_prepare(trainer, r->batch, r->threads));
    return trainer;
}

/* The layer of a parameter, from 0, and whether it is a bias. */
static int32_t layer_of(const rig *r, int64_t i, int *bias)
{
    for (int32_t l = 0; l < r->layers; l++) {
        const int64_t weights = r->widths[l] * r->widths[l + 1];
        *bias = i >= weights;
        if (i < weights + r->widths[l + 1])
            return l;
        i -= weights + r->widths[l + 1];
    }
    return -1;
}

/* The gradient the optimizer sees, from the papers' words: penalties, the norm of what moves, the limit. */
static void change_gradient(const changes *c, const rig *r, int64_t count, const double *theta, double *g)
{
    double sum = 0;
    for (int64_t i = 0; i < count; i++) {
        int bias = 0;
        const int32_t l = layer_of(r, i, &bias);
        if (!bias)
            g[i] += c->l2 * theta[i] + c->l1 * (theta[i] > 0 ? 1 : theta[i] < 0 ? -1 : 0);
        sum += c->rates[l] > 0 ? g[i] * g[i] : 0;
    }
    const double scale = c->norm > 0 && sqrt(sum) > c->norm ? c->norm / sqrt(sum) : 1;
    for (int64_t i = 0; i < count; i++) {
        g[i] *= scale;
        if (c->value > 0)
            g[i] = fmax(-c->value, fmin(c->value, g[i]));
    }
}

#define REAL       float
#define T(name)    name##_f32
#define REAL_DTYPE MLP_F32
#include "gradient_changes_tmpl.h"
#undef REAL
#undef T
#undef REAL_DTYPE
#define REAL       double
#define T(name)    name##_f64
#define REAL_DTYPE MLP_F64
#include "gradient_changes_tmpl.h"

/* Every optimizer with every choice. */
static void test_own_gradient(void **state)
{
    (void)state;
    for (int32_t k = 0; k < optimizer_rule_count; k++)
        for (int i = 0; i < CASES; i++) {
            own_gradient_f32(&optimizer_rules[k], &cases[i], 3e-7);
            own_gradient_f64(&optimizer_rules[k], &cases[i], 1e-15);
        }
}

/* Plain descent, a momentum, AdamW. */
static const int rules[] = {0, 2, 7};

static void test_steps(void **state)
{
    static const int64_t batches[] = {1, 5, 64, 300};
    (void)state;
    for (int i = 0; i < CASES; i++)
        for (size_t b = 0; b < sizeof batches / sizeof *batches; b++) {
            steps_f32(&cases[i], batches[b], 2e-6);
            steps_f64(&cases[i], batches[b], 1e-14);
        }
}

static void test_threads(void **state)
{
    static const int64_t batches[] = {1, 5, 64, 300};
    (void)state;
    for (size_t k = 0; k < sizeof rules / sizeof *rules; k++)
        for (int i = 0; i < CASES; i++)
            for (size_t b = 0; b < sizeof batches / sizeof *batches; b++) {
                threads_f32(&optimizer_rules[rules[k]], &cases[i], batches[b]);
                threads_f64(&optimizer_rules[rules[k]], &cases[i], batches[b]);
            }
}

static void test_frozen(void **state)
{
    static const mlp_engine engines[] = {MLP_ENGINE_NATIVE, MLP_ENGINE_BLAS};
    (void)state;
    for (int32_t k = 0; k < optimizer_rule_count; k++)
        for (int e = 0; e < 2; e++) {
            frozen_f32(&optimizer_rules[k], engines[e]);
            frozen_f64(&optimizer_rules[k], engines[e]);
        }
}

static void test_refusals(void **state)
{
    static const rig r = {.widths = small, .layers = 2, .threads = 1, .engine = MLP_ENGINE_AUTO, .batch = 1};
    static const double bad[] = {-1, NAN, INFINITY, -INFINITY, 1e7};
    mlp_trainer *trainer = create_trainer(&optimizer_rules[0], MLP_F64, &r);
    (void)state;
    refused(mlp_trainer_set_layer_rate(NULL, 1, 1), MLP_ERR_ARGUMENT, "trainer = NULL");
    refused(mlp_trainer_set_layer_rate(trainer, 0, 1), MLP_ERR_ARGUMENT, "layer = 0");
    refused(mlp_trainer_set_layer_rate(trainer, 3, 1), MLP_ERR_ARGUMENT, "layer = 3");
    refused(mlp_trainer_set_layer_rate(trainer, INT32_MIN, 1), MLP_ERR_ARGUMENT, "layer = -2");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        refused(mlp_trainer_set_layer_rate(trainer, 2, bad[i]), MLP_ERR_ARGUMENT, "scale = ");
    assert_string_equal(mlp_trainer_last_error(trainer), mlp_last_error());
    assert_true(mlp_trainer_layer_rate(trainer, 2) == 1);
    accepted(mlp_trainer_set_layer_rate(trainer, 2, 0.25));
    assert_true(mlp_trainer_layer_rate(trainer, 2) == 0.25 && mlp_trainer_layer_rate(trainer, 1) == 1);
    assert_true(mlp_trainer_layer_rate(NULL, 1) == 0 && mlp_trainer_layer_rate(trainer, 0) == 0);
    assert_true(mlp_trainer_layer_rate(trainer, 3) == 0);
    mlp_trainer_destroy(trainer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_own_gradient),  cmocka_unit_test(test_steps),
        cmocka_unit_test(test_threads),       cmocka_unit_test(test_frozen),
        cmocka_unit_test(test_long_norm_f32), cmocka_unit_test(test_long_norm_f64),
        cmocka_unit_test(test_refusals)};
    if (mlp_set_allocator(failing_allocate, failing_deallocate, NULL) != MLP_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
