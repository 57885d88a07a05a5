#include "support/subject_hessian.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "support/guarded.h"

static void check(mlp_status status, const char *call)
{
    if (status != MLP_OK)
        fail_msg("%s: %s: %s", call, mlp_status_name(status), mlp_last_error());
}

/* An array of the subject's number type, and what to hand in: NULL where there are no values. */
static guarded input(const subject *s, int64_t rows, int64_t columns, int64_t padding, const double *values,
                     const void **data)
{
    guarded array = guarded_create(s->dtype, rows, columns, 1, padding, values);
    *data = values ? array.data : NULL;
    return array;
}

/* An input comes back with the values it had. */
static void collect_input(guarded *array, const double *values)
{
    const size_t count = (size_t)(array->rows * array->columns);
    double *after = malloc(count * sizeof *after);
    assert_non_null(after);
    guarded_collect(array, after);
    if (values)
        assert_memory_equal(after, values, count * sizeof *after);
    free(after);
}

void subject_linearize(subject *s, mlp_loss loss, const double *t, const int32_t *labels,
                       const double *weights, double *value, double *theta_bar)
{
    const void *t_data, *w_data;
    guarded targets = input(s, s->n_out, s->batch, s->padding, t, &t_data);
    guarded w = input(s, s->batch, 1, 0, weights, &w_data);
    guarded theta = guarded_create(s->dtype, s->count, 1, 1, 0, NULL);
    void *const out = theta_bar ? theta.data : NULL;
    if (labels)
        check(s->dtype == MLP_F32
                  ? mlp_linearize_labels_f32(s->model, s->workspace, loss, labels, w_data, value, out)
                  : mlp_linearize_labels_f64(s->model, s->workspace, loss, labels, w_data, value, out),
              "mlp_linearize_labels");
    else
        check(s->dtype == MLP_F32
                  ? mlp_linearize_f32(s->model, s->workspace, loss, t_data, targets.ld, w_data, value, out)
                  : mlp_linearize_f64(s->model, s->workspace, loss, t_data, targets.ld, w_data, value, out),
              "mlp_linearize");
    collect_input(&targets, t);
    collect_input(&w, weights);
    guarded_collect(&theta, theta_bar);
}

static void product(subject *s, int is_gauss_newton, const double *theta_dot, double *out)
{
    const void *data;
    guarded in = input(s, s->count, 1, 0, theta_dot, &data);
    guarded result = guarded_create(s->dtype, s->count, 1, 1, 0, NULL);
    if (is_gauss_newton)
        check(s->dtype == MLP_F32 ? mlp_gauss_newton_f32(s->model, s->workspace, data, result.data)
                                  : mlp_gauss_newton_f64(s->model, s->workspace, data, result.data),
              "mlp_gauss_newton");
    else
        check(s->dtype == MLP_F32 ? mlp_hvp_f32(s->model, s->workspace, data, result.data)
                                  : mlp_hvp_f64(s->model, s->workspace, data, result.data),
              "mlp_hvp");
    collect_input(&in, theta_dot);
    guarded_collect(&result, out);
}

void subject_hvp(subject *s, const double *theta_dot, double *theta_hv)
{
    product(s, 0, theta_dot, theta_hv);
}

void subject_gauss_newton(subject *s, const double *theta_dot, double *theta_gv)
{
    product(s, 1, theta_dot, theta_gv);
}

/* Matrices of a sample are n_0 columns each, so its columns are those of one matrix of n_0 n_L. */
void subject_hessian_x(subject *s, double *H)
{
    guarded out = guarded_create(s->dtype, s->n_in, s->n_in * s->n_out, s->batch, s->padding, NULL);
    check(s->dtype == MLP_F32 ? mlp_hessian_x_f32(s->model, s->workspace, out.data, out.ld, out.stride)
                              : mlp_hessian_x_f64(s->model, s->workspace, out.data, out.ld, out.stride),
          "mlp_hessian_x");
    guarded_collect(&out, H);
}

void subject_loss(const subject *s, mlp_loss loss, const double *y, const double *t, const int32_t *labels,
                  const double *weights, double *value, double *y_bar)
{
    const int64_t n = s->n_out, batch = s->batch;
    const void *y_data, *t_data, *w;
    guarded outputs = input(s, n, batch, 0, y, &y_data), targets = input(s, n, batch, 0, t, &t_data);
    guarded of_samples = input(s, batch, 1, 0, weights, &w),
            out = guarded_create(s->dtype, n, batch, 1, 0, NULL);
    if (labels)
        check(s->dtype == MLP_F32
                  ? mlp_loss_evaluate_labels_f32(loss, batch, n, y_data, n, labels, w, value, out.data, n)
                  : mlp_loss_evaluate_labels_f64(loss, batch, n, y_data, n, labels, w, value, out.data, n),
              "mlp_loss_evaluate_labels");
    else
        check(s->dtype == MLP_F32
                  ? mlp_loss_evaluate_f32(loss, batch, n, y_data, n, t_data, n, w, value, out.data, n)
                  : mlp_loss_evaluate_f64(loss, batch, n, y_data, n, t_data, n, w, value, out.data, n),
              "mlp_loss_evaluate");
    guarded_collect(&outputs, NULL);
    guarded_collect(&targets, NULL);
    guarded_collect(&of_samples, NULL);
    guarded_collect(&out, y_bar);
}

void subject_loss_hvp(const subject *s, mlp_loss loss, const double *y, const double *t,
                      const int32_t *labels, const double *weights, double *v)
{
    const int64_t n = s->n_out, batch = s->batch;
    const void *y_data, *t_data, *w, *v_data;
    guarded outputs = input(s, n, batch, 0, y, &y_data), targets = input(s, n, batch, 0, t, &t_data);
    guarded of_samples = input(s, batch, 1, 0, weights, &w), out = input(s, n, batch, 0, v, &v_data);
    if (labels)
        check(s->dtype == MLP_F32
                  ? mlp_loss_hvp_labels_f32(loss, batch, n, y_data, n, labels, w, v_data, n, out.data, n)
                  : mlp_loss_hvp_labels_f64(loss, batch, n, y_data, n, labels, w, v_data, n, out.data, n),
              "mlp_loss_hvp_labels");
    else
        check(s->dtype == MLP_F32
                  ? mlp_loss_hvp_f32(loss, batch, n, y_data, n, t_data, n, w, v_data, n, out.data, n)
                  : mlp_loss_hvp_f64(loss, batch, n, y_data, n, t_data, n, w, v_data, n, out.data, n),
              "mlp_loss_hvp");
    guarded_collect(&outputs, NULL);
    guarded_collect(&targets, NULL);
    guarded_collect(&of_samples, NULL);
    guarded_collect(&out, v);
}
