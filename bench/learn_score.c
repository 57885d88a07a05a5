#include "learn_score.h"

#include "heap.h"
#include "typed.h"

#include <math.h>
#include <stdlib.h>

enum { BATCH = 512 };

static int64_t largest(mlp_dtype dtype, int64_t n, const void *values, int64_t first)
{
    int64_t at = 0;

    if (n == 1)
        return typed_get(dtype, values, first) > 0.5;
    for (int64_t i = 1; i < n; i++)
        if (typed_get(dtype, values, first + i) > typed_get(dtype, values, first + at))
            at = i;
    return at;
}

static void add_sample(const struct dataset *set, int64_t sample, const void *y, int64_t at,
                       struct learn_score *score)
{
    const int64_t n = set->targets;

    for (int64_t i = 0; i < n; i++) {
        const double error =
            typed_get(set->dtype, y, at * n + i) - typed_get(set->dtype, set->t, sample * n + i);

        score->squared += error * error;
    }
    score->wrong += largest(set->dtype, n, y, at * n) != largest(set->dtype, n, set->t, sample * n);
}

mlp_status learn_score(const mlp_model *model, const struct dataset *set, struct learn_score *score)
{
    void *y = heap_new(BATCH * set->targets, typed_size(set->dtype));
    mlp_workspace *workspace = NULL;
    mlp_status status = mlp_workspace_create(model, BATCH, 1, MLP_USE_FORWARD, &workspace);

    *score = (struct learn_score){0, 0};
    for (int64_t first = 0; first < set->samples && status >= 0; first += BATCH) {
        const int64_t count = set->samples - first < BATCH ? set->samples - first : BATCH;

        status =
            typed_predict(model, workspace, count, typed_at(set->dtype, set->x, first * set->features), y);
        for (int64_t s = 0; s < count && status >= 0; s++)
            add_sample(set, first + s, y, s, score);
    }
    score->squared *= 100 / (double)(set->samples * set->targets);
    score->wrong *= 100 / (double)set->samples;
    mlp_workspace_destroy(workspace);
    free(y);
    return status;
}

mlp_status learn_accuracy(const mlp_model *model, const mlp_data *data, double *accuracy)
{
    mlp_trainer *trainer = NULL;
    mlp_status status = mlp_trainer_create(model, &trainer);

    if (status >= 0)
        status = mlp_trainer_prepare(trainer, BATCH, 1);
    if (status >= 0)
        status = mlp_trainer_evaluate(trainer, data, NULL, accuracy);
    mlp_trainer_destroy(trainer);
    return status;
}

void learn_figure_add(struct learn_figure *figure, double value)
{
    const double distance = value - figure->mean;

    figure->count++;
    figure->mean += distance / (double)figure->count;
    figure->squares += distance * (value - figure->mean);
}

double learn_figure_deviation(const struct learn_figure *figure)
{
    return figure->count > 1 ? sqrt(figure->squares / (double)(figure->count - 1)) : 0;
}
