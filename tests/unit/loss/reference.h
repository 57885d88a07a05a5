/* Every loss by its definition, in complex long double: gradients are complex steps, which cancel nothing. */
#ifndef MLP_TESTS_LOSS_REFERENCE_H
#define MLP_TESTS_LOSS_REFERENCE_H

#include <complex.h>
#include <stdint.h>

typedef struct reference {
    int32_t id;
    long double complex (*value)(int64_t n, const long double complex *y, const long double *t);
} reference;

enum { REFERENCES = 2, REFERENCE_MOST = 300 };

/* In the order of the ids. */
extern const reference references[REFERENCES];

long double reference_value(const reference *loss, int64_t n, const long double *y, const long double *t);

/* dl/dy_p */
long double reference_slope(const reference *loss, int64_t n, const long double *y, const long double *t,
                            int64_t p);

/* ((d2l/dy2) v)_p, a central difference of slopes: within 1e-9 of the largest third derivative */
long double reference_hvp(const reference *loss, int64_t n, const long double *y, const long double *t,
                          const long double *v, int64_t p);

#endif
