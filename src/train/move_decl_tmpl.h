/*
 * `count` parameters of layer l from theta on, which are weights or biases, and what the optimizer keeps of them. For several
 * parts at once.
 */
void T(mlpi_move_part)(mlp_trainer *trainer, const mlpi_move *move, int32_t l, REAL *theta, int64_t count,
                       const REAL *gradient);

/* Takes all parameters into the average, where the step's own parts have not: after plain ones. */
void T(mlpi_move_average)(mlp_trainer *trainer, const mlpi_move *move);

/* All parameters, by a gradient in their layout. Fails, with nothing moved, where its norm is wanted and not finite. */
mlp_status T(mlpi_move_all)(mlp_trainer *trainer, mlpi_move *move, const REAL *gradient);
