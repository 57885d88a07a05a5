/*
 * A function of the user's: what its vjp says of <y_bar, y(x, theta)> against differences of that value, entry by entry and
 * along random directions; and that the vjp overwrites what it is given.
 */
#include "base/error.h"
#include "base/memory.h"
#include "base/random.h"
#include "check/check.h"
#include "check/difference.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum { POINTS = 4, MOST_ENTRIES = 256 };

/* x and theta of a point side by side, so that one index reaches either; what is moved, and what comes of it. */
typedef struct subject {
    const mlpi_check_function *function;
    int64_t count;      /* n_in + n_theta */
    double *at, *along; /* the point, and the direction of the present difference */
    double *moved;
    double *y, *y_bar;
    double *bar; /* [x_bar | theta_bar] */
    double *again;
    mlpi_difference *want;
} subject;

static mlp_status create(const mlpi_check_function *function, subject *s, double **block)
{
    const int64_t count = function->n_in + function->n_theta, doubles = 5 * count + 2 * function->n_out;
    *block = mlpi_calloc(doubles + 2 * (int64_t)MOST_ENTRIES, sizeof **block);
    if (!*block)
        return mlpi_fail_memory("a check", doubles * (int64_t)sizeof **block);
    double *p = *block;
    *s = (subject){function,      count,         p,   p + count, p + 2 * count, p + 5 * count, NULL,
                   p + 3 * count, p + 4 * count, NULL};
    s->y_bar = s->y + function->n_out;
    s->want = (mlpi_difference *)(s->y_bar + function->n_out);
    return MLP_OK;
}

/* A callback without theta is given none. */
static double *theta_of(const subject *s, double *array)
{
    return s->function->n_theta > 0 ? array + s->function->n_in : NULL;
}

/* <y_bar, y> at the point moved by h along the direction. */
static mlp_status value_at(void *context, double h, double *value)
{
    const subject *s = context;
    const mlpi_check_function *f = s->function;
    for (int64_t i = 0; i < s->count; i++)
        s->moved[i] = s->at[i] + h * s->along[i];
    const int32_t result = f->value(s->moved, theta_of(s, s->moved), s->y, f->context);
    if (result != 0)
        return mlpi_fail_callback("the checked value", result);
    *value = 0;
    for (int64_t p = 0; p < f->n_out; p++)
        *value += s->y_bar[p] * s->y[p];
    return MLP_OK;
}

/* The cotangents, where every element was `before`. */
static mlp_status pull_back(const subject *s, double before, double *bar)
{
    const mlpi_check_function *f = s->function;
    for (int64_t i = 0; i < s->count; i++)
        bar[i] = before;
    memcpy(s->moved, s->at, (size_t)s->count * sizeof *s->at);
    const int32_t result =
        f->vjp(s->moved, theta_of(s, s->moved), s->y_bar, bar, theta_of(s, bar), f->context);
    return result != 0 ? mlpi_fail_callback("the checked vjp", result) : MLP_OK;
}

static double draw(mlpi_random *random)
{
    return 2 * mlpi_random_uniform(random) - 1;
}

/* Entries from .. from + count - 1, or some of them where they are many; their scale is the largest difference. */
static mlp_status check_entries(subject *s, mlpi_random *random, int64_t from, int64_t count,
                                mlpi_difference_row *row)
{
    const int64_t entries = count < MOST_ENTRIES ? count : MOST_ENTRIES;
    int64_t index[MOST_ENTRIES];
    mlp_status status = MLP_OK;
    double scale = 0;
    for (int64_t e = 0; e < entries && status == MLP_OK; e++) {
        index[e] = from + (entries == count ? e : (int64_t)mlpi_random_below(random, (uint64_t)count));
        memset(s->along, 0, (size_t)s->count * sizeof *s->along);
        s->along[index[e]] = 1;
        status = mlpi_difference_of(value_at, s, 0.25, &s->want[e]);
        if (s->want[e].estimate <= fabs(s->want[e].derivative))
            scale = fmax(scale, fabs(s->want[e].derivative));
    }
    for (int64_t e = 0; e < entries && status == MLP_OK; e++)
        mlpi_difference_compare(row, s->bar[index[e]], &s->want[e], scale > DBL_MIN ? scale : 1);
    return status;
}

/* Every entry at once: <x_bar, x_dot> + <theta_bar, theta_dot>, on the scale of the sum of magnitudes. */
static mlp_status check_direction(subject *s, mlpi_random *random, mlpi_difference_row *row)
{
    double got = 0, scale = 0;
    for (int64_t i = 0; i < s->count; i++) {
        s->along[i] = draw(random);
        got += s->bar[i] * s->along[i];
        scale += fabs(s->bar[i] * s->along[i]);
    }
    const mlp_status status = mlpi_difference_of(value_at, s, 0.25, &s->want[0]);
    mlpi_difference_compare(row, got, &s->want[0], scale > DBL_MIN && scale < INFINITY ? scale : 1);
    return status;
}

static mlp_status check_point(subject *s, mlpi_random *random, mlpi_difference_row rows[3],
                              mlpi_check_row *overwritten)
{
    for (int64_t i = 0; i < s->function->n_in; i++)
        s->at[i] = draw(random);
    for (int64_t p = 0; p < s->function->n_out; p++)
        s->y_bar[p] = draw(random);
    mlp_status status = pull_back(s, 0, s->bar);
    if (status == MLP_OK)
        status = pull_back(s, 1, s->again);
    for (int64_t i = 0; i < s->count && status == MLP_OK; i++)
        mlpi_check_compare(overwritten, s->again[i], s->bar[i], 1);
    if (status == MLP_OK)
        status = check_entries(s, random, 0, s->function->n_in, &rows[0]);
    if (status == MLP_OK)
        status = check_entries(s, random, s->function->n_in, s->function->n_theta, &rows[1]);
    return status == MLP_OK ? check_direction(s, random, &rows[2]) : status;
}

static mlp_status check_points(subject *s, uint64_t seed, mlp_check *check)
{
    mlpi_difference_row rows[3] = {{0}};
    mlpi_random random = mlpi_random_stream(seed, MLPI_RANDOM_OTHER, 2);
    mlp_status status = MLP_OK;
    mlpi_check_row *overwritten = mlpi_check_add(check, "called again", 0, "overwritten, not added to");
    if (s->function->n_theta > 0)
        memcpy(s->at + s->function->n_in, s->function->theta, (size_t)s->function->n_theta * sizeof *s->at);
    for (int i = 0; i < POINTS && status == MLP_OK; i++)
        status = check_point(s, &random, rows, overwritten);
    mlpi_difference_close(&rows[0], check, "x_bar");
    if (s->function->n_theta > 0)
        mlpi_difference_close(&rows[1], check, "theta_bar");
    mlpi_difference_close(&rows[2], check, "vjp along directions");
    return status;
}

mlp_status mlpi_check_of_function(const mlpi_check_function *function, uint64_t seed, mlp_check **out)
{
    double *block = NULL;
    subject s = {.function = function};
    mlp_status status = mlpi_check_create(4, out);
    if (status == MLP_OK)
        status = create(function, &s, &block);
    if (status == MLP_OK && block)
        status = check_points(&s, seed, *out);
    mlpi_free(block);
    return mlpi_check_finish(status, out);
}
