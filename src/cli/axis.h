/**
 * @file
 * The numbers along an axis: round ones, not too many.
 */
#ifndef CLI_AXIS_H
#define CLI_AXIS_H

#include <stdbool.h>

/** A range of values with its tick marks at first + i step, i = 0 .. ticks - 1; of a logarithmic axis all are exponents of ten. */
struct axis {
    double minimum, maximum;
    double first, step;
    int ticks;
    int decimals; /**< a tick's label needs */
    bool logarithmic;
};

/**
 * The axis for values from @p low to @p high, which need not be in order or differ.
 *
 * @param most      about how many ticks there may be, >= 2
 * @param integers  ticks at whole numbers only, and the range as given
 */
struct axis axis_for(double low, double high, int most, bool integers);

/** The logarithmic axis for values from @p low to @p high, both > 0: whole powers of ten, at most about @p most ticks. */
struct axis axis_for_powers(double low, double high, int most);

/** The value at tick @p i. */
double axis_value(const struct axis *axis, int i);

/** Room axis_label() needs. */
#define AXIS_LABEL_SIZE 32

/** Write what is to stand at tick @p i; returns @p text. */
const char *axis_label(const struct axis *axis, int i, char text[AXIS_LABEL_SIZE]);

/** Where a value is on an axis drawn from @p begin to @p end; not finite for a value that a logarithmic axis cannot show. */
double axis_place(const struct axis *axis, double value, double begin, double end);

#endif
