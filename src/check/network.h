/*
 * The reference network: plain loops in double over polynomials in two variables s and t, so that one pass along two
 * directions has every derivative of up to third order that is asked for. No reverse formula is written down.
 *
 * Beside every coefficient go its magnitude (the recursion on absolute values) and an error: first-order analysis, in which
 * every product and every sigma^(k) is off by its size and errors go up through the derivatives. Errors times a rounding
 * unit are what any order of summation, forward or reverse, may be off by.
 */
#ifndef MLPI_CHECK_NETWORK_H
#define MLPI_CHECK_NETWORK_H

#include "model/model.h"

/* The powers kept: of degree 3 at most, with t once at most. */
enum { MLPI_1, MLPI_S, MLPI_SS, MLPI_SSS, MLPI_T, MLPI_ST, MLPI_SST, MLPI_POWERS };

typedef struct mlpi_taylor {
    double c[MLPI_POWERS], magnitude[MLPI_POWERS], error[MLPI_POWERS];
} mlpi_taylor;

typedef struct mlpi_network {
    const mlpi_architecture *architecture;
    double *theta; /* in compact order */
    double *input_scale, *input_shift, *output_scale, *output_shift;
    mlpi_taylor *y, *z; /* of the widest layer each */
    double unit;        /* what errors are to be multiplied with */
} mlpi_network;

/* What moves: y_from along from_s and from_t, theta along theta_s and theta_t; NULL for what does not. */
typedef struct mlpi_probe {
    int32_t from, to;
    int whole; /* from = 0 and to = L, in the user's units */
    const double *from_s, *from_t, *theta_s, *theta_t;
} mlpi_probe;

/* A copy of the model in double, freed by mlpi_network_destroy() also where this fails. */
mlp_status mlpi_network_create(const mlp_model *model, mlpi_network *network);
void mlpi_network_destroy(mlpi_network *network);

/*
 * y_to at x, which is in the user's units. Fails where a callback does. `reach`, unless NULL, receives the largest |z|, infinity
 * where one is so near to a kink that rounding may take it across.
 */
mlp_status mlpi_network_run(const mlpi_network *network, const double *x, const mlpi_probe *probe,
                            mlpi_taylor *out, double *reach);

#endif
