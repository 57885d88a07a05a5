#include "train/trainer.h"
#include "api/check_jet.h"
#include "api/check_samples.h"
#include "base/error.h"

#include <string.h>

/* Records a failure with the trainer, if there is one; returns `status`. */
static mlp_status note(const mlp_trainer *trainer, mlp_status status)
{
    if (status < 0 && trainer) {
        strncpy(trainer->error, mlpi_error_message(), MLPI_TRAINER_ERROR_SIZE - 1);
        trainer->error[MLPI_TRAINER_ERROR_SIZE - 1] = '\0';
    }
    return status;
}

/* The trainer is there and its callback is not what calls. */
static mlp_status check_idle(const mlp_trainer *trainer)
{
    if (!trainer)
        return mlpi_check_pointer("trainer", trainer);
    return trainer->running ? mlpi_fail(MLP_ERR_STATE, "trainer: is at work; its callback may not call this")
                            : MLP_OK;
}

static mlp_status check_ready(const mlp_trainer *trainer)
{
    const mlp_status status = check_idle(trainer);
    if (status == MLP_OK && !trainer->prepared)
        return mlpi_fail(MLP_ERR_STATE, "trainer: is not prepared; call mlp_trainer_prepare first");
    return status;
}

static mlp_status check_ready_for(const mlp_trainer *trainer, mlp_dtype dtype)
{
    const mlp_status status = check_ready(trainer);
    if (status == MLP_OK && trainer->model->architecture.dtype != dtype)
        return mlpi_fail(MLP_ERR_DTYPE, "trainer is %s: the function is for %s",
                         mlp_dtype_name(trainer->model->architecture.dtype), mlp_dtype_name(dtype));
    return status;
}

/* A method evaluates the loss where it likes; it cannot step from one gradient. */
static mlp_status check_steps_from_gradients(const mlp_trainer *trainer)
{
    return trainer->optimizer->method
               ? mlpi_fail(MLP_ERR_UNSUPPORTED, "trainer: %s cannot step from a gradient alone",
                           trainer->optimizer->name)
               : MLP_OK;
}

/* ---- Names ---- */

const char *mlp_optimizer_name(mlp_optimizer optimizer)
{
    const mlpi_optimizer *found = mlpi_optimizer_of(optimizer);
    return found ? found->name : NULL;
}

mlp_optimizer mlp_optimizer_from_name(const char *name)
{
    const mlpi_optimizer *found = name ? mlpi_optimizer_find(name) : NULL;
    return found ? found->id : 0;
}

/* A constant's name is at [constant - 1]. */
static const char *const solvers[] = {"auto", "direct", "qr", "cg"};
static const char *const statistics[] = {"damping", "alpha", "beta", "gamma"};

enum { SOLVERS = sizeof solvers / sizeof *solvers, STATISTICS = sizeof statistics / sizeof *statistics };

static const char *name_of(const char *const *names, int32_t count, int32_t constant)
{
    return constant >= 1 && constant <= count ? names[constant - 1] : NULL;
}

static int32_t constant_of(const char *const *names, int32_t count, const char *name)
{
    for (int32_t i = 0; name && i < count; i++)
        if (strcmp(names[i], name) == 0)
            return i + 1;
    return 0;
}

const char *mlp_solver_name(mlp_solver solver)
{
    return name_of(solvers, SOLVERS, solver);
}

mlp_solver mlp_solver_from_name(const char *name)
{
    return constant_of(solvers, SOLVERS, name);
}

const char *mlp_statistic_name(mlp_statistic statistic)
{
    return name_of(statistics, STATISTICS, statistic);
}

mlp_statistic mlp_statistic_from_name(const char *name)
{
    return constant_of(statistics, STATISTICS, name);
}

const char *mlp_trainer_option_name(mlp_trainer_option option)
{
    const mlpi_option *found = mlpi_option_of(option);
    return found ? found->name : NULL;
}

mlp_trainer_option mlp_trainer_option_from_name(const char *name)
{
    const mlpi_option *found = name ? mlpi_option_find(name) : NULL;
    return found ? found->id : 0;
}

/* ---- Options ---- */

static mlp_status check_option(mlp_trainer_option option)
{
    return mlpi_option_of(option)
               ? MLP_OK
               : mlpi_fail(MLP_ERR_ARGUMENT, "option = %d: must be one of the MLP_TRAINER_... constants",
                           (int)option);
}

static mlp_status check_kind(mlp_trainer_option option, int32_t kind)
{
    const mlp_status status = check_option(option);
    if (status == MLP_OK && mlpi_option_of(option)->kind != kind)
        return mlpi_fail(MLP_ERR_ARGUMENT, "option = %d: %s is of kind %s", (int)option,
                         mlpi_option_of(option)->name, kind == MLP_OPTION_INT ? "real" : "int");
    return status;
}

mlp_status mlp_trainer_option_info(mlp_trainer_option option, int32_t *kind, double *default_value,
                                   double *minimum, double *maximum)
{
    const mlp_status status = check_option(option);
    if (status != MLP_OK)
        return status;
    const mlpi_option *found = mlpi_option_of(option);
    if (kind)
        *kind = found->kind;
    if (default_value)
        *default_value = found->default_value;
    if (minimum)
        *minimum = found->minimum;
    if (maximum)
        *maximum = found->maximum;
    return MLP_OK;
}

/* A loss is one there is, which the bounds of the option cannot say. */
static mlp_status check_loss(mlp_trainer_option option, double value)
{
    if (option != MLP_TRAINER_LOSS || !(value >= 1 && value <= INT32_MAX) || mlp_loss_name((mlp_loss)value))
        return MLP_OK;
    return mlpi_fail(MLP_ERR_ARGUMENT,
                     "value = %.0f: loss must be one of the mlp_loss constants or a registered id", value);
}

/* What an option may not be once the trainer is prepared. */
static mlp_status check_prepared_option(const mlp_trainer *trainer, mlp_trainer_option option, double value)
{
    if (!trainer->prepared)
        return MLP_OK;
    if (mlpi_option_of(option)->structural)
        return mlpi_fail(MLP_ERR_STATE, "option = %d: %s is fixed by mlp_trainer_prepare", (int)option,
                         mlpi_option_of(option)->name);
    if (option == MLP_TRAINER_BATCH && value > (double)trainer->buffers.max_batch)
        return mlpi_fail(MLP_ERR_ARGUMENT, "value = %.0f: batch must be at most the prepared maximum, %lld",
                         value, (long long)trainer->buffers.max_batch);
    return MLP_OK;
}

static mlp_status set_option(mlp_trainer *trainer, mlp_trainer_option option, int32_t kind, double value)
{
    mlp_status status = check_idle(trainer);
    if (status == MLP_OK)
        status = check_kind(option, kind);
    if (status == MLP_OK)
        status = check_prepared_option(trainer, option, value);
    if (status == MLP_OK)
        status = check_loss(option, value);
    if (status == MLP_OK)
        status = mlpi_options_set(&trainer->options, option, value);
    return note(trainer, status);
}

mlp_status mlp_trainer_set_int(mlp_trainer *trainer, mlp_trainer_option option, int64_t value)
{
    /* every bound is below 2^53, so rounding moves no integer across one */
    return set_option(trainer, option, MLP_OPTION_INT, (double)value);
}

mlp_status mlp_trainer_set_real(mlp_trainer *trainer, mlp_trainer_option option, double value)
{
    return set_option(trainer, option, MLP_OPTION_REAL, value);
}

static mlp_status check_get(const mlp_trainer *trainer, mlp_trainer_option option, int32_t kind,
                            const void *value)
{
    mlp_status status = mlpi_check_pointer("trainer", trainer);
    if (status == MLP_OK)
        status = check_kind(option, kind);
    if (status == MLP_OK)
        status = mlpi_check_pointer("value", value);
    return note(trainer, status);
}

mlp_status mlp_trainer_get_int(const mlp_trainer *trainer, mlp_trainer_option option, int64_t *value)
{
    const mlp_status status = check_get(trainer, option, MLP_OPTION_INT, value);
    if (status == MLP_OK)
        *value = mlpi_options_int(&trainer->options, option);
    return status;
}

mlp_status mlp_trainer_get_real(const mlp_trainer *trainer, mlp_trainer_option option, double *value)
{
    const mlp_status status = check_get(trainer, option, MLP_OPTION_REAL, value);
    if (status == MLP_OK)
        *value = mlpi_options_real(&trainer->options, option);
    return status;
}

/* ---- Life ---- */

mlp_status mlp_trainer_create(const mlp_model *model, mlp_trainer **trainer)
{
    mlp_status status = mlpi_check_pointer("trainer", trainer);
    if (status != MLP_OK)
        return status;
    *trainer = NULL;
    status = mlpi_check_pointer("model", model);
    return status == MLP_OK ? mlpi_trainer_create(model, trainer) : status;
}

void mlp_trainer_destroy(mlp_trainer *trainer)
{
    mlpi_trainer_destroy(trainer);
}

mlp_status mlp_trainer_set_callback(mlp_trainer *trainer, mlp_trainer_fn function, void *context,
                                    mlp_release_fn release)
{
    const mlp_status status = check_idle(trainer);
    if (status == MLP_OK)
        mlpi_trainer_set_callback(trainer, function, context, release);
    return note(trainer, status);
}

mlp_status mlp_trainer_prepare(mlp_trainer *trainer, int64_t max_batch, int32_t threads)
{
    mlp_status status = check_idle(trainer);
    if (status == MLP_OK)
        status = mlpi_check_size("max_batch", max_batch, 1, INT32_MAX);
    if (status == MLP_OK)
        status = mlpi_check_size("threads", threads, 1, 1024);
    if (status == MLP_OK)
        status = mlpi_trainer_prepare(trainer, max_batch, threads);
    return note(trainer, status);
}

mlp_status mlp_trainer_get_model(const mlp_trainer *trainer, mlp_model *model)
{
    mlp_status status = mlpi_check_pointer("trainer", trainer);
    if (status == MLP_OK)
        status = mlpi_check_model(model, trainer->model->architecture.dtype);
    if (status == MLP_OK && !mlpi_architecture_equal(&model->architecture, &trainer->model->architecture))
        status =
            mlpi_fail(MLP_ERR_ARGUMENT, "model: its widths or activations are not those of the trainer's");
    if (status == MLP_OK)
        mlpi_model_copy_params(model, trainer->model);
    return note(trainer, status);
}

void mlp_trainer_cancel(mlp_trainer *trainer)
{
    if (trainer)
        atomic_store(&trainer->cancelled, 1);
}

int64_t mlp_trainer_step_count(const mlp_trainer *trainer)
{
    return trainer ? trainer->steps : 0;
}

int64_t mlp_trainer_epoch_count(const mlp_trainer *trainer)
{
    return trainer ? trainer->epochs : 0;
}

const char *mlp_trainer_last_error(const mlp_trainer *trainer)
{
    return trainer ? trainer->error : "";
}

/* ---- Steps ---- */

#include "base/real32.h"
#include "api/trainer_tmpl.h"
#include "base/real64.h"
#include "api/trainer_tmpl.h"

/* ---- Data sets ---- */

static mlp_status check_data(const mlp_trainer *trainer, const mlp_data *data)
{
    const mlpi_architecture *architecture = &trainer->model->architecture;
    const int64_t n_in = architecture->widths[0], n_out = architecture->widths[architecture->layers];
    if (!data)
        return mlpi_check_pointer("data", data);
    if (data->dtype != architecture->dtype)
        return mlpi_fail(MLP_ERR_DTYPE, "data is %s: the trainer's model is %s", mlp_dtype_name(data->dtype),
                         mlp_dtype_name(architecture->dtype));
    if (!data->inputs.values)
        return mlpi_fail(MLP_ERR_STATE, "data: has no inputs");
    if (!data->targets.values && !data->labels)
        return mlpi_fail(MLP_ERR_STATE, "data: has neither targets nor labels");
    if (data->inputs.rows != n_in)
        return mlpi_fail(MLP_ERR_SIZE, "data: has %lld features a sample: the model has %lld inputs",
                         (long long)data->inputs.rows, (long long)n_in);
    if (data->targets.values && data->targets.rows != n_out)
        return mlpi_fail(MLP_ERR_SIZE, "data: has %lld targets a sample: the model has %lld outputs",
                         (long long)data->targets.rows, (long long)n_out);
    if (data->classes > n_out)
        return mlpi_fail(MLP_ERR_ARGUMENT, "data: has %d classes: the model has %lld outputs",
                         (int)data->classes, (long long)n_out);
    return MLP_OK;
}

static mlp_status check_pass(const mlp_trainer *trainer, const mlp_data *data)
{
    const mlp_status status = check_ready(trainer);
    return status == MLP_OK ? check_data(trainer, data) : status;
}

/* `epochs` passes, ended early by the first that is not MLP_OK; the loss is that of the last one with a step. */
static mlp_status run(mlp_trainer *trainer, const mlp_data *data, int64_t epochs, double *loss)
{
    const int is_f32 = data->dtype == MLP_F32;
    mlp_status status = MLP_OK;
    double last = 0;
    int any = 0;
    trainer->running = 1;
    for (int64_t epoch = 0; epoch < epochs && status == MLP_OK; epoch++) {
        double mean = 0;
        int64_t before = trainer->steps;
        trainer->repeats = epoch > 0;
        status = is_f32 ? mlpi_trainer_epoch_f32(trainer, data, &mean)
                        : mlpi_trainer_epoch_f64(trainer, data, &mean);
        if (trainer->steps > before) {
            last = mean;
            any = 1;
        }
    }
    trainer->running = 0;
    trainer->repeats = 0;
    if (status >= 0 && loss && any)
        *loss = last;
    return status;
}

mlp_status mlp_trainer_epoch(mlp_trainer *trainer, const mlp_data *data, double *loss)
{
    mlp_status status = check_pass(trainer, data);
    if (status == MLP_OK)
        status = run(trainer, data, 1, loss);
    return note(trainer, status);
}

mlp_status mlp_trainer_run(mlp_trainer *trainer, const mlp_data *data, double *loss)
{
    mlp_status status = check_pass(trainer, data);
    if (status == MLP_OK)
        status = run(trainer, data, mlpi_options_int(&trainer->options, MLP_TRAINER_EPOCHS), loss);
    return note(trainer, status);
}

mlp_status mlp_trainer_evaluate(mlp_trainer *trainer, const mlp_data *data, double *loss, double *accuracy)
{
    double mean = 0, fraction = 0;
    mlp_status status = check_pass(trainer, data);
    if (status == MLP_OK)
        status = data->dtype == MLP_F32 ? mlpi_trainer_evaluate_f32(trainer, data, &mean, &fraction)
                                        : mlpi_trainer_evaluate_f64(trainer, data, &mean, &fraction);
    if (status == MLP_OK && loss)
        *loss = mean;
    if (status == MLP_OK && accuracy)
        *accuracy = fraction;
    return note(trainer, status);
}

static mlp_status read_statistic(const mlp_trainer *trainer, mlp_statistic statistic, double *value)
{
    const mlpi_method *method = trainer->optimizer->method;
    const double *found = method && method->statistic ? method->statistic(trainer, statistic) : NULL;
    if (!found)
        return mlpi_fail(MLP_ERR_UNSUPPORTED, "trainer: %s has no %s", trainer->optimizer->name,
                         mlp_statistic_name(statistic));
    *value = *found;
    return MLP_OK;
}

mlp_status mlp_trainer_get_statistic(const mlp_trainer *trainer, mlp_statistic statistic, double *value)
{
    mlp_status status = mlpi_check_pointer("trainer", trainer);
    if (status == MLP_OK)
        status = mlpi_check_argument("statistic", statistic, 1, STATISTICS);
    if (status == MLP_OK)
        status = mlpi_check_pointer("value", value);
    if (status == MLP_OK && !trainer->prepared)
        status = mlpi_fail(MLP_ERR_STATE, "trainer: is not prepared; call mlp_trainer_prepare first");
    if (status == MLP_OK)
        status = read_statistic(trainer, statistic, value);
    return note(trainer, status);
}
