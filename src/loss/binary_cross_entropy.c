/*
 * Binary cross-entropy on logits y, for every output by itself, t within 0 .. 1. With e = e^-|y|, which does not overflow,
 *
 *     l = sum_p max(y_p, 0) - t_p y_p + log(1 + e_p) = sum_p (1 - t_p) max(y_p, 0) + t_p max(-y_p, 0) + log(1 + e_p)
 *     dl/dy = sigmoid(y) - t,    d2l/dy2 = sigmoid(y) sigmoid(-y) = e / (1 + e)^2
 *
 * where the second form of l has no terms that cancel. sigmoid(y) - t is e / (1 + e) - t, or 1 - t - e / (1 + e) for y > 0.
 */
#include "loss/loss.h"

#include <math.h>

static double value(double parameter, double y, double t)
{
    (void)parameter;
    const double weight = y > 0 ? 1 - t : t;
    const double linear = weight == 0 ? 0 : weight * fabs(y); /* a certain and right answer is no NaN */
    return linear + log1p(exp(-fabs(y)));
}

static double slope(double parameter, double y, double t)
{
    (void)parameter;
    const double e = exp(-fabs(y)), rest = e / (1 + e);
    return y > 0 ? 1 - t - rest : rest - t;
}

static double curve(double parameter, double y, double t)
{
    (void)parameter;
    (void)t;
    const double e = exp(-fabs(y));
    return e / ((1 + e) * (1 + e));
}

#include "base/real32.h"
#include "loss/elementwise_tmpl.h"
#include "base/real64.h"
#include "loss/elementwise_tmpl.h"

const mlpi_loss mlpi_binary_cross_entropy = {
    .id = MLP_BINARY_CROSS_ENTROPY,
    .name = "binary_cross_entropy",
    .target_f32 = target_f32,
    .target_f64 = target_f64,
    .label_f32 = label_f32,
    .label_f64 = label_f64,
    .target_hvp_f32 = target_hvp_f32,
    .target_hvp_f64 = target_hvp_f64,
    .label_hvp_f32 = label_hvp_f32,
    .label_hvp_f64 = label_hvp_f64,
};
