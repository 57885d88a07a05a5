#include "support/random_spec.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static int64_t draw_width(draw *d, int64_t widest)
{
    return draw_chance(d, 0.15) ? 1 : draw_chance(d, 0.05) ? draw_int(d, 60, widest) : draw_int(d, 2, 34);
}

/* Activation parameters near their defaults, and of both signs where that is allowed. */
static double draw_parameter(draw *d, mlp_activation activation)
{
    double least, most, value;
    if (mlp_activation_parameter(activation, NULL, &value, &least, &most) != MLP_OK)
        fail_msg("%s", mlp_last_error());
    value = draw_real(d, 0.25, activation == MLP_SINE ? 5 : 1.5) * (draw_chance(d, 0.2) ? -1 : 1);
    return value < least ? least : value > most ? most : value;
}

problem_spec random_spec(draw *d, uint64_t seed, int64_t widest, int64_t most_samples)
{
    problem_spec spec = {.dtype = draw_chance(d, 0.5) ? MLP_F32 : MLP_F64, .seed = seed};
    spec.layers = (int32_t)draw_int(d, 1, REFERENCE_LAYERS);
    spec.batch = draw_chance(d, 0.3) ? 1 : draw_int(d, 2, most_samples);
    spec.scaled = draw_chance(d, 0.5);
    for (int32_t l = 0; l <= spec.layers; l++)
        spec.width[l] = draw_width(d, widest);
    for (int32_t l = 1; l <= spec.layers; l++) {
        const int linear = l == spec.layers && draw_chance(d, 0.5);
        spec.activation[l] = linear ? MLP_IDENTITY : sigma_at((int)draw_int(d, 0, SIGMA_COUNT - 1))->id;
        spec.parameter[l] =
            sigma_of(spec.activation[l])->has_parameter ? draw_parameter(d, spec.activation[l]) : 0;
    }
    return spec;
}
