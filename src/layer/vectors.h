/*
 * The activations over vectors: sigma and its derivatives of every built-in kind, with the instructions of one set.
 *
 *     value   out  = sigma(in)
 *     slope   out  = sigma'(in)
 *     scale   out *= sigma'(in)
 *     second  out  = sigma''(in)
 *     third   out  = sigma'''(in)
 *
 * For value in = z; for the others in = y for the kinds that read y, else z.
 * Each works on `runs` runs of n contiguous elements, run r at in + r ldi and out + r ldo; in and out may be the same
 * array with ldi = ldo, and nothing outside the runs is read or written. What an element gives depends on its value
 * and the parameter alone, not on where it stands. Errors stay within the bounds of docs/math.md, section 6; subnormal
 * results may be 0. NaN gives NaN.
 */
#ifndef MLPI_LAYER_VECTORS_H
#define MLPI_LAYER_VECTORS_H

#include "mlp/activation.h"
#include "simd/cpu.h"

enum { MLPI_VECTOR_KINDS = MLP_EXP + 1 }; /* the ids of the kinds, and 0, which has none */

typedef void (*mlpi_vector_f32)(int64_t runs, int64_t n, const float *in, int64_t ldi, float *out,
                                int64_t ldo, double parameter);
typedef void (*mlpi_vector_f64)(int64_t runs, int64_t n, const double *in, int64_t ldi, double *out,
                                int64_t ldo, double parameter);

/* One kind's functions. */
struct mlpi_vectors_f32 {
    mlpi_vector_f32 value, slope, scale, second, third;
};
struct mlpi_vectors_f64 {
    mlpi_vector_f64 value, slope, scale, second, third;
};

/* One set's, by the id of the kind. */
struct mlpi_activation_vectors {
    struct mlpi_vectors_f32 f32[MLPI_VECTOR_KINDS];
    struct mlpi_vectors_f64 f64[MLPI_VECTOR_KINDS];
};

/* Those of the highest set compiled that `level` allows. */
const struct mlpi_activation_vectors *mlpi_activation_vectors(enum mlpi_vector_level level);

#endif
