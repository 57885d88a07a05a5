/*
 * Every optimizer through the library alone: gradients of the caller against the papers' equations, steps whichever engine
 * takes them, the same bits for every number of threads, and a loss that falls.
 */
#include "mlp/mlp.h"
#include "api/refusal.h"
#include "support/draw.h"
#include "support/optimizer_rule.h"

#include <math.h>
#include <stdlib.h>

enum { STEPS = 100, MOST = 20000 };

/* What a trainer is asked for besides the rule. */
typedef struct rig {
    const int64_t *widths;
    int32_t layers, threads;
    mlp_engine engine;
    int64_t batch;
} rig;

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

static const int64_t small[] = {3, 7, 2}, large[] = {17, 131, 67, 5};

#define REAL       float
#define T(name)    name##_f32
#define REAL_DTYPE MLP_F32
#include "optimizer_api_tmpl.h"
#undef REAL
#undef T
#undef REAL_DTYPE
#define REAL       double
#define T(name)    name##_f64
#define REAL_DTYPE MLP_F64
#include "optimizer_api_tmpl.h"

static void test_own_gradient(void **state)
{
    (void)state;
    for (int32_t k = 0; k < optimizer_rule_count; k++) {
        own_gradient_f32(&optimizer_rules[k], 1e-6);
        own_gradient_f64(&optimizer_rules[k], 1e-14);
    }
}

static void test_threads(void **state)
{
    static const int64_t batches[] = {1, 5, 64, 300};
    (void)state;
    for (int32_t k = 0; k < optimizer_rule_count; k++)
        for (size_t i = 0; i < sizeof batches / sizeof *batches; i++) {
            threads_f32(&optimizer_rules[k], batches[i]);
            threads_f64(&optimizer_rules[k], batches[i]);
        }
}

/* The engines round gradients differently, and what divides by them passes that on. */
static void test_engines(void **state)
{
    (void)state;
    for (int32_t k = 0; k < optimizer_rule_count; k++) {
        engines_f32(&optimizer_rules[k], 1e-4);
        engines_f64(&optimizer_rules[k], 1e-12);
    }
}

static void test_learning(void **state)
{
    (void)state;
    for (int32_t k = 0; k < optimizer_rule_count; k++) {
        learning_f32(&optimizer_rules[k]);
        learning_f64(&optimizer_rules[k]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_own_gradient), cmocka_unit_test(test_threads),
                                       cmocka_unit_test(test_engines), cmocka_unit_test(test_learning)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
