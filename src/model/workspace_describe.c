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

static const struct {
    int32_t use;
    const char *name;
} uses[] = {{MLP_USE_FORWARD, "forward"},
            {MLP_USE_DERIVATIVES, "derivatives"},
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
    const mlpi_architecture *architecture = &workspace->architecture;
    text out = {buffer, size, 0};
    char engine[32];
    append(&out, "workspace: %s, batch <= %lld, threads <= %d, for ", mlp_dtype_name(architecture->dtype),
           (long long)workspace->max_batch, (int)workspace->threads);
    append_uses(&out, workspace->uses);
    append(&out, ", %lld bytes\n", (long long)workspace->bytes);
    for (int32_t l = 1; l <= architecture->layers; l++)
        append(&out, "layer %d: %lld -> %lld %s, %s\n", (int)l, (long long)architecture->widths[l - 1],
               (long long)architecture->widths[l], mlpi_activation_name(&architecture->activations[l - 1]),
               mlpi_plan_describe(&workspace->plan, engine, sizeof engine));
    return out.length + 1;
}
