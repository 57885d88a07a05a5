/* FANN: sample by sample, batch training. */
#include "memory.h"
#include "net.h"
#include "run.h"

#include <fann.h>
#include <stdlib.h>
#include <string.h>

struct run {
    struct net net;
    struct fann *ann;
    struct fann_train_data *data; /* of a training step */
};

/* It keeps y within 0.98 in the derivative of tanh, and in the derivative of a sigmoid within 0.01 and 0.99. */
const double run_tolerance_factor = 200;

/* More multiplications than that take it seconds. */
static const double most = 2e9;

static const struct {
    const char *name;
    enum fann_activationfunc_enum kind;
    float steepness; /* its sigmoid is 1 / (1 + e^(-2 s z)), its tanh tanh(s z) */
} activations[] = {{"tanh", FANN_SIGMOID_SYMMETRIC, 1}, {"sigmoid", FANN_SIGMOID, 0.5F}};

const char *run_library(void)
{
    return "FANN 2.2";
}

/* Its weights are a row a neuron: the inputs', then the bias. */
static void exchange(struct run *run, bool into)
{
    fann_type *w = run->ann->weights;

    for (int l = 1; l <= run->net.layers; l++) {
        int64_t n = run->net.n[l], k = run->net.n[l - 1];

        for (int64_t i = 0; i < n; i++) {
            for (int64_t j = 0; j <= k; j++, w++) {
                float *ours = j < k ? &run->net.A[l][j * n + i] : &run->net.b[l][i];

                *(into ? w : ours) = *(into ? ours : w);
            }
        }
    }
}

static struct fann_train_data *training_data(const struct net *net)
{
    unsigned batch = (unsigned)net->batch, n_in = (unsigned)net->n[0], n_out = (unsigned)net->n[net->layers];
    struct fann_train_data *data = fann_create_train(batch, n_in, n_out);

    for (unsigned s = 0; data && s < batch; s++) {
        memcpy(data->input[s], net->y[0] + s * n_in, n_in * sizeof(fann_type));
        memcpy(data->output[s], net->t + s * n_out, n_out * sizeof(fann_type));
    }
    return data;
}

static struct fann *make_ann(const struct net *net, int kind)
{
    unsigned widths[PROBLEM_MOST_LAYERS + 1];
    struct fann *ann;

    for (int l = 0; l <= net->layers; l++)
        widths[l] = (unsigned)net->n[l];
    ann = fann_create_standard_array((unsigned)net->layers + 1, widths);
    if (!ann)
        return NULL;
    fann_set_activation_function_hidden(ann, activations[kind].kind);
    fann_set_activation_steepness_hidden(ann, activations[kind].steepness);
    fann_set_activation_function_output(ann, FANN_LINEAR);
    fann_set_activation_steepness_output(ann, 1);
    fann_set_training_algorithm(ann, FANN_TRAIN_BATCH);
    fann_set_train_error_function(ann, FANN_ERRORFUNC_LINEAR);
    return ann;
}

static struct run *create(const struct problem *problem, const struct inputs *inputs, int kind)
{
    struct run *run = memory_new(1, sizeof *run);

    net_create(problem, inputs, &run->net);
    run->ann = make_ann(&run->net, kind);
    if (run->net.training)
        run->data = training_data(&run->net);
    if (!run->ann || (run->net.training && !run->data))
        abort();
    exchange(run, true);
    return run;
}

struct run *run_create(const struct problem *problem, const struct inputs *inputs, const char **why)
{
    if (!net_accepts(problem, why))
        return NULL;
    *why = problem->threads > 1 ? "one thread only" : "too slow for this size";
    if (problem->threads > 1 || problem_fma(problem) > most)
        return NULL;
    for (int kind = 0; kind < 2; kind++) {
        if (strcmp(activations[kind].name, problem->activation) == 0)
            return create(problem, inputs, kind);
    }
    *why = "no such activation";
    return NULL;
}

void run_destroy(struct run *run)
{
    if (run->data)
        fann_destroy_train(run->data);
    fann_destroy(run->ann);
    net_destroy(&run->net);
    free(run);
}

void run_set_rate(struct run *run, double rate)
{
    fann_set_learning_rate(run->ann, (float)rate);
}

void run_answer(struct run *run, struct answer *answer)
{
    exchange(run, false);
    net_answer(&run->net, answer);
}

void run_once(struct run *run)
{
    struct net *net = &run->net;
    int64_t n_in = net->n[0], n_out = net->n[net->layers];

    if (run->data) {
        fann_train_epoch(run->ann, run->data);
        return;
    }
    for (int64_t s = 0; s < net->batch; s++)
        memcpy(net->y[net->layers] + s * n_out, fann_run(run->ann, net->y[0] + s * n_in),
               (size_t)n_out * sizeof(float));
}
