/*
 * What a method makes smaller, as a function of theta in double, whatever the model's number type is. Its vectors are
 * compact, in parameter order.
 */
#ifndef MLPI_TRAIN_OBJECTIVE_H
#define MLPI_TRAIN_OBJECTIVE_H

#include "train/trainer.h"

/* A theta, the objective there and its gradient. */
typedef struct mlpi_point {
    double *theta, *gradient;
    double loss;
    const char *bad; /* "loss" or "gradient" where that is not finite: then neither means anything */
} mlpi_point;

struct mlpi_objective {
    mlp_trainer *trainer;
    int64_t n;
    int same; /* as in the last step: only parameters may have changed */
    const void *problem;
    void (*read)(const mlpi_objective *objective, mlpi_point *point);
    void (*move)(const mlpi_objective *objective, mlpi_point *point);
    mlp_status (*evaluate)(const mlpi_objective *objective, mlpi_point *point);
};

mlpi_objective mlpi_objective_of_f32(mlp_trainer *trainer, const mlpi_problem_f32 *problem);
mlpi_objective mlpi_objective_of_f64(mlp_trainer *trainer, const mlpi_problem_f64 *problem);

/* theta of the trainer's model. */
void mlpi_objective_read(const mlpi_objective *objective, mlpi_point *point);

/* The model to theta, which becomes what the model's number type makes of it: what was read is set again to the bit. */
void mlpi_objective_move(const mlpi_objective *objective, mlpi_point *point);

/*
 * Loss and gradient at the model's parameters: over all samples, in blocks of the prepared maximum, added in their order in
 * double. The bits depend on that maximum and not on the number of threads. Fails where a callback does.
 */
mlp_status mlpi_objective_evaluate(const mlpi_objective *objective, mlpi_point *point);

#endif
