#include "activate.h"

#include <math.h>
#include <string.h>

/* A derivative reads z where it is known, else y. */
struct activate {
    const char *name;
    void (*value)(int64_t n, const float *z, float *y);
    void (*pull)(int64_t n, const float *z_or_y, float *delta);
    bool needs_z;
};

static void relu(int64_t n, const float *z, float *y)
{
    for (int64_t i = 0; i < n; i++)
        y[i] = z[i] > 0 ? z[i] : 0;
}

static void relu_pull(int64_t n, const float *y, float *delta)
{
    for (int64_t i = 0; i < n; i++)
        delta[i] = y[i] > 0 ? delta[i] : 0;
}

static void hyperbolic(int64_t n, const float *z, float *y)
{
    for (int64_t i = 0; i < n; i++)
        y[i] = tanhf(z[i]);
}

static void hyperbolic_pull(int64_t n, const float *y, float *delta)
{
    for (int64_t i = 0; i < n; i++)
        delta[i] *= 1 - y[i] * y[i];
}

static void sigmoid(int64_t n, const float *z, float *y)
{
    for (int64_t i = 0; i < n; i++)
        y[i] = 1 / (1 + expf(-z[i]));
}

static void sigmoid_pull(int64_t n, const float *y, float *delta)
{
    for (int64_t i = 0; i < n; i++)
        delta[i] *= y[i] * (1 - y[i]);
}

static void softplus(int64_t n, const float *z, float *y)
{
    for (int64_t i = 0; i < n; i++)
        y[i] = (z[i] > 0 ? z[i] : 0) + log1pf(expf(-fabsf(z[i])));
}

static void softplus_pull(int64_t n, const float *z, float *delta)
{
    for (int64_t i = 0; i < n; i++)
        delta[i] /= 1 + expf(-z[i]);
}

static void silu(int64_t n, const float *z, float *y)
{
    for (int64_t i = 0; i < n; i++)
        y[i] = z[i] / (1 + expf(-z[i]));
}

static void silu_pull(int64_t n, const float *z, float *delta)
{
    for (int64_t i = 0; i < n; i++) {
        float s = 1 / (1 + expf(-z[i]));

        delta[i] *= s * (1 + z[i] * (1 - s));
    }
}

static void gelu(int64_t n, const float *z, float *y)
{
    for (int64_t i = 0; i < n; i++)
        y[i] = z[i] / 2 * erfcf(-z[i] * (float)M_SQRT1_2);
}

static void gelu_pull(int64_t n, const float *z, float *delta)
{
    const float density = (float)(M_SQRT1_2 * M_2_SQRTPI / 2);

    for (int64_t i = 0; i < n; i++)
        delta[i] *= erfcf(-z[i] * (float)M_SQRT1_2) / 2 + z[i] * density * expf(-z[i] * z[i] / 2);
}

static const struct activate activations[] = {
    {"relu", relu, relu_pull, false},          {"tanh", hyperbolic, hyperbolic_pull, false},
    {"sigmoid", sigmoid, sigmoid_pull, false}, {"softplus", softplus, softplus_pull, true},
    {"silu", silu, silu_pull, true},           {"gelu", gelu, gelu_pull, true},
};

const struct activate *activate_find(const char *name)
{
    for (size_t i = 0; i < sizeof activations / sizeof *activations; i++) {
        if (strcmp(activations[i].name, name) == 0)
            return &activations[i];
    }
    return NULL;
}

void activate_value(const struct activate *activate, int64_t n, const float *z, float *y)
{
    activate->value(n, z, y);
}

void activate_pull(const struct activate *activate, int64_t n, const float *z, const float *y, float *delta)
{
    activate->pull(n, activate->needs_z ? z : y, delta);
}

bool activate_needs_z(const struct activate *activate)
{
    return activate->needs_z;
}
