/* The check of a whole model, in parts that its files share. */
#ifndef MLPI_CHECK_MODEL_H
#define MLPI_CHECK_MODEL_H

#include "check/check.h"
#include "check/network.h"
#include "model/workspace.h"

/* A value that is wanted, and the scale of what may be off. */
typedef struct mlpi_want {
    double value, scale;
} mlpi_want;

/*
 * What is checked, and along what. Vectors of samples are compact; all numbers are multiples of 1/16 of small size, or rounded
 * to f32, so that they are the same in both number types.
 */
typedef struct mlpi_model_check {
    const mlp_model *model;
    mlp_workspace *workspace;
    mlpi_network network;
    mlp_check *report;
    int32_t layers, order; /* the highest derivative every activation has */
    int64_t batch, n_in, n_out, n_theta;
    double *x, *x_dot, *x_too; /* n_0 x batch */
    double *y_bar[3];          /* n_L x batch: of y, y', y'' */
    double *theta_dot, *theta_too;
    double *t; /* n_L x batch targets */
    mlpi_taylor *jet, *curve,
        *mixed; /* n_L x batch: along (x_dot; x_too, theta_too), (theta_dot; theta_too), (x_dot; x_too) */
    mlpi_taylor *spare; /* of the widest layer */
} mlpi_model_check;

/* A row of the report on the model's own scale. */
mlpi_check_row *mlpi_model_row(mlpi_model_check *check, const char *method, const char *name);

/* factor times a coefficient */
static inline mlpi_want mlpi_want_of(const mlpi_taylor *taylor, int power, double factor)
{
    return (mlpi_want){factor * taylor->c[power],
                       (factor < 0 ? -factor : factor) * (taylor->magnitude[power] + taylor->error[power])};
}

static inline void mlpi_want_add(mlpi_want *sum, mlpi_want term)
{
    sum->value += term.value;
    sum->scale += term.scale;
}

#include "base/real32.h"
#include "check/model_decl_tmpl.h"
#include "base/real64.h"
#include "check/model_decl_tmpl.h"

#endif
