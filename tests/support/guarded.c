#include "support/guarded.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

/* AddressSanitizer guards the ends better. */
#if defined(__SANITIZE_ADDRESS__)
enum { GUARD = 0 };
#else
enum { GUARD = 16 };
#endif

static const uint32_t sentinel32 = 0x7fc0dead;
static const uint64_t sentinel64 = 0x7ff8deadbeefcafe;

static int64_t span(const guarded *a)
{
    return (a->matrices - 1) * a->stride + (a->columns - 1) * a->ld + a->rows;
}

static size_t element_size(const guarded *a)
{
    return a->dtype == MLP_F32 ? sizeof(float) : sizeof(double);
}

static void put_sentinel(guarded *a, int64_t at)
{
    if (a->dtype == MLP_F32)
        memcpy((float *)a->data + at, &sentinel32, sizeof sentinel32);
    else
        memcpy((double *)a->data + at, &sentinel64, sizeof sentinel64);
}

static int is_sentinel(const guarded *a, int64_t at)
{
    return a->dtype == MLP_F32 ? memcmp((const float *)a->data + at, &sentinel32, sizeof sentinel32) == 0
                               : memcmp((const double *)a->data + at, &sentinel64, sizeof sentinel64) == 0;
}

static double get(const guarded *a, int64_t at)
{
    return a->dtype == MLP_F32 ? (double)((const float *)a->data)[at] : ((const double *)a->data)[at];
}

static void put(guarded *a, int64_t at, double value)
{
    if (a->dtype == MLP_F32)
        ((float *)a->data)[at] = (float)value;
    else
        ((double *)a->data)[at] = value;
}

static int64_t count(const guarded *a)
{
    return a->rows * a->columns * a->matrices;
}

/* Where element k in compact order is. */
static int64_t position(const guarded *a, int64_t k)
{
    return k / (a->rows * a->columns) * a->stride + k / a->rows % a->columns * a->ld + k % a->rows;
}

guarded guarded_create(mlp_dtype dtype, int64_t rows, int64_t columns, int64_t matrices, int64_t padding,
                       const double *values)
{
    guarded a = {
        .dtype = dtype, .rows = rows, .columns = columns, .matrices = matrices, .ld = rows + padding};
    a.stride = a.ld * columns + padding;
    a.memory = malloc((size_t)(span(&a) + 2 * GUARD) * element_size(&a));
    assert_non_null(a.memory);
    a.data = (char *)a.memory + GUARD * element_size(&a);
    for (int64_t at = -GUARD; at < span(&a) + GUARD; at++)
        put_sentinel(&a, at);
    for (int64_t k = 0; values && k < count(&a); k++)
        put(&a, position(&a, k), values[k]);
    return a;
}

/* Whether position `at` is an element, not something between. */
static int is_element(const guarded *a, int64_t at)
{
    const int64_t column = at % a->stride / a->ld, row = at % a->stride % a->ld;
    return at >= 0 && at < span(a) && column < a->columns && row < a->rows;
}

void guarded_collect(guarded *a, double *values)
{
    int64_t written = 0;
    for (int64_t at = -GUARD; at < span(a) + GUARD; at++)
        written += !is_element(a, at) && !is_sentinel(a, at);
    for (int64_t k = 0; values && k < count(a); k++)
        values[k] = get(a, position(a, k));
    free(a->memory);
    if (written)
        fail_msg("%lld numbers between or around the elements of an array were overwritten",
                 (long long)written);
}
