/**
 * @file
 * Engines: what computes the products of a pass, and with which instructions.
 *
 * Two engines give the same results within rounding. The native one is the library's own. The bits of a sample's outputs
 * and tangents do not depend on the batch it is in (of two or more), on its place there or on the number of threads; those of
 * gradients, which are sums over the batch, on the batch alone. It runs on the caller's thread and those of the workspace or
 * trainer. Subnormal numbers count as zero in it, and floating-point exceptions are masked; the caller's mode and exception
 * flags are as before when a call returns. The BLAS one calls the BLAS the library is linked to, with that library's threads,
 * bits and exceptions: it is there to compare BLAS libraries on real networks.
 */
#ifndef MLP_ENGINE_H
#define MLP_ENGINE_H

#include "status.h"

MLP_BEGIN_DECLS

/** What computes products: one of the MLP_ENGINE_... constants. */
typedef int32_t mlp_engine;

/** the library's choice: today the native engine */
#define MLP_ENGINE_AUTO ((mlp_engine)1)
/** the library's own kernels */
#define MLP_ENGINE_NATIVE ((mlp_engine)2)
/** the BLAS: gemv and ger for one sample, gemm for a batch */
#define MLP_ENGINE_BLAS ((mlp_engine)3)

/** The name of an engine: "auto", "native" or "blas"; NULL for an unknown constant. @since 0.1 */
MLP_API const char *mlp_engine_name(mlp_engine engine);

/** The engine of a name; 0 if @p name is NULL or unknown. @since 0.1 */
MLP_API mlp_engine mlp_engine_from_name(const char *name);

/** Instructions of the native kernels: one of the MLP_CPU_... constants. */
typedef int32_t mlp_cpu;

/** the best the processor has */
#define MLP_CPU_AUTO ((mlp_cpu)1)
/** what every processor of the family has: SSE2, NEON */
#define MLP_CPU_GENERIC ((mlp_cpu)2)
/** AVX2 and FMA */
#define MLP_CPU_AVX2 ((mlp_cpu)3)
/** AVX-512 F, CD, BW, DQ and VL */
#define MLP_CPU_AVX512 ((mlp_cpu)4)

/** The name of an instruction set: "auto", "generic", "avx2" or "avx512"; NULL for an unknown constant. @since 0.1 */
MLP_API const char *mlp_cpu_name(mlp_cpu cpu);

/** The instruction set of a name; 0 if @p name is NULL or unknown. @since 0.1 */
MLP_API mlp_cpu mlp_cpu_from_name(const char *name);

MLP_END_DECLS

#endif
