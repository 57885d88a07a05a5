/*
 * The problems every numeric test goes through: each activation (the registered one included), L = 1..6, widths with 1,
 * odd, prime and > 100, batches 1, 2, 7 and 33, with and without scaling, padding and a roomier workspace.
 */
#ifndef TESTS_SUPPORT_PROBLEM_SET_H
#define TESTS_SUPPORT_PROBLEM_SET_H

#include "support/subject.h"
#include "support/tally.h"

enum {
    LINEAR_OUTPUT = 0,
    ANY_OUTPUT = 1
}; /* ANY_OUTPUT: every other problem has an activation in its last layer */

/* The subject has done a forward pass over the whole batch. */
typedef void problem_check(problem *problem, subject *subject, tally *tally);

/*
 * Runs the check over all problems of both number types, then asserts that its comparisons were sharp (or, where
 * `sharp` is 0, only that there were any). Needs sigma_setup().
 */
void each_problem(const char *what, int output, int sharp, problem_check *check);

/* `count` zeroed numbers, to be freed. */
double *numbers(int64_t count);

#endif
