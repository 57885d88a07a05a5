/**
 * @file
 * Data sets: inputs with targets or class labels, and sample weights.
 *
 * Create, then set the inputs, then targets or labels, then weights if any. The set functions copy; the ones called
 * borrow keep the caller's pointer, which must stay valid and unchanged until the data set is destroyed or the part is set
 * again. Threads: as for models, const calls are concurrent.
 */
#ifndef MLP_DATA_H
#define MLP_DATA_H

#include "status.h"

MLP_BEGIN_DECLS

/** A data set of one number type. */
typedef struct mlp_data mlp_data;

/**
 * Create an empty data set.
 *
 * @param dtype    MLP_F32 or MLP_F64
 * @param samples  number of samples, >= 1
 * @param data     receives the data set, to be freed by mlp_data_destroy(); NULL on failure
 * @retval MLP_ERR_ARGUMENT  unknown dtype or a NULL pointer
 * @retval MLP_ERR_SIZE      @p samples < 1
 * @retval MLP_ERR_MEMORY    no memory
 * @since 0.1
 */
MLP_API mlp_status mlp_data_create(mlp_dtype dtype, int64_t samples, mlp_data **data);

/** Free a data set; NULL is fine. Borrowed arrays are left alone. @since 0.1 */
MLP_API void mlp_data_destroy(mlp_data *data);

/**
 * Copy the inputs in.
 *
 * @param data  an f32 data set
 * @param n_in  number of features, >= 1
 * @param x     n_in x samples, column-major: a C array of shape (samples, n_in)
 * @param ldx   leading dimension, >= n_in
 * @retval MLP_ERR_ARGUMENT  a NULL pointer
 * @retval MLP_ERR_SIZE      a size is out of range
 * @retval MLP_ERR_DTYPE     the data set is f64
 * @retval MLP_ERR_MEMORY    no memory; what was set before stays
 * @since 0.1
 */
MLP_API mlp_status mlp_data_set_inputs_f32(mlp_data *data, int64_t n_in, const float *x, int64_t ldx);

/** @copydoc mlp_data_set_inputs_f32 */
MLP_API mlp_status mlp_data_set_inputs_f64(mlp_data *data, int64_t n_in, const double *x, int64_t ldx);

/**
 * Use the caller's array as the inputs, without copying it.
 *
 * @param data  an f32 data set
 * @param n_in  number of features, >= 1
 * @param x     n_in x samples, column-major; kept
 * @param ldx   leading dimension, >= n_in
 * @retval MLP_ERR_ARGUMENT  a NULL pointer
 * @retval MLP_ERR_SIZE      a size is out of range
 * @retval MLP_ERR_DTYPE     the data set is f64
 * @since 0.1
 */
MLP_API mlp_status mlp_data_borrow_inputs_f32(mlp_data *data, int64_t n_in, const float *x, int64_t ldx);

/** @copydoc mlp_data_borrow_inputs_f32 */
MLP_API mlp_status mlp_data_borrow_inputs_f64(mlp_data *data, int64_t n_in, const double *x, int64_t ldx);

/**
 * Copy targets in; removes labels.
 *
 * @param data   an f32 data set
 * @param n_out  values per sample, >= 1
 * @param t      n_out x samples, column-major
 * @param ldt    leading dimension, >= n_out
 * @retval MLP_ERR_ARGUMENT  a NULL pointer
 * @retval MLP_ERR_SIZE      a size is out of range
 * @retval MLP_ERR_DTYPE     the data set is f64
 * @retval MLP_ERR_MEMORY    no memory; what was set before stays
 * @since 0.1
 */
MLP_API mlp_status mlp_data_set_targets_f32(mlp_data *data, int64_t n_out, const float *t, int64_t ldt);

/** @copydoc mlp_data_set_targets_f32 */
MLP_API mlp_status mlp_data_set_targets_f64(mlp_data *data, int64_t n_out, const double *t, int64_t ldt);

/**
 * Use the caller's array as the targets, without copying it; removes labels.
 *
 * @param data   an f32 data set
 * @param n_out  values per sample, >= 1
 * @param t      n_out x samples, column-major; kept
 * @param ldt    leading dimension, >= n_out
 * @retval MLP_ERR_ARGUMENT  a NULL pointer
 * @retval MLP_ERR_SIZE      a size is out of range
 * @retval MLP_ERR_DTYPE     the data set is f64
 * @since 0.1
 */
MLP_API mlp_status mlp_data_borrow_targets_f32(mlp_data *data, int64_t n_out, const float *t, int64_t ldt);

/** @copydoc mlp_data_borrow_targets_f32 */
MLP_API mlp_status mlp_data_borrow_targets_f64(mlp_data *data, int64_t n_out, const double *t, int64_t ldt);

/**
 * Copy class labels in; removes targets.
 *
 * @param data     the data set
 * @param classes  number of classes, >= 1
 * @param labels   samples values 0 .. classes - 1
 * @retval MLP_ERR_ARGUMENT  a NULL pointer, or a label out of range: the message names the sample
 * @retval MLP_ERR_SIZE      @p classes < 1
 * @retval MLP_ERR_MEMORY    no memory; what was set before stays
 * @since 0.1
 */
MLP_API mlp_status mlp_data_set_labels(mlp_data *data, int32_t classes, const int32_t *labels);

/**
 * Copy sample weights in.
 *
 * @param data     an f32 data set
 * @param weights  samples finite values >= 0 with a sum > 0; NULL removes them
 * @retval MLP_ERR_ARGUMENT  @p data is NULL, a weight is negative or not finite (the message names the sample), or
 *                           their sum is 0 or not finite
 * @retval MLP_ERR_DTYPE     the data set is f64
 * @retval MLP_ERR_MEMORY    no memory; what was set before stays
 * @since 0.1
 */
MLP_API mlp_status mlp_data_set_weights_f32(mlp_data *data, const float *weights);

/** @copydoc mlp_data_set_weights_f32 */
MLP_API mlp_status mlp_data_set_weights_f64(mlp_data *data, const double *weights);

/**
 * Multiply the weight of every sample, 1 where none are set, by that of its class. A second call multiplies again. One pass
 * over the labels; allocates new weights, and 8 bytes a class meanwhile.
 *
 * @param data           an f32 data set with labels
 * @param class_weights  one finite value >= 0 for each class
 * @retval MLP_ERR_ARGUMENT  a NULL pointer, a value that is negative or not finite (the message names the class), or weights
 *                           whose sum would be 0 or not finite
 * @retval MLP_ERR_DTYPE     the data set is f64
 * @retval MLP_ERR_STATE     it has no labels
 * @retval MLP_ERR_MEMORY    no memory; the weights stay
 * @since 0.1
 */
MLP_API mlp_status mlp_data_apply_class_weights_f32(mlp_data *data, const float *class_weights);

/** @copydoc mlp_data_apply_class_weights_f32 */
MLP_API mlp_status mlp_data_apply_class_weights_f64(mlp_data *data, const double *class_weights);

/**
 * Weigh the classes so that all that occur count alike: of W in all, a class whose samples have the weight W_c is
 * multiplied by W / (C W_c), C being the number of classes with W_c > 0. Without weights before, this is n / (C n_c), what
 * scikit-learn calls balanced. The sum of all weights stays W. Costs two passes over the labels; allocates as
 * mlp_data_apply_class_weights_f32().
 *
 * @retval MLP_ERR_ARGUMENT  @p data is NULL, or the sum of the weights would not be finite
 * @retval MLP_ERR_STATE     it has no labels
 * @retval MLP_ERR_MEMORY    no memory; the weights stay
 * @since 0.1
 */
MLP_API mlp_status mlp_data_balance_classes(mlp_data *data);

/**
 * Copy inputs out, those of samples first .. first + count - 1.
 *
 * @param data   an f32 data set
 * @param first  0 .. samples - 1
 * @param count  1 .. samples - first
 * @param x      receives n_in x count values, column-major
 * @param ldx    leading dimension, >= n_in
 * @retval MLP_ERR_ARGUMENT  a NULL pointer
 * @retval MLP_ERR_SIZE      a size is out of range
 * @retval MLP_ERR_DTYPE     the data set is f64
 * @retval MLP_ERR_STATE     it has no inputs
 * @since 0.1
 */
MLP_API mlp_status mlp_data_get_inputs_f32(const mlp_data *data, int64_t first, int64_t count, float *x,
                                           int64_t ldx);

/** @copydoc mlp_data_get_inputs_f32 */
MLP_API mlp_status mlp_data_get_inputs_f64(const mlp_data *data, int64_t first, int64_t count, double *x,
                                           int64_t ldx);

/**
 * Copy targets out, those of samples first .. first + count - 1.
 *
 * @param data   an f32 data set
 * @param first  0 .. samples - 1
 * @param count  1 .. samples - first
 * @param t      receives n_out x count values, column-major
 * @param ldt    leading dimension, >= n_out
 * @retval MLP_ERR_ARGUMENT  a NULL pointer
 * @retval MLP_ERR_SIZE      a size is out of range
 * @retval MLP_ERR_DTYPE     the data set is f64
 * @retval MLP_ERR_STATE     it has no targets
 * @since 0.1
 */
MLP_API mlp_status mlp_data_get_targets_f32(const mlp_data *data, int64_t first, int64_t count, float *t,
                                            int64_t ldt);

/** @copydoc mlp_data_get_targets_f32 */
MLP_API mlp_status mlp_data_get_targets_f64(const mlp_data *data, int64_t first, int64_t count, double *t,
                                            int64_t ldt);

/**
 * Copy labels out, those of samples first .. first + count - 1.
 *
 * @param data    the data set
 * @param first   0 .. samples - 1
 * @param count   1 .. samples - first
 * @param labels  receives count values 0 .. classes - 1
 * @retval MLP_ERR_ARGUMENT  a NULL pointer
 * @retval MLP_ERR_SIZE      a size is out of range
 * @retval MLP_ERR_STATE     it has no labels
 * @since 0.1
 */
MLP_API mlp_status mlp_data_get_labels(const mlp_data *data, int64_t first, int64_t count, int32_t *labels);

/**
 * Copy sample weights out, those of samples first .. first + count - 1; all 1 where none are set.
 *
 * @param data     an f32 data set
 * @param first    0 .. samples - 1
 * @param count    1 .. samples - first
 * @param weights  receives count values
 * @retval MLP_ERR_ARGUMENT  a NULL pointer
 * @retval MLP_ERR_SIZE      a size is out of range
 * @retval MLP_ERR_DTYPE     the data set is f64
 * @since 0.1
 */
MLP_API mlp_status mlp_data_get_weights_f32(const mlp_data *data, int64_t first, int64_t count,
                                            float *weights);

/** @copydoc mlp_data_get_weights_f32 */
MLP_API mlp_status mlp_data_get_weights_f64(const mlp_data *data, int64_t first, int64_t count,
                                            double *weights);

/**
 * Make a data set of chosen samples: inputs, targets or labels, and weights, each copied where it is set. One pass over
 * what is copied.
 *
 * @param data     the data set
 * @param count    number of indices, >= 1
 * @param indices  count values 0 .. samples - 1, in the order wanted; a sample may be taken more than once
 * @param subset   receives the new data set, to be freed by mlp_data_destroy(); NULL on failure
 * @retval MLP_ERR_ARGUMENT  a NULL pointer, an index out of range (the message names it), or weights of the chosen samples
 *                           whose sum is 0 or not finite
 * @retval MLP_ERR_SIZE      @p count < 1, or the copies would not fit the address space
 * @retval MLP_ERR_MEMORY    no memory
 * @since 0.1
 */
MLP_API mlp_status mlp_data_subset(const mlp_data *data, int64_t count, const int64_t *indices,
                                   mlp_data **subset);

/**
 * Split at random into two data sets of copies, such as training and validation data.
 *
 * With labels the split is stratified: where n_c of n samples are of class c, the second part gets n_c count / n of them,
 * rounded down or up. Which are rounded up: first the classes of two samples or more that would else be missing from
 * the second part, then by the largest remainder, of equals the lower class; last those that would else be missing from the
 * first part. Both parts keep the order of the samples. The same seed draws the same parts on every machine. Costs a few
 * passes over the labels and one over what is copied; uses 17 bytes a sample meanwhile, and 48 a class.
 *
 * @param data    the data set
 * @param count   samples of the second part, 1 .. samples - 1
 * @param seed    any number
 * @param first   receives the first part, to be freed by mlp_data_destroy(); NULL on failure
 * @param second  receives the second part, likewise
 * @retval MLP_ERR_ARGUMENT  a NULL pointer, or the weights of a part sum to 0
 * @retval MLP_ERR_SIZE      @p count is out of range, or an order of so many samples would not fit the address space
 * @retval MLP_ERR_MEMORY    no memory
 * @since 0.1
 */
MLP_API mlp_status mlp_data_split(const mlp_data *data, int64_t count, uint64_t seed, mlp_data **first,
                                  mlp_data **second);

/**
 * One of the splits of k-fold cross-validation: the samples are dealt to @p folds parts at random; part number @p fold is
 * the test set, the others together are the training set, each in the order of the samples.
 *
 * Every sample is in the test set of exactly one fold of a seed. The parts differ in size by at most one sample, and with
 * labels in the number of samples of each class by at most one. Costs what mlp_data_split() does.
 *
 * @param data   the data set
 * @param folds  number of parts, 2 .. samples
 * @param fold   0 .. folds - 1
 * @param seed   any number
 * @param train  receives the training set, to be freed by mlp_data_destroy(); NULL on failure
 * @param test   receives the test set, likewise
 * @retval MLP_ERR_ARGUMENT  a NULL pointer, or the weights of a set sum to 0
 * @retval MLP_ERR_SIZE      @p folds or @p fold is out of range, or an order of so many samples would not fit the address space
 * @retval MLP_ERR_MEMORY    no memory
 * @since 0.1
 */
MLP_API mlp_status mlp_data_fold(const mlp_data *data, int64_t folds, int64_t fold, uint64_t seed,
                                 mlp_data **train, mlp_data **test);

/** Number type; 0 for NULL. @since 0.1 */
MLP_API mlp_dtype mlp_data_dtype(const mlp_data *data);

/** Number of samples; 0 for NULL. @since 0.1 */
MLP_API int64_t mlp_data_samples(const mlp_data *data);

/** Number of features of the inputs; 0 where none are set, or for NULL. @since 0.1 */
MLP_API int64_t mlp_data_input_width(const mlp_data *data);

/** Values per sample of the targets; 0 where none are set, or for NULL. @since 0.1 */
MLP_API int64_t mlp_data_target_width(const mlp_data *data);

/** Number of classes of the labels; 0 where none are set, or for NULL. @since 0.1 */
MLP_API int32_t mlp_data_classes(const mlp_data *data);

MLP_END_DECLS

#endif
