#include "api/invariants/hot.h"
#include "api/refusal.h"
#include "support/draw.h"

#include <math.h>
#include <stdlib.h>

/* Whether there is room for rows of n_theta, and for their products. */
static int has_rows(const hot_rig *rig)
{
    return rig->params <= 1000;
}

#define REAL    float
#define T(name) name##_f32
#include "api/invariants/hot_tmpl.h"
#undef REAL
#undef T
#define REAL    double
#define T(name) name##_f64
#include "api/invariants/hot_tmpl.h"

#define BOTH(name)                                                                                           \
#name,                                                                                                   \
    {                                                                                                        \
        name##_f32, name##_f64                                                                               \
    }

const hot_call hot_calls[] = {
    {BOTH(forward), MLP_OK},
    {BOTH(forward_in_place), MLP_OK},
    {BOTH(forward_only), MLP_OK},
    {BOTH(vjp), MLP_OK},
    {BOTH(vjp_inputs), MLP_OK},
    {BOTH(jvp), MLP_OK},
    {BOTH(jvp_inputs), MLP_OK},
    {BOTH(jacobian_output), MLP_OK},
    {BOTH(jacobian_bias), MLP_OK},
    {BOTH(jacobian_weight), MLP_OK},
    {BOTH(jacobian), MLP_OK},
    {BOTH(jacobian_theta), MLP_OK},
    {BOTH(jacobian_normal_add), MLP_OK},
    {BOTH(sample_gradients), MLP_OK},
    {BOTH(sample_norms), MLP_OK},
    {BOTH(sample_clipped_sum), MLP_OK},
    {BOTH(sample_inner_products), MLP_OK},
    {BOTH(jet), MLP_OK},
    {BOTH(jet_units), MLP_OK},
    {BOTH(jet_vjp), MLP_OK},
    {BOTH(laplacian_vjp), MLP_OK},
    {BOTH(mixed_vjp), MLP_OK},
    {BOTH(get_output), MLP_OK},
    {BOTH(loss), MLP_OK},
    {BOTH(loss_hvp), MLP_OK},
    {BOTH(linearize), MLP_OK},
    {BOTH(hvp), MLP_OK},
    {BOTH(linearize_labels), MLP_OK},
    {BOTH(hvp), MLP_OK},
    {BOTH(gauss_newton), MLP_OK},
    {BOTH(hessian_x), MLP_OK},
    {BOTH(set_params), MLP_OK},
    {BOTH(predict), MLP_OK},
    {BOTH(step), MLP_OK},
    {BOTH(step_labels), MLP_OK},
    {BOTH(apply_gradient), MLP_OK},
    {BOTH(step_objective), MLP_OK},
    {BOTH(run_objective), MLP_OK},
    {BOTH(epoch), MLP_OK},
    {BOTH(evaluate), MLP_OK},
    {BOTH(get_model), MLP_OK},
    {BOTH(copy_params), MLP_OK},
    {BOTH(large_batch), MLP_ERR_SIZE},
    {BOTH(no_jet), MLP_ERR_STATE},
    {BOTH(wide_jet), MLP_ERR_SIZE},
    {BOTH(no_loss), MLP_ERR_STATE},
    {BOTH(stale_vjp), MLP_ERR_STATE},
    {BOTH(bad_step), MLP_ERR_NUMERIC},
};

const int32_t hot_call_count = (int32_t)(sizeof hot_calls / sizeof *hot_calls);

mlp_status hot_call_run(int32_t index, hot_rig *rig)
{
    return hot_calls[index].run[rig->what.dtype == MLP_F64](rig);
}

static void create_objects(hot_rig *rig)
{
    const hot_case *what = &rig->what;
    const int32_t threads = what->threads ? what->threads : 1;
    accepted(mlp_model_create(what->dtype, what->layers, what->widths, what->activation, &rig->model));
    accepted(mlp_model_initialize(rig->model, MLP_INIT_GLOROT_UNIFORM, 11));
    accepted(mlp_model_set_head(rig->model, what->head));
    if (what->scaled && what->dtype == MLP_F32)
        set_scaling_f32(rig);
    else if (what->scaled)
        set_scaling_f64(rig);
    accepted(mlp_model_clone(rig->model, &rig->other));
    rig->params = mlp_model_param_count(rig->model);
    accepted(mlp_workspace_create(rig->model, what->batch, threads,
                                  MLP_USE_SECOND_ORDER + (int32_t)(rig->n_in + 1) * MLP_USE_STREAM +
                                      MLP_USE_SAMPLES + (has_rows(rig) ? MLP_USE_LEAST_SQUARES : 0),
                                  &rig->workspace));
    accepted(mlp_trainer_create(rig->model, &rig->trainer));
    accepted(mlp_trainer_set_int(rig->trainer, MLP_TRAINER_OPTIMIZER, what->optimizer));
    accepted(mlp_trainer_set_real(rig->trainer, MLP_TRAINER_LEARNING_RATE, 1e-5));
    if (what->optimizer == MLP_SGD)
        accepted(mlp_trainer_set_real(rig->trainer, MLP_TRAINER_MOMENTUM, what->scaled ? 0.5 : 0));
    accepted(mlp_trainer_prepare(rig->trainer, what->batch, threads));
    accepted(mlp_trainer_set_int(rig->trainer, MLP_TRAINER_SHUFFLE, 0)); /* a new order takes memory */
    accepted(mlp_workspace_prepare(rig->workspace, rig->model));
}

hot_rig *hot_rig_create(const hot_case *what)
{
    hot_rig *rig = calloc(1, sizeof *rig);
    assert_non_null(rig);
    rig->what = *what;
    rig->n_in = what->widths[0];
    rig->n_out = what->widths[what->layers];
    create_objects(rig);
    if (what->dtype == MLP_F32)
        fill_f32(rig);
    else
        fill_f64(rig);
    return rig;
}

void hot_rig_destroy(hot_rig *rig)
{
    mlp_data_destroy(rig->data);
    mlp_trainer_destroy(rig->trainer);
    mlp_workspace_destroy(rig->workspace);
    mlp_model_destroy(rig->other);
    mlp_model_destroy(rig->model);
    void *const arrays[] = {rig->x,       rig->x_bar, rig->t,     rig->y,         rig->y_bar,
                            rig->weights, rig->bad,   rig->theta, rig->theta_bar, rig->J,
                            rig->rows,    rig->K,     rig->JtJ,   rig->labels};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
        free(arrays[i]);
    free(rig);
}
