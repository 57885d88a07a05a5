/**
 * @file
 * Files read from start to end, plain or compressed by gzip (zlib tells which).
 */
#ifndef CLI_STREAM_H
#define CLI_STREAM_H

#include <stdint.h>

struct stream;

/**
 * Open a file.
 *
 * @return CLI_OK, CLI_USAGE where there is no such file, else CLI_FAILED; said on stderr. @p stream is NULL on failure.
 */
int stream_open(const char *path, struct stream **stream);

/** Close; NULL is fine. */
void stream_close(struct stream *stream);

/**
 * Read up to @p limit bytes into new memory that grows with what the file really holds, whatever @p limit promises.
 *
 * @param bytes  receives memory to be freed, with a NUL after the last byte; NULL on failure
 * @param count  receives the number of bytes, less than @p limit only at the end of the file
 * @return CLI_OK, or CLI_FAILED after saying which file cannot be read and why
 */
int stream_read(struct stream *stream, int64_t limit, unsigned char **bytes, int64_t *count);

#endif
