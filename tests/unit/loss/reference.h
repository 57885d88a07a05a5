/* Every loss by its definition, in complex long double: gradients are complex steps, which cancel nothing. */
#ifndef MLP_TESTS_LOSS_REFERENCE_H
#define MLP_TESTS_LOSS_REFERENCE_H

#include <complex.h>
#include <stdint.h>

typedef struct reference {
    int32_t id;
    long double size; /* of the derivatives, where |y| <= 4 and 0 <= t <= 1 */
    int signed_terms; /* the terms of l cancel: its error is relative to them */
    double other;     /* another value of the parameter than the default; 0 for losses without one */
    long double complex (*value)(int64_t n, const long double complex *y, const long double *t,
                                 long double parameter);
} reference;

enum { REFERENCES = 11, REFERENCE_MOST = 300 };

/* In the order of the ids. */
extern const reference references[REFERENCES];

long double reference_value(const reference *loss, int64_t n, const long double *y, const long double *t,
                            double parameter);

/* dl/dy_p */
long double reference_slope(const reference *loss, int64_t n, const long double *y, const long double *t,
                            double parameter, int64_t p);

/* ((d2l/dy2) v)_p, a central difference of slopes: within 1e-9 of the largest third derivative */
long double reference_hvp(const reference *loss, int64_t n, const long double *y, const long double *t,
                          double parameter, const long double *v, int64_t p);

#endif
