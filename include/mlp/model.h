/**
 * @file
 * The model: widths, activations, parameters, scaling, head and metadata of a multi-layer perceptron.
 *
 *     z_l = A_l y_{l-1} + b_l,   y_l = sigma_l(z_l),   l = 1..L,   y_0 = x
 *
 * A_l is n_l x n_{l-1}; sigma_L is the identity unless set. The parameters are ONE vector
 *
 *     theta = [A_1 | b_1 | A_2 | b_2 | ... | A_L | b_L],   each A_l column-major, leading dimension n_l
 *
 * and gradients and files keep this order. Threads: functions that take a const mlp_model may run
 * concurrently; one that takes a non-const one needs the model to itself.
 */
#ifndef MLP_MODEL_H
#define MLP_MODEL_H

#include "activation.h"

MLP_BEGIN_DECLS

/** A multi-layer perceptron of one number type. */
typedef struct mlp_model mlp_model;

/** How parameters are initialised: one of the MLP_INIT_... constants. */
typedef int32_t mlp_initializer;

/** all 0 */
#define MLP_INIT_ZEROS ((mlp_initializer)1)
/** weights = value, biases 0; parameter value */
#define MLP_INIT_CONSTANT ((mlp_initializer)2)
/** U(-limit, limit); parameter limit */
#define MLP_INIT_UNIFORM ((mlp_initializer)3)
/** N(0, std^2); parameter std */
#define MLP_INIT_NORMAL ((mlp_initializer)4)
/** Glorot and Bengio 2010, eq. 16 */
#define MLP_INIT_GLOROT_UNIFORM ((mlp_initializer)5)
/** N(0, 2 / (n_in + n_out)) */
#define MLP_INIT_GLOROT_NORMAL ((mlp_initializer)6)
/** U with the variance of HE_NORMAL */
#define MLP_INIT_HE_UNIFORM ((mlp_initializer)7)
/** N(0, 2 / n_in): He et al. 2015, eq. 10 */
#define MLP_INIT_HE_NORMAL ((mlp_initializer)8)
/** U with the variance of LECUN_NORMAL */
#define MLP_INIT_LECUN_UNIFORM ((mlp_initializer)9)
/** N(0, 1 / n_in): LeCun et al. 1998, sec. 4.6 */
#define MLP_INIT_LECUN_NORMAL ((mlp_initializer)10)
/** orthonormal rows or columns: Saxe et al. 2014; parameter gain */
#define MLP_INIT_ORTHOGONAL ((mlp_initializer)11)
/** Sitzmann et al. 2020, sec. 3.2, with omega of the sine activation */
#define MLP_INIT_SIREN ((mlp_initializer)12)

/** What mlp_predict_f32() applies to the output: one of the MLP_HEAD_... constants. */
typedef int32_t mlp_head;

/** the output as it is */
#define MLP_HEAD_NONE ((mlp_head)1)
/** 1 / (1 + e^-y) on every output: independent probabilities */
#define MLP_HEAD_SIGMOID ((mlp_head)2)
/** e^y / sum e^y over the outputs of a sample: class probabilities */
#define MLP_HEAD_SOFTMAX ((mlp_head)3)

/** The name of an initialiser, such as "glorot_uniform"; NULL for an unknown constant. @since 0.1 */
MLP_API const char *mlp_initializer_name(mlp_initializer initializer);

/** The initialiser of a name; 0 if @p name is NULL or unknown. @since 0.1 */
MLP_API mlp_initializer mlp_initializer_from_name(const char *name);

/**
 * The parameter an initialiser has, if any: its name, default and bounds (inclusive).
 *
 * @param initializer   a constant
 * @param name          receives a string that lives as long as the library, NULL if there is no parameter; may be NULL
 * @param default_value receives the default; may be NULL
 * @param minimum       receives the least allowed value; may be NULL
 * @param maximum       receives the largest allowed value; may be NULL
 * @retval MLP_ERR_ARGUMENT  @p initializer is unknown
 * @since 0.1
 */
MLP_API mlp_status mlp_initializer_parameter(mlp_initializer initializer, const char **name,
                                             double *default_value, double *minimum, double *maximum);

/** The name of a head: "none", "sigmoid" or "softmax"; NULL for an unknown constant. @since 0.1 */
MLP_API const char *mlp_head_name(mlp_head head);

/** The head of a name; 0 if @p name is NULL or unknown. @since 0.1 */
MLP_API mlp_head mlp_head_from_name(const char *name);

/**
 * Create a model with all parameters zero.
 *
 * @param dtype   MLP_F32 or MLP_F64
 * @param layers  L >= 1, the number of weight matrices; at most 4096
 * @param widths  L + 1 values n_0 .. n_L, each 1 .. 2^31 - 1
 * @param hidden  activation of layers 1 .. L-1, with its default parameter; layer L gets the identity
 * @param model   receives the model, to be freed by mlp_model_destroy(); NULL on failure
 * @retval MLP_ERR_ARGUMENT  a NULL pointer, or an unknown dtype or activation
 * @retval MLP_ERR_SIZE      @p layers or a width is out of range, or the parameters overflow the address space
 * @retval MLP_ERR_MEMORY    no memory
 * @since 0.1
 */
MLP_API mlp_status mlp_model_create(mlp_dtype dtype, int32_t layers, const int64_t *widths,
                                    mlp_activation hidden, mlp_model **model);

/** Free a model; NULL is fine. Workspaces and trainers made for it keep working. @since 0.1 */
MLP_API void mlp_model_destroy(mlp_model *model);

/**
 * A copy of a model with everything it holds. It shares the generation of @p source until either is changed, so
 * a workspace's remembered pass and packed copies are good for both.
 *
 * @param source  the model to copy
 * @param model   receives the copy; NULL on failure
 * @retval MLP_ERR_ARGUMENT  a NULL pointer
 * @retval MLP_ERR_MEMORY    no memory
 * @since 0.1
 */
MLP_API mlp_status mlp_model_clone(const mlp_model *source, mlp_model **model);

/**
 * Copy parameters and scaling from a model of the same architecture (dtype, widths, activations and their
 * parameters). Metadata and head stay. Allocates nothing, so a fresh set of parameters can be swapped in at any
 * time no other thread uses @p model. Seals the architecture.
 *
 * @retval MLP_ERR_ARGUMENT  a NULL pointer, or another architecture
 * @retval MLP_ERR_DTYPE     the models differ in number type
 * @since 0.1
 */
MLP_API mlp_status mlp_model_copy_params(mlp_model *model, const mlp_model *source);

/** Number type of the model; 0 for NULL. @since 0.1 */
MLP_API mlp_dtype mlp_model_dtype(const mlp_model *model);

/** L, the number of layers; 0 for NULL. @since 0.1 */
MLP_API int32_t mlp_model_layer_count(const mlp_model *model);

/** n_l for l = 0..L (0 is the input); 0 if out of range or NULL. @since 0.1 */
MLP_API int64_t mlp_model_width(const mlp_model *model, int32_t layer);

/** Number of parameters: sum over l of n_l (n_{l-1} + 1); 0 for NULL. @since 0.1 */
MLP_API int64_t mlp_model_param_count(const mlp_model *model);

/** Index in theta of the first element of A_l, l = 1..L; -1 if out of range or NULL. @since 0.1 */
MLP_API int64_t mlp_model_weight_offset(const mlp_model *model, int32_t layer);

/** Index in theta of the first element of b_l, l = 1..L; -1 if out of range or NULL. @since 0.1 */
MLP_API int64_t mlp_model_bias_offset(const mlp_model *model, int32_t layer);

/**
 * The generation: a number no other state of any model's parameters and scaling in this process has had.
 *
 * @return the number, > 0; 0 for NULL
 * @since 0.1
 */
MLP_API uint64_t mlp_model_generation(const mlp_model *model);

/**
 * Choose the activation of one layer, with its default parameter.
 *
 * @param model       not sealed: its parameters have never been set
 * @param layer       1..L; L is the output layer
 * @param activation  a constant or a registered id
 * @retval MLP_ERR_ARGUMENT  a NULL pointer, or an unknown layer or activation
 * @retval MLP_ERR_STATE     the parameters have been set: the architecture is sealed
 * @since 0.1
 */
MLP_API mlp_status mlp_model_set_activation(mlp_model *model, int32_t layer, mlp_activation activation);

/**
 * Set the parameter of one layer's activation: the slope, alpha or frequency.
 *
 * @param model  not sealed: its parameters have never been set
 * @param layer  1..L
 * @param value  within the bounds mlp_activation_parameter() tells
 * @retval MLP_ERR_ARGUMENT  a NULL pointer, an unknown layer, an activation without parameter, or a value out of bounds
 * @retval MLP_ERR_STATE     the parameters have been set: the architecture is sealed
 * @since 0.1
 */
MLP_API mlp_status mlp_model_set_activation_parameter(mlp_model *model, int32_t layer, double value);

/** The activation of layer 1..L; 0 if out of range or NULL. @since 0.1 */
MLP_API mlp_activation mlp_model_activation(const mlp_model *model, int32_t layer);

/** The parameter of the activation of layer 1..L; 0 where there is none, out of range or NULL. @since 0.1 */
MLP_API double mlp_model_activation_parameter(const mlp_model *model, int32_t layer);

/**
 * Initialise all parameters, with the initialiser's default parameter.
 *
 * The values depend on the widths, the initialiser and the seed alone: same bits on every machine and BLAS,
 * and a f32 model gets the rounded values of the f64 one. Seals the architecture.
 *
 * @param model        the model
 * @param initializer  a MLP_INIT_... constant
 * @param seed         any value
 * @retval MLP_ERR_ARGUMENT  a NULL pointer or unknown initialiser
 * @retval MLP_ERR_MEMORY    no memory (orthogonal only); the parameters are as before
 * @since 0.1
 */
MLP_API mlp_status mlp_model_initialize(mlp_model *model, mlp_initializer initializer, uint64_t seed);

/**
 * Initialise the parameters of one layer as mlp_model_initialize() would, with a parameter of your choice.
 *
 * @param model        the model
 * @param layer        1..L
 * @param initializer  a MLP_INIT_... constant
 * @param parameter    within its bounds (mlp_initializer_parameter()); ignored where there is none
 * @param seed         any value
 * @retval MLP_ERR_ARGUMENT  a NULL pointer, unknown layer or initialiser, or a parameter out of bounds
 * @retval MLP_ERR_MEMORY    no memory (orthogonal only); the parameters are as before
 * @since 0.1
 */
MLP_API mlp_status mlp_model_initialize_layer(mlp_model *model, int32_t layer, mlp_initializer initializer,
                                              double parameter, uint64_t seed);

/**
 * Copy parameters out: theta[offset .. offset + count - 1].
 *
 * @param model   an f32 model
 * @param offset  >= 0
 * @param count   >= 0, offset + count <= mlp_model_param_count()
 * @param theta   count values, overwritten; may be NULL if count is 0
 * @retval MLP_ERR_ARGUMENT  a NULL pointer
 * @retval MLP_ERR_SIZE      a range outside theta
 * @retval MLP_ERR_DTYPE     the model is f64
 * @since 0.1
 */
MLP_API mlp_status mlp_model_get_params_f32(const mlp_model *model, int64_t offset, int64_t count,
                                            float *theta);

/** @copydoc mlp_model_get_params_f32 */
MLP_API mlp_status mlp_model_get_params_f64(const mlp_model *model, int64_t offset, int64_t count,
                                            double *theta);

/**
 * Copy parameters in: theta[offset .. offset + count - 1]. Seals the architecture.
 *
 * @param model   an f32 model
 * @param offset  >= 0
 * @param count   >= 0, offset + count <= mlp_model_param_count()
 * @param theta   count values; may be NULL if count is 0
 * @retval MLP_ERR_ARGUMENT  a NULL pointer
 * @retval MLP_ERR_SIZE      a range outside theta
 * @retval MLP_ERR_DTYPE     the model is f64
 * @since 0.1
 */
MLP_API mlp_status mlp_model_set_params_f32(mlp_model *model, int64_t offset, int64_t count,
                                            const float *theta);

/** @copydoc mlp_model_set_params_f32 */
MLP_API mlp_status mlp_model_set_params_f64(mlp_model *model, int64_t offset, int64_t count,
                                            const double *theta);

/**
 * Copy one layer's A_l out, in either storage order. PyTorch's Linear.weight is A_l in MLP_ROW_MAJOR.
 *
 * @param model  an f32 model
 * @param layer  1..L
 * @param order  MLP_COLUMN_MAJOR or MLP_ROW_MAJOR
 * @param A      n_l x n_{l-1} values, overwritten
 * @param lda    leading dimension: >= n_l for column-major, >= n_{l-1} for row-major
 * @retval MLP_ERR_ARGUMENT  a NULL pointer, unknown layer or order
 * @retval MLP_ERR_SIZE      @p lda is too small
 * @retval MLP_ERR_DTYPE     the model is f64
 * @since 0.1
 */
MLP_API mlp_status mlp_model_get_weights_f32(const mlp_model *model, int32_t layer, mlp_order order, float *A,
                                             int64_t lda);

/** @copydoc mlp_model_get_weights_f32 */
MLP_API mlp_status mlp_model_get_weights_f64(const mlp_model *model, int32_t layer, mlp_order order,
                                             double *A, int64_t lda);

/**
 * Copy one layer's A_l in, in either storage order. Seals the architecture.
 *
 * @param model  an f32 model
 * @param layer  1..L
 * @param order  MLP_COLUMN_MAJOR or MLP_ROW_MAJOR
 * @param A      n_l x n_{l-1} values
 * @param lda    leading dimension: >= n_l for column-major, >= n_{l-1} for row-major
 * @retval MLP_ERR_ARGUMENT  a NULL pointer, unknown layer or order
 * @retval MLP_ERR_SIZE      @p lda is too small
 * @retval MLP_ERR_DTYPE     the model is f64
 * @since 0.1
 */
MLP_API mlp_status mlp_model_set_weights_f32(mlp_model *model, int32_t layer, mlp_order order, const float *A,
                                             int64_t lda);

/** @copydoc mlp_model_set_weights_f32 */
MLP_API mlp_status mlp_model_set_weights_f64(mlp_model *model, int32_t layer, mlp_order order,
                                             const double *A, int64_t lda);

/**
 * Copy one layer's b_l out.
 *
 * @param model  an f32 model
 * @param layer  1..L
 * @param b      n_l values, overwritten
 * @retval MLP_ERR_ARGUMENT  a NULL pointer or unknown layer
 * @retval MLP_ERR_DTYPE     the model is f64
 * @since 0.1
 */
MLP_API mlp_status mlp_model_get_bias_f32(const mlp_model *model, int32_t layer, float *b);

/** @copydoc mlp_model_get_bias_f32 */
MLP_API mlp_status mlp_model_get_bias_f64(const mlp_model *model, int32_t layer, double *b);

/**
 * Copy one layer's b_l in. Seals the architecture.
 *
 * @param model  an f32 model
 * @param layer  1..L
 * @param b      n_l values
 * @retval MLP_ERR_ARGUMENT  a NULL pointer or unknown layer
 * @retval MLP_ERR_DTYPE     the model is f64
 * @since 0.1
 */
MLP_API mlp_status mlp_model_set_bias_f32(mlp_model *model, int32_t layer, const float *b);

/** @copydoc mlp_model_set_bias_f32 */
MLP_API mlp_status mlp_model_set_bias_f64(mlp_model *model, int32_t layer, const double *b);

/**
 * Set the affine scaling of the inputs: y_0 = scale o x + shift, feature by feature. To standardise a feature
 * of mean m and deviation s, scale = 1/s and shift = -m/s. Derivatives with respect to x include it.
 *
 * @param model  an f32 model
 * @param scale  n_0 finite values; NULL together with @p shift removes the scaling
 * @param shift  n_0 finite values
 * @retval MLP_ERR_ARGUMENT  @p model is NULL, or exactly one of the arrays is
 * @retval MLP_ERR_NUMERIC   a value is not finite
 * @retval MLP_ERR_DTYPE     the model is f64
 * @since 0.1
 */
MLP_API mlp_status mlp_model_set_input_scaling_f32(mlp_model *model, const float *scale, const float *shift);

/** @copydoc mlp_model_set_input_scaling_f32 */
MLP_API mlp_status mlp_model_set_input_scaling_f64(mlp_model *model, const double *scale,
                                                   const double *shift);

/**
 * Set the affine scaling of the outputs: y = scale o y_L + shift. To give back a target of mean m and deviation
 * s in its own units, scale = s and shift = m.
 *
 * @param model  an f32 model
 * @param scale  n_L finite values; NULL together with @p shift removes the scaling
 * @param shift  n_L finite values
 * @retval MLP_ERR_ARGUMENT  @p model is NULL, or exactly one of the arrays is
 * @retval MLP_ERR_NUMERIC   a value is not finite
 * @retval MLP_ERR_DTYPE     the model is f64
 * @since 0.1
 */
MLP_API mlp_status mlp_model_set_output_scaling_f32(mlp_model *model, const float *scale, const float *shift);

/** @copydoc mlp_model_set_output_scaling_f32 */
MLP_API mlp_status mlp_model_set_output_scaling_f64(mlp_model *model, const double *scale,
                                                    const double *shift);

/**
 * The scaling of the inputs; 1 and 0 where none is set.
 *
 * @param model  an f32 model
 * @param scale  n_0 values, overwritten; NULL to skip
 * @param shift  n_0 values, overwritten; NULL to skip
 * @retval MLP_ERR_ARGUMENT  @p model is NULL
 * @retval MLP_ERR_DTYPE     the model is f64
 * @since 0.1
 */
MLP_API mlp_status mlp_model_get_input_scaling_f32(const mlp_model *model, float *scale, float *shift);

/** @copydoc mlp_model_get_input_scaling_f32 */
MLP_API mlp_status mlp_model_get_input_scaling_f64(const mlp_model *model, double *scale, double *shift);

/**
 * The scaling of the outputs; 1 and 0 where none is set.
 *
 * @param model  an f32 model
 * @param scale  n_L values, overwritten; NULL to skip
 * @param shift  n_L values, overwritten; NULL to skip
 * @retval MLP_ERR_ARGUMENT  @p model is NULL
 * @retval MLP_ERR_DTYPE     the model is f64
 * @since 0.1
 */
MLP_API mlp_status mlp_model_get_output_scaling_f32(const mlp_model *model, float *scale, float *shift);

/** @copydoc mlp_model_get_output_scaling_f32 */
MLP_API mlp_status mlp_model_get_output_scaling_f64(const mlp_model *model, double *scale, double *shift);

/**
 * Choose what mlp_predict_f32() and mlp_predict_f64() apply to the output. Allowed at any time.
 *
 * @retval MLP_ERR_ARGUMENT  a NULL pointer or unknown head
 * @since 0.1
 */
MLP_API mlp_status mlp_model_set_head(mlp_model *model, mlp_head head);

/** The head; MLP_HEAD_NONE unless set, 0 for NULL. @since 0.1 */
MLP_API mlp_head mlp_model_head(const mlp_model *model);

/**
 * Attach a string to the model under a key; both are copied, and saved with it.
 *
 * @param model  the model
 * @param key    not empty, valid UTF-8; keys that begin with "mlp." are the library's own
 * @param value  valid UTF-8; NULL removes the key
 * @retval MLP_ERR_ARGUMENT  a NULL @p model or @p key, a key that is not allowed, or text that is not UTF-8
 * @retval MLP_ERR_MEMORY    no memory; the metadata are as before
 * @since 0.1
 */
MLP_API mlp_status mlp_model_set_metadata(mlp_model *model, const char *key, const char *value);

/**
 * The string under a key.
 *
 * @param model   the model
 * @param key     the key
 * @param buffer  receives the value, NUL-terminated and cut to @p size; NULL only if @p size is 0
 * @param size    bytes at @p buffer
 * @return bytes needed for the whole value with its NUL; 0 if there is no such key; negative (an mlp_status) on bad arguments
 * @since 0.1
 */
MLP_API int64_t mlp_model_metadata(const mlp_model *model, const char *key, char *buffer, int64_t size);

/** Number of keys; 0 for NULL. @since 0.1 */
MLP_API int32_t mlp_model_metadata_count(const mlp_model *model);

/**
 * The key at an index, in the order of first setting.
 *
 * @param model   the model
 * @param index   0 .. mlp_model_metadata_count() - 1
 * @param buffer  receives the key, NUL-terminated and cut to @p size; NULL only if @p size is 0
 * @param size    bytes at @p buffer
 * @return bytes needed for the whole key with its NUL; negative (an mlp_status) on bad arguments
 * @since 0.1
 */
MLP_API int64_t mlp_model_metadata_key(const mlp_model *model, int32_t index, char *buffer, int64_t size);

MLP_END_DECLS

#endif
