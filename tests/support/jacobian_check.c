#include "support/jacobian_check.h"

#include <math.h>
#include <stdlib.h>

enum { CHOSEN_SAMPLES = 3, CHOSEN_COLUMNS = 10, CHOSEN_PARAMETERS = 40 };

int64_t jacobian_columns(const problem *p, int wrt, int32_t layer)
{
    const int64_t n = p->spec.width[layer];
    return wrt == WRT_WEIGHT ? n * p->spec.width[layer - 1] : n;
}

double *jacobian_of(const problem *p, subject *s, int wrt, int32_t to, int32_t layer)
{
    double *J = numbers(p->spec.width[to] * jacobian_columns(p, wrt, layer) * s->batch);
    if (wrt == WRT_OUTPUT)
        subject_jacobian_output(s, to, layer, J);
    else if (wrt == WRT_BIAS)
        subject_jacobian_bias(s, to, layer, J);
    else
        subject_jacobian_weight(s, to, layer, J);
    return J;
}

static void reference_column(problem *p, int64_t sample, int wrt, int32_t to, int32_t layer, int64_t j,
                             double *column, double *scale)
{
    const reference_point *point = &p->point[sample];
    if (wrt == WRT_OUTPUT)
        reference_output_column(&p->net, point, to, layer, j, column, scale);
    else if (wrt == WRT_BIAS)
        reference_parameter_column(&p->net, point, to, reference_bias_offset(&p->net, layer) + j, column,
                                   scale);
    else
        reference_parameter_column(&p->net, point, to, reference_weight_offset(&p->net, layer) + j, column,
                                   scale);
}

double *jacobian_scales(const problem *p)
{
    const int64_t n_in = p->spec.width[0], n_out = p->spec.width[p->spec.layers];
    double column[REFERENCE_WIDTH], *scale = numbers(n_out * n_in * p->spec.batch);
    for (int64_t k = 0; k < n_in * p->spec.batch; k++) {
        reference_output_column(&p->net, &p->point[k / n_in], p->spec.layers, 0, k % n_in, column,
                                scale + k * n_out);
        for (int64_t i = 0; i < n_out; i++)
            scale[k * n_out + i] *= fabs(p->net.output_scale[i] * p->net.input_scale[k % n_in]);
    }
    return scale;
}

void check_jacobian(problem *p, subject *s, tally *t, int wrt, int32_t to, int32_t layer)
{
    double want[REFERENCE_WIDTH], scale[REFERENCE_WIDTH];
    const int64_t rows = p->spec.width[to], columns = jacobian_columns(p, wrt, layer);
    double *J = jacobian_of(p, s, wrt, to, layer);
    for (int64_t a = 0; a < problem_choices(CHOSEN_SAMPLES, s->batch); a++) {
        const int64_t sample = problem_choose(p, a, CHOSEN_SAMPLES, s->batch);
        for (int64_t b = 0; b < problem_choices(CHOSEN_COLUMNS, columns); b++) {
            const int64_t j = problem_choose(p, b, CHOSEN_COLUMNS, columns),
                          at = (sample * columns + j) * rows;
            reference_column(p, sample, wrt, to, layer, j, want, scale);
            for (int64_t i = 0; i < rows; i++)
                tally_compare(t, p, "J", at + i, J[at + i], want[i], scale[i]);
        }
    }
    free(J);
}

void check_forward(problem *p, subject *s, tally *t)
{
    double want[REFERENCE_WIDTH], scale[REFERENCE_WIDTH];
    double *y = numbers(s->n_out * p->spec.batch);
    subject_forward(s, p->spec.batch, p->x, y);
    for (int64_t sample = 0; sample < p->spec.batch; sample++) {
        reference_output(&p->net, &p->point[sample], want, scale);
        for (int64_t i = 0; i < s->n_out; i++)
            tally_compare(t, p, "y", sample * s->n_out + i, y[sample * s->n_out + i], want[i], scale[i]);
    }
    free(y);
}

static void compare_parameter(problem *p, tally *t, const double *y_bar, int64_t n_out, int64_t k, double got,
                              double scale)
{
    double want = 0;
    for (int64_t sample = 0; sample < p->spec.batch; sample++)
        want += reference_vjp_parameter(&p->net, &p->point[sample], y_bar + sample * n_out, k);
    tally_compare(t, p, "theta_bar", k, got, want, scale);
}

void check_vjp(problem *p, subject *s, tally *t)
{
    const int64_t n_in = s->n_in, n_out = s->n_out, batch = p->spec.batch;
    double *y_bar = problem_draw_vector(p, n_out * batch);
    double *x_bar = numbers(n_in * batch), *x_scale = numbers(n_in * batch);
    double *theta_bar = numbers(s->count), *theta_scale = numbers(s->count);
    subject_vjp(s, y_bar, x_bar, theta_bar);
    for (int64_t sample = 0; sample < batch; sample++)
        reference_vjp_scale(&p->net, &p->point[sample], y_bar + sample * n_out, x_scale + sample * n_in,
                            theta_scale);
    for (int64_t a = 0; a < problem_choices(CHOSEN_COLUMNS, n_in * batch); a++) {
        const int64_t k = problem_choose(p, a, CHOSEN_COLUMNS, n_in * batch), sample = k / n_in;
        const double want = reference_vjp_input(&p->net, &p->point[sample], y_bar + sample * n_out, k % n_in);
        tally_compare(t, p, "x_bar", k, x_bar[k], want, x_scale[k]);
    }
    for (int64_t a = 0; a < problem_choices(CHOSEN_PARAMETERS, s->count); a++) {
        const int64_t k = problem_choose(p, a, CHOSEN_PARAMETERS, s->count);
        compare_parameter(p, t, y_bar, n_out, k, theta_bar[k], theta_scale[k]);
    }
    free(theta_scale);
    free(theta_bar);
    free(x_scale);
    free(x_bar);
    free(y_bar);
}

static void compare_jvp(problem *p, subject *s, tally *t, const double *x_dot, const double *theta_dot)
{
    double want[REFERENCE_WIDTH], scale[REFERENCE_WIDTH];
    double *y_dot = numbers(s->n_out * p->spec.batch);
    subject_jvp(s, x_dot, theta_dot, y_dot);
    for (int64_t sample = 0; sample < p->spec.batch; sample++) {
        const double *x_dot_s = x_dot ? x_dot + sample * s->n_in : NULL;
        reference_jvp(&p->net, &p->point[sample], x_dot_s, theta_dot, want, scale);
        for (int64_t i = 0; i < s->n_out; i++)
            tally_compare(t, p, "y_dot", sample * s->n_out + i, y_dot[sample * s->n_out + i], want[i],
                          scale[i]);
    }
    free(y_dot);
}

void check_jvp(problem *p, subject *s, tally *t)
{
    double *x_dot = problem_draw_vector(p, s->n_in * p->spec.batch),
           *theta_dot = problem_draw_vector(p, s->count);
    compare_jvp(p, s, t, x_dot, theta_dot);
    compare_jvp(p, s, t, x_dot, NULL);
    compare_jvp(p, s, t, NULL, theta_dot);
    free(theta_dot);
    free(x_dot);
}
