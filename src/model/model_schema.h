/* What a model file contains, for its writer and its reader. */
#ifndef MLPI_MODEL_MODEL_SCHEMA_H
#define MLPI_MODEL_MODEL_SCHEMA_H

#include "io/safetensors.h"
#include "model/model.h"

/* ---- Metadata ---- */

enum {
    MLPI_KEY_FORMAT,
    MLPI_KEY_DTYPE,
    MLPI_KEY_WIDTHS,
    MLPI_KEY_ACTIVATIONS,
    MLPI_KEY_PARAMETERS,
    MLPI_KEY_HEAD,
    MLPI_KEY_COUNT
};

/* The library's own keys; all others that begin with "mlp." are reserved for schemas to come. */
const char *mlpi_model_key(int key);

/* The schema's version, the value of MLPI_KEY_FORMAT. */
const char *mlpi_model_schema_version(void);

/* The key and value by which PyTorch's users recognise a file they can load; a value of the user's has precedence. */
const char *mlpi_model_framework_key(void);
const char *mlpi_model_framework(void);

/* ---- Tensors ---- */

enum { MLPI_TENSOR_NAME = 80 }; /* with a prefix of less than half */

typedef struct mlpi_model_tensor {
    char name[MLPI_TENSOR_NAME];
    int32_t rank;
    int64_t shape[2];
} mlpi_model_tensor;

/* Of layer l = 1..L, "" or something before its name; PyTorch and the names count from 0. */
mlpi_model_tensor mlpi_weight_tensor(const char *prefix, int32_t layer, int64_t n_out, int64_t n_in);
mlpi_model_tensor mlpi_bias_tensor(const char *prefix, int32_t layer, int64_t n_out);

/* The scalings, each present where it is set: scale and shift of the inputs, scale and shift of the outputs. */
enum { MLPI_SCALING_TENSORS = 4 };
mlpi_model_tensor mlpi_scaling_tensor(int index, int32_t layers, const int64_t *widths);

/* Whether a model of so many layers may have a tensor of this name. */
int mlpi_model_has_tensor(int32_t layers, const char *name);

/* The same for the weights and biases alone. */
int mlpi_model_has_layer(int32_t layers, const char *name);

/*
 * A checkpoint is a model file with more in it, known by one key: then the keys that begin with "mlp.trainer." and the tensors
 * that begin with "trainer." are no matter of the model (train/checkpoint.h).
 */
const char *mlpi_checkpoint_version_key(void);
int mlpi_is_checkpoint(const mlpi_safetensors *file);
int mlpi_is_trainers_key(const char *key);
int mlpi_is_trainers_tensor(const char *name);

/* The container's number for a number type. */
int32_t mlpi_model_element_type(mlp_dtype dtype);

/* ---- The header of a file that is read ---- */

typedef struct mlpi_model_header {
    mlp_dtype dtype;
    mlp_head head;
    int32_t layers;
    int64_t *widths; /* to be freed */
} mlpi_model_header;

/* Checks that the keys are those of this schema and reads what does not need a model. */
mlp_status mlpi_model_header_read(const mlpi_safetensors *file, mlpi_model_header *header);

/* Gives a fresh model the activations the file tells. */
mlp_status mlpi_model_header_read_activations(const mlpi_safetensors *file, mlp_model *model);

/* Gives a fresh model the pairs that are the user's. */
mlp_status mlpi_model_header_read_metadata(const mlpi_safetensors *file, mlp_model *model);

#endif
