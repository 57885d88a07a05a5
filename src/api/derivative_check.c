/* Functions of mlp/check.h. */
#include "mlp/check.h"
#include "api/check.h"
#include "base/error.h"
#include "base/memory.h"
#include "check/check.h"

#include <math.h>

/* `check` is not NULL; it is emptied. */
static mlp_status empty(mlp_check **check)
{
    const mlp_status status = mlpi_check_pointer("check", check);
    if (status == MLP_OK)
        *check = NULL;
    return status;
}

mlp_status mlp_check_model(const mlp_model *model, int64_t points, uint64_t seed, mlp_check **check)
{
    mlp_status status = empty(check);
    if (status == MLP_OK)
        status = mlpi_check_pointer("model", model);
    if (status == MLP_OK)
        status = mlpi_check_size("points", points, 1, 1024);
    if (status == MLP_OK)
        status = mlpi_check_order(model, 1);
    return status == MLP_OK ? mlpi_check_of_model(model, points, seed, check) : status;
}

mlp_status mlp_check_activation(mlp_activation activation, double parameter, uint64_t seed, mlp_check **check)
{
    mlpi_activation found;
    mlp_status status = empty(check);
    if (status == MLP_OK)
        status = mlpi_activation_acquire(activation, &found);
    if (status != MLP_OK)
        return status;
    status = mlpi_set_activation_parameter(&found, parameter);
    if (status == MLP_OK && mlpi_activation_max_order(&found) < 1)
        status = mlpi_fail(MLP_ERR_UNSUPPORTED, "activation = %d: %s has no derivative to check",
                           (int)activation, mlpi_activation_name(&found));
    if (status == MLP_OK)
        status = mlpi_check_of_activation(&found, seed, check);
    mlpi_activation_release(&found);
    return status;
}

static mlp_status check_loss(const mlpi_loss *found, int64_t n)
{
    mlp_status status = mlpi_check_size("n", n, 1, 1 << 20);
    if (status == MLP_OK)
        status = mlpi_loss_check_outputs(found, n);
    if (status == MLP_OK && mlpi_loss_max_order(found) < 1)
        status = mlpi_fail(MLP_ERR_UNSUPPORTED, "loss = %d: %s has no gradient to check", (int)found->id,
                           found->name);
    return status;
}

mlp_status mlp_check_loss(mlp_loss loss, int64_t n, uint64_t seed, mlp_check **check)
{
    mlp_status status = empty(check);
    if (status != MLP_OK)
        return status;
    const mlpi_loss *found = mlpi_loss_acquire(loss);
    if (!found)
        return mlpi_fail(MLP_ERR_ARGUMENT,
                         "loss = %d: neither one of the mlp_loss constants nor a registered id", (int)loss);
    status = check_loss(found, n);
    if (status == MLP_OK)
        status = mlpi_check_of_loss(found, n, seed, check);
    mlpi_loss_release(found);
    return status;
}

static mlp_status check_function(const mlpi_check_function *function)
{
    mlp_status status = mlpi_check_size("n_in", function->n_in, 1, INT32_MAX);
    if (status == MLP_OK)
        status = mlpi_check_size("n_out", function->n_out, 1, INT32_MAX);
    if (status == MLP_OK)
        status = mlpi_check_size("n_theta", function->n_theta, 0, INT32_MAX);
    if (status == MLP_OK && !function->value)
        status = mlpi_fail(MLP_ERR_ARGUMENT, "value = NULL: must not be NULL");
    if (status == MLP_OK && !function->vjp)
        status = mlpi_fail(MLP_ERR_ARGUMENT, "vjp = NULL: must not be NULL");
    if (status == MLP_OK && function->n_theta > 0)
        status = mlpi_check_pointer("theta", function->theta);
    return status;
}

mlp_status mlp_check_function(int64_t n_in, int64_t n_out, int64_t n_theta, mlp_check_value_fn value,
                              mlp_check_vjp_fn vjp, void *context, const double *theta, uint64_t seed,
                              mlp_check **check)
{
    const mlpi_check_function function = {n_in, n_out, n_theta, value, vjp, context, theta};
    mlp_status status = empty(check);
    if (status == MLP_OK)
        status = check_function(&function);
    return status == MLP_OK ? mlpi_check_of_function(&function, seed, check) : status;
}

int32_t mlp_check_count(const mlp_check *check)
{
    return check ? check->count : 0;
}

static const mlpi_check_row *row_of(const mlp_check *check, int32_t index)
{
    return index >= 0 && index < mlp_check_count(check) ? &check->rows[index] : NULL;
}

const char *mlp_check_name(const mlp_check *check, int32_t index)
{
    const mlpi_check_row *row = row_of(check, index);
    return row ? row->name : NULL;
}

const char *mlp_check_method(const mlp_check *check, int32_t index)
{
    const mlpi_check_row *row = row_of(check, index);
    return row ? row->method : NULL;
}

double mlp_check_residual(const mlp_check *check, int32_t index)
{
    const mlpi_check_row *row = row_of(check, index);
    return row ? row->residual : NAN;
}

double mlp_check_bound(const mlp_check *check, int32_t index)
{
    const mlpi_check_row *row = row_of(check, index);
    return row ? row->bound : NAN;
}

int32_t mlp_check_passed(const mlp_check *check, int32_t index)
{
    const mlpi_check_row *row = row_of(check, index);
    return row && mlpi_check_row_passed(row);
}

int32_t mlp_check_verdict(const mlp_check *check)
{
    int32_t passed = 0;
    while (passed < mlp_check_count(check) && mlp_check_passed(check, passed))
        passed++;
    return passed > 0 && passed == mlp_check_count(check);
}

void mlp_check_destroy(mlp_check *check)
{
    mlpi_free(check);
}
