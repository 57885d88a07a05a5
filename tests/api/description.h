/* What mlp_workspace_describe() says. */
#ifndef MLP_TESTS_DESCRIPTION_H
#define MLP_TESTS_DESCRIPTION_H

#include "mlp/mlp.h"
#include "api/refusal.h"

/* The text, which has `lines` lines. */
static inline const char *description(const mlp_workspace *workspace, int lines)
{
    static char text[4096];
    int found = 0;
    const int64_t needed = mlp_workspace_describe(workspace, text, sizeof text);
    assert_in_range(needed, 2, sizeof text);
    assert_int_equal(strlen(text) + 1, needed);
    for (const char *at = text; *at; at++)
        found += *at == '\n';
    assert_int_equal(found, lines);
    return text;
}

static inline void says(const char *text, const char *words)
{
    if (!strstr(text, words))
        fail_msg("\"%s\" is not in:\n%s", words, text);
}

#endif
