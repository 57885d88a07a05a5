/*
 * The 1797 digits of scikit-learn, 64-100-10 relu, 5-fold: sample i is of fold k where k = (samples of its class before it)
 * mod 5, so that every fold has its share of every class. Pixels are divided by 16.
 *
 * scikit-learn's MLPClassifier(hidden_layer_sizes=(100,)) has its defaults: adam, rate 0.001, batches of 200, at most 200 epochs, an end
 * when the loss has not fallen by 1e-4 in 10 epochs, L2 of 1e-4; it gets floats, with which it is faster. "adam as there"
 * has the same, without the L2.
 */
#include "learn.h"

#include "heap.h"
#include "learn_data.h"
#include "learn_peer.h"
#include "learn_score.h"
#include "learn_tally.h"
#include "report.h"
#include "typed.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FOLDS = 5, CLASSES = 10, PIXELS = 64, SEEDS = 4 };

static const double tolerance = 1e-4;

static const struct {
    struct learn_recipe recipe;
    bool tolerant; /* ends as scikit-learn does */
} methods[] = {
    {{"adam as there", "adam", "learning_rate=0.001", 200, 200, false}, true},
    {{"adam", "adam", "learning_rate=0.02 weight_decay=0.2", 50, 60, true}, false},
    {{"nadam", "nadam", "learning_rate=0.02 weight_decay=0.2", 50, 60, true}, false},
    {{"rmsprop", "rmsprop", "learning_rate=0.002 weight_decay=0.2", 50, 60, true}, false},
    {{"sgd", "sgd", "learning_rate=0.1 momentum=0.9 nesterov=1", 50, 60, true}, false},
    {{"rprop", "rprop", "learning_rate=0.01", 0, 100, false}, false},
    {{"lbfgs", "lbfgs", "", 0, 100, false}, false},
};

enum { METHODS = sizeof methods / sizeof *methods };

/* The samples of one fold, or those of all others. */
static int take_fold(const struct dataset *all, int fold, bool others, struct dataset *set)
{
    int64_t seen[CLASSES] = {0};

    dataset_begin(set, all->dtype, all->features, 0, true);
    for (int64_t s = 0; s < all->samples; s++) {
        if ((seen[all->label[s]]++ % FOLDS != fold) != others)
            continue;
        const int64_t at = dataset_add(set);
        memcpy(typed_at(set->dtype, set->x, at * set->features),
               typed_at(all->dtype, all->x, s * all->features),
               (size_t)(set->features * typed_size(set->dtype)));
        set->label[at] = all->label[s];
    }
    return dataset_publish(set, CLASSES);
}

static mlp_status make_model(mlp_model **model)
{
    float scale[PIXELS], shift[PIXELS] = {0};
    mlp_status status = learn_model_create(MLP_F32, "64-100-10", "relu", "identity", model);

    for (int i = 0; i < PIXELS; i++)
        scale[i] = 1 / 16.0F;
    return status < 0 ? status : mlp_model_set_input_scaling_f32(*model, scale, shift);
}

static mlp_status run_fold(const struct learn_request *request, int which, uint64_t seed,
                           const struct dataset *train, const struct dataset *test, mlp_model *model,
                           struct learn_tally *tally)
{
    const struct learn_problem problem = {
        .model = model,
        .initializer = "glorot_uniform",
        .loss = MLP_SOFTMAX_CROSS_ENTROPY,
        .train = train->data,
        .tolerance = methods[which].tolerant ? tolerance : 0,
        .seconds = request->quick ? 0.02 : 60,
        .threads = (int32_t)request->threads,
    };
    struct learn_recipe recipe = methods[which].recipe;
    struct learn_result result;
    double accuracy = NAN;
    mlp_status status;

    recipe.options = request->options ? request->options : recipe.options;
    status = learn_run(&problem, &recipe, seed, model, &result);
    if (status >= 0)
        status = learn_accuracy(model, test->data, &accuracy);
    if (status >= 0)
        learn_tally_add(tally, &result, 100 * accuracy);
    return status;
}

/* All methods take turns on a fold. */
static int run_folds(const struct learn_request *request, const struct dataset *all, uint64_t seed, int fold,
                     struct learn_tally *tallies)
{
    struct dataset train, test;
    mlp_model *model = NULL;
    int64_t count = 0;
    int status = take_fold(all, fold, true, &train);

    if (status == CLI_OK)
        status = take_fold(all, fold, false, &test);
    else
        test = (struct dataset){0};
    if (status == CLI_OK)
        status = report_status(make_model(&model), "digits");
    for (int i = 0; i < METHODS && status == CLI_OK; i++) {
        const char *method = methods[i].recipe.method;

        if (!learn_is_listed(request->methods, method) || !mlp_optimizer_from_name(method))
            continue;
        tallies[count].method = methods[i].recipe.name;
        status = report_status(run_fold(request, i, seed, &train, &test, model, &tallies[count++]), method);
    }
    mlp_model_destroy(model);
    dataset_clear(&train);
    dataset_clear(&test);
    return status;
}

static int run_all(const struct learn_request *request, const struct dataset *all, const char *path)
{
    struct learn_tally *tallies = heap_new(METHODS + 1, (int64_t)sizeof *tallies);
    const int64_t seeds = request->seeds ? request->seeds : request->quick ? 1 : SEEDS;
    struct learn_peer_tally peer = {.tally = &tallies[METHODS]};
    char arguments[LEARN_PATH + 64];
    int64_t count = 0;
    int status = CLI_OK;

    for (int64_t seed = 1; seed <= seeds && status == CLI_OK; seed++) {
        report_note("digits: seed %lld", (long long)seed);
        for (int fold = 0; fold < FOLDS && status == CLI_OK; fold++)
            status = run_folds(request, all, (uint64_t)seed, fold, tallies);
        snprintf(arguments, sizeof arguments, "digits '%s' %lld %d", path, (long long)seed,
                 request->quick ? 1 : 200);
        if (status == CLI_OK && request->peers && !peer.gone)
            peer.gone = !learn_peer_run("peers/learn_sklearn.py", arguments, learn_tally_take_line, &peer);
    }
    while (count < METHODS && tallies[count].runs > 0)
        count++;
    tallies[count] = *peer.tally;
    count += peer.tally->runs > 0;
    if (status == CLI_OK)
        learn_tally_print("digits 64-100-10", "accuracy", false, request->json, tallies, count);
    free(tallies);
    return status;
}

static int run(const struct learn_request *request)
{
    struct dataset all = {0};
    char path[LEARN_PATH];
    int status = learn_find(&learn_sklearn, "digits.csv.gz", path);

    for (int i = 0; i < METHODS && status == CLI_OK; i++)
        if (learn_is_listed(request->methods, methods[i].recipe.method))
            learn_has_method(&methods[i].recipe);
    if (status == CLI_OK)
        status = learn_read_classes(path, MLP_F32, false, 0, PIXELS, CLASSES, &all);
    if (status == CLI_OK)
        status = run_all(request, &all, path);
    dataset_clear(&all);
    return status;
}

const struct learn_task learn_digits = {
    "digits", "5-fold accuracy on scikit-learn's digits, beside its MLPClassifier", run};
