/*
 * Hessian-vector products in the parameters, by Pearlmutter's R-operator (Neural Computation 6, 1994): with a direction V, v
 * and Delta_l = sigma_l' o G_l of the loss at the remembered pass,
 *
 *     RZ_l     = A_l RY_{l-1} + V_l Y_{l-1} + v_l 1^T      RY_l     = sigma' o RZ_l
 *     RDelta_l = sigma' o RG_l + sigma'' o G_l o RZ_l      RG_{l-1} = A_l^T RDelta_l + V_l^T Delta_l
 *     R(dA_l)  = RDelta_l Y_{l-1}^T + Delta_l RY_{l-1}^T   R(db_l)  = RDelta_l 1
 *
 * sigma', Delta and sigma'' o G do not depend on the direction: they are kept, for as many products as are wanted.
 */
#ifndef MLPI_ENGINE_CURVATURE_H
#define MLPI_ENGINE_CURVATURE_H

#include "engine/jet.h"

/* What is kept of layer l, n_l x batch each; where sigma'' = 0 no bend, of an identity only Delta. */
typedef struct mlpi_curvature_layer {
    void *slope, *delta, *bend; /* sigma', sigma' o G, sigma'' o G */
} mlpi_curvature_layer;

typedef struct mlpi_curvature_memory {
    mlpi_curvature_layer *layers; /* 1..L at [l - 1] */
    mlpi_jet_memory *jets;        /* whose streams hold RZ and RY of a chunk, and whose rooms are used */
    int64_t chunk;                /* samples a product takes at a time: so many fit the second cache */
    void *sums;                   /* for each thread, the widest layer */
    int ready;                    /* all samples are kept */
} mlpi_curvature_memory;

/* Takes what a chain of these layers needs, besides `jets` of the same; NULL while the arena only measures. */
mlpi_curvature_memory *mlpi_curvature_take(mlpi_arena *arena, mlp_dtype dtype, int32_t layers,
                                           const int64_t *widths, const mlpi_activation *activations,
                                           int64_t max_batch, int32_t threads, mlpi_jet_memory *jets);

#include "base/real32.h"
#include "engine/curvature_decl_tmpl.h"
#include "base/real64.h"
#include "engine/curvature_decl_tmpl.h"

#endif
