#include "model/workspace.h"

#include <stdarg.h>
#include <stdio.h>

/* Text that is measured as it is written: `length` counts on where the buffer ends. */
typedef struct text {
    char *buffer;
    int64_t size, length;
} text;

__attribute__((format(printf, 2, 3))) static void append(text *out, const char *format, ...)
{
    va_list arguments;
    int64_t room = out->length < out->size ? out->size - out->length : 0;
    va_start(arguments, format);
    int written = vsnprintf(room ? out->buffer + out->length : NULL, (size_t)room, format, arguments);
    va_end(arguments);
    out->length += written > 0 ? written : 0;
}

/* What a pass has to do, whoever does it. */
typedef struct work {
    double multiply_adds, activations, bytes; /* every byte counted once */
} work;

/* `params` in so many layers, and a batch that goes from n_in values a sample to n_out */
static double bytes_of(const mlp_workspace *workspace, double params, int64_t n_in, int64_t n_out,
                       int64_t batch)
{
    const double values = ((double)n_in + (double)n_out) * (double)batch;
    return (params + values) * (double)mlpi_dtype_size(workspace->architecture.dtype);
}

static double params_of(const mlpi_layer *layer)
{
    return ((double)layer->n_in + 1) * (double)layer->n_out;
}

static work work_of_layer(const mlp_workspace *workspace, const mlpi_layer *layer, int64_t batch)
{
    const int bare = mlpi_activation_is_identity(layer->activation);
    return (work){(double)layer->n_in * (double)layer->n_out * (double)batch,
                  bare ? 0 : (double)layer->n_out * (double)batch,
                  bytes_of(workspace, params_of(layer), layer->n_in, layer->n_out, batch)};
}

/* What lies between the layers is made and used inside: its bytes do not count. */
static work work_of_pass(const mlp_workspace *workspace, int64_t batch)
{
    const mlpi_architecture *architecture = &workspace->architecture;
    double params = 0;
    work sum = {0, 0, 0};
    for (int32_t l = 0; l < architecture->layers; l++) {
        const work layer = work_of_layer(workspace, &workspace->layers[l], batch);
        sum.multiply_adds += layer.multiply_adds;
        sum.activations += layer.activations;
        params += params_of(&workspace->layers[l]);
    }
    sum.bytes = bytes_of(workspace, params, architecture->widths[0],
                         architecture->widths[architecture->layers], batch);
    return sum;
}

static void append_work(text *out, const work *todo)
{
    append(out, "%.0f multiply-adds, %.0f activations, %.0f bytes, %.2f flop per byte\n", todo->multiply_adds,
           todo->activations, todo->bytes, 2 * todo->multiply_adds / todo->bytes);
}

/* The kernels a layer meets on this route, and what they work on at a time. */
static void append_path(text *out, const mlp_workspace *workspace, mlpi_route route, int64_t batch)
{
    const mlpi_plan *plan = &workspace->plan;
    const int f32 = workspace->architecture.dtype == MLP_F32;
    if (!plan->kernels)
        append(out, "blas");
    else if (route.path == MLPI_PATH_COLUMNS)
        append(out, "columns in tiles of %lld samples",
               (long long)(f32 ? mlpi_columns_tile_f32 : mlpi_columns_tile_f64)(plan, batch));
    else if (mlpi_plan_is_single(plan, batch))
        append(out, "single");
    else
        append(out, "%s in panels of %lld units", route.path == MLPI_PATH_UNITS ? "units" : "rows",
               (long long)(f32 ? plan->kernels->f32.panel : plan->kernels->f64.panel));
}

static void append_batch(text *out, const mlp_workspace *workspace, int64_t batch)
{
    const mlpi_architecture *architecture = &workspace->architecture;
    const mlpi_chain chain = {architecture->layers, workspace->layers, &workspace->plan};
    const work whole = work_of_pass(workspace, batch);
    mlpi_route route;
    (architecture->dtype == MLP_F32 ? mlpi_route_of_f32 : mlpi_route_of_f64)(
        &chain, batch, mlpi_workspace_keeps_output_only(workspace), &route);
    append(out, "batch %lld: %s, ", (long long)batch, route.tuned ? "tuned" : "modelled");
    append_work(out, &whole);
    for (int32_t l = 1; l <= architecture->layers; l++) {
        const mlpi_layer *layer = &workspace->layers[l - 1];
        const work part = work_of_layer(workspace, layer, batch);
        const int32_t threads = route.path == MLPI_PATH_UNITS
                                    ? mlpi_route_unit_threads(layer->n_out, route.threads)
                                    : route.threads;
        append(out, "layer %d: %lld -> %lld %s, ", (int)l, (long long)layer->n_in, (long long)layer->n_out,
               mlpi_activation_name(layer->activation));
        append_path(out, workspace, route, batch);
        append(out, ", %d %s, ", (int)threads, threads == 1 ? "thread" : "threads");
        append_work(out, &part);
    }
}

static const struct {
    int32_t use;
    const char *name;
} uses[] = {{MLP_USE_FORWARD, "forward"},
            {MLP_USE_DERIVATIVES, "derivatives"},
            {MLP_USE_SECOND_ORDER, "second order"},
            {MLP_USE_SAMPLES, "samples"},
            {MLP_USE_LEAST_SQUARES, "least squares"}};

/* "forward, derivatives, samples" */
static void append_uses(text *out, int32_t wanted)
{
    for (size_t i = 0; i < sizeof uses / sizeof *uses; i++)
        if (wanted & uses[i].use)
            append(out, "%s%s", i ? ", " : "", uses[i].name);
}

int64_t mlpi_workspace_describe(const mlp_workspace *workspace, char *buffer, int64_t size)
{
    const mlpi_workspace_parts *parts = &workspace->parts;
    text out = {buffer, size, 0};
    char engine[32];
    append(&out, "workspace: %s, batch <= %lld, threads <= %d, for ",
           mlp_dtype_name(workspace->architecture.dtype), (long long)workspace->max_batch,
           (int)workspace->threads);
    append_uses(&out, workspace->uses);
    append(&out, ", %s, %lld bytes\n", mlpi_plan_describe(&workspace->plan, engine, sizeof engine),
           (long long)workspace->bytes);
    append(&out,
           "bytes: %lld tape, %lld scratch, %lld panel, %lld tiles, %lld streams, %lld samples, %lld rows, "
           "%lld threads, %lld tables\n",
           (long long)parts->tape, (long long)parts->scratch, (long long)parts->panel,
           (long long)parts->tiles, (long long)parts->streams, (long long)parts->samples,
           (long long)parts->rows, (long long)parts->threads, (long long)parts->tables);
    append_batch(&out, workspace, 1);
    if (workspace->max_batch > 1)
        append_batch(&out, workspace, workspace->max_batch);
    return out.length + 1;
}
