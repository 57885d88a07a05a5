/*
 * JSON for the headers of containers: a strict pull reader and a string writer.
 *
 * The caller names what it expects next, so the depth is that of its code and nothing recurses or
 * allocates. Only what headers need is read: objects, arrays, strings and non-negative integers; anything
 * else is refused. Whether a key repeats is for the caller to see, who knows what the keys are.
 *
 * The first failure sticks: every later call returns 0, and `status` with the message tells what it was.
 */
#ifndef MLPI_IO_JSON_H
#define MLPI_IO_JSON_H

#include "io/buffer.h"

typedef struct {
    const char *what; /* names the document in messages */
    const unsigned char *bytes;
    int64_t size;
    int64_t at;
    int64_t origin; /* position of bytes[0] in the file, for messages */
    int opened;     /* the bracket of a container was read, nothing of its contents yet */
    mlp_status status;
} mlpi_json;

mlpi_json mlpi_json_start(const char *what, const void *bytes, int64_t size, int64_t origin);

/* Reads one punctuation mark. */
int mlpi_json_take(mlpi_json *json, char mark);

/* Reads `bracket`, '{' or '['. */
int mlpi_json_open(mlpi_json *json, char bracket);

/* Whether the open container has another member. Reads the comma before it, or `bracket`, its end. */
int mlpi_json_more(mlpi_json *json, char bracket);

/*
 * Reads a string. Its decoded text, valid UTF-8 without NUL characters, is cut to capacity - 1 bytes and
 * ended with a NUL (capacity > 0); *length receives the length of the whole, unless NULL.
 */
int mlpi_json_string(mlpi_json *json, char *text, int64_t capacity, int64_t *length);

/* Reads a string and the colon after it. */
int mlpi_json_key(mlpi_json *json, char *text, int64_t capacity, int64_t *length);

/* Reads an integer 0 .. 2^63 - 1, written without sign, point, exponent or leading zero. */
int mlpi_json_integer(mlpi_json *json, int64_t *value);

/* Fails with MLP_ERR_FORMAT, naming the document and the byte; returns 0. For the caller's own rules, too. */
__attribute__((format(printf, 2, 3))) int mlpi_json_refuse(mlpi_json *json, const char *format, ...);

/*
 * Copies the beginning of a text in a form fit for messages: what is not printable ASCII becomes '?', for
 * texts come from strangers and messages go to terminals. `shown` may be `text`.
 */
void mlpi_json_show(const char *text, char *shown, int64_t capacity);

/* Writes a quoted string; `text` must be valid UTF-8. */
void mlpi_json_write_string(mlpi_buffer *buffer, const char *text);

#endif
