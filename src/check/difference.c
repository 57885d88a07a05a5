#include "check/difference.h"

#include <float.h>
#include <math.h>

enum {
    LEVELS = 12, /* steps, each half of the one before */
    COLUMNS = 5  /* of the extrapolation: a value is made of so many steps, so that it leaves a kink behind */
};

/* slope = (f(h) - f(-h)) / 2h, and bend = (f(h) + f(-h) - 2 f(0)) / 2h */
typedef struct central {
    double slope, bend;
} central;

static mlp_status central_of(mlpi_displaced value, void *context, double h, double middle,
                             central *difference)
{
    double above = 0, below = 0;
    mlp_status status = value(context, h, &above);
    if (status == MLP_OK)
        status = value(context, -h, &below);
    *difference = (central){(above - below) / (2 * h), (above + below - 2 * middle) / (2 * h)};
    return status;
}

/*
 * How far off values are, from a fourth difference over steps so small that a smooth function has none: its deviation is
 * sqrt(70) times theirs (More and Wild, SIAM J. Sci. Comput. 33, 2011). Values of double have at least its rounding.
 */
static mlp_status noise_of(mlpi_displaced value, void *context, double *noise)
{
    static const double weights[] = {1, -4, 6, -4, 1};
    double difference = 0, most = 0;
    mlp_status status = MLP_OK;
    for (int i = 0; i < 5 && status == MLP_OK; i++) {
        double at = 0;
        status = value(context, ldexp(i - 2, -18), &at);
        difference += weights[i] * at;
        most = fmax(most, fabs(at));
    }
    *noise = fmax(fabs(difference) / sqrt(70), DBL_EPSILON * most);
    return status;
}

/* A new row of Neville's scheme in h^2 from the one before; returns its last element. */
static double extrapolate(int level, double slope, double row[COLUMNS])
{
    double factor = 1;
    for (int j = 0; j < COLUMNS; j++) {
        const double before = row[j];
        row[j] = slope;
        if (j == level)
            break;
        factor *= 4;
        if (j + 1 < COLUMNS)
            slope = (slope * factor - before) / (factor - 1);
    }
    return row[level < COLUMNS ? level : COLUMNS - 1];
}

/*
 * Half the jump of the slope, at a kink nearer than the least step h, where slopes from both sides agree on a wrong
 * value. A smooth function's bend halves with the step; 0 where it does, to the noise.
 */
static double jump(const double bend[3], double h, double noise)
{
    const double kink = fmax(fabs(bend[0] - 2 * bend[1]), fabs(bend[1] - 2 * bend[2]));
    return kink > 16 * noise / h ? kink : 0;
}

/* Two agreements are asked for: one comes about by chance where an odd derivative passes zero. */
mlp_status mlpi_difference_of(mlpi_displaced value, void *context, double step, mlpi_difference *difference)
{
    double row[COLUMNS] = {0}, last[3] = {0}, bend[3] = {0}, noise = 0, middle = 0, h = step;
    mlp_status status = noise_of(value, context, &noise);
    if (status == MLP_OK)
        status = value(context, 0, &middle);
    *difference = (mlpi_difference){NAN, INFINITY};
    for (int i = 0; i < LEVELS && status == MLP_OK; i++, h /= 2) {
        central now = {0};
        status = central_of(value, context, h, middle, &now);
        for (int k = 0; k < 2; k++) {
            last[k] = last[k + 1];
            bend[k] = bend[k + 1];
        }
        last[2] = extrapolate(i, now.slope, row);
        bend[2] = now.bend;
        const double estimate = fabs(last[2] - last[1]) + fabs(last[1] - last[0]) + noise / h;
        if (i >= 2 && estimate < difference->estimate)
            *difference = (mlpi_difference){last[2], estimate};
    }
    /* what the finest steps say must be the same to their noise, else there is a kink among the coarser ones */
    const double change = fabs(difference->derivative - last[2]);
    difference->estimate += jump(bend, 2 * h, noise) + (change > 16 * noise / h ? change : 0);
    return status;
}

void mlpi_difference_compare(mlpi_difference_row *row, double got, const mlpi_difference *want, double scale)
{
    row->points++;
    if (!(want->estimate <= ldexp(scale, -10)))
        return;
    const double error = fabs(got - want->derivative) / scale;
    row->counted++;
    row->estimate = fmax(row->estimate, want->estimate / scale);
    if (!(error <= row->residual))
        row->residual = isnan(row->residual) ? row->residual : error;
}

void mlpi_difference_close(const mlpi_difference_row *row, mlp_check *check, const char *name)
{
    const double bound = ldexp(1, -26) + 4 * row->estimate;
    mlpi_check_row *added = mlpi_check_add(check, "differences", bound, "%s", name);
    added->residual = 2 * row->counted < row->points ? INFINITY : row->residual;
}
