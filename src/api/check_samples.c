#include "api/check_samples.h"
#include "base/error.h"

#include <math.h>

mlp_status mlpi_check_labels(int64_t count, const int32_t *labels, int64_t classes)
{
    if (!labels)
        return mlpi_check_pointer("labels", labels);
    for (int64_t s = 0; s < count; s++)
        if (labels[s] < 0 || labels[s] >= classes)
            return mlpi_fail(MLP_ERR_ARGUMENT, "labels[%lld] = %d: must be 0 to %lld", (long long)s,
                             (int)labels[s], (long long)(classes - 1));
    return MLP_OK;
}

#include "base/real32.h"
#include "api/check_samples_tmpl.h"
#include "base/real64.h"
#include "api/check_samples_tmpl.h"
