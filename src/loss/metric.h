/*
 * Metrics: what outputs are worth, beside their loss. One table feeds names, checks and sums.
 *
 *     mlpi_tally_begin -> T(mlpi_tally_means), where the metric wants it -> T(mlpi_tally_add) of batches -> mlpi_tally_end
 */
#ifndef MLPI_LOSS_METRIC_H
#define MLPI_LOSS_METRIC_H

#include "loss/loss.h"
#include "mlp/metric.h"

/* A metric of `n` outputs while samples are added. */
typedef struct mlpi_tally {
    const struct mlpi_metric *metric;
    double parameter;
    int64_t n;
    double weight, sum;
    double *mean, *residual, *total; /* n each, in one block; NULL where the metric wants no means */
} mlpi_tally;

/* What a sample of weight w adds to the sum, before it is weighted. The label is that of the targets, if there are none. */
typedef double (*mlpi_metric_sample_f32)(const mlpi_tally *tally, double w, const float *y, const float *t,
                                         int32_t label);
typedef double (*mlpi_metric_sample_f64)(const mlpi_tally *tally, double w, const double *y, const double *t,
                                         int32_t label);

typedef struct mlpi_metric {
    int32_t id;
    int32_t classifies; /* compares classes; else outputs with targets */
    const char *name;
    int32_t single_output;                      /* classes one output stands for; those of n > 1 are n */
    int32_t wants_means;                        /* of the targets, before samples are added */
    int (*allows)(double parameter, int64_t n); /* NULL where there is no parameter */
    const char *expected;                       /* of the parameter, for the message */
    mlpi_metric_sample_f32 sample_f32;
    mlpi_metric_sample_f64 sample_f64;
    double (*result)(const mlpi_tally *tally);
} mlpi_metric;

/* The metric with this id or name; NULL if there is none. */
const mlpi_metric *mlpi_metric_of(int32_t id);
const mlpi_metric *mlpi_metric_find(const char *name);

/* How many classes n outputs speak for. */
int64_t mlpi_metric_classes(const mlpi_metric *metric, int64_t n);

/* The parameter is within the metric's bounds for n outputs. */
mlp_status mlpi_metric_check(const mlpi_metric *metric, double parameter, int64_t n);

/* Fails where the means have no memory. The tally is ended once, after which it holds nothing; ending it gives the metric. */
mlp_status mlpi_tally_begin(const mlpi_metric *metric, double parameter, int64_t n, mlpi_tally *tally);
double mlpi_tally_end(mlpi_tally *tally);

#include "base/real32.h"
#include "loss/metric_decl_tmpl.h"
#include "base/real64.h"
#include "loss/metric_decl_tmpl.h"

#endif
