#include "reference.h"

#include "memory.h"
#include "sigma.h"

#include <math.h>
#include <stdlib.h>

const double reference_rate = 0.5;

/* The pass of one sample: everything a derivative needs. */
struct pass {
    const struct problem *problem;
    const struct sigma *sigma;
    double *y[PROBLEM_MOST_LAYERS + 1], *slope[PROBLEM_MOST_LAYERS + 1]; /* of n_l values */
    double *bar, *next;                                                  /* of the widest layer */
};

static void pass_create(const struct problem *problem, struct pass *pass)
{
    int64_t widest = 0;

    pass->problem = problem;
    pass->sigma = sigma_find(problem->activation);
    for (int l = 0; l <= problem->layers; l++) {
        pass->y[l] = memory_new(problem->width[l], sizeof *pass->y[l]);
        pass->slope[l] = memory_new(problem->width[l], sizeof *pass->slope[l]);
        widest = problem->width[l] > widest ? problem->width[l] : widest;
    }
    pass->bar = memory_new(widest, sizeof *pass->bar);
    pass->next = memory_new(widest, sizeof *pass->next);
}

static void pass_destroy(struct pass *pass)
{
    for (int l = 0; l <= pass->problem->layers; l++) {
        free(pass->y[l]);
        free(pass->slope[l]);
    }
    free(pass->bar);
    free(pass->next);
}

/* z = A y + start, with A n x k column-major; start NULL stands for zero */
static void multiply(int64_t n, int64_t k, const double *A, const double *y, const double *start, double *z)
{
    for (int64_t i = 0; i < n; i++)
        z[i] = start ? start[i] : 0;
    for (int64_t j = 0; j < k; j++) {
        for (int64_t i = 0; i < n; i++)
            z[i] += A[j * n + i] * y[j];
    }
}

/* y_l = sigma(A_l y_{l-1} + b_l) and sigma'; the last layer is linear */
static void forward(struct pass *pass, const double *theta, const double *x)
{
    const struct problem *problem = pass->problem;

    for (int64_t i = 0; i < problem->width[0]; i++)
        pass->y[0][i] = x[i];
    for (int l = 1; l <= problem->layers; l++) {
        int64_t n = problem->width[l], k = problem->width[l - 1];
        double *y = pass->y[l], *slope = pass->slope[l];

        multiply(n, k, theta, pass->y[l - 1], theta + n * k, y);
        for (int64_t i = 0; i < n; i++) {
            slope[i] = l < problem->layers ? pass->sigma->slope(y[i]) : 1;
            y[i] = l < problem->layers ? pass->sigma->value(y[i]) : y[i];
        }
        theta += n * (k + 1);
    }
}

/* y_dot_l = sigma'(z_l) (A_l y_dot_{l-1}); the result is left in bar */
static void tangent(struct pass *pass, const double *theta, const double *x_dot)
{
    const struct problem *problem = pass->problem;

    for (int64_t i = 0; i < problem->width[0]; i++)
        pass->bar[i] = x_dot[i];
    for (int l = 1; l <= problem->layers; l++) {
        int64_t n = problem->width[l], k = problem->width[l - 1];

        multiply(n, k, theta, pass->bar, NULL, pass->next);
        for (int64_t i = 0; i < n; i++)
            pass->bar[i] = pass->slope[l][i] * pass->next[i];
        theta += n * (k + 1);
    }
}

/* gradient += delta [y_{l-1}^T, 1], next = A_l^T delta */
static void pull_layer(struct pass *pass, int l, const double *A, double *gradient)
{
    int64_t n = pass->problem->width[l], k = pass->problem->width[l - 1];
    const double *delta = pass->bar;

    for (int64_t j = 0; j < k; j++) {
        double sum = 0, y = pass->y[l - 1][j];

        for (int64_t i = 0; i < n; i++) {
            gradient[j * n + i] += delta[i] * y;
            sum += A[j * n + i] * delta[i];
        }
        pass->next[j] = sum;
    }
    for (int64_t i = 0; i < n; i++)
        gradient[n * k + i] += delta[i];
}

/* From y_bar in bar to x_bar in bar, adding to the gradient. */
static void pull(struct pass *pass, const double *theta, double *gradient)
{
    int64_t offset = problem_params(pass->problem);

    for (int l = pass->problem->layers; l >= 1; l--) {
        int64_t n = pass->problem->width[l], k = pass->problem->width[l - 1];

        offset -= n * (k + 1);
        for (int64_t i = 0; i < n; i++)
            pass->bar[i] *= pass->slope[l][i];
        pull_layer(pass, l, theta + offset, gradient + offset);
        for (int64_t j = 0; j < k; j++)
            pass->bar[j] = pass->next[j];
    }
}

/* How often sample p occurs in the batch. */
static double occurrences(const struct problem *problem, const struct inputs *inputs, int64_t p)
{
    return (double)(problem->batch / inputs->period + (p < problem->batch % inputs->period));
}

/* g = (dy/dtheta)^T bar, once */
static void pull_once(struct pass *pass, const struct inputs *inputs, double *g)
{
    for (int64_t i = 0; i < problem_params(pass->problem); i++)
        g[i] = 0;
    pull(pass, inputs->theta, g);
}

/* g_s = (dy_s/dtheta)^T (y_s - t_s) / batch of one sample of the period */
static void sample_gradient(struct pass *pass, const struct inputs *inputs, int64_t p, double *g)
{
    const struct problem *problem = pass->problem;
    int64_t n_out = problem->width[problem->layers];

    forward(pass, inputs->theta, inputs->x + p * problem->width[0]);
    for (int64_t i = 0; i < n_out; i++)
        pass->bar[i] = (pass->y[problem->layers][i] - inputs->t[p * n_out + i]) / (double)problem->batch;
    pull_once(pass, inputs, g);
}

static double inner(int64_t n, const double *a, const double *b)
{
    double sum = 0;

    for (int64_t i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

/* From the gradients of all samples of a period, n_theta x period. */
static void solve_samples(struct pass *pass, const struct inputs *inputs, struct answer *answer)
{
    const struct problem *problem = pass->problem;
    int64_t n = problem_params(problem);
    double *g = memory_new(n * inputs->period, sizeof *g), bound = 1 / (double)problem->batch;

    for (int64_t p = 0; p < inputs->period; p++)
        sample_gradient(pass, inputs, p, g + p * n);
    for (int64_t p = 0; p < inputs->period; p++) {
        const double *mine = g + p * n;
        double norm = sqrt(inner(n, mine, mine)), factor = norm > bound ? bound / norm : 1;

        for (int64_t i = 0; i < answer->rows; i++) {
            double *out = answer->columns + p * answer->rows + i;

            if (problem->work == WORK_SAMPLE_INNER_PRODUCTS)
                *out = inner(n, mine, g + i % inputs->period * n);
            else
                *out = problem->work == WORK_SAMPLE_NORMS ? norm : mine[i];
        }
        for (int64_t k = 0; k < answer->params; k++)
            answer->theta[k] += occurrences(problem, inputs, p) * factor * mine[k];
    }
    free(g);
}

/* Columns of dy/dx by tangents of the inputs, rows of dy/dtheta by cotangents of the outputs, sample by sample. */
static void solve_jacobian(struct pass *pass, const struct inputs *inputs, int64_t p, struct answer *answer)
{
    const struct problem *problem = pass->problem;
    int64_t n_in = problem->width[0], n_out = problem->width[problem->layers], n = problem_params(problem);
    double *column = answer->columns + p * answer->rows, *e = memory_new(n_in, sizeof *e);

    forward(pass, inputs->theta, inputs->x + p * n_in);
    for (int64_t j = 0; j < n_in && problem->work == WORK_JACOBIAN; j++) {
        for (int64_t i = 0; i < n_in; i++)
            e[i] = i == j;
        tangent(pass, inputs->theta, e);
        for (int64_t i = 0; i < n_out; i++)
            column[j * n_out + i] = pass->bar[i];
    }
    for (int64_t k = 0; k < n_out && problem->work == WORK_JACOBIAN_THETA; k++) {
        for (int64_t i = 0; i < n_out; i++)
            pass->bar[i] = i == k;
        pull_once(pass, inputs, column + k * n);
    }
    free(e);
}

static void solve_sample(struct pass *pass, const struct inputs *inputs, int64_t p, struct answer *answer)
{
    const struct problem *problem = pass->problem;
    int64_t n_in = problem->width[0], n_out = problem->width[problem->layers];
    double count = occurrences(problem, inputs, p);
    const double *y = pass->y[problem->layers], *t = inputs->t + p * n_out, *result = y;

    forward(pass, inputs->theta, inputs->x + p * n_in);
    if (problem->work == WORK_JVP)
        tangent(pass, inputs->theta, inputs->x_dot + p * n_in);
    if (problem->work == WORK_VJP) { /* the cotangents of all that are like it, and one back out of them */
        for (int64_t i = 0; i < n_out; i++)
            pass->bar[i] = t[i] * count;
        pull(pass, inputs->theta, answer->theta);
        for (int64_t i = 0; i < n_in; i++)
            pass->bar[i] /= count;
    }
    if (problem->work == WORK_JACOBIAN_NORMAL_ADD) { /* Jtr is the theta_bar of r */
        for (int64_t i = 0; i < n_out; i++)
            pass->bar[i] = t[i] * count;
        pull(pass, inputs->theta, answer->theta);
    }
    if (problem->work == WORK_TRAIN || problem->work == WORK_GRAD) {
        for (int64_t i = 0; i < n_out; i++)
            pass->bar[i] = (y[i] - t[i]) * count / (double)problem->batch;
        pull(pass, inputs->theta, answer->theta);
    }
    if (problem->work == WORK_VJP || problem->work == WORK_JVP)
        result = pass->bar;
    for (int64_t i = 0; answer->columns && i < answer->rows; i++)
        answer->columns[p * answer->rows + i] = result[i];
}

void reference_solve(const struct problem *problem, const struct inputs *inputs, struct answer *answer)
{
    struct pass pass;

    pass_create(problem, &pass);
    answer_create(problem, inputs->period, answer);
    if (problem->work >= WORK_SAMPLE_GRADIENTS && problem->work <= WORK_SAMPLE_INNER_PRODUCTS)
        solve_samples(&pass, inputs, answer);
    for (int64_t p = 0; p < inputs->period; p++) {
        if (problem->work == WORK_JACOBIAN || problem->work == WORK_JACOBIAN_THETA)
            solve_jacobian(&pass, inputs, p, answer);
        else if (problem->work <= WORK_JVP || problem->work == WORK_JACOBIAN_NORMAL_ADD)
            solve_sample(&pass, inputs, p, answer);
    }
    if (problem->work == WORK_TRAIN) {
        for (int64_t i = 0; i < answer->params; i++)
            answer->theta[i] = inputs->theta[i] - reference_rate * answer->theta[i];
    }
    pass_destroy(&pass);
}
