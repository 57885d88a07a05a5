/**
 * @file
 * Metrics: how good outputs are, in the numbers people quote; of a trainer's model on a data set, or of outputs of your own.
 *
 * Means are weighted by the samples' weights; a sample of weight 0 is not looked at. Sums are in double and in the order of
 * the samples. A NaN in an output makes a classification wrong and every other metric NaN.
 */
#ifndef MLP_METRIC_H
#define MLP_METRIC_H

#include "trainer.h"

MLP_BEGIN_DECLS

/** A metric: one of the constants below. */
typedef int32_t mlp_metric;

/**
 * fraction of samples of the right class. The class outputs speak for is that of the largest, the first of equals. With one
 * output there are two classes: 1 where y > parameter, else 0; the parameter is 0 for logits, 0.5 for probabilities. The
 * right class is the label, or what the targets speak for likewise, with one output 1 where t > 0.5
 */
#define MLP_METRIC_ACCURACY ((mlp_metric)1)
/**
 * fraction of samples whose right class is among the k largest outputs, of equals the first; parameter k = 1 .. n. For k = 1
 * and two outputs or more it is the accuracy
 */
#define MLP_METRIC_TOP_K ((mlp_metric)2)
/** sqrt of the mean of (y - t)^2 over samples and outputs; needs targets; no parameter */
#define MLP_METRIC_RMSE ((mlp_metric)3)
/** mean of |y - t| over samples and outputs; needs targets; no parameter */
#define MLP_METRIC_MAE ((mlp_metric)4)
/**
 * R^2 = 1 - sum_s w_s (y_s - t_s)^2 / sum_s w_s (t_s - mean t)^2 of each output, averaged over the outputs. Of an output
 * whose targets are all the same it is 1 where the outputs are exactly these, else 0. Needs targets; no parameter
 */
#define MLP_METRIC_R2 ((mlp_metric)5)

/** The name of a metric: "accuracy", "top_k", "rmse", "mae" or "r2"; NULL for an unknown constant. @since 0.1 */
MLP_API const char *mlp_metric_name(mlp_metric metric);

/** The metric of a name; 0 if @p name is NULL or unknown. @since 0.1 */
MLP_API mlp_metric mlp_metric_from_name(const char *name);

/**
 * A metric of outputs against targets. One pass over both, for MLP_METRIC_R2 two over t.
 *
 * @param metric     a constant
 * @param parameter  see the metric; not looked at where it has none
 * @param batch      >= 1
 * @param n          number of outputs, >= 1
 * @param y          n x batch outputs, column-major
 * @param ldy        leading dimension of y, >= n
 * @param t          n x batch targets
 * @param ldt        leading dimension of t, >= n
 * @param weights    batch values >= 0 whose sum is > 0; NULL for all 1
 * @param value      receives the metric
 * @retval MLP_ERR_ARGUMENT  a NULL pointer, an unknown metric, a parameter out of bounds, or weights that are negative, not
 *                           finite or sum to 0
 * @retval MLP_ERR_SIZE      a size or leading dimension is out of range
 * @retval MLP_ERR_MEMORY    no memory: MLP_METRIC_R2 needs 24 bytes an output, the others nothing
 * @since 0.1
 */
MLP_API mlp_status mlp_metric_evaluate_f32(mlp_metric metric, double parameter, int64_t batch, int64_t n,
                                           const float *y, int64_t ldy, const float *t, int64_t ldt,
                                           const float *weights, double *value);

/** @copydoc mlp_metric_evaluate_f32 */
MLP_API mlp_status mlp_metric_evaluate_f64(mlp_metric metric, double parameter, int64_t batch, int64_t n,
                                           const double *y, int64_t ldy, const double *t, int64_t ldt,
                                           const double *weights, double *value);

/**
 * A metric of classification, of outputs against labels.
 *
 * @param metric     MLP_METRIC_ACCURACY or MLP_METRIC_TOP_K
 * @param parameter  see the metric
 * @param batch      >= 1
 * @param n          number of outputs, >= 1
 * @param y          n x batch outputs, column-major
 * @param ldy        leading dimension, >= n
 * @param labels     batch values 0 .. n - 1; 0 or 1 for the accuracy of one output
 * @param weights    batch values >= 0 whose sum is > 0; NULL for all 1
 * @param value      receives the metric
 * @retval MLP_ERR_ARGUMENT  a NULL pointer, an unknown metric or one that needs targets, a parameter or label out of bounds, or
 *                           weights that are negative, not finite or sum to 0
 * @retval MLP_ERR_SIZE      a size or leading dimension is out of range
 * @since 0.1
 */
MLP_API mlp_status mlp_metric_evaluate_labels_f32(mlp_metric metric, double parameter, int64_t batch,
                                                  int64_t n, const float *y, int64_t ldy,
                                                  const int32_t *labels, const float *weights, double *value);

/** @copydoc mlp_metric_evaluate_labels_f32 */
MLP_API mlp_status mlp_metric_evaluate_labels_f64(mlp_metric metric, double parameter, int64_t batch,
                                                  int64_t n, const double *y, int64_t ldy,
                                                  const int32_t *labels, const double *weights,
                                                  double *value);

/**
 * Count which classes were taken for which: the confusion matrix C (classes x classes, column-major without padding), where
 * C_ij = C[i + j classes] is the number of samples of class j that were taken for class i. A column is a true class; in a C or
 * NumPy array of shape (classes, classes) of the same bytes it is a row, as in scikit-learn.
 *
 * Classes are those of MLP_METRIC_ACCURACY: n of them, or 2 where n = 1. Samples are counted, whatever their weights. One
 * with a NaN among its outputs or targets is not.
 *
 * @param bound   what y must exceed to be class 1 where n = 1: 0 for logits, 0.5 for probabilities; else not looked at
 * @param batch   >= 1
 * @param n       number of outputs, >= 1
 * @param y       n x batch outputs, column-major
 * @param ldy     leading dimension of y, >= n
 * @param t       n x batch targets
 * @param ldt     leading dimension of t, >= n
 * @param counts  receives classes x classes counts
 * @retval MLP_ERR_ARGUMENT  a NULL pointer, or a bound that is not finite where n = 1
 * @retval MLP_ERR_SIZE      a size or leading dimension is out of range, or the counts overflow the address space
 * @since 0.1
 */
MLP_API mlp_status mlp_metric_confusion_f32(double bound, int64_t batch, int64_t n, const float *y,
                                            int64_t ldy, const float *t, int64_t ldt, int64_t *counts);

/** @copydoc mlp_metric_confusion_f32 */
MLP_API mlp_status mlp_metric_confusion_f64(double bound, int64_t batch, int64_t n, const double *y,
                                            int64_t ldy, const double *t, int64_t ldt, int64_t *counts);

/**
 * The same with labels.
 *
 * @param bound   what y must exceed to be class 1 where n = 1: 0 for logits, 0.5 for probabilities; else not looked at
 * @param batch   >= 1
 * @param n       number of outputs, >= 1
 * @param y       n x batch outputs, column-major
 * @param ldy     leading dimension, >= n
 * @param labels  batch values 0 .. n - 1, or 0 and 1 where n = 1
 * @param counts  receives classes x classes counts
 * @retval MLP_ERR_ARGUMENT  a NULL pointer, a label out of range, or a bound that is not finite where n = 1
 * @retval MLP_ERR_SIZE      a size or leading dimension is out of range, or the counts overflow the address space
 * @since 0.1
 */
MLP_API mlp_status mlp_metric_confusion_labels_f32(double bound, int64_t batch, int64_t n, const float *y,
                                                   int64_t ldy, const int32_t *labels, int64_t *counts);

/** @copydoc mlp_metric_confusion_labels_f32 */
MLP_API mlp_status mlp_metric_confusion_labels_f64(double bound, int64_t batch, int64_t n, const double *y,
                                                   int64_t ldy, const int32_t *labels, int64_t *counts);

/**
 * A metric of the trainer's parameters on a data set. The outputs are the model's, without its head.
 * Costs a forward pass over the data.
 *
 * @param trainer    prepared
 * @param data       of the model's number type and widths, with targets, or with labels for metrics of classification
 * @param metric     a constant
 * @param parameter  see the metric; not looked at where it has none
 * @param value      receives the metric
 * @retval MLP_ERR_ARGUMENT  a NULL pointer, an unknown metric, a parameter out of bounds, or more classes than outputs, or than
 *                           2 for the accuracy of one output
 * @retval MLP_ERR_SIZE      widths that do not match the model
 * @retval MLP_ERR_DTYPE     another number type than the model's
 * @retval MLP_ERR_STATE     not prepared, called from the trainer's callback, or the data set has no inputs, neither targets
 *                           nor labels, or no targets for a metric that needs them
 * @retval MLP_ERR_MEMORY    no memory: MLP_METRIC_R2 needs 24 bytes an output, the others nothing
 * @retval MLP_ERR_CALLBACK  a registered activation failed
 * @since 0.1
 */
MLP_API mlp_status mlp_trainer_metric(mlp_trainer *trainer, const mlp_data *data, mlp_metric metric,
                                      double parameter, double *value);

/**
 * The confusion matrix of the trainer's parameters on a data set: see mlp_metric_confusion_f32().
 *
 * @param trainer  prepared
 * @param data     of the model's number type and widths, with targets or labels
 * @param bound    what y must exceed to be class 1 where n_L = 1: 0 for logits, 0.5 for probabilities; else not looked at
 * @param counts   receives classes x classes counts, classes being n_L or, where n_L = 1, 2; column-major, a column
 *                 for each true class
 * @retval MLP_ERR_ARGUMENT  a NULL pointer, a bound that is not finite where n_L = 1, or more classes than there are
 * @retval MLP_ERR_SIZE      widths that do not match the model, or the counts overflow the address space
 * @retval MLP_ERR_DTYPE     another number type than the model's
 * @retval MLP_ERR_STATE     not prepared, called from the trainer's callback, or the data set has no inputs or neither targets
 *                           nor labels
 * @retval MLP_ERR_MEMORY    no memory for as many counts again
 * @retval MLP_ERR_CALLBACK  a registered activation failed
 * @since 0.1
 */
MLP_API mlp_status mlp_trainer_confusion(mlp_trainer *trainer, const mlp_data *data, double bound,
                                         int64_t *counts);

MLP_END_DECLS

#endif
