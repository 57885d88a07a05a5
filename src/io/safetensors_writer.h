/* The inside of a safetensors writer, shared by what builds the header and what writes the file. */
#ifndef MLPI_IO_SAFETENSORS_WRITER_H
#define MLPI_IO_SAFETENSORS_WRITER_H

#include "io/buffer.h"
#include "io/safetensors.h"

/* Where the contents of one tensor come from. */
typedef struct {
    int64_t count, element_size;
    const void *elements; /* in memory, or NULL: ask the source */
    mlpi_safetensors_source_fn source;
    void *context;
} mlpi_safetensors_part;

struct mlpi_safetensors_writer {
    mlpi_buffer metadata; /* "key":"value", ... */
    mlpi_buffer tensors;  /* "name":{...}, ... */
    mlpi_buffer parts;    /* an array of mlpi_safetensors_part */
    mlpi_buffer header;   /* the finished one, with its length in front */
    int64_t data_size;
    mlp_status status; /* of the first failure */
    int finished;
};

#endif
