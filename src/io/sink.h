/* Where a writer's bytes go. */
#ifndef MLPI_IO_SINK_H
#define MLPI_IO_SINK_H

#include "mlp/status.h"

/* Takes all of the bytes, or fails with a message. */
typedef mlp_status (*mlpi_write_fn)(void *context, const void *bytes, int64_t size);

typedef struct {
    mlpi_write_fn write;
    void *context;
} mlpi_sink;

/* Writes a whole document to a sink. */
typedef mlp_status (*mlpi_produce_fn)(void *context, const mlpi_sink *sink);

#endif
