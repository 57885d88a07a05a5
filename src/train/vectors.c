#include "train/vectors.h"

#include <math.h>

enum { LANES = 8 };

double mlpi_vector_dot(int64_t n, const double *x, const double *y)
{
    double lanes[LANES] = {0}, sum = 0;
    const int64_t whole = n - n % LANES;
    for (int64_t i = 0; i < whole; i += LANES)
        for (int k = 0; k < LANES; k++)
            lanes[k] += x[i + k] * y[i + k];
    for (int64_t i = whole; i < n; i++)
        lanes[i - whole] += x[i] * y[i];
    for (int k = 0; k < LANES; k++)
        sum += lanes[k];
    return sum;
}

double mlpi_vector_norm(int64_t n, const double *x)
{
    return sqrt(mlpi_vector_dot(n, x, x));
}

void mlpi_vector_add(int64_t n, double alpha, const double *x, double *y)
{
    for (int64_t i = 0; i < n; i++)
        y[i] += alpha * x[i];
}

void mlpi_vector_scale(int64_t n, double alpha, double *x)
{
    for (int64_t i = 0; i < n; i++)
        x[i] *= alpha;
}
