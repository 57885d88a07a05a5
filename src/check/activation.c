/*
 * One activation: a built-in one against its definition, in both number types; a registered one, whose definition is its
 * value, order by order against differences of the order below.
 */
#include "check/check.h"
#include "check/definition.h"
#include "check/difference.h"

#include "base/random.h"

#include <float.h>
#include <math.h>
#include <stdio.h>

enum { POINTS = 64 };
static const double least = 1.0 / 16, most = 4; /* |z| of the points; at 0 sigma'' and others have no scale */

static const char *const symbols[MLPI_ORDERS] = {"sigma", "sigma'", "sigma''", "sigma'''"};

static double point(uint64_t seed, int i)
{
    const mlpi_random random = mlpi_random_stream(seed, MLPI_RANDOM_OTHER, 1);
    const double u = 2 * mlpi_random_uniform_at(&random, (uint64_t)i) - 1;
    return (float)(u < 0 ? u * (most - least) - least : u * (most - least) + least);
}

/* sigma^(order)(z) in a number type. */
static mlp_status evaluate(const mlpi_activation *activation, mlp_dtype dtype, int32_t order, double z,
                           double *value)
{
    float in = (float)z, out = 0;
    if (dtype == MLP_F64)
        return mlpi_activation_evaluate_f64(activation, order, 1, &z, value);
    const mlp_status status = mlpi_activation_evaluate_f32(activation, order, 1, &in, &out);
    *value = out;
    return status;
}

/*
 * Twice the documented 4 u, as derivatives read from y also have its error; and the roundings of the definition itself,
 * which matter where long double is double.
 */
static double definition_bound(mlp_dtype dtype)
{
    const double u = (dtype == MLP_F32 ? FLT_EPSILON : DBL_EPSILON) / 2;
    return 8 * u + 256 * (double)LDBL_EPSILON;
}

/* |sigma^(k)| + |z sigma^(k+1)|, and for a kind that reads y the most any point has. */
static mlp_status check_order(const mlpi_activation *activation, mlp_dtype dtype, int32_t order,
                              uint64_t seed, mlpi_check_row *row)
{
    static const double factorial[] = {1, 1, 2, 6, 24};
    const double parameter = dtype == MLP_F32 ? (float)activation->parameter : activation->parameter;
    mlp_status status = MLP_OK;
    double want[POINTS], scale[POINTS], largest = 0;
    for (int i = 0; i < POINTS; i++) {
        long double c[MLPI_SERIES];
        const double z = point(seed, i);
        mlpi_definition_series(activation, parameter, z, c);
        want[i] = (double)(c[order] * factorial[order]);
        scale[i] = fabs(want[i]) + fabs(z * (double)c[order + 1] * factorial[order + 1]);
        largest = fmax(largest, fabs(want[i]));
    }
    for (int i = 0; i < POINTS && status == MLP_OK; i++) {
        double got = 0;
        status = evaluate(activation, dtype, order, point(seed, i), &got);
        const int reads_y = order > 0 && mlpi_activation_reads(activation) == MLPI_READS_Y;
        mlpi_check_compare(row, got, want[i], reads_y ? largest : scale[i]);
    }
    return status;
}

static mlp_status check_built_in(const mlpi_activation *activation, uint64_t seed, mlp_check *check)
{
    static const mlp_dtype dtypes[] = {MLP_F32, MLP_F64};
    mlp_status status = MLP_OK;
    for (int i = 0; i < 2; i++)
        for (int32_t order = 0; order < MLPI_ORDERS && status == MLP_OK; order++) {
            mlpi_check_row *row =
                mlpi_check_add(check, "definition", definition_bound(dtypes[i]), "%s %s %s",
                               mlpi_activation_name(activation), symbols[order], mlp_dtype_name(dtypes[i]));
            status = check_order(activation, dtypes[i], order, seed, row);
        }
    return status;
}

/* sigma^(order)(z + h) */
typedef struct moved {
    const mlpi_activation *activation;
    int32_t order;
    double z;
} moved;

static mlp_status value_at(void *context, double h, double *value)
{
    const moved *of = context;
    return evaluate(of->activation, MLP_F64, of->order, of->z + h, value);
}

static mlp_status check_registered(const mlpi_activation *activation, int32_t order, uint64_t seed,
                                   mlp_check *check)
{
    mlpi_difference_row row = {0};
    char name[MLPI_CHECK_NAME];
    mlpi_difference want[POINTS];
    mlp_status status = MLP_OK;
    double scale = 0;
    for (int i = 0; i < POINTS && status == MLP_OK; i++) {
        moved of = {activation, order - 1, point(seed, i)};
        status = mlpi_difference_of(value_at, &of, 0.25, &want[i]);
        if (want[i].estimate <= 1)
            scale = fmax(scale, fabs(want[i].derivative));
    }
    /* a derivative that is 0 everywhere, on a scale of its function's */
    scale = scale > DBL_MIN ? scale : 1;
    for (int i = 0; i < POINTS && status == MLP_OK; i++) {
        double got = 0;
        status = evaluate(activation, MLP_F64, order, point(seed, i), &got);
        mlpi_difference_compare(&row, got, &want[i], scale);
    }
    snprintf(name, sizeof name, "%.40s %s", mlpi_activation_name(activation), symbols[order]);
    mlpi_difference_close(&row, check, name);
    return status;
}

mlp_status mlpi_check_add_activation(const mlpi_activation *activation, uint64_t seed, mlp_check *check)
{
    mlp_status status = MLP_OK;
    if (activation->kind)
        return check_built_in(activation, seed, check);
    for (int32_t order = 1; order <= mlpi_activation_max_order(activation) && status == MLP_OK; order++)
        status = check_registered(activation, order, seed, check);
    return status;
}

mlp_status mlpi_check_of_activation(const mlpi_activation *activation, uint64_t seed, mlp_check **out)
{
    mlp_status status = mlpi_check_create(MLPI_CHECK_ACTIVATION_ROWS, out);
    if (status == MLP_OK)
        status = mlpi_check_add_activation(activation, seed, *out);
    return mlpi_check_finish(status, out);
}
