#include "command.h"

#include "data_options.h"
#include "model_file.h"
#include "report.h"
#include "score.h"
#include "typed.h"

#include <stdlib.h>
#include <string.h>

static const struct args_usage usage = {
    "mlp predict MODEL SOURCE [OPTION]...",
    "Answers for new data on standard output, as CSV with a header line: for classification the\n"
    "likeliest class and every class's output, else the outputs. Inputs of a table are found by\n"
    "their names; columns with answers are passed over. Of Fashion-MNIST the test images are taken.",
    1,
    1,
};

/* A field, in quotes where it needs them. */
static void print_field(const char *text)
{
    if (!strpbrk(text, ",\"\r\n") && text[strspn(text, " \t")] == text[0]) {
        fputs(text, stdout);
        return;
    }
    putchar('"');
    for (; *text; text++) {
        if (*text == '"')
            putchar('"');
        putchar(*text);
    }
    putchar('"');
}

/* Names of the outputs: classes, targets, or "output 1", "output 2", ... */
static void print_header(const struct model_file *file, int64_t outputs, bool classes)
{
    const struct names *names = classes ? &file->schema.classes : &file->schema.targets;

    if (classes)
        fputs("prediction,", stdout);
    for (int64_t i = 0; i < outputs; i++) {
        if (i)
            putchar(',');
        if (names->count)
            print_field(names->item[i]);
        else
            printf("output %lld", (long long)i + 1);
    }
    putchar('\n');
}

static void print_row(const struct model_file *file, mlp_dtype dtype, const void *y, int64_t offset,
                      int64_t outputs, bool classes)
{
    if (classes) {
        print_field(file->schema.classes.item[score_argmax(dtype, y, offset, outputs)]);
        putchar(',');
    }
    for (int64_t i = 0; i < outputs; i++)
        printf("%s%.*g", i ? "," : "", dtype == MLP_F64 ? 17 : 9, typed_get(dtype, y, offset + i));
    putchar('\n');
}

static void print_predictions(struct model_file *file, const struct dataset *set, const void *y)
{
    int64_t outputs = mlp_model_width(file->model, mlp_model_layer_count(file->model));
    bool classes = file->schema.classes.count > 0 || mlp_model_head(file->model) == MLP_HEAD_SOFTMAX;

    if (classes)
        model_file_name_classes(file);
    print_header(file, outputs, classes);
    for (int64_t s = 0; s < set->samples; s++)
        print_row(file, set->dtype, y, s * outputs, outputs, classes);
}

static int predict(const char *path, const struct data_options *options)
{
    struct model_file file;
    struct dataset set = {0};
    void *y = NULL;
    int status = model_file_load(path, &file);

    if (status == CLI_OK)
        status = data_load_for_model(options, file.model, &file.schema, false, &set);
    if (status == CLI_OK)
        status = score_outputs(file.model, &set, true, &y);
    if (status == CLI_OK)
        print_predictions(&file, &set, y);
    free(y);
    dataset_clear(&set);
    model_file_clear(&file);
    return status;
}

int command_predict(int argc, char **argv)
{
    struct args_option row[DATA_OPTIONS_MOST_ROWS];
    struct data_options options = data_options_default();
    int first, count = data_options_rows(&options, row);
    bool done;
    int status = args_parse(argc, argv, &usage, row, count, &first, &done);

    return status != CLI_OK || done ? status : predict(argv[first], &options);
}
