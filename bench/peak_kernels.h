/**
 * @file
 * The loops that find out what a core can do, compiled once per instruction set.
 */
#ifndef BENCH_PEAK_KERNELS_H
#define BENCH_PEAK_KERNELS_H

#include <stdint.h>

/** Loops of one instruction set. */
struct peak_kernels {
    const char *name;
    /** Multiply and add in registers, @p rounds times; returns how many operations (2 a pair) that was. */
    double (*fma_f32)(int64_t rounds);
    double (*fma_f64)(int64_t rounds);
    /** Read @p count floats, a multiple of 256, at a multiple of 64 bytes; returns a word that depends on all of them. */
    uint32_t (*read)(const float *values, int64_t count);
    /** w -= rate g for @p count floats, under the same conditions. */
    void (*update)(float *w, const float *g, float rate, int64_t count);
};

extern const struct peak_kernels peak_kernels_generic, peak_kernels_avx2, peak_kernels_avx512;

/** Those of this processor's widest vectors. */
const struct peak_kernels *peak_kernels(void);

#endif
