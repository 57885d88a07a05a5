/*
 * Softmax cross-entropy on logits y, fused so that nothing overflows and nothing cancels: with m = max_p y_p and
 * Z = sum_p e^(y_p - m) in [1, n],
 *
 *     l = -sum_p t_p log softmax(y)_p = (sum_p t_p) log Z - sum_p t_p (y_p - m)
 *     dl/dy = (sum_p t_p) softmax(y) - t,    softmax(y)_p = e^(y_p - m) / Z
 *
 * (the gradient is softmax(y) - t where the targets of a sample sum to 1; t >= 0 makes both terms of l >= 0). With
 * s = softmax(y), c an output with y_c = m and u = v - v_c, which leaves the product as it is,
 *
 *     (d2l/dy2) v = (sum_p t_p) (s o v - s (s^T v)) = (sum_p t_p) s o (u - s^T u)
 *
 * where the large terms of a saturated sample, those at c, are gone before anything is subtracted.
 *
 * The parameter smooths the targets (Szegedy et al. 2016): t becomes (1 - smoothing) t + smoothing (sum_p t_p) / n.
 */
#include "loss/loss.h"
#include "layer/activation.h"

#include <math.h>
#include <string.h>

enum {
    CHUNK = 128,  /* elements on the stack at a time */
    VECTORS = 16, /* vectors that share the exponentials */
};

#include "base/real32.h"
#include "loss/softmax_cross_entropy_tmpl.h"
#include "base/real64.h"
#include "loss/softmax_cross_entropy_tmpl.h"

const mlpi_loss mlpi_softmax_cross_entropy = {
    .id = MLP_SOFTMAX_CROSS_ENTROPY,
    .name = "softmax_cross_entropy",
    .parameter = "smoothing",
    .parameter_value = 0,
    .parameter_minimum = 0,
    .parameter_maximum = 1,
    .target_f32 = target_f32,
    .target_f64 = target_f64,
    .label_f32 = label_f32,
    .label_f64 = label_f64,
    .target_hvp_f32 = target_hvp_f32,
    .target_hvp_f64 = target_hvp_f64,
    .label_hvp_f32 = label_hvp_f32,
    .label_hvp_f64 = label_hvp_f64,
};
