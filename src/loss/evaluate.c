#include "base/checked.h"
#include "base/error.h"
#include "base/memory.h"
#include "loss/custom_loss.h"

#include <string.h>

/* Bytes of scratch memory, and of `columns` results of n elements behind it. */
static mlp_status allocate(int64_t n, int64_t columns, int64_t size, double **scratch)
{
    const int64_t room = MLPI_LOSS_SCRATCH * n * (int64_t)sizeof **scratch; /* n < 2^31 */
    int64_t count, bytes;
    *scratch = NULL;
    if (mlpi_checked_mul(n, columns, &count) && mlpi_checked_mul_add(count, size, room, &bytes))
        *scratch = mlpi_alloc(bytes);
    if (*scratch)
        return MLP_OK;
    return mlpi_fail(MLP_ERR_MEMORY, "n = %lld: cannot allocate the results of %lld samples", (long long)n,
                     (long long)columns);
}

#include "base/real32.h"
#include "loss/evaluate_tmpl.h"
#include "base/real64.h"
#include "loss/evaluate_tmpl.h"
