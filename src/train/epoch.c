#include "base/checked.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/random.h"
#include "train/trainer.h"

#include <math.h>

/* Room to order `samples` samples; kept from epoch to epoch. */
static mlp_status reserve_order(mlp_trainer *trainer, int64_t samples)
{
    int64_t bytes;
    if (samples <= trainer->order_capacity)
        return MLP_OK;
    if (!mlpi_checked_mul(samples, sizeof *trainer->order, &bytes))
        return mlpi_fail(MLP_ERR_SIZE, "data: the order of %lld samples would not fit the address space",
                         (long long)samples);
    int64_t *order = mlpi_alloc(bytes);
    if (!order)
        return mlpi_fail_memory("order of the samples", bytes);
    mlpi_free(trainer->order);
    trainer->order = order;
    trainer->order_capacity = samples;
    return MLP_OK;
}

/* The order of this epoch: a function of the seed, the epoch's number and the number of samples alone. */
static mlp_status draw_order(mlp_trainer *trainer, int64_t samples)
{
    const mlp_status status = reserve_order(trainer, samples);
    if (status == MLP_OK) {
        const uint64_t seed = (uint64_t)mlpi_options_int(&trainer->options, MLP_TRAINER_SEED);
        mlpi_random random = mlpi_random_stream(seed, MLPI_RANDOM_SHUFFLE, (uint64_t)trainer->epochs);
        mlpi_random_permutation(&random, samples, trainer->order);
    }
    return status;
}

/* A method takes the whole data set at once. */
static int64_t samples_per_step(const mlp_trainer *trainer, const mlp_data *data)
{
    const int64_t batch = mlpi_options_int(&trainer->options, MLP_TRAINER_BATCH);
    if (trainer->optimizer->method)
        return data->samples;
    return batch ? batch : trainer->buffers.max_batch;
}

mlp_status mlpi_trainer_tell(const mlp_trainer *trainer, int32_t event, int64_t epoch, int64_t samples,
                             double loss)
{
    const mlpi_trainer_callback *callback = &trainer->callback;
    if (!callback->function)
        return MLP_OK;
    return callback->function(event, epoch, trainer->steps, samples, loss, callback->context) ? MLP_STOPPED
                                                                                              : MLP_OK;
}

mlp_status mlpi_trainer_check_cancelled(mlp_trainer *trainer)
{
    return atomic_exchange(&trainer->cancelled, 0) ? MLP_STOPPED : MLP_OK;
}

static double mean(double sum, double weight)
{
    return weight > 0 ? sum / weight : 0;
}

#include "base/real32.h"
#include "train/epoch_tmpl.h"
#include "base/real64.h"
#include "train/epoch_tmpl.h"
