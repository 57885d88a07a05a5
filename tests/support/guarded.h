/*
 * Arrays as callers may hand them in: matrices of either number type with a leading dimension and a stride larger
 * than needed. Every element between columns and matrices, and a guard on both sides, holds a NaN of known bits: a
 * library that reads it spoils its results, one that writes it is caught.
 */
#ifndef TESTS_SUPPORT_GUARDED_H
#define TESTS_SUPPORT_GUARDED_H

#include <mlp/mlp.h>

typedef struct guarded {
    mlp_dtype dtype;
    int64_t rows, columns, matrices;
    int64_t ld, stride;
    void *memory;
    void *data; /* first element of the first matrix */
} guarded;

/*
 * `matrices` matrices, rows x columns, with `padding` more elements in every column and between matrices, from
 * compact values or, where values is NULL, all NaN: what is to be overwritten.
 */
guarded guarded_create(mlp_dtype dtype, int64_t rows, int64_t columns, int64_t matrices, int64_t padding,
                       const double *values);

/*
 * Copies the elements out (values may be NULL), checks that nothing around them was written, and frees the memory.
 */
void guarded_collect(guarded *array, double *values);

#endif
