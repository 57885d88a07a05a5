/*
 * Where parameters lie: theta at the border is compact,
 *
 *     theta = [A_1 | b_1 | ... | A_L | b_L],   A_l column-major with leading dimension n_l
 *
 * while a vector the library owns is padded: every A_l and b_l starts on 64 bytes, with the leading dimension of
 * layer/padding.h; its padding is zero and stays zero. One layout serves parameters, gradients and optimizer state.
 */
#ifndef MLPI_MODEL_LAYOUT_H
#define MLPI_MODEL_LAYOUT_H

#include "mlp/base.h"

/* Where layer l's parameters are, at [l - 1]; offsets in elements. */
typedef struct mlpi_layout {
    int64_t n_in, n_out, lda;
    int64_t A, b;                 /* in padded storage */
    int64_t compact_A, compact_b; /* in theta */
} mlpi_layout;

/* Lengths of the two forms, in elements. */
typedef struct mlpi_layout_size {
    int64_t padded, compact;
} mlpi_layout_size;

/*
 * Places `layers` layers between the given widths (each 1 .. 2^31 - 1). `layout` may be NULL: only the sizes are
 * told. Returns 0, with nothing of use written, if the padded vector would not fit the address space.
 */
int mlpi_layout_place(mlp_dtype dtype, int32_t layers, const int64_t *widths, mlpi_layout *layout,
                      mlpi_layout_size *size);

/* Elements that follow each other in theta and in padded storage alike: a column of A_l, a b_l, or more. */
typedef struct mlpi_layout_run {
    int64_t padded; /* where the run starts in padded storage */
    int64_t count;  /* its length */
} mlpi_layout_run;

/* The longest run from theta[offset] on; the offset is in range. */
mlpi_layout_run mlpi_layout_run_from(const mlpi_layout *layout, int32_t layers, int64_t offset);

#include "base/real32.h"
#include "model/layout_decl_tmpl.h"
#include "base/real64.h"
#include "model/layout_decl_tmpl.h"

#endif
