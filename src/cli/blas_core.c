#include "blas_core.h"

#include "heap.h"
#include "report.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The variables of OpenBLAS and of BLIS; both are read when the library is loaded. */
static const char *const variables[] = {"OPENBLAS_CORETYPE", "BLIS_ARCH_TYPE"};

/* Set on the new start, so that there is never a third. */
static const char guard[] = "MLP_BLAS_CORE_SELECTED";

static const char core_characters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

/* What follows `variable=` in the advice, cut off behind the core's name; NULL if it is not there. */
static char *advised_core(char *advice, const char *variable)
{
    char *found = strstr(advice, variable);

    if (!found || found[strlen(variable)] != '=')
        return NULL;
    found += strlen(variable) + 1;
    found[strspn(found, core_characters)] = '\0';
    return *found ? found : NULL;
}

/* The runtime description from its advice on, within @p text; NULL if it has none. */
static char *find_advice(char **text)
{
    int64_t size = mlp_runtime_describe(NULL, 0);

    *text = heap_new(size > 0 ? size : 1, 1);
    mlp_runtime_describe(*text, size > 0 ? size : 1);
    return strstr(*text, "advice:");
}

static void start_again(char **argv, const char *variable, const char *core, bool verbose)
{
    if (getenv(variable))
        return;
    if (verbose)
        report_note("starting again with %s=%s, so that the BLAS takes this CPU's kernels", variable, core);
    if (setenv(variable, core, 1) == 0 && setenv(guard, "1", 1) == 0)
        execv("/proc/self/exe", argv);
}

void blas_core_select(char **argv, bool verbose)
{
    char *text, *advice;

    if (getenv(guard) || !mlp_runtime_is_degraded())
        return;
    advice = find_advice(&text);
    for (size_t i = 0; advice && i < sizeof variables / sizeof *variables; i++) {
        char *core = advised_core(advice, variables[i]);

        if (core) {
            start_again(argv, variables[i], core, verbose);
            break;
        }
    }
    free(text);
}
