/**
 * @file
 * Numbers in text. The program never calls setlocale(), so the decimal point is a point.
 */
#ifndef CLI_NUMBER_H
#define CLI_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

/** The whole text is a finite decimal number (spaces around it are fine). @p value is untouched if not. */
bool number_parse(const char *text, double *value);

/** The whole text is a decimal integer. @p value is untouched if not. */
bool number_parse_int(const char *text, int64_t *value);

/** Room number_group() needs. */
#define NUMBER_GROUP_SIZE 32

/** Write an integer with a comma between thousands; returns @p buffer. */
const char *number_group(int64_t value, char buffer[NUMBER_GROUP_SIZE]);

#endif
