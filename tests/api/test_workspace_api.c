/* Every function of mlp/workspace.h that has no number type, wrong in turn and right, against the library alone. */
#include "mlp/mlp.h"
#include "api/refusal.h"
#include "support/failing_allocator.h"

#include <pthread.h>
#include <stdlib.h>

enum { N_IN = 3, HIDDEN = 5, N_OUT = 2, BATCH = 4, PARAMS = 32, ALIGNMENT = 64, GUARD = 0xa5 };

static const int64_t widths[] = {N_IN, HIDDEN, N_OUT};

static const double x[N_IN * BATCH] = {1, -2, 3, 0.5, 0, -1};

static mlp_model *create_model(mlp_dtype dtype, mlp_activation hidden)
{
    mlp_model *model = NULL;
    accepted(mlp_model_create(dtype, 2, widths, hidden, &model));
    accepted(mlp_model_initialize(model, MLP_INIT_HE_NORMAL, 5));
    return model;
}

/* All there is, with room for the Laplacian. */
#define EVERYTHING                                                                                           \
    (MLP_USE_SECOND_ORDER + (N_IN + 1) * MLP_USE_STREAM + MLP_USE_SAMPLES + MLP_USE_LEAST_SQUARES)

static mlp_workspace *create(const mlp_model *model, int32_t uses)
{
    mlp_workspace *workspace = NULL;
    accepted(mlp_workspace_create(model, BATCH, 1, uses, &workspace));
    return workspace;
}

/* Everything a workspace with derivatives is for, and what its other uses are for, with outputs compared by their bits. */
typedef struct results {
    double y[N_OUT * BATCH], x_bar[N_IN * BATCH], y_dot[N_OUT * BATCH], theta_bar[PARAMS],
        J[N_OUT * N_IN * BATCH], clipped[PARAMS], K[BATCH * BATCH], JtJ[PARAMS * PARAMS], Jtr[PARAMS],
        laplacian[N_OUT * BATCH], jet_theta_bar[PARAMS];
} results;

static results use(const mlp_model *model, mlp_workspace *workspace)
{
    static const double theta_dot[PARAMS] = {1, 2, 3};
    results r = {.y = {0}};
    accepted(mlp_forward_f64(model, workspace, BATCH, x, N_IN, r.y, N_OUT));
    accepted(mlp_vjp_f64(model, workspace, x, N_IN, r.x_bar, N_IN, r.theta_bar));
    accepted(mlp_jvp_f64(model, workspace, x, N_IN, theta_dot, r.y_dot, N_OUT));
    accepted(mlp_jacobian_output_f64(model, workspace, 2, 0, r.J, N_OUT, N_OUT * N_IN));
    if (mlp_workspace_uses(workspace) & MLP_USE_SAMPLES) {
        accepted(mlp_sample_clipped_sum_f64(model, workspace, x, N_IN, 0.5, NULL, r.clipped));
        accepted(mlp_sample_inner_products_f64(model, workspace, x, N_IN, r.K, BATCH));
    }
    if (mlp_workspace_uses(workspace) & MLP_USE_LEAST_SQUARES)
        accepted(mlp_jacobian_normal_add_f64(model, workspace, x, N_IN, r.JtJ, PARAMS, r.Jtr));
    if (mlp_workspace_uses(workspace) & MLP_USE_SECOND_ORDER) {
        accepted(mlp_laplacian_f64(model, workspace, NULL, NULL, r.laplacian, N_OUT));
        accepted(mlp_jet_vjp_f64(model, workspace, NULL, 0, NULL, x, N_OUT, NULL, 0, r.jet_theta_bar));
    }
    return r;
}

static void check_same(const results *a, const results *b)
{
    assert_memory_equal(a->y, b->y, sizeof a->y);
    assert_memory_equal(a->x_bar, b->x_bar, sizeof a->x_bar);
    assert_memory_equal(a->y_dot, b->y_dot, sizeof a->y_dot);
    assert_memory_equal(a->theta_bar, b->theta_bar, sizeof a->theta_bar);
    assert_memory_equal(a->J, b->J, sizeof a->J);
    assert_memory_equal(a->clipped, b->clipped, sizeof a->clipped);
    assert_memory_equal(a->K, b->K, sizeof a->K);
    assert_memory_equal(a->JtJ, b->JtJ, sizeof a->JtJ);
    assert_memory_equal(a->Jtr, b->Jtr, sizeof a->Jtr);
    assert_memory_equal(a->laplacian, b->laplacian, sizeof a->laplacian);
    assert_memory_equal(a->jet_theta_bar, b->jet_theta_bar, sizeof a->jet_theta_bar);
}

/* ---- Creation ---- */

/* `count` bytes, at a multiple of ALIGNMENT, all GUARD. */
static unsigned char *guarded_memory(int64_t count)
{
    unsigned char *memory = aligned_alloc(ALIGNMENT, (size_t)(count + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
    assert_non_null(memory);
    memset(memory, GUARD, (size_t)count);
    return memory;
}

static void check_guard(const unsigned char *memory, int64_t count)
{
    for (int64_t i = 0; i < count; i++)
        assert_int_equal(memory[i], GUARD);
}

/* The three functions that take a request agree on what is wrong with it. */
static void test_bad_requests(void **state)
{
    enum { ROOM = 1 << 16 };
    mlp_model *model = create_model(MLP_F32, MLP_TANH);
    unsigned char *memory = guarded_memory(ROOM);
    const struct {
        const mlp_model *model;
        int64_t max_batch;
        int32_t threads, uses;
        mlp_status status;
        const char *word;
    } cases[] = {
        {NULL, 1, 1, MLP_USE_FORWARD, MLP_ERR_ARGUMENT, "model = NULL"},
        {model, 0, 1, MLP_USE_FORWARD, MLP_ERR_SIZE, "max_batch = 0"},
        {model, -1, 1, MLP_USE_FORWARD, MLP_ERR_SIZE, "max_batch = -1"},
        {model, 2147483648, 1, MLP_USE_FORWARD, MLP_ERR_SIZE, "max_batch = 2147483648"},
        {model, INT64_MIN, 1, MLP_USE_FORWARD, MLP_ERR_SIZE, "max_batch = -9223372036854775808"},
        {model, INT64_MAX, 1, MLP_USE_FORWARD, MLP_ERR_SIZE, "max_batch = 9223372036854775807"},
        {model, 1, 0, MLP_USE_FORWARD, MLP_ERR_SIZE, "threads = 0"},
        {model, 1, -1, MLP_USE_FORWARD, MLP_ERR_SIZE, "threads = -1"},
        {model, 1, 1025, MLP_USE_FORWARD, MLP_ERR_SIZE, "threads = 1025"},
        {model, 1, INT32_MIN, MLP_USE_FORWARD, MLP_ERR_SIZE, "threads = -2147483648"},
        {model, 1, INT32_MAX, MLP_USE_FORWARD, MLP_ERR_SIZE, "threads = 2147483647"},
        {model, 1, 1, 0, MLP_ERR_ARGUMENT, "uses = 0"},
        {model, 1, 1, -1, MLP_ERR_ARGUMENT, "uses = -1"},
        {model, 1, 1, 1 << 30, MLP_ERR_ARGUMENT, "uses = 1073741824"},
        {model, 1, 1, INT32_MIN, MLP_ERR_ARGUMENT, "uses = -2147483648"},
        {model, 1, 1, INT32_MAX, MLP_ERR_ARGUMENT, "uses = 2147483647"},
        {model, 1, 1, 32, MLP_ERR_ARGUMENT, "uses = 32"},
        {model, 1, 1, MLP_USE_STREAM, MLP_ERR_ARGUMENT, "uses = 65536"},
        {model, 1, 1, MLP_USE_DERIVATIVES + MLP_USE_STREAM, MLP_ERR_ARGUMENT, "MLP_USE_STREAM needs"},
        {model, 1, 1, MLP_USE_SECOND_ORDER + 32 + MLP_USE_STREAM, MLP_ERR_ARGUMENT, "uses = 65572"},
        {model, 1, 1, MLP_USE_STREAM / 2 + MLP_USE_SECOND_ORDER, MLP_ERR_ARGUMENT, "uses = 32772"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        mlp_workspace *workspace = (mlp_workspace *)(uintptr_t)ALIGNMENT;
        int64_t bytes = 77;
        refused(mlp_workspace_create(cases[i].model, cases[i].max_batch, cases[i].threads, cases[i].uses,
                                     &workspace),
                cases[i].status, cases[i].word);
        assert_null(workspace);
        workspace = (mlp_workspace *)(uintptr_t)ALIGNMENT;
        refused(mlp_workspace_create_in(cases[i].model, cases[i].max_batch, cases[i].threads, cases[i].uses,
                                        memory, ROOM, &workspace),
                cases[i].status, cases[i].word);
        assert_null(workspace);
        refused(
            mlp_workspace_size(cases[i].model, cases[i].max_batch, cases[i].threads, cases[i].uses, &bytes),
            cases[i].status, cases[i].word);
        assert_int_equal(bytes, 77);
    }
    refused(mlp_workspace_create(model, 1, 1, MLP_USE_FORWARD, NULL), MLP_ERR_ARGUMENT, "workspace = NULL");
    refused(mlp_workspace_size(model, 1, 1, MLP_USE_FORWARD, NULL), MLP_ERR_ARGUMENT, "bytes = NULL");
    refused(mlp_workspace_create_in(model, 1, 1, MLP_USE_FORWARD, memory, ROOM, NULL), MLP_ERR_ARGUMENT,
            "workspace = NULL");
    check_guard(memory, ROOM);
    free(memory);
    mlp_model_destroy(model);
}

static void test_bad_memory(void **state)
{
    mlp_model *model = create_model(MLP_F64, MLP_TANH);
    int64_t needed = 0;
    (void)state;
    accepted(mlp_workspace_size(model, BATCH, 1, MLP_USE_DERIVATIVES, &needed));
    unsigned char *memory = guarded_memory(needed + ALIGNMENT);
    const struct {
        void *memory;
        int64_t bytes;
        mlp_status status;
        const char *word;
    } cases[] = {
        {NULL, needed, MLP_ERR_ARGUMENT, "memory = NULL"},
        {memory + 1, needed, MLP_ERR_ARGUMENT, "memory = "},
        {memory + ALIGNMENT / 2, needed, MLP_ERR_ARGUMENT, "memory = "},
        {memory, needed - 1, MLP_ERR_SIZE, "bytes = "},
        {memory, 0, MLP_ERR_SIZE, "bytes = 0"},
        {memory, -1, MLP_ERR_SIZE, "bytes = -1"},
        {memory, INT64_MIN, MLP_ERR_SIZE, "bytes = -9223372036854775808"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        mlp_workspace *workspace = (mlp_workspace *)(uintptr_t)ALIGNMENT;
        refused(mlp_workspace_create_in(model, BATCH, 1, MLP_USE_DERIVATIVES, cases[i].memory, cases[i].bytes,
                                        &workspace),
                cases[i].status, cases[i].word);
        assert_null(workspace);
    }
    check_guard(memory, needed + ALIGNMENT);
    free(memory);
    mlp_model_destroy(model);
}

/* In exactly the bytes it asks for: no allocation, nothing written beyond, the same results, and nothing freed. */
static void test_create_in(void **state)
{
    mlp_model *model = create_model(MLP_F64, MLP_SOFTPLUS);
    mlp_workspace *own = create(model, EVERYTHING);
    const results expected = use(model, own);
    (void)state;
    for (int32_t threads = 1; threads <= 8; threads *= 2) {
        int64_t needed = 0;
        mlp_workspace *workspace = NULL;
        accepted(mlp_workspace_size(model, BATCH, threads, EVERYTHING, &needed));
        assert_true(needed > 0);
        unsigned char *memory = guarded_memory(needed + 3 * ALIGNMENT);
        const int64_t calls = failing_allocator_calls(), live = failing_allocator_live();
        failing_allocator_fail_from(0);
        accepted(mlp_workspace_create_in(model, BATCH, threads, EVERYTHING, memory + ALIGNMENT, needed,
                                         &workspace));
        accepted(mlp_workspace_prepare(workspace, model));
        const results r = use(model, workspace);
        failing_allocator_relent();
        check_same(&r, &expected);
        mlp_workspace_destroy(workspace);
        assert_int_equal(failing_allocator_calls(), calls);
        assert_int_equal(failing_allocator_live(), live);
        check_guard(memory, ALIGNMENT);
        check_guard(memory + ALIGNMENT + needed, 2 * ALIGNMENT);
        free(memory);
    }
    mlp_workspace_destroy(own);
    mlp_model_destroy(model);
}

/* More room for more samples and for derivatives, which include forward passes. */
static void test_size(void **state)
{
    mlp_model *model = create_model(MLP_F64, MLP_TANH);
    int64_t small = 0, large = 0, forward = 0, sum = 0;
    (void)state;
    accepted(mlp_workspace_size(model, 100, 1, MLP_USE_DERIVATIVES, &small));
    accepted(mlp_workspace_size(model, 200, 1, MLP_USE_DERIVATIVES, &large));
    accepted(mlp_workspace_size(model, 100, 1, MLP_USE_FORWARD, &forward));
    accepted(mlp_workspace_size(model, 100, 1, MLP_USE_FORWARD + MLP_USE_DERIVATIVES, &sum));
    assert_true(small < large && forward < small && sum == small);
    for (int32_t use = MLP_USE_SAMPLES; use <= MLP_USE_LEAST_SQUARES; use *= 2) {
        accepted(mlp_workspace_size(model, 100, 1, use, &large));
        accepted(mlp_workspace_size(model, 100, 1, use + MLP_USE_DERIVATIVES, &sum));
        assert_true(small < large && sum == large);
    }
    accepted(mlp_workspace_size(model, 100, 1, MLP_USE_SAMPLES + MLP_USE_LEAST_SQUARES, &sum));
    assert_true(large < sum);
    accepted(mlp_workspace_size(model, INT32_MAX, 1024, MLP_USE_DERIVATIVES, &large));
    assert_true(large > (int64_t)INT32_MAX * (N_IN + HIDDEN + N_OUT) * (int64_t)sizeof(double));
    mlp_model_destroy(model);
}

/* Second order includes first derivatives and has room for two streams; every stream more takes as much. */
static void test_streams(void **state)
{
    mlp_model *model = create_model(MLP_F64, MLP_TANH);
    mlp_workspace *workspace = NULL;
    int64_t derivatives = 0, bytes[5] = {0}, huge = 0;
    (void)state;
    accepted(mlp_workspace_size(model, 1000, 1, MLP_USE_DERIVATIVES, &derivatives));
    for (int32_t streams = 0; streams < 5; streams++)
        accepted(mlp_workspace_size(model, 1000, 1, MLP_USE_SECOND_ORDER + streams * MLP_USE_STREAM,
                                    &bytes[streams]));
    assert_true(derivatives < bytes[1] && bytes[1] < bytes[2] && bytes[0] == bytes[2]);
    assert_true(bytes[4] - bytes[3] == bytes[3] - bytes[2]);
    assert_true(bytes[4] - bytes[3] >= 1000 * (N_IN + HIDDEN + N_OUT) * (int64_t)sizeof(double));
    accepted(mlp_workspace_size(model, 100, 1, MLP_USE_SECOND_ORDER + 32767 * MLP_USE_STREAM, &huge));
    assert_true(huge > (int64_t)100 * 32767 * (N_IN + HIDDEN + N_OUT) * (int64_t)sizeof(double));
    accepted(mlp_workspace_create(model, BATCH, 1, MLP_USE_SECOND_ORDER + 5 * MLP_USE_STREAM, &workspace));
    assert_int_equal(mlp_workspace_uses(workspace),
                     MLP_USE_FORWARD + MLP_USE_DERIVATIVES + MLP_USE_SECOND_ORDER + 5 * MLP_USE_STREAM);
    mlp_workspace_destroy(workspace);
    mlp_model_destroy(model);
}

static mlp_status live_a_life(void *context)
{
    const mlp_model *model = context;
    mlp_workspace *workspace = (mlp_workspace *)(uintptr_t)ALIGNMENT;
    const mlp_status status = mlp_workspace_create(model, BATCH, 2, EVERYTHING, &workspace);
    assert_int_equal(!workspace, status != MLP_OK);
    if (status == MLP_OK) {
        accepted(mlp_workspace_prepare(workspace, model));
        (void)use(model, workspace);
    } else {
        refused(status, MLP_ERR_MEMORY, "workspace: cannot allocate");
    }
    mlp_workspace_destroy(workspace);
    return status;
}

static void test_failing_allocations(void **state)
{
    mlp_model *model = create_model(MLP_F64, MLP_TANH);
    (void)state;
    assert_int_equal(failing_allocator_sweep(live_a_life, model), 1);
    mlp_model_destroy(model);
}

/* ---- Queries ---- */

static void test_queries(void **state)
{
    mlp_model *model = create_model(MLP_F64, MLP_TANH);
    mlp_workspace *workspace = NULL;
    (void)state;
    mlp_workspace_destroy(NULL);
    assert_int_equal(mlp_workspace_max_batch(NULL), 0);
    assert_int_equal(mlp_workspace_threads(NULL), 0);
    assert_int_equal(mlp_workspace_uses(NULL), 0);
    assert_int_equal(mlp_workspace_batch(NULL), 0);
    assert_true(mlp_workspace_generation(NULL) == 0);
    assert_string_equal(mlp_workspace_last_error(NULL), "");
    for (int32_t uses = MLP_USE_FORWARD; uses <= MLP_USE_FORWARD + MLP_USE_DERIVATIVES; uses++) {
        accepted(mlp_workspace_create(model, BATCH + uses, 1 + uses, uses, &workspace));
        assert_int_equal(mlp_workspace_max_batch(workspace), BATCH + uses);
        assert_int_equal(mlp_workspace_threads(workspace), 1 + uses);
        assert_int_equal(mlp_workspace_uses(workspace), uses | MLP_USE_FORWARD);
        assert_int_equal(mlp_workspace_batch(workspace), 0);
        assert_true(mlp_workspace_generation(workspace) == 0);
        assert_string_equal(mlp_workspace_last_error(workspace), "");
        mlp_workspace_destroy(workspace);
    }
    mlp_model_destroy(model);
}

/* What a use includes, and what describes it. */
static void test_uses(void **state)
{
    static const struct {
        int32_t asked, made;
        const char *text;
    } cases[] = {
        {MLP_USE_FORWARD, MLP_USE_FORWARD, "for forward, "},
        {MLP_USE_DERIVATIVES, MLP_USE_FORWARD + MLP_USE_DERIVATIVES, "for forward, derivatives, "},
        {MLP_USE_SAMPLES, MLP_USE_FORWARD + MLP_USE_DERIVATIVES + MLP_USE_SAMPLES,
         "for forward, derivatives, samples, "},
        {MLP_USE_LEAST_SQUARES, MLP_USE_FORWARD + MLP_USE_DERIVATIVES + MLP_USE_LEAST_SQUARES,
         "for forward, derivatives, least squares, "},
        {MLP_USE_SAMPLES + MLP_USE_LEAST_SQUARES,
         MLP_USE_FORWARD + MLP_USE_DERIVATIVES + MLP_USE_SAMPLES + MLP_USE_LEAST_SQUARES,
         "for forward, derivatives, samples, least squares, "},
    };
    mlp_model *model = create_model(MLP_F64, MLP_TANH);
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[1024];
        mlp_workspace *workspace = create(model, cases[i].asked);
        assert_int_equal(mlp_workspace_uses(workspace), cases[i].made);
        assert_true(mlp_workspace_describe(workspace, text, sizeof text) > 0);
        assert_non_null(strstr(text, cases[i].text));
        mlp_workspace_destroy(workspace);
    }
    mlp_model_destroy(model);
}

static void *fail_elsewhere(void *context)
{
    refused(mlp_workspace_describe(context, NULL, -3), MLP_ERR_SIZE, "size = -3");
    return NULL;
}

/* A workspace keeps its own message: from any thread, over successful calls, beside those of other workspaces. */
static void test_last_error(void **state)
{
    mlp_model *model = create_model(MLP_F64, MLP_TANH);
    mlp_workspace *one = create(model, MLP_USE_DERIVATIVES), *two = create(model, MLP_USE_DERIVATIVES);
    pthread_t thread;
    (void)state;
    refused(mlp_forward_f64(model, one, BATCH, x, 1, NULL, 0), MLP_ERR_SIZE, "ldx = 1");
    (void)use(model, one);
    assert_non_null(strstr(mlp_workspace_last_error(one), "ldx = 1"));
    assert_string_equal(mlp_workspace_last_error(two), "");
    assert_int_equal(pthread_create(&thread, NULL, fail_elsewhere, two), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_non_null(strstr(mlp_workspace_last_error(two), "size = -3"));
    assert_non_null(strstr(mlp_workspace_last_error(one), "ldx = 1"));
    assert_non_null(strstr(mlp_last_error(), "ldx = 1")); /* this thread's */
    mlp_workspace_destroy(one);
    mlp_workspace_destroy(two);
    mlp_model_destroy(model);
}

/* ---- Preparation and architectures ---- */

static void test_prepare(void **state)
{
    mlp_model *model = create_model(MLP_F64, MLP_TANH), *relu = create_model(MLP_F64, MLP_RELU),
              *f32 = create_model(MLP_F32, MLP_TANH);
    mlp_workspace *workspace = create(model, EVERYTHING), *shallow = create(model, MLP_USE_FORWARD);
    const results expected = use(model, workspace);
    (void)state;
    refused(mlp_workspace_prepare(NULL, model), MLP_ERR_ARGUMENT, "workspace = NULL");
    refused(mlp_workspace_prepare(workspace, NULL), MLP_ERR_ARGUMENT, "model = NULL");
    assert_string_equal(mlp_workspace_last_error(workspace), mlp_last_error());
    refused(mlp_workspace_prepare(workspace, f32), MLP_ERR_DTYPE, "the model is f32");
    assert_string_equal(mlp_workspace_last_error(workspace), mlp_last_error());
    refused(mlp_workspace_prepare(workspace, relu), MLP_ERR_ARGUMENT, "model: its widths or activations");
    assert_string_equal(mlp_workspace_last_error(workspace), mlp_last_error());
    const int64_t calls = failing_allocator_calls();
    assert_int_equal(mlp_workspace_batch(workspace), BATCH);
    accepted(mlp_workspace_prepare(workspace, model));
    assert_int_equal(mlp_workspace_batch(workspace), 0);
    assert_true(mlp_workspace_generation(workspace) == 0);
    accepted(mlp_workspace_prepare(shallow, model));
    assert_int_equal(failing_allocator_calls(), calls);
    const results again = use(model, workspace);
    check_same(&again, &expected);
    mlp_workspace_destroy(workspace);
    mlp_workspace_destroy(shallow);
    mlp_model_destroy(model);
    mlp_model_destroy(relu);
    mlp_model_destroy(f32);
}

/* A workspace outlives the model it was made for, and serves every other one of its architecture. */
static void test_destruction_order(void **state)
{
    mlp_model *model = create_model(MLP_F64, MLP_SINE), *clone = NULL;
    mlp_workspace *workspace = create(model, MLP_USE_DERIVATIVES);
    const results expected = use(model, workspace);
    (void)state;
    accepted(mlp_model_clone(model, &clone));
    mlp_model_destroy(model);
    const results again = use(clone, workspace);
    check_same(&again, &expected);
    mlp_model_destroy(clone);
    assert_int_equal(mlp_workspace_batch(workspace), BATCH);
    model = create_model(MLP_F64, MLP_SINE); /* equal, and a stranger */
    const results third = use(model, workspace);
    check_same(&third, &expected);
    mlp_workspace_destroy(workspace);
    workspace = create(model, MLP_USE_DERIVATIVES);
    mlp_workspace_destroy(workspace);
    mlp_model_destroy(model);
}

static int32_t copy_values(int32_t order, int64_t n, const double *z, double *out, void *context)
{
    (void)context;
    for (int64_t i = 0; i < n; i++)
        out[i] = order == 0 ? z[i] : 1;
    return 0;
}

static void count_release(void *context)
{
    ++*(int *)context;
}

/* A workspace in the caller's memory holds a registered activation like any other: released once, with the last. */
static void test_registered_activation(void **state)
{
    mlp_activation activation = 0;
    mlp_workspace *workspace = NULL;
    int64_t needed = 0;
    int released = 0;
    (void)state;
    accepted(mlp_activation_register("copy", 1, copy_values, &released, count_release, &activation));
    mlp_model *model = create_model(MLP_F64, activation);
    accepted(mlp_workspace_size(model, BATCH, 1, MLP_USE_DERIVATIVES, &needed));
    unsigned char *memory = guarded_memory(needed);
    accepted(mlp_workspace_create_in(model, BATCH, 1, MLP_USE_DERIVATIVES, memory, needed, &workspace));
    (void)use(model, workspace);
    accepted(mlp_activation_unregister(activation));
    (void)use(model, workspace);
    mlp_model_destroy(model);
    assert_int_equal(released, 0);
    mlp_workspace_destroy(workspace);
    assert_int_equal(released, 1);
    free(memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bad_requests),
        cmocka_unit_test(test_bad_memory),
        cmocka_unit_test(test_create_in),
        cmocka_unit_test(test_size),
        cmocka_unit_test(test_failing_allocations),
        cmocka_unit_test(test_queries),
        cmocka_unit_test(test_uses),
        cmocka_unit_test(test_last_error),
        cmocka_unit_test(test_prepare),
        cmocka_unit_test(test_streams),
        cmocka_unit_test(test_destruction_order),
        cmocka_unit_test(test_registered_activation),
    };
    if (mlp_set_allocator(failing_allocate, failing_deallocate, NULL) != MLP_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
