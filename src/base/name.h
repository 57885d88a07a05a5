/* Names that users give what they register. */
#ifndef MLPI_BASE_NAME_H
#define MLPI_BASE_NAME_H

#include "mlp/status.h"

enum { MLPI_NAME_LENGTH = 63 };

/* `name` is 1 to MLPI_NAME_LENGTH of the characters a-z, 0-9 and _. */
mlp_status mlpi_check_name(const char *name);

#endif
