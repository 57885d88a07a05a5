#include "train/residuals.h"
#include "diff/jacobian.h"
#include "diff/jvp.h"
#include "diff/vjp.h"
#include "train/finite.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* A multiple of the block of rows where there is room for one, so that blocks are whole. */
static int64_t samples_at_a_time(const mlp_trainer *trainer)
{
    const int64_t most = trainer->buffers.max_batch, block = trainer->buffers.workspace->block.samples;
    return block > 0 && most > block ? most / block * block : most;
}

/* h of Transtrum and Sethna: the third derivative is off by h/3 of itself, and rounding by 2 eps / h^2 of y. */
#define BEND_STEP 0.1

mlpi_bend_room mlpi_bend_room_take(mlpi_arena *arena, const mlp_trainer *trainer, int64_t max_batch)
{
    const mlp_model *model = trainer->model;
    const int64_t size = mlpi_dtype_size(model->architecture.dtype);
    const int64_t n = model->param_count, outputs = model->architecture.widths[model->architecture.layers];
    mlpi_bend_room room;
    room.direction = mlpi_arena_take(arena, n, size);
    room.theta_bar = mlpi_arena_take(arena, n, size);
    room.ahead = mlpi_arena_take(arena, max_batch, outputs * size);
    room.y_dot = mlpi_arena_take(arena, max_batch, outputs * size);
    return room;
}

#include "base/real32.h"
#define EPSILON FLT_EPSILON
#include "train/residuals_tmpl.h"
#undef EPSILON
#include "base/real64.h"
#define EPSILON DBL_EPSILON
#include "train/residuals_tmpl.h"
#undef EPSILON

mlp_status mlpi_residuals_sum(const mlpi_residuals *residuals, double *sum)
{
    return residuals->sum(residuals, sum);
}

mlp_status mlpi_residuals_add(const mlpi_residuals *residuals, mlpi_damped *damped, double *sum,
                              const char **bad)
{
    return residuals->add(residuals, damped, sum, bad);
}

mlp_status mlpi_residuals_bend(const mlpi_residuals *residuals, const mlpi_bend_room *room, mlpi_point *here,
                               const double *v, mlpi_point *ahead, double *out)
{
    return residuals->bend(residuals, room, here, v, ahead, out);
}

mlp_status mlpi_residuals_gradient(const mlpi_residuals *residuals, const mlpi_bend_room *room, double *out,
                                   double *sum)
{
    return residuals->gradient(residuals, room, out, sum);
}

mlp_status mlpi_residuals_product(const mlpi_residuals *residuals, const mlpi_bend_room *room,
                                  const double *v, int fresh, double *out)
{
    return residuals->product(residuals, room, v, fresh, out);
}

mlp_status mlpi_residuals_sample(const mlpi_residuals *residuals, int64_t sample, double *loss,
                                 double *weight, const char **bad)
{
    return residuals->sample(residuals, sample, loss, weight, bad);
}
