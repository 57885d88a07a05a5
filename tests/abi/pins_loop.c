/* The same for the training loop. Append only. */
#include "pins.h"

static const char *(*const pin_schedule_name)(mlp_schedule) = mlp_schedule_name;
static mlp_schedule (*const pin_schedule_from_name)(const char *) = mlp_schedule_from_name;
static double (*const pin_trainer_learning_rate)(const mlp_trainer *) = mlp_trainer_learning_rate;
static mlp_status (*const pin_trainer_set_layer_rate)(mlp_trainer *, int32_t,
                                                      double) = mlp_trainer_set_layer_rate;
static double (*const pin_trainer_layer_rate)(const mlp_trainer *, int32_t) = mlp_trainer_layer_rate;
static mlp_status (*const pin_trainer_get_averaged_model)(const mlp_trainer *,
                                                          mlp_model *) = mlp_trainer_get_averaged_model;
static mlp_status (*const pin_trainer_borrow_validation)(mlp_trainer *,
                                                         const mlp_data *) = mlp_trainer_borrow_validation;
static int64_t (*const pin_trainer_best_epoch)(const mlp_trainer *) = mlp_trainer_best_epoch;
static mlp_status (*const pin_trainer_get_best_model)(const mlp_trainer *,
                                                      mlp_model *) = mlp_trainer_get_best_model;
static const char *(*const pin_history_name)(mlp_history) = mlp_history_name;
static mlp_history (*const pin_history_from_name)(const char *) = mlp_history_from_name;
static int64_t (*const pin_trainer_history_count)(const mlp_trainer *) = mlp_trainer_history_count;
static mlp_status (*const pin_trainer_history_get)(const mlp_trainer *, int64_t, mlp_history,
                                                   double *) = mlp_trainer_history_get;
static double (*const pin_trainer_gradient_norm)(const mlp_trainer *) = mlp_trainer_gradient_norm;

static const void *const pinned[] = {
    (const void *)&pin_schedule_name,
    (const void *)&pin_schedule_from_name,
    (const void *)&pin_trainer_learning_rate,
    (const void *)&pin_trainer_set_layer_rate,
    (const void *)&pin_trainer_layer_rate,
    (const void *)&pin_trainer_get_averaged_model,
    (const void *)&pin_trainer_borrow_validation,
    (const void *)&pin_trainer_best_epoch,
    (const void *)&pin_trainer_get_best_model,
    (const void *)&pin_history_name,
    (const void *)&pin_history_from_name,
    (const void *)&pin_trainer_history_count,
    (const void *)&pin_trainer_history_get,
    (const void *)&pin_trainer_gradient_norm,
};

pins pins_of_loop(void)
{
    return (pins){pinned, sizeof pinned / sizeof *pinned};
}
