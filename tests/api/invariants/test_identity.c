/*
 * Remembered passes and packed states belong to generations, never to addresses: what is freed and made anew at the
 * same place is another thing. The allocator below makes sure that it is at the same place.
 */
#include "mlp/mlp.h"
#include "api/invariants/passes.h"
#include "api/refusal.h"

#include <math.h>
#include <stdlib.h>

/* ---- An allocator that hands out the block freed last: all blocks are of one size ---- */

enum { BLOCK = 1 << 19, MOST_KEPT = 64 };

static void *kept[MOST_KEPT];
static int kept_count;

static void *reuse_block(int64_t bytes, int64_t alignment, void *context)
{
    (void)context;
    if (bytes > BLOCK || alignment > 4096)
        return NULL;
    return kept_count > 0 ? kept[--kept_count] : aligned_alloc(4096, BLOCK);
}

static void keep_block(void *memory, void *context)
{
    (void)context;
    if (kept_count < MOST_KEPT)
        kept[kept_count++] = memory;
    else
        free(memory);
}

static void free_kept(void)
{
    while (kept_count > 0)
        free(kept[--kept_count]);
}

/* ---- Models ---- */

static mlp_model *create_model(mlp_dtype dtype, uint64_t seed)
{
    mlp_model *model = NULL;
    accepted(passes_create_model(dtype, seed, &model));
    return model;
}

static mlp_workspace *create_workspace(const mlp_model *model)
{
    mlp_workspace *workspace = NULL;
    accepted(passes_create_workspace(model, &workspace));
    return workspace;
}

static passes_results run_in(const mlp_model *model, mlp_workspace *workspace)
{
    passes_results results;
    memset(&results, 0, sizeof results);
    accepted(passes_run(model, workspace, &results));
    return results;
}

static passes_results run_in_fresh_workspace(const mlp_model *model)
{
    mlp_workspace *workspace = create_workspace(model);
    const passes_results results = run_in(model, workspace);
    mlp_workspace_destroy(workspace);
    return results;
}

/* No derivative is taken, and nothing written. */
static void check_stale(const mlp_model *model, mlp_workspace *workspace, mlp_status status, const char *word)
{
    passes_results results, before;
    memset(&results, 77, sizeof results);
    before = results;
    for (int32_t number = 0; number < PASSES_DERIVATIVES; number++)
        refused(passes_derivative(number, model, workspace, &results), status, word);
    assert_memory_equal(&results, &before, sizeof results);
}

/* A model freed, another made in its place, with a workspace that remembers a pass of the first. */
static void check_reborn_model(mlp_dtype dtype, int prepared)
{
    mlp_model *first = create_model(dtype, 1);
    mlp_workspace *workspace = create_workspace(first);
    if (prepared)
        accepted(mlp_workspace_prepare(workspace, first));
    const passes_results old = run_in(first, workspace);
    const uint64_t generation = mlp_model_generation(first);
    const uintptr_t address = (uintptr_t)first;
    mlp_model_destroy(first);
    mlp_model *second = create_model(dtype, 2);
    assert_true((uintptr_t)second == address);
    assert_true(mlp_model_generation(second) != generation);
    check_stale(second, workspace, MLP_ERR_STATE, "model: has changed");
    assert_true(mlp_workspace_generation(workspace) ==
                generation); /* still remembered, of a model that is gone */
    const passes_results expected = run_in_fresh_workspace(second), results = run_in(second, workspace);
    assert_memory_equal(&results, &expected, sizeof expected);
    assert_memory_not_equal(&results, &old, sizeof old);
    mlp_workspace_destroy(workspace);
    mlp_model_destroy(second);
}

static void test_reborn_model(void **state)
{
    (void)state;
    for (int prepared = 0; prepared < 2; prepared++) {
        check_reborn_model(MLP_F32, prepared);
        check_reborn_model(MLP_F64, prepared);
    }
}

/* In the place of the first, a model of another architecture: the workspace has seen that address fit. */
static void test_reborn_architecture(void **state)
{
    static const int64_t other[] = {PASSES_IN, PASSES_WIDE, PASSES_WIDE + 1, PASSES_OUT};
    static const int64_t same[] = {PASSES_IN, PASSES_WIDE, PASSES_WIDE, PASSES_OUT};
    passes_results results;
    (void)state;
    for (int k = 0; k < 3; k++) {
        mlp_model *first = create_model(MLP_F64, 1), *second = NULL;
        mlp_workspace *workspace = create_workspace(first);
        const uintptr_t address = (uintptr_t)first;
        run_in(first, workspace);
        mlp_model_destroy(first);
        if (k < 2)
            accepted(mlp_model_create(MLP_F64, 3, k ? other : same, k ? MLP_GELU : MLP_TANH, &second));
        else
            accepted(mlp_model_create(MLP_F32, 3, same, MLP_GELU, &second));
        assert_true((uintptr_t)second == address);
        if (k < 2) {
            refused(passes_forward(second, workspace, &results), MLP_ERR_ARGUMENT, "model: ");
            check_stale(second, workspace, MLP_ERR_ARGUMENT, "model: ");
        } else {
            refused(passes_forward(second, workspace, &results), MLP_ERR_DTYPE, "workspace is f64");
        }
        mlp_workspace_destroy(workspace);
        mlp_model_destroy(second);
    }
}

/* A workspace made where another was remembers nothing. */
static void test_reborn_workspace(void **state)
{
    mlp_model *model = create_model(MLP_F32, 1);
    mlp_workspace *workspace = create_workspace(model);
    const uintptr_t address = (uintptr_t)workspace;
    (void)state;
    run_in(model, workspace);
    mlp_workspace_destroy(workspace);
    workspace = create_workspace(model);
    assert_true((uintptr_t)workspace == address);
    assert_int_equal(mlp_workspace_batch(workspace), 0);
    assert_true(mlp_workspace_generation(workspace) == 0);
    assert_string_equal(mlp_workspace_last_error(workspace), "");
    check_stale(model, workspace, MLP_ERR_STATE, "workspace");
    mlp_workspace_destroy(workspace);
    mlp_model_destroy(model);
}

/* ---- Generations ---- */

/* A clone shares the pass, and keeps it when the model it was made from is gone or goes its own way. */
static void test_clone(void **state)
{
    mlp_model *model = create_model(MLP_F32, 1), *clone = NULL;
    mlp_workspace *workspace = create_workspace(model);
    const passes_results expected = run_in(model, workspace);
    passes_results results = expected;
    const float one = 1;
    (void)state;
    accepted(mlp_model_clone(model, &clone));
    assert_true(mlp_model_generation(clone) == mlp_model_generation(model));
    memset(results.theta_bar, 0, sizeof results.theta_bar);
    accepted(passes_derivatives(clone, workspace, &results));
    assert_memory_equal(&results, &expected, sizeof expected);
    accepted(mlp_model_set_params_f32(model, 0, 1, &one));
    assert_true(mlp_model_generation(clone) != mlp_model_generation(model));
    check_stale(model, workspace, MLP_ERR_STATE, "model: has changed");
    accepted(passes_derivatives(clone, workspace, &results));
    assert_memory_equal(&results, &expected, sizeof expected);
    mlp_model_destroy(model);
    accepted(passes_derivatives(clone, workspace, &results));
    accepted(mlp_model_set_params_f32(clone, 0, 1, &one));
    check_stale(clone, workspace, MLP_ERR_STATE, "model: has changed");
    mlp_workspace_destroy(workspace);
    mlp_model_destroy(clone);
}

enum { CHANGES = 12 };

static mlp_status set_part(mlp_model *model, int number)
{
    static const double ones[PASSES_PARAMS] = {1, 1, 1, 1, 1, 1, 1, 1, 1};
    switch (number) {
    case 0:
        return mlp_model_set_params_f64(model, 3, 1, ones);
    case 1:
        return mlp_model_set_weights_f64(model, 1, MLP_COLUMN_MAJOR, ones, PASSES_WIDE);
    case 2:
        return mlp_model_set_weights_f64(model, 1, MLP_ROW_MAJOR, ones, PASSES_IN);
    case 3:
        return mlp_model_set_bias_f64(model, 3, ones);
    case 4:
        return mlp_model_initialize(model, MLP_INIT_ZEROS, 0);
    case 5:
        return mlp_model_initialize_layer(model, 1, MLP_INIT_ORTHOGONAL, 1, 0);
    case 6:
        return mlp_model_set_input_scaling_f64(model, ones, ones);
    case 7:
        return mlp_model_set_output_scaling_f64(model, ones, ones);
    default:
        return mlp_model_set_input_scaling_f64(model, NULL, NULL);
    }
}

/* One of the ways to change a model's parameters or scaling. */
static void change(mlp_model *model, const mlp_model *source, mlp_workspace *own, int number)
{
    static const double x[PASSES_IN * 20] = {1, 2, 3, 4}, t[PASSES_OUT * 20] = {1};
    mlp_trainer *trainer = NULL;
    if (number < CHANGES - 3) {
        accepted(set_part(model, number));
    } else if (number == CHANGES - 3) {
        accepted(mlp_model_copy_params(model, source));
    } else if (number == CHANGES - 2) {
        accepted(mlp_trainer_create(source, &trainer));
        accepted(mlp_trainer_get_model(trainer, model));
        mlp_trainer_destroy(trainer);
    } else {
        accepted(mlp_model_fit_output_f64(model, own, 20, x, PASSES_IN, t, PASSES_OUT, NULL));
    }
}

/* Every change gives a generation nobody has had, even where the values stay, and ends the remembered pass. */
static void test_changes(void **state)
{
    mlp_model *model = create_model(MLP_F64, 1), *source = create_model(MLP_F64, 2);
    mlp_workspace *workspace = create_workspace(model), *own = create_workspace(model);
    uint64_t seen[2 * CHANGES + 1] = {mlp_model_generation(model)};
    (void)state;
    for (int k = 1; k <= 2 * CHANGES; k++) {
        run_in(model, workspace);
        change(model, source, own, (k - 1) / 2); /* the second time nothing but the generation changes */
        seen[k] = mlp_model_generation(model);
        assert_true(seen[k] != 0 && seen[k] != mlp_model_generation(source));
        for (int j = 0; j < k; j++)
            assert_true(seen[j] != seen[k]);
        check_stale(model, workspace, MLP_ERR_STATE, "model: has changed");
        const passes_results results = run_in(model, workspace), expected = run_in_fresh_workspace(model);
        assert_memory_equal(&results, &expected, sizeof expected);
    }
    mlp_workspace_destroy(workspace);
    mlp_workspace_destroy(own);
    mlp_model_destroy(source);
    mlp_model_destroy(model);
}

/* What does not touch parameters or scaling, or is refused, leaves the generation and the pass alone. */
static void test_no_changes(void **state)
{
    mlp_model *model = create_model(MLP_F64, 1), *narrow = NULL;
    mlp_workspace *workspace = create_workspace(model);
    const passes_results expected = run_in(model, workspace);
    passes_results results = expected;
    const uint64_t generation = mlp_model_generation(model);
    const int64_t widths[] = {PASSES_IN, PASSES_OUT};
    const double values[PASSES_IN] = {(double)INFINITY, 1, 1};
    (void)state;
    accepted(mlp_model_create(MLP_F64, 1, widths, MLP_GELU, &narrow));
    accepted(mlp_model_set_head(model, MLP_HEAD_SOFTMAX));
    accepted(mlp_model_set_metadata(model, "key", "value"));
    refused(mlp_model_set_params_f64(model, PASSES_PARAMS, 1, values), MLP_ERR_SIZE, "");
    refused(mlp_model_set_params_f32(model, 0, 1, &(float){0}), MLP_ERR_DTYPE, "model is f64");
    refused(mlp_model_set_input_scaling_f64(model, values, values), MLP_ERR_NUMERIC, "scale[0]");
    refused(mlp_model_set_activation(model, 1, MLP_RELU), MLP_ERR_STATE, "model: ");
    refused(mlp_model_copy_params(model, narrow), MLP_ERR_ARGUMENT, "");
    assert_true(mlp_model_generation(model) == generation);
    accepted(passes_derivatives(model, workspace, &results));
    assert_memory_equal(&results, &expected, sizeof expected);
    mlp_workspace_destroy(workspace);
    mlp_model_destroy(narrow);
    mlp_model_destroy(model);
}

/* copy_params: parameters and scaling come over, head and metadata stay, the architecture is sealed. */
static void test_copy_params(void **state)
{
    static const int64_t widths[] = {PASSES_IN, PASSES_WIDE, PASSES_WIDE, PASSES_OUT};
    mlp_model *source = create_model(MLP_F32, 1), *model = NULL;
    (void)state;
    accepted(mlp_model_set_head(source, MLP_HEAD_SOFTMAX));
    accepted(mlp_model_set_metadata(source, "from", "source"));
    accepted(mlp_model_create(MLP_F32, 3, widths, MLP_GELU, &model));
    accepted(mlp_model_set_head(model, MLP_HEAD_SIGMOID));
    accepted(mlp_model_set_metadata(model, "own", "model"));
    accepted(mlp_model_copy_params(model, source));
    const passes_results results = run_in_fresh_workspace(model), expected = run_in_fresh_workspace(source);
    assert_memory_equal(&results, &expected, sizeof expected);
    assert_int_equal(mlp_model_head(model), MLP_HEAD_SIGMOID);
    assert_int_equal(mlp_model_metadata_count(model), 1);
    assert_int_equal(mlp_model_metadata(model, "from", NULL, 0), 0);
    refused(mlp_model_set_activation(model, 1, MLP_RELU), MLP_ERR_STATE, "model: ");
    mlp_model_destroy(source);
    mlp_model_destroy(model);
}

/* Clones whose architectures part share a generation; a pass of one is none of the other's. */
static void test_parted_clones(void **state)
{
    static const int64_t widths[] = {PASSES_IN, PASSES_WIDE, PASSES_WIDE, PASSES_OUT};
    mlp_model *model = NULL, *clone = NULL;
    (void)state;
    accepted(mlp_model_create(MLP_F64, 3, widths, MLP_TANH, &model));
    accepted(mlp_model_clone(model, &clone));
    mlp_workspace *workspace = create_workspace(model);
    run_in(model, workspace);
    run_in(clone, workspace);
    accepted(mlp_model_set_activation(clone, 2, MLP_SIGMOID));
    check_stale(clone, workspace, MLP_ERR_ARGUMENT, "model: ");
    accepted(mlp_model_set_activation(clone, 2, MLP_TANH)); /* the same architecture again */
    const passes_results results = run_in(clone, workspace), expected = run_in(model, workspace);
    assert_memory_equal(&results, &expected, sizeof expected);
    mlp_workspace_destroy(workspace);
    mlp_model_destroy(model);
    mlp_model_destroy(clone);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reborn_model),     cmocka_unit_test(test_reborn_architecture),
        cmocka_unit_test(test_reborn_workspace), cmocka_unit_test(test_clone),
        cmocka_unit_test(test_changes),          cmocka_unit_test(test_no_changes),
        cmocka_unit_test(test_copy_params),      cmocka_unit_test(test_parted_clones),
    };
    if (mlp_set_allocator(reuse_block, keep_block, NULL) != MLP_OK)
        return 1;
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    free_kept();
    return failed;
}
