#include "train/trainer.h"
#include "base/checked.h"
#include "base/error.h"
#include "base/memory.h"

#include <math.h>
#include <string.h>

mlp_status mlpi_trainer_create(const mlp_model *model, mlp_trainer **out)
{
    mlp_trainer *trainer = mlpi_zalloc((int64_t)sizeof *trainer + MLPI_TRAINER_ERROR_SIZE);
    if (!trainer)
        return mlpi_fail_memory("trainer", sizeof *trainer);
    trainer->error = (char *)(trainer + 1);
    atomic_init(&trainer->cancelled, 0);
    mlpi_options_reset(&trainer->options);
    trainer->gradient_norm = NAN;
    mlp_status status = mlpi_course_create(model->architecture.layers, &trainer->course);
    if (status == MLP_OK)
        status = mlpi_model_clone(model, &trainer->model);
    if (status == MLP_OK)
        *out = trainer;
    else
        mlpi_trainer_destroy(trainer);
    return status;
}

static void release_buffers(mlpi_trainer_buffers *buffers)
{
    mlpi_workspace_destroy(buffers->workspace);
    mlpi_free(buffers->dropout);
    mlpi_free(buffers->step_block);
    mlpi_free(buffers->method_block);
    mlpi_free(buffers->gradients);
    mlpi_free(buffers->gradient);
    mlpi_free(buffers->loss_scratch);
    mlpi_free(buffers->y);
    mlpi_free(buffers->jet);
    mlpi_free(buffers->x);
    mlpi_free(buffers->t);
    mlpi_free(buffers->labels);
    mlpi_free(buffers->weights);
}

static void release_callback(const mlpi_trainer_callback *callback)
{
    if (callback->release)
        callback->release(callback->context);
}

void mlpi_trainer_destroy(mlp_trainer *trainer)
{
    if (!trainer)
        return;
    release_callback(&trainer->callback);
    release_buffers(&trainer->buffers);
    mlpi_optimizer_state_release(&trainer->state);
    mlpi_loss_release(trainer->loss);
    mlpi_course_release(&trainer->course);
    mlpi_history_release(&trainer->history);
    mlpi_free(trainer->order);
    mlpi_model_destroy(trainer->model);
    mlpi_free(trainer);
}

void mlpi_trainer_set_callback(mlp_trainer *trainer, mlp_trainer_fn function, void *context,
                               mlp_release_fn release)
{
    const mlpi_trainer_callback replaced = trainer->callback;
    trainer->callback = (mlpi_trainer_callback){function, context, release};
    release_callback(&replaced);
}

/* Where the samples will have another order, an epoch ended early has lost its place. */
mlp_status mlpi_trainer_set_option(mlp_trainer *trainer, int32_t id, double value)
{
    const int orders = id == MLP_TRAINER_SEED || id == MLP_TRAINER_SHUFFLE;
    const double before = mlpi_options_real(&trainer->options, id);
    const mlp_status status = mlpi_options_set(&trainer->options, id, value);
    if (status == MLP_OK && orders && value != before)
        trainer->position = (mlpi_position){0};
    return status;
}

void mlpi_trainer_touch(mlp_trainer *trainer)
{
    if (trainer->buffers.step)
        trainer->buffers.step->looked = 0;
    mlpi_model_touch_params(trainer->model);
}

void mlpi_trainer_copy_params(const mlp_trainer *trainer, const void *vector, mlp_model *model)
{
    const int64_t bytes = mlpi_model_params_bytes(model);
    mlpi_model_copy_params(model, trainer->model);
    memcpy(model->params, vector, (size_t)bytes);
}

double mlpi_trainer_rate(const mlp_trainer *trainer)
{
    return mlpi_schedule_rate(&trainer->options, &trainer->course.plateau, trainer->steps, trainer->epochs);
}

static mlp_status check_differentiable(const mlp_model *model)
{
    for (int32_t l = 1; l <= model->architecture.layers; l++) {
        const mlpi_activation *activation = &model->architecture.activations[l - 1];
        if (mlpi_activation_max_order(activation) < 1)
            return mlpi_fail(MLP_ERR_UNSUPPORTED,
                             "trainer: activation %s of layer %d has no first derivative",
                             mlpi_activation_name(activation), (int)l);
    }
    return MLP_OK;
}

mlp_status mlpi_trainer_choose_loss(mlp_trainer *trainer)
{
    const int32_t id = (int32_t)mlpi_options_int(&trainer->options, MLP_TRAINER_LOSS);
    mlpi_loss_release(trainer->loss);
    trainer->loss = mlpi_loss_acquire(id);
    if (!trainer->loss)
        return mlpi_fail(MLP_ERR_ARGUMENT, "trainer: its loss, %d, is no longer registered", (int)id);
    if (mlpi_loss_max_order(trainer->loss) < 1)
        return mlpi_fail(MLP_ERR_UNSUPPORTED, "trainer: loss %s has no gradient", trainer->loss->name);
    return mlpi_loss_check_outputs(trainer->loss,
                                   trainer->model->architecture.widths[trainer->model->architecture.layers]);
}

static mlp_status check_options(const mlp_trainer *trainer, int64_t max_batch)
{
    const int64_t batch = mlpi_options_int(&trainer->options, MLP_TRAINER_BATCH);
    if (batch > max_batch)
        return mlpi_fail(MLP_ERR_ARGUMENT, "max_batch = %lld: is less than the option batch, %lld",
                         (long long)max_batch, (long long)batch);
    if (mlpi_schedule_needs_period(&trainer->options) &&
        mlpi_options_int(&trainer->options, MLP_TRAINER_PERIOD) == 0)
        return mlpi_fail(MLP_ERR_ARGUMENT, "trainer: its schedule by step needs the option period");
    return check_differentiable(trainer->model);
}

/* rows x columns elements of `size` bytes, zeroed */
static mlp_status allocate(int64_t rows, int64_t columns, int64_t size, void **memory)
{
    int64_t bytes;
    if (!mlpi_checked_mul(rows, columns, &bytes) || !mlpi_checked_mul(bytes, size, &bytes))
        return mlpi_fail(MLP_ERR_SIZE, "max_batch = %lld: a batch would not fit the address space",
                         (long long)columns);
    *memory = mlpi_zalloc(bytes);
    return *memory ? MLP_OK : mlpi_fail_memory("trainer", bytes);
}

static mlp_status choose_engine(const mlpi_options *options, mlp_workspace *workspace)
{
    const int32_t cpu = (int32_t)mlpi_options_int(options, MLP_TRAINER_CPU);
    const int32_t engine = (int32_t)mlpi_options_int(options, MLP_TRAINER_ENGINE);
    const mlp_status status = mlpi_workspace_set(workspace, MLP_WORKSPACE_CPU, cpu);
    return status == MLP_OK ? mlpi_workspace_set(workspace, MLP_WORKSPACE_ENGINE, engine) : status;
}

/* Whether steps are the native engine's own; else they are made of a forward pass and a vjp. */
static int steps_natively(const mlp_trainer *trainer)
{
    const mlpi_architecture *architecture = &trainer->model->architecture;
    if (mlpi_options_int(&trainer->options, MLP_TRAINER_ENGINE) == MLP_ENGINE_BLAS)
        return 0;
    if (mlpi_loss_calls_back(trainer->loss))
        return 0;
    for (int32_t l = 0; l < architecture->layers; l++)
        if (architecture->activations[l].custom)
            return 0;
    return 1;
}

static const mlpi_optimizer *chosen_optimizer(const mlp_trainer *trainer)
{
    return mlpi_optimizer_of((int32_t)mlpi_options_int(&trainer->options, MLP_TRAINER_OPTIMIZER));
}

/* The rates of dropout, where there are any: only steps of the engine's own have it. */
static mlp_status create_dropout(const mlp_trainer *trainer, int native, mlpi_trainer_buffers *buffers)
{
    const int32_t layers = trainer->model->architecture.layers;
    const double hidden = mlpi_options_real(&trainer->options, MLP_TRAINER_DROPOUT);
    const double input = mlpi_options_real(&trainer->options, MLP_TRAINER_INPUT_DROPOUT);
    const int64_t bytes = layers * (int64_t)sizeof *buffers->dropout;
    if (hidden == 0 && input == 0)
        return MLP_OK;
    if (!native || chosen_optimizer(trainer)->method)
        return mlpi_fail(MLP_ERR_UNSUPPORTED,
                         "trainer: dropout is for steps of the native engine from gradients, with built-in "
                         "activations and losses");
    buffers->dropout = mlpi_alloc(bytes);
    if (!buffers->dropout)
        return mlpi_fail_memory("trainer", bytes);
    for (int32_t l = 0; l < layers; l++)
        buffers->dropout[l] = l ? hidden : input;
    return MLP_OK;
}

static mlp_status create_step(const mlp_trainer *trainer, int64_t max_batch, int32_t threads,
                              mlpi_trainer_buffers *buffers)
{
    const mlpi_architecture *a = &trainer->model->architecture;
    mlpi_arena arena = {0};
    mlpi_step_take(&arena, a->dtype, a->layers, a->widths, a->activations, buffers->dropout, max_batch,
                   threads);
    if (arena.overflowed)
        return mlpi_fail(MLP_ERR_SIZE, "max_batch = %lld: a step would not fit the address space",
                         (long long)max_batch);
    buffers->step_block = mlpi_zalloc(arena.used);
    if (!buffers->step_block)
        return mlpi_fail_memory("trainer", arena.used);
    arena = (mlpi_arena){.memory = buffers->step_block};
    buffers->step = mlpi_step_take(&arena, a->dtype, a->layers, a->widths, a->activations, buffers->dropout,
                                   max_batch, threads);
    return MLP_OK;
}

static mlp_status create_method(const mlp_trainer *trainer, const mlpi_method *method, int64_t max_batch,
                                mlpi_trainer_buffers *buffers)
{
    mlpi_arena arena = {0};
    method->take(&arena, trainer, max_batch);
    if (arena.overflowed)
        return mlpi_fail(MLP_ERR_SIZE, "max_batch = %lld: a step would not fit the address space",
                         (long long)max_batch);
    buffers->method_block = mlpi_zalloc(arena.used);
    if (!buffers->method_block)
        return mlpi_fail_memory("trainer", arena.used);
    arena = (mlpi_arena){.memory = buffers->method_block};
    buffers->method = method->take(&arena, trainer, max_batch);
    return MLP_OK;
}

static mlp_status aim(const mlp_trainer *trainer, mlpi_trainer_buffers *buffers)
{
    const mlp_model *model = trainer->model;
    const int64_t bytes = 2 * (int64_t)sizeof *buffers->gradients * model->architecture.layers;
    buffers->gradients = mlpi_alloc(bytes);
    if (!buffers->gradients)
        return mlpi_fail_memory("trainer", bytes);
    buffers->params = buffers->gradients + model->architecture.layers;
    const int f32 = model->architecture.dtype == MLP_F32;
    (f32 ? mlpi_trainer_aim_f32 : mlpi_trainer_aim_f64)(trainer, buffers->gradient, buffers->gradients);
    (f32 ? mlpi_trainer_aim_f32 : mlpi_trainer_aim_f64)(trainer, model->params, buffers->params);
    return MLP_OK;
}

/* What the workspace is for: steps of the engine's own keep what they need themselves. */
static int32_t uses_of(const mlp_trainer *trainer, const mlpi_method *method, int native, int32_t streams)
{
    if (method)
        return (method->uses_for ? method->uses_for(trainer) : method->uses) |
               (native ? 0 : MLP_USE_DERIVATIVES);
    if (streams > 0)
        return MLP_USE_SECOND_ORDER + streams * MLP_USE_STREAM;
    return native ? MLP_USE_FORWARD : MLP_USE_DERIVATIVES;
}

static mlp_status create_buffers(const mlp_trainer *trainer, int64_t max_batch, int32_t threads,
                                 mlpi_trainer_buffers *buffers)
{
    const mlp_model *model = trainer->model;
    const mlpi_architecture *architecture = &model->architecture;
    const int64_t size = mlpi_dtype_size(architecture->dtype);
    const int64_t n_in = architecture->widths[0], n_out = architecture->widths[architecture->layers];
    void *labels = NULL, *scratch = NULL;
    *buffers = (mlpi_trainer_buffers){.max_batch = max_batch};
    const int native = steps_natively(trainer);
    const int32_t streams = (int32_t)mlpi_options_int(&trainer->options, MLP_TRAINER_STREAMS);
    const mlpi_method *method = chosen_optimizer(trainer)->method;
    mlp_status status = mlpi_workspace_create(
        model, max_batch, threads, uses_of(trainer, method, native, streams), NULL, &buffers->workspace);
    if (status == MLP_OK)
        status = create_dropout(trainer, native, buffers);
    if (status == MLP_OK && native && !(method && method->uses & MLP_USE_DERIVATIVES))
        status = create_step(trainer, max_batch, threads, buffers);
    if (status == MLP_OK && method)
        status = create_method(trainer, method, max_batch, buffers);
    if (status == MLP_OK)
        status = choose_engine(&trainer->options, buffers->workspace);
    if (status == MLP_OK)
        status = allocate(model->padded_count, 1, size, &buffers->gradient);
    if (status == MLP_OK)
        status = aim(trainer, buffers);
    if (status == MLP_OK && mlpi_loss_calls_back(trainer->loss))
        status = allocate(n_out, MLPI_LOSS_SCRATCH, sizeof(double), &scratch);
    buffers->loss_scratch = scratch;
    if (status == MLP_OK)
        status = allocate(n_out, max_batch, size, &buffers->y);
    if (status == MLP_OK)
        status = allocate(n_in, max_batch, size, &buffers->x);
    if (status == MLP_OK && streams > 0)
        status = allocate(n_out, 2 * buffers->workspace->jets->columns, size, &buffers->jet);
    if (status == MLP_OK)
        status = allocate(n_out, max_batch, size, &buffers->t);
    if (status == MLP_OK)
        status = allocate(1, max_batch, size, &buffers->weights);
    if (status == MLP_OK)
        status = allocate(1, max_batch, sizeof *buffers->labels, &labels);
    buffers->labels = labels;
    if (status != MLP_OK)
        release_buffers(buffers);
    return status;
}

mlp_status mlpi_trainer_new_vector(const mlp_trainer *trainer, void **vector)
{
    const mlp_model *model = trainer->model;
    const int64_t bytes = mlpi_model_params_bytes(model);
    *vector = mlpi_alloc(bytes);
    if (!*vector)
        return mlpi_fail_memory("trainer", bytes);
    memcpy(*vector, model->params, (size_t)bytes);
    return MLP_OK;
}

mlp_status mlpi_trainer_choose_state(mlp_trainer *trainer)
{
    const mlpi_optimizer *optimizer = trainer->optimizer = chosen_optimizer(trainer);
    const mlpi_method *method = optimizer->method;
    const int64_t kept = method ? method->kept(trainer) : 0;
    if (kept < 0)
        return mlpi_fail(MLP_ERR_SIZE, "trainer: has %lld parameters, too many for %s",
                         (long long)trainer->model->param_count, optimizer->name);
    mlp_status status =
        mlpi_optimizer_state_create(method ? 0 : optimizer->states(&trainer->options),
                                    mlpi_model_params_bytes(trainer->model), kept, &trainer->state);
    if (status == MLP_OK && mlpi_options_real(&trainer->options, MLP_TRAINER_AVERAGE_DECAY) > 0 &&
        !trainer->course.average)
        status = mlpi_trainer_new_vector(trainer, &trainer->course.average);
    if (status == MLP_OK)
        status = mlpi_history_reserve(&trainer->history, MLPI_HISTORY_FIRST);
    if (status != MLP_OK)
        mlpi_optimizer_state_release(&trainer->state);
    return status;
}

mlp_status mlpi_trainer_prepare(mlp_trainer *trainer, int64_t max_batch, int32_t threads)
{
    mlpi_trainer_buffers buffers;
    const mlpi_method *method = chosen_optimizer(trainer)->method;
    mlp_status status = check_options(trainer, max_batch);
    if (status == MLP_OK && !trainer->settled)
        status = mlpi_trainer_choose_loss(trainer);
    if (status == MLP_OK && method && method->check)
        status = method->check(trainer);
    if (status == MLP_OK)
        status = create_buffers(trainer, max_batch, threads, &buffers);
    if (status != MLP_OK)
        return status;
    if (!trainer->settled)
        status = mlpi_trainer_choose_state(trainer);
    if (status != MLP_OK) {
        release_buffers(&buffers);
        return status;
    }
    trainer->settled = trainer->prepared = 1;
    mlpi_workspace_prepare(buffers.workspace);
    release_buffers(&trainer->buffers);
    trainer->buffers = buffers;
    return MLP_OK;
}
