/*
 * FANN on a set of `mlp-bench learn proben1`: every trainer it has, as it comes, with tanh in hidden layers and sigmoid outputs.
 * A run ends when the error on the validation data has not fallen for so many epochs, and keeps the best weights.
 *
 *     mlp-bench-learn-fann TRAIN VALIDATION TEST 8-4-2 SEED SECONDS PATIENCE
 *
 * A line each: peer NAME, then squared error and classes gone wrong in percent, of the validation and the test data; seconds;
 * epochs.
 */
#include "clock.h"

#include <fann.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_LAYERS = 16, MOST_EPOCHS = 2000 };

static const struct {
    const char *name;
    enum fann_train_enum kind;
} trainers[] = {{"rprop", FANN_TRAIN_RPROP},
                {"quickprop", FANN_TRAIN_QUICKPROP},
                {"batch", FANN_TRAIN_BATCH},
                {"incremental", FANN_TRAIN_INCREMENTAL}};

static struct fann *make_ann(const char *widths, unsigned seed, enum fann_train_enum trainer)
{
    unsigned width[MOST_LAYERS], count = 0;
    struct fann *ann;

    for (char *end; count < MOST_LAYERS && *widths; widths = end + (*end == '-'))
        width[count++] = (unsigned)strtoul(widths, &end, 10);
    ann = fann_create_standard_array(count, width);
    if (!ann)
        exit(1);
    srand(seed); /* making it has drawn weights from a seed of its own */
    fann_randomize_weights(ann, -0.1F, 0.1F);
    fann_set_activation_function_hidden(ann, FANN_SIGMOID_SYMMETRIC);
    fann_set_activation_function_output(ann, FANN_SIGMOID);
    fann_set_training_algorithm(ann, trainer);
    return ann;
}

static unsigned largest(unsigned n, const fann_type *values)
{
    unsigned at = 0;

    if (n == 1)
        return values[0] > 0.5F;
    for (unsigned i = 1; i < n; i++)
        if (values[i] > values[at])
            at = i;
    return at;
}

static void score(struct fann *ann, struct fann_train_data *data, double *squared, double *wrong)
{
    *squared = *wrong = 0;
    for (unsigned s = 0; s < data->num_data; s++) {
        const fann_type *y = fann_run(ann, data->input[s]), *t = data->output[s];

        for (unsigned i = 0; i < data->num_output; i++)
            *squared += ((double)y[i] - t[i]) * ((double)y[i] - t[i]);
        *wrong += largest(data->num_output, y) != largest(data->num_output, t);
    }
    *squared *= 100.0 / data->num_data / data->num_output;
    *wrong *= 100.0 / data->num_data;
}

/* Returns epochs; the best weights are in the network at the end. */
static int train(struct fann *ann, struct fann_train_data *data, struct fann_train_data *validation,
                 double seconds, int patience)
{
    const double began = clock_now();
    const size_t bytes = ann->total_connections * sizeof(fann_type);
    fann_type *best = malloc(bytes);
    double least = INFINITY;
    int epochs = 0;

    if (!best)
        exit(1);
    for (int since = 0; since < patience && epochs < MOST_EPOCHS && clock_now() - began < seconds; epochs++) {
        double error;

        if (ann->training_algorithm == FANN_TRAIN_INCREMENTAL)
            fann_shuffle_train_data(data);
        fann_train_epoch(ann, data);
        error = fann_test_data(ann, validation);
        since = error < least ? 0 : since + 1;
        if (error < least) {
            least = error;
            memcpy(best, ann->weights, bytes);
        }
    }
    memcpy(ann->weights, best, bytes);
    free(best);
    return epochs;
}

int main(int argc, char **argv)
{
    struct fann_train_data *data[3];

    for (int i = 0; i < 3; i++) {
        data[i] = argc == 8 ? fann_read_train_from_file(argv[1 + i]) : NULL;
        if (!data[i])
            return 1;
    }
    for (size_t i = 0; i < sizeof trainers / sizeof *trainers; i++) {
        struct fann *ann = make_ann(argv[4], (unsigned)strtoul(argv[5], NULL, 10), trainers[i].kind);
        const double began = clock_now();
        const int epochs =
            train(ann, data[0], data[1], strtod(argv[6], NULL), (int)strtol(argv[7], NULL, 10));
        const double seconds = clock_now() - began;
        double squared, wrong;

        printf("peer %s", trainers[i].name);
        for (int k = 1; k < 3; k++) {
            score(ann, data[k], &squared, &wrong);
            printf(" %.6g %.6g", squared, wrong);
        }
        printf(" %.6g %d\n", seconds, epochs);
        fflush(stdout);
        fann_destroy(ann);
    }
    return 0;
}
