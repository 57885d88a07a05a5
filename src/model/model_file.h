/* Models as safetensors files: the schema is in docs/formats.md, the container in io/safetensors.h. */
#ifndef MLPI_MODEL_MODEL_FILE_H
#define MLPI_MODEL_MODEL_FILE_H

#include "io/safetensors.h"
#include "model/model.h"

/*
 * Besides the bytes a caller provides, saving takes memory for the header only: parameters are streamed.
 * MLP_ERR_ARGUMENT if the metadata make a header the container cannot hold.
 */
mlp_status mlpi_model_save(const mlp_model *model, const char *path);
mlp_status mlpi_model_save_size(const mlp_model *model, int64_t *bytes);
/* MLP_ERR_SIZE, with nothing written, if `size` is less than the above. */
mlp_status mlpi_model_save_memory(const mlp_model *model, int64_t size, void *buffer);

/*
 * Memory and time are bounded by the file's size: no model is allocated before the tensors are known to be there.
 * The model is sealed.
 */
mlp_status mlpi_model_load(const char *path, mlp_model **out);
mlp_status mlpi_model_load_memory(int64_t size, const void *buffer, mlp_model **out);

/* The same on files that have more in them, or will: the model's metadata and tensors alone. The model outlives the writer. */
mlp_status mlpi_model_add(mlpi_safetensors_writer *writer, const mlp_model *model);
mlp_status mlpi_model_read(const mlpi_safetensors *file, mlp_model **out);

#endif
