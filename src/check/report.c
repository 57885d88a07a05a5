#include "check/report.h"
#include "base/error.h"
#include "base/memory.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

mlp_status mlpi_check_create(int32_t capacity, mlp_check **out)
{
    const int64_t bytes = (int64_t)sizeof(mlp_check) + capacity * (int64_t)sizeof(mlpi_check_row);
    mlp_check *check = mlpi_zalloc(bytes);
    if (!check)
        return mlpi_fail_memory("a report", bytes);
    check->capacity = capacity;
    check->rows = (mlpi_check_row *)(check + 1);
    *out = check;
    return MLP_OK;
}

mlp_status mlpi_check_finish(mlp_status status, mlp_check **out)
{
    if (status != MLP_OK) {
        mlpi_free(*out);
        *out = NULL;
    }
    return status;
}

mlpi_check_row *mlpi_check_add(mlp_check *check, const char *method, double bound, const char *format, ...)
{
    mlpi_assert(check->count < check->capacity);
    mlpi_check_row *row = &check->rows[check->count++];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(row->name, sizeof row->name, format, arguments);
    va_end(arguments);
    row->method = method;
    row->bound = bound;
    return row;
}

void mlpi_check_compare(mlpi_check_row *row, double got, double want, double scale)
{
    const double error = fabs(got - want), ratio = got == want ? 0 : error / scale;
    if (!(ratio <= row->residual))
        row->residual = isnan(row->residual) ? row->residual : ratio;
}

int mlpi_check_row_passed(const mlpi_check_row *row)
{
    return row->residual <= row->bound;
}
