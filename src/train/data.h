/* A data set: inputs, targets or labels, weights; each copied or borrowed. */
#ifndef MLPI_TRAIN_DATA_H
#define MLPI_TRAIN_DATA_H

#include "mlp/data.h"

/* Columns of `rows` values at values + s * ld, one per sample; rows 0 where nothing is set. */
typedef struct mlpi_columns {
    int64_t rows, ld;
    const void *values;
    void *owned; /* what to free: NULL where the values are borrowed */
} mlpi_columns;

struct mlp_data {
    mlp_dtype dtype;
    int64_t samples;
    mlpi_columns inputs, targets;
    int32_t classes; /* 0 where there are no labels */
    int32_t *labels;
    void *weights; /* NULL for all 1 */
};

mlp_status mlpi_data_create(mlp_dtype dtype, int64_t samples, mlp_data **out);
void mlpi_data_destroy(mlp_data *data);

/* Room for rows x samples elements of `size` bytes; NULL with *status set where there is none. */
void *mlpi_data_room(const char *what, int64_t rows, int64_t samples, int64_t size, mlp_status *status);

/* Set `columns` of the data set to a copy of the values, or borrow them. On failure it stays as it was. */
mlp_status mlpi_data_copy(mlp_data *data, mlpi_columns *columns, int64_t rows, const void *values,
                          int64_t ld);
void mlpi_data_borrow(mlpi_columns *columns, int64_t rows, const void *values, int64_t ld);

/* Labels take the place of targets and targets that of labels. */
mlp_status mlpi_data_set_labels(mlp_data *data, int32_t classes, const int32_t *labels);
void mlpi_data_clear_labels(mlp_data *data);

/* NULL removes the weights. */
mlp_status mlpi_data_set_weights(mlp_data *data, const void *weights);

/* sum_s w_s */
double mlpi_data_weight_sum(const mlp_data *data);

/*
 * Multiply the weights by those of the samples' classes, or by what makes the classes' sums equal. There are labels. On failure
 * the weights stay as they were.
 */
mlp_status mlpi_data_apply_class_weights_f32(mlp_data *data, const float *class_weights);
mlp_status mlpi_data_apply_class_weights_f64(mlp_data *data, const double *class_weights);
mlp_status mlpi_data_balance_classes(mlp_data *data);

/* A new data set of copies of the samples indices[0 .. count - 1]; *out is written on success alone. */
mlp_status mlpi_data_subset(const mlp_data *data, int64_t count, const int64_t *indices, mlp_data **out);

#endif
