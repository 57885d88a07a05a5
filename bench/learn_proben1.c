/*
 * The sets of libfann-doc: Proben1's building, diabetes, gene, mushroom, soybean and thyroid, and others that FANN's authors took.
 * A quarter of .train, drawn by the seed, is for validation: a run ends when the loss on it has not fallen for so many
 * epochs, and keeps the best parameters. The method of the least mean squared error on validation data is the chosen one,
 * ours and FANN's alike; the test set is looked at once, after training.
 *
 * Sets that are all there is of a function (parity, spirals) have nothing held out: they are for learning by heart.
 *
 * Inputs are standardised by the training part, for FANN as well.
 *
 * The split is not Proben1's: of the first 21 samples of its diabetes1, which are for training, 13 are in diabetes.test. So what was
 * published on its partitions (Prechelt 1994) is not on these.
 */
#include "learn_proben1.h"

#include "heap.h"
#include "learn.h"
#include "learn_data.h"
#include "learn_run.h"
#include "report.h"

#include <stdlib.h>

enum { SEEDS = 10, QUICK_SEEDS = 1, PATIENCE = 50 };

static const double held_out = 0.25, most_seconds = 10, most_seconds_quick = 0.02;

/* What targets are. */
enum kind { ANALOG, BINARY, CLASSES };

static const struct {
    mlp_loss loss;
    mlp_head head;
} kinds[] = {
    [ANALOG] = {MLP_SQUARED_ERROR, MLP_HEAD_NONE},
    [BINARY] = {MLP_BINARY_CROSS_ENTROPY, MLP_HEAD_SIGMOID},
    [CLASSES] = {MLP_SOFTMAX_CROSS_ENTROPY, MLP_HEAD_SOFTMAX},
};

static const struct set {
    const char *name, *widths;
    enum kind kind;
    bool whole; /* nothing is held out */
} sets[] = {
    {"building", "14-16-3", ANALOG, false},  {"diabetes", "8-4-2", CLASSES, false},
    {"gene", "120-8-3", CLASSES, false},     {"mushroom", "125-8-2", CLASSES, false},
    {"soybean", "82-24-19", CLASSES, false}, {"thyroid", "21-16-3", CLASSES, false},
    {"abelone", "10-8-1", ANALOG, false},    {"bank32fm", "32-8-1", ANALOG, false},
    {"bank32nh", "32-4-1", ANALOG, false},   {"census-house", "16-16-1", ANALOG, false},
    {"kin32fm", "32-8-1", ANALOG, false},    {"pumadyn-32fm", "32-4-1", ANALOG, false},
    {"robot", "48-8-3", ANALOG, false},      {"two-spiral", "2-20-20-1", BINARY, true},
    {"parity8", "8-16-1", BINARY, true},     {"parity13", "13-26-1", BINARY, true},
};

enum { SETS = sizeof sets / sizeof *sets };

/* Squares are squared errors of sigmoid outputs, where others take cross-entropy, or squared errors of linear outputs for analog
 * targets. */
static const struct {
    struct learn_recipe recipe;
    bool squares;
} methods[] = {
    {{"rprop", "rprop", "learning_rate=0.1", 0, 2000, false}, false},
    {{"adam", "adam", "learning_rate=0.003", 32, 1000, false}, false},
    {{"adam decay 0.03", "adam", "learning_rate=0.003 weight_decay=0.03", 32, 1000, false}, false},
    {{"adam decay 1", "adam", "learning_rate=0.01 weight_decay=1", 32, 1000, false}, false},
    {{"rprop decay 0.03", "rprop", "learning_rate=0.1 weight_decay=0.03", 0, 2000, false}, false},
    {{"rprop decay 0.03 squares", "rprop", "learning_rate=0.1 weight_decay=0.03", 0, 2000, false}, true},
    {{"rprop decay 2", "rprop", "learning_rate=0.1 weight_decay=2", 0, 2000, false}, false},
    {{"rprop decay 4", "rprop", "learning_rate=0.1 weight_decay=4", 0, 2000, false}, false},
    {{"rprop decay 2 squares", "rprop", "learning_rate=0.1 weight_decay=2", 0, 2000, false}, true},
    {{"adam cosine", "adam", "learning_rate=0.005 weight_decay=0.03", 32, 400, true}, false},
    {{"adam cosine decay 1", "adam", "learning_rate=0.01 weight_decay=1", 32, 200, true}, false},
    {{"sgd", "sgd", "learning_rate=0.05 momentum=0.9", 32, 1000, false}, false},
    {{"rprop squares", "rprop", "learning_rate=0.1", 0, 2000, false}, true},
    {{"adam squares", "adam", "learning_rate=0.003", 32, 1000, false}, true},
    {{"lbfgs", "lbfgs", "", 0, 2000, false}, false},
    {{"lbfgs squares", "lbfgs", "", 0, 2000, false}, true},
    {{"levenberg_marquardt", "levenberg_marquardt", "", 0, 200, false}, true},
    {{"bayesian_regularization", "bayesian_regularization", "", 0, 200, false}, true},
};

enum { METHODS = sizeof methods / sizeof *methods };

/* A set as one seed splits it; and models for it, by whether squares are wanted. */
struct split {
    struct dataset train, validation, test;
    mlp_model *model[2];
};

static int read_parts(const struct set *set, uint64_t seed, struct split *split)
{
    char file[64], path[LEARN_PATH];
    int status;

    snprintf(file, sizeof file, "%s.train", set->name);
    status = learn_find(&learn_fann, file, path);
    if (status == CLI_OK)
        status = learn_read_fann(path, MLP_F32, &split->train);
    if (status == CLI_OK && set->whole)
        status = learn_read_fann(path, MLP_F32, &split->validation);
    else if (status == CLI_OK)
        status = dataset_split(&split->train, split->train.targets, held_out, seed, &split->validation);
    snprintf(file, sizeof file, "%s.test", set->name);
    if (status == CLI_OK)
        status = learn_find(&learn_fann, file, path);
    return status == CLI_OK ? learn_read_fann(path, MLP_F32, &split->test) : status;
}

static mlp_status make_models(const struct set *set, struct split *split)
{
    mlp_status status = MLP_OK;

    for (int squares = 0; squares < 2 && status >= 0; squares++) {
        status = learn_model_create(MLP_F32, set->widths, "tanh", squares ? "sigmoid" : "identity",
                                    &split->model[squares]);
        if (status >= 0)
            status = learn_standardize_inputs(split->model[squares], &split->train);
        if (status >= 0 && !squares)
            status = mlp_model_set_head(split->model[squares], kinds[set->kind].head);
    }
    return status;
}

static int open_split(const struct set *set, uint64_t seed, struct split *split)
{
    int status = read_parts(set, seed, split);

    if (status == CLI_OK)
        status = dataset_publish(&split->train, 0);
    if (status == CLI_OK)
        status = dataset_publish(&split->validation, 0);
    return status == CLI_OK ? report_status(make_models(set, split), set->name) : status;
}

static void close_split(struct split *split)
{
    dataset_clear(&split->train);
    dataset_clear(&split->validation);
    dataset_clear(&split->test);
    mlp_model_destroy(split->model[0]);
    mlp_model_destroy(split->model[1]);
}

static mlp_status run_method(const struct learn_request *request, const struct set *set,
                             const struct split *split, int which, uint64_t seed,
                             struct proben1_result *result)
{
    const bool squares = methods[which].squares;
    const struct learn_problem problem = {
        .model = split->model[squares],
        .initializer = "glorot_uniform",
        .loss = squares ? MLP_SQUARED_ERROR : kinds[set->kind].loss,
        .train = split->train.data,
        .validation = split->validation.data,
        .seconds = request->quick ? most_seconds_quick : most_seconds,
        .every = 1,
        .patience = PATIENCE,
        .threads = (int32_t)request->threads,
    };
    struct learn_recipe recipe = methods[which].recipe;
    struct learn_score validation, test;
    struct learn_result run;
    mlp_status status;

    recipe.options = request->options ? request->options : recipe.options;
    status = learn_run(&problem, &recipe, seed, split->model[squares], &run);
    if (status >= 0)
        status = learn_score(split->model[squares], &split->validation, &validation);
    if (status >= 0)
        status = learn_score(split->model[squares], &split->test, &test);
    if (status >= 0)
        proben1_add(result, recipe.name, false, &validation, &test, run.seconds, (double)run.epochs);
    return status;
}

static int run_seed(const struct learn_request *request, const struct set *set, uint64_t seed, bool *peers,
                    struct proben1_result *result)
{
    struct split split = {0};
    int status = open_split(set, seed, &split);

    for (int i = 0; i < METHODS && status == CLI_OK; i++)
        if (learn_is_listed(request->methods, methods[i].recipe.method) &&
            mlp_optimizer_from_name(methods[i].recipe.method))
            status = report_status(run_method(request, set, &split, i, seed, result), set->name);
    if (status == CLI_OK && *peers)
        *peers = proben1_run_fann(
            (const struct dataset *const[3]){&split.train, &split.validation, &split.test}, split.model[0],
            seed, request->quick ? most_seconds_quick : most_seconds, PATIENCE, result);
    close_split(&split);
    return status;
}

static int run_set(const struct learn_request *request, const struct set *set, bool *peers,
                   struct proben1_result *result)
{
    const int64_t seeds = request->seeds ? request->seeds : request->quick ? QUICK_SEEDS : SEEDS;
    int status = CLI_OK;

    *result =
        (struct proben1_result){.set = set->name, .widths = set->widths, .classes = set->kind != ANALOG};
    report_note("%s", set->name);
    for (int64_t seed = 1; seed <= seeds && status == CLI_OK; seed++)
        status = run_seed(request, set, (uint64_t)seed, peers, result);
    if (status == CLI_OK)
        proben1_print(result, request->json);
    return status;
}

static int run(const struct learn_request *request)
{
    struct proben1_result *results = heap_new(SETS, (int64_t)sizeof *results);
    bool peers = request->peers;
    int count = 0, status = CLI_OK;

    for (int i = 0; i < METHODS; i++)
        if (learn_is_listed(request->methods, methods[i].recipe.method))
            learn_has_method(&methods[i].recipe);
    for (int i = 0; i < SETS && status == CLI_OK; i++)
        if (learn_is_listed(request->only, sets[i].name))
            status = run_set(request, &sets[i], &peers, &results[count++]);
    if (status == CLI_OK && !request->json)
        proben1_print_summary(results, count);
    free(results);
    return status;
}

const struct learn_task learn_proben1 = {
    "proben1", "the 16 sets of libfann-doc: test error of the best method, beside FANN", run};
