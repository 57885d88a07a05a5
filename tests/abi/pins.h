/* Pinned functions: pointers to them with their types. */
#ifndef TESTS_ABI_PINS_H
#define TESTS_ABI_PINS_H

#include <mlp/mlp.h>
#include <stddef.h>

typedef struct pins {
    const void *const *functions;
    size_t count;
} pins;

pins pins_of_derivatives(void);
pins pins_of_algebra(void);
pins pins_of_data(void);
pins pins_of_checkpoint(void);
pins pins_of_loop(void);

/* There to be linked: the constants are checked where it is defined. */
extern int pins_constants;

#endif
