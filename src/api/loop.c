#include "mlp/loop.h"
#include "api/check.h"
#include "api/check_trainer.h"
#include "base/error.h"

#include <math.h>

/* ---- Schedules ---- */

const char *mlp_schedule_name(mlp_schedule schedule)
{
    const mlpi_schedule *found = mlpi_schedule_of(schedule);
    return found ? found->name : NULL;
}

mlp_schedule mlp_schedule_from_name(const char *name)
{
    const mlpi_schedule *found = name ? mlpi_schedule_find(name) : NULL;
    return found ? found->id : 0;
}

double mlp_trainer_learning_rate(const mlp_trainer *trainer)
{
    return trainer ? mlpi_trainer_rate(trainer) : 0;
}

/* ---- Rates of layers ---- */

static mlp_status check_layer(const mlp_trainer *trainer, int32_t layer)
{
    return mlpi_check_argument("layer", layer, 1, trainer->model->architecture.layers);
}

mlp_status mlp_trainer_set_layer_rate(mlp_trainer *trainer, int32_t layer, double scale)
{
    const double most = 1e6;
    mlp_status status = mlpi_check_idle(trainer);
    if (status == MLP_OK)
        status = check_layer(trainer, layer);
    if (status == MLP_OK && !(scale >= 0 && scale <= most))
        status = mlpi_fail(MLP_ERR_ARGUMENT, "scale = %g: must be within 0 .. %g", scale, most);
    if (status == MLP_OK)
        trainer->course.layer_rates[layer - 1] = scale;
    return mlpi_trainer_note(trainer, status);
}

double mlp_trainer_layer_rate(const mlp_trainer *trainer, int32_t layer)
{
    return trainer && layer >= 1 && layer <= trainer->course.layers ? trainer->course.layer_rates[layer - 1]
                                                                    : 0;
}

/* ---- Averages ---- */

mlp_status mlp_trainer_get_averaged_model(const mlp_trainer *trainer, mlp_model *model)
{
    mlp_status status = mlpi_check_receiver(trainer, model);
    if (status == MLP_OK && !trainer->course.average)
        status =
            mlpi_fail(MLP_ERR_STATE, "trainer: keeps no average; it was not prepared with average_decay");
    if (status == MLP_OK)
        mlpi_trainer_copy_params(trainer, trainer->course.average, model);
    return mlpi_trainer_note(trainer, status);
}

/* ---- Validation and early stopping ---- */

mlp_status mlp_trainer_borrow_validation(mlp_trainer *trainer, const mlp_data *data)
{
    mlp_status status = mlpi_check_idle(trainer);
    if (status == MLP_OK && data)
        status = mlpi_check_data(trainer, "data", data,
                                 trainer->model->architecture.widths[trainer->model->architecture.layers]);
    if (status == MLP_OK)
        trainer->validation = data;
    return mlpi_trainer_note(trainer, status);
}

int64_t mlp_trainer_best_epoch(const mlp_trainer *trainer)
{
    return trainer ? trainer->course.best_epoch : -1;
}

mlp_status mlp_trainer_get_best_model(const mlp_trainer *trainer, mlp_model *model)
{
    mlp_status status = mlpi_check_receiver(trainer, model);
    if (status == MLP_OK && !trainer->course.kept)
        status = mlpi_fail(MLP_ERR_STATE, "trainer: has kept no best epoch's parameters");
    if (status == MLP_OK)
        mlpi_trainer_copy_params(trainer, trainer->course.best, model);
    return mlpi_trainer_note(trainer, status);
}

/* ---- History ---- */

const char *mlp_history_name(mlp_history what)
{
    return mlpi_history_name(what);
}

mlp_history mlp_history_from_name(const char *name)
{
    return name ? mlpi_history_find(name) : 0;
}

int64_t mlp_trainer_history_count(const mlp_trainer *trainer)
{
    return trainer ? trainer->history.count : 0;
}

mlp_status mlp_trainer_history_get(const mlp_trainer *trainer, int64_t epoch, mlp_history what, double *value)
{
    mlp_status status = mlpi_check_pointer("trainer", trainer);
    if (status == MLP_OK && (epoch < 0 || epoch >= trainer->history.count))
        status = mlpi_fail(MLP_ERR_ARGUMENT, "epoch = %lld: there are records of %lld epochs",
                           (long long)epoch, (long long)trainer->history.count);
    if (status == MLP_OK && !mlpi_history_name(what))
        status =
            mlpi_fail(MLP_ERR_ARGUMENT, "what = %d: must be one of the MLP_HISTORY_... constants", (int)what);
    if (status == MLP_OK)
        status = mlpi_check_pointer("value", value);
    if (status == MLP_OK)
        *value = trainer->history.records[epoch].values[what - 1];
    return mlpi_trainer_note(trainer, status);
}

double mlp_trainer_gradient_norm(const mlp_trainer *trainer)
{
    return trainer ? trainer->gradient_norm : NAN;
}
