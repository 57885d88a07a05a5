/*
 * The normal distribution's negative log-likelihood, without the constant log(2 pi) / 2 (Nix and Weigend 1994). Of the n = 2 m
 * outputs the first m are means and the others log-variances: with q = p + m, r_p = y_p - t_p and z_p = r_p e^(-y_q / 2),
 *
 *     l = sum_{p < m} (y_q + z_p^2) / 2
 *     dl/dy_p = e^(-y_q / 2) z_p,    dl/dy_q = (1 - z_p^2) / 2
 *     d2l/dy2 = | e^-y_q               -e^(-y_q / 2) z_p |   for the pair (p, q), 0 between pairs
 *               | -e^(-y_q / 2) z_p          z_p^2 / 2   |
 *
 * Targets have n values a sample like the outputs; the second half is not looked at.
 */
#include "loss/loss.h"

#include <math.h>
#include <stddef.h>

#include "base/real32.h"
#include "loss/gaussian_nll_tmpl.h"
#include "base/real64.h"
#include "loss/gaussian_nll_tmpl.h"

const mlpi_loss mlpi_gaussian_nll = {
    .id = MLP_GAUSSIAN_NLL,
    .name = "gaussian_nll",
    .paired = 1,
    .target_f32 = target_f32,
    .target_f64 = target_f64,
    .label_f32 = label_f32,
    .label_f64 = label_f64,
    .target_hvp_f32 = target_hvp_f32,
    .target_hvp_f64 = target_hvp_f64,
    .label_hvp_f32 = label_hvp_f32,
    .label_hvp_f64 = label_hvp_f64,
};
