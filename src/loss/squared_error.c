/*
 * Squared error:
 *
 *     l = |y - t|^2 / 2,    dl/dy = y - t,    d2l/dy2 = I
 */
#include "loss/loss.h"

#include "base/real32.h"
#include "loss/squared_error_tmpl.h"
#include "base/real64.h"
#include "loss/squared_error_tmpl.h"

const mlpi_loss mlpi_squared_error = {
    .id = MLP_SQUARED_ERROR,
    .name = "squared_error",
    .target_f32 = target_f32,
    .target_f64 = target_f64,
    .label_f32 = label_f32,
    .label_f64 = label_f64,
    .target_hvp_f32 = target_hvp_f32,
    .target_hvp_f64 = target_hvp_f64,
    .label_hvp_f32 = label_hvp_f32,
    .label_hvp_f64 = label_hvp_f64,
};
