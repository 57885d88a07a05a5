/* The extended Kalman filter on the networks of dense_marquardt.h, by plain loops in double: the textbook's equations. */
#ifndef TESTS_SUPPORT_DENSE_KALMAN_H
#define TESTS_SUPPORT_DENSE_KALMAN_H

#include "support/dense_marquardt.h"

typedef struct dense_kalman {
    dense_marquardt m;
    double covariance, measurement, process;
    double P[DENSE_PARAMS][DENSE_PARAMS];
} dense_kalman;

void dense_kalman_begin(dense_kalman *k);

/* One pass over all samples in order; the mean of their losses, each before. */
double dense_kalman_pass(dense_kalman *k);

#endif
