/**
 * @file
 * A loss as text: "huber", or with its parameter "huber:0.5". Options and the metadata of models have it.
 */
#ifndef CLI_LOSS_CHOICE_H
#define CLI_LOSS_CHOICE_H

#include "mlp/mlp.h"

/** A constant and its parameter, NaN for the default; the constant is 0 where nothing was chosen. */
struct loss_choice {
    mlp_loss constant;
    double parameter;
};

/**
 * Split the text at its colon.
 *
 * @param name  receives a copy of the name, to be freed; the constant is that of it, 0 if unknown
 * @return the text of the parameter where it is no number, else NULL
 */
const char *loss_choice_parse(const char *text, char **name, struct loss_choice *choice);

/** The loss itself, to be given back with loss_choice_close(). */
mlp_status loss_choice_open(const struct loss_choice *choice, mlp_loss *loss);

/** Give back what loss_choice_open() gave. */
void loss_choice_close(mlp_loss loss);

#endif
