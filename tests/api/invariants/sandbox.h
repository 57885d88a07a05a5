/*
 * Steps run in a child process whose every system call but write, exit_group and rt_sigreturn is caught by a seccomp
 * filter. Linux only.
 */
#ifndef MLP_TESTS_SANDBOX_H
#define MLP_TESTS_SANDBOX_H

#include <stdint.h>

typedef void (*sandbox_step)(int32_t step, void *context);

typedef struct sandbox_report {
    int32_t step;    /* that was running when the child ended; the number of steps if it ended well */
    int32_t syscall; /* the system call that was caught; -1: none, the child died of something else */
    int32_t in_blas; /* it came from within a BLAS call */
} sandbox_report;

/*
 * Fork, call `warm` if there is one, close the doors, and run steps first .. count - 1. Returns 0, or -1 where the
 * kernel has no seccomp filters; asserts nothing.
 */
int sandbox_run(int32_t first, int32_t count, sandbox_step step, void (*warm)(void *), void *context,
                sandbox_report *report);

#endif
