/* What a workspace plans: how it says so, and the memory it takes. */
#include "api/description.h"
#include "support/failing_allocator.h"

#include <inttypes.h>
#include <stdio.h>

/* ---- The whole ---- */

typedef struct parts {
    int64_t tape, scratch, panel, tiles, streams, samples, rows, threads, tables;
} parts;

/* What the text says of the bytes, which add up to `bytes`. */
static parts parts_in(const char *text, int64_t bytes)
{
    parts p;
    char line[64];
    snprintf(line, sizeof line, ", %lld bytes\nbytes: ", (long long)bytes);
    says(text, line);
    assert_int_equal(sscanf(strstr(text, "\nbytes: "),
                            " bytes: %" SCNd64 " tape, %" SCNd64 " scratch, %" SCNd64 " panel, %" SCNd64
                            " tiles, %" SCNd64 " streams, %" SCNd64 " samples, %" SCNd64 " rows, %" SCNd64
                            " threads, %" SCNd64 " tables",
                            &p.tape, &p.scratch, &p.panel, &p.tiles, &p.streams, &p.samples, &p.rows,
                            &p.threads, &p.tables),
                     9);
    assert_int_equal(p.tape + p.scratch + p.panel + p.tiles + p.streams + p.samples + p.rows + p.threads +
                         p.tables,
                     bytes);
    return p;
}

static void test_describe(void **state)
{
    static const int64_t widths[] = {3, 5, 2};
    mlp_model *model;
    mlp_workspace *workspace, *single;
    char line[128];
    int64_t bytes = 0;
    (void)state;
    accepted(mlp_model_create(MLP_F64, 2, widths, MLP_GELU, &model));
    accepted(mlp_workspace_create(model, 4, 1, MLP_USE_DERIVATIVES, &workspace));
    const char *text = description(workspace, 8); /* two of the whole; two batches with two layers each */
    accepted(mlp_workspace_size(model, 4, 1, MLP_USE_DERIVATIVES, &bytes));
    snprintf(line, sizeof line,
             "workspace: f64, batch <= 4, threads <= 1, for forward, derivatives, native ");
    assert_memory_equal(text, line, strlen(line));
    const parts p = parts_in(text, bytes);
    assert_true(p.tiles == 0 && p.threads == 0);
    says(text, "\nbatch 1: modelled, 25 multiply-adds, 5 activations, 296 bytes, 0.17 flop per byte\n");
    says(text,
         "\nlayer 1: 3 -> 5 gelu, single, 1 thread, 15 multiply-adds, 5 activations, 224 bytes, 0.13 flop");
    says(text, "\nlayer 2: 5 -> 2 identity, single, 1 thread, 10 multiply-adds, 0 activations, 152 bytes, ");
    says(text, "\nbatch 4: modelled, 100 multiply-adds, 20 activations, 416 bytes, 0.48 flop per byte\n");
    says(text, "\nlayer 1: 3 -> 5 gelu, rows in panels of ");
    accepted(mlp_workspace_create(model, 1, 1, MLP_USE_FORWARD, &single));
    says(description(single, 5), ", for forward, native ");
    mlp_workspace_destroy(single);
    mlp_workspace_destroy(workspace);
    mlp_model_destroy(model);
}

static void test_describe_wrongly(void **state)
{
    static const int64_t widths[] = {3, 5, 2};
    mlp_model *model;
    mlp_workspace *workspace;
    char text[1024], cut[1024];
    (void)state;
    accepted(mlp_model_create(MLP_F64, 2, widths, MLP_GELU, &model));
    accepted(mlp_workspace_create(model, 4, 1, MLP_USE_DERIVATIVES, &workspace));
    const int64_t needed = mlp_workspace_describe(workspace, NULL, 0);
    assert_int_equal(mlp_workspace_describe(workspace, text, sizeof text), needed);
    assert_in_range(needed, 2, sizeof text);
    for (int64_t size = 0; size <= needed + 1; size++) {
        memset(cut, '#', sizeof cut);
        assert_int_equal(mlp_workspace_describe(workspace, cut, size), needed);
        const int64_t kept = size > needed ? needed - 1 : size - 1;
        if (size > 0) {
            assert_int_equal(strlen(cut), kept);
            assert_memory_equal(cut, text, (size_t)kept);
        }
        assert_int_equal(cut[size], '#');
    }
    refused(mlp_workspace_describe(NULL, text, 8), MLP_ERR_ARGUMENT, "workspace = NULL");
    refused(mlp_workspace_describe(workspace, NULL, 8), MLP_ERR_ARGUMENT, "buffer = NULL");
    assert_string_equal(mlp_workspace_last_error(workspace), mlp_last_error());
    memset(cut, '#', sizeof cut);
    refused(mlp_workspace_describe(workspace, cut, -1), MLP_ERR_SIZE, "size = -1");
    refused(mlp_workspace_describe(workspace, cut, INT64_MIN), MLP_ERR_SIZE, "size = -9223372036854775808");
    assert_string_equal(mlp_workspace_last_error(workspace), mlp_last_error());
    assert_int_equal(cut[0], '#');
    mlp_workspace_destroy(workspace);
    mlp_model_destroy(model);
}

/* ---- What it says of the way a pass goes ---- */

typedef struct way {
    int64_t widths[4]; /* of 2 or 3 layers */
    int64_t max_batch;
    int32_t threads, uses;
    mlp_workspace_option option; /* to be set to `value`; 0: none */
    int32_t value;
    const char *words; /* in the text */
} way;

static const way ways[] = {
    {{784, 128, 10}, 1, 1, MLP_USE_FORWARD, 0, 0, "784 -> 128 tanh, single, 1 thread,"},
    {{784, 128, 10},
     1,
     1,
     MLP_USE_FORWARD,
     MLP_WORKSPACE_COMMON_ORDER,
     1,
     "784 -> 128 tanh, rows in panels of"},
    {{784, 128, 10},
     1,
     1,
     MLP_USE_FORWARD,
     MLP_WORKSPACE_ENGINE,
     MLP_ENGINE_BLAS,
     "784 -> 128 tanh, blas, 1 thread,"},
    {{784, 128, 10},
     9,
     2,
     MLP_USE_FORWARD,
     MLP_WORKSPACE_ENGINE,
     MLP_ENGINE_BLAS,
     "128 -> 10 identity, blas, 1 thread,"},
    {{784, 128, 10}, 9, 2, MLP_USE_FORWARD, MLP_WORKSPACE_ENGINE, MLP_ENGINE_BLAS, ", for forward, blas, "},
    {{784, 128, 10},
     9,
     2,
     MLP_USE_FORWARD,
     MLP_WORKSPACE_CPU,
     MLP_CPU_GENERIC,
     ", for forward, native generic, "},
    {{784, 128, 10},
     64,
     2,
     MLP_USE_FORWARD,
     MLP_WORKSPACE_CPU,
     MLP_CPU_GENERIC,
     "rows in panels of 8 units, 2 threads,"},
    {{784, 128, 10}, 64, 3, MLP_USE_DERIVATIVES, 0, 0, "128 -> 10 identity, rows in panels of"},
    {{4, 16, 16, 1},
     3,
     1,
     MLP_USE_FORWARD,
     0,
     0,
     "4 -> 16 tanh, rows in panels of"}, /* too few for columns */
    {{4, 16, 16, 1},
     8,
     1,
     MLP_USE_FORWARD,
     MLP_WORKSPACE_CPU,
     MLP_CPU_GENERIC,
     "columns in tiles of 8 samples, 1 thread"},
    {{4, 16, 16, 1},
     64,
     2,
     MLP_USE_FORWARD,
     MLP_WORKSPACE_CPU,
     MLP_CPU_GENERIC,
     "columns in tiles of 8 samples, 1 thread"},
    {{4, 16, 16, 1}, 4096, 2, MLP_USE_FORWARD, 0, 0, "4 -> 16 tanh, columns in tiles of"},
    {{4, 16, 16, 1}, 4096, 2, MLP_USE_FORWARD, 0, 0, " samples, 2 threads, 1048576 multiply-adds"},
    {{4, 16, 16, 1}, 4096, 2, MLP_USE_DERIVATIVES, 0, 0, "16 -> 1 identity, rows in panels of"},
    {{1024, 1024, 10},
     8,
     2,
     MLP_USE_FORWARD,
     MLP_WORKSPACE_CPU,
     MLP_CPU_GENERIC,
     "1024 -> 1024 tanh, units in panels of 8 units, 2 threads"},
    {{1024, 1024, 10}, 8, 2, MLP_USE_FORWARD, 0, 0, "1024 -> 10 identity, units in panels of"},
    {{1024, 1024, 10}, 1, 2, MLP_USE_FORWARD, 0, 0, "1024 -> 1024 tanh, single, 2 threads"},
    {{1024, 1024, 10}, 1, 2, MLP_USE_FORWARD, 0, 0, "1024 -> 10 identity, single, 1 thread,"}, /* narrow */
};

static void test_describe_ways(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        const way *w = &ways[i];
        mlp_model *model;
        mlp_workspace *workspace;
        const int32_t layers = w->widths[3] ? 3 : 2;
        int64_t bytes = 0;
        accepted(mlp_model_create(MLP_F32, layers, w->widths, MLP_TANH, &model));
        accepted(mlp_workspace_create(model, w->max_batch, w->threads, w->uses, &workspace));
        if (w->option)
            accepted(mlp_workspace_set_int(workspace, w->option, w->value));
        const char *text = description(workspace, 2 + (w->max_batch > 1 ? 2 : 1) * (1 + layers));
        says(text, w->words);
        accepted(mlp_workspace_size(model, w->max_batch, w->threads, w->uses, &bytes));
        (void)parts_in(text, bytes);
        mlp_workspace_destroy(workspace);
        mlp_model_destroy(model);
    }
}

/* ---- Memory ---- */

typedef struct net {
    int32_t layers;
    int64_t widths[6];
    mlp_activation activation; /* of the hidden layers */
    int reads_z;               /* its derivative does */
} net;

static const net nets[] = {
    {1, {1, 1}, MLP_TANH, 0},
    {3, {4, 16, 16, 1}, MLP_TANH, 0},
    {5, {2, 50, 50, 50, 50, 1}, MLP_TANH, 0},
    {2, {784, 128, 10}, MLP_RELU, 0},
    {4, {512, 512, 512, 512, 512}, MLP_RELU, 0},
    {3, {17, 33, 129, 7}, MLP_GELU, 1},
    {3, {1, 1030, 3, 515}, MLP_SINE, 1},
};

static const int64_t batches[] = {1, 3, 4, 7, 8, 33, 1024};

enum {
    NETS = sizeof nets / sizeof *nets,
    BATCHES = sizeof batches / sizeof *batches,
    LINE = 64,
    BESIDES = 64 << 10
};

static int64_t larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static int64_t smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* Bytes of a column of n values: whole vectors, none below one, and no multiple of 4 KB. */
static int64_t column(int64_t n, int64_t size)
{
    const int64_t bytes = (n * size + LINE - 1) / LINE * LINE;
    if (n * size < LINE)
        return n * size;
    return bytes % 4096 ? bytes : bytes + LINE;
}

static int64_t round_up(int64_t count, int64_t unit)
{
    return (count + unit - 1) / unit * unit;
}

/* The longest column of layers first, first + step, ... */
static int64_t longest(const net *n, int32_t first, int32_t step, int64_t size)
{
    int64_t most = 0;
    for (int32_t l = first; l <= n->layers; l += step)
        most = larger(most, column(n->widths[l], size));
    return most;
}

static int64_t widest(const net *n, int32_t first)
{
    int64_t most = 0;
    for (int32_t l = first; l <= n->layers; l++)
        most = larger(most, n->widths[l]);
    return most;
}

enum { PANEL = 4 * LINE }; /* bytes of a row of a panel or tile */

/* Panels of transposed weights: a row for every unit of the widest layer; none for few samples. */
static int64_t panel_bytes(const net *n, int64_t batch)
{
    return batch < 8 ? 0 : widest(n, 1) * PANEL;
}

/* What passes, and with derivatives sweeps over the same layers, cannot do without. */
static parts needed(const net *n, int64_t size, int64_t batch, int32_t threads, int32_t uses)
{
    parts p = {.threads = threads > 1 ? threads * 8 * LINE : 0};
    if (uses == MLP_USE_FORWARD) {
        p.tape = batch * (longest(n, 0, 2, size) + longest(n, 1, 2, size));
        if (batch >= 4 && widest(n, 0) <= 512)
            p.tiles = threads * 2 * widest(n, 0) * smaller(PANEL, round_up(batch * size, LINE));
    } else {
        for (int32_t l = 0; l <= n->layers; l++)
            p.tape += batch * column(n->widths[l], size) * (n->reads_z && l > 0 && l < n->layers ? 2 : 1);
        p.scratch = 2 * batch * longest(n, 0, 1, size);
        p.panel = threads * panel_bytes(n, batch);
    }
    return p;
}

static mlp_model *create_net(const net *n, mlp_dtype dtype)
{
    mlp_model *model;
    accepted(mlp_model_create(dtype, n->layers, n->widths, n->activation, &model));
    return model;
}

static void at_most(const net *n, int64_t batch, int32_t threads, const char *what, int64_t bytes,
                    int64_t most)
{
    if (bytes > most)
        fail_msg("%lld-...-%lld, batch %lld, threads %d: %s has %lld bytes, at most %lld would do",
                 (long long)n->widths[0], (long long)n->widths[n->layers], (long long)batch, (int)threads,
                 what, (long long)bytes, (long long)most);
}

static void check_workspace(const net *n, mlp_dtype dtype, int64_t batch, int32_t threads, int32_t uses)
{
    const parts most = needed(n, dtype == MLP_F32 ? 4 : 8, batch, threads, uses);
    mlp_model *model = create_net(n, dtype);
    mlp_workspace *workspace;
    int64_t bytes = 0;
    accepted(mlp_workspace_create(model, batch, threads, uses, &workspace));
    accepted(mlp_workspace_size(model, batch, threads, uses, &bytes));
    const parts p = parts_in(description(workspace, 2 + (batch > 1 ? 2 : 1) * (1 + n->layers)), bytes);
    enum { ROUNDING = 20 * LINE }; /* every matrix begins on a line of the cache */
    at_most(n, batch, threads, "tape", p.tape, most.tape + ROUNDING);
    at_most(n, batch, threads, "scratch", p.scratch, most.scratch + ROUNDING);
    at_most(n, batch, threads, "panel", p.panel, most.panel + ROUNDING);
    at_most(n, batch, threads, "tiles", p.tiles, most.tiles + ROUNDING);
    at_most(n, batch, threads, "threads", p.threads, most.threads);
    at_most(n, batch, threads, "the workspace", bytes,
            most.tape + most.scratch + most.panel + most.tiles + most.threads + BESIDES);
    mlp_workspace_destroy(workspace);
    mlp_model_destroy(model);
}

/* No more than what outputs, cotangents and copies need, and 64 KB. */
static void test_workspace_memory(void **state)
{
    (void)state;
    for (int32_t i = 0; i < NETS; i++)
        for (int32_t b = 0; b < BATCHES; b++)
            for (int32_t threads = 1; threads <= 2; threads++)
                for (int32_t uses = MLP_USE_FORWARD; uses <= MLP_USE_DERIVATIVES; uses++) {
                    check_workspace(&nets[i], MLP_F32, batches[b], threads, uses);
                    check_workspace(&nets[i], MLP_F64, batches[b], threads, uses);
                }
}

/* Parameters in their padded places. */
static int64_t params_bytes(const net *n, int64_t size)
{
    int64_t bytes = 0;
    for (int32_t l = 1; l <= n->layers; l++)
        bytes += round_up(n->widths[l - 1] * column(n->widths[l], size), LINE) +
                 round_up(n->widths[l] * size, LINE);
    return bytes;
}

/*
 * A step keeps y_l, z_l and Delta_l of a chunk of samples, by samples or by units, whichever is more, and for each thread two
 * tiles or a part of a gradient, and a panel.
 */
static int64_t step_bytes(const net *n, int64_t size, int64_t batch, int32_t threads)
{
    const int64_t chunk = smaller(1024, round_up(batch, 16));
    int64_t bytes = 0, part = 0;
    for (int32_t l = 0; l <= n->layers; l++) {
        const int64_t by_samples = column(n->widths[l], size) * chunk;
        const int64_t matrix = larger(by_samples, n->widths[l] * (chunk * size + LINE));
        bytes += matrix * (n->reads_z && l > 0 && l < n->layers ? 2 : 1) + (l > 0 ? by_samples : 0);
        part = larger(part, larger(8192 * size, 6 * column(n->widths[l], size)));
    }
    const int64_t tiles = batch >= 8 && widest(n, 0) <= 512 ? 2 * widest(n, 0) * PANEL : 0;
    return bytes + threads * (larger(tiles, part) + panel_bytes(n, batch));
}

static int64_t params_of(const net *n)
{
    int64_t params = 0;
    for (int32_t l = 1; l <= n->layers; l++)
        params += n->widths[l] * (n->widths[l - 1] + 1);
    return params;
}

static int by_jacobian(mlp_optimizer optimizer)
{
    return optimizer == MLP_LEVENBERG_MARQUARDT || optimizer == MLP_BAYESIAN_REGULARIZATION ||
           optimizer == MLP_KALMAN;
}

/*
 * What a method keeps and needs in its steps. MLP_LBFGS: pairs, a direction, a pair to come, and three places with gradients.
 * MLP_BFGS: half a matrix and two vectors; y and parts of a product in place of the pair. MLP_LEVENBERG_MARQUARDT and its sibling:
 * J^T J, two blocks of rows, and what QR needs of its reflectors. MLP_KALMAN: two covariances.
 */
static int64_t method_bytes(const net *n, mlp_optimizer optimizer)
{
    enum {
        PAIRS = 20,
        GROUPS = 16,
        ROWS = 128,
        REFLECTORS = 32,
        VECTORS = 6,
        ROUNDED = 16,
        DOUBLE = sizeof(double)
    };
    const int64_t params = params_of(n), rows = ROWS + n->widths[n->layers];
    if (optimizer == MLP_LBFGS)
        return (2 * PAIRS + 9) * params * DOUBLE;
    if (optimizer == MLP_BFGS)
        return (params * (params + 1) / 2 + (2 + 8 + GROUPS) * params) * DOUBLE;
    if (optimizer == MLP_KALMAN)
        return (2 * params + rows + n->widths[n->layers] + VECTORS) * (params + ROUNDED) * DOUBLE;
    if (by_jacobian(optimizer))
        return (params + 1 + 2 * rows + 2 * REFLECTORS + VECTORS) * (params + ROUNDED) * DOUBLE;
    return 0;
}

/* All that a preparation takes: the workspace of forward passes, a step, a gradient, a batch, and the optimizer's state. */
static void check_trainer(const net *n, mlp_dtype dtype, int64_t batch, int32_t threads,
                          mlp_optimizer optimizer)
{
    const int64_t size = dtype == MLP_F32 ? 4 : 8, n_in = n->widths[0], n_out = n->widths[n->layers];
    const parts pass =
        needed(n, size, batch, threads, by_jacobian(optimizer) ? MLP_USE_DERIVATIVES : MLP_USE_FORWARD);
    static const int64_t vectors[] = {[MLP_SGD] = 0,   [MLP_ADAM] = 2,  [MLP_RMSPROP] = 1, [MLP_ADAGRAD] = 1,
                                      [MLP_NADAM] = 2, [MLP_RPROP] = 2, [MLP_KALMAN] = 0};
    const int64_t gathered = batch * ((n_in + 2 * n_out + 1) * size + 4);
    mlp_model *model = create_net(n, dtype);
    mlp_trainer *trainer;
    accepted(mlp_trainer_create(model, &trainer));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_OPTIMIZER, optimizer));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_BATCH, 1));
    const int64_t before = failing_allocator_bytes();
    accepted(mlp_trainer_prepare(trainer, batch, threads));
    at_most(n, batch, threads, mlp_optimizer_name(optimizer), failing_allocator_bytes() - before,
            pass.tape + pass.scratch + pass.panel + pass.tiles + pass.threads +
                (by_jacobian(optimizer) ? 0 : step_bytes(n, size, batch, threads)) +
                (1 + vectors[optimizer]) * params_bytes(n, size) + method_bytes(n, optimizer) + gathered +
                BESIDES);
    mlp_trainer_destroy(trainer);
    mlp_model_destroy(model);
}

/* A matrix of parameters is refused where it is too large; others take long to clear. */
static int fits_in_time(const net *n, mlp_optimizer optimizer)
{
    return optimizer < MLP_BFGS || params_of(n) < 2000;
}

static void test_trainer_memory(void **state)
{
    (void)state;
    for (int32_t i = 0; i < NETS; i++)
        for (int32_t b = 0; b < BATCHES; b++)
            for (int32_t threads = 1; threads <= 2; threads++)
                for (mlp_optimizer optimizer = MLP_SGD; mlp_optimizer_name(optimizer); optimizer++) {
                    if (!fits_in_time(&nets[i], optimizer))
                        continue;
                    check_trainer(&nets[i], MLP_F32, batches[b], threads, optimizer);
                    check_trainer(&nets[i], MLP_F64, batches[b], threads, optimizer);
                }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_describe),       cmocka_unit_test(test_describe_wrongly),
        cmocka_unit_test(test_describe_ways),  cmocka_unit_test(test_workspace_memory),
        cmocka_unit_test(test_trainer_memory),
    };
    if (mlp_set_allocator(failing_allocate, failing_deallocate, NULL) != MLP_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
