/* The kernels of the instruction set this is compiled for: included by jet_kernels_avx512.c and its siblings. */
#include "engine/jet_kernels.h"
#include "simd/simd.h"

#define V(name)  T(v_##name)
#define VECTOR   T(vec)
#define ELEMENTS T(LANES)

#include "base/real32.h"
#include "engine/jet_kernels_tmpl.h"
#include "base/real64.h"
#include "engine/jet_kernels_tmpl.h"

extern const mlpi_jet_kernels MLPI_SIMD_NAME(mlpi_jet_kernels);
const mlpi_jet_kernels MLPI_SIMD_NAME(mlpi_jet_kernels) = {
    .f32 = {push_f32, pull_f32, combine_f32, multiply_f32},
    .f64 = {push_f64, pull_f64, combine_f64, multiply_f64},
};
