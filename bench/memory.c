#include "memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

static const size_t line = 64, huge_page = (size_t)2 << 20;

void *memory_new(int64_t count, int64_t size)
{
    size_t bytes = ((size_t)count * (size_t)size + line) / line * line;
    void *memory =
        aligned_alloc(bytes >= huge_page ? huge_page : line,
                      bytes >= huge_page ? (bytes + huge_page - 1) / huge_page * huge_page : bytes);

    if (!memory) {
        fprintf(stderr, "mlp-bench: no memory for %zu bytes\n", bytes);
        exit(1);
    }
    if (bytes >= huge_page)
        (void)madvise(memory, bytes, MADV_HUGEPAGE);
    memset(memory, 0, bytes);
    return memory;
}
