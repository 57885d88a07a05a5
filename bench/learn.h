/**
 * @file
 * The tasks of `mlp-bench learn`: what training has to reach, on data that Debian packages bring.
 *
 * A task takes methods by the names the library has for them and skips those it does not know.
 */
#ifndef BENCH_LEARN_H
#define BENCH_LEARN_H

#include <stdbool.h>
#include <stdint.h>

/** What the command line asks of a task. */
struct learn_request {
    const char *only;    /**< a part of the task; NULL for all */
    const char *methods; /**< separated by commas; NULL for all the task has recipes for */
    const char *options; /**< "name=value ..." of the trainer instead of the recipes'; NULL for those */
    int64_t seeds;       /**< 0 for the task's own number */
    int64_t threads;
    bool json, quick, peers;
};

/** A task. */
struct learn_task {
    const char *name, *summary;
    int (*run)(const struct learn_request *request); /**< returns an exit status */
};

extern const struct learn_task learn_matlab, learn_proben1, learn_digits, learn_fashion, learn_fit;

/** Whether a name is among those separated by commas; it always is where @p list is NULL. */
bool learn_is_listed(const char *list, const char *name);

#endif
