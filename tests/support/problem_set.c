#include "support/problem_set.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

static const int64_t small_widths[] = {1, 2, 3, 4, 5, 7, 8, 13, 16, 17, 31};
static const int64_t batches[] = {1, 2, 7, 33};

static const struct {
    int32_t layers;
    int64_t width[5], batch;
} large_shapes[] = {
    {1, {128, 103}, 2},       {2, {5, 101, 3}, 7},         {2, {113, 1, 2}, 33},
    {3, {3, 103, 107, 2}, 1}, {4, {2, 16, 129, 15, 1}, 3}, {2, {3, 301, 2}, 5},
};

enum { SMALL_DEPTHS = 6, LARGE_SHAPES = sizeof large_shapes / sizeof *large_shapes };

static problem_spec small_spec(mlp_dtype dtype, int kind, int32_t layers, uint64_t seed)
{
    draw d = {.state = seed};
    int64_t width[SMALL_DEPTHS + 1];
    for (int32_t l = 0; l <= layers; l++)
        width[l] = small_widths[draw_int(&d, 0, sizeof small_widths / sizeof *small_widths - 1)];
    if (layers == 2 + kind % 5)
        width[1] = 1;
    return problem_plain_spec(dtype, layers, width, sigma_at(kind)->id, batches[(kind + layers) % 4], seed);
}

static void run(problem_spec spec, int output, problem_check *check, tally *t)
{
    problem p;
    subject s;
    draw d = {.state = ~spec.seed};
    spec.scaled = draw_chance(&d, 0.3);
    if (output == ANY_OUTPUT && draw_chance(&d, 0.5)) {
        spec.activation[spec.layers] = sigma_at((int)draw_int(&d, 0, SIGMA_COUNT - 1))->id;
        mlp_activation_parameter(spec.activation[spec.layers], NULL, &spec.parameter[spec.layers], NULL,
                                 NULL);
    }
    problem_create(&p, &spec);
    subject_create(&s, &p, spec.batch + draw_int(&d, 0, 1) * 5, 1, draw_int(&d, 0, 3));
    subject_forward(&s, spec.batch, p.x, NULL);
    check(&p, &s, t);
    subject_destroy(&s);
    problem_destroy(&p);
}

static void run_dtype(mlp_dtype dtype, int output, problem_check *check, tally *t)
{
    for (int kind = 0; kind < SIGMA_COUNT; kind++)
        for (int32_t layers = 1; layers <= SMALL_DEPTHS; layers++)
            run(small_spec(dtype, kind, layers, (uint64_t)(1000 * dtype + 10 * kind + layers)), output, check,
                t);
    for (int shape = 0; shape < LARGE_SHAPES; shape++)
        for (int kind = shape % 3; kind < SIGMA_COUNT; kind += 5)
            run(problem_plain_spec(dtype, large_shapes[shape].layers, large_shapes[shape].width,
                                   sigma_at(kind)->id, large_shapes[shape].batch,
                                   (uint64_t)(5000 + 100 * shape + kind)),
                output, check, t);
}

void each_problem(const char *what, int output, int sharp, problem_check *check)
{
    for (mlp_dtype dtype = MLP_F32; dtype <= MLP_F64; dtype++) {
        char label[64];
        tally t = {0};
        snprintf(label, sizeof label, "%s %s", what, mlp_dtype_name(dtype));
        run_dtype(dtype, output, check, &t);
        if (sharp)
            tally_close_sharp(&t, label);
        else
            tally_close(&t, label);
    }
}

double *numbers(int64_t count)
{
    double *v = calloc((size_t)count, sizeof *v);
    assert_non_null(v);
    return v;
}
