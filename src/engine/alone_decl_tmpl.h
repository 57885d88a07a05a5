/*
 * y (n_L) = y_L from x (n_0), with the bits of mlpi_chain_forward(); the tape has a buffer for each layer but the last, or
 * two in turn. Returns 0, and has done nothing, where the plan or the chain is not for it: threads, the common order, a BLAS,
 * callbacks, one layer alone. y may be x.
 */
int T(mlpi_alone_forward)(const mlpi_chain *chain, const mlpi_tape *tape, const REAL *x, REAL *y);
