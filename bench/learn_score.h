/**
 * @file
 * How good a trained model is, and figures over several runs.
 */
#ifndef BENCH_LEARN_SCORE_H
#define BENCH_LEARN_SCORE_H

#include "dataset.h"

/** Errors on a set, both in percent (Prechelt 1994). */
struct learn_score {
    double squared; /**< 100 / (N P) sum (o - t)^2: targets are within 0 .. 1 */
    double
        wrong; /**< samples whose largest output is not where the largest target is; of one output, on the wrong side of 1/2 */
};

/** Score a model's predictions on inputs and targets. */
mlp_status learn_score(const mlp_model *model, const struct dataset *set, struct learn_score *score);

/** The share of samples whose largest output is at the label. */
mlp_status learn_accuracy(const mlp_model *model, const mlp_data *data, double *accuracy);

/** Mean and deviation as they come (Welford 1962); zero to begin. */
struct learn_figure {
    int64_t count;
    double mean, squares;
};

/** Add a value. */
void learn_figure_add(struct learn_figure *figure, double value);

/** The deviation of a sample, by count - 1; 0 for less than two. */
double learn_figure_deviation(const struct learn_figure *figure);

#endif
