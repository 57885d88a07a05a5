/*
 * The tensors of layers in files: of a model, or of another vector in the layout of its parameters, whose names then have a
 * prefix.
 */
#ifndef MLPI_MODEL_LAYER_TENSORS_H
#define MLPI_MODEL_LAYER_TENSORS_H

#include "model/model_schema.h"

/* Adds weights and biases of `count` layers. The layers, and what they point to, must last until the file is written. */
mlp_status mlpi_layer_tensors_add(mlpi_safetensors_writer *writer, const char *prefix, mlp_dtype dtype,
                                  int32_t count, mlpi_layer *layers);

/* MLP_ERR_FORMAT unless the file has the tensor, of this shape and of the type of `dtype`. */
mlp_status mlpi_tensor_check(const mlpi_safetensors *file, const mlpi_model_tensor *expected,
                             mlp_dtype dtype);

/* The same for all tensors of `count` layers between these widths. */
mlp_status mlpi_layer_tensors_check(const mlpi_safetensors *file, const char *prefix, mlp_dtype dtype,
                                    int32_t count, const int64_t *widths);

/* Reads what has been checked; padding stays as it is. */
mlp_status mlpi_layer_tensors_read(const mlpi_safetensors *file, const char *prefix, mlp_dtype dtype,
                                   int32_t count, const mlpi_layer *layers);

#endif
