/*
 * Log-cosh, with r = y - t: r^2 / 2 near 0 and |r| - log 2 far away, smooth between,
 *
 *     l = sum_p log cosh r_p,    dl/dy = tanh r,    d2l/dy2 = 1 / cosh^2 r
 *
 * log cosh r = log(1 + 2 sinh^2(r / 2)) keeps the digits of a small r, |r| + log(1 + e^(-2 |r|)) - log 2 does not overflow.
 */
#include "loss/loss.h"

#include <math.h>

static double value(double parameter, double y, double t)
{
    (void)parameter;
    static const double log_2 = 0.69314718055994530942;
    const double r = fabs(y - t), half = sinh(r / 2);
    return r > 1 ? r + log1p(exp(-2 * r)) - log_2 : log1p(2 * half * half);
}

static double slope(double parameter, double y, double t)
{
    (void)parameter;
    return tanh(y - t);
}

static double curve(double parameter, double y, double t)
{
    (void)parameter;
    const double width = 1 / cosh(y - t);
    return width * width;
}

#include "base/real32.h"
#include "loss/elementwise_tmpl.h"
#include "base/real64.h"
#include "loss/elementwise_tmpl.h"

const mlpi_loss mlpi_log_cosh = {
    .id = MLP_LOG_COSH,
    .name = "log_cosh",
    .target_f32 = target_f32,
    .target_f64 = target_f64,
    .label_f32 = label_f32,
    .label_f64 = label_f64,
    .target_hvp_f32 = target_hvp_f32,
    .target_hvp_f64 = target_hvp_f64,
    .label_hvp_f32 = label_hvp_f32,
    .label_hvp_f64 = label_hvp_f64,
};
