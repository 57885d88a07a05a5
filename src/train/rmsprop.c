/*
 * RMSprop: T. Tieleman and G. Hinton, "Lecture 6.5: rmsprop, divide the gradient by a running average of its recent
 * magnitude", Neural Networks for Machine Learning, Coursera, 2012. With s_0 = 0, elementwise:
 *
 *     s_t = rho s_{t-1} + (1 - rho) g_t^2
 *     theta_t = theta_{t-1} - rate g_t / (sqrt(s_t) + epsilon)
 *
 * The lecture has no epsilon; it bounds the step where all gradients were 0.
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
    update->rho = mlpi_options_real(options, MLP_TRAINER_RHO);
    update->epsilon = mlpi_options_real(options, MLP_TRAINER_EPSILON);
}

#include "base/real32.h"
#include "train/rmsprop_tmpl.h"
#include "base/real64.h"
#include "train/rmsprop_tmpl.h"

const mlpi_optimizer mlpi_rmsprop = {.id = MLP_RMSPROP,
                                     .name = "rmsprop",
                                     .states = states,
                                     .begin = begin,
                                     .update_f32 = update_f32,
                                     .update_f64 = update_f64};
