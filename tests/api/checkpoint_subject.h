/* A small trainer in many variants, and the bytes of its checkpoints. */
#ifndef MLP_TESTS_API_CHECKPOINT_SUBJECT_H
#define MLP_TESTS_API_CHECKPOINT_SUBJECT_H

#include "mlp/mlp.h"
#include "api/refusal.h"

enum { N_IN = 3, N_OUT = 2, BATCH = 4, CAPACITY = 1 << 16 };

static const int64_t subject_widths[] = {N_IN, 5, N_OUT};

/* What a trainer is made of; zeros are the ordinary. */
typedef struct variant {
    mlp_dtype dtype;
    int32_t layers;
    const int64_t *widths;
    mlp_activation activation;
    double slope; /* of it, where not 0 */
    mlp_optimizer optimizer;
    mlp_loss loss;
    double momentum;
    int64_t nesterov, batch, max_batch;
    int unprepared;
} variant;

static inline mlp_model *create_model(const variant *v)
{
    mlp_model *model = NULL;
    accepted(mlp_model_create(v->dtype ? v->dtype : MLP_F32, v->layers ? v->layers : 2,
                              v->widths ? v->widths : subject_widths,
                              v->activation ? v->activation : MLP_LEAKY_RELU, &model));
    if (v->slope != 0)
        accepted(mlp_model_set_activation_parameter(model, 1, v->slope));
    accepted(mlp_model_initialize(model, MLP_INIT_GLOROT_UNIFORM, 9));
    return model;
}

static inline mlp_trainer *create(const variant *v)
{
    mlp_model *model = create_model(v);
    mlp_trainer *trainer = NULL;
    accepted(mlp_trainer_create(model, &trainer));
    mlp_model_destroy(model);
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_OPTIMIZER, v->optimizer ? v->optimizer : MLP_ADAM));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_LOSS, v->loss ? v->loss : MLP_SQUARED_ERROR));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_MOMENTUM, v->momentum));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_NESTEROV, v->nesterov));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_BATCH, v->batch));
    if (!v->unprepared)
        accepted(mlp_trainer_prepare(trainer, v->max_batch ? v->max_batch : BATCH, 1));
    return trainer;
}

/* One step, so that the state is not all zero. */
static inline void train(mlp_trainer *trainer)
{
    static const float x[N_IN * 2] = {0.1f, -0.7f, 0.3f, 1, -1, 0.5f}, t[N_OUT * 2] = {0.5f, -0.5f, 1, 0.25f};
    accepted(mlp_trainer_step_f32(trainer, 2, x, N_IN, t, N_OUT, NULL, NULL));
}

typedef struct bytes {
    int64_t size;
    char data[CAPACITY];
} bytes;

static inline void save(const mlp_trainer *trainer, bytes *b)
{
    accepted(mlp_trainer_save_size(trainer, &b->size));
    assert_in_range(b->size, 1, CAPACITY);
    accepted(mlp_trainer_save_memory(trainer, b->size, b->data));
}

static inline void check_same(const bytes *a, const bytes *b)
{
    assert_int_equal(a->size, b->size);
    assert_memory_equal(a->data, b->data, (size_t)a->size);
}

#endif
