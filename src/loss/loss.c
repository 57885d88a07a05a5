#include "loss/loss.h"
#include "base/error.h"
#include "loss/custom_loss.h"

#include <stddef.h>
#include <string.h>

enum { COUNT = 11 };

static const mlpi_loss *const table[COUNT] = {&mlpi_squared_error,
                                              &mlpi_softmax_cross_entropy,
                                              &mlpi_absolute_error,
                                              &mlpi_huber,
                                              &mlpi_log_cosh,
                                              &mlpi_quantile,
                                              &mlpi_poisson,
                                              &mlpi_gaussian_nll,
                                              &mlpi_binary_cross_entropy,
                                              &mlpi_hinge,
                                              &mlpi_multiclass_hinge};

int32_t mlpi_loss_count(void)
{
    return COUNT;
}

const mlpi_loss *mlpi_loss_at(int32_t index)
{
    return table[index];
}

const mlpi_loss *mlpi_loss_of(int32_t id)
{
    for (int32_t i = 0; i < mlpi_loss_count(); i++)
        if (table[i]->id == id)
            return table[i];
    return NULL;
}

const mlpi_loss *mlpi_loss_find(const char *name)
{
    for (int32_t i = 0; i < mlpi_loss_count(); i++)
        if (strcmp(table[i]->name, name) == 0)
            return table[i];
    return NULL;
}

const mlpi_loss *mlpi_loss_acquire(int32_t id)
{
    const mlpi_loss *found = mlpi_loss_of(id);
    return found ? found : mlpi_custom_loss_acquire(id);
}

void mlpi_loss_release(const mlpi_loss *loss)
{
    if (loss && loss->custom)
        mlpi_custom_loss_release(loss->custom);
}

int mlpi_loss_calls_back(const mlpi_loss *loss)
{
    return loss->custom && mlpi_custom_loss_calls_back(loss->custom);
}

int32_t mlpi_loss_max_order(const mlpi_loss *loss)
{
    return loss->custom ? mlpi_custom_loss_max_order(loss->custom) : 2;
}

int64_t mlpi_loss_target_rows(const mlpi_loss *loss, int64_t n)
{
    return loss->paired ? n / 2 : n;
}

mlp_status mlpi_loss_check_outputs(const mlpi_loss *loss, int64_t n)
{
    if (!loss->paired || n % 2 == 0)
        return MLP_OK;
    return mlpi_fail(MLP_ERR_SIZE, "n = %lld: %s takes an even number of outputs", (long long)n, loss->name);
}

#include "base/real32.h"
#include "loss/loss_tmpl.h"
#include "base/real64.h"
#include "loss/loss_tmpl.h"
