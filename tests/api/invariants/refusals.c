#include "api/invariants/refusals.h"
#include "api/invariants/passes.h"

#include <math.h>
#include <stddef.h>

static int unexpected;

static void refuse(int64_t status)
{
    unexpected += status >= 0;
}

/* What has to go well before more can be refused. */
static void grant(mlp_status status)
{
    unexpected += status != MLP_OK;
}

static int32_t give_up(int32_t order, int64_t n, const double *z, double *out, void *context)
{
    (void)order;
    (void)n;
    (void)z;
    (void)out;
    (void)context;
    return 7;
}

static int32_t give_up_loss(int32_t order, int64_t n, const double *y, const double *t, int32_t label,
                            const double *v, double *value, double *out, void *context)
{
    (void)order;
    (void)n;
    (void)y;
    (void)t;
    (void)label;
    (void)v;
    (void)value;
    (void)out;
    (void)context;
    return 7;
}

static void misuse_names(void)
{
    mlp_status status;
    mlp_activation activation;
    mlp_loss loss;
    double z = 0;
    refuse(mlp_status_from_name("no such status", &status));
    refuse(mlp_activation_parameter(0, NULL, NULL, NULL, NULL));
    refuse(mlp_initializer_parameter(0, NULL, NULL, NULL, NULL));
    refuse(mlp_trainer_option_info(0, NULL, NULL, NULL, NULL));
    refuse(mlp_activation_register("tanh", 1, give_up, NULL, NULL, &activation));
    refuse(mlp_activation_register("Not a name", 1, give_up, NULL, NULL, &activation));
    refuse(mlp_activation_unregister(-1));
    refuse(mlp_loss_register("squared_error", 1, give_up_loss, NULL, NULL, &loss));
    refuse(mlp_loss_register("Not a name", 1, give_up_loss, NULL, NULL, &loss));
    refuse(mlp_loss_unregister(-1));
    refuse(mlp_loss_parameter(0, NULL, NULL, NULL, NULL));
    refuse(mlp_loss_configure(MLP_HUBER, -1, &loss));
    refuse(mlp_activation_evaluate_f64(MLP_TANH, 0, 9, 1, &z, &z));
    refuse(mlp_set_allocator(NULL, NULL, NULL)); /* too late */
    refuse(mlp_runtime_describe(NULL, 10));
}

static void misuse_models(mlp_model *model)
{
    static const int64_t huge[] = {INT32_MAX, INT32_MAX, INT32_MAX}, none[] = {1, 0};
    const double bad[PASSES_IN] = {(double)NAN};
    mlp_model *made;
    refuse(mlp_model_create(7, 1, huge, MLP_TANH, &made));
    refuse(mlp_model_create(MLP_F64, 2, huge, MLP_TANH, &made)); /* 2^65 bytes */
    refuse(mlp_model_create(MLP_F64, 1, none, MLP_TANH, &made));
    refuse(mlp_model_create(MLP_F64, 1, NULL, MLP_TANH, &made));
    refuse(mlp_model_clone(NULL, &made));
    refuse(mlp_model_copy_params(model, NULL));
    refuse(mlp_model_set_activation(model, 1, MLP_RELU));
    refuse(mlp_model_initialize(model, 99, 0));
    refuse(mlp_model_set_params_f64(model, -1, 1, bad));
    refuse(mlp_model_set_params_f32(model, 0, 1, &(float){0}));
    refuse(mlp_model_set_input_scaling_f64(model, bad, bad));
    refuse(mlp_model_set_head(model, 9));
    refuse(mlp_model_set_metadata(model, "mlp.mine", "x"));
    refuse(mlp_model_set_metadata(model, "key", "\xff"));
    refuse(mlp_model_metadata_key(model, 5, NULL, 0));
}

static void misuse_files(mlp_model *model)
{
    static const char rubbish[64] = "rubbish";
    char small[8];
    mlp_model *made;
    refuse(mlp_model_load("no such file", &made));
    refuse(mlp_model_load("/", &made));
    refuse(mlp_model_load("/dev/null", &made));
    refuse(mlp_model_load_memory(sizeof rubbish, rubbish, &made));
    refuse(mlp_model_save(model, "no such directory/file"));
    refuse(mlp_model_save(model, "/dev/null"));
    refuse(mlp_model_save(model, "."));
    refuse(mlp_model_save_memory(model, sizeof small, small));
}

static void misuse_workspaces(mlp_model *model, mlp_workspace *workspace)
{
    passes_results results;
    mlp_workspace *made;
    const double x[PASSES_IN] = {0};
    refuse(mlp_workspace_create(model, 0, 1, MLP_USE_FORWARD, &made));
    refuse(mlp_workspace_create(model, INT32_MAX, 1, 64, &made));
    refuse(mlp_workspace_create_in(model, 1, 1, MLP_USE_FORWARD, &results, 8, &made));
    refuse(passes_derivatives(model, workspace, &results)); /* no pass yet */
    refuse(mlp_forward_f64(model, workspace, PASSES_BATCH + 1, x, PASSES_IN, NULL, 0));
    refuse(mlp_forward_f64(model, workspace, 1, x, 1, NULL, 0));
    refuse(mlp_forward_f32(model, workspace, 1, &(float){0}, PASSES_IN, NULL, 0));
    refuse(mlp_predict_f64(model, workspace, 1, NULL, PASSES_IN, NULL, 0));
    refuse(mlp_jacobian_output_f64(model, workspace, 9, 0, results.y, 1, 1));
    refuse(mlp_sample_clipped_sum_f64(model, workspace, x, PASSES_OUT, 1, NULL, results.theta_bar));
    refuse(mlp_sample_gradients_f64(model, workspace, x, PASSES_OUT, results.theta_bar, 1));
    refuse(mlp_jacobian_normal_add_f64(model, workspace, NULL, 0, NULL, 0, NULL));
    refuse(mlp_workspace_get_output_f64(workspace, 1, results.y, PASSES_WIDE));
    refuse(
        mlp_jet_f64(model, workspace, 1, x, PASSES_IN, 0, results.y, NULL, NULL, PASSES_OUT)); /* no pass */
    grant(mlp_forward_f64(model, workspace, 1, x, PASSES_IN, NULL, 0));
    refuse(mlp_jet_vjp_f64(model, workspace, x, PASSES_OUT, NULL, NULL, 0, results.x_bar, PASSES_IN, NULL));
    refuse(mlp_jet_f64(model, workspace, 500, x, PASSES_IN, 0, results.y, NULL, NULL, PASSES_OUT));
    refuse(mlp_laplacian_f64(model, workspace, NULL, NULL, NULL, PASSES_OUT));
    refuse(mlp_mixed_vjp_f64(model, workspace, x, 0, x, PASSES_OUT, results.x_bar, PASSES_IN, NULL));
    refuse(mlp_hvp_f64(model, workspace, results.theta_bar, results.by_theta[0]));
    refuse(mlp_gauss_newton_f64(model, workspace, results.theta_bar, results.by_theta[0]));
    refuse(mlp_linearize_f64(model, workspace, 99, x, PASSES_OUT, NULL, NULL, NULL));
    refuse(mlp_linearize_labels_f64(model, workspace, MLP_HUBER, &(int32_t){-1}, NULL, NULL, NULL));
    refuse(mlp_hessian_x_f64(model, workspace, results.hessian_x, 1, 1));
    refuse(mlp_workspace_describe(workspace, NULL, 5));
    refuse(mlp_loss_evaluate_f64(99, 1, 1, x, 1, x, 1, NULL, NULL, NULL, 0));
    refuse(mlp_loss_hvp_f64(MLP_SQUARED_ERROR, 1, 1, x, 1, x, 1, NULL, x, 1, NULL, 1));
    refuse(mlp_workspace_tune(workspace, model, PASSES_BATCH + 1));
}

static void misuse_checks(const mlp_model *model)
{
    mlp_check *check = NULL;
    refuse(mlp_check_model(model, 0, 1, &check));
    refuse(mlp_check_model(model, 1, 1, NULL));
    refuse(mlp_check_activation(99, 0, 1, &check));
    refuse(mlp_check_loss(MLP_HUBER, -1, 1, &check));
    refuse(mlp_check_function(1, 1, 0, NULL, NULL, NULL, NULL, 1, &check));
}

static void misuse_training(const mlp_model *model)
{
    const double x[PASSES_IN] = {(double)NAN}, zeros[PASSES_IN] = {0};
    const double gradient[PASSES_PARAMS] = {(double)INFINITY};
    mlp_trainer *trainer = NULL;
    mlp_data *data = NULL, *made;
    refuse(mlp_trainer_create(NULL, &trainer));
    refuse(mlp_data_create(MLP_F64, 0, &made));
    grant(mlp_trainer_create(model, &trainer));
    grant(mlp_data_create(MLP_F64, 1, &data));
    refuse(
        mlp_trainer_step_f64(trainer, 1, zeros, PASSES_IN, zeros, PASSES_OUT, NULL, NULL)); /* unprepared */
    refuse(mlp_trainer_set_int(trainer, MLP_TRAINER_EPOCHS, -1));
    refuse(mlp_trainer_set_real(trainer, MLP_TRAINER_MOMENTUM, 2));
    grant(mlp_trainer_prepare(trainer, 1, 1));
    refuse(mlp_trainer_step_f64(trainer, 1, x, PASSES_IN, zeros, PASSES_OUT, NULL, NULL));
    refuse(mlp_trainer_apply_gradient_f64(trainer, gradient));
    refuse(mlp_trainer_step_objective_f64(trainer, NULL, NULL, NULL));
    refuse(mlp_trainer_run_objective_f64(trainer, 0, NULL, NULL, NULL));
    refuse(mlp_trainer_epoch(trainer, data, NULL));
    refuse(mlp_data_set_labels(data, 1, &(int32_t){5}));
    refuse(mlp_data_set_weights_f64(data, x));
    refuse(mlp_trainer_set_int(trainer, MLP_TRAINER_LOSS, MLP_SOFTMAX_CROSS_ENTROPY));
    mlp_data_destroy(data);
    mlp_trainer_destroy(trainer);
}

/* A fit whose inputs are not finite, and calls whose callback gives up. */
static void misuse_calculations(mlp_model *model, mlp_workspace *workspace)
{
    static const int64_t widths[] = {1, 2, 1};
    const double x[PASSES_IN] = {(double)NAN};
    mlp_activation activation = 0;
    mlp_loss loss = 0;
    mlp_model *giving_up = NULL;
    mlp_workspace *its = NULL;
    refuse(mlp_model_fit_output_f64(model, workspace, 1, x, PASSES_IN, x, PASSES_OUT, NULL));
    grant(mlp_activation_register("give_up", 0, give_up, NULL, NULL, &activation));
    grant(mlp_model_create(MLP_F64, 2, widths, activation, &giving_up));
    grant(mlp_workspace_create(giving_up, 1, 1, MLP_USE_FORWARD, &its));
    refuse(mlp_forward_f64(giving_up, its, 1, x, 1, NULL, 0));
    grant(mlp_activation_unregister(activation));
    grant(mlp_loss_register("give_up", 2, give_up_loss, NULL, NULL, &loss));
    refuse(mlp_loss_evaluate_f64(loss, 1, 1, x, 1, x, 1, NULL, NULL, NULL, 0));
    grant(mlp_loss_unregister(loss));
    mlp_workspace_destroy(its);
    mlp_model_destroy(giving_up);
}

int make_refusals(void)
{
    mlp_model *model = NULL;
    mlp_workspace *workspace = NULL;
    unexpected = 0;
    if (passes_create_model(MLP_F64, 1, &model) != MLP_OK ||
        passes_create_workspace(model, &workspace) != MLP_OK)
        return -1;
    misuse_names();
    misuse_models(model);
    misuse_files(model);
    misuse_workspaces(model, workspace);
    misuse_checks(model);
    misuse_training(model);
    misuse_calculations(model, workspace);
    mlp_workspace_destroy(workspace);
    mlp_model_destroy(model);
    return unexpected;
}
