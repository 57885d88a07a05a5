/* Quasi-Newton directions by dense matrices and plain loops, from the equations alone. */
#ifndef MLP_TESTS_DENSE_BFGS_H
#define MLP_TESTS_DENSE_BFGS_H

#include <stdint.h>

enum { DENSE_BFGS_MOST = 64 };

/* Steps of n numbers each, the oldest first: s, y, and the gradient where each began. */
typedef struct dense_bfgs {
    int64_t n, count;
    double s[DENSE_BFGS_MOST][DENSE_BFGS_MOST], y[DENSE_BFGS_MOST][DENSE_BFGS_MOST],
        g[DENSE_BFGS_MOST][DENSE_BFGS_MOST];
    double H[DENSE_BFGS_MOST][DENSE_BFGS_MOST];
} dense_bfgs;

/*
 * p = -H g where H is made of the newest `pairs` pairs by (6.17) of Nocedal and Wright, H <- V^T H V + rho s s^T with
 * V = I - rho y s^T, on (s^T y / y^T y) I of the newest.
 */
void dense_bfgs_limited(dense_bfgs *b, int64_t pairs, const double *g, double *p);

/*
 * p = -H g where H is made of all steps by equations 13 to 23 of Urban, Stefanou and Pons, on (s^T y / y^T y) I of the oldest.
 * `pairs` is not used.
 */
void dense_bfgs_scaled(dense_bfgs *b, int64_t pairs, const double *g, double *p);

#endif
