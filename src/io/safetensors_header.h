/* The JSON header of a safetensors file: its grammar and the rules one tensor must obey by itself. */
#ifndef MLPI_IO_SAFETENSORS_HEADER_H
#define MLPI_IO_SAFETENSORS_HEADER_H

#include "io/json.h"
#include "io/safetensors.h"

#define MLPI_SAFETENSORS_SHOWN 64 /* bytes of a name, with a NUL, that messages show */

/* How much a header contains. */
typedef struct {
    int64_t tensors, pairs, sizes; /* sizes: of all shapes together */
    int64_t text;                  /* bytes of all names, keys and values with their NULs */
} mlpi_safetensors_tally;

/* Where to put it. */
typedef struct {
    mlpi_safetensors_tensor *tensors;
    mlpi_safetensors_pair *pairs;
    int64_t *sizes;
    char *text;
    mlpi_safetensors_tally room;
} mlpi_safetensors_storage;

/*
 * Reads a header. With storage = NULL it is only checked and counted, without any memory; the storage of a
 * second reading must have room for that count. `data` may be NULL: the tensors then point nowhere.
 */
mlp_status mlpi_safetensors_read_header(const void *header, int64_t size, const void *data, int64_t data_size,
                                        const mlpi_safetensors_storage *storage,
                                        mlpi_safetensors_tally *tally);

/* As mlpi_safetensors_parse, for a header and data that lie apart; `data` may be NULL. */
mlp_status mlpi_safetensors_parse_parts(const void *header, int64_t size, const void *data, int64_t data_size,
                                        mlpi_safetensors **out);

#endif
