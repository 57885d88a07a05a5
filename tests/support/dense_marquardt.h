/* Levenberg-Marquardt on small tanh networks with identity outputs, by plain loops in double: Hagan and Menhaj 1994. */
#ifndef TESTS_SUPPORT_DENSE_MARQUARDT_H
#define TESTS_SUPPORT_DENSE_MARQUARDT_H

#include <stdint.h>

enum { DENSE_PARAMS = 80, DENSE_ROWS = 400, DENSE_WIDTH = 12, DENSE_LAYERS = 4 };

/* A network with its data: rows of x, t and weights by samples. */
typedef struct dense_marquardt {
    int layers;
    int64_t widths[DENSE_LAYERS + 1], n, samples;
    const double *x, *t, *weights; /* weights NULL for all 1 */
    double theta[DENSE_PARAMS];
    double damping, decrease, increase, maximum;
} dense_marquardt;

/* sum_s w_s |y_s - t_s|^2 / 2; J (samples n_L x n) and r, with the roots of the weights, unless NULL. */
double dense_marquardt_sum(const dense_marquardt *m, const double *theta, double *J, double *r);

/* A step; returns the number of damping factors tried. */
int dense_marquardt_step(dense_marquardt *m);

/* Bayesian regularisation on top of it: Foresee and Hagan 1997. */
typedef struct dense_bayes {
    dense_marquardt m;
    double alpha, beta, gamma;
} dense_bayes;

void dense_bayes_step(dense_bayes *b);

#endif
