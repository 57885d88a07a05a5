/*
 * The model: architecture, parameters in padded storage (model/layout.h), scaling, head, metadata.
 *
 * All but the metadata lies in one block:
 *
 *     | mlp_model | widths | activations | layout | chain of layers | parameters | room for the scalings |
 */
#ifndef MLPI_MODEL_MODEL_H
#define MLPI_MODEL_MODEL_H

#include "layer/layer.h"
#include "layer/padding.h"
#include "mlp/model.h"
#include "model/architecture.h"
#include "model/layout.h"
#include "model/metadata.h"

struct mlp_model {
    mlpi_architecture architecture;
    mlpi_layout *layout;               /* of layer l at [l - 1] */
    mlpi_layer *layers;                /* the chain: of layer l at [l - 1], pointing into params */
    void *params;                      /* padded storage */
    int64_t padded_count;              /* elements of padded storage */
    int64_t param_count;               /* elements of theta */
    void *input_scale, *input_shift;   /* n_0 each, or both NULL */
    void *output_scale, *output_shift; /* n_L each, or both NULL */
    void *input_room, *output_room;    /* where scale and, behind it, shift lie when they are set */
    mlp_head head;
    int sealed; /* parameters have been set: the architecture is fixed */
    uint64_t generation;
    mlpi_metadata metadata;
};

/* All parameters zero; layers 1 .. L-1 with activation `hidden`, layer L with the identity. */
mlp_status mlpi_model_create(mlp_dtype dtype, int32_t layers, const int64_t *widths, mlp_activation hidden,
                             mlp_model **out);
void mlpi_model_destroy(mlp_model *model);
mlp_status mlpi_model_clone(const mlp_model *source, mlp_model **out);

/* Parameters and scaling; the models are of one architecture. Allocates nothing. Seals. */
void mlpi_model_copy_params(mlp_model *model, const mlp_model *source);

/* The chain of the model's layers, through another vector in the layout of its parameters. */
void mlpi_model_link(const mlp_model *model, void *vector, mlpi_layer *layers);

/* Bytes of the padded storage of its parameters, and of every vector in their layout. */
int64_t mlpi_model_params_bytes(const mlp_model *model);

/* To be called after every change of parameters or scaling. */
void mlpi_model_touch(mlp_model *model);

/* To be called after every change of parameters: as above, and the architecture is fixed from then on. */
void mlpi_model_touch_params(mlp_model *model);

/* Change the architecture of a model that is not sealed. */
mlp_status mlpi_model_set_activation(mlp_model *model, int32_t layer, mlp_activation id);
void mlpi_model_set_activation_parameter(mlp_model *model, int32_t layer, double value);

#include "base/real32.h"
#include "model/params_decl_tmpl.h"
#include "base/real64.h"
#include "model/params_decl_tmpl.h"

#endif
