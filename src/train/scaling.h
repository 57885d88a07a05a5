/* Scalings fitted to data: one table of kinds, over statistics of each row. */
#ifndef MLPI_TRAIN_SCALING_H
#define MLPI_TRAIN_SCALING_H

#include "mlp/scaling.h"
#include "train/data.h"

/* Of one row of the data. */
typedef struct mlpi_spread {
    double least, largest, mean, deviation;
} mlpi_spread;

/* What becomes of a row of this spread: (value - center) / radius, the radius of a constant row aside. */
typedef struct mlpi_scaling {
    int32_t id;
    const char *name;
    double (*center)(const mlpi_spread *spread);
    double (*radius)(const mlpi_spread *spread);
} mlpi_scaling;

/* The scaling with this id or name; NULL if there is none. */
const mlpi_scaling *mlpi_scaling_of(int32_t id);
const mlpi_scaling *mlpi_scaling_find(const char *name);

/* Fits the scaling of the model's inputs, or outputs, to those of the data, which are there and fit. */
mlp_status mlpi_model_fit_scaling(mlp_model *model, const mlp_data *data, const mlpi_scaling *scaling,
                                  int output);

#endif
