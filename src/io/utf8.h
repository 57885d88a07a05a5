/* UTF-8 as Unicode defines it: no overlong forms, no surrogates, nothing above U+10FFFF. */
#ifndef MLPI_IO_UTF8_H
#define MLPI_IO_UTF8_H

#include <stdint.h>

/*
 * Bytes of the character at the start of `bytes`; 0 if the first `size` bytes do not begin with a valid
 * one.
 */
int mlpi_utf8_length(const unsigned char *bytes, int64_t size);

/* Whether the whole text is valid. */
int mlpi_utf8_valid(const char *text, int64_t length);

/* Encodes a character that is not a surrogate; returns its bytes, 1 to 4. */
int mlpi_utf8_encode(uint32_t character, char out[4]);

#endif
