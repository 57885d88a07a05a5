#include "mlp/loop.h"
#include "train/trainer.h"

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
