/*
 * Random numbers by position: element i of a stream is a function of (seed, stream, i) and of nothing else,
 * so that values depend neither on the order nor on the threads that ask for them.
 *
 * The generator is Philox 4x32-10 (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2,
 * 3", 2011): a keyed bijection of a 128-bit counter. Key = seed, counter = (position, stream); each position
 * is one counter, so 128 bits stand behind every number whatever is drawn there.
 */
#ifndef MLPI_BASE_RANDOM_H
#define MLPI_BASE_RANDOM_H

#include <stdint.h>

/* out = Philox4x32-10 of the counter under the key. */
void mlpi_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]);

/* What a stream is for: streams of different purposes are independent under the same seed. */
enum {
    MLPI_RANDOM_INITIALIZER = 1, /* index: layer */
    MLPI_RANDOM_SHUFFLE = 2,     /* index: epoch */
    MLPI_RANDOM_OTHER = 3,       /* index: as the user of the stream likes */
    MLPI_RANDOM_SPLIT = 4,       /* index: 0 for two parts, 1 for folds */
    MLPI_RANDOM_DROPOUT = 5      /* index: 2^13 step + layer */
};

/* A place in a stream. `position` is the next element to draw: storing the three numbers stores the state. */
typedef struct mlpi_random {
    uint64_t seed, stream, position;
} mlpi_random;

/* The beginning of stream `index` < 2^56 of a purpose. */
mlpi_random mlpi_random_stream(uint64_t seed, int32_t purpose, uint64_t index);

/* Element `position` of a stream, wherever the stream stands. */
uint64_t mlpi_random_u64_at(const mlpi_random *random, uint64_t position);
double mlpi_random_uniform_at(const mlpi_random *random, uint64_t position); /* k 2^-53 in [0, 1) */
double mlpi_random_normal_at(const mlpi_random *random, uint64_t position);  /* mean 0, variance 1 */

/* The next element; each advances the position by one. */
uint32_t mlpi_random_u32(mlpi_random *random);
uint64_t mlpi_random_u64(mlpi_random *random);
double mlpi_random_uniform(mlpi_random *random);
double mlpi_random_normal(mlpi_random *random);

/*
 * An integer in 0 .. n-1, all equally likely; n > 0. Advances by one, more in the rare case (probability below
 * n / 2^64) that a draw is rejected.
 */
uint64_t mlpi_random_below(mlpi_random *random, uint64_t n);

/* Rearranges index[0 .. count-1]; all orders are equally likely (Fisher and Yates). */
void mlpi_random_shuffle(mlpi_random *random, int64_t count, int64_t *index);

/* Writes a random order of 0 .. count-1. */
void mlpi_random_permutation(mlpi_random *random, int64_t count, int64_t *index);

#endif
