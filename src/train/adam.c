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

static void begin(const mlpi_options *options, int64_t step, mlpi_update *update)
{
    const double beta1 = mlpi_options_real(options, MLP_TRAINER_BETA1);
    const double beta2 = mlpi_options_real(options, MLP_TRAINER_BETA2);
    update->epsilon = mlpi_options_real(options, MLP_TRAINER_EPSILON);
    update->adam = (mlpi_adam_factors){
        .beta1 = beta1,
        .fresh1 = 1 - beta1,
        .correction1 = 1 / (1 - pow(beta1, (double)step)),
        .beta2 = beta2,
        .fresh2 = 1 - beta2,
        .correction2 = 1 / (1 - pow(beta2, (double)step)),
    };
}

#include "base/real32.h"
#include "train/adam_tmpl.h"
#include "base/real64.h"
#include "train/adam_tmpl.h"

const mlpi_optimizer mlpi_adam = {.id = MLP_ADAM,
                                  .name = "adam",
                                  .states = states,
                                  .begin = begin,
                                  .update_f32 = update_f32,
                                  .update_f64 = update_f64};
