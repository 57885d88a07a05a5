#include "mlp/status.h"

#include "api/check.h"
#include "engine/runtime.h"

int64_t mlp_runtime_describe(char *buffer, int64_t size)
{
    char text[MLPI_RUNTIME_TEXT];
    mlpi_runtime_text(text, sizeof text);
    return mlpi_copy_text(text, buffer, size);
}

int32_t mlp_runtime_is_degraded(void)
{
    return mlpi_runtime_is_degraded();
}
