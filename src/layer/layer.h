/*
 * One layer, as everything below the model sees it:  y = sigma(A y_in + b).
 *
 * The number type is known by whoever holds the layer; A and b are arrays of it.
 */
#ifndef MLPI_LAYER_LAYER_H
#define MLPI_LAYER_LAYER_H

#include "layer/activation.h"

typedef struct mlpi_layer {
    int64_t n_in, n_out;
    int64_t lda; /* leading dimension of A */
    void *A;     /* n_out x n_in, column-major, columns on 64 bytes where n_out fills a vector */
    void *b;     /* n_out */
    const mlpi_activation *activation; /* owned by the architecture */
} mlpi_layer;

#endif
