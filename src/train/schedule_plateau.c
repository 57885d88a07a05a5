/*
 * Reduction on a plateau: the rate is multiplied by the decay factor when the loss has stopped falling. A loss is better
 * that lies below the best one by a part of its size; when more epochs than the patience came without one, the rate
 * falls and the waiting begins anew. A loss that is not a number is not better.
 */
#include "train/schedule.h"

#include <math.h>

void mlpi_plateau_reset(mlpi_plateau *plateau)
{
    *plateau = (mlpi_plateau){.best = INFINITY, .scale = 1};
}

static int is_better(const mlpi_plateau *plateau, double loss, double threshold)
{
    return isinf(plateau->best) ? loss < plateau->best
                                : loss < plateau->best - threshold * fabs(plateau->best);
}

void mlpi_plateau_watch(const mlpi_options *options, double loss, mlpi_plateau *plateau)
{
    if (mlpi_options_int(options, MLP_TRAINER_SCHEDULE) != MLP_SCHEDULE_PLATEAU)
        return;
    if (is_better(plateau, loss, mlpi_options_real(options, MLP_TRAINER_PLATEAU_THRESHOLD))) {
        plateau->best = loss;
        plateau->waited = 0;
    } else if (++plateau->waited > mlpi_options_int(options, MLP_TRAINER_PLATEAU_PATIENCE)) {
        plateau->scale *= mlpi_options_real(options, MLP_TRAINER_DECAY_FACTOR);
        plateau->waited = 0;
    }
}

static double reduced(const mlpi_schedule_numbers *numbers, int64_t time)
{
    (void)time;
    return numbers->rate * numbers->plateau;
}

const mlpi_schedule mlpi_schedule_plateau = {.id = MLP_SCHEDULE_PLATEAU, .name = "plateau", .rate = reduced};
