/* Higher derivatives of a model: jets and their gradients, the Laplacian, Hessians in x and in theta. */
#include "check/model.h"
#include "base/error.h"
#include "base/memory.h"
#include "diff/hessian.h"
#include "diff/jet.h"
#include "engine/jet.h"

#include <math.h>

static mlp_status out_of_memory(void)
{
    return mlpi_fail(MLP_ERR_MEMORY, "a check: cannot allocate its arrays");
}

/* Laplacians and Hessians in x of more inputs are left out. */
enum { MOST_INPUTS = 128 };

/*
 * d2/ds dt of log cosh(y - t) of one output, g y_st + h y_s y_t, by its definition; without the first term of the Gauss-Newton
 * matrix. |g| and |h| and their derivatives are at most 1.
 */
static mlpi_want curvature_of(const mlpi_taylor *y, double t, int whole)
{
    const double g = tanh(y->c[MLPI_1] - t), h = 1 - g * g;
    const double moved = y->magnitude[MLPI_S] * y->magnitude[MLPI_T], off = 1 + y->error[MLPI_1];
    mlpi_want want = {h * y->c[MLPI_S] * y->c[MLPI_T], moved * off + y->error[MLPI_S] * y->magnitude[MLPI_T] +
                                                           y->magnitude[MLPI_S] * y->error[MLPI_T]};
    if (whole)
        mlpi_want_add(&want, (mlpi_want){g * y->c[MLPI_ST], y->error[MLPI_ST] + y->magnitude[MLPI_ST] * off});
    return want;
}

/* The gradient of <y_bar, y> + <y1_bar, y1> + <y2_bar, y2> along t, where y1 and y2 are those along s. */
static mlpi_want jet_gradient_of(const mlpi_model_check *of, const mlpi_taylor *y, int64_t i)
{
    mlpi_want sum = mlpi_want_of(y, MLPI_T, of->y_bar[0][i]);
    mlpi_want_add(&sum, mlpi_want_of(y, MLPI_ST, of->y_bar[1][i]));
    mlpi_want_add(&sum, mlpi_want_of(y, MLPI_SST, 2 * of->y_bar[2][i]));
    return sum;
}

#include "base/real32.h"
#include "check/model_tools_tmpl.h"
#include "check/model_second_tmpl.h"
#include "base/real64.h"
#include "check/model_tools_tmpl.h"
#include "check/model_second_tmpl.h"
