#include "train/early_stop.h"

#include <string.h>

static int64_t patience_of(const mlp_trainer *trainer)
{
    return mlpi_options_int(&trainer->options, MLP_TRAINER_PATIENCE);
}

static int keeps_best(const mlp_trainer *trainer)
{
    return mlpi_options_int(&trainer->options, MLP_TRAINER_KEEP_BEST) &&
           (trainer->validation || patience_of(trainer) > 0);
}

mlp_status mlpi_early_stop_reserve(mlp_trainer *trainer)
{
    return keeps_best(trainer) && !trainer->course.best
               ? mlpi_trainer_new_vector(trainer, &trainer->course.best)
               : MLP_OK;
}

static void note_best(mlp_trainer *trainer, double loss)
{
    mlpi_course *course = &trainer->course;
    course->best_loss = loss;
    course->best_epoch = trainer->epochs - 1;
    course->waited = 0;
    course->kept = keeps_best(trainer) && course->best;
    if (course->kept)
        memcpy(course->best, trainer->model->params, (size_t)mlpi_model_params_bytes(trainer->model));
}

int mlpi_early_stop_watch(mlp_trainer *trainer, double loss)
{
    mlpi_course *course = &trainer->course;
    const int64_t patience = patience_of(trainer);
    if (loss < course->best_loss - mlpi_options_real(&trainer->options, MLP_TRAINER_MIN_DELTA))
        note_best(trainer, loss);
    else
        course->waited++;
    if (patience == 0 || course->waited < patience)
        return 0;
    course->waited = 0;
    return 1;
}

void mlpi_early_stop_restore(mlp_trainer *trainer)
{
    mlp_model *model = trainer->model;
    if (!keeps_best(trainer) || !trainer->course.kept)
        return;
    memcpy(model->params, trainer->course.best, (size_t)mlpi_model_params_bytes(model));
    mlpi_trainer_touch(trainer);
}
