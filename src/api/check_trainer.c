#include "api/check_trainer.h"
#include "api/check.h"
#include "base/error.h"

#include <string.h>

mlp_status mlpi_trainer_note(const mlp_trainer *trainer, mlp_status status)
{
    if (status < 0 && trainer) {
        strncpy(trainer->error, mlpi_error_message(), MLPI_TRAINER_ERROR_SIZE - 1);
        trainer->error[MLPI_TRAINER_ERROR_SIZE - 1] = '\0';
    }
    return status;
}

mlp_status mlpi_check_idle(const mlp_trainer *trainer)
{
    if (!trainer)
        return mlpi_check_pointer("trainer", trainer);
    return trainer->running ? mlpi_fail(MLP_ERR_STATE, "trainer: is at work; its callback may not call this")
                            : MLP_OK;
}

mlp_status mlpi_check_ready(const mlp_trainer *trainer)
{
    const mlp_status status = mlpi_check_idle(trainer);
    if (status == MLP_OK && !trainer->prepared)
        return mlpi_fail(MLP_ERR_STATE, "trainer: is not prepared; call mlp_trainer_prepare first");
    return status;
}

mlp_status mlpi_check_data(const mlp_trainer *trainer, const char *name, const mlp_data *data,
                           int64_t classes)
{
    const mlpi_architecture *architecture = &trainer->model->architecture;
    const int64_t n_in = architecture->widths[0], n_out = architecture->widths[architecture->layers];
    if (!data)
        return mlpi_check_pointer(name, data);
    if (data->dtype != architecture->dtype)
        return mlpi_fail(MLP_ERR_DTYPE, "%s is %s: the trainer's model is %s", name,
                         mlp_dtype_name(data->dtype), mlp_dtype_name(architecture->dtype));
    if (!data->inputs.values)
        return mlpi_fail(MLP_ERR_STATE, "%s: has no inputs", name);
    if (!data->targets.values && !data->labels)
        return mlpi_fail(MLP_ERR_STATE, "%s: has neither targets nor labels", name);
    if (data->inputs.rows != n_in)
        return mlpi_fail(MLP_ERR_SIZE, "%s: has %lld features a sample: the model has %lld inputs", name,
                         (long long)data->inputs.rows, (long long)n_in);
    if (data->targets.values && data->targets.rows != n_out)
        return mlpi_fail(MLP_ERR_SIZE, "%s: has %lld targets a sample: the model has %lld outputs", name,
                         (long long)data->targets.rows, (long long)n_out);
    if (data->classes > classes)
        return mlpi_fail(MLP_ERR_ARGUMENT, "%s: has %d classes: the model has %lld outputs", name,
                         (int)data->classes, (long long)n_out);
    return MLP_OK;
}

mlp_status mlpi_check_receiver(const mlp_trainer *trainer, const mlp_model *model)
{
    mlp_status status = mlpi_check_pointer("trainer", trainer);
    if (status == MLP_OK)
        status = mlpi_check_model(model, trainer->model->architecture.dtype);
    if (status == MLP_OK && !mlpi_architecture_equal(&model->architecture, &trainer->model->architecture))
        status =
            mlpi_fail(MLP_ERR_ARGUMENT, "model: its widths or activations are not those of the trainer's");
    return status;
}
