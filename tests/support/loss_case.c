/* Losses for curvature_check.h: targets that suit them, and what they are at the reference's outputs. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <cmocka.h>
#include "support/curvature_check.h"

/* ---- The losses ---- */

static mlp_loss own, smooth, narrow;

/* l = sum_p r_p^2 / 2 + r_p^4 / 12 */
static int32_t quartic(int32_t order, int64_t n, const double *y, const double *t, int32_t label,
                       const double *v, double *value, double *out, void *context)
{
    (void)context;
    if (value)
        *value = 0;
    for (int64_t p = 0; p < n; p++) {
        const double r = y[p] - (t ? t[p] : p == label);
        if (value)
            *value += r * r / 2 + r * r * r * r / 12;
        if (order == 1)
            out[p] = r + r * r * r / 3;
        if (order == 2)
            out[p] = (1 + r * r) * v[p];
    }
    return 0;
}

int curvature_setup(void **state)
{
    sigma_setup(state);
    assert_int_equal(mlp_loss_register("test_quartic", 2, quartic, NULL, NULL, &own), MLP_OK);
    assert_int_equal(mlp_loss_configure(MLP_SOFTMAX_CROSS_ENTROPY, 0.2, &smooth), MLP_OK);
    assert_int_equal(mlp_loss_configure(MLP_HUBER, 0.15, &narrow), MLP_OK);
    return 0;
}

int curvature_teardown(void **state)
{
    assert_int_equal(mlp_loss_unregister(narrow), MLP_OK);
    assert_int_equal(mlp_loss_unregister(smooth), MLP_OK);
    assert_int_equal(mlp_loss_unregister(own), MLP_OK);
    return sigma_teardown(state);
}

mlp_loss loss_at(int index)
{
    const mlp_loss more[] = {smooth, narrow, own};
    return index < MLP_MULTICLASS_HINGE ? (mlp_loss)(index + 1) : more[index - MLP_MULTICLASS_HINGE];
}

/* ---- Targets ---- */

/* Maxima of which no rounding can choose another: y_p + 1 - t_p where t is 1 at the label. */
static int is_decided(const double *y, int64_t n, int64_t label)
{
    double first = -INFINITY, second = -INFINITY;
    for (int64_t p = 0; p < n; p++) {
        const double value = y[p] + (p != label);
        second = value > first ? first : fmax(second, value);
        first = fmax(first, value);
    }
    return first - second > 0.01;
}

static int64_t least(const double *y, int64_t n)
{
    int64_t at = 0;
    for (int64_t p = 1; p < n; p++)
        at = y[p] < y[at] ? p : at;
    return at;
}

/* The target of output p, y below it where the loss is one of residuals. */
static double target_of(problem *p, mlp_loss loss, const double *y, int64_t n, int64_t at)
{
    switch (loss) {
    case MLP_SOFTMAX_CROSS_ENTROPY:
        return draw_real(&p->random, 0, 2 / (double)n);
    case MLP_POISSON:
        return exp(y[at]) * draw_real(&p->random, 0, 0.6);
    case MLP_BINARY_CROSS_ENTROPY:
        return draw_real(&p->random, 0, 0.8) / (1 + exp(-y[at]));
    case MLP_HINGE:
        return fabs(1 - y[at]) > fabs(1 + y[at]);
    case MLP_MULTICLASS_HINGE:
        return at == least(y, n);
    default:
        return y[at] - draw_real(&p->random, 0.3, 0.8);
    }
}

static void outputs_of(const problem *p, int64_t sample, double *y, double *scale)
{
    reference_output(&p->net, &p->point[sample], y, scale);
}

/* Whether the loss can be taken of every sample, with class `least` where it looks at classes. */
static int suits(const problem *p, mlp_loss loss)
{
    const int64_t n = p->spec.width[p->spec.layers];
    double y[REFERENCE_WIDTH], scale[REFERENCE_WIDTH];
    if (loss == MLP_GAUSSIAN_NLL)
        return n % 2 == 0;
    for (int64_t s = 0; loss == MLP_MULTICLASS_HINGE && s < p->spec.batch; s++) {
        outputs_of(p, s, y, scale);
        if (!is_decided(y, n, least(y, n)))
            return 0;
    }
    return 1;
}

/* Residuals to e_c may lie on kinks: those losses have targets only. */
static int takes_labels(mlp_loss loss)
{
    return loss == MLP_SQUARED_ERROR || loss == MLP_SOFTMAX_CROSS_ENTROPY || loss == smooth ||
           loss == MLP_BINARY_CROSS_ENTROPY || loss == MLP_MULTICLASS_HINGE || loss == MLP_LOG_COSH ||
           loss == own;
}

static double held(const problem *p, double value)
{
    return p->spec.dtype == MLP_F32 ? (double)(float)value : value;
}

static void draw_targets(problem *p, loss_case *at, int labelled)
{
    const int64_t n = p->spec.width[p->spec.layers];
    const mlp_loss kind = at->loss == smooth ? MLP_SOFTMAX_CROSS_ENTROPY : at->loss;
    double y[REFERENCE_WIDTH], scale[REFERENCE_WIDTH];
    for (int64_t s = 0; s < p->spec.batch; s++) {
        outputs_of(p, s, y, scale);
        if (labelled)
            at->labels[s] =
                (int32_t)(kind == MLP_MULTICLASS_HINGE ? least(y, n) : draw_int(&p->random, 0, n - 1));
        for (int64_t i = 0; !labelled && i < n; i++)
            at->t[s * n + i] = held(p, target_of(p, kind, y, n, i));
    }
}

loss_case loss_case_create(problem *p, mlp_loss loss, int labelled, int weighted)
{
    const int64_t batch = p->spec.batch, n = p->spec.width[p->spec.layers];
    loss_case at = {.loss = suits(p, loss) ? loss : MLP_SQUARED_ERROR, .weight_sum = (double)batch};
    labelled = labelled && takes_labels(at.loss);
    if (labelled)
        at.labels = calloc((size_t)batch, sizeof *at.labels);
    else
        at.t = numbers(n * batch);
    at.is_one_sided = !labelled && at.loss != MLP_SOFTMAX_CROSS_ENTROPY && at.loss != smooth &&
                      at.loss != MLP_GAUSSIAN_NLL && at.loss != MLP_HINGE && at.loss != MLP_MULTICLASS_HINGE;
    draw_targets(p, &at, labelled);
    if (weighted) {
        at.weights = numbers(batch);
        at.weight_sum = 0;
        for (int64_t s = 0; s < batch; s++) {
            at.weights[s] =
                held(p, draw_chance(&p->random, 0.1) && s > 0 ? 0 : draw_real(&p->random, 0.2, 3));
            at.weight_sum += at.weights[s];
        }
    }
    return at;
}

void loss_case_destroy(loss_case *at)
{
    free(at->t);
    free(at->labels);
    free(at->weights);
}

/* ---- The losses at the reference's outputs ---- */

static void must(mlp_status status)
{
    if (status != MLP_OK)
        fail_msg("%s", mlp_last_error());
}

/* Column q of the Hessian of one sample. */
static void hessian_column(const loss_case *at, int64_t sample, int64_t n, const double *y, int64_t q,
                           double *column)
{
    double e[REFERENCE_WIDTH] = {0};
    e[q] = 1;
    if (at->labels)
        must(mlp_loss_hvp_labels_f64(at->loss, 1, n, y, n, at->labels + sample, NULL, e, n, column, n));
    else
        must(mlp_loss_hvp_f64(at->loss, 1, n, y, n, at->t + sample * n, n, NULL, e, n, column, n));
}

static void gradient(const loss_case *at, int64_t sample, int64_t n, const double *y, double *g)
{
    if (at->labels)
        must(mlp_loss_evaluate_labels_f64(at->loss, 1, n, y, n, at->labels + sample, NULL, NULL, g, n));
    else
        must(mlp_loss_evaluate_f64(at->loss, 1, n, y, n, at->t + sample * n, n, NULL, NULL, g, n));
}

/* H += factor d2l/dy2 at y, n x n */
static void add_hessian(const loss_case *at, int64_t sample, int64_t n, const double *y, double factor,
                        double *H)
{
    double column[REFERENCE_WIDTH];
    for (int64_t q = 0; q < n; q++) {
        hessian_column(at, sample, n, y, q, column);
        for (int64_t p = 0; p < n; p++)
            H[p + q * n] += factor * column[p];
    }
}

/* An error e of the outputs moves H by sum_k |dH/dy_k| e_k, of which differences know enough. */
static void add_third(const loss_case *at, int64_t sample, int64_t n, double *y, const sized_number *outputs,
                      sized_number *H)
{
    const double h = 1e-5;
    for (int64_t k = 0; k < n; k++) {
        double *difference = numbers(n * n);
        const double middle = y[k];
        y[k] = middle + h;
        add_hessian(at, sample, n, y, 1 / (2 * h), difference);
        y[k] = middle - h;
        add_hessian(at, sample, n, y, -1 / (2 * h), difference);
        y[k] = middle;
        for (int64_t i = 0; i < n * n; i++)
            H[i].error += fabs(difference[i]) * outputs[k].error;
        free(difference);
    }
}

/* g is off by what it is made of, outputs and targets, and by |H| e. */
static void take_sample(const jet_oracle *oracle, const loss_reference *loss, int64_t s, int64_t n)
{
    const struct problem *p = oracle->problem;
    double y[REFERENCE_WIDTH], scale[REFERENCE_WIDTH], g[REFERENCE_WIDTH], *H = numbers(n * n);
    sized_number *H_sizes = loss->H_sizes + s * n * n, *g_sizes = loss->g_sizes + s * n;
    curvatures outputs;
    curvature_reference_run(&p->net, &p->point[s], &oracle->slopes[s], (variation){0}, (variation){0}, 1,
                            &outputs);
    outputs_of(p, s, y, scale);
    gradient(loss->at, s, n, y, g);
    add_hessian(loss->at, s, n, y, 1, H);
    for (int64_t i = 0; i < n * n; i++) {
        loss->H[s * n * n + i].value = H[i];
        H_sizes[i] = (sized_number){fabs(H[i]), fabs(H[i])};
        g_sizes[i % n].error += fabs(H[i]) * outputs.y[i / n].error;
    }
    for (int64_t i = 0; i < n; i++) {
        loss->g[s * n + i].value = g[i];
        g_sizes[i].value = fabs(g[i]);
        g_sizes[i].error += fabs(g[i]) + (loss->at->t ? fabs(loss->at->t[s * n + i]) : 1);
    }
    add_third(loss->at, s, n, y, outputs.y, H_sizes);
    free(H);
}

static sized_number *sized_numbers(int64_t count)
{
    sized_number *all = calloc((size_t)count, sizeof *all);
    assert_non_null(all);
    return all;
}

loss_reference loss_reference_create(const jet_oracle *oracle, const loss_case *at)
{
    const problem *p = oracle->problem;
    const int64_t n = p->spec.width[p->spec.layers], batch = p->spec.batch;
    const loss_reference loss = {at, sized_numbers(n * batch), sized_numbers(n * batch),
                                 sized_numbers(n * n * batch), sized_numbers(n * n * batch)};
    for (int64_t s = 0; s < batch; s++)
        take_sample(oracle, &loss, s, n);
    return loss;
}

void loss_reference_destroy(loss_reference *loss)
{
    free(loss->g);
    free(loss->g_sizes);
    free(loss->H);
    free(loss->H_sizes);
}
