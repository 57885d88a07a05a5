#include "command.h"

#include "data_options.h"
#include "model_file.h"
#include "number.h"
#include "report.h"
#include "score.h"

static const struct args_usage usage = {
    "mlp eval MODEL SOURCE [OPTION]...",
    "Measure a model on data with known answers: loss, accuracy and confusion matrix, or the error.\n"
    "Of Fashion-MNIST the test images are taken.",
    1,
    1,
};

static void print_score(const struct score *score, const struct names *classes)
{
    char samples[NUMBER_GROUP_SIZE];

    printf("samples  %s\n", number_group(score->samples, samples));
    printf("loss     %.6g\n", score->loss);
    if (!score->classification) {
        printf("rmse     %.6g\n", score->rmse);
        return;
    }
    printf("accuracy %.2f %%\n\n", 100 * score->accuracy);
    score_print_confusion(score, classes, stdout);
}

static int evaluate(const char *path, const struct data_options *options)
{
    struct model_file file;
    struct dataset set = {0};
    struct score score = {0};
    int status = model_file_load(path, &file);

    if (status == CLI_OK)
        status = data_load_for_model(options, file.model, &file.schema, true, &set);
    if (status == CLI_OK)
        status = score_model(file.model, &set, &score);
    if (status == CLI_OK) {
        model_file_name_classes(&file);
        print_score(&score, &file.schema.classes);
    }
    score_clear(&score);
    dataset_clear(&set);
    model_file_clear(&file);
    return status;
}

int command_eval(int argc, char **argv)
{
    struct args_option row[DATA_OPTIONS_MOST_ROWS];
    struct data_options options = data_options_default();
    int first, count = data_options_rows(&options, row);
    bool done;
    int status = args_parse(argc, argv, &usage, row, count, &first, &done);

    return status != CLI_OK || done ? status : evaluate(argv[first], &options);
}
