#include "axis.h"

#include <math.h>
#include <stdio.h>

/* The smallest of 1, 2, 5, 10, 20 ... times a power of ten that is at least @p least. */
static double round_step(double least)
{
    double power = pow(10, floor(log10(least)));
    double share = least / power;

    return power * (share <= 1 + 1e-9 ? 1 : share <= 2 + 1e-9 ? 2 : share <= 5 + 1e-9 ? 5 : 10);
}

static int decimals_of(double step)
{
    int digits = (int)-floor(log10(step) + 1e-9);

    return digits > 0 ? digits : 0;
}

/* Room for values that do not differ. */
static void widen(double *low, double *high)
{
    double half = *low == 0 ? 1 : fabs(*low) / 10;

    if (*low > *high) {
        double kept = *low;
        *low = *high;
        *high = kept;
    }
    if (*high - *low <= 1e-12 * fmax(fabs(*low), fabs(*high))) {
        *low -= half;
        *high += half;
    }
}

struct axis axis_for(double low, double high, int most, bool integers)
{
    struct axis axis;

    widen(&low, &high);
    axis.step = round_step((high - low) / most);
    if (integers && axis.step < 1)
        axis.step = 1;
    axis.minimum = integers ? low : axis.step * floor(low / axis.step + 1e-9);
    axis.maximum = integers ? high : axis.step * ceil(high / axis.step - 1e-9);
    axis.first = axis.step * ceil(axis.minimum / axis.step - 1e-9);
    axis.ticks = 1 + (int)floor((axis.maximum - axis.first) / axis.step + 1e-9);
    axis.decimals = decimals_of(axis.step);
    axis.logarithmic = false;
    return axis;
}

struct axis axis_for_powers(double low, double high, int most)
{
    double first = floor(log10(low) + 1e-9), last = ceil(log10(high) - 1e-9);
    struct axis axis = axis_for(first, last > first ? last : first + 1, most, true);

    axis.logarithmic = true;
    return axis;
}

double axis_value(const struct axis *axis, int i)
{
    double value = axis->first + i * axis->step;

    if (fabs(value) < 1e-9 * axis->step)
        value = 0;
    return axis->logarithmic ? pow(10, value) : value;
}

const char *axis_label(const struct axis *axis, int i, char text[AXIS_LABEL_SIZE])
{
    double value = axis_value(axis, i);
    bool plain = axis->decimals <= 6 && fmax(fabs(axis->minimum), fabs(axis->maximum)) < 1e7;

    if (axis->logarithmic)
        snprintf(text, AXIS_LABEL_SIZE, value < 1e-3 || value > 1e5 ? "1e%.0f" : "%.10g",
                 value < 1e-3 || value > 1e5 ? log10(value) : value);
    else
        snprintf(text, AXIS_LABEL_SIZE, plain ? "%.*f" : "%.*g", plain ? axis->decimals : 4, value);
    return text;
}

double axis_place(const struct axis *axis, double value, double begin, double end)
{
    if (axis->logarithmic)
        value = log10(value);
    return begin + (value - axis->minimum) / (axis->maximum - axis->minimum) * (end - begin);
}
