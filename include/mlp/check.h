/**
 * @file
 * Proofs of derivatives that you can run: of a model, an activation, a loss, or any function, your own included.
 *
 * A check evaluates derivatives at points that a seed decides and compares them with what they must be. It
 * makes a report: rows with a name, a method, a residual and a bound. A residual is the largest |error| / scale of what
 * the row compared; the row passes where that is within the bound. docs/math.md, section 11, has every row's scale and
 * bound. The same seed gives the same report.
 *
 * Values that are only there to be differentiated, of registered activations and losses and of mlp_check_function(), are
 * differenced and extrapolated (Ridders, Advances in Engineering Software 4, 1982), with an estimate of the error. Points
 * where the estimate is poor, at a kink say, do not count; where less than half do, the row does not pass. Values computed
 * in double are checked to about eight digits, those computed in float to about three.
 *
 * Checks allocate, print nothing, and are not for hot loops. They run on the calling thread.
 */
#ifndef MLP_CHECK_H
#define MLP_CHECK_H

#include "loss.h"
#include "model.h"

MLP_BEGIN_DECLS

/** A report. Nothing changes it; any number of threads may read it. */
typedef struct mlp_check mlp_check;

/**
 * Check every derivative of a model, in its own number type, at random points.
 *
 * Forward, vjp, jvp, Jacobians, gradients of samples and what is told of them, jets, Laplacian, gradients through both, mixed
 * gradients, Hessians in x and in theta and Gauss-Newton products, against a reference network of plain loops over truncated
 * power series in double; adjoint identity, symmetry, and a batch against its samples; the derivatives of registered
 * activations against differences, as mlp_check_activation() does. y_0 is within -1 .. 1, and nearer to 0 where some |z| would
 * exceed 4; a model whose numbers overflow even so does not pass. Rows are left out for derivatives a registered activation
 * does not have, Jacobians above 2^24 elements, and Laplacians and Hessians of more than 128 inputs.
 *
 * @param model   the model; its parameters are those checked
 * @param points  number of samples, 1 .. 1024
 * @param seed    decides the points and directions
 * @param check   receives the report, to be freed by mlp_check_destroy(); NULL on failure
 * @retval MLP_ERR_ARGUMENT     a NULL pointer
 * @retval MLP_ERR_SIZE         @p points is out of range
 * @retval MLP_ERR_UNSUPPORTED  a registered activation has no derivative
 * @retval MLP_ERR_CALLBACK     a registered activation failed
 * @retval MLP_ERR_MEMORY       no memory
 * @since 0.1
 */
MLP_API mlp_status mlp_check_model(const mlp_model *model, int64_t points, uint64_t seed, mlp_check **check);

/**
 * Check sigma and its derivatives at 64 points of -4 .. 4.
 *
 * A built-in activation is compared with its definition, in f32 and f64, orders 0 to 3; the derivatives of a registered one
 * with differences of the order below.
 *
 * @param activation  a constant or registered id
 * @param parameter   its parameter; ignored for kinds that have none
 * @param seed        decides the points
 * @param check       receives the report, to be freed by mlp_check_destroy(); NULL on failure
 * @retval MLP_ERR_ARGUMENT     a NULL pointer, an unknown activation, or a parameter outside its bounds
 * @retval MLP_ERR_UNSUPPORTED  a registered activation has no derivative
 * @retval MLP_ERR_CALLBACK     the callback of a registered activation returned nonzero
 * @retval MLP_ERR_MEMORY       no memory
 * @since 0.1
 */
MLP_API mlp_status mlp_check_activation(mlp_activation activation, double parameter, uint64_t seed,
                                        mlp_check **check);

/**
 * Check the gradient and the Hessian of a loss on 8 samples, for targets and for labels.
 *
 * The gradient against differences of the value, the Hessian against differences of the gradient and by its symmetry, f32
 * against f64. Outputs are in -3 .. 3; targets are >= 0 and sum to 1. Registered losses are checked up to the
 * order they have, and for labels unless their callback fails where it is given one.
 *
 * @param loss   a constant or id
 * @param n      number of outputs, 1 .. 2^20
 * @param seed   decides the samples
 * @param check  receives the report, to be freed by mlp_check_destroy(); NULL on failure
 * @retval MLP_ERR_ARGUMENT     a NULL pointer, or an unknown loss
 * @retval MLP_ERR_SIZE         @p n is out of range, or odd for MLP_GAUSSIAN_NLL
 * @retval MLP_ERR_UNSUPPORTED  a registered loss has no gradient
 * @retval MLP_ERR_CALLBACK     the callback of a registered loss returned nonzero
 * @retval MLP_ERR_MEMORY       no memory
 * @since 0.1
 */
MLP_API mlp_status mlp_check_loss(mlp_loss loss, int64_t n, uint64_t seed, mlp_check **check);

/**
 * A function to be checked: y(x, theta).
 *
 * @param x        n_in values
 * @param theta    n_theta values; NULL where there are none
 * @param y        n_out values to write
 * @param context  as given to mlp_check_function()
 * @return 0; any other value makes the check fail with MLP_ERR_CALLBACK
 */
typedef int32_t (*mlp_check_value_fn)(const double *x, const double *theta, double *y, void *context);

/**
 * Its vector-Jacobian product: x_bar = (dy/dx)^T y_bar, theta_bar = (dy/dtheta)^T y_bar.
 *
 * @param x          n_in values
 * @param theta      n_theta values; NULL where there are none
 * @param y_bar      n_out values
 * @param x_bar      n_in values to overwrite
 * @param theta_bar  n_theta values to overwrite; NULL where there are none
 * @param context    as given to mlp_check_function()
 * @return 0; any other value makes the check fail with MLP_ERR_CALLBACK
 */
typedef int32_t (*mlp_check_vjp_fn)(const double *x, const double *theta, const double *y_bar, double *x_bar,
                                    double *theta_bar, void *context);

/**
 * Check the vector-Jacobian product of a function of your own, computed by any library or by hand.
 *
 * At 4 random x of -1 .. 1, theta and a random y_bar: every entry of x_bar and theta_bar (256 of each where there are more)
 * and their products with a random direction are compared with differences of <y_bar, y>; and the product is taken again with
 * other numbers in the outputs before, to see that they are overwritten. Costs about 20 evaluations an entry. The
 * callbacks run on the calling thread, must not unwind, and may use this library.
 *
 * @param n_in     values of x, 1 .. 2^31 - 1
 * @param n_out    values of y, 1 .. 2^31 - 1
 * @param n_theta  values of theta, 0 .. 2^31 - 1
 * @param value    the function
 * @param vjp      its vector-Jacobian product
 * @param context  handed to both
 * @param theta    n_theta values; may be NULL where there are none
 * @param seed     decides the points
 * @param check    receives the report, to be freed by mlp_check_destroy(); NULL on failure
 * @retval MLP_ERR_ARGUMENT  a NULL pointer
 * @retval MLP_ERR_SIZE      a size is out of range
 * @retval MLP_ERR_CALLBACK  a callback returned nonzero
 * @retval MLP_ERR_MEMORY    no memory
 * @since 0.1
 */
MLP_API mlp_status mlp_check_function(int64_t n_in, int64_t n_out, int64_t n_theta, mlp_check_value_fn value,
                                      mlp_check_vjp_fn vjp, void *context, const double *theta, uint64_t seed,
                                      mlp_check **check);

/** Number of rows; 0 for NULL. @since 0.1 */
MLP_API int32_t mlp_check_count(const mlp_check *check);

/** What row @p index is about, such as "theta_bar"; lives as long as the report; NULL if there is none. @since 0.1 */
MLP_API const char *mlp_check_name(const mlp_check *check, int32_t index);

/** What the row was compared with, such as "differences"; lives as long as the library; NULL if there is none. @since 0.1 */
MLP_API const char *mlp_check_method(const mlp_check *check, int32_t index);

/** The largest |error| / scale of the row, NaN or infinite where something was; NaN if there is no such row. @since 0.1 */
MLP_API double mlp_check_residual(const mlp_check *check, int32_t index);

/** The most the residual may be; NaN if there is no such row. @since 0.1 */
MLP_API double mlp_check_bound(const mlp_check *check, int32_t index);

/** 1 where the residual of the row is within its bound, else 0. @since 0.1 */
MLP_API int32_t mlp_check_passed(const mlp_check *check, int32_t index);

/** 1 where there are rows and all passed, else 0. @since 0.1 */
MLP_API int32_t mlp_check_verdict(const mlp_check *check);

/** Free a report; NULL is allowed. @since 0.1 */
MLP_API void mlp_check_destroy(mlp_check *check);

MLP_END_DECLS

#endif
