#include "activate.h"

#include <mlp/mlp.h>
#include <string.h>

enum { PIECE = 1024 };

/* Where a derivative is cheap from y, it is not evaluated from z. */
struct activate {
    mlp_activation kind;
    double parameter;
    void (*pull)(int64_t n, const float *y, float *delta);
};

static void relu_pull(int64_t n, const float *y, float *delta)
{
    for (int64_t i = 0; i < n; i++)
        delta[i] = y[i] > 0 ? delta[i] : 0;
}

static void tanh_pull(int64_t n, const float *y, float *delta)
{
    for (int64_t i = 0; i < n; i++)
        delta[i] *= 1 - y[i] * y[i];
}

static void sigmoid_pull(int64_t n, const float *y, float *delta)
{
    for (int64_t i = 0; i < n; i++)
        delta[i] *= y[i] * (1 - y[i]);
}

static const struct {
    const char *name;
    void (*pull)(int64_t n, const float *y, float *delta);
} cheap[] = {{"relu", relu_pull}, {"tanh", tanh_pull}, {"sigmoid", sigmoid_pull}};

const struct activate *activate_find(const char *name)
{
    static struct activate activate;

    activate = (struct activate){.kind = mlp_activation_from_name(name)};
    if (mlp_activation_parameter(activate.kind, NULL, &activate.parameter, NULL, NULL) < 0)
        return NULL;
    for (size_t i = 0; i < sizeof cheap / sizeof *cheap; i++) {
        if (strcmp(cheap[i].name, name) == 0)
            activate.pull = cheap[i].pull;
    }
    return &activate;
}

void activate_value(const struct activate *activate, int64_t n, const float *z, float *y)
{
    mlp_activation_evaluate_f32(activate->kind, activate->parameter, 0, n, z, y);
}

void activate_pull(const struct activate *activate, int64_t n, const float *z, const float *y, float *delta)
{
    float slope[PIECE];

    if (activate->pull) {
        activate->pull(n, y, delta);
        return;
    }
    for (int64_t first = 0; first < n; first += PIECE) {
        int64_t count = n - first < PIECE ? n - first : PIECE;

        mlp_activation_evaluate_f32(activate->kind, activate->parameter, 1, count, z + first, slope);
        for (int64_t i = 0; i < count; i++)
            delta[first + i] *= slope[i];
    }
}

bool activate_needs_z(const struct activate *activate)
{
    return !activate->pull;
}
