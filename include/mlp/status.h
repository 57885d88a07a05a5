/**
 * @file
 * Status codes, messages, versions, the allocator hook and what is known of the machine.
 *
 * Every fallible function returns an mlp_status: 0 is success, a positive value is success with
 * something to say, a negative value is failure. Unknown negative values mean failure. On failure no
 * output is written, except that a handle output is set to NULL.
 */
#ifndef MLP_STATUS_H
#define MLP_STATUS_H

#include "base.h"

MLP_BEGIN_DECLS

/** Result of a fallible call: one of the constants below. */
typedef int32_t mlp_status;

/** done */
#define MLP_OK ((mlp_status)0)
/** a callback or mlp_trainer_cancel() ended the work early; completed steps stand */
#define MLP_STOPPED ((mlp_status)1)
/** a trainer found no better loss for as long as it was told to wait: the training is over */
#define MLP_CONVERGED ((mlp_status)2)
/** an argument is NULL, unknown, out of range or overlaps another: mend the call */
#define MLP_ERR_ARGUMENT ((mlp_status)-1)
/** a size, leading dimension or batch does not fit, or overflows: mend the call */
#define MLP_ERR_SIZE ((mlp_status)-2)
/** a function for the other number type: use the one with the other suffix */
#define MLP_ERR_DTYPE ((mlp_status)-3)
/** right call, wrong time: the message says what must come first */
#define MLP_ERR_STATE ((mlp_status)-4)
/** an allocation failed: free something and call again */
#define MLP_ERR_MEMORY ((mlp_status)-5)
/** the operating system refused a file operation: the message has its reason */
#define MLP_ERR_IO ((mlp_status)-6)
/** bytes that are not a valid file of the format: the message says which rule is broken */
#define MLP_ERR_FORMAT ((mlp_status)-7)
/** valid, but not something this build or this object can do */
#define MLP_ERR_UNSUPPORTED ((mlp_status)-8)
/** a callback returned nonzero: its value is in mlp_last_callback_value() */
#define MLP_ERR_CALLBACK ((mlp_status)-9)
/** data, a loss or a result is not finite, or a factorisation failed */
#define MLP_ERR_NUMERIC ((mlp_status)-10)
/** a defect of the library: please report the message */
#define MLP_ERR_INTERNAL ((mlp_status)-11)

/**
 * The name of a status, such as "MLP_ERR_SIZE".
 *
 * @return the name; NULL for a value that is none of the constants
 * @since 0.1
 */
MLP_API const char *mlp_status_name(mlp_status status);

/**
 * The status of a name.
 *
 * @param name   such as "MLP_ERR_SIZE"
 * @param status receives the value; untouched on failure
 * @retval MLP_ERR_ARGUMENT  @p name is NULL or unknown, or @p status is NULL
 * @since 0.1
 */
MLP_API mlp_status mlp_status_from_name(const char *name, mlp_status *status);

/**
 * What a status means and what to do about it: one sentence.
 *
 * @return a string that lives as long as the library; "unknown status" for other values
 * @since 0.1
 */
MLP_API const char *mlp_status_description(mlp_status status);

/**
 * The message of the last failure on the calling thread: it names the argument, its value and what was
 * expected.
 *
 * Successful calls leave it alone. Valid until the next failing call on this thread. Where calls of one
 * task may run on several threads (goroutines, virtual threads), mlp_workspace_last_error() and
 * mlp_trainer_last_error() keep the message with the object.
 *
 * @return the message, "" if nothing has failed on this thread; never NULL
 * @since 0.1
 */
MLP_API const char *mlp_last_error(void);

/**
 * The nonzero value the callback returned that made the last call on this thread fail with
 * MLP_ERR_CALLBACK.
 *
 * @return the value, 0 if that never happened on this thread
 * @since 0.1
 */
MLP_API int32_t mlp_last_callback_value(void);

/**
 * Version of the library that runs (not of the header it was compiled with).
 *
 * @return 10000 * major + 100 * minor + patch
 * @since 0.1
 */
MLP_API int32_t mlp_version(void);

/**
 * Version of the library as text, such as "0.1.0".
 *
 * @return a string that lives as long as the library
 * @since 0.1
 */
MLP_API const char *mlp_version_string(void);

/**
 * Version of the binary interface: the number in the library's soname. Two libraries with the same value
 * can replace each other under a compiled program.
 *
 * @return 100 * major + minor; before 1.0 every minor version has an interface of its own
 * @since 0.1
 */
MLP_API int32_t mlp_abi_version(void);

/**
 * Replace the allocator of the whole library.
 *
 * Allowed only before the library has made its first allocation, so that no memory is ever freed by the
 * wrong function.
 *
 * @param allocate    called for every allocation; NULL together with @p deallocate restores malloc and free
 * @param deallocate  called for every release
 * @param context     handed to both; must live as long as the process
 * @retval MLP_ERR_ARGUMENT  exactly one of the two functions is NULL
 * @retval MLP_ERR_STATE     the library has allocated already
 * @since 0.1
 */
MLP_API mlp_status mlp_set_allocator(mlp_allocate_fn allocate, mlp_deallocate_fn deallocate, void *context);

/**
 * Describe what the library runs on: its version, CPU features, the BLAS library's file, version and
 * core, its thread model, whether it is "degraded" (its kernels are not the ones for this CPU, or it is the
 * reference BLAS) and what to do about it. One `key: value` per line, in English, for people and logs.
 *
 * @param buffer receives the text, NUL-terminated and cut to @p size; NULL only if @p size is 0
 * @param size   bytes at @p buffer
 * @return bytes needed for the whole text with its NUL; negative (an mlp_status) on bad arguments
 * @since 0.1
 */
MLP_API int64_t mlp_runtime_describe(char *buffer, int64_t size);

/**
 * Whether the BLAS in use runs below what this CPU can do: kernels of another core, or the reference BLAS.
 *
 * @return 1 or 0
 * @since 0.1
 */
MLP_API int32_t mlp_runtime_is_degraded(void);

MLP_END_DECLS

#endif
