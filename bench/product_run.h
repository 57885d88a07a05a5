/**
 * @file
 * Run a product with the BLAS this process finds as libblas.so.3, whatever it was linked with.
 */
#ifndef BENCH_PRODUCT_RUN_H
#define BENCH_PRODUCT_RUN_H

#include "product.h"

struct product_run;

/** Make a product ready; NULL where there is no BLAS. */
struct product_run *product_run_create(const struct product *product);

/** Free it. */
void product_run_destroy(struct product_run *run);

/** Compute it once. */
void product_run_once(struct product_run *run);

/** The largest relative difference of some elements of the first run's result from sums in double. */
double product_run_residual(struct product_run *run);

/** What the BLAS says it is, "libblas.so.3" where it says nothing. */
const char *product_run_library(void);

#endif
