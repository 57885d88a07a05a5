/**
 * @file
 * Problems as text: `train f32 16-64-64-64-4 tanh batch=32 threads=1 engine=auto cpu=auto`. The first four words are
 * due, in this order; the others have defaults and any order.
 */
#ifndef BENCH_PROBLEM_H
#define BENCH_PROBLEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** What is computed, for a batch. */
enum work {
    WORK_INFER, /**< y */
    WORK_TRAIN, /**< forward pass, squared error averaged over the batch, all gradients, plain SGD update */
    WORK_GRAD,  /**< the same without the update */
    WORK_VJP,   /**< x_bar and theta_bar of a given y_bar, the pass being done */
    WORK_JVP,   /**< y_dot of a given x_dot, the pass being done */
    /* forward pass, squared error averaged over the batch, then mlp_sample_...: timed beside WORK_GRAD */
    WORK_SAMPLE_GRADIENTS,
    WORK_SAMPLE_NORMS,
    WORK_SAMPLE_CLIPPED_SUM, /**< with a bound of 1 / batch */
    WORK_SAMPLE_INNER_PRODUCTS,
    /* forward pass, then mlp_jacobian...: timed beside WORK_GRAD */
    WORK_JACOBIAN,
    WORK_JACOBIAN_THETA,
    WORK_JACOBIAN_NORMAL_ADD, /**< the residuals are t; of the answer only Jtr */
    WORKS
};

enum { PROBLEM_MOST_LAYERS = 32, PROBLEM_TEXT_SIZE = 512 };

/** A problem. Layers have the widths n_0 .. n_L; the last one is linear. */
struct problem {
    enum work work;
    bool f64;
    int layers;
    int64_t width[PROBLEM_MOST_LAYERS + 1];
    char activation[32];
    int64_t batch;
    int threads;
    char engine[16], cpu[16];
};

/** The name of a work: "infer" and so on. */
const char *work_name(enum work work);

/** Find a work by name. Returns whether there is one. */
bool work_find(const char *name, enum work *work);

/** Whether a work is timed beside WORK_GRAD, of which it is another kind. */
bool work_is_beside_gradient(enum work work);

/** Parse widths joined by '-' into a problem. Returns whether they are two or more integers from 1 to 2^20. */
bool problem_parse_widths(const char *text, struct problem *problem);

/**
 * Parse a problem.
 *
 * @param why  receives what is wrong, where something is
 * @return whether @p text is a problem
 */
bool problem_parse(const char *text, struct problem *problem, char *why, size_t size);

/** Write a problem as text that parses to the same; engine and cpu where they are not auto. Returns @p text. */
const char *problem_print(const struct problem *problem, char text[PROBLEM_TEXT_SIZE]);

/** Write the widths joined by '-'. Returns @p text. */
const char *problem_print_widths(const struct problem *problem, char text[PROBLEM_TEXT_SIZE]);

/** Number of parameters: sum_l n_l (n_{l-1} + 1). */
int64_t problem_params(const struct problem *problem);

/** Values of the answer for one sample: a column of y, x_bar, y_dot, g_s, K, J; 0 where it is only parameters. */
int64_t problem_rows(const struct problem *problem);

/** Multiplications with addition the work needs, for the whole batch. */
double problem_fma(const struct problem *problem);

/** Activations the work evaluates, for the whole batch: those of the hidden layers, once. */
double problem_activations(const struct problem *problem);

/** Bytes of a number. */
int problem_bytes(const struct problem *problem);

#endif
