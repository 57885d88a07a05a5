/* Models of other widths that take over from a model what still fits. */
#ifndef MLPI_ALGEBRA_REBUILD_H
#define MLPI_ALGEBRA_REBUILD_H

#include "model/model.h"

/* What is to be different. */
typedef struct mlpi_rebuild_plan {
    int64_t n_in;  /* n_0 */
    int32_t split; /* the layer to be replaced by two, an identity and one with its activation; 0: none */
    int64_t rank;  /* units between these two */
} mlpi_rebuild_plan;

/*
 * A model with the activations of `source`, and its A_l and b_l where these have the shape; the others are zero, for the
 * caller to set, who then touches the model. Scaling of the inputs is kept where n_0 is; scaling of the outputs, head and
 * metadata are those of `source`.
 */
mlp_status mlpi_rebuild(const mlp_model *source, mlpi_rebuild_plan plan, mlp_model **out);

#endif
