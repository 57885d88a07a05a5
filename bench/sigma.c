#include "sigma.h"

#include <math.h>
#include <string.h>

static const double leak = 0.01, selu_scale = 1.0507009873554805, selu_alpha = 1.6732632423543772;
static const double cubic = 0.044715;

static double identity(double z)
{
    return z;
}

static double one(double z)
{
    (void)z;
    return 1;
}

static double relu(double z)
{
    return z > 0 ? z : 0;
}

static double step(double z)
{
    return z > 0 ? 1 : 0;
}

static double leaky_relu(double z)
{
    return z > 0 ? z : leak * z;
}

static double leaky_relu_slope(double z)
{
    return z > 0 ? 1 : leak;
}

static double elu(double z)
{
    return z > 0 ? z : expm1(z);
}

static double elu_slope(double z)
{
    return z > 0 ? 1 : exp(z);
}

static double selu(double z)
{
    return selu_scale * (z > 0 ? z : selu_alpha * expm1(z));
}

static double selu_slope(double z)
{
    return selu_scale * (z > 0 ? 1 : selu_alpha * exp(z));
}

static double sigmoid(double z)
{
    return 1 / (1 + exp(-z));
}

static double sigmoid_slope(double z)
{
    return sigmoid(z) * sigmoid(-z);
}

static double hard_sigmoid(double z)
{
    return fmin(fmax(z / 6 + 0.5, 0), 1);
}

static double hard_sigmoid_slope(double z)
{
    return z > -3 && z <= 3 ? 1.0 / 6 : 0;
}

static double tanh_slope(double z)
{
    return 1 / (cosh(z) * cosh(z));
}

static double hard_tanh(double z)
{
    return fmin(fmax(z, -1), 1);
}

static double hard_tanh_slope(double z)
{
    return z > -1 && z <= 1 ? 1 : 0;
}

static double softplus(double z)
{
    return fmax(z, 0) + log1p(exp(-fabs(z)));
}

static double softsign(double z)
{
    return z / (1 + fabs(z));
}

static double softsign_slope(double z)
{
    return 1 / ((1 + fabs(z)) * (1 + fabs(z)));
}

static double normal(double z)
{
    return erfc(-z * M_SQRT1_2) / 2;
}

static double gelu(double z)
{
    return z * normal(z);
}

static double gelu_slope(double z)
{
    return normal(z) + z * exp(-z * z / 2) / sqrt(2 * M_PI);
}

static double gelu_argument(double z)
{
    return sqrt(2 / M_PI) * (z + cubic * z * z * z);
}

static double gelu_tanh(double z)
{
    return z / 2 * (1 + tanh(gelu_argument(z)));
}

static double gelu_tanh_slope(double z)
{
    return (1 + tanh(gelu_argument(z))) / 2 +
           z / 2 * tanh_slope(gelu_argument(z)) * sqrt(2 / M_PI) * (1 + 3 * cubic * z * z);
}

static double silu(double z)
{
    return z * sigmoid(z);
}

static double silu_slope(double z)
{
    return sigmoid(z) + z * sigmoid_slope(z);
}

static double mish(double z)
{
    return z * tanh(softplus(z));
}

static double mish_slope(double z)
{
    return tanh(softplus(z)) + z * tanh_slope(softplus(z)) * sigmoid(z);
}

static double gaussian(double z)
{
    return exp(-z * z);
}

static double gaussian_slope(double z)
{
    return -2 * z * exp(-z * z);
}

static double square(double z)
{
    return z * z;
}

static double twice(double z)
{
    return 2 * z;
}

static const struct sigma sigmas[] = {
    {"identity", identity, one, false, false},
    {"relu", relu, step, true, false},
    {"leaky_relu", leaky_relu, leaky_relu_slope, true, false},
    {"elu", elu, elu_slope, false, true},
    {"selu", selu, selu_slope, true, true},
    {"sigmoid", sigmoid, sigmoid_slope, false, true},
    {"hard_sigmoid", hard_sigmoid, hard_sigmoid_slope, true, false},
    {"tanh", tanh, tanh_slope, false, true},
    {"hard_tanh", hard_tanh, hard_tanh_slope, true, false},
    {"softplus", softplus, sigmoid, false, true},
    {"softsign", softsign, softsign_slope, false, true},
    {"gelu", gelu, gelu_slope, false, true},
    {"gelu_tanh", gelu_tanh, gelu_tanh_slope, false, true},
    {"silu", silu, silu_slope, false, true},
    {"mish", mish, mish_slope, false, true},
    {"sine", sin, cos, false, true},
    {"gaussian", gaussian, gaussian_slope, false, true},
    {"square", square, twice, false, false},
    {"exp", exp, exp, false, true},
};

const struct sigma *sigma_find(const char *name)
{
    for (size_t i = 0; i < sizeof sigmas / sizeof *sigmas; i++) {
        if (strcmp(sigmas[i].name, name) == 0)
            return &sigmas[i];
    }
    return NULL;
}
