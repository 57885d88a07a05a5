/* theta[offset, offset + count) between compact and padded storage of any vector laid out as the parameters. */
void T(mlpi_layout_gather)(const mlpi_layout *layout, int32_t layers, const REAL *padded, int64_t offset,
                           int64_t count, REAL *compact);
void T(mlpi_layout_scatter)(const mlpi_layout *layout, int32_t layers, const REAL *compact, int64_t offset,
                            int64_t count, REAL *padded);
