/* Arithmetic on sizes that cannot wrap. Each returns 1 and stores the result, or 0 on overflow. */
#ifndef MLPI_BASE_CHECKED_H
#define MLPI_BASE_CHECKED_H

#include <stddef.h>
#include <stdint.h>

static inline int mlpi_checked_add(int64_t a, int64_t b, int64_t *sum)
{
    return !__builtin_add_overflow(a, b, sum);
}

static inline int mlpi_checked_mul(int64_t a, int64_t b, int64_t *product)
{
    return !__builtin_mul_overflow(a, b, product);
}

/* a * b + c */
static inline int mlpi_checked_mul_add(int64_t a, int64_t b, int64_t c, int64_t *result)
{
    int64_t product;
    return mlpi_checked_mul(a, b, &product) && mlpi_checked_add(product, c, result);
}

/* Rounds a >= 0 up to a multiple of `unit`. */
static inline int mlpi_checked_round_up(int64_t a, int64_t unit, int64_t *result)
{
    int64_t sum;
    if (!mlpi_checked_add(a, unit - 1, &sum))
        return 0;
    *result = sum / unit * unit;
    return 1;
}

#endif
