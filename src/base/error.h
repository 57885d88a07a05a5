/* Failure: a code for the caller's program and a sentence for its author. */
#ifndef MLPI_BASE_ERROR_H
#define MLPI_BASE_ERROR_H

#include "mlp/status.h"

/*
 * Record a message for the calling thread and return the code. The message names the argument, its
 * value and what was expected: "batch = 70: must be at most 64, the workspace's maximum".
 */
__attribute__((format(printf, 2, 3))) mlp_status mlpi_fail(mlp_status code, const char *format, ...);

/* A callback of the user returned `value` != 0: remember it and fail with MLP_ERR_CALLBACK. */
mlp_status mlpi_fail_callback(const char *what, int32_t value);

/* Records that `bytes` could not be allocated for `what`; returns MLP_ERR_MEMORY. */
mlp_status mlpi_fail_memory(const char *what, int64_t bytes);

const char *mlpi_error_message(void);
int32_t mlpi_error_callback_value(void);

/* Internal checks, compiled in by the test presets only: a failed one is a defect of the library. */
#ifdef MLPI_ENABLE_ASSERT
#include <assert.h>
#define mlpi_assert(condition) assert(condition)
#else
#define mlpi_assert(condition) ((void)0)
#endif

#endif
