/* A program of a user, in the language C99, C11 and C++17 have in common: y = tanh-net(x), and its gradient. */
#include <mlp/mlp.h>

#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
    const int64_t widths[] = {3, 5, 2};
    const double x[] = {0.1, -0.2, 0.3}, y_bar[] = {1, -1};
    double y[2], x_bar[3];
    mlp_model *model = NULL;
    mlp_workspace *workspace = NULL;
    int failed = 0;

    failed |= mlp_model_create(MLP_F64, 2, widths, MLP_TANH, &model) != MLP_OK;
    failed |= mlp_model_initialize(model, MLP_INIT_GLOROT_UNIFORM, 1) != MLP_OK;
    failed |= mlp_workspace_create(model, 1, 1, MLP_USE_DERIVATIVES, &workspace) != MLP_OK;
    failed |= mlp_forward_f64(model, workspace, 1, x, 3, y, 2) != MLP_OK;
    failed |= mlp_vjp_f64(model, workspace, y_bar, 2, x_bar, 3, NULL) != MLP_OK;
    failed |= argc > 1 && strcmp(argv[1], mlp_version_string()) != 0;
    printf("libmlp %s: y = %g %g, dy/dx^T (1, -1) = %g %g %g\n", mlp_version_string(), y[0], y[1], x_bar[0],
           x_bar[1], x_bar[2]);
    mlp_workspace_destroy(workspace);
    mlp_model_destroy(model);
    return failed;
}
