/**
 * @file
 * What a method reached over several seeds, as a line for people or a line of JSON.
 */
#ifndef BENCH_LEARN_TALLY_H
#define BENCH_LEARN_TALLY_H

#include "learn_peer.h"
#include "learn_run.h"

enum { LEARN_MOST_SEEDS = 1000 };

/** Runs of one method. */
struct learn_tally {
    const char *method;
    int64_t runs, reached;
    double seconds[LEARN_MOST_SEEDS]; /**< of all runs */
    double to_goal[LEARN_MOST_SEEDS]; /**< of those that reached the goal */
    double in_vain;                   /**< seconds of those that did not, in all */
    double epochs[LEARN_MOST_SEEDS];
    double score[LEARN_MOST_SEEDS]; /**< what the task is about: an error or an accuracy */
};

/** Add a run and its score. */
void learn_tally_add(struct learn_tally *tally, const struct learn_result *result, double score);

/** The runs of a peer, and its name. */
struct learn_peer_tally {
    char name[sizeof((struct learn_peer_line *)0)->name];
    struct learn_tally *tally;
    bool gone; /**< it is not there: it is not asked again */
};

/**
 * Add a line of a peer: accuracy, 0 .. 1, seconds, epochs and maybe seconds to the goal, 0 for never; for learn_peer_run().
 *
 * @param context  a struct learn_peer_tally; lines of other kinds are passed over
 */
void learn_tally_take_line(const struct learn_peer_line *line, void *context);

/** Seconds to the goal and in vain, over the runs that reached it; infinite where none has. */
double learn_tally_per_success(const struct learn_tally *tally);

/**
 * Write a table of tallies.
 *
 * @param task   what was learnt
 * @param score  what the score is called
 * @param goal   whether there was one
 */
void learn_tally_print(const char *task, const char *score, bool goal, bool json, struct learn_tally *tallies,
                       int64_t count);

#endif
