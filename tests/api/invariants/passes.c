#include "api/invariants/passes.h"

#include <stddef.h>

static const int64_t widths[] = {PASSES_IN, PASSES_WIDE, PASSES_WIDE, PASSES_OUT};

#define REAL    float
#define T(name) name##_f32
#include "api/invariants/passes_tmpl.h"
#undef REAL
#undef T
#define REAL    double
#define T(name) name##_f64
#include "api/invariants/passes_tmpl.h"

static int is_f32(const mlp_model *model)
{
    return mlp_model_dtype(model) == MLP_F32;
}

mlp_status passes_create_model(mlp_dtype dtype, uint64_t seed, mlp_model **model)
{
    mlp_status status = mlp_model_create(dtype, PASSES_LAYERS, widths, MLP_GELU, model);
    if (status == MLP_OK)
        status = mlp_model_initialize(*model, MLP_INIT_LECUN_NORMAL, seed);
    if (status == MLP_OK)
        status = is_f32(*model) ? set_scaling_f32(*model) : set_scaling_f64(*model);
    return status;
}

mlp_status passes_create_workspace(const mlp_model *model, mlp_workspace **workspace)
{
    const int32_t streams = 3 * PASSES_DIRECTIONS;
    return mlp_workspace_create(model, PASSES_BATCH, 1, MLP_USE_SECOND_ORDER + streams * MLP_USE_STREAM,
                                workspace);
}

mlp_status passes_forward(const mlp_model *model, mlp_workspace *workspace, passes_results *results)
{
    return is_f32(model) ? forward_f32(0, model, workspace, results)
                         : forward_f64(0, model, workspace, results);
}

mlp_status passes_derivative(int32_t number, const mlp_model *model, mlp_workspace *workspace,
                             passes_results *results)
{
    return is_f32(model) ? derivative_f32(number, model, workspace, results)
                         : derivative_f64(number, model, workspace, results);
}

mlp_status passes_derivatives(const mlp_model *model, mlp_workspace *workspace, passes_results *results)
{
    mlp_status status = MLP_OK;
    for (int32_t number = 0; number < PASSES_DERIVATIVES && status == MLP_OK; number++)
        status = passes_derivative(number, model, workspace, results);
    return status;
}

mlp_status passes_run_at(int32_t point, const mlp_model *model, mlp_workspace *workspace,
                         passes_results *results)
{
    const mlp_status status = is_f32(model) ? forward_f32(point, model, workspace, results)
                                            : forward_f64(point, model, workspace, results);
    return status == MLP_OK ? passes_derivatives(model, workspace, results) : status;
}

mlp_status passes_run(const mlp_model *model, mlp_workspace *workspace, passes_results *results)
{
    return passes_run_at(0, model, workspace, results);
}
