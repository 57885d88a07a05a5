/**
 * @file
 * What `mlp train` can be told.
 */
#ifndef CLI_TRAIN_OPTIONS_H
#define CLI_TRAIN_OPTIONS_H

#include "data_options.h"
#include "loss_choice.h"

/** The options as given. */
struct train_texts {
    const char *hidden, *activation, *init, *loss, *optimizer, *dtype, *decay;
};

/** The options as understood. */
struct train_options {
    struct data_options data;
    struct train_texts text;
    mlp_dtype dtype;
    mlp_activation activation;
    double activation_parameter; /**< NaN for the default */
    mlp_initializer init;        /**< 0: the one that suits the activation */
    struct loss_choice loss;     /**< none: the one that suits the data */
    mlp_optimizer optimizer;
    bool cosine; /**< the learning rate falls along a cosine, else it stays */
    double learning_rate, momentum, weight_decay;
    int64_t batch, epochs, threads;
    int64_t *hidden; /**< widths; to be freed */
    int32_t hidden_count;
    const char *out, *plot;
    const char *checkpoint, *resume; /**< files; NULL for none */
    int64_t checkpoint_every;        /**< epochs */
    bool nesterov, standardize, quiet, verbose;
};

/**
 * Parse the command line.
 *
 * @param done  receives true where help was asked for and printed
 * @return an exit status; train_options_clear() is due in either case
 */
int train_options_parse(int argc, char **argv, struct train_options *options, bool *done);

/** Free what the options hold. */
void train_options_clear(struct train_options *options);

#endif
