/* Sorting of pointers in O(n log n) whatever the data, without allocating: files choose their own order. */
#ifndef MLPI_IO_SORT_H
#define MLPI_IO_SORT_H

#include <stdint.h>

/* Negative, zero or positive, as for qsort, but given the items themselves. */
typedef int (*mlpi_compare_fn)(const void *a, const void *b);

void mlpi_sort(const void **items, int64_t count, mlpi_compare_fn compare);

/* The position of the first of two equal neighbours; -1 if there are none. */
int64_t mlpi_find_equal(const void *const *items, int64_t count, mlpi_compare_fn compare);

/* The item of a sorted array that equals `key`, or NULL. */
const void *mlpi_search(const void *const *items, int64_t count, const void *key, mlpi_compare_fn compare);

#endif
