#include "train/course.h"
#include "base/error.h"
#include "base/memory.h"

#include <math.h>

mlp_status mlpi_course_create(int32_t layers, mlpi_course *course)
{
    const int64_t bytes = layers * (int64_t)sizeof *course->layer_rates;
    *course = (mlpi_course){.layers = layers, .layer_rates = mlpi_alloc(bytes)};
    if (!course->layer_rates)
        return mlpi_fail_memory("trainer", bytes);
    for (int32_t l = 0; l < layers; l++)
        course->layer_rates[l] = 1;
    mlpi_plateau_reset(&course->plateau);
    course->best_loss = INFINITY;
    course->best_epoch = -1;
    return MLP_OK;
}

void mlpi_course_release(mlpi_course *course)
{
    mlpi_free(course->layer_rates);
    mlpi_free(course->average);
    mlpi_free(course->best);
    *course = (mlpi_course){0};
}

int mlpi_course_has_layer_rates(const mlpi_course *course)
{
    for (int32_t l = 0; l < course->layers; l++)
        if (course->layer_rates[l] != 1)
            return 1;
    return 0;
}
