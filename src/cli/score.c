#include "score.h"

#include "heap.h"
#include "loss_choice.h"
#include "report.h"
#include "schema.h"
#include "typed.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BLOCK = 1024, MOST_THREADS = 1024 };

static int64_t output_width(const mlp_model *model)
{
    return mlp_model_width(model, mlp_model_layer_count(model));
}

static int32_t online_threads(void)
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);

    return count < 1 ? 1 : count > MOST_THREADS ? MOST_THREADS : (int32_t)count;
}

int score_outputs(const mlp_model *model, const struct dataset *set, bool head, void **y)
{
    int64_t n = output_width(model);
    mlp_workspace *workspace;
    mlp_status status = mlp_workspace_create(model, BLOCK, online_threads(), MLP_USE_FORWARD, &workspace);

    *y = heap_new(set->samples, n * typed_size(set->dtype));
    for (int64_t begin = 0; begin < set->samples && status >= 0; begin += BLOCK) {
        int64_t batch = set->samples - begin < BLOCK ? set->samples - begin : BLOCK;
        void *in = typed_at(set->dtype, set->x, begin * set->features);
        void *out = typed_at(set->dtype, *y, begin * n);

        status = (head ? typed_predict : typed_forward)(model, workspace, batch, in, out);
    }
    mlp_workspace_destroy(workspace);
    return report_status(status, "evaluation");
}

int64_t score_argmax(mlp_dtype dtype, const void *y, int64_t offset, int64_t n)
{
    int64_t best = 0;

    for (int64_t i = 1; i < n; i++) {
        if (typed_get(dtype, y, offset + i) > typed_get(dtype, y, offset + best))
            best = i;
    }
    return best;
}

/* Accuracy and counts, of a single class too: the library takes one output for two of them. */
static mlp_status classify(const struct dataset *set, struct score *score)
{
    int64_t n = score->classes, right = 0;
    mlp_status status = MLP_OK;

    score->confusion = heap_new(n * n, sizeof *score->confusion);
    if (n > 1)
        status = typed_confusion(set->dtype, set->samples, n, score->y, set->label, score->confusion);
    else
        score->confusion[0] = set->samples;
    for (int64_t c = 0; c < n; c++)
        right += score->confusion[c * n + c];
    score->accuracy = (double)right / (double)set->samples;
    return status;
}

/* The loss the model was trained with, as far as it says so. */
static mlp_loss open_loss(const mlp_model *model)
{
    mlp_loss loss = mlp_model_head(model) == MLP_HEAD_SOFTMAX ? MLP_SOFTMAX_CROSS_ENTROPY : MLP_SQUARED_ERROR;
    char *text = schema_metadata(model, "loss"), *name = NULL;
    struct loss_choice choice = {0};

    if (text && !loss_choice_parse(text, &name, &choice) && choice.constant) {
        mlp_loss chosen;
        loss = loss_choice_open(&choice, &chosen) >= 0 ? chosen : loss;
    }
    free(name);
    free(text);
    return loss;
}

int score_model(const mlp_model *model, const struct dataset *set, struct score *score)
{
    int64_t n = output_width(model);
    mlp_loss loss;
    mlp_status status;

    *score = (struct score){.classification = set->labelled, .samples = set->samples, .classes = n};
    if (score_outputs(model, set, false, &score->y) != CLI_OK)
        return CLI_FAILED;
    loss = open_loss(model);
    if (set->labelled) {
        status = typed_loss_labels(set->dtype, loss, set->samples, n, score->y, set->label, &score->loss);
        if (status >= 0)
            status = classify(set, score);
    } else {
        status = typed_loss(set->dtype, loss, set->samples, n, score->y, set->t, &score->loss);
        if (status >= 0)
            status = typed_rmse(set->dtype, set->samples, n, score->y, set->t, &score->rmse);
    }
    loss_choice_close(loss);
    return report_status(status, "score");
}

void score_clear(struct score *score)
{
    free(score->confusion);
    free(score->y);
    *score = (struct score){0};
}

static int digits_of(int64_t value)
{
    return snprintf(NULL, 0, "%lld", (long long)value);
}

static int widest_cell(const struct score *score)
{
    int64_t largest = score->classes - 1;

    for (int64_t i = 0; i < score->classes * score->classes; i++)
        largest = score->confusion[i] > largest ? score->confusion[i] : largest;
    return digits_of(largest) + 2;
}

static int widest_name(const struct names *names)
{
    int widest = 0;

    for (int64_t i = 0; i < names->count; i++) {
        int length = (int)strlen(names->item[i]);
        widest = length > widest ? length : widest;
    }
    return widest;
}

void score_print_confusion(const struct score *score, const struct names *classes, FILE *stream)
{
    int64_t n = score->classes;
    int cell = widest_cell(score), index = digits_of(n - 1), name = widest_name(classes);

    fprintf(stream, "confusion matrix: a row for each true class, a column for each prediction\n%*s",
            index + 1 + name, "");
    for (int64_t j = 0; j < n; j++)
        fprintf(stream, "%*lld", cell, (long long)j);
    fprintf(stream, "   found\n");
    for (int64_t i = 0; i < n; i++) {
        const int64_t *row = score->confusion + i * n;
        int64_t total = 0;

        fprintf(stream, "%*lld %-*s", index, (long long)i, name, classes->item[i]);
        for (int64_t j = 0; j < n; j++) {
            fprintf(stream, "%*lld", cell, (long long)row[j]);
            total += row[j];
        }
        if (total)
            fprintf(stream, "  %5.1f %%\n", 100.0 * (double)row[i] / (double)total);
        else
            fprintf(stream, "        -\n");
    }
}
