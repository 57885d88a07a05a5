/*
 * What a check has found: rows of residuals beside their bounds. A residual is the largest |error| / scale of what was
 * compared; docs/math.md says which scale and bound belong to which row.
 */
#ifndef MLPI_CHECK_REPORT_H
#define MLPI_CHECK_REPORT_H

#include "mlp/check.h"

enum { MLPI_CHECK_NAME = 56 };

typedef struct mlpi_check_row {
    char name[MLPI_CHECK_NAME];
    const char *method; /* lives for ever */
    double residual, bound;
} mlpi_check_row;

struct mlp_check {
    int32_t count, capacity;
    mlpi_check_row *rows;
};

/* An empty report with room for so many rows, in one block. */
mlp_status mlpi_check_create(int32_t capacity, mlp_check **out);

/* The report of a check that ended with `status`: freed, and *out NULL, where it failed. Returns the status. */
mlp_status mlpi_check_finish(mlp_status status, mlp_check **out);

/* A new row, its residual 0; the caller keeps to the capacity. The name is `text` with the layers or order it is of, if any. */
__attribute__((format(printf, 4, 5))) mlpi_check_row *mlpi_check_add(mlp_check *check, const char *method,
                                                                     double bound, const char *format, ...);

/* Raises the row's residual to |got - want| / scale; what is not a number stays in it. A scale of 0 asks for equality. */
void mlpi_check_compare(mlpi_check_row *row, double got, double want, double scale);

/* Whether the residual is within the bound. */
int mlpi_check_row_passed(const mlpi_check_row *row);

#endif
