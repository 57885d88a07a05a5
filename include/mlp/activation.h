/**
 * @file
 * Activations sigma: their constants, names, values and derivatives, and activations of your own.
 *
 * An activation acts on every element of z_l = A_l y_{l-1} + b_l. Each kind comes with sigma, sigma',
 * sigma'' and sigma'''. At a kink the derivative is the one of the left piece (relu'(0) = 0), and the
 * derivative of a piecewise constant function is 0.
 */
#ifndef MLP_ACTIVATION_H
#define MLP_ACTIVATION_H

#include "status.h"

MLP_BEGIN_DECLS

/** A kind of activation: one of the constants below, or an id from mlp_activation_register(). */
typedef int32_t mlp_activation;

/** z */
#define MLP_IDENTITY ((mlp_activation)1)
/** max(z, 0) */
#define MLP_RELU ((mlp_activation)2)
/** z for z > 0, slope z otherwise; parameter slope, default 0.01 */
#define MLP_LEAKY_RELU ((mlp_activation)3)
/** z for z > 0, alpha (e^z - 1) otherwise; parameter alpha, default 1 */
#define MLP_ELU ((mlp_activation)4)
/** 1.0507... times elu with alpha = 1.6732... (Klambauer et al. 2017, eq. 2) */
#define MLP_SELU ((mlp_activation)5)
/** 1 / (1 + e^-z) */
#define MLP_SIGMOID ((mlp_activation)6)
/** z / 6 + 1/2, clipped to [0, 1] */
#define MLP_HARD_SIGMOID ((mlp_activation)7)
/** tanh z */
#define MLP_TANH ((mlp_activation)8)
/** z, clipped to [-1, 1] */
#define MLP_HARD_TANH ((mlp_activation)9)
/** log(1 + e^z) */
#define MLP_SOFTPLUS ((mlp_activation)10)
/** z / (1 + |z|) */
#define MLP_SOFTSIGN ((mlp_activation)11)
/** z Phi(z), Phi the normal distribution function (Hendrycks and Gimpel 2016) */
#define MLP_GELU ((mlp_activation)12)
/** z/2 (1 + tanh(sqrt(2/pi) (z + 0.044715 z^3))) */
#define MLP_GELU_TANH ((mlp_activation)13)
/** z sigmoid(z), also called swish */
#define MLP_SILU ((mlp_activation)14)
/** z tanh(softplus(z)) (Misra 2019) */
#define MLP_MISH ((mlp_activation)15)
/** sin(omega z) (Sitzmann et al. 2020); parameter omega, default 1 */
#define MLP_SINE ((mlp_activation)16)
/** e^(-z^2) */
#define MLP_GAUSSIAN ((mlp_activation)17)
/** z^2 */
#define MLP_SQUARE ((mlp_activation)18)
/** e^z */
#define MLP_EXP ((mlp_activation)19)

/**
 * The name of an activation, such as "leaky_relu"; for a registered one the name it was given.
 *
 * @return the name; NULL for an unknown id. Built-in names live as long as the library, registered ones
 *         until mlp_activation_unregister().
 * @since 0.1
 */
MLP_API const char *mlp_activation_name(mlp_activation activation);

/**
 * The activation of a name, built in or registered.
 *
 * @return the constant; 0 if @p name is NULL or unknown
 * @since 0.1
 */
MLP_API mlp_activation mlp_activation_from_name(const char *name);

/**
 * The parameter an activation has, if any: its name, default and bounds (inclusive).
 *
 * @param activation    a constant or registered id
 * @param name          receives a string that lives as long as the library, NULL if there is no parameter;
 *                      may be NULL
 * @param default_value receives the default; may be NULL
 * @param minimum       receives the least allowed value; may be NULL
 * @param maximum       receives the largest allowed value; may be NULL
 * @retval MLP_ERR_ARGUMENT  @p activation is unknown
 * @since 0.1
 */
MLP_API mlp_status mlp_activation_parameter(mlp_activation activation, const char **name,
                                            double *default_value, double *minimum, double *maximum);

/**
 * Evaluate an activation or one of its derivatives: out[i] = sigma^(order)(z[i]).
 *
 * Errors: sigma within 2 units in the last place (4 for elu, selu, gelu, gelu_tanh, silu and mish); docs/math.md
 * has the bounds of the derivatives. NaN gives NaN; overflow gives the infinity of the right sign.
 *
 * @param activation a constant or registered id
 * @param parameter  its parameter, which is rounded to the number type; ignored for kinds that have none
 * @param order      0, 1, 2 or 3
 * @param n          number of elements, >= 0
 * @param z          n values
 * @param out        n values, overwritten; may be @p z itself
 * @retval MLP_ERR_ARGUMENT     unknown activation or order, a NULL pointer with @p n > 0, a parameter outside its bounds,
 *                              or @p out overlaps @p z without being @p z
 * @retval MLP_ERR_SIZE         @p n is negative
 * @retval MLP_ERR_UNSUPPORTED  a registered activation has no derivative of this order
 * @retval MLP_ERR_CALLBACK     the callback of a registered activation returned nonzero
 * @retval MLP_ERR_MEMORY       no memory to collect the results of a registered activation
 * @since 0.1
 */
MLP_API mlp_status mlp_activation_evaluate_f32(mlp_activation activation, double parameter, int32_t order,
                                               int64_t n, const float *z, float *out);

/** @copydoc mlp_activation_evaluate_f32 */
MLP_API mlp_status mlp_activation_evaluate_f64(mlp_activation activation, double parameter, int32_t order,
                                               int64_t n, const double *z, double *out);

/**
 * An activation of your own: out[i] = sigma^(order)(z[i]) for i = 0..n-1.
 *
 * Called on the thread that evaluates, with no lock held, from several threads at once where several
 * evaluate. It may call nothing of this library but queries of names and versions, and must not unwind
 * (longjmp, C++ exceptions). Models in f32 hand over their values converted to double, in pieces.
 *
 * @param order   0 for the value, k for the k-th derivative, at most the registered maximum
 * @param n       number of elements, > 0
 * @param z       n values
 * @param out     n values to write; never overlaps @p z
 * @param context as registered
 * @return 0; any other value makes the evaluating call fail with MLP_ERR_CALLBACK
 */
typedef int32_t (*mlp_activation_fn)(int32_t order, int64_t n, const double *z, double *out, void *context);

/**
 * Register an activation of your own under a name, for the whole process.
 *
 * A file with a model that uses it holds the name; it must be registered again before such a file is
 * loaded. Thread-safe.
 *
 * @param name       1 to 63 of the characters a-z, 0-9 and _, not a name in use
 * @param max_order  the highest derivative @p function can compute, 0 to 3; differentiating a model needs 1
 * @param function   the callback
 * @param context    handed to @p function
 * @param release    called once with @p context when the activation has been unregistered and the last model,
 *                   workspace or trainer that uses it is gone; may be NULL. Not called if this function fails.
 * @param activation receives the id, valid until mlp_activation_unregister(); set to 0 on failure
 * @retval MLP_ERR_ARGUMENT  a bad name, order or NULL pointer, or the name is taken
 * @retval MLP_ERR_MEMORY    no memory
 * @since 0.1
 */
MLP_API mlp_status mlp_activation_register(const char *name, int32_t max_order, mlp_activation_fn function,
                                           void *context, mlp_release_fn release, mlp_activation *activation);

/**
 * Take a registered name back. Models that use the activation keep working. Ids are never reused.
 * Thread-safe.
 *
 * @retval MLP_ERR_ARGUMENT  @p activation is not a registered id
 * @since 0.1
 */
MLP_API mlp_status mlp_activation_unregister(mlp_activation activation);

MLP_END_DECLS

#endif
