/*
 * Validation at the border. Each returns MLP_OK, or fails with a message that names the argument, its value and what was
 * expected. Functions chain them: `if (status == MLP_OK) status = ...`.
 */
#ifndef MLPI_API_CHECK_H
#define MLPI_API_CHECK_H

#include "model/workspace.h"

mlp_status mlpi_check_pointer(const char *name, const void *pointer);

/* The name of a file: neither NULL nor empty. */
mlp_status mlpi_check_path(const char *path);

/* least <= value <= most, else MLP_ERR_SIZE (or MLP_ERR_ARGUMENT in the second form). */
mlp_status mlpi_check_size(const char *name, int64_t value, int64_t least, int64_t most);
mlp_status mlpi_check_argument(const char *name, int64_t value, int64_t least, int64_t most);

/* A leading dimension: at least `rows`, at most 2^31 - 1. */
mlp_status mlpi_check_ld(const char *name, int64_t ld, int64_t rows);

/* The model is not NULL and of this number type; the same for a workspace that must fit it. */
mlp_status mlpi_check_model(const mlp_model *model, mlp_dtype dtype);
mlp_status mlpi_check_workspace(const mlp_model *model, mlp_workspace *workspace, mlp_dtype dtype);

/* The workspace was made for a use, by its bit and its name. */
mlp_status mlpi_check_use(const mlp_workspace *workspace, int32_t use, const char *name);

/* The workspace remembers a pass that can be differentiated. */
mlp_status mlpi_check_remembered(const mlp_workspace *workspace);

/* That pass is one of `model` in its present state, and every activation has a first derivative. */
mlp_status mlpi_check_point(const mlp_model *model, const mlp_workspace *workspace);

/*
 * For derivatives up to `order`: the workspace fits, has MLP_USE_SECOND_ORDER, and remembers a pass of `model` whose
 * activations have them.
 */
mlp_status mlpi_check_second_order(const mlp_model *model, mlp_workspace *workspace, mlp_dtype dtype,
                                   int32_t order);

/* Every activation has derivatives up to this order. */
mlp_status mlpi_check_order(const mlp_model *model, int32_t order);

/* Sets the parameter of an activation of a kind that has one, within its bounds. */
mlp_status mlpi_set_activation_parameter(mlpi_activation *activation, double parameter);

/* Records the failure `status` with the workspace, if there is one, also where the call takes it const; returns `status`. */
mlp_status mlpi_workspace_note(const mlp_workspace *workspace, mlp_status status);

/* snprintf-like: copies `text` with its NUL, cut to `size`; returns the bytes needed, or MLP_ERR_ARGUMENT / MLP_ERR_SIZE. */
int64_t mlpi_copy_text(const char *text, char *buffer, int64_t size);

#endif
