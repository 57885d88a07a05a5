/*
 * Absolute error, for medians (Laplace 1774), with r = y - t:
 *
 *     l = sum_p |r_p|,    dl/dy = sign(r), 0 where r = 0,    d2l/dy2 = 0, which passes over the kink at r = 0
 */
#include "loss/loss.h"

#include <math.h>

static double value(double parameter, double y, double t)
{
    (void)parameter;
    return fabs(y - t);
}

static double slope(double parameter, double y, double t)
{
    (void)parameter;
    const double r = y - t;
    return r > 0 ? 1 : r < 0 ? -1 : r;
}

static double curve(double parameter, double y, double t)
{
    (void)parameter;
    const double r = y - t;
    return isnan(r) ? r : 0;
}

#include "base/real32.h"
#include "loss/elementwise_tmpl.h"
#include "base/real64.h"
#include "loss/elementwise_tmpl.h"

const mlpi_loss mlpi_absolute_error = {
    .id = MLP_ABSOLUTE_ERROR,
    .name = "absolute_error",
    .target_f32 = target_f32,
    .target_f64 = target_f64,
    .label_f32 = label_f32,
    .label_f64 = label_f64,
    .target_hvp_f32 = target_hvp_f32,
    .target_hvp_f64 = target_hvp_f64,
    .label_hvp_f32 = label_hvp_f32,
    .label_hvp_f64 = label_hvp_f64,
};
