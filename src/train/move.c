#include "train/move.h"
#include "base/error.h"

#include <math.h>

/* Rates, penalties, clipping: the optimizer's numbers are made already. */
static void change(const mlp_trainer *trainer, mlpi_move *move)
{
    const mlpi_options *options = &trainer->options;
    const double limit = mlpi_options_real(options, MLP_TRAINER_CLIP_VALUE);
    move->transform = (mlpi_transform){
        .l1 = mlpi_options_real(options, MLP_TRAINER_L1),
        .l2 = mlpi_options_real(options, MLP_TRAINER_L2),
        .scale = 1,
        .limit = limit > 0 ? limit : INFINITY,
    };
    move->clip_norm = mlpi_options_real(options, MLP_TRAINER_CLIP_NORM);
    move->wants_norm = move->clip_norm > 0 || mlpi_options_int(options, MLP_TRAINER_GRADIENT_NORM);
    move->transforms = move->transform.l1 != 0 || move->transform.l2 != 0 || limit > 0;
    move->by_layer = mlpi_course_has_layer_rates(&trainer->course);
}

int mlpi_move_is_changed(const mlp_trainer *trainer)
{
    mlpi_move move;
    change(trainer, &move);
    return move.transforms || move.by_layer || move.clip_norm > 0;
}

double mlpi_move_fresh(const mlp_trainer *trainer)
{
    return trainer->course.average ? 1 - mlpi_options_real(&trainer->options, MLP_TRAINER_AVERAGE_DECAY) : 0;
}

/* Written in place: a structure returned whole is put together in memory, and copied. */
void mlpi_move_begin(const mlp_trainer *trainer, mlpi_move *move)
{
    const double rate = mlpi_trainer_rate(trainer);
    mlpi_optimizer_begin(trainer->optimizer, &trainer->options, rate, trainer->steps + 1, &move->update);
    change(trainer, move);
    move->fresh = mlpi_move_fresh(trainer);
    const int plain = !move->transforms && !move->by_layer && !move->wants_norm &&
                      mlpi_optimizer_is_plain(trainer->optimizer, &trainer->options);
    move->plain_rate = plain ? rate : 0;
}

#include "base/real32.h"
#include "train/move_tmpl.h"
#include "base/real64.h"
#include "train/move_tmpl.h"
