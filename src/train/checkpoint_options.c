#include "base/error.h"
#include "base/number.h"
#include "io/json.h"
#include "loss/custom_loss.h"
#include "model/model_schema.h"
#include "train/checkpoint_parts.h"
#include "train/checkpoint_read.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { NAME_SIZE = 80, SHOWN = 80 };

static const char loss_parameter[] = MLPI_CHECKPOINT_KEY "loss_parameter";

static mlp_status refuse(mlp_status code, const char *key, const char *value, const char *expected)
{
    char shown[SHOWN];
    mlpi_json_show(value, shown, sizeof shown);
    return mlpi_fail(code, "checkpoint: %s = '%s': %s", key, shown, expected);
}

/* ---- Keys ---- */

static int is_option(const char *key)
{
    static const char prefix[] = MLPI_CHECKPOINT_OPTION;
    return strncmp(key, prefix, sizeof prefix - 1) == 0 && mlpi_option_find(key + sizeof prefix - 1);
}

static int is_number(const char *key)
{
    for (int i = 0; i < MLPI_CHECKPOINT_NUMBERS; i++)
        if (strcmp(key + sizeof MLPI_CHECKPOINT_KEY - 1, mlpi_checkpoint_numbers[i].name) == 0)
            return 1;
    return 0;
}

static int is_known(const char *key)
{
    return !mlpi_is_trainers_key(key) || is_option(key) || is_number(key) ||
           strcmp(key, loss_parameter) == 0 || strcmp(key, mlpi_checkpoint_version_key()) == 0;
}

mlp_status mlpi_checkpoint_check_keys(const mlpi_safetensors *file)
{
    const char *version = mlpi_safetensors_metadata(file, mlpi_checkpoint_version_key());
    char shown[SHOWN];
    if (!version)
        return mlpi_fail(MLP_ERR_FORMAT, "checkpoint: %s is missing: not a checkpoint of a trainer",
                         mlpi_checkpoint_version_key());
    if (strcmp(version, mlpi_checkpoint_version()) != 0)
        return refuse(MLP_ERR_UNSUPPORTED, mlpi_checkpoint_version_key(), version,
                      "this build reads version 1 only");
    for (int64_t i = 0; i < mlpi_safetensors_metadata_count(file); i++) {
        const char *key = mlpi_safetensors_metadata_at(file, i)->key;
        if (is_known(key))
            continue;
        mlpi_json_show(key, shown, sizeof shown);
        return mlpi_fail(MLP_ERR_UNSUPPORTED, "checkpoint: metadata key '%s': not known to this build",
                         shown);
    }
    return MLP_OK;
}

/* ---- The loss ---- */

/* What the loss is called, and its parameter: NaN where it has none. */
typedef struct named_loss {
    const char *name;
    double parameter;
} named_loss;

static mlp_status read_named_loss(const mlpi_safetensors *file, const char *name, named_loss *loss)
{
    const char *text = mlpi_safetensors_metadata(file, loss_parameter);
    const mlpi_loss *row = mlpi_loss_find(name);
    *loss = (named_loss){name, NAN};
    if (!text && row && row->parameter)
        return mlpi_fail(MLP_ERR_FORMAT, "checkpoint: %s is missing", loss_parameter);
    if (text &&
        (!mlpi_parse_f64(text, (int64_t)strlen(text), &loss->parameter) || !isfinite(loss->parameter)))
        return refuse(MLP_ERR_FORMAT, loss_parameter, text, "must be a finite number");
    return MLP_OK;
}

static mlp_status check_same_loss(const named_loss *given, const mlpi_loss *loss)
{
    char shown[SHOWN];
    mlpi_json_show(given->name, shown, sizeof shown);
    if (strcmp(given->name, loss->name) != 0)
        return mlpi_fail(MLP_ERR_STATE, "checkpoint: its loss is %s: the trainer's is %s", shown, loss->name);
    if (loss->parameter && given->parameter != loss->parameter_value)
        return mlpi_fail(MLP_ERR_STATE, "checkpoint: %s of its loss %s is %g: the trainer's is %g",
                         loss->parameter, shown, given->parameter, loss->parameter_value);
    return MLP_OK;
}

/* The trainer takes the loss it needs; a loss with another parameter than its constant's is registered for that long. */
static mlp_status take_loss(const named_loss *given, mlp_trainer *next)
{
    const mlpi_loss *row = mlpi_loss_find(given->name);
    mlp_loss id = row ? row->id : mlpi_custom_loss_find(given->name), own = 0;
    mlp_status status = MLP_OK;
    if (!id)
        return refuse(MLP_ERR_UNSUPPORTED, MLPI_CHECKPOINT_OPTION "loss", given->name,
                      "neither built in nor registered with mlp_loss_register()");
    if (row && row->parameter && given->parameter != row->parameter_value)
        status = mlpi_loss_configure(row, given->parameter, &own);
    if (status == MLP_ERR_ARGUMENT)
        return mlpi_fail(MLP_ERR_FORMAT, "checkpoint: %s = %g: not a %s of loss %s", loss_parameter,
                         given->parameter, row->parameter, row->name);
    if (status == MLP_OK)
        status = mlpi_options_set(&next->options, MLP_TRAINER_LOSS, own ? own : id);
    if (status == MLP_OK)
        status = mlpi_trainer_choose_loss(next);
    if (own)
        mlpi_loss_unregister(own);
    return status;
}

/* ---- Options ---- */

static mlp_status read_option(const mlpi_option *option, const char *key, const char *text,
                              mlpi_options *options)
{
    const mlpi_optimizer *optimizer;
    double value;
    if (option->id == MLP_TRAINER_OPTIMIZER) {
        optimizer = mlpi_optimizer_find(text);
        if (!optimizer)
            return refuse(MLP_ERR_UNSUPPORTED, key, text, "not known to this build");
        value = optimizer->id;
    } else if (!mlpi_parse_f64(text, (int64_t)strlen(text), &value) ||
               (option->kind == MLP_OPTION_INT && value != trunc(value)))
        return refuse(MLP_ERR_FORMAT, key, text, "must be a number of the option's kind");
    if (mlpi_options_set(options, option->id, value) != MLP_OK)
        return refuse(MLP_ERR_FORMAT, key, text, "must be within the option's bounds");
    return MLP_OK;
}

static void describe(const mlpi_option *option, double value, char text[MLPI_NUMBER_SIZE])
{
    if (option->id == MLP_TRAINER_OPTIMIZER)
        snprintf(text, MLPI_NUMBER_SIZE, "%.31s", mlpi_optimizer_of((int32_t)value)->name);
    else
        mlpi_format_f64(value, text);
}

/* What an option becomes in view of what is fixed. */
static mlp_status reconcile(const mlpi_option *option, const mlp_trainer *trainer, mlpi_options *options)
{
    double *value = &options->values[option->id - 1];
    const double now = mlpi_options_real(&trainer->options, option->id);
    char its[MLPI_NUMBER_SIZE], ours[MLPI_NUMBER_SIZE];
    if (option->structural == MLPI_OPTION_OF_PLACE && trainer->prepared)
        *value = now;
    if (option->structural == MLPI_OPTION_OF_STATE && trainer->settled && *value != now) {
        describe(option, *value, its);
        describe(option, now, ours);
        return mlpi_fail(MLP_ERR_STATE, "checkpoint: its %s is %s: the trainer's is %s", option->name, its,
                         ours);
    }
    if (option->id == MLP_TRAINER_BATCH && trainer->prepared && *value > (double)trainer->buffers.max_batch)
        return mlpi_fail(MLP_ERR_STATE,
                         "checkpoint: its batch is %.0f: the trainer is prepared for at most %lld", *value,
                         (long long)trainer->buffers.max_batch);
    return MLP_OK;
}

static mlp_status read_loss(const mlpi_safetensors *file, const char *name, const mlp_trainer *trainer,
                            mlp_trainer *next)
{
    named_loss given;
    mlp_status status = read_named_loss(file, name, &given);
    if (status != MLP_OK)
        return status;
    if (!trainer->settled)
        return take_loss(&given, next);
    next->options.values[MLP_TRAINER_LOSS - 1] = mlpi_options_real(&trainer->options, MLP_TRAINER_LOSS);
    return check_same_loss(&given, trainer->loss);
}

static mlp_status read_or_default(const mlpi_safetensors *file, const mlpi_option *option,
                                  const mlp_trainer *trainer, mlp_trainer *next)
{
    char key[NAME_SIZE];
    mlp_status status = MLP_OK;
    snprintf(key, sizeof key, MLPI_CHECKPOINT_OPTION "%s", option->name);
    const char *text = mlpi_safetensors_metadata(file, key);
    if (option->id == MLP_TRAINER_LOSS)
        return read_loss(file, text ? text : mlpi_loss_of((int32_t)option->default_value)->name, trainer,
                         next);
    if (text)
        status = read_option(option, key, text, &next->options);
    return status == MLP_OK ? reconcile(option, trainer, &next->options) : status;
}

mlp_status mlpi_checkpoint_read_options(const mlpi_safetensors *file, const mlp_trainer *trainer,
                                        mlp_trainer *next)
{
    mlp_status status = MLP_OK;
    mlpi_options_reset(&next->options);
    for (int32_t i = 0; i < MLPI_OPTION_COUNT && status == MLP_OK; i++)
        status = read_or_default(file, mlpi_option_at(i), trainer, next);
    if (status == MLP_OK && mlpi_schedule_needs_period(&next->options) &&
        mlpi_options_int(&next->options, MLP_TRAINER_PERIOD) == 0)
        status = mlpi_fail(MLP_ERR_FORMAT, "checkpoint: its schedule by step needs the option period");
    return status;
}
