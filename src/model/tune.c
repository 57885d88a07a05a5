/*
 * Measuring the ways a forward pass can go. Every candidate is run in turn, several times over, and counts with its best
 * time: what disturbs one run on a busy machine seldom disturbs all of them.
 */
#include "base/error.h"
#include "base/memory.h"
#include "base/random.h"
#include "model/workspace.h"

#include <time.h>

/* A run has as many passes as take SPAN seconds. There are ROUNDS of runs, or fewer, at least LEAST, after ENOUGH seconds. */
static const double SPAN = 50e-6, ENOUGH = 50e-3;
enum { ROUNDS = 9, LEAST = 3, MOST_PASSES = 1000 };

static double seconds(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* The fastest; what the cost model chose, the first, unless another is clearly faster. */
static int32_t fastest(const double *best, int32_t count)
{
    int32_t chosen = 0;
    for (int32_t i = 1; i < count; i++)
        if (best[i] < best[chosen] && best[i] < 0.98 * best[0])
            chosen = i;
    return chosen;
}

#include "base/real32.h"
#include "model/tune_tmpl.h"
#include "base/real64.h"
#include "model/tune_tmpl.h"

mlp_status mlpi_workspace_tune(mlp_workspace *workspace, const mlp_model *model, int64_t batch)
{
    return (workspace->architecture.dtype == MLP_F32 ? tune_f32 : tune_f64)(workspace, model, batch);
}
