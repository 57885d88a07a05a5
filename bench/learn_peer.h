/**
 * @file
 * Other libraries on the same task: a program is run with arguments and writes a line for each method.
 */
#ifndef BENCH_LEARN_PEER_H
#define BENCH_LEARN_PEER_H

#include <stdbool.h>

enum { LEARN_PEER_FIGURES = 8 };

/** A line of a peer: a name and figures. */
struct learn_peer_line {
    char name[48];
    double figure[LEARN_PEER_FIGURES];
    int count;
};

/** Read a line; one of another kind has no figures. */
void learn_peer_read(const char *text, struct learn_peer_line *line);

/**
 * Run a peer on one thread, to its end.
 *
 * @param program    below the directory of this program; a script ends in .py
 * @param arguments  without characters a shell would take for its own
 * @param line       called for every line of the kind "peer NAME FIGURE..."
 * @return whether it was there and ended well; why not, is said
 */
bool learn_peer_run(const char *program, const char *arguments,
                    void (*line)(const struct learn_peer_line *line, void *context), void *context);

#endif
