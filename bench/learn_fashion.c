/*
 * Fashion-MNIST, 784-256-128-100-10 relu, 60,000 pictures to learn and 10,000 to test, pixels divided by 255. The accuracy of the last
 * epoch counts: nothing is chosen by the test set. Seconds are those of training alone, for the peers as well; scikit-learn
 * and PyTorch train until they have reached 88 %, PyTorch with the first recipe here.
 */
#include "learn.h"

#include "heap.h"
#include "learn_data.h"
#include "learn_peer.h"
#include "learn_tally.h"
#include "load_idx.h"
#include "report.h"

#include <math.h>
#include <stdlib.h>

enum { PIXELS = 784, CLASSES = 10, SEEDS = 2, QUICK_SAMPLES = 500, PEERS = 2 };

static const double goal = 0.88, smoothing = 0.1;

/* Label smoothing costs accuracy in the early epochs, so there are recipes with and without. */
static const struct {
    struct learn_recipe recipe;
    bool smooth;
} methods[] = {
    {{"adam", "adam", "learning_rate=0.002 weight_decay=0.05", 128, 20, true}, false},
    {{"adam, smooth labels", "adam", "learning_rate=0.002 weight_decay=0.05", 128, 20, true}, true},
    {{"nadam", "nadam", "learning_rate=0.002 weight_decay=0.05", 128, 20, true}, false},
    {{"sgd", "sgd", "learning_rate=0.1 momentum=0.9 nesterov=1 weight_decay=0.0005", 128, 20, true}, false},
};

enum { METHODS = sizeof methods / sizeof *methods };

static const struct {
    const char *program;
    int epochs;
} peers[PEERS] = {{"peers/learn_torch.py", 20}, {"peers/learn_sklearn.py", 20}};

static int read_part(const char *part, bool quick, struct dataset *set)
{
    char file[64], images[LEARN_PATH], labels[LEARN_PATH];
    int status;

    snprintf(file, sizeof file, "%s-images-idx3-ubyte.gz", part);
    status = learn_find(&learn_fashion_mnist, file, images);
    snprintf(file, sizeof file, "%s-labels-idx1-ubyte.gz", part);
    if (status == CLI_OK)
        status = learn_find(&learn_fashion_mnist, file, labels);
    if (status == CLI_OK)
        status = load_idx(images, labels, MLP_F32, set);
    if (status == CLI_OK && set->features != PIXELS)
        status = report_failure("%s: not %d pixels", images, PIXELS);
    if (quick && set->samples > QUICK_SAMPLES)
        set->samples = QUICK_SAMPLES;
    return status == CLI_OK ? dataset_publish(set, CLASSES) : status;
}

static mlp_status make_model(mlp_model **model)
{
    float scale[PIXELS], shift[PIXELS] = {0};
    mlp_status status = learn_model_create(MLP_F32, "784-256-128-100-10", "relu", "identity", model);

    for (int i = 0; i < PIXELS; i++)
        scale[i] = 1 / 255.0F;
    return status < 0 ? status : mlp_model_set_input_scaling_f32(*model, scale, shift);
}

static mlp_status run_method(const struct learn_request *request, int which, uint64_t seed,
                             const struct dataset *train, const struct dataset *test, const mlp_model *model,
                             mlp_loss smooth, struct learn_tally *tally)
{
    const struct learn_problem problem = {
        .model = model,
        .initializer = "he_uniform",
        .loss = methods[which].smooth ? smooth : MLP_SOFTMAX_CROSS_ENTROPY,
        .train = train->data,
        .validation = test->data,
        .keep_last = true,
        .untimed = true,
        .accuracy_goal = goal,
        .seconds = request->quick ? 0.2 : 600,
        .every = 1,
        .threads = (int32_t)request->threads,
    };
    struct learn_recipe recipe = methods[which].recipe;
    struct learn_result result;
    mlp_status status;

    recipe.options = request->options ? request->options : recipe.options;
    report_note("fashion: seed %llu, %s", (unsigned long long)seed, recipe.name);
    status = learn_run(&problem, &recipe, seed, NULL, &result);
    if (status >= 0)
        learn_tally_add(tally, &result, 100 * result.accuracy);
    return status;
}

static void run_peers(uint64_t seed, struct learn_peer_tally *tallies)
{
    char arguments[LEARN_PATH];

    for (int i = 0; i < PEERS; i++) {
        if (tallies[i].gone)
            continue;
        report_note("fashion: seed %llu, %s", (unsigned long long)seed, peers[i].program);
        snprintf(arguments, sizeof arguments, "fashion %s %llu %d %g", learn_fashion_mnist.directory,
                 (unsigned long long)seed, peers[i].epochs, goal);
        tallies[i].gone = !learn_peer_run(peers[i].program, arguments, learn_tally_take_line, &tallies[i]);
    }
}

static mlp_status run_seed(const struct learn_request *request, uint64_t seed, const struct dataset *train,
                           const struct dataset *test, const mlp_model *model, mlp_loss smooth,
                           struct learn_tally *tallies)
{
    mlp_status status = MLP_OK;
    int count = 0;

    for (int i = 0; i < METHODS && status >= 0; i++) {
        const char *method = methods[i].recipe.method;

        if (!learn_is_listed(request->methods, method) || !mlp_optimizer_from_name(method))
            continue;
        tallies[count].method = methods[i].recipe.name;
        status = run_method(request, i, seed, train, test, model, smooth, &tallies[count++]);
    }
    return status;
}

static int run_all(const struct learn_request *request, const struct dataset *train,
                   const struct dataset *test)
{
    struct learn_tally *tallies = heap_new(METHODS + PEERS, (int64_t)sizeof *tallies);
    struct learn_peer_tally others[PEERS] = {{.tally = &tallies[METHODS]}, {.tally = &tallies[METHODS + 1]}};
    const int64_t seeds = request->seeds ? request->seeds : request->quick ? 1 : SEEDS;
    mlp_loss smooth = 0;
    mlp_model *model = NULL;
    mlp_status status = make_model(&model);
    int64_t count = 0;

    if (status >= 0)
        status = mlp_loss_configure(MLP_SOFTMAX_CROSS_ENTROPY, smoothing, &smooth);
    for (int64_t seed = 1; seed <= seeds && status >= 0; seed++) {
        status = run_seed(request, (uint64_t)seed, train, test, model, smooth, tallies);
        if (status >= 0 && request->peers && !request->quick)
            run_peers((uint64_t)seed, others);
    }
    for (int i = 0; i < METHODS + PEERS; i++)
        if (tallies[i].runs > 0)
            tallies[count++] = tallies[i];
    if (status >= 0)
        learn_tally_print("fashion 784-256-128-100-10", "accuracy", true, request->json, tallies, count);
    if (smooth)
        mlp_loss_unregister(smooth);
    mlp_model_destroy(model);
    free(tallies);
    return report_status(status, "fashion");
}

static int run(const struct learn_request *request)
{
    struct dataset train = {0}, test = {0};
    int status = read_part("train", request->quick, &train);

    for (int i = 0; i < METHODS && status == CLI_OK; i++)
        if (learn_is_listed(request->methods, methods[i].recipe.method))
            learn_has_method(&methods[i].recipe);
    if (status == CLI_OK)
        status = read_part("t10k", request->quick, &test);
    if (status == CLI_OK)
        status = run_all(request, &train, &test);
    dataset_clear(&train);
    dataset_clear(&test);
    return status;
}

const struct learn_task learn_fashion = {
    "fashion", "test accuracy on Fashion-MNIST and seconds to 88 %, beside scikit-learn and PyTorch", run};
