/*
 * The table of activations. Each kind is a few scalar functions in double (sigma_*.h), mapped over arrays of
 * float and double by activation_kernels.h; float results are the double ones, rounded.
 *
 * A kind whose derivatives read y saves the pass from keeping z, or the second evaluation of an exponential.
 * For tanh and sigmoid that costs digits where y saturates: 1 - y has none left once y rounds to 1.
 */
#include "layer/activation.h"
#include "layer/sigma_elementary.h"
#include "layer/sigma_gated.h"
#include "layer/sigma_gelu.h"
#include "layer/sigma_logistic.h"
#include "layer/sigma_piecewise.h"

#include <stddef.h>
#include <string.h>

#define SIGMA identity
#define STRAIGHT
#include "layer/activation_kernels.h"

#define SIGMA relu
#define STRAIGHT
#include "layer/activation_kernels.h"

#define SIGMA leaky_relu
#define STRAIGHT
#define ARGUMENTS t, p
#include "layer/activation_kernels.h"

#define SIGMA     elu
#define ARGUMENTS t, p
#include "layer/activation_kernels.h"

#define SIGMA selu
#include "layer/activation_kernels.h"

#define SIGMA sigmoid
#include "layer/activation_kernels.h"

#define SIGMA hard_sigmoid
#define STRAIGHT
#include "layer/activation_kernels.h"

#define SIGMA tanh
#include "layer/activation_kernels.h"

#define SIGMA hard_tanh
#define STRAIGHT
#include "layer/activation_kernels.h"

#define SIGMA softplus
#include "layer/activation_kernels.h"

#define SIGMA softsign
#include "layer/activation_kernels.h"

#define SIGMA gelu
#include "layer/activation_kernels.h"

#define SIGMA gelu_tanh
#include "layer/activation_kernels.h"

#define SIGMA silu
#include "layer/activation_kernels.h"

#define SIGMA mish
#include "layer/activation_kernels.h"

#define SIGMA     sine
#define ARGUMENTS p *t, p
#include "layer/activation_kernels.h"

#define SIGMA gaussian
#include "layer/activation_kernels.h"

#define SIGMA square
#include "layer/activation_kernels.h"

#define SIGMA exp
#include "layer/activation_kernels.h"

/* The zero function and its derivative: sigma'' and sigma''' of what is piecewise linear. */
#define SIGMA zero
#define STRAIGHT
#include "layer/activation_kernels.h"

static const mlpi_activation_kind kinds[] = {
    {.id = MLP_IDENTITY,
     .reads = MLPI_READS_Y,
     .piecewise_linear = 1,
     .steepest = 1,
     .name = "identity",
     .f32 = {identity_0_f32, identity_1_f32, zero_0_f32, zero_1_f32},
     .f64 = {identity_0_f64, identity_1_f64, zero_0_f64, zero_1_f64}},
    {.id = MLP_RELU,
     .reads = MLPI_READS_Y,
     .piecewise_linear = 1,
     .steepest = 1,
     .name = "relu",
     .f32 = {relu_0_f32, relu_1_f32, zero_0_f32, zero_1_f32},
     .f64 = {relu_0_f64, relu_1_f64, zero_0_f64, zero_1_f64}},
    {.id = MLP_LEAKY_RELU,
     .reads = MLPI_READS_Z,
     .piecewise_linear = 1,
     .steepest = 1,
     .name = "leaky_relu",
     .parameter = "slope",
     .parameter_default = 0.01,
     .parameter_minimum = -1e6,
     .parameter_maximum = 1e6,
     .f32 = {leaky_relu_0_f32, leaky_relu_1_f32, zero_0_f32, zero_1_f32},
     .f64 = {leaky_relu_0_f64, leaky_relu_1_f64, zero_0_f64, zero_1_f64}},
    {.id = MLP_ELU,
     .reads = MLPI_READS_Z,
     .steepest = 1,
     .name = "elu",
     .parameter = "alpha",
     .parameter_default = 1,
     .parameter_minimum = 0,
     .parameter_maximum = 1e6,
     .f32 = {elu_0_f32, elu_1_f32, elu_2_f32, elu_3_f32},
     .f64 = {elu_0_f64, elu_1_f64, elu_2_f64, elu_3_f64}},
    {.id = MLP_SELU,
     .reads = MLPI_READS_Z,
     .steepest = 1.7581,
     .name = "selu",
     .f32 = {selu_0_f32, selu_1_f32, selu_2_f32, selu_3_f32},
     .f64 = {selu_0_f64, selu_1_f64, selu_2_f64, selu_3_f64}},
    {.id = MLP_SIGMOID,
     .reads = MLPI_READS_Y,
     .bounded = 1,
     .steepest = 0.25,
     .name = "sigmoid",
     .f32 = {sigmoid_0_f32, sigmoid_1_f32, sigmoid_2_f32, sigmoid_3_f32},
     .f64 = {sigmoid_0_f64, sigmoid_1_f64, sigmoid_2_f64, sigmoid_3_f64}},
    {.id = MLP_HARD_SIGMOID,
     .reads = MLPI_READS_Z,
     .bounded = 1,
     .piecewise_linear = 1,
     .steepest = 0.1666667,
     .name = "hard_sigmoid",
     .f32 = {hard_sigmoid_0_f32, hard_sigmoid_1_f32, zero_0_f32, zero_1_f32},
     .f64 = {hard_sigmoid_0_f64, hard_sigmoid_1_f64, zero_0_f64, zero_1_f64}},
    {.id = MLP_TANH,
     .reads = MLPI_READS_Y,
     .bounded = 1,
     .steepest = 1,
     .name = "tanh",
     .f32 = {tanh_0_f32, tanh_1_f32, tanh_2_f32, tanh_3_f32},
     .f64 = {tanh_0_f64, tanh_1_f64, tanh_2_f64, tanh_3_f64}},
    {.id = MLP_HARD_TANH,
     .reads = MLPI_READS_Z,
     .bounded = 1,
     .piecewise_linear = 1,
     .steepest = 1,
     .name = "hard_tanh",
     .f32 = {hard_tanh_0_f32, hard_tanh_1_f32, zero_0_f32, zero_1_f32},
     .f64 = {hard_tanh_0_f64, hard_tanh_1_f64, zero_0_f64, zero_1_f64}},
    {.id = MLP_SOFTPLUS,
     .reads = MLPI_READS_Z,
     .steepest = 1,
     .name = "softplus",
     .f32 = {softplus_0_f32, softplus_1_f32, softplus_2_f32, softplus_3_f32},
     .f64 = {softplus_0_f64, softplus_1_f64, softplus_2_f64, softplus_3_f64}},
    {.id = MLP_SOFTSIGN,
     .reads = MLPI_READS_Z,
     .bounded = 1,
     .steepest = 1,
     .name = "softsign",
     .f32 = {softsign_0_f32, softsign_1_f32, softsign_2_f32, softsign_3_f32},
     .f64 = {softsign_0_f64, softsign_1_f64, softsign_2_f64, softsign_3_f64}},
    {.id = MLP_GELU,
     .reads = MLPI_READS_Z,
     .steepest = 1.128906,
     .name = "gelu",
     .f32 = {gelu_0_f32, gelu_1_f32, gelu_2_f32, gelu_3_f32},
     .f64 = {gelu_0_f64, gelu_1_f64, gelu_2_f64, gelu_3_f64}},
    {.id = MLP_GELU_TANH,
     .reads = MLPI_READS_Z,
     .steepest = 1.128995,
     .name = "gelu_tanh",
     .f32 = {gelu_tanh_0_f32, gelu_tanh_1_f32, gelu_tanh_2_f32, gelu_tanh_3_f32},
     .f64 = {gelu_tanh_0_f64, gelu_tanh_1_f64, gelu_tanh_2_f64, gelu_tanh_3_f64}},
    {.id = MLP_SILU,
     .reads = MLPI_READS_Z,
     .steepest = 1.099841,
     .name = "silu",
     .f32 = {silu_0_f32, silu_1_f32, silu_2_f32, silu_3_f32},
     .f64 = {silu_0_f64, silu_1_f64, silu_2_f64, silu_3_f64}},
    {.id = MLP_MISH,
     .reads = MLPI_READS_Z,
     .steepest = 1.0885,
     .name = "mish",
     .f32 = {mish_0_f32, mish_1_f32, mish_2_f32, mish_3_f32},
     .f64 = {mish_0_f64, mish_1_f64, mish_2_f64, mish_3_f64}},
    {.id = MLP_SINE,
     .reads = MLPI_READS_Z,
     .bounded = 1,
     .steepest = 1,
     .name = "sine",
     .parameter = "omega",
     .parameter_default = 1,
     .parameter_minimum = -1e6,
     .parameter_maximum = 1e6,
     .f32 = {sine_0_f32, sine_1_f32, sine_2_f32, sine_3_f32},
     .f64 = {sine_0_f64, sine_1_f64, sine_2_f64, sine_3_f64}},
    {.id = MLP_GAUSSIAN,
     .reads = MLPI_READS_Z,
     .bounded = 1,
     .steepest = 0.857765,
     .name = "gaussian",
     .f32 = {gaussian_0_f32, gaussian_1_f32, gaussian_2_f32, gaussian_3_f32},
     .f64 = {gaussian_0_f64, gaussian_1_f64, gaussian_2_f64, gaussian_3_f64}},
    {.id = MLP_SQUARE,
     .reads = MLPI_READS_Z,
     .name = "square",
     .f32 = {square_0_f32, square_1_f32, square_2_f32, square_3_f32},
     .f64 = {square_0_f64, square_1_f64, square_2_f64, square_3_f64}},
    {.id = MLP_EXP,
     .reads = MLPI_READS_Y,
     .name = "exp",
     .f32 = {exp_0_f32, exp_1_f32, exp_2_f32, exp_3_f32},
     .f64 = {exp_0_f64, exp_1_f64, exp_2_f64, exp_3_f64}},
};

int32_t mlpi_activation_kind_count(void)
{
    return (int32_t)(sizeof kinds / sizeof kinds[0]);
}

const mlpi_activation_kind *mlpi_activation_kind_at(int32_t index)
{
    return &kinds[index];
}

const mlpi_activation_kind *mlpi_activation_kind_of(int32_t id)
{
    return id >= 1 && id <= mlpi_activation_kind_count() ? &kinds[id - 1] : NULL;
}

const mlpi_activation_kind *mlpi_activation_kind_named(const char *name)
{
    for (int32_t i = 0; i < mlpi_activation_kind_count(); i++)
        if (strcmp(kinds[i].name, name) == 0)
            return &kinds[i];
    return NULL;
}
