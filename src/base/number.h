/* Numbers as text, the same in every locale: the decimal sign is always a point. */
#ifndef MLPI_BASE_NUMBER_H
#define MLPI_BASE_NUMBER_H

#include <stdint.h>

#define MLPI_NUMBER_SIZE 32 /* bytes that hold any number formatted here, with its NUL */

/*
 * Writes the shortest of 15, 16 and 17 significant digits that reads back as the same double; "inf", "-inf"
 * or "nan" where it is not finite. Returns the length without the NUL.
 */
int32_t mlpi_format_f64(double value, char text[MLPI_NUMBER_SIZE]);

/*
 * Reads a double: the whole text must be a number as JSON writes it, of at most 1000 characters, or "inf",
 * "-inf" or "nan". A number too large for a double is refused, one too small becomes 0 or a subnormal.
 * Returns 1, or 0 and leaves *value alone.
 */
int mlpi_parse_f64(const char *text, int64_t length, double *value);

/* Reads an integer without leading zeros, plus sign or spaces. Returns 1, or 0 and leaves *value alone. */
int mlpi_parse_i64(const char *text, int64_t length, int64_t *value);

#endif
