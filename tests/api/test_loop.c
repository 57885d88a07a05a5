/*
 * All of mlp/loop.h at once: schedule, penalties, clipping, dropout, rates of layers, average, validation, patience. The same
 * calls come to the same outcome, every bit of it, for every number of threads.
 */
#include "mlp/mlp.h"
#include "api/refusal.h"
#include "support/draw.h"

#include <math.h>

enum {
    LAYERS = 3,
    N_IN = 5,
    N_OUT = 4,
    MOST = 400,
    EPOCHS = 12,
    PARAMS = 5 * 70 + 70 + 70 * 33 + 33 + 33 * 4 + 4
};

static const int64_t widths[] = {N_IN, 70, 33, N_OUT};

static mlp_trainer *everything(mlp_dtype dtype, mlp_optimizer optimizer, int32_t threads)
{
    mlp_model *model = NULL;
    mlp_trainer *trainer = NULL;
    accepted(mlp_model_create(dtype, LAYERS, widths, MLP_TANH, &model));
    accepted(mlp_model_initialize(model, MLP_INIT_GLOROT_UNIFORM, 5));
    accepted(mlp_trainer_create(model, &trainer));
    mlp_model_destroy(model);
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_OPTIMIZER, optimizer));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_LOSS, MLP_SOFTMAX_CROSS_ENTROPY));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_EPOCHS, EPOCHS));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_SCHEDULE, MLP_SCHEDULE_PLATEAU));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_PLATEAU_PATIENCE, 1));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_WARMUP, 2));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_PATIENCE, 4));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_L1, 1e-4));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_L2, 1e-3));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_CLIP_NORM, 0.5));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_CLIP_VALUE, 0.1));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_DROPOUT, 0.2));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_INPUT_DROPOUT, 0.1));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_AVERAGE_DECAY, 0.9));
    accepted(mlp_trainer_set_layer_rate(trainer, 2, 0.5));
    accepted(mlp_trainer_prepare(trainer, 64, threads));
    return trainer;
}

#define REAL       float
#define T(name)    name##_f32
#define REAL_DTYPE MLP_F32
#include "loop_tmpl.h"
#undef REAL
#undef T
#undef REAL_DTYPE
#define REAL       double
#define T(name)    name##_f64
#define REAL_DTYPE MLP_F64
#include "loop_tmpl.h"

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_together_f32),
                                       cmocka_unit_test(test_together_f64)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
