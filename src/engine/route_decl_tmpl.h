/* The way of a pass over `batch` samples. `output_only`: nothing but y_L is wanted of it. */
void T(mlpi_route_of)(const mlpi_chain *chain, int64_t batch, int output_only, mlpi_route *route);

/* Every way there is, that of mlpi_route_of() first; returns how many. All give the same bits. */
int32_t T(mlpi_route_candidates)(const mlpi_chain *chain, int64_t batch, int output_only,
                                 mlpi_route routes[MLPI_ROUTE_CANDIDATES + 1]);
