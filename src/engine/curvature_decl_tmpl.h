/*
 * Keep what products need of samples first .. first + batch - 1, from their cotangents G_L (n_L x batch at the tape's
 * leading dimension). The gradient itself goes to `gradients`, unless NULL: the first chunk begins it, the others add.
 * Callbacks' sigma' and sigma'' have been prepared.
 */
void T(mlpi_curvature_keep)(const mlpi_chain *chain, const mlpi_tape *tape,
                            const mlpi_curvature_memory *memory, int64_t first, int64_t batch, const REAL *G,
                            const mlpi_gradient *gradients);

/*
 * RY_L (n_L x batch at the tape's leading dimension) along `directions`, whose matrices are compact, for samples first ..
 * first + batch - 1, at most a chunk. Gives jets up.
 */
const REAL *T(mlpi_curvature_push)(const mlpi_chain *chain, const mlpi_tape *tape,
                                   const mlpi_curvature_memory *memory, int64_t first, int64_t batch,
                                   const mlpi_direction *directions);

/*
 * The product along the same directions and over the same samples, from RG_L (n_L x batch at the tape's leading
 * dimension). The first chunk begins `products`, the others add to it.
 */
void T(mlpi_curvature_pull)(const mlpi_chain *chain, const mlpi_tape *tape,
                            const mlpi_curvature_memory *memory, int64_t first, int64_t batch,
                            const mlpi_direction *directions, const REAL *RG, const mlpi_gradient *products);
