#include "blas_place.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int compare(const void *a, const void *b)
{
    return strcmp(a, b);
}

static bool holds_blas(const char *name)
{
    char path[512];

    snprintf(path, sizeof path, BENCH_LIBRARY_DIR "/%s/libblas.so.3", name);
    return access(path, R_OK) == 0;
}

void blas_place_list(struct blas_places *places)
{
    DIR *directory = opendir(BENCH_LIBRARY_DIR);
    struct dirent *entry;

    places->count = 0;
    while (directory && places->count < BLAS_PLACES_MOST && (entry = readdir(directory))) {
        if (entry->d_name[0] != '.' && strlen(entry->d_name) < BLAS_PLACE_NAME && holds_blas(entry->d_name))
            snprintf(places->name[places->count++], BLAS_PLACE_NAME, "%s", entry->d_name);
    }
    if (directory)
        closedir(directory);
    qsort(places->name, (size_t)places->count, BLAS_PLACE_NAME, compare);
}

bool blas_place_find(const char *name, char *setting, size_t size)
{
    const char *before = getenv("LD_LIBRARY_PATH");

    snprintf(setting, size, "LD_LIBRARY_PATH=" BENCH_LIBRARY_DIR "/%s%s%s", name, before ? ":" : "",
             before ? before : "");
    return holds_blas(name);
}
