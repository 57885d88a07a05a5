/**
 * @file
 * Types and rules every other header builds on.
 *
 * Only int32_t, int64_t, uint64_t, float, double, char, pointers to these, callbacks with their contexts, plain memory and
 * pointers to opaque handles cross the border. Every constant is an int32_t with an explicit value that is never reused.
 */
#ifndef MLP_BASE_H
#define MLP_BASE_H

#include <stdint.h>

/** @cond */
#ifdef __cplusplus
#define MLP_BEGIN_DECLS extern "C" {
#define MLP_END_DECLS   }
#else
#define MLP_BEGIN_DECLS
#define MLP_END_DECLS
#endif
/** @endcond */

/** Marks the functions libmlp.so exports. */
#if defined(__GNUC__)
#define MLP_API __attribute__((visibility("default")))
#else
#define MLP_API
#endif

MLP_BEGIN_DECLS

/** Number type of a model, of its workspaces, data and trainers: one of the MLP_F... constants. */
typedef int32_t mlp_dtype;

/** IEEE 754 binary32, C's float */
#define MLP_F32 ((mlp_dtype)1)
/** IEEE 754 binary64, C's double */
#define MLP_F64 ((mlp_dtype)2)

/** Storage order of a matrix handed in or out by the functions that let the caller choose. */
typedef int32_t mlp_order;

/** BLAS, Fortran, Julia, MATLAB: element (i, j) at i + j * ld */
#define MLP_COLUMN_MAJOR ((mlp_order)1)
/** C, NumPy, PyTorch: element (i, j) at i * ld + j */
#define MLP_ROW_MAJOR ((mlp_order)2)

/**
 * The name of a number type.
 *
 * @return "f32" or "f64"; NULL for anything else. The string lives as long as the library.
 * @since 0.1
 */
MLP_API const char *mlp_dtype_name(mlp_dtype dtype);

/**
 * The number type of a name.
 *
 * @param name "f32" or "f64"
 * @return the constant, 0 if @p name is NULL or unknown
 * @since 0.1
 */
MLP_API mlp_dtype mlp_dtype_from_name(const char *name);

/** Frees a callback's context. Called exactly once for every stored callback. */
typedef void (*mlp_release_fn)(void *context);

/**
 * Allocates @p bytes > 0 bytes at a multiple of @p alignment (a power of two, at most 4096).
 * Returns NULL on failure. May be called from several threads at once.
 */
typedef void *(*mlp_allocate_fn)(int64_t bytes, int64_t alignment, void *context);

/** Frees what an mlp_allocate_fn returned; never called with NULL. */
typedef void (*mlp_deallocate_fn)(void *memory, void *context);

MLP_END_DECLS

#endif
