#include "loss_choice.h"

#include "heap.h"
#include "number.h"

#include <math.h>
#include <string.h>

const char *loss_choice_parse(const char *text, char **name, struct loss_choice *choice)
{
    const char *colon = strchr(text, ':');

    *name = heap_string(text);
    if (colon)
        (*name)[colon - text] = '\0';
    *choice = (struct loss_choice){mlp_loss_from_name(*name), NAN};
    return colon && !number_parse(colon + 1, &choice->parameter) ? colon + 1 : NULL;
}

mlp_status loss_choice_open(const struct loss_choice *choice, mlp_loss *loss)
{
    *loss = choice->constant;
    return isnan(choice->parameter) ? MLP_OK : mlp_loss_configure(choice->constant, choice->parameter, loss);
}

void loss_choice_close(mlp_loss loss)
{
    const char *name = mlp_loss_name(loss);

    if (name && mlp_loss_from_name(name) != loss) /* not the constant, which bears the same name */
        mlp_loss_unregister(loss);
}
