/*
 * iRprop-: C. Igel and M. Huesken, "Empirical evaluation of the improved Rprop learning algorithms", Neurocomputing 50,
 * 2003, after M. Riedmiller and H. Braun, "A direct adaptive method for faster backpropagation learning: the RPROP
 * algorithm", ICNN 1993. Every parameter has a step size of its own, which the signs of its gradients move. With g_0 = 0
 * and Delta_0 = rate, elementwise:
 *
 *     Delta_t = min(1.2 Delta_{t-1}, 50)       where g_{t-1} g_t > 0
 *               max(0.5 Delta_{t-1}, 10^-6)    where g_{t-1} g_t < 0, and g_t counts as 0 from here on
 *               Delta_{t-1}                    elsewhere
 *     theta_t = theta_{t-1} - sign(g_t) Delta_t
 *
 * The numbers are Riedmiller's and Braun's. What is kept of g_t is its sign: products of small gradients would underflow.
 * Step sizes of 0, as they are before the first step, stand for Delta_0. For gradients of all the data: on small batches
 * signs change by chance, and the steps die away.
 */
#include "train/optimizer.h"

static int32_t states(const mlpi_options *options)
{
    (void)options;
    return 2;
}

static void begin(const mlpi_options *options, int64_t step, mlpi_update *update)
{
    (void)options;
    (void)step;
    (void)update;
}

#include "base/real32.h"
#include "train/rprop_tmpl.h"
#include "base/real64.h"
#include "train/rprop_tmpl.h"

const mlpi_optimizer mlpi_rprop = {.id = MLP_RPROP,
                                   .name = "rprop",
                                   .states = states,
                                   .begin = begin,
                                   .update_f32 = update_f32,
                                   .update_f64 = update_f64};
