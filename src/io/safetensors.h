/*
 * The container safetensors: named arrays and string metadata. This room knows bytes and rules only; what the
 * names mean is for the owner of a schema.
 *
 *     u64 little-endian N | N bytes of JSON, padded with spaces | the tensors' bytes, without holes
 *
 *     {"__metadata__": {"key": "value", ...},
 *      "name": {"dtype": "F32", "shape": [3, 4], "data_offsets": [begin, end]}, ...}
 */
#ifndef MLPI_IO_SAFETENSORS_H
#define MLPI_IO_SAFETENSORS_H

#include "io/sink.h"

#define MLPI_SAFETENSORS_MAX_HEADER 100000000

/* ---- Number types ---- */

#define MLPI_ST_BOOL    1
#define MLPI_ST_U8      2
#define MLPI_ST_I8      3
#define MLPI_ST_F8_E5M2 4
#define MLPI_ST_F8_E4M3 5
#define MLPI_ST_I16     6
#define MLPI_ST_U16     7
#define MLPI_ST_F16     8
#define MLPI_ST_BF16    9
#define MLPI_ST_I32     10
#define MLPI_ST_U32     11
#define MLPI_ST_F32     12
#define MLPI_ST_F64     13
#define MLPI_ST_I64     14
#define MLPI_ST_U64     15

/* The name of a type, "F32"; NULL if it is none. */
const char *mlpi_safetensors_dtype_name(int32_t dtype);

/* The type of a name; 0 if it is none. */
int32_t mlpi_safetensors_dtype_from_name(const char *name);

/* Bytes of an element; 0 if the type is none. */
int64_t mlpi_safetensors_dtype_size(int32_t dtype);

/* ---- Reading ---- */

typedef struct {
    const char *name; /* UTF-8, NUL-terminated */
    int32_t dtype;
    int32_t rank;
    const int64_t *shape; /* rank sizes, the last one contiguous; the rank may be 0 and a size 0 */
    int64_t count;        /* elements: the product of the shape */
    int64_t begin, end;   /* bytes begin .. end - 1 of the data */
    const void *data;     /* little-endian, aligned to nothing */
} mlpi_safetensors_tensor;

typedef struct {
    const char *key, *value; /* UTF-8, NUL-terminated */
} mlpi_safetensors_pair;

typedef struct mlpi_safetensors mlpi_safetensors;

/*
 * Checks a file in memory against every rule of the format and lists what is in it. The tensors point into
 * `bytes`, which must outlive the result. Makes one allocation, of less than seven times the header and a
 * few hundred bytes, after the header has been found well-formed; the time is O(header log header).
 *
 * MLP_ERR_FORMAT with a message that names the rule and the place; MLP_ERR_MEMORY. *out is NULL then.
 */
mlp_status mlpi_safetensors_parse(const void *bytes, int64_t size, mlpi_safetensors **out);
void mlpi_safetensors_free(mlpi_safetensors *file);

/* Tensors and metadata in the order of the header; the indices must be in range. */
int64_t mlpi_safetensors_tensor_count(const mlpi_safetensors *file);
const mlpi_safetensors_tensor *mlpi_safetensors_tensor_at(const mlpi_safetensors *file, int64_t index);
int64_t mlpi_safetensors_metadata_count(const mlpi_safetensors *file);
const mlpi_safetensors_pair *mlpi_safetensors_metadata_at(const mlpi_safetensors *file, int64_t index);

/* The tensor of a name, the metadata value of a key; NULL if the file has none. */
const mlpi_safetensors_tensor *mlpi_safetensors_find(const mlpi_safetensors *file, const char *name);
const char *mlpi_safetensors_metadata(const mlpi_safetensors *file, const char *key);

/*
 * Copies elements start .. start + count - 1 out, in the host's byte order. MLP_ERR_DTYPE if the tensor holds
 * another type, MLP_ERR_SIZE if it has no such elements.
 */
mlp_status mlpi_safetensors_read_f32(const mlpi_safetensors_tensor *tensor, int64_t start, int64_t count,
                                     float *out);
mlp_status mlpi_safetensors_read_f64(const mlpi_safetensors_tensor *tensor, int64_t start, int64_t count,
                                     double *out);

/* ---- Writing ---- */

/*
 * Supplies elements start .. start + count - 1 of a tensor, in the host's byte order. Called with ascending
 * ranges of a few KB; `elements` is aligned to 64 bytes. A failure ends the writing.
 */
typedef mlp_status (*mlpi_safetensors_source_fn)(void *context, int64_t start, int64_t count, void *elements);

typedef struct mlpi_safetensors_writer mlpi_safetensors_writer;

/*
 * Build a file: add metadata and tensors in the order they shall have, finish, write as often as wanted. The
 * first failure to add sticks, so that only finish need be asked. Strings and shapes are copied, contents are
 * read while writing. The data begin at a multiple of 64 bytes; within them every tensor follows its
 * predecessor at once, so add the types with large elements first.
 */
mlp_status mlpi_safetensors_writer_create(mlpi_safetensors_writer **out);
void mlpi_safetensors_writer_free(mlpi_safetensors_writer *writer);

mlp_status mlpi_safetensors_writer_metadata(mlpi_safetensors_writer *writer, const char *key,
                                            const char *value);
mlp_status mlpi_safetensors_writer_tensor(mlpi_safetensors_writer *writer, const char *name, int32_t dtype,
                                          int32_t rank, const int64_t *shape,
                                          mlpi_safetensors_source_fn source, void *context);

/* The same with contents that lie in memory, in the host's byte order, until written. */
mlp_status mlpi_safetensors_writer_array(mlpi_safetensors_writer *writer, const char *name, int32_t dtype,
                                         int32_t rank, const int64_t *shape, const void *elements);

/*
 * Completes the header, checks it with the reader, and tells the size of the file. Nothing can be added
 * after. MLP_ERR_ARGUMENT if the parts make no valid file: a name twice, a text that is not UTF-8, too
 * large a header.
 */
mlp_status mlpi_safetensors_writer_finish(mlpi_safetensors_writer *writer, int64_t *size);

/* Write a finished file: to a sink, to memory of at least its size, to a path (atomically, see io/file.h). */
mlp_status mlpi_safetensors_writer_write(const mlpi_safetensors_writer *writer, const mlpi_sink *sink);
mlp_status mlpi_safetensors_writer_write_memory(const mlpi_safetensors_writer *writer, void *bytes,
                                                int64_t size);
mlp_status mlpi_safetensors_writer_save(const mlpi_safetensors_writer *writer, const char *path);

#endif
