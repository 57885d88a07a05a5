#include "train/residuals.h"
#include "diff/jacobian.h"
#include "train/finite.h"

#include <math.h>

/* A multiple of the block of rows where there is room for one, so that blocks are whole. */
static int64_t samples_at_a_time(const mlp_trainer *trainer)
{
    const int64_t most = trainer->buffers.max_batch, block = trainer->buffers.workspace->block.samples;
    return block > 0 && most > block ? most / block * block : most;
}

#include "base/real32.h"
#include "train/residuals_tmpl.h"
#include "base/real64.h"
#include "train/residuals_tmpl.h"

mlp_status mlpi_residuals_sum(const mlpi_residuals *residuals, double *sum)
{
    return residuals->sum(residuals, sum);
}

mlp_status mlpi_residuals_add(const mlpi_residuals *residuals, mlpi_damped *damped, double *sum,
                              const char **bad)
{
    return residuals->add(residuals, damped, sum, bad);
}
