/*
 * The activations: one table of kinds that feeds dispatch, names, files, the command line and the tests.
 * Nothing else in the library switches on a kind.
 */
#ifndef MLPI_LAYER_ACTIVATION_H
#define MLPI_LAYER_ACTIVATION_H

#include "mlp/activation.h"

#include <stddef.h>

enum { MLPI_ORDERS = 4 }; /* sigma and its first three derivatives */

/* What the derivatives of a kind are computed from. */
enum { MLPI_READS_Z = 0, MLPI_READS_Y = 1 };

/*
 * out[i] = sigma^(k)(t[i]); t and out may be the same array. Passes take sigma and sigma' from vectors.h; these scalar
 * kernels serve the higher orders, and judge the vectors.
 */
typedef void (*mlpi_activation_f32)(int64_t n, const float *t, float *out, double parameter);
typedef void (*mlpi_activation_f64)(int64_t n, const double *t, double *out, double parameter);

typedef struct mlpi_activation_kind {
    int32_t id;
    int32_t reads;            /* what f32[k] and f64[k] take for k >= 1; for k = 0 they take z */
    int32_t bounded;          /* |sigma| <= 1 everywhere */
    int32_t piecewise_linear; /* sigma'' = 0 everywhere */
    double steepest; /* the least bound of |sigma'|, rounded up in the 7th digit; to be multiplied by a
                                 parameter above 1; 0 where nothing bounds it */
    const char *name;
    const char *parameter; /* name of the parameter, NULL if the kind has none */
    double parameter_default, parameter_minimum, parameter_maximum;
    mlpi_activation_f32 f32[MLPI_ORDERS];
    mlpi_activation_f64 f64[MLPI_ORDERS];
} mlpi_activation_kind;

/* A registered activation, shared and counted. */
typedef struct mlpi_custom_activation mlpi_custom_activation;

/* The activation of one layer. Exactly one of `kind` and `custom` is set. */
typedef struct mlpi_activation {
    const mlpi_activation_kind *kind;
    mlpi_custom_activation *custom;
    double parameter;
} mlpi_activation;

/* The kind with this id or name; NULL if there is none. */
const mlpi_activation_kind *mlpi_activation_kind_of(int32_t id);
const mlpi_activation_kind *mlpi_activation_kind_named(const char *name);

/* The kinds in the order of their ids: index 0 .. count - 1. */
const mlpi_activation_kind *mlpi_activation_kind_at(int32_t index);
int32_t mlpi_activation_kind_count(void);

/* Makes `*out` the activation `id` with its default parameter, taking a reference to a registered one. */
mlp_status mlpi_activation_acquire(mlp_activation id, mlpi_activation *out);
/* Another reference to the same activation. */
mlpi_activation mlpi_activation_share(const mlpi_activation *activation);
void mlpi_activation_release(mlpi_activation *activation);

mlp_activation mlpi_activation_id(const mlpi_activation *activation);
const char *mlpi_activation_name(const mlpi_activation *activation);
int32_t mlpi_activation_reads(const mlpi_activation *activation);
int32_t mlpi_activation_max_order(const mlpi_activation *activation);
/*
 * What |sigma'| nowhere exceeds at a finite z, and comes close to; but for frequencies |omega| < 1, where it is 1. Infinity
 * where nothing is known.
 */
double mlpi_activation_steepest(const mlpi_activation *activation);

int mlpi_activation_is_identity(const mlpi_activation *activation);

/* Whether sigma'' is other than 0. */
int mlpi_activation_is_curved(const mlpi_activation *activation);

/* Whether a pass that will be differentiated must keep z beside y. */
int mlpi_activation_needs_z(const mlpi_activation *activation);

/*
 * out[i] = sigma^(order)(t[i]) with t = z for order 0 and t = what the activation reads for order >= 1.
 * Fails only where a callback does, or lacks the order.
 */
mlp_status mlpi_activation_apply_f32(const mlpi_activation *activation, int32_t order, int64_t n,
                                     const float *t, float *out);
mlp_status mlpi_activation_apply_f64(const mlpi_activation *activation, int32_t order, int64_t n,
                                     const double *t, double *out);

/*
 * The same from z for every order and kind, as callers outside a pass want it. On failure nothing is written:
 * a registered activation costs an allocation of n values.
 */
mlp_status mlpi_activation_evaluate_f32(const mlpi_activation *activation, int32_t order, int64_t n,
                                        const float *z, float *out);
mlp_status mlpi_activation_evaluate_f64(const mlpi_activation *activation, int32_t order, int64_t n,
                                        const double *z, double *out);

/* The registry behind mlp_activation_register() and its siblings. */
mlp_status mlpi_custom_activation_register(const char *name, int32_t max_order, mlp_activation_fn function,
                                           void *context, mlp_release_fn release, mlp_activation *id);
mlp_status mlpi_custom_activation_unregister(mlp_activation id);

/* The activation of a name and the name of an activation, built in or registered; 0 and NULL if unknown. */
mlp_activation mlpi_activation_find(const char *name);
const char *mlpi_activation_name_of(mlp_activation id);

#endif
