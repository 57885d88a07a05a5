/* Validation of metrics. Contract as in api/check.h. */
#ifndef MLPI_API_CHECK_METRIC_H
#define MLPI_API_CHECK_METRIC_H

#include "api/check.h"
#include "loss/metric.h"

/* There is such a metric, and the parameter is one of it for n outputs. */
mlp_status mlpi_check_metric(mlp_metric metric, double parameter, int64_t n);

/* Counts of the classes n outputs speak for can be made: *bytes of them. */
mlp_status mlpi_check_confusion(double bound, int64_t n, int64_t *bytes);

#endif
