/*
 * Cosine annealing with warm restarts: I. Loshchilov and F. Hutter, "SGDR: stochastic gradient descent with warm restarts",
 * ICLR 2017, equation 5. In period i, of length P_i = m^i P, u being the time since it began and M the floor:
 *
 *     M + (R - M) (1 + cos(pi u / P_i)) / 2
 *
 * Lengths and times are integers, so that restarts come when they are due.
 */
#include "train/schedule.h"

#include <math.h>

static const double pi = 3.14159265358979323846;

static double cosine(const mlpi_schedule_numbers *numbers, int64_t time)
{
    int64_t length = numbers->period;
    const int64_t factor = numbers->period_factor;
    if (factor == 1)
        time %= length;
    while (time >= length) {
        time -= length;
        length = length > INT64_MAX / factor ? INT64_MAX : length * factor;
    }
    const double share = (double)time / (double)length;
    return numbers->floor + (numbers->rate - numbers->floor) * 0.5 * (1 + cos(pi * share));
}

const mlpi_schedule mlpi_schedule_cosine = {
    .id = MLP_SCHEDULE_COSINE, .name = "cosine", .needs_period = 1, .rate = cosine};
