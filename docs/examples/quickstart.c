#include <mlp/mlp.h>
#include <stdio.h>

int main(void) /* learn y = x^3 - 2 x on [-2, 2], then ask for y and dy/dx at x = 1 */
{
    double x[256], t[256], loss, y, slope;
    mlp_model *model;
    mlp_trainer *trainer;
    mlp_workspace *workspace;
    for (int i = 0; i < 256; i++)
        x[i] = i / 63.75 - 2, t[i] = x[i] * x[i] * x[i] - 2 * x[i];
    mlp_model_create(MLP_F64, 2, (int64_t[]){1, 12, 1}, MLP_TANH, &model);
    mlp_model_initialize(model, MLP_INIT_GLOROT_UNIFORM, 1);
    mlp_trainer_create(model, &trainer);
    mlp_trainer_set_int(trainer, MLP_TRAINER_OPTIMIZER, MLP_ADAM);
    mlp_trainer_prepare(trainer, 256, 1);
    for (int step = 0; step < 5000; step++)
        mlp_trainer_step_f64(trainer, 256, x, 1, t, 1, NULL, &loss);
    mlp_trainer_get_model(trainer, model);
    mlp_workspace_create(model, 1, 1, MLP_USE_DERIVATIVES, &workspace);
    mlp_forward_f64(model, workspace, 1, &(double){1}, 1, &y, 1);
    mlp_jacobian_output_f64(model, workspace, 2, 0, &slope, 1, 1);
    printf("y(1) = %.1f, dy/dx = %.1f %s\n", y, slope, mlp_last_error());
    mlp_workspace_destroy(workspace), mlp_trainer_destroy(trainer), mlp_model_destroy(model);
}
