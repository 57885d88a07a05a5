#include "api/invariants/scenarios.h"
#include "api/invariants/passes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const int64_t widths[] = {PASSES_IN, PASSES_WIDE, PASSES_WIDE, PASSES_OUT};

/* ---- Evaluation ---- */

static mlp_status evaluate(mlp_dtype dtype)
{
    passes_results results;
    mlp_model *model = NULL;
    mlp_workspace *workspace = NULL;
    mlp_status status = passes_create_model(dtype, 1, &model);
    if (status == MLP_OK)
        status = passes_create_workspace(model, &workspace);
    if (status == MLP_OK)
        status = mlp_workspace_prepare(workspace, model);
    if (status == MLP_OK)
        status = passes_run(model, workspace, &results);
    mlp_workspace_destroy(workspace);
    mlp_model_destroy(model);
    return status;
}

static mlp_status play_f32(void *unused)
{
    (void)unused;
    return evaluate(MLP_F32);
}

static mlp_status play_f64(void *unused)
{
    (void)unused;
    return evaluate(MLP_F64);
}

/* A workspace for predictions, in memory of the caller's. */
static mlp_status play_own_memory(void *unused)
{
    static _Alignas(64) char memory[1 << 14];
    static const float x[PASSES_IN] = {1, 2, 3};
    float y[PASSES_OUT];
    mlp_model *model = NULL;
    mlp_workspace *workspace = NULL;
    (void)unused;
    mlp_status status = passes_create_model(MLP_F32, 1, &model);
    if (status == MLP_OK)
        status = mlp_model_set_head(model, MLP_HEAD_SOFTMAX);
    if (status == MLP_OK)
        status = mlp_workspace_create_in(model, 1, 1, MLP_USE_FORWARD, memory, sizeof memory, &workspace);
    if (status == MLP_OK)
        status = mlp_predict_f32(model, workspace, 1, x, PASSES_IN, y, PASSES_OUT);
    mlp_workspace_destroy(workspace);
    mlp_model_destroy(model);
    return status;
}

static mlp_status play_orthogonal(void *unused)
{
    mlp_model *model = NULL;
    (void)unused;
    mlp_status status = mlp_model_create(MLP_F32, PASSES_LAYERS, widths, MLP_TANH, &model);
    if (status == MLP_OK)
        status = mlp_model_initialize(model, MLP_INIT_ORTHOGONAL, 3);
    for (int32_t layer = 1; layer <= PASSES_LAYERS && status == MLP_OK; layer++)
        status = mlp_model_initialize_layer(model, layer, MLP_INIT_ORTHOGONAL, 2, 3);
    mlp_model_destroy(model);
    return status;
}

/* ---- An activation of the caller's own ---- */

static int32_t cube(int32_t order, int64_t n, const double *z, double *out, void *context)
{
    (void)context;
    for (int64_t i = 0; i < n; i++) {
        const double values[] = {z[i] * z[i] * z[i], 3 * z[i] * z[i], 6 * z[i], 6};
        out[i] = values[order];
    }
    return 0;
}

static mlp_status create_cubic_model(mlp_activation *activation, mlp_model **model)
{
    mlp_status status = mlp_activation_register("cube", 3, cube, NULL, NULL, activation);
    if (status == MLP_OK)
        status = mlp_model_create(MLP_F64, PASSES_LAYERS, widths, *activation, model);
    return status == MLP_OK ? mlp_model_initialize(*model, MLP_INIT_HE_NORMAL, 5) : status;
}

static mlp_status play_custom(void *unused)
{
    passes_results results;
    mlp_activation activation = 0;
    mlp_model *model = NULL;
    mlp_workspace *workspace = NULL;
    double z[3] = {1, 2, 3};
    float f[3] = {1, 2, 3};
    (void)unused;
    mlp_status status = create_cubic_model(&activation, &model);
    if (status == MLP_OK)
        status = mlp_activation_evaluate_f64(activation, 0, 1, 3, z, z);
    if (status == MLP_OK)
        status = mlp_activation_evaluate_f32(activation, 0, 0, 3, f, f);
    if (status == MLP_OK)
        status = passes_create_workspace(model, &workspace);
    if (status == MLP_OK)
        status = passes_run(model, workspace, &results);
    mlp_workspace_destroy(workspace);
    if (activation)
        (void)mlp_activation_unregister(activation);
    mlp_model_destroy(model);
    return status;
}

/* ---- Copies, metadata and files ---- */

/* More keys than the first room has, one replaced, one taken away. */
static mlp_status attach_metadata(mlp_model *model)
{
    static const char *const keys[] = {"a", "b", "c", "d", "e", "f"};
    mlp_status status = MLP_OK;
    for (size_t i = 0; i < sizeof keys / sizeof *keys && status == MLP_OK; i++)
        status = mlp_model_set_metadata(model, keys[i], "\"a value\"\n");
    if (status == MLP_OK)
        status = mlp_model_set_metadata(model, "c", "another");
    return status == MLP_OK ? mlp_model_set_metadata(model, "b", NULL) : status;
}

static mlp_status play_metadata(void *unused)
{
    mlp_model *model = NULL;
    (void)unused;
    mlp_status status = passes_create_model(MLP_F32, 1, &model);
    if (status == MLP_OK)
        status = attach_metadata(model);
    mlp_model_destroy(model);
    return status;
}

static mlp_status play_clone(void *unused)
{
    mlp_activation activation = 0;
    mlp_model *model = NULL, *clone = NULL;
    (void)unused;
    mlp_status status = create_cubic_model(&activation, &model);
    if (status == MLP_OK)
        status = attach_metadata(model);
    if (status == MLP_OK)
        status = mlp_model_clone(model, &clone);
    mlp_model_destroy(model);
    if (status == MLP_OK)
        status = mlp_model_initialize(clone, MLP_INIT_ZEROS, 0);
    mlp_model_destroy(clone);
    if (activation)
        (void)mlp_activation_unregister(activation);
    return status;
}

/* To a file of this process's own, and back. */
static mlp_status go_through_file(const mlp_model *model)
{
    char path[64];
    mlp_model *back = NULL;
    snprintf(path, sizeof path, "scenario_%ld.safetensors", (long)getpid());
    mlp_status status = mlp_model_save(model, path);
    if (status == MLP_OK)
        status = mlp_model_load(path, &back);
    mlp_model_destroy(back);
    (void)remove(path);
    return status;
}

static mlp_status go_through_memory(const mlp_model *model)
{
    static char memory[1 << 14];
    mlp_model *back = NULL;
    int64_t bytes = 0;
    mlp_status status = mlp_model_save_size(model, &bytes);
    if (status == MLP_OK)
        status = mlp_model_save_memory(model, sizeof memory, memory);
    if (status == MLP_OK)
        status = mlp_model_load_memory(bytes, memory, &back);
    mlp_model_destroy(back);
    return status;
}

static mlp_status play_files(void *unused)
{
    mlp_activation activation = 0;
    mlp_model *model = NULL;
    (void)unused;
    mlp_status status = create_cubic_model(&activation, &model);
    if (status == MLP_OK)
        status = attach_metadata(model);
    if (status == MLP_OK)
        status = go_through_file(model);
    if (status == MLP_OK)
        status = go_through_memory(model);
    mlp_model_destroy(model);
    if (activation)
        (void)mlp_activation_unregister(activation);
    return status;
}

/* Proofs of an activation, a loss, and models of both number types. */
static mlp_status play_checks(void *unused)
{
    mlp_check *check = NULL;
    mlp_status status = mlp_check_activation(MLP_TANH, 0, 1, &check);
    (void)unused;
    mlp_check_destroy(check);
    check = NULL;
    if (status == MLP_OK)
        status = mlp_check_loss(MLP_HUBER, 3, 1, &check);
    mlp_check_destroy(check);
    for (mlp_dtype dtype = MLP_F32; dtype <= MLP_F64 && status == MLP_OK; dtype++) {
        mlp_model *model = NULL;
        check = NULL;
        status = mlp_model_create(dtype, 3, widths, MLP_GELU, &model);
        if (status == MLP_OK)
            status = mlp_model_initialize(model, MLP_INIT_HE_NORMAL, 1);
        if (status == MLP_OK)
            status = mlp_check_model(model, 2, 1, &check);
        mlp_check_destroy(check);
        mlp_model_destroy(model);
    }
    return status;
}

const scenario scenarios[] = {
    {"f32", play_f32, 2},
    {"f64", play_f64, 2},
    {"own memory", play_own_memory, 1},
    {"orthogonal", play_orthogonal, 5},
    {"custom activation", play_custom, 5},
    {"metadata", play_metadata, 10},
    {"clone", play_clone, 20},
    {"files", play_files, 20},
    {"checks", play_checks, 30},
    {"data set", play_data_set, 9},
    {"sgd", play_sgd, 10},
    {"adam", play_adam, 10},
    {"labels", play_labels, 10},
    {"levenberg_marquardt", play_levenberg_marquardt, 10},
    {"own gradient", play_own_gradient, 10},
    {"fit of full rank", play_fit_full, 5},
    {"fit of deficient rank", play_fit_deficient, 8},
    {"fit of few samples", play_fit_few, 7},
};

const int32_t scenario_count = (int32_t)(sizeof scenarios / sizeof *scenarios);
