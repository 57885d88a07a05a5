/*
 * NAdam: T. Dozat, "Incorporating Nesterov momentum into Adam", ICLR 2016 workshop, algorithm 2, with the same mu = beta1
 * in every step, and v^_t as in Adam. With m_0 = v_0 = 0, elementwise:
 *
 *     m_t = beta1 m_{t-1} + (1 - beta1) g_t
 *     v_t = beta2 v_{t-1} + (1 - beta2) g_t^2
 *     m^_t = beta1 m_t / (1 - beta1^(t+1)) + (1 - beta1) g_t / (1 - beta1^t),   v^_t = v_t / (1 - beta2^t)
 *     theta_t = theta_{t-1} - rate m^_t / (sqrt(v^_t) + epsilon)
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
    mlpi_adam.begin(options, step, update);
    mlpi_adam_factors *f = &update->adam;
    f->ahead1 = f->beta1 / (1 - pow(f->beta1, (double)step + 1));
}

#include "base/real32.h"
#include "train/nadam_tmpl.h"
#include "base/real64.h"
#include "train/nadam_tmpl.h"

const mlpi_optimizer mlpi_nadam = {.id = MLP_NADAM,
                                   .name = "nadam",
                                   .states = states,
                                   .begin = begin,
                                   .update_f32 = update_f32,
                                   .update_f64 = update_f64};
