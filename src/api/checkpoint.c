#include "train/checkpoint.h"
#include "api/check.h"
#include "api/check_trainer.h"
#include "base/error.h"
#include "mlp/checkpoint.h"

static mlp_status check_settled(const mlp_trainer *trainer)
{
    const mlp_status status = mlpi_check_pointer("trainer", trainer);
    if (status == MLP_OK && !trainer->settled)
        return mlpi_fail(MLP_ERR_STATE, "trainer: is neither prepared nor restored; it has no state to save");
    return status;
}

mlp_status mlp_trainer_save(const mlp_trainer *trainer, const char *path)
{
    mlp_status status = check_settled(trainer);
    if (status == MLP_OK)
        status = mlpi_check_path(path);
    if (status == MLP_OK)
        status = mlpi_checkpoint_save(trainer, path);
    return mlpi_trainer_note(trainer, status);
}

mlp_status mlp_trainer_save_size(const mlp_trainer *trainer, int64_t *bytes)
{
    mlp_status status = check_settled(trainer);
    if (status == MLP_OK)
        status = mlpi_check_pointer("bytes", bytes);
    if (status == MLP_OK)
        status = mlpi_checkpoint_save_size(trainer, bytes);
    return mlpi_trainer_note(trainer, status);
}

mlp_status mlp_trainer_save_memory(const mlp_trainer *trainer, int64_t size, void *buffer)
{
    mlp_status status = check_settled(trainer);
    if (status == MLP_OK)
        status = mlpi_check_size("size", size, 0, INT64_MAX);
    if (status == MLP_OK)
        status = mlpi_check_pointer("buffer", buffer);
    if (status == MLP_OK)
        status = mlpi_checkpoint_save_memory(trainer, size, buffer);
    return mlpi_trainer_note(trainer, status);
}

mlp_status mlp_trainer_restore(mlp_trainer *trainer, const char *path)
{
    mlp_status status = mlpi_check_idle(trainer);
    if (status == MLP_OK)
        status = mlpi_check_path(path);
    if (status == MLP_OK)
        status = mlpi_checkpoint_restore(trainer, path);
    return mlpi_trainer_note(trainer, status);
}

mlp_status mlp_trainer_restore_memory(mlp_trainer *trainer, int64_t size, const void *buffer)
{
    mlp_status status = mlpi_check_idle(trainer);
    if (status == MLP_OK)
        status = mlpi_check_size("size", size, 0, INT64_MAX);
    if (status == MLP_OK)
        status = mlpi_check_pointer("buffer", buffer);
    if (status == MLP_OK)
        status = mlpi_checkpoint_restore_memory(trainer, size, buffer);
    return mlpi_trainer_note(trainer, status);
}
