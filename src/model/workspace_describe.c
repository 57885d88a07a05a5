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

int64_t mlpi_workspace_describe(const mlp_workspace *workspace, char *buffer, int64_t size)
{
    const mlpi_architecture *architecture = &workspace->architecture;
    text out = {buffer, size, 0};
    char engine[32];
    append(&out, "workspace: %s, batch <= %lld, threads <= %d, %s, %lld bytes\n",
           mlp_dtype_name(architecture->dtype), (long long)workspace->max_batch, (int)workspace->threads,
           workspace->uses & MLP_USE_DERIVATIVES ? "forward and derivatives" : "forward",
           (long long)workspace->bytes);
    for (int32_t l = 1; l <= architecture->layers; l++)
        append(&out, "layer %d: %lld -> %lld %s, %s\n", (int)l, (long long)architecture->widths[l - 1],
               (long long)architecture->widths[l], mlpi_activation_name(&architecture->activations[l - 1]),
               mlpi_plan_describe(&workspace->plan, engine, sizeof engine));
    return out.length + 1;
}
