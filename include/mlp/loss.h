/**
 * @file
 * Losses on a batch of outputs: value, gradient and Hessian.
 *
 *     loss = sum_s w_s l(y_s, t_s) / sum_s w_s,    w_s = 1 where no weights are given
 *
 * A loss knows no model: hand its gradient y_bar to mlp_vjp_f32() for the gradient in the parameters.
 */
#ifndef MLP_LOSS_H
#define MLP_LOSS_H

#include "status.h"

MLP_BEGIN_DECLS

/** A loss: one of the constants below, or the id of a configured or registered one. */
typedef int32_t mlp_loss;

/** l = |y - t|^2 / 2 */
#define MLP_SQUARED_ERROR ((mlp_loss)1)
/**
 * l = -sum_p t_p log softmax(y)_p on logits y; dl/dy = softmax(y) - t for targets that sum to 1. Parameter smoothing, 0 .. 1,
 * default 0: t becomes (1 - smoothing) t + smoothing (sum_p t_p) / n (Szegedy et al. 2016)
 */
#define MLP_SOFTMAX_CROSS_ENTROPY ((mlp_loss)2)
/** l = sum_p |y_p - t_p|; the derivative at the kink y_p = t_p is 0, the second is 0 everywhere */
#define MLP_ABSOLUTE_ERROR ((mlp_loss)3)
/**
 * With r = y - t, l = sum_p r_p^2 / 2 where |r_p| <= delta, else delta (|r_p| - delta / 2) (Huber 1964); the second
 * derivative at the kinks |r_p| = delta is 1. Parameter delta, 1e-30 .. 1e30, default 1
 */
#define MLP_HUBER ((mlp_loss)4)
/** l = sum_p log cosh(y_p - t_p) */
#define MLP_LOG_COSH ((mlp_loss)5)
/**
 * With r = t - y, l = sum_p max(tau r_p, (tau - 1) r_p) (Koenker and Bassett 1978); the derivative at the kink r_p = 0 is
 * 0, the second is 0 everywhere. Parameter tau, 1e-6 .. 1 - 1e-6, default 0.5
 */
#define MLP_QUANTILE ((mlp_loss)6)
/** l = sum_p e^y_p - t_p y_p on log-rates y, for counts t >= 0 (log t! left out) */
#define MLP_POISSON ((mlp_loss)7)
/**
 * l = sum_{p < n/2} (y_q + (y_p - t_p)^2 e^-y_q) / 2 with q = p + n/2 (log(2 pi) / 2 left out): the first half of the
 * outputs are means, the second log-variances. n must be even; the second half of a sample's targets is not looked at (Nix
 * and Weigend 1994)
 */
#define MLP_GAUSSIAN_NLL ((mlp_loss)8)
/** l = sum_p max(y_p, 0) - t_p y_p + log(1 + e^-|y_p|) on logits y, for t in 0 .. 1; dl/dy = sigmoid(y) - t */
#define MLP_BINARY_CROSS_ENTROPY ((mlp_loss)9)
/**
 * l = sum_p max(0, 1 - (2 t_p - 1) y_p), for t of 0 and 1, as binary cross-entropy has them, not of -1 and 1 (Cortes and Vapnik
 * 1995); the derivative at the kink is 0, the second is 0 everywhere
 */
#define MLP_HINGE ((mlp_loss)10)
/**
 * l = max_p (y_p + 1 - t_p) - sum_p t_p y_p, for targets that sum to 1; for label c it is max(0, 1 + max_{p != c} y_p - y_c)
 * (Crammer and Singer 2001). At a kink that of equal maxima counts which has the largest t, then the first; the second
 * derivative is 0 everywhere
 */
#define MLP_MULTICLASS_HINGE ((mlp_loss)11)

/**
 * The name of a loss, such as "squared_error"; NULL if unknown. That of a registered loss is valid
 * until it is unregistered. A configured loss has the name of its constant.
 *
 * @since 0.1
 */
MLP_API const char *mlp_loss_name(mlp_loss loss);

/** The loss of a name; 0 if @p name is NULL or unknown. @since 0.1 */
MLP_API mlp_loss mlp_loss_from_name(const char *name);

/**
 * The parameter of a loss, and its bounds (inclusive).
 *
 * @param loss     a constant or id
 * @param name     receives its name, valid for ever; NULL for losses that have none; may be NULL
 * @param value    receives the value: the default for a constant; may be NULL
 * @param minimum  receives the least allowed value; may be NULL
 * @param maximum  receives the largest allowed value; may be NULL
 * @retval MLP_ERR_ARGUMENT  @p loss is unknown
 * @since 0.1
 */
MLP_API mlp_status mlp_loss_parameter(mlp_loss loss, const char **name, double *value, double *minimum,
                                      double *maximum);

/**
 * Make a loss with another value of its parameter. Every function that takes a loss takes its id, and so does
 * MLP_TRAINER_LOSS, at the speed of the constant. Thread-safe.
 *
 * @param loss        a constant or id of a loss that has a parameter
 * @param parameter   the value
 * @param configured  receives the id, to be given back with mlp_loss_unregister(); set to 0 on failure
 * @retval MLP_ERR_ARGUMENT  a NULL pointer, an unknown loss or one without a parameter, or a value outside the bounds
 * @retval MLP_ERR_MEMORY    no memory
 * @since 0.1
 */
MLP_API mlp_status mlp_loss_configure(mlp_loss loss, double parameter, mlp_loss *configured);

/**
 * Value and gradient of a loss on a batch.
 *
 * The value is summed in double, in the order of the samples. Nothing is checked for being finite: NaN in gives NaN out.
 *
 * @param loss     a constant or id
 * @param batch    >= 1
 * @param n        number of outputs, >= 1
 * @param y        n x batch outputs, column-major (logits for softmax cross-entropy)
 * @param ldy      leading dimension of y, >= n
 * @param t        n x batch targets
 * @param ldt      leading dimension of t, >= n
 * @param weights  batch values >= 0 whose sum is > 0; NULL for all 1
 * @param value    receives the loss; NULL to skip
 * @param y_bar    n x batch, overwritten with dloss/dy; may be @p y itself where ldb = ldy; NULL to skip
 * @param ldb      leading dimension of y_bar, >= n
 * @retval MLP_ERR_ARGUMENT  a NULL pointer, an unknown loss, or weights that are negative, not finite or sum to 0
 * @retval MLP_ERR_SIZE      a size or leading dimension is too small, or n is odd for MLP_GAUSSIAN_NLL
 * @retval MLP_ERR_UNSUPPORTED  a registered loss has no gradient and y_bar is not NULL
 * @retval MLP_ERR_CALLBACK  the callback of a registered loss returned nonzero
 * @retval MLP_ERR_MEMORY    no memory to collect the results of a registered loss
 * @since 0.1
 */
MLP_API mlp_status mlp_loss_evaluate_f32(mlp_loss loss, int64_t batch, int64_t n, const float *y, int64_t ldy,
                                         const float *t, int64_t ldt, const float *weights, double *value,
                                         float *y_bar, int64_t ldb);

/** @copydoc mlp_loss_evaluate_f32 */
MLP_API mlp_status mlp_loss_evaluate_f64(mlp_loss loss, int64_t batch, int64_t n, const double *y,
                                         int64_t ldy, const double *t, int64_t ldt, const double *weights,
                                         double *value, double *y_bar, int64_t ldb);

/**
 * The same with a class label per sample in place of targets: label c stands for t = e_c.
 *
 * @param loss     a constant or id
 * @param batch    >= 1
 * @param n        number of outputs, >= 1
 * @param y        n x batch outputs, column-major (logits for softmax cross-entropy)
 * @param ldy      leading dimension of y, >= n
 * @param labels   batch values 0 .. n - 1
 * @param weights  batch values >= 0 whose sum is > 0; NULL for all 1
 * @param value    receives the loss; NULL to skip
 * @param y_bar    n x batch, overwritten with dloss/dy; may be @p y itself where ldb = ldy; NULL to skip
 * @param ldb      leading dimension of y_bar, >= n
 * @retval MLP_ERR_ARGUMENT  a NULL pointer, an unknown loss, a label out of range, or weights that are negative, not finite
 *                           or sum to 0
 * @retval MLP_ERR_SIZE      a size or leading dimension is too small, or n is odd for MLP_GAUSSIAN_NLL
 * @retval MLP_ERR_UNSUPPORTED  a registered loss has no gradient and y_bar is not NULL
 * @retval MLP_ERR_CALLBACK  the callback of a registered loss returned nonzero
 * @retval MLP_ERR_MEMORY    no memory to collect the results of a registered loss
 * @since 0.1
 */
MLP_API mlp_status mlp_loss_evaluate_labels_f32(mlp_loss loss, int64_t batch, int64_t n, const float *y,
                                                int64_t ldy, const int32_t *labels, const float *weights,
                                                double *value, float *y_bar, int64_t ldb);

/** @copydoc mlp_loss_evaluate_labels_f32 */
MLP_API mlp_status mlp_loss_evaluate_labels_f64(mlp_loss loss, int64_t batch, int64_t n, const double *y,
                                                int64_t ldy, const int32_t *labels, const double *weights,
                                                double *value, double *y_bar, int64_t ldb);

/**
 * The Hessian of a loss on a batch, times vectors: hv = (d2loss/dy2) v, which mixes no samples.
 *
 * With a tangent y_dot of the outputs it is the tangent of the gradient of mlp_loss_evaluate_f32(), so that
 * J^T (d2loss/dy2) J v, the product of mlp_jvp_f32(), this and mlp_vjp_f32(), is a Gauss-Newton product (Schraudolph 2002).
 * Cost: a pass over y and v. Nothing is checked for being finite.
 *
 * @param loss     a constant or id
 * @param batch    >= 1
 * @param n        number of outputs, >= 1
 * @param y        n x batch outputs, column-major (logits for softmax cross-entropy)
 * @param ldy      leading dimension of y, >= n
 * @param t        n x batch targets
 * @param ldt      leading dimension of t, >= n
 * @param weights  batch values >= 0 whose sum is > 0; NULL for all 1
 * @param v        n x batch, one vector per sample
 * @param ldv      leading dimension of v, >= n
 * @param hv       n x batch, overwritten; may be @p v itself where ldh = ldv, and overlaps nothing else
 * @param ldh      leading dimension of hv, >= n
 * @retval MLP_ERR_ARGUMENT  a NULL pointer, an unknown loss, or weights that are negative, not finite or sum to 0
 * @retval MLP_ERR_SIZE      a size or leading dimension is too small, or n is odd for MLP_GAUSSIAN_NLL
 * @retval MLP_ERR_UNSUPPORTED  a registered loss has no Hessian
 * @retval MLP_ERR_CALLBACK  the callback of a registered loss returned nonzero
 * @retval MLP_ERR_MEMORY    no memory to collect the results of a registered loss
 * @since 0.1
 */
MLP_API mlp_status mlp_loss_hvp_f32(mlp_loss loss, int64_t batch, int64_t n, const float *y, int64_t ldy,
                                    const float *t, int64_t ldt, const float *weights, const float *v,
                                    int64_t ldv, float *hv, int64_t ldh);

/** @copydoc mlp_loss_hvp_f32 */
MLP_API mlp_status mlp_loss_hvp_f64(mlp_loss loss, int64_t batch, int64_t n, const double *y, int64_t ldy,
                                    const double *t, int64_t ldt, const double *weights, const double *v,
                                    int64_t ldv, double *hv, int64_t ldh);

/**
 * The same with a class label per sample in place of targets: label c stands for t = e_c.
 *
 * @param loss     a constant or id
 * @param batch    >= 1
 * @param n        number of outputs, >= 1
 * @param y        n x batch outputs, column-major (logits for softmax cross-entropy)
 * @param ldy      leading dimension of y, >= n
 * @param labels   batch values 0 .. n - 1
 * @param weights  batch values >= 0 whose sum is > 0; NULL for all 1
 * @param v        n x batch, one vector per sample
 * @param ldv      leading dimension of v, >= n
 * @param hv       n x batch, overwritten; may be @p v itself where ldh = ldv, and overlaps nothing else
 * @param ldh      leading dimension of hv, >= n
 * @retval MLP_ERR_ARGUMENT  a NULL pointer, an unknown loss, a label out of range, or weights that are negative, not finite
 *                           or sum to 0
 * @retval MLP_ERR_SIZE      a size or leading dimension is too small, or n is odd for MLP_GAUSSIAN_NLL
 * @retval MLP_ERR_UNSUPPORTED  a registered loss has no Hessian
 * @retval MLP_ERR_CALLBACK  the callback of a registered loss returned nonzero
 * @retval MLP_ERR_MEMORY    no memory to collect the results of a registered loss
 * @since 0.1
 */
MLP_API mlp_status mlp_loss_hvp_labels_f32(mlp_loss loss, int64_t batch, int64_t n, const float *y,
                                           int64_t ldy, const int32_t *labels, const float *weights,
                                           const float *v, int64_t ldv, float *hv, int64_t ldh);

/** @copydoc mlp_loss_hvp_labels_f32 */
MLP_API mlp_status mlp_loss_hvp_labels_f64(mlp_loss loss, int64_t batch, int64_t n, const double *y,
                                           int64_t ldy, const int32_t *labels, const double *weights,
                                           const double *v, int64_t ldv, double *hv, int64_t ldh);

/**
 * A loss of your own: l(y, t) of one sample, its gradient, or its Hessian times a vector.
 *
 * Called on the thread that evaluates, with no lock held and in the caller's floating-point mode, from several
 * threads at once where several evaluate. It may call nothing of this library but queries of names and versions,
 * and must not unwind (longjmp, C++ exceptions). Values in f32 are handed over converted to double. Weights
 * and the division by their sum are the library's.
 *
 * @param order   0: write @p value; 1: write @p value and out = dl/dy; 2: write out = (d2l/dy2) v. At most the registered
 *                maximum
 * @param n       number of outputs, > 0
 * @param y       n outputs
 * @param t       n targets; NULL where the sample has a label
 * @param label   the class, 0 .. n - 1; -1 where there are targets
 * @param v       n values for order 2; else NULL
 * @param value   receives l; NULL for order 2
 * @param out     n values to write, for orders 1 and 2, overlapping nothing; else NULL
 * @param context as registered
 * @return 0; any other value makes the evaluating call fail with MLP_ERR_CALLBACK: it writes nothing, and a trainer does
 *         not take the step
 */
typedef int32_t (*mlp_loss_fn)(int32_t order, int64_t n, const double *y, const double *t, int32_t label,
                               const double *v, double *value, double *out, void *context);

/**
 * Register a loss of your own under a name, for the whole process. Thread-safe.
 *
 * Every function that takes a loss takes its id, and so does MLP_TRAINER_LOSS.
 *
 * @param name       1 to 63 of the characters a-z, 0-9 and _, not a name in use
 * @param max_order  the highest order @p function can compute, 0 to 2; training needs 1
 * @param function   the callback
 * @param context    handed to @p function
 * @param release    called once with @p context when the loss has been unregistered and the last prepared trainer or
 *                   running call that uses it is gone; may be NULL. Not called if this function fails.
 * @param loss       receives the id, valid until mlp_loss_unregister(); set to 0 on failure
 * @retval MLP_ERR_ARGUMENT  a bad name, order or NULL pointer, or the name is taken
 * @retval MLP_ERR_MEMORY    no memory
 * @since 0.1
 */
MLP_API mlp_status mlp_loss_register(const char *name, int32_t max_order, mlp_loss_fn function, void *context,
                                     mlp_release_fn release, mlp_loss *loss);

/**
 * Take a registered or configured loss back. Prepared trainers that use it keep working. Ids are never reused. Thread-safe.
 *
 * @retval MLP_ERR_ARGUMENT  @p loss is not the id of a registered or configured loss
 * @since 0.1
 */
MLP_API mlp_status mlp_loss_unregister(mlp_loss loss);

MLP_END_DECLS

#endif
