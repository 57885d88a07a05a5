#include "io/bytes.h"

uint64_t mlpi_load_u64(const unsigned char bytes[8])
{
    uint64_t value = 0;
    for (int i = 7; i >= 0; i--)
        value = value << 8 | bytes[i];
    return value;
}

void mlpi_store_u64(uint64_t value, unsigned char bytes[8])
{
    for (int i = 0; i < 8; i++, value >>= 8)
        bytes[i] = (unsigned char)value;
}

void mlpi_swap_bytes(void *elements, int64_t count, int64_t size)
{
    unsigned char *element = elements;
    for (int64_t i = 0; i < count; i++, element += size)
        for (int64_t low = 0, high = size - 1; low < high; low++, high--) {
            unsigned char byte = element[low];
            element[low] = element[high];
            element[high] = byte;
        }
}

void mlpi_little_endian(void *elements, int64_t count, int64_t size)
{
    if (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__)
        mlpi_swap_bytes(elements, count, size);
}
