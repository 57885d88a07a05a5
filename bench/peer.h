/**
 * @file
 * The programs problems are run by: libmlp's own and those of other libraries that have been built.
 */
#ifndef BENCH_PEER_H
#define BENCH_PEER_H

#include "child.h"

/** What a peer is. */
struct peer {
    const char *name;
    const char *kind;    /**< "own", "library", or "composite": others' products, our activations */
    const char *program; /**< in the directory of the driver; a script ends in .py */
    bool openblas;       /**< it takes whichever of OpenBLAS's cores computes right and fastest */
};

/** The peers, libmlp first; ends with a name of NULL. */
extern const struct peer peers[];

enum { PEER_PATH = 1024 };

/** The path of a program beside this one; whether it is there. */
bool peer_find(const char *program, char path[PEER_PATH]);

/**
 * Start a peer.
 *
 * @param threads  its libraries may use
 * @return whether it is there
 */
bool peer_start(const struct peer *peer, int threads, struct child *child);

/** Start this program with a command that speaks as a peer does, `serve` or `serve-products`, with settings as of
 * child_start(). */
bool peer_start_own(const char *command, int threads, const char *const *settings, struct child *child);

/** Repetitions that make a sample of about so many seconds, given what one took. */
int64_t peer_repeats(double seconds_once, double seconds);

#endif
