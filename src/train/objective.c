#include "train/objective.h"

#include <math.h>
#include <string.h>

#include "base/real32.h"
#include "train/objective_tmpl.h"
#include "base/real64.h"
#include "train/objective_tmpl.h"

void mlpi_objective_read(const mlpi_objective *objective, mlpi_point *point)
{
    objective->read(objective, point);
}

void mlpi_objective_move(const mlpi_objective *objective, mlpi_point *point)
{
    objective->move(objective, point);
}

mlp_status mlpi_objective_evaluate(const mlpi_objective *objective, mlpi_point *point)
{
    return objective->evaluate(objective, point);
}
