/**
 * @file
 * Where the BLAS libraries of this machine are: the directories beside the system's libraries that hold a libblas.so.3.
 */
#ifndef BENCH_BLAS_PLACE_H
#define BENCH_BLAS_PLACE_H

#include <stdbool.h>
#include <stddef.h>

enum { BLAS_PLACES_MOST = 16, BLAS_PLACE_NAME = 32 };

/** The libraries' names, which are those of their directories: "openblas-pthread", "blis-serial", "atlas", "blas". */
struct blas_places {
    int count;
    char name[BLAS_PLACES_MOST][BLAS_PLACE_NAME];
};

/** Find all, in alphabetical order. */
void blas_place_list(struct blas_places *places);

/** Write `LD_LIBRARY_PATH=<its directory>`, with what the variable has. Returns whether there is such a library. */
bool blas_place_find(const char *name, char *setting, size_t size);

#endif
