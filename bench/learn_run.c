#include "learn_run.h"

#include "clock.h"
#include "number.h"
#include "report.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_LAYERS = 16, WORD = 64, MOST_LACKS = 32 };

static const double pi = 3.14159265358979323846;

/* The next "name=value" of a recipe; false at its end. */
static bool next_option(const char **text, char name[WORD], double *value)
{
    char word[WORD], *equals;
    int length = 0;

    if (!*text || sscanf(*text, " %63s%n", word, &length) != 1)
        return false;
    *text += length;
    equals = strchr(word, '=');
    if (!equals || !number_parse(equals + 1, value)) {
        report_note("'%s' is no name=value: what follows is left out, too", word);
        return false;
    }
    *equals = '\0';
    snprintf(name, WORD, "%s", word);
    return true;
}

/* Tell once of what the library lacks: a method, or an option of one. */
static void tell_lack(const char *method, const char *option)
{
    static char told[MOST_LACKS][3 * WORD];
    static int count;
    char lack[3 * WORD];

    snprintf(lack, sizeof lack, "%.63s%s%.63s", method, *option ? ": the library has no option " : "",
             option);
    for (int i = 0; i < count; i++)
        if (strcmp(told[i], lack) == 0)
            return;
    if (count < MOST_LACKS)
        memcpy(told[count++], lack, sizeof lack);
    if (*option)
        report_note("%s: left out", lack);
    else
        report_note("the library has no %s: left out", lack);
}

bool learn_has_method(const struct learn_recipe *recipe)
{
    const char *text = recipe->options;
    char name[WORD];
    double value;

    if (!mlp_optimizer_from_name(recipe->method)) {
        tell_lack(recipe->method, "");
        return false;
    }
    while (next_option(&text, name, &value))
        if (!mlp_trainer_option_from_name(name))
            tell_lack(recipe->method, name);
    return true;
}

mlp_status learn_model_create(mlp_dtype dtype, const char *widths, const char *hidden, const char *output,
                              mlp_model **model)
{
    int64_t width[MOST_LAYERS + 1];
    int32_t count = 0;
    mlp_status status;

    for (char *end; count <= MOST_LAYERS && *widths; widths = end + (*end == '-'))
        width[count++] = strtoll(widths, &end, 10);
    status = mlp_model_create(dtype, count - 1, width, mlp_activation_from_name(hidden), model);
    return status < 0 ? status
                      : mlp_model_set_activation(*model, count - 1, mlp_activation_from_name(output));
}

static mlp_status set_option(mlp_trainer *trainer, const char *name, double value)
{
    const mlp_trainer_option option = mlp_trainer_option_from_name(name);
    int32_t kind;

    if (!option) /* learn_has_method() has told */
        return MLP_OK;
    mlp_trainer_option_info(option, &kind, NULL, NULL, NULL);
    return kind == MLP_OPTION_INT ? mlp_trainer_set_int(trainer, option, (int64_t)value)
                                  : mlp_trainer_set_real(trainer, option, value);
}

static mlp_status set_options(mlp_trainer *trainer, const struct learn_problem *problem,
                              const struct learn_recipe *recipe, uint64_t seed)
{
    const char *text = recipe->options;
    char name[WORD];
    double value = 0;
    mlp_status status =
        mlp_trainer_set_int(trainer, MLP_TRAINER_OPTIMIZER, mlp_optimizer_from_name(recipe->method));

    if (status >= 0)
        status = mlp_trainer_set_int(trainer, MLP_TRAINER_LOSS, problem->loss);
    if (status >= 0)
        status = mlp_trainer_set_int(trainer, MLP_TRAINER_SEED, (int64_t)seed);
    if (status >= 0)
        status = mlp_trainer_set_int(trainer, MLP_TRAINER_SHUFFLE, recipe->batch != 0);
    while (status >= 0 && next_option(&text, name, &value))
        status = set_option(trainer, name, value);
    return status;
}

static mlp_status prepare(const struct learn_problem *problem, const struct learn_recipe *recipe,
                          uint64_t seed, mlp_model *model, mlp_trainer **trainer)
{
    const int64_t samples = mlp_data_samples(problem->train);
    const int64_t batch = recipe->batch && recipe->batch < samples ? recipe->batch : samples;
    mlp_status status = mlp_model_initialize(model, mlp_initializer_from_name(problem->initializer), seed);

    if (status >= 0)
        status = mlp_trainer_create(model, trainer);
    if (status >= 0)
        status = set_options(*trainer, problem, recipe, seed);
    return status < 0 ? status : mlp_trainer_prepare(*trainer, batch, problem->threads);
}

enum { TOLERANT_EPOCHS = 10 };

/* How a run stands. */
struct progress {
    double began, untimed; /* seconds spent on what is not timed */
    double rate;           /* at the start */
    double best;           /* validation loss */
    int64_t since;         /* validations since the best */
    double least;          /* training loss */
    int64_t idle;          /* epochs since it fell enough */
};

static double seconds_of(const struct progress *progress)
{
    return clock_now() - progress->began - progress->untimed;
}

static void reach(const struct progress *progress, struct learn_result *result)
{
    if (!result->reached)
        result->to_goal = seconds_of(progress);
    result->reached = true;
}

/* The best parameters so far are kept. */
static mlp_status validate(const struct learn_problem *problem, mlp_trainer *trainer, mlp_model *model,
                           struct progress *progress, struct learn_result *result)
{
    double loss;
    mlp_status status = mlp_trainer_evaluate(trainer, problem->validation, &loss, &result->accuracy);

    if (status < 0)
        return status;
    progress->since++;
    if (!(loss < progress->best))
        return MLP_OK;
    progress->best = loss;
    progress->since = 0;
    return problem->keep_last ? MLP_OK : mlp_trainer_get_model(trainer, model);
}

static mlp_status validate_timed(const struct learn_problem *problem, mlp_trainer *trainer, mlp_model *model,
                                 struct progress *progress, struct learn_result *result)
{
    const double began = clock_now();
    const mlp_status status = validate(problem, trainer, model, progress, result);

    if (problem->untimed)
        progress->untimed += clock_now() - began;
    if (problem->accuracy_goal > 0 && result->accuracy >= problem->accuracy_goal)
        reach(progress, result);
    return status;
}

static mlp_status one_epoch(const struct learn_problem *problem, const struct learn_recipe *recipe,
                            mlp_trainer *trainer, mlp_model *model, struct progress *progress,
                            struct learn_result *result)
{
    mlp_status status = MLP_OK;

    if (recipe->cosine)
        status = mlp_trainer_set_real(
            trainer, MLP_TRAINER_LEARNING_RATE,
            progress->rate * (1 + cos(pi * (double)result->epochs / (double)recipe->epochs)) / 2);
    if (status >= 0)
        status = mlp_trainer_epoch(trainer, problem->train, &result->loss);
    if (status < 0)
        return status;
    result->epochs++;
    if (problem->goal > 0 && result->loss <= problem->goal)
        reach(progress, result);
    progress->idle = result->loss > progress->least - problem->tolerance ? progress->idle + 1 : 0;
    progress->least = fmin(progress->least, result->loss);
    if (problem->validation && result->epochs % problem->every == 0)
        status = validate_timed(problem, trainer, model, progress, result);
    return status;
}

static bool is_over(const struct learn_problem *problem, const struct learn_recipe *recipe,
                    const struct progress *progress, const struct learn_result *result)
{
    return (problem->goal > 0 && result->reached) || result->epochs >= recipe->epochs ||
           (problem->patience && progress->since >= problem->patience) ||
           (problem->tolerance > 0 && progress->idle > TOLERANT_EPOCHS) ||
           seconds_of(progress) >= problem->seconds;
}

static mlp_status train(const struct learn_problem *problem, const struct learn_recipe *recipe,
                        mlp_trainer *trainer, mlp_model *model, struct learn_result *result)
{
    struct progress progress = {.best = INFINITY, .least = INFINITY};
    mlp_status status = mlp_trainer_get_real(trainer, MLP_TRAINER_LEARNING_RATE, &progress.rate);

    progress.began = clock_now();
    while (status >= 0 && !is_over(problem, recipe, &progress, result))
        status = one_epoch(problem, recipe, trainer, model, &progress, result);
    result->seconds = seconds_of(&progress);
    result->validation = progress.best;
    if (status >= 0 && (!problem->validation || problem->keep_last))
        status = mlp_trainer_get_model(trainer, model);
    return status == MLP_ERR_NUMERIC ? MLP_OK : status;
}

mlp_status learn_run(const struct learn_problem *problem, const struct learn_recipe *recipe, uint64_t seed,
                     mlp_model *trained, struct learn_result *result)
{
    mlp_model *model = NULL;
    mlp_trainer *trainer = NULL;
    mlp_status status = mlp_model_clone(problem->model, &model);

    *result = (struct learn_result){.to_goal = NAN, .loss = NAN, .validation = NAN, .accuracy = NAN};
    if (status >= 0)
        status = prepare(problem, recipe, seed, model, &trainer);
    if (status >= 0)
        status = train(problem, recipe, trainer, model, result);
    if (status >= 0 && trained)
        status = mlp_model_copy_params(trained, model);
    mlp_trainer_destroy(trainer);
    mlp_model_destroy(model);
    return status;
}
