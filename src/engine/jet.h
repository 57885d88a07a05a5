/*
 * Jets: derivatives along directions, carried through a chain beside the values of a remembered pass, and the reverse
 * sweep over them.
 *
 * A sample has M groups of P directions. Along direction v of x, y1 = dy/dt and y2 = d2y/dt2 at x + t v; the directions
 * of one group share their second derivative, summed with weights w. P = 1 gives plain jets, one group of all the units
 * of x the Laplacian. With s', s'', s''' at z = A y + b:
 *
 *     z1 = A y1    y1 = s' z1
 *     z2 = A y2    y2 = s'' sum_P w z1^2 + s' z2
 *     z3 = A y3    y3 = s''' z1^3 + 3 s'' z1 z2 + s' z3          forward only, P = 1
 *
 * and the reverse, from cotangents g0, g1, g2 of y, y1, y2:
 *
 *     z2_bar = s' g2    z1_bar = s' g1 + 2 w s'' z1 g2
 *     z0_bar = s' g0 + sum_M ( sum_P s'' z1 g1 + (s'' z2 + s''' sum_P w z1^2) g2 )
 *
 * A_bar and the cotangents below follow from each stream as in the plain reverse sweep. All streams of a few samples
 * stand side by side in one matrix, so that each layer is one product of many columns:
 *
 *     | y0: S | y1: S M P | y2: S M | y3: S M |        a group of S samples; groups one after the other
 */
#ifndef MLPI_ENGINE_JET_H
#define MLPI_ENGINE_JET_H

#include "engine/chain.h"

enum {
    MLPI_JET_GROUP = 256,            /* columns of a group of samples, about */
    MLPI_JET_CHUNK_BYTES = 768 << 10 /* of what a chunk of samples keeps: three quarters of a second cache */
};

/* What is carried. */
typedef struct mlpi_jet {
    int32_t order;        /* the highest derivative: 1, 2 or 3 */
    int64_t groups, size; /* M, P */
} mlpi_jet;

/* The streams of one layer: n_l rows at the tape's leading dimension, `columns` columns. */
typedef struct mlpi_jet_layer {
    void *z, *y;          /* z_k, over which z_k_bar is written; y_k; l = 0 has y alone */
    void *second, *third; /* s'' and s''' of the remembered pass where a callback computes them, else NULL */
} mlpi_jet_layer;

/* What one thread needs besides. */
typedef struct mlpi_jet_room {
    void *cotangents; /* widest layer x a group's columns */
    void *seconds;    /* the same again */
    void *slopes[3];  /* s', s'', s''': widest layer x MLPI_JET_GROUP / 2, as a sample has two streams */
    void *panel;      /* as in a plan */
} mlpi_jet_room;

typedef struct mlpi_jet_memory {
    int64_t columns;        /* of every layer's streams */
    int64_t widest;         /* the largest leading dimension */
    int64_t most;           /* streams of one sample, y0 included */
    int32_t curves;         /* the highest order callbacks have been asked for at the remembered pass */
    mlpi_jet_layer *layers; /* 0..L */
    mlpi_jet_room *rooms;   /* one for each thread */
    void *base;             /* z1 of layer 1 where all samples have the same directions: n_1 x most */
    void *weights;          /* n_0: w, where has_weights; else all are 1 */
    int has_weights;
    mlpi_jet held; /* the remembered jet; groups = 0: none */
} mlpi_jet_memory;

/* Streams of one sample, y0 included. */
int64_t mlpi_jet_streams(const mlpi_jet *jet);

/* Takes what jets of `streams` streams a sample need besides y0; NULL while the arena only measures. */
mlpi_jet_memory *mlpi_jet_take(mlpi_arena *arena, mlp_dtype dtype, int32_t layers, const int64_t *widths,
                               const mlpi_activation *activations, int64_t max_batch, int64_t streams,
                               int32_t threads);

/* Nothing is remembered any more, the callbacks' slopes neither. */
void mlpi_jet_forget(mlpi_jet_memory *memory);

#include "base/real32.h"
#include "engine/jet_decl_tmpl.h"
#include "base/real64.h"
#include "engine/jet_decl_tmpl.h"

#endif
