/*
 * While native kernels run, subnormal numbers, which can cost a hundred times the price of others, count as zero, and
 * exceptions that the caller traps are masked. The caller's mode, with its exception flags, is put back before anything
 * of the caller's is called, and at the end.
 */
#ifndef MLPI_ENGINE_FLOAT_MODE_H
#define MLPI_ENGINE_FLOAT_MODE_H

#include <stdint.h>

#if defined(__x86_64__)
#include <xmmintrin.h>

/* Flush results, take operands as zeros, mask all exceptions; returns the mode there was. */
static inline uint64_t mlpi_flush_subnormals(void)
{
    const unsigned mode = _mm_getcsr();
    _mm_setcsr(mode | 0x9fc0u);
    return mode;
}

static inline void mlpi_restore_mode(uint64_t mode)
{
    _mm_setcsr((unsigned)mode);
}

#elif defined(__aarch64__)

static inline uint64_t mlpi_flush_subnormals(void)
{
    uint64_t mode;
    __asm__ volatile("mrs %0, fpcr" : "=r"(mode));
    __asm__ volatile("msr fpcr, %0" : : "r"((mode & ~UINT64_C(0x9f00)) | UINT64_C(1) << 24));
    return mode;
}

static inline void mlpi_restore_mode(uint64_t mode)
{
    __asm__ volatile("msr fpcr, %0" : : "r"(mode));
}

#else

static inline uint64_t mlpi_flush_subnormals(void)
{
    return 0;
}

static inline void mlpi_restore_mode(uint64_t mode)
{
    (void)mode;
}

#endif

#endif
