/* The checks behind mlp/check.h. Arguments are valid; a failure leaves no report. */
#ifndef MLPI_CHECK_CHECK_H
#define MLPI_CHECK_CHECK_H

#include "check/report.h"
#include "layer/activation.h"
#include "loss/loss.h"
#include "mlp/model.h"

/* A function of the user's: y and the cotangents it pulls back. */
typedef struct mlpi_check_function {
    int64_t n_in, n_out, n_theta;
    mlp_check_value_fn value;
    mlp_check_vjp_fn vjp;
    void *context;
    const double *theta;
} mlpi_check_function;

mlp_status mlpi_check_of_function(const mlpi_check_function *function, uint64_t seed, mlp_check **out);
mlp_status mlpi_check_of_model(const mlp_model *model, int64_t points, uint64_t seed, mlp_check **out);
mlp_status mlpi_check_of_activation(const mlpi_activation *activation, uint64_t seed, mlp_check **out);
mlp_status mlpi_check_of_loss(const mlpi_loss *loss, int64_t n, uint64_t seed, mlp_check **out);

/* Rows of every derivative a registered activation has, against differences of the order below. */
enum { MLPI_CHECK_ACTIVATION_ROWS = 8 };
mlp_status mlpi_check_add_activation(const mlpi_activation *activation, uint64_t seed, mlp_check *check);

#endif
