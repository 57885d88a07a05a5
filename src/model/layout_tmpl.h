/* Template: runs copied one way or the other. */

void T(mlpi_layout_gather)(const mlpi_layout *layout, int32_t layers, const REAL *padded, int64_t offset,
                           int64_t count, REAL *compact)
{
    while (count > 0) {
        const mlpi_layout_run run = mlpi_layout_run_from(layout, layers, offset);
        const int64_t copied = run.count < count ? run.count : count;
        memcpy(compact, padded + run.padded, (size_t)copied * sizeof(REAL));
        compact += copied;
        offset += copied;
        count -= copied;
    }
}

void T(mlpi_layout_scatter)(const mlpi_layout *layout, int32_t layers, const REAL *compact, int64_t offset,
                            int64_t count, REAL *padded)
{
    while (count > 0) {
        const mlpi_layout_run run = mlpi_layout_run_from(layout, layers, offset);
        const int64_t copied = run.count < count ? run.count : count;
        memcpy(padded + run.padded, compact, (size_t)copied * sizeof(REAL));
        compact += copied;
        offset += copied;
        count -= copied;
    }
}
