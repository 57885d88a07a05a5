#include "data_options.h"

#include "load_csv.h"
#include "load_idx.h"
#include "heap.h"
#include "report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef MLP_FASHION_MNIST_DIR
#define MLP_FASHION_MNIST_DIR "/usr/share/datasets/fashion-mnist"
#endif

static const char *const fashion_file[] = {"train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz",
                                           "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"};
static const char fashion_classes[] =
    "T-shirt/top,Trouser,Pullover,Dress,Coat,Sandal,Shirt,Sneaker,Bag,Ankle boot";

enum { TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS, FASHION_FILES };

static void free_paths(char *path[FASHION_FILES])
{
    for (int i = 0; i < FASHION_FILES; i++)
        free(path[i]);
}

/* The paths of Fashion-MNIST's files, to be freed in either case; an exit status. */
static int find_fashion_mnist(const char *directory, char *path[FASHION_FILES])
{
    const char *where = *directory ? directory : MLP_FASHION_MNIST_DIR;
    int status = CLI_OK;

    for (int i = 0; i < FASHION_FILES; i++) {
        int64_t size = (int64_t)(strlen(where) + strlen(fashion_file[i]) + 2);

        path[i] = heap_new(size, 1);
        snprintf(path[i], (size_t)size, "%s/%s", where, fashion_file[i]);
        if (status == CLI_OK && access(path[i], R_OK) != 0)
            status = report_usage("the Fashion-MNIST data are missing: no readable %s\n"
                                  "They come with Debian's package dataset-fashion-mnist; as root: "
                                  "apt-get install dataset-fashion-mnist",
                                  path[i]);
    }
    return status;
}

static int csv_source(const struct data_options *options, const char *path, struct csv_source *source)
{
    const char *delimiter = strcmp(options->delimiter, "\\t") == 0 ? "\t" : options->delimiter;

    if (strlen(delimiter) != 1 || strchr("\"\r\n", *delimiter))
        return report_usage("--delimiter %s: must be one character", options->delimiter);
    if (strcmp(options->header, "yes") != 0 && strcmp(options->header, "no") != 0 &&
        strcmp(options->header, "auto") != 0)
        return report_usage("--header %s: must be yes, no or auto", options->header);
    *source = (struct csv_source){.path = path,
                                  .format = {*delimiter, options->header},
                                  .columns = {options->label, options->target, options->ignore}};
    return CLI_OK;
}

/* Exactly one source of data, with what belongs to it. */
static int check_source(const struct data_options *o)
{
    int sources = (o->fashion_mnist != NULL) + (o->idx_images != NULL) + (o->csv != NULL);

    if (sources != 1)
        return report_usage("%s: give one of --idx-images, --fashion-mnist and --csv; more with --help",
                            sources ? "several sources of data" : "no data");
    if (o->label && o->target)
        return report_usage("--label and --target: give one of them");
    return CLI_OK;
}

static int check_training(const struct data_options *o)
{
    int status = check_source(o);

    if (status != CLI_OK)
        return status;
    if (o->idx_images && !o->idx_labels)
        return report_usage("--idx-images: --idx-labels is missing");
    if ((o->test_images != NULL) != (o->test_labels != NULL))
        return report_usage("--test-images and --test-labels: give both");
    if (o->csv && !o->label && !o->target)
        return report_usage("--csv: name the column of the answers with --label or --target");
    return CLI_OK;
}

static int32_t largest_label(const struct dataset *set)
{
    int32_t largest = 0;

    for (int64_t i = 0; i < set->samples; i++)
        largest = set->label[i] > largest ? set->label[i] : largest;
    return largest;
}

/* The test images, which must be of the training images' size. */
static int load_test_images(const char *images, const char *labels, struct task *task)
{
    int status = load_idx(images, labels, task->train.dtype, &task->test);

    if (status == CLI_OK && task->test.features != task->train.features)
        return report_failure("%s: images of %lld pixels: those to train on have %lld", images,
                              (long long)task->test.features, (long long)task->train.features);
    return status;
}

static int load_images(const char *const path[FASHION_FILES], const char *classes, mlp_dtype dtype,
                       struct task *task)
{
    int64_t largest;
    int status = load_idx(path[TRAIN_IMAGES], path[TRAIN_LABELS], dtype, &task->train);

    task->bytes = true;
    if (status == CLI_OK && path[TEST_IMAGES])
        status = load_test_images(path[TEST_IMAGES], path[TEST_LABELS], task);
    if (status != CLI_OK)
        return status;
    largest = largest_label(&task->train);
    if (classes)
        names_split(&task->schema.classes, classes, ',');
    else
        names_add_numbers(&task->schema.classes, largest + 1);
    if (task->test.samples && largest_label(&task->test) > largest)
        largest = largest_label(&task->test);
    if (largest >= task->schema.classes.count)
        return report_failure("%s: label %lld: there are %lld classes", path[TRAIN_LABELS],
                              (long long)largest, (long long)task->schema.classes.count);
    return CLI_OK;
}

static int load_fashion_mnist(const struct data_options *options, mlp_dtype dtype, struct task *task)
{
    char *path[FASHION_FILES];
    int status = find_fashion_mnist(options->fashion_mnist, path);

    task->name = "Fashion-MNIST";
    if (status == CLI_OK)
        status = load_images((const char *const *)path, fashion_classes, dtype, task);
    free_paths(path);
    return status;
}

static int load_table(const struct data_options *options, mlp_dtype dtype, struct task *task)
{
    struct csv_source source;
    int status = csv_source(options, options->csv, &source);

    task->name = options->csv;
    if (status == CLI_OK)
        status = load_csv_training(&source, dtype, &task->schema, &task->train);
    if (status != CLI_OK || !options->test_csv)
        return status;
    source.path = options->test_csv;
    return load_csv_for_model(&source, dtype, task->train.features,
                              task->train.labelled ? task->schema.classes.count : task->train.targets,
                              &task->schema, true, &task->test);
}

int data_load_training(const struct data_options *options, mlp_dtype dtype, struct task *task)
{
    const char *idx[FASHION_FILES] = {options->idx_images, options->idx_labels, options->test_images,
                                      options->test_labels};
    int status = check_training(options);

    *task = (struct task){.name = options->idx_images};
    if (status == CLI_OK && options->fashion_mnist)
        status = load_fashion_mnist(options, dtype, task);
    else if (status == CLI_OK && options->idx_images)
        status = load_images(idx, options->classes, dtype, task);
    else if (status == CLI_OK)
        status = load_table(options, dtype, task);
    if (status != CLI_OK)
        return status;
    if (!task->test.samples && options->test_fraction > 0)
        status = dataset_split(&task->train, task->schema.classes.count, options->test_fraction,
                               (uint64_t)options->seed, &task->test);
    if (status == CLI_OK)
        status = dataset_publish(&task->train, task->schema.classes.count);
    if (status == CLI_OK && task->test.samples)
        status = dataset_publish(&task->test, task->schema.classes.count);
    return status;
}

static int load_images_for_model(const char *images, const char *labels, bool answers, mlp_dtype dtype,
                                 struct dataset *set)
{
    if (answers && !labels)
        return report_usage("--idx-images: --idx-labels is missing");
    return load_idx(images, answers ? labels : NULL, dtype, set);
}

static int load_fashion_for_model(const char *directory, bool answers, mlp_dtype dtype, struct dataset *set)
{
    char *path[FASHION_FILES];
    int status = find_fashion_mnist(directory, path);

    if (status == CLI_OK)
        status = load_images_for_model(path[TEST_IMAGES], path[TEST_LABELS], answers, dtype, set);
    free_paths(path);
    return status;
}

static int check_shape(const struct dataset *set, int64_t inputs, int64_t outputs)
{
    if (set->features != inputs)
        return report_failure("data with %lld inputs a sample: the model has %lld", (long long)set->features,
                              (long long)inputs);
    if (set->labelled && largest_label(set) >= outputs)
        return report_failure("label %d: the model has %lld outputs", (int)largest_label(set),
                              (long long)outputs);
    return CLI_OK;
}

int data_load_for_model(const struct data_options *options, const mlp_model *model,
                        const struct schema *schema, bool answers, struct dataset *set)
{
    mlp_dtype dtype = mlp_model_dtype(model);
    int64_t inputs = mlp_model_width(model, 0);
    int64_t outputs = mlp_model_width(model, mlp_model_layer_count(model));
    struct csv_source source;
    int status = check_source(options);

    *set = (struct dataset){0};
    if (status != CLI_OK)
        return status;
    if (options->fashion_mnist)
        status = load_fashion_for_model(options->fashion_mnist, answers, dtype, set);
    else if (options->idx_images)
        status = load_images_for_model(options->idx_images, options->idx_labels, answers, dtype, set);
    else if ((status = csv_source(options, options->csv, &source)) == CLI_OK)
        status = load_csv_for_model(&source, dtype, inputs, outputs, schema, answers, set);
    return status == CLI_OK ? check_shape(set, inputs, outputs) : status;
}

void data_task_clear(struct task *task)
{
    dataset_clear(&task->train);
    dataset_clear(&task->test);
    schema_clear(&task->schema);
}
