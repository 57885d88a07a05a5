/* What the library runs on, as text for people and as one bit for the planner. */
#ifndef MLPI_ENGINE_RUNTIME_H
#define MLPI_ENGINE_RUNTIME_H

#include <stddef.h>

#define MLPI_RUNTIME_TEXT 2048 /* enough for mlpi_runtime_text */

/* One "key: value" per line; the keys are always the same, their order too. Allocates nothing. */
void mlpi_runtime_text(char *text, size_t size);

/* 1 if the BLAS does not use what the processor has. Asked once per process: cheap afterwards. */
int mlpi_runtime_is_degraded(void);

#endif
