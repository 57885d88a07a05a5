#include "support/subject.h"

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

/* An array handed in must come back with the bits it had. */
static void check_untouched(guarded *array, const double *values)
{
    if (!values) {
        guarded_collect(array, NULL);
        return;
    }
    const size_t count = (size_t)(array->rows * array->columns * array->matrices);
    double *after = malloc(count * sizeof *after);
    assert_non_null(after);
    guarded_collect(array, after);
    const int same = memcmp(after, values, count * sizeof *after) == 0;
    free(after);
    if (!same)
        fail_msg("an input was written to");
}

void subject_set_theta(subject *s, const double *theta)
{
    guarded in = guarded_create(s->dtype, s->count, 1, 1, 0, theta);
    check(s->dtype == MLP_F32 ? mlp_model_set_params_f32(s->model, 0, s->count, in.data)
                              : mlp_model_set_params_f64(s->model, 0, s->count, in.data),
          "mlp_model_set_params");
    check_untouched(&in, theta);
}

static void set_scaling(subject *s, const reference *net)
{
    guarded in[] = {guarded_create(s->dtype, s->n_in, 1, 1, 0, net->input_scale),
                    guarded_create(s->dtype, s->n_in, 1, 1, 0, net->input_shift),
                    guarded_create(s->dtype, s->n_out, 1, 1, 0, net->output_scale),
                    guarded_create(s->dtype, s->n_out, 1, 1, 0, net->output_shift)};
    if (s->dtype == MLP_F32) {
        check(mlp_model_set_input_scaling_f32(s->model, in[0].data, in[1].data),
              "mlp_model_set_input_scaling");
        check(mlp_model_set_output_scaling_f32(s->model, in[2].data, in[3].data),
              "mlp_model_set_output_scaling");
    } else {
        check(mlp_model_set_input_scaling_f64(s->model, in[0].data, in[1].data),
              "mlp_model_set_input_scaling");
        check(mlp_model_set_output_scaling_f64(s->model, in[2].data, in[3].data),
              "mlp_model_set_output_scaling");
    }
    for (size_t i = 0; i < sizeof in / sizeof *in; i++)
        guarded_collect(&in[i], NULL);
}

static void set_activations(subject *s, const reference *net)
{
    for (int32_t l = 1; l <= net->layers; l++) {
        check(mlp_model_set_activation(s->model, l, net->activation[l]->id), "mlp_model_set_activation");
        if (net->activation[l]->has_parameter)
            check(mlp_model_set_activation_parameter(s->model, l, net->parameter[l]),
                  "mlp_model_set_activation_parameter");
    }
}

void subject_create(subject *s, const problem *p, int64_t max_batch, int32_t threads, int64_t padding)
{
    subject_create_for(s, p, max_batch, threads, MLP_USE_DERIVATIVES, padding);
}

void subject_create_for(subject *s, const problem *p, int64_t max_batch, int32_t threads, int32_t uses,
                        int64_t padding)
{
    const reference *net = &p->net;
    *s = (subject){.dtype = p->spec.dtype,
                   .n_in = net->width[0],
                   .n_out = net->width[net->layers],
                   .count = net->count,
                   .padding = padding};
    check(mlp_model_create(s->dtype, net->layers, net->width, MLP_TANH, &s->model), "mlp_model_create");
    assert_int_equal(mlp_model_param_count(s->model), s->count);
    set_activations(s, net);
    double *theta = malloc((size_t)s->count * sizeof *theta);
    assert_non_null(theta);
    for (int64_t k = 0; k < s->count; k++)
        theta[k] = creal(net->theta[k]);
    subject_set_theta(s, theta);
    free(theta);
    if (p->spec.scaled)
        set_scaling(s, net);
    check(mlp_workspace_create(s->model, max_batch, threads, uses, &s->workspace), "mlp_workspace_create");
}

void subject_destroy(subject *s)
{
    mlp_workspace_destroy(s->workspace);
    mlp_model_destroy(s->model);
}

void subject_forward(subject *s, int64_t batch, const double *x, double *y)
{
    guarded in = guarded_create(s->dtype, s->n_in, batch, 1, s->padding, x);
    guarded out = guarded_create(s->dtype, s->n_out, batch, 1, s->padding, NULL);
    s->batch = batch;
    check(s->dtype == MLP_F32
              ? mlp_forward_f32(s->model, s->workspace, batch, in.data, in.ld, y ? out.data : NULL, out.ld)
              : mlp_forward_f64(s->model, s->workspace, batch, in.data, in.ld, y ? out.data : NULL, out.ld),
          "mlp_forward");
    check_untouched(&in, x);
    guarded_collect(&out, y);
}

void subject_layer(subject *s, int32_t layer, double *y)
{
    guarded out = guarded_create(s->dtype, mlp_model_width(s->model, layer), s->batch, 1, s->padding, NULL);
    check(s->dtype == MLP_F32 ? mlp_workspace_get_output_f32(s->workspace, layer, out.data, out.ld)
                              : mlp_workspace_get_output_f64(s->workspace, layer, out.data, out.ld),
          "mlp_workspace_get_output");
    guarded_collect(&out, y);
}

/* Data of an array for a nullable argument. */
static void *data_if(const guarded *array, int wanted)
{
    return wanted ? array->data : NULL;
}

void subject_vjp(subject *s, const double *y_bar, double *x_bar, double *theta_bar)
{
    guarded in = guarded_create(s->dtype, s->n_out, s->batch, 1, s->padding, y_bar);
    guarded x = guarded_create(s->dtype, s->n_in, s->batch, 1, s->padding, NULL);
    guarded theta = guarded_create(s->dtype, s->count, 1, 1, 0, NULL);
    void *x_data = data_if(&x, x_bar != NULL), *theta_data = data_if(&theta, theta_bar != NULL);
    check(s->dtype == MLP_F32 ? mlp_vjp_f32(s->model, s->workspace, in.data, in.ld, x_data, x.ld, theta_data)
                              : mlp_vjp_f64(s->model, s->workspace, in.data, in.ld, x_data, x.ld, theta_data),
          "mlp_vjp");
    check_untouched(&in, y_bar);
    guarded_collect(&x, x_bar);
    guarded_collect(&theta, theta_bar);
}

void subject_jvp(subject *s, const double *x_dot, const double *theta_dot, double *y_dot)
{
    guarded x = guarded_create(s->dtype, s->n_in, s->batch, 1, s->padding, x_dot);
    guarded theta = guarded_create(s->dtype, s->count, 1, 1, 0, theta_dot);
    guarded out = guarded_create(s->dtype, s->n_out, s->batch, 1, s->padding, NULL);
    const void *x_data = data_if(&x, x_dot != NULL), *theta_data = data_if(&theta, theta_dot != NULL);
    check(s->dtype == MLP_F32
              ? mlp_jvp_f32(s->model, s->workspace, x_data, x.ld, theta_data, out.data, out.ld)
              : mlp_jvp_f64(s->model, s->workspace, x_data, x.ld, theta_data, out.data, out.ld),
          "mlp_jvp");
    check_untouched(&x, x_dot);
    check_untouched(&theta, theta_dot);
    guarded_collect(&out, y_dot);
}

typedef mlp_status jacobian_f32(const mlp_model *, mlp_workspace *, int32_t, int32_t, float *, int64_t,
                                int64_t);
typedef mlp_status jacobian_f64(const mlp_model *, mlp_workspace *, int32_t, int32_t, double *, int64_t,
                                int64_t);

static void jacobian(subject *s, jacobian_f32 *f32, jacobian_f64 *f64, int32_t to, int32_t from,
                     int64_t columns, double *J)
{
    guarded out =
        guarded_create(s->dtype, mlp_model_width(s->model, to), columns, s->batch, s->padding, NULL);
    check(s->dtype == MLP_F32 ? f32(s->model, s->workspace, to, from, out.data, out.ld, out.stride)
                              : f64(s->model, s->workspace, to, from, out.data, out.ld, out.stride),
          "mlp_jacobian");
    guarded_collect(&out, J);
}

void subject_jacobian_output(subject *s, int32_t to, int32_t from, double *J)
{
    jacobian(s, mlp_jacobian_output_f32, mlp_jacobian_output_f64, to, from, mlp_model_width(s->model, from),
             J);
}

void subject_jacobian_bias(subject *s, int32_t to, int32_t layer, double *J)
{
    jacobian(s, mlp_jacobian_bias_f32, mlp_jacobian_bias_f64, to, layer, mlp_model_width(s->model, layer), J);
}

void subject_jacobian_weight(subject *s, int32_t to, int32_t layer, double *J)
{
    const int64_t columns = mlp_model_width(s->model, layer) * mlp_model_width(s->model, layer - 1);
    jacobian(s, mlp_jacobian_weight_f32, mlp_jacobian_weight_f64, to, layer, columns, J);
}

void subject_jet(subject *s, int64_t directions, const double *v, int shared, double *y1, double *y2,
                 double *y3)
{
    guarded in = guarded_create(s->dtype, s->n_in, directions, shared ? 1 : s->batch, s->padding, v);
    double *const y[] = {y1, y2, y3};
    guarded out[3];
    void *data[3];
    for (int k = 0; k < 3; k++) {
        out[k] = guarded_create(s->dtype, s->n_out, directions * s->batch, 1, s->padding, NULL);
        data[k] = data_if(&out[k], y[k] != NULL);
    }
    const void *v_data = data_if(&in, v != NULL);
    const int64_t stride = shared ? 0 : in.stride;
    check(s->dtype == MLP_F32 ? mlp_jet_f32(s->model, s->workspace, directions, v_data, in.ld, stride,
                                            data[0], data[1], data[2], out[0].ld)
                              : mlp_jet_f64(s->model, s->workspace, directions, v_data, in.ld, stride,
                                            data[0], data[1], data[2], out[0].ld),
          "mlp_jet");
    check_untouched(&in, v);
    for (int k = 0; k < 3; k++)
        guarded_collect(&out[k], y[k]);
}

void subject_laplacian(subject *s, const double *weights, double *y1, double *laplacian)
{
    guarded w = guarded_create(s->dtype, s->n_in, 1, 1, 0, weights);
    guarded first = guarded_create(s->dtype, s->n_out, s->n_in * s->batch, 1, s->padding, NULL);
    guarded sum = guarded_create(s->dtype, s->n_out, s->batch, 1, s->padding, NULL);
    const void *w_data = data_if(&w, weights != NULL);
    void *first_data = data_if(&first, y1 != NULL);
    check(s->dtype == MLP_F32
              ? mlp_laplacian_f32(s->model, s->workspace, w_data, first_data, sum.data, sum.ld)
              : mlp_laplacian_f64(s->model, s->workspace, w_data, first_data, sum.data, sum.ld),
          "mlp_laplacian");
    check_untouched(&w, weights);
    guarded_collect(&first, y1);
    guarded_collect(&sum, laplacian);
}

void subject_jet_vjp(subject *s, const double *y_bar, const double *y1_bar, int64_t columns1,
                     const double *y2_bar, int64_t columns2, double *x_bar, double *theta_bar)
{
    guarded in[] = {guarded_create(s->dtype, s->n_out, s->batch, 1, s->padding + 1, y_bar),
                    guarded_create(s->dtype, s->n_out, columns1, 1, s->padding, y1_bar),
                    guarded_create(s->dtype, s->n_out, columns2, 1, s->padding, y2_bar)};
    guarded x = guarded_create(s->dtype, s->n_in, s->batch, 1, s->padding, NULL);
    guarded theta = guarded_create(s->dtype, s->count, 1, 1, 0, NULL);
    const double *const values[] = {y_bar, y1_bar, y2_bar};
    const void *data[3];
    for (int k = 0; k < 3; k++)
        data[k] = data_if(&in[k], values[k] != NULL);
    void *x_data = data_if(&x, x_bar != NULL), *theta_data = data_if(&theta, theta_bar != NULL);
    check(s->dtype == MLP_F32 ? mlp_jet_vjp_f32(s->model, s->workspace, data[0], in[0].ld, data[1], data[2],
                                                in[1].ld, x_data, x.ld, theta_data)
                              : mlp_jet_vjp_f64(s->model, s->workspace, data[0], in[0].ld, data[1], data[2],
                                                in[1].ld, x_data, x.ld, theta_data),
          "mlp_jet_vjp");
    for (int k = 0; k < 3; k++)
        check_untouched(&in[k], values[k]);
    guarded_collect(&x, x_bar);
    guarded_collect(&theta, theta_bar);
}

void subject_mixed_vjp(subject *s, const double *x_dot, const double *y_bar, double *x_bar, double *theta_bar)
{
    guarded v = guarded_create(s->dtype, s->n_in, s->batch, 1, s->padding, x_dot);
    guarded y = guarded_create(s->dtype, s->n_out, s->batch, 1, s->padding, y_bar);
    guarded x = guarded_create(s->dtype, s->n_in, s->batch, 1, s->padding + 1, NULL);
    guarded theta = guarded_create(s->dtype, s->count, 1, 1, 0, NULL);
    void *x_data = data_if(&x, x_bar != NULL), *theta_data = data_if(&theta, theta_bar != NULL);
    check(
        s->dtype == MLP_F32
            ? mlp_mixed_vjp_f32(s->model, s->workspace, v.data, v.ld, y.data, y.ld, x_data, x.ld, theta_data)
            : mlp_mixed_vjp_f64(s->model, s->workspace, v.data, v.ld, y.data, y.ld, x_data, x.ld, theta_data),
        "mlp_mixed_vjp");
    check_untouched(&v, x_dot);
    check_untouched(&y, y_bar);
    guarded_collect(&x, x_bar);
    guarded_collect(&theta, theta_bar);
}
