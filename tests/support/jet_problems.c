#include "support/jet_check.h"

#include <stddef.h>

static const int64_t widths[] = {1, 2, 3, 4, 5, 7, 8, 13, 16, 17, 31}, batches[] = {1, 2, 7, 33, 130};

static const struct {
    int32_t layers;
    int64_t width[5], batch;
} large_shapes[] = {
    {1, {128, 103}, 2},          {2, {5, 101, 3}, 7}, {2, {113, 1, 2}, 33},
    {4, {2, 16, 127, 15, 1}, 3}, {2, {3, 128, 2}, 5},
};

enum { LARGE_SHAPES = sizeof large_shapes / sizeof *large_shapes };

/* Depths are few where the batch is large, as every gradient of the reference is a pass over it. */
static problem_spec small_spec(mlp_dtype dtype, int kind, int32_t layers, uint64_t seed)
{
    draw d = {.state = seed};
    int64_t width[REFERENCE_LAYERS + 1];
    const int64_t batch = batches[(kind + layers) % 5];
    for (int32_t l = 0; l <= layers; l++)
        width[l] = widths[draw_int(&d, 0, batch > 7 ? 7 : sizeof widths / sizeof *widths - 1)];
    return problem_plain_spec(dtype, layers, width, sigma_at(kind)->id, batch, seed);
}

/* Every other problem has an activation in its last layer. */
static void run(problem_spec spec, int bend, jet_problem_check *check, jet_tally *t)
{
    problem p;
    subject s;
    draw d = {.state = ~spec.seed};
    spec.scaled = draw_chance(&d, 0.3);
    spec.bend = bend;
    if (draw_chance(&d, 0.5)) {
        spec.activation[spec.layers] = sigma_at((int)draw_int(&d, 0, SIGMA_COUNT - 1))->id;
        mlp_activation_parameter(spec.activation[spec.layers], NULL, &spec.parameter[spec.layers], NULL,
                                 NULL);
    }
    problem_create(&p, &spec);
    subject_create_for(&s, &p, spec.batch + draw_int(&d, 0, 1) * 5, (int32_t)draw_int(&d, 1, 2), jet_uses(&p),
                       draw_int(&d, 0, 3));
    subject_forward(&s, spec.batch, p.x, NULL);
    check(&p, &s, t);
    subject_destroy(&s);
    problem_destroy(&p);
}

void each_jet_problem(mlp_dtype dtype, int bend, jet_problem_check *check, jet_tally *t)
{
    for (int kind = 0; kind < SIGMA_COUNT; kind++)
        for (int32_t layers = 1; layers <= REFERENCE_LAYERS; layers++)
            run(small_spec(dtype, kind, layers, (uint64_t)(1000 * dtype + 10 * kind + layers)), bend, check,
                t);
    for (int shape = 0; shape < LARGE_SHAPES; shape++)
        for (int kind = shape % 3; kind < SIGMA_COUNT; kind += 5)
            run(problem_plain_spec(dtype, large_shapes[shape].layers, large_shapes[shape].width,
                                   sigma_at(kind)->id, large_shapes[shape].batch,
                                   (uint64_t)(5000 + 100 * shape + kind)),
                bend, check, t);
}
