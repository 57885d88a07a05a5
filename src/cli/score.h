/**
 * @file
 * How well a model does on a data set.
 */
#ifndef CLI_SCORE_H
#define CLI_SCORE_H

#include "dataset.h"
#include "names.h"

#include <stdio.h>

/** The result; what does not apply is zero or NULL. */
struct score {
    bool classification;
    int64_t samples;
    double loss;     /**< softmax cross-entropy where the model's head is softmax, else squared error */
    double accuracy; /**< share of the samples whose largest output, the first of equals, is at the label */
    double rmse;     /**< root of the mean squared error over samples and targets */
    int64_t classes;
    int64_t *confusion; /**< classes x classes counts: row = true class, column = prediction */
    void *y;            /**< the outputs, before the head: a column per sample */
};

/** Evaluate a model. Returns an exit status; score_clear() is due in either case. */
int score_model(const mlp_model *model, const struct dataset *set, struct score *score);

/** Free what the score holds. */
void score_clear(struct score *score);

/** The outputs of a model for every sample, with its head or without; to be freed. Returns an exit status. */
int score_outputs(const mlp_model *model, const struct dataset *set, bool head, void **y);

/** Index of the largest of @p n values. */
int64_t score_argmax(mlp_dtype dtype, const void *y, int64_t offset, int64_t n);

/** Print the confusion matrix, with the share found of each class. */
void score_print_confusion(const struct score *score, const struct names *classes, FILE *stream);

#endif
