#include "inputs.h"

#include "memory.h"

#include <math.h>
#include <stdlib.h>

/* Multiplications the reference may take for one pass over the distinct samples. */
static const double reference_budget = 3e8;

/* Uniform on [-1, 1) in steps of 2^-16. */
static double draw(uint64_t *state)
{
    *state = *state * 6364136223846793005U + 1442695040888963407U;
    return (double)(int64_t)(*state >> 47) / 65536 - 1;
}

static double *draw_many(int64_t count, double scale, uint64_t *state)
{
    double *values = memory_new(count, sizeof *values);

    for (int64_t i = 0; i < count; i++)
        values[i] = (float)(scale * draw(state));
    return values;
}

static int64_t choose_period(const struct problem *problem)
{
    static const int64_t primes[] = {31, 13, 7, 5, 3};
    double sample = problem_fma(problem) / (double)problem->batch;
    size_t i = 0;

    while (i + 1 < sizeof primes / sizeof *primes && sample * (double)primes[i] > reference_budget)
        i++;
    return primes[i] < problem->batch ? primes[i] : problem->batch;
}

static double *draw_theta(const struct problem *problem, uint64_t *state)
{
    double *theta = memory_new(problem_params(problem), sizeof *theta), *next = theta;

    for (int l = 1; l <= problem->layers; l++) {
        int64_t inputs = problem->width[l - 1], count = problem->width[l] * inputs;
        double scale = sqrt(3 / (double)inputs);

        for (int64_t i = 0; i < count; i++)
            *next++ = (float)(scale * draw(state));
        for (int64_t i = 0; i < problem->width[l]; i++)
            *next++ = (float)(0.25 * draw(state));
    }
    return theta;
}

void inputs_create(const struct problem *problem, struct inputs *inputs)
{
    uint64_t state = 20240229;
    int64_t n_in = problem->width[0], n_out = problem->width[problem->layers];

    inputs->period = choose_period(problem);
    inputs->theta = draw_theta(problem, &state);
    inputs->x = draw_many(n_in * inputs->period, 1, &state);
    inputs->t = draw_many(n_out * inputs->period, 1, &state);
    inputs->x_dot = draw_many(n_in * inputs->period, 1, &state);
}

void inputs_destroy(struct inputs *inputs)
{
    free(inputs->theta);
    free(inputs->x);
    free(inputs->t);
    free(inputs->x_dot);
    *inputs = (struct inputs){0};
}

float *inputs_narrow(const double *values, int64_t count)
{
    float *copy = memory_new(count, sizeof *copy);

    for (int64_t i = 0; i < count; i++)
        copy[i] = (float)values[i];
    return copy;
}

float *inputs_spread_f32(const double *columns, int64_t n, int64_t period, int64_t batch)
{
    float *spread = memory_new(n * batch, sizeof *spread);

    for (int64_t s = 0; s < batch; s++) {
        for (int64_t i = 0; i < n; i++)
            spread[s * n + i] = (float)columns[s % period * n + i];
    }
    return spread;
}

double *inputs_spread_f64(const double *columns, int64_t n, int64_t period, int64_t batch)
{
    double *spread = memory_new(n * batch, sizeof *spread);

    for (int64_t s = 0; s < batch; s++) {
        for (int64_t i = 0; i < n; i++)
            spread[s * n + i] = columns[s % period * n + i];
    }
    return spread;
}
