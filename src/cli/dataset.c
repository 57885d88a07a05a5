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

/* A data set of the samples' numbers, with their labels: what the library splits it into says which go where. */
static mlp_status number_samples(const struct dataset *set, int64_t classes, double *number, mlp_data **data)
{
    mlp_status status = mlp_data_create(MLP_F64, set->samples, data);

    for (int64_t s = 0; s < set->samples; s++)
        number[s] = (double)s;
    if (status >= 0)
        status = mlp_data_borrow_inputs_f64(*data, 1, number, 1);
    if (status >= 0 && set->labelled)
        status = mlp_data_set_labels(*data, (int32_t)classes, set->label);
    return status;
}

/* The numbers of the samples that stay, then of those that go, each ascending. */
static mlp_status draw_numbers(const struct dataset *set, int64_t classes, int64_t count, uint64_t seed,
                               double *number)
{
    int64_t kept = set->samples - count;
    mlp_data *all, *stay = NULL, *go = NULL;
    mlp_status status = number_samples(set, classes, number, &all);

    if (status >= 0)
        status = mlp_data_split(all, count, seed, &stay, &go);
    if (status >= 0)
        status = mlp_data_get_inputs_f64(stay, 0, kept, number, 1);
    if (status >= 0)
        status = mlp_data_get_inputs_f64(go, 0, count, number + kept, 1);
    mlp_data_destroy(all);
    mlp_data_destroy(stay);
    mlp_data_destroy(go);
    return status;
}

/* Sample `from` of a set becomes sample `to` of another, or of the same. */
static void copy_sample(struct dataset *set, int64_t from, struct dataset *other, int64_t to)
{
    int64_t n = set->features, m = set->targets;

    memmove(typed_at(set->dtype, other->x, to * n), typed_at(set->dtype, set->x, from * n),
            (size_t)row_bytes(set, n));
    memmove(typed_at(set->dtype, other->t, to * m), typed_at(set->dtype, set->t, from * m),
            (size_t)row_bytes(set, m));
    if (set->labelled)
        other->label[to] = set->label[from];
}

int dataset_split(struct dataset *set, int64_t classes, double fraction, uint64_t seed, struct dataset *taken)
{
    int64_t count = (int64_t)(fraction * (double)set->samples + 0.5), kept = set->samples - count;
    double *number;
    mlp_status status;

    dataset_begin(taken, set->dtype, set->features, set->targets, set->labelled);
    if (count == 0)
        return CLI_OK;
    number = heap_new(set->samples, sizeof *number);
    status = draw_numbers(set, classes, count, seed, number);
    if (status >= 0) {
        dataset_reserve(taken, count);
        taken->samples = count;
        for (int64_t s = 0; s < count; s++)
            copy_sample(set, (int64_t)number[kept + s], taken, s);
        for (int64_t s = 0; s < kept; s++)
            copy_sample(set, (int64_t)number[s], set, s);
        set->samples = kept;
    }
    free(number);
    return report_status(status, "split");
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
