#include "api/check_metric.h"
#include "base/checked.h"
#include "base/error.h"

#include <math.h>

mlp_status mlpi_check_metric(mlp_metric metric, double parameter, int64_t n)
{
    const mlpi_metric *found = mlpi_metric_of(metric);
    if (!found)
        return mlpi_fail(MLP_ERR_ARGUMENT, "metric = %d: must be one of the MLP_METRIC_... constants",
                         (int)metric);
    return mlpi_metric_check(found, parameter, n);
}

mlp_status mlpi_check_confusion(double bound, int64_t n, int64_t *bytes)
{
    const int64_t classes = n == 1 ? 2 : n;
    if (n == 1 && !isfinite(bound))
        return mlpi_fail(MLP_ERR_ARGUMENT, "bound = %g: must be finite", bound);
    if (!mlpi_checked_mul(classes * classes, sizeof(int64_t), bytes)) /* n < 2^31 */
        return mlpi_fail(MLP_ERR_SIZE, "n = %lld: the counts overflow the address space", (long long)n);
    return MLP_OK;
}
