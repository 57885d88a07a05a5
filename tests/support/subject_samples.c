#include "support/subject_samples.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "support/guarded.h"

static void check(mlp_status status, const char *call)
{
    if (status != MLP_OK)
        fail_msg("%s: %s: %s", call, mlp_status_name(status), mlp_last_error());
}

void subject_equip(subject *s, const problem *p, int32_t uses)
{
    const int64_t max_batch = mlp_workspace_max_batch(s->workspace);
    mlp_workspace_destroy(s->workspace);
    check(mlp_workspace_create(s->model, max_batch, 1, uses, &s->workspace), "mlp_workspace_create");
    if (p->spec.seed % 3 == 1)
        check(mlp_workspace_set_int(s->workspace, MLP_WORKSPACE_CPU, MLP_CPU_GENERIC), "cpu");
    if (p->spec.seed % 3 == 2)
        check(mlp_workspace_set_int(s->workspace, MLP_WORKSPACE_ENGINE, MLP_ENGINE_BLAS), "engine");
    subject_forward(s, p->spec.batch, p->x, NULL);
}

/* n_L x batch */
static guarded outputs(const subject *s, const double *values)
{
    return guarded_create(s->dtype, s->n_out, s->batch, 1, s->padding, values);
}

void subject_sample_gradients(subject *s, const double *y_bar, double *theta_bars)
{
    guarded in = outputs(s, y_bar);
    guarded out = guarded_create(s->dtype, s->count, s->batch, 1, s->padding, NULL);
    check(s->dtype == MLP_F32
              ? mlp_sample_gradients_f32(s->model, s->workspace, in.data, in.ld, out.data, out.ld)
              : mlp_sample_gradients_f64(s->model, s->workspace, in.data, in.ld, out.data, out.ld),
          "mlp_sample_gradients");
    guarded_collect(&in, NULL);
    guarded_collect(&out, theta_bars);
}

void subject_sample_norms(subject *s, const double *y_bar, double *norms)
{
    guarded in = outputs(s, y_bar);
    guarded out = guarded_create(s->dtype, s->batch, 1, 1, 0, NULL);
    check(s->dtype == MLP_F32 ? mlp_sample_norms_f32(s->model, s->workspace, in.data, in.ld, out.data)
                              : mlp_sample_norms_f64(s->model, s->workspace, in.data, in.ld, out.data),
          "mlp_sample_norms");
    guarded_collect(&in, NULL);
    guarded_collect(&out, norms);
}

void subject_sample_clipped_sum(subject *s, const double *y_bar, double bound, double *norms,
                                double *theta_bar)
{
    guarded in = outputs(s, y_bar);
    guarded of = guarded_create(s->dtype, s->batch, 1, 1, 0, NULL);
    guarded out = guarded_create(s->dtype, s->count, 1, 1, 0, NULL);
    void *const wanted = norms ? of.data : NULL;
    check(s->dtype == MLP_F32
              ? mlp_sample_clipped_sum_f32(s->model, s->workspace, in.data, in.ld, bound, wanted, out.data)
              : mlp_sample_clipped_sum_f64(s->model, s->workspace, in.data, in.ld, bound, wanted, out.data),
          "mlp_sample_clipped_sum");
    guarded_collect(&in, NULL);
    guarded_collect(&of, norms);
    guarded_collect(&out, theta_bar);
}

void subject_sample_inner_products(subject *s, const double *y_bar, double *K)
{
    guarded in = outputs(s, y_bar);
    guarded out = guarded_create(s->dtype, s->batch, s->batch, 1, s->padding, NULL);
    check(s->dtype == MLP_F32
              ? mlp_sample_inner_products_f32(s->model, s->workspace, in.data, in.ld, out.data, out.ld)
              : mlp_sample_inner_products_f64(s->model, s->workspace, in.data, in.ld, out.data, out.ld),
          "mlp_sample_inner_products");
    guarded_collect(&in, NULL);
    guarded_collect(&out, K);
}

void subject_jacobian(subject *s, double *J)
{
    guarded out = guarded_create(s->dtype, s->n_out, s->n_in, s->batch, s->padding, NULL);
    check(s->dtype == MLP_F32 ? mlp_jacobian_f32(s->model, s->workspace, out.data, out.ld, out.stride)
                              : mlp_jacobian_f64(s->model, s->workspace, out.data, out.ld, out.stride),
          "mlp_jacobian");
    guarded_collect(&out, J);
}

void subject_jacobian_theta(subject *s, double *J)
{
    guarded out = guarded_create(s->dtype, s->count, s->batch * s->n_out, 1, s->padding, NULL);
    check(s->dtype == MLP_F32 ? mlp_jacobian_theta_f32(s->model, s->workspace, out.data, out.ld)
                              : mlp_jacobian_theta_f64(s->model, s->workspace, out.data, out.ld),
          "mlp_jacobian_theta");
    guarded_collect(&out, J);
}

void subject_jacobian_normal_add(subject *s, const double *r, double *JtJ, double *Jtr)
{
    guarded in = outputs(s, r);
    guarded product = guarded_create(MLP_F64, s->count, s->count, 1, s->padding, JtJ);
    guarded sums = guarded_create(MLP_F64, s->count, 1, 1, 0, Jtr);
    const void *const residuals = r ? in.data : NULL;
    double *const right = r ? sums.data : NULL;
    check(s->dtype == MLP_F32 ? mlp_jacobian_normal_add_f32(s->model, s->workspace, residuals, in.ld,
                                                            product.data, product.ld, right)
                              : mlp_jacobian_normal_add_f64(s->model, s->workspace, residuals, in.ld,
                                                            product.data, product.ld, right),
          "mlp_jacobian_normal_add");
    guarded_collect(&in, NULL);
    guarded_collect(&product, JtJ);
    guarded_collect(&sums, Jtr);
}
