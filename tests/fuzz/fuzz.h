/*
 * What a fuzz target provides. libFuzzer drives it with MLP_FUZZ=ON; driver.c does so in every build, with
 * a few thousand mutations of the seeds, always the same.
 */
#ifndef MLP_TESTS_FUZZ_H
#define MLP_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* Tries one input; aborts if the code under test misbehaves. Returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Writes seed `index` to `out` and returns its size; 0 if there is none. */
size_t fuzz_seed(int index, uint8_t *out, size_t capacity);

/* Makes lengths or sums at the front agree again with a mutated input, so that the rest of it is read. */
void fuzz_mend(uint8_t *bytes, size_t size);

/* Words of the format that mutations insert, ended by NULL. */
extern const char *const fuzz_words[];

/* Inputs found valid so far: if hardly any are, the mutations test little. */
extern int64_t fuzz_accepted;

#endif
