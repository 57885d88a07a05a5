/*
 * The hinge loss (Cortes and Vapnik 1995), for every output by itself. t is 0 or 1 as in binary cross-entropy, and stands for
 * the signs s = 2 t - 1:
 *
 *     l = sum_p max(0, 1 - s_p y_p),    dl/dy = -s where s y < 1, else 0
 *     d2l/dy2 = 0, which passes over the kink at s y = 1
 */
#include "loss/loss.h"

#include <math.h>

static double value(double parameter, double y, double t)
{
    (void)parameter;
    const double margin = 1 - (2 * t - 1) * y;
    return margin < 0 ? 0 : margin;
}

static double slope(double parameter, double y, double t)
{
    (void)parameter;
    const double s = 2 * t - 1, margin = 1 - s * y;
    return isnan(margin) ? margin : margin > 0 ? -s : 0;
}

static double curve(double parameter, double y, double t)
{
    (void)parameter;
    const double margin = (2 * t - 1) * y;
    return isnan(margin) ? margin : 0;
}

#include "base/real32.h"
#include "loss/elementwise_tmpl.h"
#include "base/real64.h"
#include "loss/elementwise_tmpl.h"

const mlpi_loss mlpi_hinge = {
    .id = MLP_HINGE,
    .name = "hinge",
    .one_sided = 1,
    .target_f32 = target_f32,
    .target_f64 = target_f64,
    .label_f32 = label_f32,
    .label_f64 = label_f64,
    .target_hvp_f32 = target_hvp_f32,
    .target_hvp_f64 = target_hvp_f64,
    .label_hvp_f32 = label_hvp_f32,
    .label_hvp_f64 = label_hvp_f64,
};
