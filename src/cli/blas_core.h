/**
 * @file
 * A BLAS that took kernels of an older CPU takes the right ones when the program starts anew with a variable set.
 */
#ifndef CLI_BLAS_CORE_H
#define CLI_BLAS_CORE_H

#include <stdbool.h>

/**
 * Start the program again, once, with the variable the library advises. Returns where there is nothing to gain, the
 * variable is set already, or it cannot be done: the program then goes on as it is, only slower.
 *
 * @param verbose  say so
 */
void blas_core_select(char **argv, bool verbose);

#endif
