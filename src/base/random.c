#include "base/random.h"
#include "base/portable_math.h"

#include <math.h>

void mlpi_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4])
{
    uint32_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];
    uint32_t k0 = key[0], k1 = key[1];
    for (int round = 0; round < 10; round++) {
        const uint64_t p0 = (uint64_t)0xd2511f53 * c0;
        const uint64_t p1 = (uint64_t)0xcd9e8d57 * c2;
        c0 = (uint32_t)(p1 >> 32) ^ c1 ^ k0;
        c2 = (uint32_t)(p0 >> 32) ^ c3 ^ k1;
        c1 = (uint32_t)p1;
        c3 = (uint32_t)p0;
        k0 += 0x9e3779b9; /* golden ratio */
        k1 += 0xbb67ae85; /* sqrt(3) - 1 */
    }
    out[0] = c0;
    out[1] = c1;
    out[2] = c2;
    out[3] = c3;
}

/* The 128 bits behind a position, as two words. */
static void words_at(const mlpi_random *random, uint64_t position, uint64_t words[2])
{
    const uint32_t key[2] = {(uint32_t)random->seed, (uint32_t)(random->seed >> 32)};
    const uint32_t counter[4] = {(uint32_t)position, (uint32_t)(position >> 32), (uint32_t)random->stream,
                                 (uint32_t)(random->stream >> 32)};
    uint32_t out[4];
    mlpi_philox(counter, key, out);
    words[0] = (uint64_t)out[1] << 32 | out[0];
    words[1] = (uint64_t)out[3] << 32 | out[2];
}

static double unit_interval(uint64_t word)
{
    return (double)(word >> 11) * 0x1p-53;
}

mlpi_random mlpi_random_stream(uint64_t seed, int32_t purpose, uint64_t index)
{
    return (mlpi_random){.seed = seed, .stream = (uint64_t)purpose << 56 | index};
}

uint64_t mlpi_random_u64_at(const mlpi_random *random, uint64_t position)
{
    uint64_t words[2];
    words_at(random, position, words);
    return words[0];
}

double mlpi_random_uniform_at(const mlpi_random *random, uint64_t position)
{
    return unit_interval(mlpi_random_u64_at(random, position));
}

/* Box and Muller (1958): sqrt(-2 log u) cos(2 pi v) with u in (0, 1] and v in [0, 1). */
double mlpi_random_normal_at(const mlpi_random *random, uint64_t position)
{
    uint64_t words[2];
    words_at(random, position, words);
    const double radius = sqrt(-2 * mlpi_log(1 - unit_interval(words[0])));
    return radius * mlpi_cos_turns(unit_interval(words[1]));
}

uint32_t mlpi_random_u32(mlpi_random *random)
{
    return (uint32_t)mlpi_random_u64(random);
}

uint64_t mlpi_random_u64(mlpi_random *random)
{
    return mlpi_random_u64_at(random, random->position++);
}

double mlpi_random_uniform(mlpi_random *random)
{
    return mlpi_random_uniform_at(random, random->position++);
}

double mlpi_random_normal(mlpi_random *random)
{
    return mlpi_random_normal_at(random, random->position++);
}

/* The 128-bit product a b; returns its high word. */
static uint64_t multiply(uint64_t a, uint64_t b, uint64_t *low)
{
#if defined(__SIZEOF_INT128__)
    __extension__ typedef unsigned __int128 wide;
    const wide product = (wide)a * b;
    *low = (uint64_t)product;
    return (uint64_t)(product >> 64);
#else
    const uint64_t a0 = (uint32_t)a, a1 = a >> 32, b0 = (uint32_t)b, b1 = b >> 32;
    const uint64_t middle = a1 * b0 + (a0 * b0 >> 32);
    const uint64_t cross = a0 * b1 + (uint32_t)middle;
    *low = a * b;
    return a1 * b1 + (middle >> 32) + (cross >> 32);
#endif
}

/*
 * Lemire (2019): the high word of x n is in 0 .. n-1, and every value has the same number of preimages once the
 * products whose low word is below 2^64 mod n are drawn again.
 */
uint64_t mlpi_random_below(mlpi_random *random, uint64_t n)
{
    uint64_t low;
    uint64_t high = multiply(mlpi_random_u64(random), n, &low);
    if (low < n) {
        const uint64_t threshold = (0 - n) % n;
        while (low < threshold)
            high = multiply(mlpi_random_u64(random), n, &low);
    }
    return high;
}

enum { BLOCK = 32 }; /* so many that loops over them become vectors instead of being unrolled */

/* The first words behind BLOCK positions from `first` on: philox of all of them, round by round. */
static void first_words(const mlpi_random *random, uint64_t first, uint64_t words[BLOCK])
{
    uint32_t c0[BLOCK], c1[BLOCK], c2[BLOCK], c3[BLOCK];
    uint32_t k0 = (uint32_t)random->seed, k1 = (uint32_t)(random->seed >> 32);
    for (int i = 0; i < BLOCK; i++) {
        c0[i] = (uint32_t)(first + (uint64_t)i);
        c1[i] = (uint32_t)((first + (uint64_t)i) >> 32);
        c2[i] = (uint32_t)random->stream;
        c3[i] = (uint32_t)(random->stream >> 32);
    }
    for (int round = 0; round < 10; round++) {
        for (int i = 0; i < BLOCK; i++) {
            const uint64_t p0 = (uint64_t)0xd2511f53 * c0[i];
            const uint64_t p1 = (uint64_t)0xcd9e8d57 * c2[i];
            c0[i] = (uint32_t)(p1 >> 32) ^ c1[i] ^ k0;
            c2[i] = (uint32_t)(p0 >> 32) ^ c3[i] ^ k1;
            c1[i] = (uint32_t)p1;
            c3[i] = (uint32_t)p0;
        }
        k0 += 0x9e3779b9;
        k1 += 0xbb67ae85;
    }
    for (int i = 0; i < BLOCK; i++)
        words[i] = (uint64_t)c1[i] << 32 | c0[i];
}

/* As mlpi_random_below() would choose, from words drawn a block at a time; where it would reject one, it does the rest. */
void mlpi_random_shuffle(mlpi_random *random, int64_t count, int64_t *index)
{
    uint64_t words[BLOCK], from = random->position - BLOCK;
    for (int64_t last = count - 1; last > 0; last--) {
        const uint64_t n = (uint64_t)last + 1;
        uint64_t low;
        if (random->position - from >= BLOCK) {
            from = random->position;
            first_words(random, from, words);
        }
        int64_t chosen = (int64_t)multiply(words[random->position - from], n, &low);
        if (low < n)
            chosen = (int64_t)mlpi_random_below(random, n);
        else
            random->position++;
        const int64_t kept = index[last];
        index[last] = index[chosen];
        index[chosen] = kept;
    }
}

void mlpi_random_permutation(mlpi_random *random, int64_t count, int64_t *index)
{
    for (int64_t i = 0; i < count; i++)
        index[i] = i;
    mlpi_random_shuffle(random, count, index);
}
