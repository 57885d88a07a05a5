/*
 * The losses: one table that feeds names, dispatch, the trainer and the tests. A loss is a function of one
 * sample's outputs; batches, weights and the order of summation are the same for all and live in loss_tmpl.h.
 * Beside the table there are the losses the user has registered or configured (custom_loss.c).
 */
#ifndef MLPI_LOSS_LOSS_H
#define MLPI_LOSS_LOSS_H

#include "mlp/loss.h"

#include <stddef.h>

#include "base/real32.h"
#include "loss/loss_decl_tmpl.h"
#include "base/real64.h"
#include "loss/loss_decl_tmpl.h"

typedef struct mlpi_custom_loss mlpi_custom_loss;

typedef struct mlpi_loss {
    int32_t id;
    const char *name;
    const char *parameter; /* its name; NULL for a loss without one */
    double parameter_value, parameter_minimum, parameter_maximum;
    int32_t paired;    /* n is even: the second half of the outputs belongs to the first */
    int32_t one_sided; /* finite for some infinite targets: who refuses these must look for them */
    mlpi_custom_loss
        *custom; /* NULL for a row of the table; else who owns this copy, or answers for what is below */
    mlpi_loss_target_f32 target_f32;
    mlpi_loss_target_f64 target_f64;
    mlpi_loss_label_f32 label_f32;
    mlpi_loss_label_f64 label_f64;
    mlpi_loss_target_hvp_f32 target_hvp_f32;
    mlpi_loss_target_hvp_f64 target_hvp_f64;
    mlpi_loss_label_hvp_f32 label_hvp_f32;
    mlpi_loss_label_hvp_f64 label_hvp_f64;
} mlpi_loss;

extern const mlpi_loss mlpi_squared_error, mlpi_softmax_cross_entropy, mlpi_absolute_error, mlpi_huber,
    mlpi_log_cosh, mlpi_quantile, mlpi_poisson, mlpi_gaussian_nll, mlpi_binary_cross_entropy, mlpi_hinge,
    mlpi_multiclass_hinge;

/* The loss of the table with this id or name; NULL if there is none. */
const mlpi_loss *mlpi_loss_of(int32_t id);
const mlpi_loss *mlpi_loss_find(const char *name);

/* The losses of the table in the order of their ids: index 0 .. count - 1. */
const mlpi_loss *mlpi_loss_at(int32_t index);
int32_t mlpi_loss_count(void);

/* A reference to a loss of the table or a registered one, to be released; NULL if there is none. */
const mlpi_loss *mlpi_loss_acquire(int32_t id);
void mlpi_loss_release(const mlpi_loss *loss);

/* Whether it is a function of the user's: then only the forms for any loss take it, and only the calling thread. */
int mlpi_loss_calls_back(const mlpi_loss *loss);

/* The highest derivative it has. */
int32_t mlpi_loss_max_order(const mlpi_loss *loss);

/* n is a number of outputs it can be taken of. */
mlp_status mlpi_loss_check_outputs(const mlpi_loss *loss, int64_t n);

/* Of a sample's n targets, how many, from the first on, it looks at. */
int64_t mlpi_loss_target_rows(const mlpi_loss *loss, int64_t n);

/* Enters a copy of a loss that has a parameter into the registry, with another value of it. */
mlp_status mlpi_loss_configure(const mlpi_loss *loss, double parameter, mlp_loss *id);

/* The registry behind mlp_loss_register() and its siblings. */
mlp_status mlpi_loss_register(const char *name, int32_t max_order, mlp_loss_fn function, void *context,
                              mlp_release_fn release, mlp_loss *id);
mlp_status mlpi_loss_unregister(mlp_loss id);

/* Doubles per output that a loss which calls back needs as scratch memory. */
enum { MLPI_LOSS_SCRATCH = 4 };

#include "base/real32.h"
#include "loss/batch_decl_tmpl.h"
#include "base/real64.h"
#include "loss/batch_decl_tmpl.h"

#endif
