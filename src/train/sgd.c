/*
 * Gradient descent with Polyak's heavy ball: B. T. Polyak, "Some methods of speeding up the convergence of iteration
 * methods", USSR Computational Mathematics and Mathematical Physics 4(5), 1964. In the form in use today
 * (Sutskever, Martens, Dahl and Hinton 2013, with the rate outside), v_0 = 0:
 *
 *     v_t = momentum v_{t-1} + g_t
 *     theta_t = theta_{t-1} - rate v_t
 *
 * Nesterov's acceleration (Sutskever et al., "On the importance of initialization and momentum in deep learning", ICML
 * 2013) takes the gradient where the momentum leads. With the parameters kept there, their equations 3 and 4 become
 *
 *     v_t = momentum v_{t-1} + g_t
 *     theta_t = theta_{t-1} - rate (g_t + momentum v_t)
 *
 * With momentum 0, both are theta_t = theta_{t-1} - rate g_t and need no state.
 */
#include "engine/product.h"
#include "train/optimizer.h"

static int32_t states(const mlpi_options *options)
{
    return mlpi_options_real(options, MLP_TRAINER_MOMENTUM) != 0;
}

static int32_t is_plain(const mlpi_options *options)
{
    return !states(options);
}

static void begin(const mlpi_options *options, int64_t step, mlpi_update *update)
{
    (void)step;
    update->momentum = mlpi_options_real(options, MLP_TRAINER_MOMENTUM);
    update->nesterov = mlpi_options_int(options, MLP_TRAINER_NESTEROV) != 0;
}

#include "base/real32.h"
#include "train/sgd_tmpl.h"
#include "base/real64.h"
#include "train/sgd_tmpl.h"

const mlpi_optimizer mlpi_sgd = {.id = MLP_SGD,
                                 .name = "sgd",
                                 .states = states,
                                 .is_plain = is_plain,
                                 .begin = begin,
                                 .update_f32 = update_f32,
                                 .update_f64 = update_f64};
