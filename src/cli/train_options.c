#include "train_options.h"

#include "heap.h"
#include "names.h"
#include "number.h"
#include "report.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_HIDDEN = 4095, MOST_ROWS = 48 };

static const struct args_usage usage = {
    "mlp train SOURCE [OPTION]...",
    "Train a multi-layer perceptron and save it. The source of the data is one of --idx-images,\n"
    "--fashion-mnist and --csv. Ctrl-C ends the training early; what has been learnt is saved.",
    0,
    0,
};

static int model_rows(struct train_options *o, struct args_option *row)
{
    const struct args_option rows[] = {
        {"model", ARGS_HEADING, NULL, NULL, NULL, 0, 0},
        {"hidden", ARGS_TEXT, &o->text.hidden, "WIDTHS",
         "of the hidden layers, such as 256,128, or none; default 64", 0, 0},
        {"activation", ARGS_TEXT, &o->text.activation, "NAME",
         "of the hidden layers, with its parameter as in sine:30; default relu", 0, 0},
        {"init", ARGS_TEXT, &o->text.init, "NAME", "initialiser; default: what suits the activation", 0, 0},
        {"dtype", ARGS_TEXT, &o->text.dtype, "f32|f64", "number type; default f32", 0, 0},
        {"standardize", ARGS_FLAG, &o->standardize, NULL,
         "scale inputs (and targets) to mean 0, deviation 1 inside the model", 0, 0},
    };

    memcpy(row, rows, sizeof rows);
    return sizeof rows / sizeof *rows;
}

static int method_rows(struct train_options *o, struct args_option *row)
{
    const struct args_option rows[] = {
        {"training", ARGS_HEADING, NULL, NULL, NULL, 0, 0},
        {"loss", ARGS_TEXT, &o->text.loss, "NAME",
         "with its parameter as in huber:0.5; default softmax_cross_entropy for labels, squared_error for "
         "targets",
         0, 0},
        {"optimizer", ARGS_TEXT, &o->text.optimizer, "NAME",
         "sgd, adam, rmsprop, adagrad, nadam or, for a --batch of all samples, rprop, lbfgs, "
         "levenberg_marquardt bayesian_regularization, kalman or bfgs; default adam",
         0, 0},
        {"learning-rate", ARGS_REAL, &o->learning_rate, "RATE",
         "default 0.05 for sgd, 0.01 for adagrad, lbfgs and bfgs, 0.0125 for rprop, 0.001 for the others",
         1e-300, 1e300},
        {"momentum", ARGS_REAL, &o->momentum, "M", "of sgd; default 0.9", 0, 0.999999},
        {"nesterov", ARGS_FLAG, &o->nesterov, NULL, "make the momentum of sgd Nesterov's", 0, 0},
        {"weight-decay", ARGS_REAL, &o->weight_decay, "D",
         "a step takes rate times D off every parameter, as in AdamW; default 0", 0, 1e6},
        {"decay", ARGS_TEXT, &o->text.decay, "cosine|none", "how the learning rate falls; default cosine", 0,
         0},
        {"batch", ARGS_INT, &o->batch, "N", "samples per step; default 32", 1, 1 << 24},
        {"epochs", ARGS_INT, &o->epochs, "N", "passes over the data; default 20", 1, 1000000},
        {"threads", ARGS_INT, &o->threads, "N", "of the library's own; default one per CPU", 1, 1024},
    };

    memcpy(row, rows, sizeof rows);
    return sizeof rows / sizeof *rows;
}

static int output_rows(struct train_options *o, struct args_option *row)
{
    const struct args_option rows[] = {
        {"output", ARGS_HEADING, NULL, NULL, NULL, 0, 0},
        {"out", ARGS_TEXT, &o->out, "FILE", "the model; default model.safetensors", 0, 0},
        {"plot", ARGS_TEXT, &o->plot, "FILE", "learning curves and result as a PNG picture", 0, 0},
        {"quiet", ARGS_FLAG, &o->quiet, NULL, "print nothing but the last line", 0, 0},
        {"verbose", ARGS_FLAG, &o->verbose, NULL, "also print what the program runs on", 0, 0},
    };

    memcpy(row, rows, sizeof rows);
    return sizeof rows / sizeof *rows;
}

static int fill_rows(struct train_options *options, struct args_option *row)
{
    int count = data_options_rows(&options->data, row);

    count += data_options_training_rows(&options->data, row + count);
    count += model_rows(options, row + count);
    count += method_rows(options, row + count);
    return count + output_rows(options, row + count);
}

/* The constant of a name, by the library's two functions: they number from 1 and know where they end. */
static int find_constant(const char *option, const char *text, int32_t (*from_name)(const char *),
                         const char *(*name_of)(int32_t), int32_t *constant)
{
    struct names known = {0};
    const char *name;
    char *list;

    *constant = from_name(text);
    if (*constant)
        return CLI_OK;
    for (int32_t i = 1; (name = name_of(i)) != NULL; i++)
        names_add(&known, name);
    list = names_join(&known, ", ");
    report_usage("--%s %s: must be one of %s", option, text, list);
    free(list);
    names_clear(&known);
    return CLI_USAGE;
}

static int parse_hidden(struct train_options *o)
{
    struct names widths = {0};
    int status = CLI_OK;

    if (strcmp(o->text.hidden, "none") != 0)
        names_split(&widths, o->text.hidden, ',');
    o->hidden = heap_new(widths.count, sizeof *o->hidden);
    for (int64_t i = 0; i < widths.count && status == CLI_OK; i++) {
        if (!number_parse_int(widths.item[i], &o->hidden[i]) || o->hidden[i] < 1 || o->hidden[i] > INT32_MAX)
            status = report_usage("--hidden %s: '%s' is no width from 1 to 2147483647", o->text.hidden,
                                  widths.item[i]);
    }
    if (status == CLI_OK && widths.count > MOST_HIDDEN)
        status = report_usage("--hidden: more than %d layers", MOST_HIDDEN);
    o->hidden_count = (int32_t)widths.count;
    names_clear(&widths);
    return status;
}

/* "name" or "name:parameter" */
static int parse_activation(struct train_options *o)
{
    char *name = heap_string(o->text.activation), *colon = strchr(name, ':');
    int status;

    if (colon)
        *colon = '\0';
    status = find_constant("activation", name, mlp_activation_from_name, mlp_activation_name, &o->activation);
    o->activation_parameter = NAN;
    if (status == CLI_OK && colon && !number_parse(colon + 1, &o->activation_parameter))
        status = report_usage("--activation %s: '%s' is not a number", o->text.activation, colon + 1);
    free(name);
    return status;
}

/* "name" or "name:parameter", which the library is asked about, too */
static int parse_loss(struct train_options *o)
{
    char *name;
    const char *wrong = loss_choice_parse(o->text.loss, &name, &o->loss);
    int status = find_constant("loss", name, mlp_loss_from_name, mlp_loss_name, &o->loss.constant);
    mlp_loss loss;

    free(name);
    if (status == CLI_OK && wrong)
        return report_usage("--loss %s: '%s' is not a number", o->text.loss, wrong);
    if (status == CLI_OK && loss_choice_open(&o->loss, &loss) < 0)
        return report_usage("--loss %s: %s", o->text.loss, mlp_last_error());
    if (status == CLI_OK)
        loss_choice_close(loss);
    return status;
}

static double default_rate(mlp_optimizer optimizer)
{
    static const double rates[] = {[MLP_SGD] = 0.05,
                                   [MLP_ADAM] = 0.001,
                                   [MLP_RMSPROP] = 0.001,
                                   [MLP_ADAGRAD] = 0.01,
                                   [MLP_NADAM] = 0.001,
                                   [MLP_RPROP] = 0.0125,
                                   [MLP_LBFGS] = 0.01,
                                   [MLP_LEVENBERG_MARQUARDT] = 0.01,
                                   [MLP_BAYESIAN_REGULARIZATION] = 0.01,
                                   [MLP_KALMAN] = 0.01,
                                   [MLP_BFGS] = 0.01};

    return rates[optimizer];
}

static int parse_names(struct train_options *o)
{
    int status = find_constant("dtype", o->text.dtype, mlp_dtype_from_name, mlp_dtype_name, &o->dtype);

    if (status == CLI_OK)
        status = find_constant("optimizer", o->text.optimizer, mlp_optimizer_from_name, mlp_optimizer_name,
                               &o->optimizer);
    if (status == CLI_OK && o->text.init)
        status =
            find_constant("init", o->text.init, mlp_initializer_from_name, mlp_initializer_name, &o->init);
    if (status == CLI_OK && o->text.loss)
        status = parse_loss(o);
    if (status != CLI_OK)
        return status;
    o->cosine = strcmp(o->text.decay, "cosine") == 0;
    if (!o->cosine && strcmp(o->text.decay, "none") != 0)
        return report_usage("--decay %s: must be one of cosine, none", o->text.decay);
    if (o->learning_rate == 0)
        o->learning_rate = default_rate(o->optimizer);
    return CLI_OK;
}

static int64_t default_threads(void)
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);

    return count < 1 ? 1 : count > 1024 ? 1024 : count;
}

int train_options_parse(int argc, char **argv, struct train_options *options, bool *done)
{
    struct args_option row[MOST_ROWS];
    int first, status;

    *options = (struct train_options){
        .data = data_options_default(),
        .text =
            {.hidden = "64", .activation = "relu", .optimizer = "adam", .dtype = "f32", .decay = "cosine"},
        .momentum = 0.9,
        .batch = 32,
        .epochs = 20,
        .threads = default_threads(),
        .out = "model.safetensors",
    };
    status = args_parse(argc, argv, &usage, row, fill_rows(options, row), &first, done);
    if (status != CLI_OK || *done)
        return status;
    status = parse_names(options);
    if (status == CLI_OK)
        status = parse_activation(options);
    return status == CLI_OK ? parse_hidden(options) : status;
}

void train_options_clear(struct train_options *options)
{
    free(options->hidden);
    *options = (struct train_options){0};
}
