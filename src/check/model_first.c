/* First derivatives of a model: products, Jacobians, and a batch against its samples. */
#include "check/model.h"
#include "base/error.h"
#include "base/memory.h"
#include "diff/jacobian.h"
#include "diff/jvp.h"
#include "diff/vjp.h"

#include <math.h>
#include <string.h>

static mlp_status out_of_memory(void)
{
    return mlpi_fail(MLP_ERR_MEMORY, "a check: cannot allocate its arrays");
}

/* Jacobians larger than that are not formed. */
static const int64_t most_elements = (int64_t)1 << 24;

/* What <y_bar, y> changes by along t, of one sample. */
static mlpi_want along_t(const mlpi_model_check *of, const mlpi_taylor *y, int64_t s)
{
    mlpi_want sum = {0, 0};
    for (int64_t p = 0; p < of->n_out; p++)
        mlpi_want_add(&sum, mlpi_want_of(&y[s * of->n_out + p], MLPI_T, of->y_bar[0][s * of->n_out + p]));
    return sum;
}

/* theta_dot, but 0 outside A_l, or outside b_l; returns what is left. */
static const double *confine(const mlpi_model_check *of, int32_t layer, mlpi_variable variable, double *theta)
{
    const int64_t *widths = of->model->architecture.widths;
    int64_t offset = 0;
    for (int32_t l = 1; l < layer; l++)
        offset += widths[l] * (widths[l - 1] + 1);
    const int64_t weights = widths[layer] * widths[layer - 1],
                  from = variable == MLPI_BY_BIAS ? offset + weights : offset,
                  count = variable == MLPI_BY_BIAS ? widths[layer] : weights;
    memset(theta, 0, (size_t)of->n_theta * sizeof *theta);
    memcpy(theta + from, of->theta_dot + from, (size_t)count * sizeof *theta);
    return theta + from;
}

#include "base/real32.h"
#include "check/model_tools_tmpl.h"
#include "check/model_first_tmpl.h"
#include "base/real64.h"
#include "check/model_tools_tmpl.h"
#include "check/model_first_tmpl.h"
