/* Byte order: files are little-endian on every host. */
#ifndef MLPI_IO_BYTES_H
#define MLPI_IO_BYTES_H

#include <stdint.h>

uint64_t mlpi_load_u64(const unsigned char bytes[8]);
void mlpi_store_u64(uint64_t value, unsigned char bytes[8]);

/* Reverses the bytes of each of `count` elements of `size` bytes. */
void mlpi_swap_bytes(void *elements, int64_t count, int64_t size);

/* Turns elements from the host's order into little-endian or back: nothing to do on most hosts. */
void mlpi_little_endian(void *elements, int64_t count, int64_t size);

#endif
