/* The updates for the instruction set this is compiled for: included by updates_avx512.c and its siblings. */
#include "simd/simd.h"
#include "train/updates.h"

#include <math.h>

#include "base/real32.h"
#define SQRT sqrtf
#include "train/updates_tmpl.h"
#undef SQRT
#include "base/real64.h"
#define SQRT sqrt
#include "train/updates_tmpl.h"
#undef SQRT

const mlpi_updates MLPI_SIMD_NAME(mlpi_updates) = {
    .transform_f32 = transform_f32,
    .transform_f64 = transform_f64,
    .square_f32 = square_f32,
    .square_f64 = square_f64,
    .average_f32 = average_f32,
    .average_f64 = average_f64,
    .descend_f32 = descend_f32,
    .descend_f64 = descend_f64,
    .heavy_ball_f32 = heavy_ball_f32,
    .heavy_ball_f64 = heavy_ball_f64,
    .nesterov_f32 = nesterov_f32,
    .nesterov_f64 = nesterov_f64,
    .adam_f32 = adam_f32,
    .adam_f64 = adam_f64,
    .rmsprop_f32 = rmsprop_f32,
    .rmsprop_f64 = rmsprop_f64,
    .adagrad_f32 = adagrad_f32,
    .adagrad_f64 = adagrad_f64,
    .nadam_f32 = nadam_f32,
    .nadam_f64 = nadam_f64,
    .rprop_f32 = rprop_f32,
    .rprop_f64 = rprop_f64,
};
