#include "command.h"

#include "args.h"
#include "heap.h"
#include "model_file.h"
#include "number.h"
#include "report.h"
#include "typed.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct args_usage usage = {
    "mlp info [MODEL]",
    "What is in a model file; without one, what the library runs on.",
    0,
    1,
};

static int print_runtime(void)
{
    int64_t size = mlp_runtime_describe(NULL, 0);
    char *text;

    if (size < 0)
        return report_status((mlp_status)size, "runtime");
    text = heap_new(size, 1);
    mlp_runtime_describe(text, size);
    fputs(text, stdout);
    free(text);
    return CLI_OK;
}

static void print_activation(const mlp_model *model, int32_t layer)
{
    mlp_activation activation = mlp_model_activation(model, layer);
    const char *parameter = NULL;

    printf("%s", mlp_activation_name(activation));
    mlp_activation_parameter(activation, &parameter, NULL, NULL, NULL);
    if (parameter)
        printf(" (%s %g)", parameter, mlp_model_activation_parameter(model, layer));
}

static void print_layers(const mlp_model *model)
{
    char count[NUMBER_GROUP_SIZE];

    printf("\nlayer       width   parameters  activation\n");
    printf("input  %10lld            -  -\n", (long long)mlp_model_width(model, 0));
    for (int32_t l = 1; l <= mlp_model_layer_count(model); l++) {
        int64_t width = mlp_model_width(model, l);

        printf("%-5d  %10lld %12s  ", l, (long long)width,
               number_group(width * (mlp_model_width(model, l - 1) + 1), count));
        print_activation(model, l);
        putchar('\n');
    }
}

/* One line: none, one pair of numbers for all values, or the ranges. */
static void print_scaling(const char *title, mlp_dtype dtype, int64_t n, const void *scale, const void *shift)
{
    double low[2] = {INFINITY, INFINITY}, high[2] = {-INFINITY, -INFINITY};

    for (int64_t i = 0; i < n; i++) {
        double value[2] = {typed_get(dtype, scale, i), typed_get(dtype, shift, i)};

        for (int k = 0; k < 2; k++) {
            low[k] = fmin(low[k], value[k]);
            high[k] = fmax(high[k], value[k]);
        }
    }
    printf("%s scaling  ", title);
    if (low[0] == 1 && high[0] == 1 && low[1] == 0 && high[1] == 0)
        printf("none\n");
    else if (low[0] == high[0] && low[1] == high[1])
        printf("%.6g x value + %.6g\n", low[0], low[1]);
    else
        printf("scale x value + shift: scale %.4g to %.4g, shift %.4g to %.4g\n", low[0], high[0], low[1],
               high[1]);
}

static void print_scalings(const mlp_model *model)
{
    mlp_dtype dtype = mlp_model_dtype(model);
    int64_t inputs = mlp_model_width(model, 0),
            outputs = mlp_model_width(model, mlp_model_layer_count(model));
    int64_t most = inputs > outputs ? inputs : outputs;
    void *scale = heap_new(most, typed_size(dtype)), *shift = heap_new(most, typed_size(dtype));

    putchar('\n');
    typed_get_input_scaling(model, scale, shift);
    print_scaling("input ", dtype, inputs, scale, shift);
    typed_get_output_scaling(model, scale, shift);
    print_scaling("output", dtype, outputs, scale, shift);
    free(scale);
    free(shift);
}

/* Lists, one name per line, become one line. */
static void print_value(const char *key, char *value)
{
    printf("  %-10s", key);
    for (char *p = value; *p; p++) {
        if (*p == '\n')
            fputs(", ", stdout);
        else
            putchar(*p);
    }
    putchar('\n');
}

static void print_metadata(const mlp_model *model)
{
    int32_t count = mlp_model_metadata_count(model);

    if (count)
        printf("\nmetadata\n");
    for (int32_t i = 0; i < count; i++) {
        int64_t size = mlp_model_metadata_key(model, i, NULL, 0);
        char *key = heap_new(size > 0 ? size : 1, 1), *value;

        mlp_model_metadata_key(model, i, key, size);
        value = schema_metadata(model, key);
        if (value)
            print_value(key, value);
        free(value);
        free(key);
    }
}

static int print_model(const char *path)
{
    struct model_file file;
    char count[NUMBER_GROUP_SIZE];
    int status = model_file_load(path, &file);

    if (status == CLI_OK) {
        printf("file        %s\nnumber type %s\nlayers      %d\nparameters  %s\nhead        %s\n", path,
               mlp_dtype_name(mlp_model_dtype(file.model)), mlp_model_layer_count(file.model),
               number_group(mlp_model_param_count(file.model), count),
               mlp_head_name(mlp_model_head(file.model)));
        print_layers(file.model);
        print_scalings(file.model);
        print_metadata(file.model);
    }
    model_file_clear(&file);
    return status;
}

int command_info(int argc, char **argv)
{
    int first;
    bool done;
    int status = args_parse(argc, argv, &usage, NULL, 0, &first, &done);

    if (status != CLI_OK || done)
        return status;
    return first < argc ? print_model(argv[first]) : print_runtime();
}
