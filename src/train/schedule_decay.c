/*
 * Rates that stay, fall in steps, or fall all the time; the decay factor F is reached after one period P:
 *
 *     constant      R
 *     step          R F^floor(t / P)
 *     exponential   R F^(t / P)
 */
#include "train/schedule.h"

#include <math.h>

static double constant(const mlpi_schedule_numbers *numbers, int64_t time)
{
    (void)time;
    return numbers->rate;
}

static double step(const mlpi_schedule_numbers *numbers, int64_t time)
{
    const int64_t falls = time / numbers->period;
    return numbers->rate * pow(numbers->decay_factor, (double)falls);
}

static double exponential(const mlpi_schedule_numbers *numbers, int64_t time)
{
    return numbers->rate * pow(numbers->decay_factor, (double)time / (double)numbers->period);
}

const mlpi_schedule mlpi_schedule_constant = {
    .id = MLP_SCHEDULE_CONSTANT, .name = "constant", .rate = constant};
const mlpi_schedule mlpi_schedule_step = {
    .id = MLP_SCHEDULE_STEP, .name = "step", .needs_period = 1, .rate = step};
const mlpi_schedule mlpi_schedule_exponential = {
    .id = MLP_SCHEDULE_EXPONENTIAL, .name = "exponential", .needs_period = 1, .rate = exponential};
