/**
 * @file
 * Products of a layer as a BLAS computes them, as text: `gemm f32 128x784 batch=32`. The matrix A is n x k, column-major.
 */
#ifndef BENCH_PRODUCT_H
#define BENCH_PRODUCT_H

#include <stdbool.h>
#include <stdint.h>

enum product_kind {
    PRODUCT_GEMV,    /**< y = A x */
    PRODUCT_GER,     /**< A += alpha x y^T */
    PRODUCT_GEMM,    /**< Y = A X: forward, X k x batch */
    PRODUCT_GEMM_TN, /**< X = A^T Y: input gradients */
    PRODUCT_GEMM_NT, /**< A = Y X^T: weight gradients */
    PRODUCT_KINDS,
};

/** A product, f32. */
struct product {
    enum product_kind kind;
    int n, k, batch;
};

enum { PRODUCT_TEXT_SIZE = 64 };

/** The name of a kind: "gemv", "ger", "gemm", "gemm_tn", "gemm_nt". */
const char *product_name(enum product_kind kind);

/** Parse a product. Returns whether @p text is one. */
bool product_parse(const char *text, struct product *product);

/** Write a product. Returns @p text. */
const char *product_print(const struct product *product, char text[PRODUCT_TEXT_SIZE]);

/** Operations: two a multiplication. */
double product_flop(const struct product *product);

#endif
