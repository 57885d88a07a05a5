/**
 * @file
 * The options that say where data come from, the same for every command, and the loading behind them.
 */
#ifndef CLI_DATA_OPTIONS_H
#define CLI_DATA_OPTIONS_H

#include "args.h"
#include "dataset.h"
#include "schema.h"

/** Values of the options; NULL or "" as args.h says where not given. */
struct data_options {
    const char *fashion_mnist;
    const char *idx_images, *idx_labels, *test_images, *test_labels;
    const char *csv, *test_csv;
    const char *label, *target, *ignore, *header, *delimiter;
    const char *classes;
    double test_fraction;
    int64_t seed;
};

/** What to train on. */
struct task {
    struct schema schema;
    struct dataset train, test; /**< test has no samples where there is no test set */
    bool bytes;                 /**< inputs are bytes, 0 to 255 */
    const char *name;           /**< of the data set: a file, or what people call it */
};

enum { DATA_OPTIONS_MOST_ROWS = 20 };

/** The values of options that are not given. */
struct data_options data_options_default(void);

/** Write the rows of the options every command has; returns their number. */
int data_options_rows(struct data_options *options, struct args_option *row);

/** Write the rows of the options for test data and splitting; returns their number. */
int data_options_training_rows(struct data_options *options, struct args_option *row);

/** Load what to train on. Returns an exit status; data_task_clear() is due in either case. */
int data_load_training(const struct data_options *options, mlp_dtype dtype, struct task *task);

/** Load what a model is to be evaluated on (with answers) or to predict. dataset_clear() is due in either case. */
int data_load_for_model(const struct data_options *options, const mlp_model *model,
                        const struct schema *schema, bool answers, struct dataset *set);

/** Free a task's data. */
void data_task_clear(struct task *task);

#endif
