/*
 * Functions a network of the given shape can be: sums of sines, of Gaussians, and one inside another, in double precision, at
 * 200 points of -1 .. 1, from random starts. The goal is a relative error of 1e-12 in the 2-norm: what rounding leaves.
 *
 *     sines     1.0 sin(3 x + 0.5) - 0.6 sin(5 x - 1) + 0.3                       1-2-1, sine
 *     gaussians exp(-(4 x - 1.5)^2) + 0.5 exp(-(3 x + 1.5)^2) - 0.2               1-2-1, gaussian
 *     nested    1.2 sin(2.5 sin(2 x + 0.4) + 0.7) - 0.1                           1-1-1-1, sine
 *     tanh      tanh(5 x - 2) - 0.7 tanh(3 x + 1) + 0.4 tanh(2 x)                 1-3-1, tanh
 */
#include "learn.h"

#include "heap.h"
#include "learn_data.h"
#include "learn_tally.h"
#include "report.h"
#include "typed.h"

#include <math.h>
#include <stdlib.h>

enum { POINTS = 200, STARTS = 30, QUICK_STARTS = 2 };

static const double goal = 1e-12, most_seconds = 2, most_seconds_quick = 0.05;

static double sines(double x)
{
    return sin(3 * x + 0.5) - 0.6 * sin(5 * x - 1) + 0.3;
}

static double gaussians(double x)
{
    const double p = 4 * x - 1.5, q = 3 * x + 1.5;

    return exp(-p * p) + 0.5 * exp(-q * q) - 0.2;
}

static double nested(double x)
{
    return 1.2 * sin(2.5 * sin(2 * x + 0.4) + 0.7) - 0.1;
}

static double tanhs(double x)
{
    return tanh(5 * x - 2) - 0.7 * tanh(3 * x + 1) + 0.4 * tanh(2 * x);
}

static const struct {
    const char *name, *widths, *activation;
    double (*function)(double x);
} functions[] = {
    {"sines", "1-2-1", "sine", sines},
    {"gaussians", "1-2-1", "gaussian", gaussians},
    {"nested", "1-1-1-1", "sine", nested},
    {"tanh", "1-3-1", "tanh", tanhs},
};

enum { FUNCTIONS = sizeof functions / sizeof *functions };

static const struct learn_recipe recipes[] = {
    {"levenberg_marquardt", "levenberg_marquardt", "", 0, 2000, false},
    {"lbfgs", "lbfgs", "", 0, 100000, false},
    {"rprop", "rprop", "learning_rate=0.05", 0, 200000, false},
    {"adam", "adam", "learning_rate=0.05", 0, 200000, true},
};

enum { RECIPES = sizeof recipes / sizeof *recipes };

/* Returns |t|^2 over the points. */
static double make_set(double (*function)(double x), struct dataset *set)
{
    double squares = 0;

    dataset_begin(set, MLP_F64, 1, 1, false);
    for (int i = 0; i < POINTS; i++) {
        const int64_t at = dataset_add(set);
        const double x = 2.0 * i / (POINTS - 1) - 1, t = function(x);

        typed_put(MLP_F64, set->x, at, x);
        typed_put(MLP_F64, set->t, at, t);
        squares += t * t;
    }
    return squares;
}

/* |y - t| / |t|, from the loss |y - t|^2 / (2 points). */
static double relative_error(double loss, double squares)
{
    return sqrt(2 * POINTS * loss / squares);
}

static mlp_status run_method(const struct learn_request *request, const struct learn_problem *problem,
                             const struct learn_recipe *recipe, double squares, struct learn_tally *tally)
{
    const int64_t starts = request->seeds ? request->seeds : request->quick ? QUICK_STARTS : STARTS;
    mlp_status status = MLP_OK;

    tally->method = recipe->name;
    for (int64_t seed = 1; seed <= starts && status >= 0; seed++) {
        struct learn_result result;

        status = learn_run(problem, recipe, (uint64_t)seed, NULL, &result);
        if (status >= 0)
            learn_tally_add(tally, &result, log10(relative_error(result.loss, squares)));
    }
    return status;
}

static int run_methods(const struct learn_request *request, int which, const struct dataset *set,
                       double squares, const mlp_model *model)
{
    const struct learn_problem problem = {
        .model = model,
        .initializer = "lecun_normal",
        .loss = MLP_SQUARED_ERROR,
        .train = set->data,
        .goal = goal * goal * squares / (2 * POINTS),
        .seconds = request->quick ? most_seconds_quick : most_seconds,
        .threads = (int32_t)request->threads,
    };
    struct learn_tally *tallies = heap_new(RECIPES, (int64_t)sizeof *tallies);
    mlp_status status = MLP_OK;
    int64_t count = 0;
    char task[64];

    for (int i = 0; i < RECIPES && status >= 0; i++) {
        struct learn_recipe recipe = recipes[i];

        recipe.options = request->options ? request->options : recipe.options;
        if (!learn_is_listed(request->methods, recipe.method) || !learn_has_method(&recipe))
            continue;
        report_note("%s: %s", functions[which].name, recipe.name);
        status = run_method(request, &problem, &recipe, squares, &tallies[count++]);
    }
    snprintf(task, sizeof task, "fit %s %s", functions[which].name, functions[which].widths);
    learn_tally_print(task, "log10_error", true, request->json, tallies, count);
    free(tallies);
    return report_status(status, task);
}

static int run_function(const struct learn_request *request, int which)
{
    struct dataset set;
    const double squares = make_set(functions[which].function, &set);
    mlp_model *model = NULL;
    int status = dataset_publish(&set, 0);

    if (status == CLI_OK)
        status = report_status(learn_model_create(MLP_F64, functions[which].widths,
                                                  functions[which].activation, "identity", &model),
                               functions[which].name);
    if (status == CLI_OK)
        status = run_methods(request, which, &set, squares, model);
    mlp_model_destroy(model);
    dataset_clear(&set);
    return status;
}

static int run(const struct learn_request *request)
{
    int status = CLI_OK;

    for (int which = 0; which < FUNCTIONS && status == CLI_OK; which++)
        if (learn_is_listed(request->only, functions[which].name))
            status = run_function(request, which);
    return status;
}

const struct learn_task learn_fit = {"fit", "functions a network can be, to 1e-12 in double precision", run};
