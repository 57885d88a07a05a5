#include "engine/columns.h"
#include "engine/float_mode.h"
#include "layer/padding.h"

static int64_t widest_of(const mlpi_chain *chain)
{
    int64_t widest = chain->layers[0].n_in;
    for (int32_t l = 0; l < chain->count; l++)
        widest = chain->layers[l].n_out > widest ? chain->layers[l].n_out : widest;
    return widest;
}

int mlpi_columns_fit(int32_t layers, const int64_t *widths)
{
    for (int32_t l = 0; l <= layers; l++)
        if (widths[l] > MLPI_COLUMNS_WIDEST)
            return 0;
    return 1;
}

int64_t mlpi_columns_bytes(mlp_dtype dtype, int32_t layers, const int64_t *widths)
{
    const mlpi_kernels *kernels = mlpi_kernels_for(MLPI_VECTOR_AVX512);
    const int64_t panel = dtype == MLP_F32 ? kernels->f32.panel : kernels->f64.panel;
    int64_t widest = 0;
    for (int32_t l = 0; l <= layers; l++)
        widest = widths[l] > widest ? widths[l] : widest;
    return 2 * widest * panel * mlpi_dtype_size(dtype);
}

#include "base/real32.h"
#include "engine/tile_tmpl.h"
#include "engine/columns_tmpl.h"
#include "base/real64.h"
#include "engine/tile_tmpl.h"
#include "engine/columns_tmpl.h"
