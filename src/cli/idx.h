/**
 * @file
 * IDX: the container of MNIST and its kin. Big-endian: 0, 0, a type, the number of dimensions, the dimensions as
 * 32-bit numbers, then the values in row-major order. Only unsigned bytes (type 8) are read: images and labels.
 */
#ifndef CLI_IDX_H
#define CLI_IDX_H

#include <stdint.h>

/** An array of bytes: `samples` rows of `width` values each. */
struct idx {
    int64_t samples, width;
    int32_t dimensions;
    unsigned char *value;
};

/**
 * Read a file, plain or .gz. Memory is bounded by what the file holds, not by what it promises.
 *
 * @param idx  to be released by idx_clear(); zero on failure
 * @return CLI_OK, or another exit status after saying which rule of the format is broken
 */
int idx_read(const char *path, struct idx *idx);

/** Free the values. */
void idx_clear(struct idx *idx);

#endif
