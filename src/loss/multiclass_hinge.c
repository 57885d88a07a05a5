/*
 * The multiclass hinge loss (Crammer and Singer 2001), for targets of a sample that sum to 1, as labels do:
 *
 *     l = max_p (y_p + 1 - t_p) - sum_p t_p y_p,    for t = e_c  max(0, 1 + max_{p != c} y_p - y_c)
 *     dl/dy = e_q - t, q the place of the maximum,    d2l/dy2 = 0, which passes over the kinks
 *
 * Of equal maxima the one of the largest t counts, then the first: the gradient of a sample at its margin is 0.
 */
#include "loss/loss.h"

#include <math.h>
#include <stddef.h>

#include "base/real32.h"
#include "loss/multiclass_hinge_tmpl.h"
#include "base/real64.h"
#include "loss/multiclass_hinge_tmpl.h"

const mlpi_loss mlpi_multiclass_hinge = {
    .id = MLP_MULTICLASS_HINGE,
    .name = "multiclass_hinge",
    .target_f32 = target_f32,
    .target_f64 = target_f64,
    .label_f32 = label_f32,
    .label_f64 = label_f64,
    .target_hvp_f32 = target_hvp_f32,
    .target_hvp_f64 = target_hvp_f64,
    .label_hvp_f32 = label_hvp_f32,
    .label_hvp_f64 = label_hvp_f64,
};
