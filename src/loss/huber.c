/*
 * Huber's loss (Huber 1964), with r = y - t:
 *
 *     l = sum_p r_p^2 / 2 where |r_p| <= delta,    delta (|r_p| - delta / 2) elsewhere
 *     dl/dy = r within -delta .. delta,            d2l/dy2 = 1 where |r_p| <= delta, which includes the kinks, else 0
 */
#include "loss/loss.h"

#include <math.h>

static double value(double parameter, double y, double t)
{
    const double r = fabs(y - t);
    return r > parameter ? parameter * (r - parameter / 2) : r * r / 2;
}

static double slope(double parameter, double y, double t)
{
    const double r = y - t;
    return r > parameter ? parameter : r < -parameter ? -parameter : r;
}

static double curve(double parameter, double y, double t)
{
    const double r = y - t;
    return isnan(r) ? r : fabs(r) <= parameter;
}

#include "base/real32.h"
#include "loss/elementwise_tmpl.h"
#include "base/real64.h"
#include "loss/elementwise_tmpl.h"

const mlpi_loss mlpi_huber = {
    .id = MLP_HUBER,
    .name = "huber",
    .parameter = "delta",
    .parameter_value = 1,
    .parameter_minimum = 1e-30,
    .parameter_maximum = 1e30,
    .target_f32 = target_f32,
    .target_f64 = target_f64,
    .label_f32 = label_f32,
    .label_f64 = label_f64,
    .target_hvp_f32 = target_hvp_f32,
    .target_hvp_f64 = target_hvp_f64,
    .label_hvp_f32 = label_hvp_f32,
    .label_hvp_f64 = label_hvp_f64,
};
