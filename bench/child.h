/**
 * @file
 * A program that runs problems for the driver, in a process and an environment of its own (serve.h has its side of the
 * conversation).
 */
#ifndef BENCH_CHILD_H
#define BENCH_CHILD_H

#include "problem.h"

#include <sys/types.h>

enum { CHILD_LINE = 512 };

/** A process; pid 0 where there is none (any more). */
struct child {
    pid_t pid;
    int to, from;
    char library[CHILD_LINE]; /**< what it said it is */
    char why[CHILD_LINE];     /**< the last refusal, or how it ended */
};

/** What a problem came to. */
enum verdict { VERDICT_READY, VERDICT_WRONG, VERDICT_SKIPPED, VERDICT_DEAD };

/**
 * Start a program.
 *
 * @param argv         as for execv(); NULL-terminated
 * @param environment  `NAME=value` texts added to the driver's, `NAME` alone taken from it; NULL-terminated
 * @return whether it is there and has said what it is
 */
bool child_start(struct child *child, const char *const *argv, const char *const *environment);

/** End it; fine where there is none. */
void child_stop(struct child *child);

/** Hand it a problem's text, to be made ready and checked. */
enum verdict child_problem(struct child *child, const char *problem, double *residual);

/**
 * Seconds of so many runs of the problem that is ready; negative if the child is dead. Returns when its threads have ceased to
 * look for more work, which they would do on the processor of whoever runs next.
 */
double child_run(struct child *child, int64_t repeats);

#endif
