#include "data_options.h"

#include <string.h>

struct data_options data_options_default(void)
{
    return (struct data_options){.header = "auto", .delimiter = ",", .test_fraction = 0.2};
}

int data_options_rows(struct data_options *options, struct args_option *row)
{
    const struct args_option rows[] = {
        {"data", ARGS_HEADING, NULL, NULL, NULL, 0, 0},
        {"idx-images", ARGS_TEXT, &options->idx_images, "FILE", "images in IDX format, plain or .gz", 0, 0},
        {"idx-labels", ARGS_TEXT, &options->idx_labels, "FILE", "their labels in IDX format", 0, 0},
        {"fashion-mnist", ARGS_OPTIONAL, &options->fashion_mnist, "DIR",
         "Fashion-MNIST, by default from Debian's dataset-fashion-mnist", 0, 0},
        {"csv", ARGS_TEXT, &options->csv, "FILE", "a table, plain or .gz", 0, 0},
        {"label", ARGS_TEXT, &options->label, "COLUMN", "its column of classes, by name or number from 1", 0,
         0},
        {"target", ARGS_TEXT, &options->target, "COLUMNS",
         "its columns of target numbers, with commas between", 0, 0},
        {"ignore", ARGS_TEXT, &options->ignore, "COLUMNS", "columns that are no inputs", 0, 0},
        {"header", ARGS_TEXT, &options->header, "yes|no|auto",
         "whether line 1 has the names; auto: if nothing in it is a number", 0, 0},
        {"delimiter", ARGS_TEXT, &options->delimiter, "CHAR", "what separates fields, by default a comma", 0,
         0},
    };

    memcpy(row, rows, sizeof rows);
    return sizeof rows / sizeof *rows;
}

int data_options_training_rows(struct data_options *options, struct args_option *row)
{
    const struct args_option rows[] = {
        {"classes", ARGS_TEXT, &options->classes, "NAMES",
         "names of the IDX labels 0, 1, ..., with commas between", 0, 0},
        {"test data", ARGS_HEADING, NULL, NULL, NULL, 0, 0},
        {"test-images", ARGS_TEXT, &options->test_images, "FILE", "as --idx-images", 0, 0},
        {"test-labels", ARGS_TEXT, &options->test_labels, "FILE", "as --idx-labels", 0, 0},
        {"test-csv", ARGS_TEXT, &options->test_csv, "FILE", "as --csv, with the same columns", 0, 0},
        {"test-fraction", ARGS_REAL, &options->test_fraction, "SHARE",
         "share of the data drawn for the test, where no file is given; default 0.2", 0, 0.9},
        {"seed", ARGS_INT, &options->seed, "N",
         "of all that is random: initial parameters, shuffling, drawing; default 0", 0, 9007199254740992.0},
    };

    memcpy(row, rows, sizeof rows);
    return sizeof rows / sizeof *rows;
}
