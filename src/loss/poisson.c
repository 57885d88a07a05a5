/*
 * The Poisson distribution's negative log-likelihood for log-rates y and counts t >= 0, without log t! (McCullagh and
 * Nelder 1989):
 *
 *     l = sum_p e^y_p - t_p y_p,    dl/dy = e^y - t,    d2l/dy2 = e^y
 */
#include "loss/loss.h"

#include <math.h>

static double value(double parameter, double y, double t)
{
    (void)parameter;
    const double rate = exp(y);
    return isinf(rate) || t == 0 ? rate
                                 : rate - t * y; /* infinite rates and impossible counts of 0 are no NaN */
}

static double slope(double parameter, double y, double t)
{
    (void)parameter;
    return exp(y) - t;
}

static double curve(double parameter, double y, double t)
{
    (void)parameter;
    (void)t;
    return exp(y);
}

#include "base/real32.h"
#include "loss/elementwise_tmpl.h"
#include "base/real64.h"
#include "loss/elementwise_tmpl.h"

const mlpi_loss mlpi_poisson = {
    .id = MLP_POISSON,
    .name = "poisson",
    .target_f32 = target_f32,
    .target_f64 = target_f64,
    .label_f32 = label_f32,
    .label_f64 = label_f64,
    .target_hvp_f32 = target_hvp_f32,
    .target_hvp_f64 = target_hvp_f64,
    .label_hvp_f32 = label_hvp_f32,
    .label_hvp_f64 = label_hvp_f64,
};
