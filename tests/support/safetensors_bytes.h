/* Safetensors files made by hand, byte by byte, right or wrong. */
#ifndef MLP_TESTS_SAFETENSORS_BYTES_H
#define MLP_TESTS_SAFETENSORS_BYTES_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define TRUE_LENGTH UINT64_MAX

typedef struct {
    unsigned char *bytes; /* from malloc and no larger than the file, so that sanitizers see a byte too far */
    int64_t size;
} safetensors_bytes;

/* A header's length (TRUE_LENGTH: the true one), the header, and data counting 0, 1, 2, ... */
static inline safetensors_bytes safetensors_bytes_make(uint64_t length, const void *header,
                                                       int64_t header_size, int64_t data_size)
{
    safetensors_bytes file = {.size = 8 + header_size + data_size};
    file.bytes = malloc((size_t)file.size);
    if (!file.bytes)
        abort();
    if (length == TRUE_LENGTH)
        length = (uint64_t)header_size;
    for (int i = 0; i < 8; i++)
        file.bytes[i] = (unsigned char)(length >> 8 * i);
    memcpy(file.bytes + 8, header, (size_t)header_size);
    for (int64_t i = 0; i < data_size; i++)
        file.bytes[8 + header_size + i] = (unsigned char)i;
    return file;
}

#endif
