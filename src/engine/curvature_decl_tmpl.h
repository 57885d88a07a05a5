/*
 * Keep what products need, from the cotangents G_L (n_L x batch at the tape's leading dimension), which are used up. The
 * gradient itself goes to `gradients`, unless NULL. Callbacks' sigma' and sigma'' have been prepared.
 */
void T(mlpi_curvature_keep)(const mlpi_chain *chain, const mlpi_tape *tape, mlpi_curvature_memory *memory,
                            int64_t batch, REAL *G, const mlpi_gradient *gradients);

/* RY_L (n_L x batch at the tape's leading dimension) along `directions`, whose matrices are compact. Gives jets up. */
const REAL *T(mlpi_curvature_push)(const mlpi_chain *chain, const mlpi_tape *tape,
                                   const mlpi_curvature_memory *memory, int64_t batch,
                                   const mlpi_direction *directions);

/* The product along the same directions, from RG_L (n_L x batch at the tape's leading dimension). */
void T(mlpi_curvature_pull)(const mlpi_chain *chain, const mlpi_tape *tape, const mlpi_curvature_memory *memory,
                            int64_t batch, const mlpi_direction *directions, const REAL *RG,
                            const mlpi_gradient *products);
