/**
 * @file
 * The numbers along an axis: round ones, not too many.
 */
#ifndef CLI_AXIS_H
#define CLI_AXIS_H

#include <stdbool.h>

/** A range of values with its tick marks at first + i step, i = 0 .. ticks - 1. */
struct axis {
    double minimum, maximum;
    double first, step;
    int ticks;
    int decimals; /**< a tick's label needs */
};

/**
 * The axis for values from @p low to @p high, which need not be in order or differ.
 *
 * @param most      about how many ticks there may be, >= 2
 * @param integers  ticks at whole numbers only, and the range as given
 */
struct axis axis_for(double low, double high, int most, bool integers);

/** Room axis_label() needs. */
#define AXIS_LABEL_SIZE 32

/** Write what is to stand at tick @p i; returns @p text. */
const char *axis_label(const struct axis *axis, int i, char text[AXIS_LABEL_SIZE]);

/** Where a value is on an axis drawn from @p begin to @p end. */
double axis_place(const struct axis *axis, double value, double begin, double end);

#endif
