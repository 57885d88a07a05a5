#include "model/head.h"
#include "model/workspace.h"

#include <string.h>

#include "base/real32.h"
#include "model/head_tmpl.h"
#include "base/real64.h"
#include "model/head_tmpl.h"

static const mlpi_head_kind kinds[] = {
    {.id = MLP_HEAD_NONE, .name = "none"},
    {.id = MLP_HEAD_SIGMOID, .name = "sigmoid", .apply_f32 = sigmoid_f32, .apply_f64 = sigmoid_f64},
    {.id = MLP_HEAD_SOFTMAX, .name = "softmax", .apply_f32 = softmax_f32, .apply_f64 = softmax_f64},
};

int32_t mlpi_head_count(void)
{
    return (int32_t)(sizeof kinds / sizeof kinds[0]);
}

const mlpi_head_kind *mlpi_head_at(int32_t index)
{
    return index >= 0 && index < mlpi_head_count() ? &kinds[index] : NULL;
}

const mlpi_head_kind *mlpi_head_of(int32_t id)
{
    return id >= 1 ? mlpi_head_at(id - 1) : NULL;
}

const mlpi_head_kind *mlpi_head_find(const char *name)
{
    for (int32_t i = 0; i < mlpi_head_count(); i++)
        if (strcmp(kinds[i].name, name) == 0)
            return &kinds[i];
    return NULL;
}

#include "base/real32.h"
#include "model/head_apply_tmpl.h"
#include "base/real64.h"
#include "model/head_apply_tmpl.h"
