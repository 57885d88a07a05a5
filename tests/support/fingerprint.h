/* A 64-bit FNV-1a fingerprint of numbers, the same on machines of either byte order. */
#ifndef TESTS_SUPPORT_FINGERPRINT_H
#define TESTS_SUPPORT_FINGERPRINT_H

#include <stdint.h>
#include <string.h>

static const uint64_t fingerprint_start = 0xcbf29ce484222325;

static inline uint64_t fingerprint_add(uint64_t fingerprint, uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        fingerprint = (fingerprint ^ (value >> 8 * i & 0xff)) * 0x100000001b3;
    return fingerprint;
}

static inline uint64_t fingerprint_add_f64(uint64_t fingerprint, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return fingerprint_add(fingerprint, bits, 8);
}

static inline uint64_t fingerprint_add_f32(uint64_t fingerprint, float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return fingerprint_add(fingerprint, bits, 4);
}

#endif
