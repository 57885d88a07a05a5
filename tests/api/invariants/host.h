/*
 * What a program owns of its process, and a library in it must leave as it is. Linux only.
 */
#ifndef MLP_TESTS_HOST_H
#define MLP_TESTS_HOST_H

#include <sched.h>
#include <signal.h>
#include <stdint.h>

enum { HOST_SIGNALS = 64, HOST_TEXT = 4096 };

typedef struct host_state {
    char locale[256];    /* setlocale's, of all categories */
    void *thread_locale; /* uselocale's */
    sigset_t mask;
    struct sigaction actions[HOST_SIGNALS + 1];
    int rounding;         /* fegetround */
    uint64_t control;     /* rounding, flushing and trap bits of the processor's control registers */
    uint64_t environment; /* a hash of names and values */
    char directory[HOST_TEXT];
    cpu_set_t affinity;
    unsigned file_mask; /* umask's */
    int threads;        /* of the process, by /proc */
    int files;          /* open ones, by /proc */
    int blas_threads;   /* of an OpenBLAS in the process; 0 without */
} host_state;

/* Takes a look; changes nothing that lasts. */
void host_look(host_state *state);

/* The name of something that differs; NULL if nothing does. */
const char *host_difference(const host_state *before, const host_state *after);

/* Makes settings that no library would make, so that one that "restores" defaults is found out. */
void host_make_unusual(void);

#endif
