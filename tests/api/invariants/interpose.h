/*
 * Counters of what the calling thread does: allocations, whoever makes them, and locks taken through POSIX threads.
 * interpose.c defines malloc, pthread_mutex_lock and their kind in the test program, so that the calls of every
 * shared library in it come by; blas_gate.c does the same with CBLAS to tell the library's doings from its BLAS's.
 *
 * Sanitizers define the same functions, and only glibc has the names behind them: elsewhere nothing is counted.
 */
#ifndef MLP_TESTS_INTERPOSE_H
#define MLP_TESTS_INTERPOSE_H

#include <stdint.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define INTERPOSE_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define INTERPOSE_SANITIZED 1
#endif
#endif

#if defined(__linux__) && !defined(INTERPOSE_SANITIZED)
#include <features.h>
#ifdef __GLIBC__
#define INTERPOSE_WORKS 1
#endif
#endif

/* Events since interpose_arm(): [0] outside of BLAS calls, [1] within. */
typedef struct interpose_counts {
    int64_t allocations[2]; /* and releases */
    int64_t locks[2];
} interpose_counts;

#ifdef INTERPOSE_WORKS
/* Count from here on, on this thread; and stop, telling what was counted. */
void interpose_arm(void);
interpose_counts interpose_disarm(void);
#endif

/* 1 while this thread is inside a BLAS call that came through blas_gate.c. */
extern _Thread_local int interpose_in_blas;

#endif
