#include "loss/loss.h"

#include <stddef.h>
#include <string.h>

enum { COUNT = 2 };

static const mlpi_loss *const table[COUNT] = {&mlpi_squared_error, &mlpi_softmax_cross_entropy};

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

#include "base/real32.h"
#include "loss/loss_tmpl.h"
#include "base/real64.h"
#include "loss/loss_tmpl.h"
