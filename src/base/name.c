#include "base/name.h"
#include "base/error.h"

#include <string.h>

mlp_status mlpi_check_name(const char *name)
{
    const size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_");
    if (length >= 1 && length <= MLPI_NAME_LENGTH && name[length] == '\0')
        return MLP_OK;
    return mlpi_fail(MLP_ERR_ARGUMENT, "name = \"%.80s\": must be 1 to %d of the characters a-z, 0-9 and _",
                     name, MLPI_NAME_LENGTH);
}
