/* mlp_workspace_tune(): it may change the time of passes, and nothing else. */
#include "api/description.h"
#include "support/draw.h"
#include "support/failing_allocator.h"

enum { N_IN = 16, N_OUT = 4, MOST = 70 };

static const int64_t widths[] = {N_IN, 64, 300, N_OUT};

static double x[N_IN * MOST];

static mlp_model *create_model(mlp_activation hidden)
{
    mlp_model *model;
    draw d = {7};
    accepted(mlp_model_create(MLP_F64, 3, widths, hidden, &model));
    accepted(mlp_model_initialize(model, MLP_INIT_HE_NORMAL, 5));
    for (int i = 0; i < N_IN * MOST; i++)
        x[i] = draw_real(&d, -1, 1);
    return model;
}

/* Passes of every batch from two on have the bits they had before; one sample keeps its own. */
static void check_tuned(const mlp_model *model, int32_t threads, int32_t uses)
{
    static const int64_t at[] = {1, 2, 3, 5, 8, 16, 33, 70};
    double plain[N_OUT * MOST], tuned[N_OUT * MOST];
    mlp_workspace *one, *other;
    accepted(mlp_workspace_create(model, MOST, threads, uses, &one));
    accepted(mlp_workspace_create(model, MOST, threads, uses, &other));
    for (size_t i = 0; i < sizeof at / sizeof *at; i++)
        accepted(mlp_workspace_tune(other, model, at[i]));
    for (int64_t batch = 1; batch <= MOST; batch++) {
        accepted(mlp_forward_f64(model, one, batch, x, N_IN, plain, N_OUT));
        accepted(mlp_forward_f64(model, other, batch, x, N_IN, tuned, N_OUT));
        assert_memory_equal(plain, tuned, (size_t)(batch * N_OUT) * sizeof *plain);
    }
    mlp_workspace_destroy(one);
    mlp_workspace_destroy(other);
}

static void test_tuned_bits(void **state)
{
    mlp_model *model = create_model(MLP_TANH);
    (void)state;
    for (int32_t threads = 1; threads <= 3; threads++)
        for (int32_t uses = MLP_USE_FORWARD; uses <= MLP_USE_DERIVATIVES; uses++)
            check_tuned(model, threads, uses);
    mlp_model_destroy(model);
}

/* The text tells of it, until an option is set; the remembered pass is gone; nothing is left allocated. */
static void test_tune(void **state)
{
    mlp_model *model = create_model(MLP_TANH);
    mlp_workspace *workspace;
    double y[N_OUT * MOST];
    (void)state;
    accepted(mlp_workspace_create(model, MOST, 2, MLP_USE_DERIVATIVES, &workspace));
    accepted(mlp_forward_f64(model, workspace, 9, x, N_IN, y, N_OUT));
    const int64_t live = failing_allocator_live();
    accepted(mlp_workspace_tune(workspace, model, 40));
    assert_int_equal(failing_allocator_live(), live);
    assert_int_equal(mlp_workspace_batch(workspace), 0);
    says(description(workspace, 10), "\nbatch 1: modelled, ");
    says(description(workspace, 10), "\nbatch 70: tuned, ");
    accepted(mlp_workspace_tune(workspace, model, 1));
    says(description(workspace, 10), "\nbatch 1: tuned, ");
    accepted(mlp_workspace_set_int(workspace, MLP_WORKSPACE_COMMON_ORDER, 0));
    says(description(workspace, 10), "\nbatch 1: modelled, ");
    says(description(workspace, 10), "\nbatch 70: modelled, ");
    accepted(mlp_workspace_tune(workspace, model, 34)); /* less than half of what is described */
    says(description(workspace, 10), "\nbatch 70: modelled, ");
    accepted(mlp_workspace_set_int(workspace, MLP_WORKSPACE_ENGINE, MLP_ENGINE_BLAS));
    accepted(mlp_workspace_tune(workspace, model, 70));
    says(description(workspace, 10), "\nbatch 70: modelled, ");
    mlp_workspace_destroy(workspace);
    mlp_model_destroy(model);
}

static void test_tune_wrongly(void **state)
{
    mlp_model *model = create_model(MLP_TANH), *relu = create_model(MLP_RELU), *f32;
    mlp_workspace *workspace;
    double y[N_OUT];
    (void)state;
    accepted(mlp_model_create(MLP_F32, 3, widths, MLP_TANH, &f32));
    accepted(mlp_workspace_create(model, 9, 1, MLP_USE_DERIVATIVES, &workspace));
    accepted(mlp_forward_f64(model, workspace, 1, x, N_IN, y, N_OUT));
    const struct {
        mlp_workspace *workspace;
        const mlp_model *model;
        int64_t batch;
        mlp_status status;
        const char *word;
    } cases[] = {
        {NULL, model, 1, MLP_ERR_ARGUMENT, "workspace = NULL"},
        {workspace, NULL, 1, MLP_ERR_ARGUMENT, "model = NULL"},
        {workspace, relu, 1, MLP_ERR_ARGUMENT, "model: its widths or activations"},
        {workspace, f32, 1, MLP_ERR_DTYPE, "the model is f32"},
        {workspace, model, 0, MLP_ERR_SIZE, "batch = 0"},
        {workspace, model, 10, MLP_ERR_SIZE, "batch = 10"},
        {workspace, model, -1, MLP_ERR_SIZE, "batch = -1"},
        {workspace, model, INT64_MAX, MLP_ERR_SIZE, "batch = 9223372036854775807"},
        {workspace, model, INT64_MIN, MLP_ERR_SIZE, "batch = -9223372036854775808"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        refused(mlp_workspace_tune(cases[i].workspace, cases[i].model, cases[i].batch), cases[i].status,
                cases[i].word);
        if (cases[i].workspace)
            assert_string_equal(mlp_workspace_last_error(workspace), mlp_last_error());
    }
    failing_allocator_fail_once(0);
    refused(mlp_workspace_tune(workspace, model, 9), MLP_ERR_MEMORY, "inputs to measure with");
    failing_allocator_relent();
    assert_int_equal(mlp_workspace_batch(workspace), 1);
    says(description(workspace, 10), "\nbatch 9: modelled, ");
    mlp_workspace_destroy(workspace);
    mlp_model_destroy(model);
    mlp_model_destroy(relu);
    mlp_model_destroy(f32);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tuned_bits),
        cmocka_unit_test(test_tune),
        cmocka_unit_test(test_tune_wrongly),
    };
    if (mlp_set_allocator(failing_allocate, failing_deallocate, NULL) != MLP_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
