#include "train/split.h"
#include "base/checked.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/random.h"
#include "io/sort.h"

enum { TWO_PARTS = 0, FOLDS = 1 }; /* which stream draws */

/* What drawing needs: one block of memory, at `order`. */
typedef struct draw {
    int64_t samples;
    int64_t *order; /* all samples at random, those of a class together, classes ascending */
    int64_t
        *indices; /* scratch, then the samples of the first part and those of the second, each ascending */
    unsigned char *held; /* by sample: 1 in the second part */
} draw;

/* Room for the orders and marks of so many samples, zeroed; NULL with *status set where there is none. */
static int64_t *reserve(int64_t samples, mlp_status *status)
{
    const int64_t each = 2 * (int64_t)sizeof(int64_t) + 1;
    int64_t bytes;
    if (!mlpi_checked_mul(samples, each, &bytes)) {
        *status = mlpi_fail(MLP_ERR_SIZE, "data: the order of %lld samples would not fit the address space",
                            (long long)samples);
        return NULL;
    }
    int64_t *memory = mlpi_zalloc(bytes);
    *status = memory ? MLP_OK : mlpi_fail_memory("order of the samples", bytes);
    return memory;
}

/* Sorts by one byte of the labels and leaves equals as they are: so the bytes, lowest first, sort by label. */
static void sort_by_byte(const int32_t *labels, int shift, int64_t count, const int64_t *from, int64_t *to)
{
    int64_t begin[257] = {0};
    for (int64_t i = 0; i < count; i++)
        begin[1 + (labels[from[i]] >> shift & 255)]++;
    for (int b = 0; b < 256; b++)
        begin[b + 1] += begin[b];
    for (int64_t i = 0; i < count; i++)
        to[begin[labels[from[i]] >> shift & 255]++] = from[i];
}

/* d->order stays NULL where there is no memory. */
static mlp_status draw_order(const mlp_data *data, uint64_t seed, uint64_t stream, draw *d)
{
    const int64_t samples = data->samples;
    mlp_status status;
    int64_t *memory = reserve(samples, &status);
    if (!memory)
        return status;
    *d = (draw){samples, memory, memory + samples, (unsigned char *)(memory + 2 * samples)};
    mlpi_random random = mlpi_random_stream(seed, MLPI_RANDOM_SPLIT, stream);
    mlpi_random_permutation(&random, d->samples, d->order);
    for (int shift = 0; data->labels && shift < 32 && (shift == 0 || (data->classes - 1) >> shift);
         shift += 16) {
        sort_by_byte(data->labels, shift, d->samples, d->order, d->indices);
        sort_by_byte(data->labels, shift + 8, d->samples, d->indices, d->order);
    }
    return MLP_OK;
}

/* Makes the two data sets of what is held and what is not, `count` samples being held. */
static mlp_status make_parts(const mlp_data *data, draw *d, int64_t count, mlp_data **first,
                             mlp_data **second)
{
    const int64_t left = d->samples - count;
    int64_t *place[2] = {d->indices, d->indices + left};
    mlp_data *part;
    for (int64_t s = 0; s < d->samples; s++)
        *place[d->held[s]]++ = s;
    mlp_status status = mlpi_data_subset(data, left, d->indices, &part);
    if (status != MLP_OK)
        return status;
    status = mlpi_data_subset(data, count, d->indices + left, second);
    if (status == MLP_OK)
        *first = part;
    else
        mlpi_data_destroy(part);
    return status;
}

/* ---- Two parts ---- */

/* How one more sample of a class would be seen. */
enum { EXACT = 0, EMPTIES = 1, ROUNDS = 2, APPEARS = 3 };

/* A class: where it begins in the order, its samples, and those taken of it. */
typedef struct share {
    int64_t begin, count, taken;
    int64_t remainder; /* of count * held samples / samples, times samples */
    int32_t wish;
} share;

/* The end of the class that begins at `begin`. */
static int64_t end_of_class(const mlp_data *data, const draw *d, int64_t begin)
{
    int64_t end = begin + 1;
    if (!data->labels)
        return d->samples;
    while (end < d->samples && data->labels[d->order[end]] == data->labels[d->order[begin]])
        end++;
    return end;
}

static int64_t count_classes(const mlp_data *data, const draw *d)
{
    int64_t classes = 0;
    for (int64_t begin = 0; begin < d->samples; begin = end_of_class(data, d, begin))
        classes++;
    return classes;
}

/* floor(samples of the class * held / samples) by adding, so that no product overflows. */
static share share_of(int64_t begin, int64_t end, int64_t held, int64_t samples)
{
    share s = {.begin = begin, .count = end - begin};
    for (int64_t i = begin; i < end; i++) {
        s.remainder += held;
        if (s.remainder >= samples) {
            s.remainder -= samples;
            s.taken++;
        }
    }
    s.wish = ROUNDS;
    if (s.remainder == 0)
        s.wish = EXACT;
    else if (s.count >= 2 && s.taken == 0)
        s.wish = APPEARS;
    else if (s.count >= 2 && s.taken == s.count - 1)
        s.wish = EMPTIES;
    return s;
}

/* The first is the next to be rounded up. */
static int compare_shares(const void *a, const void *b)
{
    const share *p = a, *q = b;
    if (p->wish != q->wish)
        return p->wish > q->wish ? -1 : 1;
    if (p->remainder != q->remainder)
        return p->remainder > q->remainder ? -1 : 1;
    return p->begin < q->begin ? -1 : 1;
}

/* Every class's share rounded down, then one more of some until `held` samples are. `sorted`: room for as many pointers. */
static void mark_shares(const mlp_data *data, const draw *d, int64_t held, share *shares, const void **sorted)
{
    int64_t classes = 0, left = held;
    for (int64_t begin = 0, end; begin < d->samples; begin = end, classes++) {
        end = end_of_class(data, d, begin);
        shares[classes] = share_of(begin, end, held, d->samples);
        sorted[classes] = &shares[classes];
        left -= shares[classes].taken;
    }
    mlpi_sort(sorted, classes, compare_shares);
    for (int64_t c = 0; c < classes; c++) {
        const share *s = sorted[c];
        for (int64_t i = 0; i < s->taken + (c < left); i++)
            d->held[d->order[s->begin + i]] = 1;
    }
}

static mlp_status hold_shares(const mlp_data *data, const draw *d, int64_t held)
{
    const int64_t classes = count_classes(data, d);
    const int64_t bytes = classes * (int64_t)(sizeof(share) + sizeof(void *));
    share *shares = mlpi_alloc(bytes);
    if (!shares)
        return mlpi_fail_memory("shares of the classes", bytes);
    mark_shares(data, d, held, shares, (const void **)(shares + classes));
    mlpi_free(shares);
    return MLP_OK;
}

mlp_status mlpi_data_split(const mlp_data *data, int64_t count, uint64_t seed, mlp_data **first,
                           mlp_data **second)
{
    draw d = {0};
    mlp_status status = draw_order(data, seed, TWO_PARTS, &d);
    if (!d.order)
        return status;
    status = hold_shares(data, &d, count);
    if (status == MLP_OK)
        status = make_parts(data, &d, count, first, second);
    mlpi_free(d.order);
    return status;
}

/* ---- Folds ---- */

/* Dealt like cards, class after class: neighbours in the order go to neighbouring folds. */
mlp_status mlpi_data_fold(const mlp_data *data, int64_t folds, int64_t fold, uint64_t seed, mlp_data **first,
                          mlp_data **second)
{
    draw d = {0};
    int64_t count = 0;
    mlp_status status = draw_order(data, seed, FOLDS, &d);
    if (!d.order)
        return status;
    for (int64_t i = fold; i < d.samples; i += folds, count++)
        d.held[d.order[i]] = 1;
    status = make_parts(data, &d, count, first, second);
    mlpi_free(d.order);
    return status;
}
