#include "io/sort.h"

#include <stddef.h>

/* Lets the item at `at` sink until no child is larger: children of i are at 2i + 1 and 2i + 2. */
static void sift_down(const void **heap, int64_t count, int64_t at, mlpi_compare_fn compare)
{
    const void *item = heap[at];
    for (int64_t child = 2 * at + 1; child < count; child = 2 * at + 1) {
        if (child + 1 < count && compare(heap[child], heap[child + 1]) < 0)
            child++;
        if (compare(item, heap[child]) >= 0)
            break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = item;
}

/* Heapsort. */
void mlpi_sort(const void **items, int64_t count, mlpi_compare_fn compare)
{
    for (int64_t at = count / 2 - 1; at >= 0; at--)
        sift_down(items, count, at, compare);
    for (int64_t last = count - 1; last > 0; last--) {
        const void *largest = items[0];
        items[0] = items[last];
        items[last] = largest;
        sift_down(items, last, 0, compare);
    }
}

int64_t mlpi_find_equal(const void *const *items, int64_t count, mlpi_compare_fn compare)
{
    for (int64_t i = 0; i + 1 < count; i++)
        if (compare(items[i], items[i + 1]) == 0)
            return i;
    return -1;
}

const void *mlpi_search(const void *const *items, int64_t count, const void *key, mlpi_compare_fn compare)
{
    int64_t low = 0, high = count;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        int order = compare(key, items[middle]);
        if (order == 0)
            return items[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}
