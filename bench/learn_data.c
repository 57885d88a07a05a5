#include "learn_data.h"

#include "csv.h"
#include "heap.h"
#include "number.h"
#include "report.h"
#include "stream.h"
#include "typed.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const struct learn_package learn_fann = {"libfann-doc", "/usr/share/doc/libfann-dev/examples/datasets"};
const struct learn_package learn_sklearn = {"python3-sklearn",
                                            "/usr/lib/python3/dist-packages/sklearn/datasets/data"};
const struct learn_package learn_fashion_mnist = {"dataset-fashion-mnist",
                                                  "/usr/share/datasets/fashion-mnist"};

int learn_find(const struct learn_package *package, const char *file, char path[LEARN_PATH])
{
    snprintf(path, LEARN_PATH, "%s/%s", package->directory, file);
    return access(path, R_OK) == 0
               ? CLI_OK
               : report_usage("no %s; on Debian: apt-get install %s", path, package->name);
}

/* The next number of a text; NaN where there is none. */
static double next_number(char **text)
{
    char *end;
    double value = strtod(*text, &end); /* the program never calls setlocale() */

    if (end == *text)
        return NAN;
    *text = end;
    return value;
}

static int parse_fann(const char *path, char *text, mlp_dtype dtype, struct dataset *set)
{
    const double samples = next_number(&text), inputs = next_number(&text), outputs = next_number(&text);

    if (!(samples >= 1 && samples < 1e9 && inputs >= 1 && inputs < 1e6 && outputs >= 1 && outputs < 1e6))
        return report_failure("%s: its first line is not: samples inputs outputs", path);
    if (!set->features)
        dataset_begin(set, dtype, (int64_t)inputs, (int64_t)outputs, false);
    if (set->features != (int64_t)inputs || set->targets != (int64_t)outputs)
        return report_failure("%s: other widths than the file before it", path);
    for (int64_t s = 0; s < (int64_t)samples; s++) {
        const int64_t at = dataset_add(set);
        double value = 0;

        for (int64_t i = 0; i < set->features; i++)
            typed_put(dtype, set->x, at * set->features + i, value = next_number(&text));
        for (int64_t i = 0; i < set->targets; i++)
            typed_put(dtype, set->t, at * set->targets + i, value = next_number(&text));
        if (!isfinite(value))
            return report_failure("%s: sample %lld of %.0f is cut off", path, (long long)s, samples);
    }
    return CLI_OK;
}

int learn_read_fann(const char *path, mlp_dtype dtype, struct dataset *set)
{
    struct stream *stream;
    unsigned char *bytes = NULL;
    int64_t count = 0;
    int status = stream_open(path, &stream);

    if (status == CLI_OK)
        status = stream_read(stream, INT64_MAX / 4, &bytes, &count);
    stream_close(stream);
    if (status == CLI_OK) {
        char *text = heap_substring((const char *)bytes, count);

        status = parse_fann(path, text, dtype, set);
        free(text);
    }
    free(bytes);
    return status;
}

/* Put a row's inputs and its class, the last field. */
static int add_row(const struct csv *csv, int64_t first, int64_t classes, struct dataset *set)
{
    const int64_t at = dataset_add(set);
    double value;

    for (int64_t i = 0; i < set->features; i++) {
        if (!number_parse(csv->field[first + i], &value))
            return csv_complain(csv, first + i, "not a number");
        typed_put(set->dtype, set->x, at * set->features + i, value);
    }
    if (!number_parse(csv->field[csv->columns - 1], &value) || !(value >= 0 && value < (double)classes))
        return csv_complain(csv, csv->columns - 1, "not a class");
    set->label[at] = (int32_t)value;
    for (int64_t c = 0; c < classes; c++)
        typed_put(set->dtype, set->t, at * classes + c, c == set->label[at]);
    return CLI_OK;
}

/* csv.h wants as many fields in every row, so a heading of its own kind is passed over by hand. */
static void skip_line(struct csv *csv)
{
    while (csv->next < csv->end && *csv->next++ != '\n')
        ;
    csv->next_line++;
}

int learn_read_classes(const char *path, mlp_dtype dtype, bool heading, int64_t first, int64_t count,
                       int64_t classes, struct dataset *set)
{
    struct csv csv;
    bool more = true;
    int status = csv_open(path, ',', &csv);

    dataset_begin(set, dtype, count, classes, true);
    if (status == CLI_OK && heading)
        skip_line(&csv);
    while (status == CLI_OK) {
        status = csv_next(&csv, &more);
        if (status != CLI_OK || !more)
            break;
        status = csv.columns > first + count ? add_row(&csv, first, classes, set)
                                             : csv_complain(&csv, csv.columns, "too few columns");
    }
    csv_close(&csv);
    return status;
}

static mlp_status fit_inputs(mlp_model *model, const struct dataset *set, mlp_scaling scaling)
{
    mlp_data *data;
    mlp_status status = mlp_data_create(set->dtype, set->samples, &data);

    if (status >= 0)
        status = set->dtype == MLP_F32
                     ? mlp_data_borrow_inputs_f32(data, set->features, set->x, set->features)
                     : mlp_data_borrow_inputs_f64(data, set->features, set->x, set->features);
    if (status >= 0)
        status = mlp_model_fit_input_scaling(model, data, scaling);
    mlp_data_destroy(data);
    return status;
}

mlp_status learn_scale_inputs(mlp_model *model, const struct dataset *set)
{
    return fit_inputs(model, set, MLP_SCALING_MIN_MAX);
}

mlp_status learn_standardize_inputs(mlp_model *model, const struct dataset *set)
{
    return fit_inputs(model, set, MLP_SCALING_STANDARD);
}

mlp_status learn_halve_outputs(mlp_model *model)
{
    const mlp_dtype dtype = mlp_model_dtype(model);
    const int64_t n = mlp_model_width(model, mlp_model_layer_count(model));
    void *half = heap_new(n, typed_size(dtype));
    mlp_status status;

    for (int64_t i = 0; i < n; i++)
        typed_put(dtype, half, i, 0.5);
    status = dtype == MLP_F32 ? mlp_model_set_output_scaling_f32(model, half, half)
                              : mlp_model_set_output_scaling_f64(model, half, half);
    free(half);
    return status;
}
