#include "base/error.h"
#include "base/memory.h"
#include "layer/padding.h"
#include "train/data.h"

#include <math.h>

#include "base/real32.h"
#include "train/class_weights_tmpl.h"
#include "base/real64.h"
#include "train/class_weights_tmpl.h"

/* A double for every class, zeroed; NULL with *status set where there is no memory. */
static double *allocate(const mlp_data *data, mlp_status *status)
{
    const int64_t bytes = data->classes * (int64_t)sizeof(double);
    double *memory = mlpi_zalloc(bytes);
    *status = memory ? MLP_OK : mlpi_fail_memory("weights of the classes", bytes);
    return memory;
}

/* New weights take the place of the old ones. */
static mlp_status multiply(mlp_data *data, const double *factors)
{
    mlp_status status;
    mlp_data changed = *data;
    changed.weights = mlpi_data_room("weights", 1, data->samples, mlpi_dtype_size(data->dtype), &status);
    if (!changed.weights)
        return status;
    (data->dtype == MLP_F32 ? multiply_f32 : multiply_f64)(data, factors, changed.weights);
    const double sum = mlpi_data_weight_sum(&changed);
    if (!(sum > 0 && isfinite(sum))) {
        mlpi_free(changed.weights);
        return mlpi_fail(MLP_ERR_ARGUMENT,
                         "class_weights: the weights would sum to %g: must be finite and greater than 0",
                         sum);
    }
    mlpi_free(data->weights);
    data->weights = changed.weights;
    return MLP_OK;
}

mlp_status mlpi_data_apply_class_weights_f32(mlp_data *data, const float *class_weights)
{
    mlp_status status;
    double *factors = allocate(data, &status);
    for (int32_t c = 0; factors && c < data->classes; c++)
        factors[c] = (double)class_weights[c];
    if (factors)
        status = multiply(data, factors);
    mlpi_free(factors);
    return status;
}

mlp_status mlpi_data_apply_class_weights_f64(mlp_data *data, const double *class_weights)
{
    return multiply(data, class_weights);
}

/* From the weights of the classes to what balances them. */
static void balance(int32_t classes, double *weights)
{
    double sum = 0, present = 0;
    for (int32_t c = 0; c < classes; c++) {
        sum += weights[c];
        present += weights[c] > 0;
    }
    for (int32_t c = 0; c < classes; c++)
        weights[c] = weights[c] > 0 ? sum / present / weights[c] : 0;
}

mlp_status mlpi_data_balance_classes(mlp_data *data)
{
    mlp_status status;
    double *weights = allocate(data, &status);
    if (!weights)
        return status;
    (data->dtype == MLP_F32 ? add_up_f32 : add_up_f64)(data, weights);
    balance(data->classes, weights);
    status = multiply(data, weights);
    mlpi_free(weights);
    return status;
}
