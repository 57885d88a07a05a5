/*
 * The quantile or pinball loss (Koenker and Bassett 1978), with r = t - y:
 *
 *     l = sum_p tau r_p where r_p > 0,    (tau - 1) r_p elsewhere
 *     dl/dy = -tau where r > 0,    1 - tau where r < 0,    0 where r = 0
 *     d2l/dy2 = 0, which passes over the kink at r = 0
 */
#include "loss/loss.h"

#include <math.h>

static double value(double parameter, double y, double t)
{
    const double r = t - y;
    return r > 0 ? parameter * r : (parameter - 1) * r;
}

static double slope(double parameter, double y, double t)
{
    const double r = t - y;
    return r > 0 ? -parameter : r < 0 ? 1 - parameter : r;
}

static double curve(double parameter, double y, double t)
{
    (void)parameter;
    const double r = t - y;
    return isnan(r) ? r : 0;
}

#include "base/real32.h"
#include "loss/elementwise_tmpl.h"
#include "base/real64.h"
#include "loss/elementwise_tmpl.h"

const mlpi_loss mlpi_quantile = {
    .id = MLP_QUANTILE,
    .name = "quantile",
    .parameter = "tau",
    .parameter_value = 0.5,
    .parameter_minimum = 1e-6,
    .parameter_maximum = 1 - 1e-6,
    .target_f32 = target_f32,
    .target_f64 = target_f64,
    .label_f32 = label_f32,
    .label_f64 = label_f64,
    .target_hvp_f32 = target_hvp_f32,
    .target_hvp_f64 = target_hvp_f64,
    .label_hvp_f32 = label_hvp_f32,
    .label_hvp_f64 = label_hvp_f64,
};
