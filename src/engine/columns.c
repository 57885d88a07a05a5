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
    return mlpi_plan_widest(0, layers, widths) <= MLPI_COLUMNS_WIDEST;
}

int64_t mlpi_columns_bytes(mlp_dtype dtype, int32_t layers, const int64_t *widths)
{
    return 2 * mlpi_plan_widest(0, layers, widths) * mlpi_plan_panel(dtype) * mlpi_dtype_size(dtype);
}

#include "base/real32.h"
#include "engine/tile_tmpl.h"
#include "engine/columns_tmpl.h"
#include "base/real64.h"
#include "engine/tile_tmpl.h"
#include "engine/columns_tmpl.h"
