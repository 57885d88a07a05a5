/*
 * The table of vectors.h for the instruction set of the source that includes this: the bodies, one vector at a time
 * (vectors_*_tmpl.h), the loops over them (vectors_kind.h), the table.
 */
#include "layer/activation.h"
#include "layer/vectors.h"
#include "layer/vectors_terms.h"
#include "simd/simd.h"

#include <math.h>

#define COUNT(terms) ((int)(sizeof(terms) / sizeof *(terms)))

/*
 * The ranges of each number type. Its exponentials 2^n are normal for |x| <= FINITE and 0 from -FINITE on; lifted by
 * 2^LIFT, they are so for -LIFTED_FINITE <= x <= LIFTED_ROOM. Beyond the others the value is its limit, or subnormal.
 */
/* sigma'' and sigma''' of some kinds are polynomials for |z| below these. */
#define NEAR      1.25
#define MISH_NEAR 0.375

#include "base/real32.h"
#define FAR                 0x1.8p23f
#define FINITE              88.0f
#define LIFT                32
#define UNLIFT              0x1p-32f
#define LIFTED_FINITE       110.0f
#define EXP_IS_0            -104.5f
#define EXP_IS_INFINITE     89.5f
#define TANH_IS_1           10.0f
#define GAUSSIAN_IS_0       9.38f
#define LIFTED_GAUSSIAN     10.488f
#define SOFTSIGN_IS_1       0x1p30f
#define SOFTSIGN_SLOPE_IS_0 1e30f
#define LIFTED_ROOM         60.0f
#define GELU_TANH_LEFT      10.9f
#define GELU_TANH_RIGHT     8.6f
#define MISH_IS_Z           20.0f
#define GELU_TAIL_IS_0      14.5f
#define SINE_RANGE          16384.0f
#include "layer/vectors_bodies_tmpl.h"

#include "base/real64.h"
#define FAR                 0x1.8p52
#define FINITE              709.0
#define LIFT                64
#define UNLIFT              0x1p-64
#define LIFTED_FINITE       752.7
#define EXP_IS_0            -746.0
#define EXP_IS_INFINITE     710.5
#define TANH_IS_1           20.0
#define GAUSSIAN_IS_0       26.627
#define LIFTED_GAUSSIAN     27.434
#define SOFTSIGN_IS_1       0x1p60
#define SOFTSIGN_SLOPE_IS_0 1e300
#define LIFTED_ROOM         600.0
#define GELU_TANH_LEFT      21.59
#define GELU_TANH_RIGHT     19.9
#define MISH_IS_Z           40.0
#define GELU_TAIL_IS_0      38.8
#define SINE_RANGE          0x1p30
#include "layer/vectors_bodies_tmpl.h"

enum {
    VECTOR_VALUE,
    VECTOR_SLOPE,
    VECTOR_SCALE,
    VECTOR_SECOND,
    VECTOR_THIRD
}; /* what a loop of vectors_kind_tmpl.h makes */

#define SIGMA identity
#include "layer/vectors_kind.h"
#define SIGMA relu
#include "layer/vectors_kind.h"
#define SIGMA leaky_relu
#include "layer/vectors_kind.h"
#define SIGMA elu
#include "layer/vectors_kind.h"
#define SIGMA selu
#include "layer/vectors_kind.h"
#define SIGMA sigmoid
#include "layer/vectors_kind.h"
#define SIGMA hard_sigmoid
#include "layer/vectors_kind.h"
#define SIGMA tanh
#include "layer/vectors_kind.h"
#define SIGMA hard_tanh
#include "layer/vectors_kind.h"
#define SIGMA softplus
#include "layer/vectors_kind.h"
#define SIGMA softsign
#include "layer/vectors_kind.h"
#define SIGMA gelu
#include "layer/vectors_kind.h"
#define SIGMA gelu_tanh
#include "layer/vectors_kind.h"
#define SIGMA silu
#include "layer/vectors_kind.h"
#define SIGMA mish
#include "layer/vectors_kind.h"
#define SIGMA sine
#include "layer/vectors_kind.h"
#define SIGMA gaussian
#include "layer/vectors_kind.h"
#define SIGMA square
#include "layer/vectors_kind.h"
#define SIGMA exp
#include "layer/vectors_kind.h"

/* The five functions of a kind. */
#define ROW_f32(sigma)                                                                                       \
    {                                                                                                        \
        sigma##_value_runs_f32, sigma##_slope_runs_f32, sigma##_scale_runs_f32, sigma##_second_runs_f32,     \
            sigma##_third_runs_f32                                                                           \
    }
#define ROW_f64(sigma)                                                                                       \
    {                                                                                                        \
        sigma##_value_runs_f64, sigma##_slope_runs_f64, sigma##_scale_runs_f64, sigma##_second_runs_f64,     \
            sigma##_third_runs_f64                                                                           \
    }

extern const struct mlpi_activation_vectors MLPI_SIMD_NAME(mlpi_activation_vectors);
const struct mlpi_activation_vectors MLPI_SIMD_NAME(mlpi_activation_vectors) = {
    .f32 =
        {
            [MLP_IDENTITY] = ROW_f32(identity),
            [MLP_RELU] = ROW_f32(relu),
            [MLP_LEAKY_RELU] = ROW_f32(leaky_relu),
            [MLP_ELU] = ROW_f32(elu),
            [MLP_SELU] = ROW_f32(selu),
            [MLP_SIGMOID] = ROW_f32(sigmoid),
            [MLP_HARD_SIGMOID] = ROW_f32(hard_sigmoid),
            [MLP_TANH] = ROW_f32(tanh),
            [MLP_HARD_TANH] = ROW_f32(hard_tanh),
            [MLP_SOFTPLUS] = ROW_f32(softplus),
            [MLP_SOFTSIGN] = ROW_f32(softsign),
            [MLP_GELU] = ROW_f32(gelu),
            [MLP_GELU_TANH] = ROW_f32(gelu_tanh),
            [MLP_SILU] = ROW_f32(silu),
            [MLP_MISH] = ROW_f32(mish),
            [MLP_SINE] = ROW_f32(sine),
            [MLP_GAUSSIAN] = ROW_f32(gaussian),
            [MLP_SQUARE] = ROW_f32(square),
            [MLP_EXP] = ROW_f32(exp),
        },
    .f64 =
        {
            [MLP_IDENTITY] = ROW_f64(identity),
            [MLP_RELU] = ROW_f64(relu),
            [MLP_LEAKY_RELU] = ROW_f64(leaky_relu),
            [MLP_ELU] = ROW_f64(elu),
            [MLP_SELU] = ROW_f64(selu),
            [MLP_SIGMOID] = ROW_f64(sigmoid),
            [MLP_HARD_SIGMOID] = ROW_f64(hard_sigmoid),
            [MLP_TANH] = ROW_f64(tanh),
            [MLP_HARD_TANH] = ROW_f64(hard_tanh),
            [MLP_SOFTPLUS] = ROW_f64(softplus),
            [MLP_SOFTSIGN] = ROW_f64(softsign),
            [MLP_GELU] = ROW_f64(gelu),
            [MLP_GELU_TANH] = ROW_f64(gelu_tanh),
            [MLP_SILU] = ROW_f64(silu),
            [MLP_MISH] = ROW_f64(mish),
            [MLP_SINE] = ROW_f64(sine),
            [MLP_GAUSSIAN] = ROW_f64(gaussian),
            [MLP_SQUARE] = ROW_f64(square),
            [MLP_EXP] = ROW_f64(exp),
        },
};
