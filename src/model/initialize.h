/* Initialising the parameters of a model. */
#ifndef MLPI_MODEL_INITIALIZE_H
#define MLPI_MODEL_INITIALIZE_H

#include "model/initializer.h"
#include "model/model.h"

/* All layers, with the kind's default parameter; or one, with a chosen one. MLP_ERR_MEMORY changes nothing. */
mlp_status mlpi_model_initialize(mlp_model *model, const mlpi_initializer *kind, uint64_t seed);
mlp_status mlpi_model_initialize_layer(mlp_model *model, int32_t layer, const mlpi_initializer *kind,
                                       double parameter, uint64_t seed);

#endif
