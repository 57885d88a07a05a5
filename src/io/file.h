/*
 * Whole files: read into memory, or replaced so that a reader sees the old one or the new one and never a
 * part, whatever happens in between.
 */
#ifndef MLPI_IO_FILE_H
#define MLPI_IO_FILE_H

#include "io/sink.h"

/*
 * Reads a regular file. *bytes is to be freed with mlpi_free. Directories, devices, pipes and files that
 * change their length meanwhile are refused. MLP_ERR_IO with the system's reason, MLP_ERR_MEMORY; the
 * outputs are NULL and 0 then.
 */
mlp_status mlpi_file_read(const char *path, void **bytes, int64_t *size);

/*
 * Writes a file under a temporary name in the same directory, makes it durable and renames it to `path`. A new file gets
 * the permissions the umask leaves, a replaced one keeps those of the old; a symbolic link is replaced, not followed. If
 * `produce` or the system fails the temporary is removed and what was at `path` stands. Temporaries that killed processes
 * have left of the same path are removed first. Returns what `produce` returned, or MLP_ERR_IO with the system's reason, or
 * MLP_ERR_MEMORY.
 */
mlp_status mlpi_file_replace(const char *path, mlpi_produce_fn produce, void *context);

/* Fails with MLP_ERR_IO: "PATH: cannot VERB: reason of errno value `error`". */
mlp_status mlpi_file_fail(const char *path, const char *verb, int error);

#endif
