/*
 * Random problems: a network, a batch of inputs and a seed, with every z_l inside the range where the activation of
 * layer l is well exercised, so that derivatives are neither small nor buried under cancellation.
 */
#ifndef TESTS_SUPPORT_PROBLEM_H
#define TESTS_SUPPORT_PROBLEM_H

#include "support/draw.h"
#include "support/reference.h"

/* What to draw. */
typedef struct problem_spec {
    mlp_dtype
        dtype; /* f32: all numbers are rounded to float first, so that both sides compute with the same */
    int32_t layers;
    int64_t width[REFERENCE_LAYERS + 1];
    mlp_activation activation[REFERENCE_LAYERS + 1]; /* of layer l at [l] */
    double parameter[REFERENCE_LAYERS + 1];          /* where the activation has one */
    int64_t batch;
    int scaled; /* with input and output scaling */
    int bend; /* z where sigma bends, and numbers of one sign: higher derivatives, which then do not cancel either */
    uint64_t seed;
} problem_spec;

typedef struct problem {
    problem_spec spec;
    reference net;
    double *x;              /* n_0 x batch */
    reference_point *point; /* of every sample */
    draw random;            /* for what a test adds: cotangents, tangents, choices */
} problem;

/* A spec with one activation for layers 1 .. L-1, its default parameter, and a linear output. */
problem_spec problem_plain_spec(mlp_dtype dtype, int32_t layers, const int64_t *width, mlp_activation hidden,
                                int64_t batch, uint64_t seed);

/* Draws until no z is within 1e-6 (f32: 1e-5) of a kink; the seed found is in problem->spec.seed. */
void problem_create(problem *problem, const problem_spec *spec);
void problem_destroy(problem *problem);

/* count numbers in (-1, 1), with `bend` positive, that the problem's number type holds exactly, none near zero; to be freed. */
double *problem_draw_vector(problem *problem, int64_t count);

/* The k-th of at most `most` choices among 0 .. count - 1: all where they fit, else the ends and random ones. */
int64_t problem_choose(problem *problem, int64_t k, int64_t most, int64_t count);
int64_t problem_choices(int64_t most, int64_t count);

/* "f64 widths 4-3-1 tanh identity batch 7 seed 42", for messages; overwritten by the next call. */
const char *problem_describe(const problem *problem);

/* The bound c: errors are at most c S. c grows with depth and width as the sums do, and is at most 1e-13 in f64. */
double problem_tolerance(const problem *problem);

#endif
