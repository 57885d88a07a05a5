/* Activations registered by the user: shared, counted objects in a registry of the process. */
#ifndef MLPI_LAYER_CUSTOM_ACTIVATION_H
#define MLPI_LAYER_CUSTOM_ACTIVATION_H

#include "layer/activation.h"

/* A reference to the registered activation `id`; NULL if there is none. */
mlpi_custom_activation *mlpi_custom_activation_acquire(mlp_activation id);
void mlpi_custom_activation_retain(mlpi_custom_activation *activation);
/* Calls the user's release function with the last reference, on this thread. */
void mlpi_custom_activation_release(mlpi_custom_activation *activation);

mlp_activation mlpi_custom_activation_find(const char *name);
const char *mlpi_custom_activation_name_of(mlp_activation id);
mlp_activation mlpi_custom_activation_id(const mlpi_custom_activation *activation);
const char *mlpi_custom_activation_name(const mlpi_custom_activation *activation);
int32_t mlpi_custom_activation_max_order(const mlpi_custom_activation *activation);

/* out[i] = sigma^(order)(z[i]), through double; z and out may be the same array. */
mlp_status mlpi_custom_activation_apply_f32(const mlpi_custom_activation *activation, int32_t order,
                                            int64_t n, const float *z, float *out);
mlp_status mlpi_custom_activation_apply_f64(const mlpi_custom_activation *activation, int32_t order,
                                            int64_t n, const double *z, double *out);

#endif
