#include "dataset.h"

#include "heap.h"
#include "report.h"
#include "typed.h"

#include <stdlib.h>
#include <string.h>

void dataset_begin(struct dataset *set, mlp_dtype dtype, int64_t features, int64_t targets, bool labelled)
{
    *set = (struct dataset){.dtype = dtype, .features = features, .targets = targets, .labelled = labelled};
}

void dataset_clear(struct dataset *set)
{
    mlp_data_destroy(set->data);
    free(set->x);
    free(set->t);
    free(set->label);
    *set = (struct dataset){0};
}

static int64_t row_bytes(const struct dataset *set, int64_t values)
{
    int64_t bytes;

    return __builtin_mul_overflow(values, typed_size(set->dtype), &bytes) ? INT64_MAX : bytes;
}

void dataset_reserve(struct dataset *set, int64_t samples)
{
    if (samples <= set->capacity)
        return;
    set->x = heap_resize(set->x, samples, row_bytes(set, set->features));
    set->t = heap_resize(set->t, samples, row_bytes(set, set->targets));
    if (set->labelled)
        set->label = heap_resize(set->label, samples, (int64_t)sizeof *set->label);
    set->capacity = samples;
}

int64_t dataset_add(struct dataset *set)
{
    if (set->samples == set->capacity)
        dataset_reserve(set, 2 * set->capacity + 64);
    return set->samples++;
}

/* SplitMix64: the next of a sequence of well-mixed numbers (Steele, Lea and Flood 2014). */
static uint64_t next_random(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static void swap_bytes(void *a, void *b, int64_t bytes)
{
    unsigned char *p = a, *q = b;

    for (int64_t i = 0; i < bytes; i++) {
        unsigned char kept = p[i];
        p[i] = q[i];
        q[i] = kept;
    }
}

static void swap_samples(struct dataset *set, int64_t i, int64_t j)
{
    int64_t n = set->features, m = set->targets;

    swap_bytes(typed_at(set->dtype, set->x, i * n), typed_at(set->dtype, set->x, j * n), row_bytes(set, n));
    swap_bytes(typed_at(set->dtype, set->t, i * m), typed_at(set->dtype, set->t, j * m), row_bytes(set, m));
    if (set->labelled)
        swap_bytes(&set->label[i], &set->label[j], (int64_t)sizeof *set->label);
}

void dataset_split(struct dataset *set, double fraction, uint64_t seed, struct dataset *taken)
{
    int64_t count = (int64_t)(fraction * (double)set->samples + 0.5), kept = set->samples - count;

    for (int64_t i = set->samples - 1; i > 0; i--)
        swap_samples(set, i, (int64_t)(next_random(&seed) % (uint64_t)(i + 1)));
    dataset_begin(taken, set->dtype, set->features, set->targets, set->labelled);
    if (count == 0)
        return;
    dataset_reserve(taken, count);
    taken->samples = count;
    memcpy(taken->x, typed_at(set->dtype, set->x, kept * set->features),
           (size_t)(count * row_bytes(set, set->features)));
    memcpy(taken->t, typed_at(set->dtype, set->t, kept * set->targets),
           (size_t)(count * row_bytes(set, set->targets)));
    if (set->labelled)
        memcpy(taken->label, set->label + kept, (size_t)count * sizeof *set->label);
    set->samples = kept;
}

int dataset_publish(struct dataset *set, int64_t classes)
{
    mlp_status status = mlp_data_create(set->dtype, set->samples, &set->data);

    if (status >= 0)
        status = typed_borrow_inputs(set->data, set->features, set->x);
    if (status >= 0 && set->targets)
        status = typed_borrow_targets(set->data, set->targets, set->t);
    if (status >= 0 && set->labelled)
        status = mlp_data_set_labels(set->data, (int32_t)classes, set->label);
    return report_status(status, "data");
}
