#include "model/layout.h"
#include "layer/padding.h"

#include <string.h>

/* Appends rows x columns elements on 64 bytes; returns their offset, or -1 on overflow. */
static int64_t append(int64_t rows, int64_t columns, int64_t unit, int64_t *end)
{
    const int64_t offset = *end;
    int64_t used;
    if (!mlpi_checked_mul_add(rows, columns, offset, &used) || !mlpi_checked_round_up(used, unit, end))
        return -1;
    return offset;
}

static int place_layer(mlp_dtype dtype, int64_t n_in, int64_t n_out, mlpi_layout *at, mlpi_layout_size *size)
{
    const int64_t unit = MLPI_VECTOR_BYTES / mlpi_dtype_size(dtype);
    at->n_in = n_in;
    at->n_out = n_out;
    at->lda = mlpi_leading_dimension(n_out, dtype);
    at->A = append(at->lda, n_in, unit, &size->padded);
    at->b = at->A < 0 ? -1 : append(n_out, 1, unit, &size->padded);
    /* theta is no longer than its padded form: no overflow where that has none */
    if (at->b < 0)
        return 0;
    at->compact_A = size->compact;
    at->compact_b = at->compact_A + n_out * n_in;
    size->compact = at->compact_b + n_out;
    return 1;
}

int mlpi_layout_place(mlp_dtype dtype, int32_t layers, const int64_t *widths, mlpi_layout *layout,
                      mlpi_layout_size *size)
{
    int64_t bytes;
    *size = (mlpi_layout_size){0, 0};
    for (int32_t l = 0; l < layers; l++) {
        mlpi_layout at;
        if (!place_layer(dtype, widths[l], widths[l + 1], &at, size))
            return 0;
        if (layout)
            layout[l] = at;
    }
    return mlpi_checked_mul(size->padded, mlpi_dtype_size(dtype), &bytes);
}

/* The layer that theta[offset] belongs to: the last one that starts no later. */
static const mlpi_layout *find(const mlpi_layout *layout, int32_t layers, int64_t offset)
{
    int32_t from = 0, to = layers;
    while (to - from > 1) {
        const int32_t middle = from + (to - from) / 2;
        if (layout[middle].compact_A <= offset)
            from = middle;
        else
            to = middle;
    }
    return &layout[from];
}

mlpi_layout_run mlpi_layout_run_from(const mlpi_layout *layout, int32_t layers, int64_t offset)
{
    const mlpi_layout *at = find(layout, layers, offset);
    if (offset >= at->compact_b) {
        const int64_t i = offset - at->compact_b;
        return (mlpi_layout_run){at->b + i, at->n_out - i};
    }
    const int64_t k = offset - at->compact_A;
    if (at->lda == at->n_out)
        return (mlpi_layout_run){at->A + k, at->n_out * at->n_in - k};
    const int64_t i = k % at->n_out, j = k / at->n_out;
    return (mlpi_layout_run){at->A + i + j * at->lda, at->n_out - i};
}

#include "base/real32.h"
#include "model/layout_tmpl.h"
#include "base/real64.h"
#include "model/layout_tmpl.h"
