/*
 * Temporary files, and those that processes left which were killed while they wrote one. Who writes a temporary holds a lock on
 * it, which the system takes back when a process ends, however it ends: a temporary nobody has locked is a leftover.
 */
#ifndef MLPI_IO_FILE_LEFTOVERS_H
#define MLPI_IO_FILE_LEFTOVERS_H

enum { MLPI_TEMPORARY_SIZE = 256 }; /* Linux allows names of 255 bytes */

/* The name of temporary `number` of this process for a file: .FILE.tmp-PROCESS-NUMBER, with FILE cut to what a directory takes. */
void mlpi_temporary_name(const char *file, unsigned number, char name[MLPI_TEMPORARY_SIZE]);

/* Locks the temporary that was just created; 0 if it has been taken for a leftover and removed meanwhile. */
int mlpi_temporary_lock(int file);

/* Removes what is left of temporaries for a file in an open directory. What cannot be removed stays; nothing fails. */
void mlpi_leftovers_remove(int directory, const char *file);

#endif
