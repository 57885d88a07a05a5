/* What a workspace plans: how it says so, the memory it takes, and what measuring changes. */
#include "mlp/mlp.h"
#include "api/refusal.h"

#include <inttypes.h>
#include <stdio.h>

/* ---- The whole ---- */

/* The text, which has `lines` lines. */
static const char *description(const mlp_workspace *workspace, int lines)
{
    static char text[4096];
    int found = 0;
    const int64_t needed = mlp_workspace_describe(workspace, text, sizeof text);
    assert_in_range(needed, 2, sizeof text);
    assert_int_equal(strlen(text) + 1, needed);
    for (const char *at = text; *at; at++)
        found += *at == '\n';
    assert_int_equal(found, lines);
    return text;
}

static void says(const char *text, const char *words)
{
    if (!strstr(text, words))
        fail_msg("\"%s\" is not in:\n%s", words, text);
}

typedef struct parts {
    int64_t tape, scratch, panel, tiles, threads, tables;
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
                            " tiles, %" SCNd64 " threads, %" SCNd64 " tables",
                            &p.tape, &p.scratch, &p.panel, &p.tiles, &p.threads, &p.tables),
                     6);
    assert_int_equal(p.tape + p.scratch + p.panel + p.tiles + p.threads + p.tables, bytes);
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
    snprintf(line, sizeof line, "workspace: f64, batch <= 4, threads <= 1, forward and derivatives, native ");
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
    says(description(single, 5), ", forward, native ");
    mlp_workspace_destroy(single);
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
    {{784, 128, 10}, 9, 2, MLP_USE_FORWARD, MLP_WORKSPACE_ENGINE, MLP_ENGINE_BLAS, ", forward, blas, "},
    {{784, 128, 10},
     9,
     2,
     MLP_USE_FORWARD,
     MLP_WORKSPACE_CPU,
     MLP_CPU_GENERIC,
     ", forward, native generic, "},
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
     4,
     1,
     MLP_USE_FORWARD,
     MLP_WORKSPACE_CPU,
     MLP_CPU_GENERIC,
     "columns in tiles of 4 samples, 1 thread"},
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_describe),
        cmocka_unit_test(test_describe_ways),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
