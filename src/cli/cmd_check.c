#include "command.h"

#include "args.h"
#include "heap.h"
#include "model_file.h"
#include "names.h"
#include "number.h"
#include "report.h"

#include <stdlib.h>
#include <string.h>

static const struct args_usage usage = {
    "mlp check MODEL [OPTION]... | mlp check --widths WIDTHS [OPTION]...",
    "Prove every derivative of a model at random points: residuals beside their bounds, and a verdict.\n"
    "Exit status 1 where one is out of bounds. Without a file, of a new model with random parameters.",
    0,
    1,
};

struct options {
    const char *widths, *activation, *dtype;
    int64_t points, seed;
};

static int parse_widths(const char *text, int64_t **widths, int32_t *layers)
{
    struct names parts = {0};
    int status = CLI_OK;

    names_split(&parts, text, '-');
    *widths = heap_new(parts.count, sizeof **widths);
    *layers = (int32_t)parts.count - 1;
    for (int64_t i = 0; i < parts.count && status == CLI_OK; i++)
        if (!number_parse_int(parts.item[i], &(*widths)[i]))
            status = report_usage("--widths %s: '%s' is no width", text, parts.item[i]);
    names_clear(&parts);
    return status;
}

/* The name of an activation of the hidden layers, with its parameter as in sine:30. */
static int parse_activation(const char *text, mlp_activation *activation, double *parameter, bool *given)
{
    char *name = heap_string(text), *colon = strchr(name, ':');
    int status = CLI_OK;

    if (colon)
        *colon = '\0';
    *activation = mlp_activation_from_name(name);
    *given = colon != NULL;
    if (!*activation)
        status = report_usage("--activation %s: no such activation", text);
    else if (colon && !number_parse(colon + 1, parameter))
        status = report_usage("--activation %s: '%s' is not a number", text, colon + 1);
    free(name);
    return status;
}

static int create(const struct options *o, int32_t layers, const int64_t *widths, mlp_model **model)
{
    mlp_activation activation = 0;
    double parameter = 0;
    bool given = false;
    mlp_dtype dtype = mlp_dtype_from_name(o->dtype);
    int status = parse_activation(o->activation, &activation, &parameter, &given);
    mlp_status made;

    if (status == CLI_OK && !dtype)
        status = report_usage("--dtype %s: must be f32 or f64", o->dtype);
    if (status != CLI_OK)
        return status;
    made = mlp_model_create(dtype, layers, widths, activation, model);
    for (int32_t l = 1; l < layers && given && made >= 0; l++)
        made = mlp_model_set_activation_parameter(*model, l, parameter);
    if (made >= 0)
        made = mlp_model_initialize(*model, MLP_INIT_GLOROT_UNIFORM, (uint64_t)o->seed);
    return report_status(made, "--widths");
}

static int new_model(const struct options *o, mlp_model **model)
{
    int64_t *widths = NULL;
    int32_t layers = 0;
    int status = parse_widths(o->widths, &widths, &layers);

    if (status == CLI_OK)
        status = create(o, layers, widths, model);
    free(widths);
    return status;
}

static void print_check(const mlp_check *check)
{
    int32_t failed = 0, count = mlp_check_count(check);

    printf("%-32s %-30s %10s %10s\n", "derivative", "against", "residual", "bound");
    for (int32_t i = 0; i < count; i++) {
        failed += !mlp_check_passed(check, i);
        printf("%-32s %-30s %10.2e %10.2e  %s\n", mlp_check_name(check, i), mlp_check_method(check, i),
               mlp_check_residual(check, i), mlp_check_bound(check, i),
               mlp_check_passed(check, i) ? "ok" : "WRONG");
    }
    if (failed)
        printf("\n%d of %d are out of bounds\n", failed, count);
    else
        printf("\nall %d within their bounds\n", count);
}

static int check_model(const mlp_model *model, const struct options *o)
{
    mlp_check *check = NULL;
    int status = report_status(mlp_check_model(model, o->points, (uint64_t)o->seed, &check), "check");

    if (status == CLI_OK) {
        print_check(check);
        status = mlp_check_verdict(check) ? CLI_OK : CLI_FAILED;
    }
    mlp_check_destroy(check);
    return status;
}

int command_check(int argc, char **argv)
{
    struct options o = {.activation = "tanh", .dtype = "f64", .points = 3};
    const struct args_option rows[] = {
        {"points", ARGS_INT, &o.points, "N", "samples; default 3", 1, 1024},
        {"seed", ARGS_INT, &o.seed, "N", "decides points, directions and new parameters; default 0", 0, 1e15},
        {"A new model", ARGS_HEADING, NULL, NULL, NULL, 0, 0},
        {"widths", ARGS_TEXT, &o.widths, "WIDTHS", "such as 3-9-2", 0, 0},
        {"activation", ARGS_TEXT, &o.activation, "NAME",
         "of the hidden layers, with its parameter as in sine:30; default tanh", 0, 0},
        {"dtype", ARGS_TEXT, &o.dtype, "f32|f64", "number type; default f64", 0, 0},
    };
    struct model_file file = {0};
    int first;
    bool done;
    int status = args_parse(argc, argv, &usage, rows, sizeof rows / sizeof *rows, &first, &done);

    if (status != CLI_OK || done)
        return status;
    if ((first < argc) == (o.widths != NULL))
        return report_usage("either a model file or --widths; --help lists the options");
    status = o.widths ? new_model(&o, &file.model) : model_file_load(argv[first], &file);
    if (status == CLI_OK)
        status = check_model(file.model, &o);
    model_file_clear(&file);
    return status;
}
