/*
 * What programs do with the library, from start to end: every scenario creates what it needs, frees it even where it
 * fails, and returns the first status that is not MLP_OK. Undisturbed, all succeed. They assert and print nothing.
 */
#ifndef MLP_TESTS_SCENARIOS_H
#define MLP_TESTS_SCENARIOS_H

#include "mlp/mlp.h"

typedef struct scenario {
    const char *name;
    mlp_status (*play)(void *); /* ignores its argument */
    int64_t least;              /* it allocates at least this often */
} scenario;

extern const scenario scenarios[];
extern const int32_t scenario_count;

/* Those of scenarios_train.c. */
mlp_status play_data_set(void *unused);
mlp_status play_sgd(void *unused);
mlp_status play_adam(void *unused);
mlp_status play_labels(void *unused);
mlp_status play_levenberg_marquardt(void *unused);
mlp_status play_own_gradient(void *unused);
mlp_status play_fit_full(void *unused);
mlp_status play_fit_deficient(void *unused);
mlp_status play_fit_few(void *unused);

#endif
