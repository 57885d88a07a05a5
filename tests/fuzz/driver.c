/* Feeds a fuzz target its seeds and deterministic mutations of them: fuzz_x [rounds [seed]]. */
#include "fuzz/fuzz.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CAPACITY 16384

typedef struct {
    uint8_t bytes[CAPACITY];
    size_t size;
} input;

static uint64_t state;

static size_t draw(size_t below)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return below ? (size_t)((state >> 24) % below) : 0;
}

/* Makes room for `count` bytes at `at`; returns whether there was any. */
static int insert(input *in, size_t at, size_t count)
{
    if (in->size + count > CAPACITY)
        return 0;
    memmove(in->bytes + at + count, in->bytes + at, in->size - at);
    in->size += count;
    return 1;
}

static void flip_bit(input *in)
{
    in->bytes[draw(in->size)] ^= (uint8_t)(1u << draw(8));
}

static void set_byte(input *in)
{
    static const char likely[] = "{}[]\",:\\ 0123456789-.eu\t\n";
    size_t choice = draw(sizeof likely + 8);
    in->bytes[draw(in->size)] = choice < sizeof likely ? (uint8_t)likely[choice] : (uint8_t)draw(256);
}

static void remove_span(input *in)
{
    size_t at = draw(in->size), count = 1 + draw(in->size - at < 16 ? in->size - at : 16);
    memmove(in->bytes + at, in->bytes + at + count, in->size - at - count);
    in->size -= count;
}

static void repeat_span(input *in)
{
    size_t from = draw(in->size), count = 1 + draw(in->size - from < 64 ? in->size - from : 64),
           at = draw(in->size + 1);
    uint8_t span[64];
    memcpy(span, in->bytes + from, count);
    if (insert(in, at, count))
        memcpy(in->bytes + at, span, count);
}

static void insert_word(input *in)
{
    size_t words = 0;
    while (fuzz_words[words])
        words++;
    if (words == 0)
        return;
    const char *word = fuzz_words[draw(words)];
    size_t at = draw(in->size + 1), count = strlen(word);
    if (insert(in, at, count))
        memcpy(in->bytes + at, word, count);
}

static void truncate(input *in)
{
    in->size = draw(in->size);
}

static void mutate(input *in)
{
    static void (*const mutations[])(input *) = {flip_bit,    set_byte,    set_byte, remove_span,
                                                 repeat_span, insert_word, truncate};
    for (size_t times = 1 + draw(4); times > 0 && in->size > 0; times--)
        mutations[draw(sizeof mutations / sizeof mutations[0])](in);
    if (draw(4) > 0)
        fuzz_mend(in->bytes, in->size);
}

/* Hands over an exact copy, so that sanitizers see a read beyond the end. */
static void try_input(const input *in)
{
    uint8_t *copy = malloc(in->size ? in->size : 1);
    if (!copy)
        abort();
    memcpy(copy, in->bytes, in->size);
    LLVMFuzzerTestOneInput(copy, in->size);
    free(copy);
}

int main(int count, char **arguments)
{
    uint64_t rounds = count > 1 ? strtoull(arguments[1], NULL, 10) : 20000;
    state = count > 2 ? strtoull(arguments[2], NULL, 10) : 1;
    input in;
    int seeds = 0;
    for (; (in.size = fuzz_seed(seeds, in.bytes, CAPACITY)) > 0; seeds++)
        try_input(&in);
    if (seeds == 0)
        return 1;
    printf("%d seeds, %" PRIu64 " mutations from random state %" PRIu64 "\n", seeds, rounds, state);
    for (uint64_t round = 0; round < rounds; round++) {
        in.size = fuzz_seed((int)(round % (uint64_t)seeds), in.bytes, CAPACITY);
        mutate(&in);
        try_input(&in);
    }
    printf("%" PRId64 " of these inputs were valid\n", fuzz_accepted);
    return 0;
}
