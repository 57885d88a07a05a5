/*
 * Adam: D. P. Kingma and J. Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1. With
 * m_0 = v_0 = 0, elementwise:
 *
 *     m_t = beta1 m_{t-1} + (1 - beta1) g_t
 *     v_t = beta2 v_{t-1} + (1 - beta2) g_t^2
 *     theta_t = theta_{t-1} - rate m^_t / (sqrt(v^_t) + epsilon),
 *     m^_t = m_t / (1 - beta1^t),   v^_t = v_t / (1 - beta2^t)
 */
#include "train/optimizer.h"

#include <math.h>

static int32_t states(const mlpi_options *options)
{
    (void)options;
    return 2;
}

/* What one step needs, in double: each number type casts it once. */
typedef struct factors {
    double rate, epsilon;
    double beta1, fresh1, correction1; /* beta1, 1 - beta1, 1 / (1 - beta1^t) */
    double beta2, fresh2, correction2;
} factors;

static factors factors_of(const mlpi_options *options, int64_t step)
{
    const double beta1 = mlpi_options_real(options, MLP_TRAINER_BETA1);
    const double beta2 = mlpi_options_real(options, MLP_TRAINER_BETA2);
    return (factors){
        .rate = mlpi_options_real(options, MLP_TRAINER_LEARNING_RATE),
        .epsilon = mlpi_options_real(options, MLP_TRAINER_EPSILON),
        .beta1 = beta1,
        .fresh1 = 1 - beta1,
        .correction1 = 1 / (1 - pow(beta1, (double)step)),
        .beta2 = beta2,
        .fresh2 = 1 - beta2,
        .correction2 = 1 / (1 - pow(beta2, (double)step)),
    };
}

#include "base/real32.h"
#define SQRT sqrtf
#include "train/adam_tmpl.h"
#undef SQRT
#include "base/real64.h"
#define SQRT sqrt
#include "train/adam_tmpl.h"
#undef SQRT

const mlpi_optimizer mlpi_adam = {
    .id = MLP_ADAM, .name = "adam", .states = states, .update_f32 = update_f32, .update_f64 = update_f64};
