/*
 * Chains of layers, and what the engine does with them. The engine never sees a model.
 *
 * Columns are samples. Every sweep may carry K streams per sample (directions, cotangents, rows of a Jacobian): the
 * columns of sample s are then s K .. s K + K - 1 of a matrix with batch K columns.
 */
#ifndef MLPI_ENGINE_CHAIN_H
#define MLPI_ENGINE_CHAIN_H

#include "engine/plan.h"
#include "layer/layer.h"

typedef struct mlpi_chain {
    int32_t count;            /* L */
    const mlpi_layer *layers; /* layer l at [l - 1] */
    const mlpi_plan *plan;    /* how to run it */
} mlpi_chain;

/*
 * What a forward pass leaves behind. Layer l's matrices have leading dimension ld[l] and n_l rows. A pass that
 * nothing will be differentiated at aliases y[l] to two buffers in turn and has no z and slope.
 */
typedef struct mlpi_tape {
    int64_t *ld;    /* l = 0..L */
    void **y;       /* l = 0..L */
    void **z;       /* l = 1..L: where sigma_l' reads z and sigma_l is not the identity, else NULL */
    void **slope;   /* l = 1..L: sigma_l'(z_l), stored where a callback computes it, else NULL */
    int has_slopes; /* the stored slopes belong to the remembered pass */
} mlpi_tape;

/* The columns a sweep carries: `streams` for each of the samples first .. first + samples - 1 of the pass. */
typedef struct mlpi_span {
    int64_t first, samples, streams;
} mlpi_span;

/* A part of an n_l x columns matrix. */
typedef struct mlpi_part {
    int64_t column, columns, row, rows;
} mlpi_part;

/* Where the gradient in one layer's parameters goes: overwritten. */
typedef struct mlpi_gradient {
    void *A; /* n_out x n_in */
    int64_t lda;
    void *b; /* n_out */
} mlpi_gradient;

/* A tangent of one layer's parameters. */
typedef struct mlpi_direction {
    const void *A; /* n_out x n_in, leading dimension n_out */
    const void *b; /* n_out */
} mlpi_direction;

/* The native engine runs the whole chain by itself: no activation is a callback. */
int mlpi_chain_is_native(const mlpi_chain *chain);

/* Multiply-adds of a forward pass. */
double mlpi_chain_work(const mlpi_chain *chain, int64_t batch);

/* How many threads a sweep is worth that takes so many forward passes; a BLAS and callbacks stay on the caller's. */
int32_t mlpi_chain_threads(const mlpi_chain *chain, int64_t batch, double passes);

#include "base/real32.h"
#include "engine/chain_decl_tmpl.h"
#include "base/real64.h"
#include "engine/chain_decl_tmpl.h"

#endif
