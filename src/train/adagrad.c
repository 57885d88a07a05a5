/*
 * Adagrad: J. Duchi, E. Hazan and Y. Singer, "Adaptive subgradient methods for online learning and stochastic
 * optimization", Journal of Machine Learning Research 12, 2011: figure 1, with diagonal matrices and all of space to move
 * in; epsilon is their delta. With s_0 = 0, elementwise:
 *
 *     s_t = s_{t-1} + g_t^2
 *     theta_t = theta_{t-1} - rate g_t / (sqrt(s_t) + epsilon)
 */
#include "train/optimizer.h"

static int32_t states(const mlpi_options *options)
{
    (void)options;
    return 1;
}

static void begin(const mlpi_options *options, int64_t step, mlpi_update *update)
{
    (void)step;
    update->epsilon = mlpi_options_real(options, MLP_TRAINER_EPSILON);
}

#include "base/real32.h"
#include "train/adagrad_tmpl.h"
#include "base/real64.h"
#include "train/adagrad_tmpl.h"

const mlpi_optimizer mlpi_adagrad = {.id = MLP_ADAGRAD,
                                     .name = "adagrad",
                                     .states = states,
                                     .begin = begin,
                                     .update_f32 = update_f32,
                                     .update_f64 = update_f64};
