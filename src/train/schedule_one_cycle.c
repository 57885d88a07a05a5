/*
 * One cycle: L. N. Smith and N. Topin, "Super-convergence: very fast training of neural networks using large learning
 * rates", 2018, in the form in use today, with cosines in place of straight lines and an end far below the beginning:
 *
 *     R / D  ->  R  at t = rise P - 1  ->  R / D / E  at t = P - 1, and on
 */
#include "train/schedule.h"

#include <math.h>

static const double pi = 3.14159265358979323846;

/* Along half a cosine, `share` of the way. */
static double between(double from, double to, double share)
{
    return to + (from - to) * 0.5 * (1 + cos(pi * share));
}

static double one_cycle(const mlpi_schedule_numbers *numbers, int64_t time)
{
    const double last = (double)(numbers->period - 1), at = (double)time < last ? (double)time : last;
    const double peak = numbers->rise * (double)numbers->period - 1, low = numbers->rate / numbers->start;
    if (at < peak)
        return between(low, numbers->rate, at / peak);
    return last > peak && at > peak ? between(numbers->rate, low / numbers->end, (at - peak) / (last - peak))
                                    : numbers->rate;
}

const mlpi_schedule mlpi_schedule_one_cycle = {
    .id = MLP_SCHEDULE_ONE_CYCLE, .name = "one_cycle", .needs_period = 1, .rate = one_cycle};
