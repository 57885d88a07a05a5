#include "api/invariants/scenarios.h"
#include "api/invariants/passes.h"

#include <stddef.h>

enum { SAMPLES = 24, BATCH = 5 };

/* Inputs and targets without a pattern that matters; every hidden output differs from sample to sample. */
static void fill(float *x, float *t)
{
    for (int i = 0; i < PASSES_IN * SAMPLES; i++)
        x[i] = (float)(i * 37 % 101) / 50 - 1;
    for (int i = 0; i < PASSES_OUT * SAMPLES; i++)
        t[i] = (float)(i * 53 % 97) / 50 - 1;
}

/* ---- Data sets ---- */

/* A data set with targets, or with labels where `labelled`, and weights. */
static mlp_status create_data(int labelled, mlp_data **data)
{
    float x[PASSES_IN * SAMPLES], t[PASSES_OUT * SAMPLES], weights[SAMPLES];
    int32_t labels[SAMPLES];
    fill(x, t);
    for (int s = 0; s < SAMPLES; s++) {
        weights[s] = 1 + (float)s;
        labels[s] = s % PASSES_OUT;
    }
    mlp_status status = mlp_data_create(MLP_F32, SAMPLES, data);
    if (status == MLP_OK)
        status = mlp_data_set_inputs_f32(*data, PASSES_IN, x, PASSES_IN);
    if (status == MLP_OK)
        status = labelled ? mlp_data_set_labels(*data, PASSES_OUT, labels)
                          : mlp_data_set_targets_f32(*data, PASSES_OUT, t, PASSES_OUT);
    return status == MLP_OK ? mlp_data_set_weights_f32(*data, weights) : status;
}

/* Every part is set, and set again over what was there. */
mlp_status play_data_set(void *unused)
{
    static const double x[2 * 3] = {1, 2, 3, 4, 5, 6}, weights[3] = {1, 0, 2};
    static const int32_t labels[3] = {0, 1, 0};
    mlp_data *data = NULL;
    (void)unused;
    mlp_status status = mlp_data_create(MLP_F64, 3, &data);
    for (int round = 0; round < 2; round++) {
        if (status == MLP_OK)
            status = mlp_data_set_inputs_f64(data, 2, x, 2);
        if (status == MLP_OK)
            status = mlp_data_set_targets_f64(data, 2, x, 2);
        if (status == MLP_OK)
            status = mlp_data_set_labels(data, 2, labels);
        if (status == MLP_OK)
            status = mlp_data_set_weights_f64(data, weights);
    }
    if (status == MLP_OK)
        status = mlp_data_borrow_inputs_f64(data, 2, x, 2);
    mlp_data_destroy(data);
    return status;
}

/* ---- Training ---- */

static mlp_status create_trainer(mlp_optimizer optimizer, mlp_loss loss, mlp_trainer **trainer)
{
    mlp_model *model = NULL;
    mlp_status status = passes_create_model(MLP_F32, 9, &model);
    if (status == MLP_OK)
        status = mlp_trainer_create(model, trainer);
    mlp_model_destroy(model);
    if (status == MLP_OK)
        status = mlp_trainer_set_int(*trainer, MLP_TRAINER_OPTIMIZER, optimizer);
    if (status == MLP_OK)
        status = mlp_trainer_set_int(*trainer, MLP_TRAINER_LOSS, loss);
    if (status == MLP_OK && optimizer == MLP_SGD)
        status = mlp_trainer_set_real(*trainer, MLP_TRAINER_MOMENTUM, 0.5);
    if (status == MLP_OK)
        status = mlp_trainer_set_int(*trainer, MLP_TRAINER_EPOCHS, 2);
    return status == MLP_OK ? mlp_trainer_prepare(*trainer, BATCH, 1) : status;
}

/* A step, an epoch, a run, a larger batch, a judgement. */
static mlp_status train(mlp_trainer *trainer, const mlp_data *data)
{
    float x[PASSES_IN * SAMPLES], t[PASSES_OUT * SAMPLES];
    double loss, accuracy;
    fill(x, t);
    mlp_status status = mlp_trainer_step_f32(trainer, BATCH, x, PASSES_IN, t, PASSES_OUT, NULL, &loss);
    if (status == MLP_OK)
        status = mlp_trainer_epoch(trainer, data, &loss);
    if (status == MLP_OK)
        status = mlp_trainer_prepare(trainer, 2 * BATCH, 1);
    if (status == MLP_OK)
        status = mlp_trainer_run(trainer, data, &loss);
    return status == MLP_OK ? mlp_trainer_evaluate(trainer, data, &loss, &accuracy) : status;
}

static mlp_status train_and_fetch(mlp_optimizer optimizer, mlp_loss loss, int labelled)
{
    mlp_data *data = NULL;
    mlp_trainer *trainer = NULL;
    mlp_model *fetched = NULL;
    mlp_status status = create_data(labelled, &data);
    if (status == MLP_OK)
        status = create_trainer(optimizer, loss, &trainer);
    if (status == MLP_OK)
        status = train(trainer, data);
    if (status == MLP_OK)
        status = passes_create_model(MLP_F32, 1, &fetched);
    if (status == MLP_OK)
        status = mlp_trainer_get_model(trainer, fetched);
    mlp_model_destroy(fetched);
    mlp_trainer_destroy(trainer);
    mlp_data_destroy(data);
    return status;
}

mlp_status play_sgd(void *unused)
{
    (void)unused;
    return train_and_fetch(MLP_SGD, MLP_SQUARED_ERROR, 0);
}

mlp_status play_adam(void *unused)
{
    (void)unused;
    return train_and_fetch(MLP_ADAM, MLP_SQUARED_ERROR, 0);
}

mlp_status play_labels(void *unused)
{
    (void)unused;
    return train_and_fetch(MLP_ADAM, MLP_SOFTMAX_CROSS_ENTROPY, 1);
}

mlp_status play_levenberg_marquardt(void *unused)
{
    (void)unused;
    return train_and_fetch(MLP_LEVENBERG_MARQUARDT, MLP_SQUARED_ERROR, 1);
}

mlp_status play_own_gradient(void *unused)
{
    static const float theta_bar[PASSES_PARAMS] = {1, 2, 3};
    mlp_trainer *trainer = NULL;
    (void)unused;
    mlp_status status = create_trainer(MLP_ADAM, MLP_SQUARED_ERROR, &trainer);
    if (status == MLP_OK)
        status = mlp_trainer_apply_gradient_f32(trainer, theta_bar);
    mlp_trainer_destroy(trainer);
    return status;
}

/* ---- The last layer in closed form ---- */

/* A model fitted to `samples` samples; the initialiser decides whether its hidden outputs are independent. */
static mlp_status fit(mlp_initializer initializer, int64_t samples)
{
    static const int64_t widths[] = {PASSES_IN, PASSES_WIDE, PASSES_OUT};
    float x[PASSES_IN * SAMPLES], t[PASSES_OUT * SAMPLES];
    mlp_model *model = NULL;
    mlp_workspace *workspace = NULL;
    fill(x, t);
    mlp_status status = mlp_model_create(MLP_F32, 2, widths, MLP_TANH, &model);
    if (status == MLP_OK)
        status = mlp_model_initialize_layer(model, 1, initializer, 0.5, 2);
    if (status == MLP_OK)
        status = mlp_workspace_create(model, BATCH, 1, MLP_USE_FORWARD, &workspace);
    if (status == MLP_OK)
        status = mlp_model_fit_output_f32(model, workspace, samples, x, PASSES_IN, t, PASSES_OUT, NULL);
    mlp_workspace_destroy(workspace);
    mlp_model_destroy(model);
    return status;
}

mlp_status play_fit_full(void *unused)
{
    (void)unused;
    return fit(MLP_INIT_NORMAL, SAMPLES);
}

/* All hidden outputs are the same: gels gives up, gelsd takes over. */
mlp_status play_fit_deficient(void *unused)
{
    (void)unused;
    return fit(MLP_INIT_CONSTANT, SAMPLES);
}

/* Fewer samples than unknowns: gelsd at once. */
mlp_status play_fit_few(void *unused)
{
    (void)unused;
    return fit(MLP_INIT_NORMAL, PASSES_WIDE / 2);
}
