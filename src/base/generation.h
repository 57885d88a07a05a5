/* Process-unique numbers, > 0 and never handed out twice: what packed copies and remembered passes match on. */
#ifndef MLPI_BASE_GENERATION_H
#define MLPI_BASE_GENERATION_H

#include <stdint.h>

uint64_t mlpi_next_generation(void);

#endif
