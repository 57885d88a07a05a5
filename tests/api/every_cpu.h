/* Tests that run once for every instruction set of this processor. */
#ifndef MLP_TESTS_API_EVERY_CPU_H
#define MLP_TESTS_API_EVERY_CPU_H

#include "mlp/mlp.h"
#include "api/refusal.h"

static mlp_cpu cpu_under_test = MLP_CPU_AUTO;

/* Moves cpu_under_test on to what this processor has next; 0 after the last. */
static int next_cpu(void)
{
    static const int64_t widths[] = {1, 1};
    mlp_model *model = NULL;
    mlp_workspace *workspace = NULL;
    mlp_status status = MLP_ERR_UNSUPPORTED;
    accepted(mlp_model_create(MLP_F32, 1, widths, MLP_TANH, &model));
    accepted(mlp_workspace_create(model, 1, 1, MLP_USE_FORWARD, &workspace));
    while (status == MLP_ERR_UNSUPPORTED && ++cpu_under_test <= MLP_CPU_AVX512) {
        status = mlp_workspace_set_int(workspace, MLP_WORKSPACE_CPU, cpu_under_test);
        if (status == MLP_ERR_UNSUPPORTED)
            print_message("SKIPPED: this processor has no %s\n", mlp_cpu_name(cpu_under_test));
    }
    mlp_workspace_destroy(workspace);
    mlp_model_destroy(model);
    return status == MLP_OK;
}

#endif
