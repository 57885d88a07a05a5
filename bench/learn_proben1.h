/**
 * @file
 * Results of the task proben1.
 */
#ifndef BENCH_LEARN_PROBEN1_H
#define BENCH_LEARN_PROBEN1_H

#include "learn_score.h"

enum { PROBEN1_MOST_METHODS = 32 };

/** What a method came to on one set. */
struct proben1_method {
    char name[48];
    bool peer;                      /**< of another library */
    struct learn_figure validation; /**< squared error, by which methods are chosen */
    struct learn_figure wrong, squared, seconds, epochs;
};

/** What was reached on one set. */
struct proben1_result {
    const char *set, *widths;
    bool classes; /**< what counts is samples gone wrong, else squared errors */
    int count;
    struct proben1_method method[PROBEN1_MOST_METHODS];
};

/** The method of a name, added where it is new; NULL where there is no room. */
struct proben1_method *proben1_find(struct proben1_result *result, const char *name, bool peer);

/** Add a run of a method. */
void proben1_add(struct proben1_result *result, const char *name, bool peer,
                 const struct learn_score *validation, const struct learn_score *test, double seconds,
                 double epochs);

/** The method of the least squared error on validation data; NULL for none. */
const struct proben1_method *proben1_best(const struct proben1_result *result, bool peer);

/**
 * Add what FANN's trainers come to.
 *
 * @param part   the samples for training, validation and test
 * @param model  whose scaling of the inputs FANN gets, too
 * @return whether FANN is there
 */
bool proben1_run_fann(const struct dataset *const part[3], const mlp_model *model, uint64_t seed,
                      double seconds, int patience, struct proben1_result *result);

/** Write what every method came to. */
void proben1_print(const struct proben1_result *result, bool json);

/** Write a table of the best, ours and the peers', of all sets. */
void proben1_print_summary(const struct proben1_result *results, int count);

#endif
