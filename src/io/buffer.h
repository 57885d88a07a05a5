/* Bytes that grow while they are written. The first failure sticks: write on, and ask once at the end. */
#ifndef MLPI_IO_BUFFER_H
#define MLPI_IO_BUFFER_H

#include "mlp/status.h"

/* All zero is an empty buffer. `bytes` is at a multiple of MLPI_ALIGNMENT and moves as it grows. */
typedef struct {
    char *bytes;
    int64_t size, capacity;
    int failed;
} mlpi_buffer;

void mlpi_buffer_append(mlpi_buffer *buffer, const void *bytes, int64_t size);
void mlpi_buffer_append_text(mlpi_buffer *buffer, const char *text);
void mlpi_buffer_append_i64(mlpi_buffer *buffer, int64_t value);
void mlpi_buffer_fill(mlpi_buffer *buffer, char byte, int64_t count);

/* MLP_OK, or MLP_ERR_MEMORY if any of the above failed; `what` names the buffer in the message. */
mlp_status mlpi_buffer_status(const mlpi_buffer *buffer, const char *what);

/* Frees the bytes; the buffer is empty again. */
void mlpi_buffer_free(mlpi_buffer *buffer);

#endif
