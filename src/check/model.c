/*
 * A model: every derivative there is of it, in its own number type, against the reference network; and each activation of the
 * user's own against itself. Many derivatives are contracted with random directions, so that one number has a part of every entry.
 */
#include "check/model.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/random.h"

#include <math.h>

enum { MODEL_ROWS = 40, OWN_ROWS = 3, MOST_INPUTS = 128, TRIES = 32 };

static const double most_reach = 4; /* of |z|: beyond, many activations are flat, and e^z is large */

mlpi_check_row *mlpi_model_row(mlpi_model_check *check, const char *method, const char *name)
{
    /* errors count the depth already, and samples add up as a random walk does */
    const double unit = check->network.unit / 4;
    return mlpi_check_add(check->report, method, unit * (1 + sqrt((double)check->batch) / 6), "%s", name);
}

/* Sixteenths of -1 .. 1 without 0. */
static void draw(mlpi_random *random, int64_t count, double *values)
{
    for (int64_t i = 0; i < count; i++) {
        const double k = 1 + (double)mlpi_random_below(random, 16);
        values[i] = mlpi_random_u32(random) % 2 ? k / 16 : -k / 16;
    }
}

/* Doubles of all vectors, in one block; then coefficients, in another. */
static mlp_status allocate(mlpi_model_check *of, double **vectors, mlpi_taylor **outputs)
{
    const int64_t in = of->n_in * of->batch, out = of->n_out * of->batch;
    int64_t widest = 0;
    for (int32_t l = 0; l <= of->layers; l++)
        widest = of->model->architecture.widths[l] > widest ? of->model->architecture.widths[l] : widest;
    *vectors = mlpi_calloc(3 * in + 4 * out + 2 * of->n_theta, sizeof **vectors);
    *outputs = mlpi_calloc(3 * out + widest, sizeof **outputs);
    if (!*vectors || !*outputs)
        return mlpi_fail(MLP_ERR_MEMORY, "a check: cannot allocate its vectors");
    of->x = *vectors;
    of->x_dot = of->x + in;
    of->x_too = of->x_dot + in;
    for (int k = 0; k < 3; k++)
        of->y_bar[k] = of->x_too + in + k * out;
    of->t = of->y_bar[2] + out;
    of->theta_dot = of->t + out;
    of->theta_too = of->theta_dot + of->n_theta;
    of->jet = *outputs;
    of->curve = of->jet + out;
    of->mixed = of->curve + out;
    of->spare = of->mixed + out;
    return MLP_OK;
}

/* A point where y_0 is within -1 .. 1, or nearer to 0 where some |z| would be large; off the kinks if one is found that is. */
static mlp_status place(mlpi_model_check *of, mlpi_random *random, int64_t s)
{
    const mlpi_probe still = {.to = of->layers};
    double *x = of->x + s * of->n_in, reach = INFINITY, size = 1;
    mlp_status status = MLP_OK;
    for (int i = 0; i < TRIES && !(reach <= most_reach) && status == MLP_OK; i++) {
        draw(random, of->n_in, x);
        for (int64_t j = 0; j < of->n_in; j++) {
            const double scale = of->network.input_scale[j];
            const double at = (size * x[j] - of->network.input_shift[j]) / scale;
            x[j] = isfinite(at) ? (float)at : 0;
        }
        status = mlpi_network_run(&of->network, x, &still, of->spare, &reach);
        size = reach > most_reach && isfinite(reach) ? size / 2 : size;
    }
    return status;
}

/* The reference at one sample, along the three pairs of directions. */
static mlp_status refer(mlpi_model_check *of, int64_t s)
{
    const double *x = of->x + s * of->n_in, *u = of->x_dot + s * of->n_in, *v = of->x_too + s * of->n_in;
    mlpi_probe probe = {.to = of->layers, .whole = 1, .from_s = u, .from_t = v, .theta_t = of->theta_too};
    mlp_status status = mlpi_network_run(&of->network, x, &probe, of->jet + s * of->n_out, NULL);
    probe.theta_t = NULL;
    if (status == MLP_OK)
        status = mlpi_network_run(&of->network, x, &probe, of->mixed + s * of->n_out, NULL);
    probe = (mlpi_probe){.to = of->layers, .whole = 1, .theta_s = of->theta_dot, .theta_t = of->theta_too};
    return status == MLP_OK ? mlpi_network_run(&of->network, x, &probe, of->curve + s * of->n_out, NULL)
                            : status;
}

static mlp_status prepare(mlpi_model_check *of, uint64_t seed)
{
    const int32_t streams = of->n_in <= MOST_INPUTS ? (int32_t)of->n_in + 2 : 4,
                  uses = MLP_USE_DERIVATIVES | MLP_USE_SAMPLES |
                         (of->order > 1 ? MLP_USE_SECOND_ORDER + streams * MLP_USE_STREAM : 0);
    mlpi_random random = mlpi_random_stream(seed, MLPI_RANDOM_OTHER, 5);
    mlp_status status = mlpi_workspace_create(of->model, of->batch, 1, uses, NULL, &of->workspace);
    draw(&random, 2 * of->n_in * of->batch, of->x_dot);
    draw(&random, 4 * of->n_out * of->batch, of->y_bar[0]);
    draw(&random, 2 * of->n_theta, of->theta_dot);
    for (int64_t s = 0; s < of->batch && status == MLP_OK; s++) {
        status = place(of, &random, s);
        if (status == MLP_OK)
            status = refer(of, s);
    }
    return status;
}

/* The user's own activations, each once. */
static mlp_status check_own(const mlpi_model_check *of, uint64_t seed)
{
    const mlpi_activation *activations = of->model->architecture.activations;
    mlp_status status = MLP_OK;
    for (int32_t l = 0; l < of->layers && status == MLP_OK; l++) {
        int32_t first = 0;
        while (activations[first].custom != activations[l].custom)
            first++;
        if (activations[l].custom && first == l)
            status = mlpi_check_add_activation(&activations[l], seed, of->report);
    }
    return status;
}

static mlp_status check_rows(mlpi_model_check *of)
{
    const int narrow = of->model->architecture.dtype == MLP_F32;
    mlp_status status = narrow ? mlpi_model_check_first_f32(of) : mlpi_model_check_first_f64(of);
    if (status == MLP_OK)
        status = narrow ? mlpi_model_check_samples_f32(of) : mlpi_model_check_samples_f64(of);
    if (status == MLP_OK && of->order > 1)
        status = narrow ? mlpi_model_check_second_f32(of) : mlpi_model_check_second_f64(of);
    return status;
}

mlp_status mlpi_check_of_model(const mlp_model *model, int64_t points, uint64_t seed, mlp_check **out)
{
    const mlpi_architecture *of = &model->architecture;
    mlpi_model_check check = {.model = model,
                              .layers = of->layers,
                              .order = MLPI_ORDERS - 1,
                              .batch = points,
                              .n_in = of->widths[0],
                              .n_out = of->widths[of->layers],
                              .n_theta = model->param_count};
    double *vectors = NULL;
    mlpi_taylor *outputs = NULL;
    for (int32_t l = 0; l < of->layers; l++)
        check.order = mlpi_activation_max_order(&of->activations[l]) < check.order
                          ? mlpi_activation_max_order(&of->activations[l])
                          : check.order;
    mlp_status status = mlpi_check_create(MODEL_ROWS + OWN_ROWS * of->layers, out);
    check.report = *out;
    if (status == MLP_OK)
        status = mlpi_network_create(model, &check.network);
    if (status == MLP_OK)
        status = allocate(&check, &vectors, &outputs);
    if (status == MLP_OK)
        status = prepare(&check, seed);
    if (status == MLP_OK)
        status = check_own(&check, seed);
    if (status == MLP_OK)
        status = check_rows(&check);
    mlpi_workspace_destroy(check.workspace);
    mlpi_network_destroy(&check.network);
    mlpi_free(vectors);
    mlpi_free(outputs);
    return mlpi_check_finish(status, out);
}
