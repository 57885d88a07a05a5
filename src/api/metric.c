#include "api/check_metric.h"
#include "api/check_samples.h"
#include "base/error.h"

#include <string.h>

const char *mlp_metric_name(mlp_metric metric)
{
    const mlpi_metric *found = mlpi_metric_of(metric);
    return found ? found->name : NULL;
}

mlp_metric mlp_metric_from_name(const char *name)
{
    const mlpi_metric *found = name ? mlpi_metric_find(name) : NULL;
    return found ? found->id : 0;
}

#include "base/real32.h"
#include "api/metric_tmpl.h"
#include "base/real64.h"
#include "api/metric_tmpl.h"
