/*
 * Derivatives by central differences of values, extrapolated to step 0 (after Ridders, Advances in Engineering Software
 * 4, 1982), with an estimate of their error. What is compared with them is believed where the estimate is small, so noise
 * or a kink of the values costs points, and never condemns a derivative that is right.
 */
#ifndef MLPI_CHECK_DIFFERENCE_H
#define MLPI_CHECK_DIFFERENCE_H

#include "check/report.h"

/* The value at a displacement h of whatever is moved. */
typedef mlp_status (*mlpi_displaced)(void *context, double h, double *value);

typedef struct mlpi_difference {
    double derivative;
    double estimate; /* of its error; infinite where values are not finite */
} mlpi_difference;

/* Steps begin at `step`. */
mlp_status mlpi_difference_of(mlpi_displaced value, void *context, double step, mlpi_difference *difference);

/* A row that compares derivatives with differences. Points are gathered, and judged at the end. */
typedef struct mlpi_difference_row {
    double residual, estimate; /* the largest of the points that count */
    int64_t points, counted;
} mlpi_difference_row;

/* One derivative and the difference it should be, on a scale > 0. It counts where the estimate is below 2^-10 of the scale. */
void mlpi_difference_compare(mlpi_difference_row *row, double got, const mlpi_difference *want, double scale);

/*
 * Adds the row to the report. Its bound is half of double's digits, 2^-26, beside four times the largest estimate. Where
 * less than half of the points count there is nothing to compare with, and the residual is infinite.
 */
void mlpi_difference_close(const mlpi_difference_row *row, mlp_check *check, const char *name);

#endif
