/**
 * @file
 * Models in files and memory, as safetensors (docs/formats.md).
 *
 * Tensors `layers.<l>.weight` of shape [n_l, n_{l-1}] in row-major order and `layers.<l>.bias` of shape [n_l], l counted from 0
 * as PyTorch does, so that PyTorch users can load them unchanged; architecture, scaling, head and metadata are in
 * `__metadata__`. Parameters come back bit for bit.
 */
#ifndef MLP_IO_H
#define MLP_IO_H

#include "model.h"

MLP_BEGIN_DECLS

/**
 * Save a model to a file, atomically: a failure at any moment leaves the old file or none, never a part. What a process
 * that was killed while saving leaves beside it is removed by the next call for the same path.
 *
 * @param model  the model
 * @param path   the file's name
 * @retval MLP_ERR_ARGUMENT  a NULL pointer or empty path, or metadata beyond the 100 MB a header may have
 * @retval MLP_ERR_MEMORY    no memory
 * @retval MLP_ERR_IO        the operating system refused; the message has its reason
 * @since 0.1
 */
MLP_API mlp_status mlp_model_save(const mlp_model *model, const char *path);

/**
 * Load a model from a file. Every rule of the format is checked; time and memory are bounded by the file's size.
 *
 * @param path   the file's name
 * @param model  receives the model, to be freed by mlp_model_destroy(); NULL on failure
 * @retval MLP_ERR_ARGUMENT     a NULL pointer or empty path
 * @retval MLP_ERR_IO           the operating system refused; the message has its reason
 * @retval MLP_ERR_FORMAT       not a valid model file: the message says which rule is broken
 * @retval MLP_ERR_UNSUPPORTED  the model uses an activation that is not registered, or a newer schema
 * @retval MLP_ERR_MEMORY       no memory
 * @since 0.1
 */
MLP_API mlp_status mlp_model_load(const char *path, mlp_model **model);

/**
 * Bytes mlp_model_save_memory() needs for the model as it is.
 *
 * @param model  the model
 * @param bytes  receives the number
 * @retval MLP_ERR_ARGUMENT  a NULL pointer, or metadata beyond the 100 MB a header may have
 * @retval MLP_ERR_MEMORY    no memory
 * @since 0.1
 */
MLP_API mlp_status mlp_model_save_size(const mlp_model *model, int64_t *bytes);

/**
 * Save a model to memory: the bytes mlp_model_save() would write.
 *
 * @param model   the model
 * @param size    bytes at @p buffer, at least what mlp_model_save_size() tells
 * @param buffer  receives the bytes
 * @retval MLP_ERR_ARGUMENT  a NULL pointer, or metadata beyond the 100 MB a header may have
 * @retval MLP_ERR_SIZE      @p size is too small
 * @retval MLP_ERR_MEMORY    no memory
 * @since 0.1
 */
MLP_API mlp_status mlp_model_save_memory(const mlp_model *model, int64_t size, void *buffer);

/**
 * Load a model from memory.
 *
 * @param size    bytes at @p buffer
 * @param buffer  a whole file's bytes; not kept
 * @param model   receives the model, to be freed by mlp_model_destroy(); NULL on failure
 * @retval MLP_ERR_ARGUMENT     a NULL pointer
 * @retval MLP_ERR_SIZE         @p size is negative
 * @retval MLP_ERR_FORMAT       not a valid model file: the message says which rule is broken
 * @retval MLP_ERR_UNSUPPORTED  the model uses an activation that is not registered, or a newer schema
 * @retval MLP_ERR_MEMORY       no memory
 * @since 0.1
 */
MLP_API mlp_status mlp_model_load_memory(int64_t size, const void *buffer, mlp_model **model);

MLP_END_DECLS

#endif
