/* Asserting that a call was refused as documented, with a message that names the argument. */
#ifndef MLP_TESTS_REFUSAL_H
#define MLP_TESTS_REFUSAL_H

#include "mlp/status.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

/* `word` begins with the argument's name. */
static inline void refused(int64_t status, mlp_status expected, const char *word)
{
    if (status != expected || !strstr(mlp_last_error(), word))
        fail_msg("status %lld, message \"%s\": expected status %d and \"%s\"", (long long)status,
                 mlp_last_error(), (int)expected, word);
}

static inline void accepted(int64_t status)
{
    if (status != MLP_OK)
        fail_msg("status %lld, message \"%s\"", (long long)status, mlp_last_error());
}

#endif
