/*
 * One loss, for targets and for labels: its gradient against differences of the value, its Hessian against differences of the
 * gradient, symmetry, and f32 against f64. Targets are not negative and sum to 1, every second time those of a label, so that
 * every loss is asked what it is for.
 */
#include "base/memory.h"
#include "base/random.h"
#include "check/check.h"
#include "check/difference.h"
#include "base/error.h"

#include <float.h>
#include <math.h>
#include <stdio.h>

enum { SAMPLES = 8, MOST_ENTRIES = 64, VECTORS = 7 };

typedef struct subject {
    const mlpi_loss *loss;
    int64_t n;
    int order;     /* what value_at() moves: 0 the value, 1 the gradient */
    int64_t entry; /* of the gradient */
    mlpi_targets_f64 targets;
    mlpi_targets_f32 narrow_targets;
    int32_t label;
    double *y, *t, *moved, *along, *bar, *hu, *hv; /* n each */
    float *narrow[4];                              /* y, t, v and a result */
    mlpi_difference want[MOST_ENTRIES];
} subject;

static mlp_status evaluate(const subject *s, const double *y, double *value, double *y_bar)
{
    return mlpi_loss_evaluate_f64(s->loss, s->n, 1, y, s->n, &s->targets, 1, y_bar, s->n, value);
}

static mlp_status multiply(const subject *s, const double *v, double *hv)
{
    return mlpi_loss_multiply_f64(s->loss, s->n, 1, s->y, s->n, &s->targets, 1, v, s->n, hv, s->n);
}

static mlp_status value_at(void *context, double h, double *value)
{
    subject *s = context;
    double sum = 0;
    for (int64_t p = 0; p < s->n; p++)
        s->moved[p] = s->y[p] + h * s->along[p];
    const mlp_status status = evaluate(s, s->moved, &sum, s->order > 0 ? s->hu : NULL);
    *value = s->order > 0 ? s->hu[s->entry] : sum;
    return status;
}

/* Numbers that are the same in f32; targets are multiples of 2^-20, so that their sum is 1 to the bit. */
static void draw(subject *s, mlpi_random *random, int sample, int labelled)
{
    double rest = 1;
    s->label = (int32_t)mlpi_random_below(random, (uint64_t)s->n);
    for (int64_t p = 0; p < s->n; p++) {
        s->y[p] = (float)(6 * mlpi_random_uniform(random) - 3);
        s->t[p] = sample % 2 ? 0 : ldexp(floor(ldexp(mlpi_random_uniform(random) / (double)s->n, 20)), -20);
        rest -= p == s->label ? 0 : s->t[p];
    }
    s->t[s->label] = rest;
    for (int64_t p = 0; p < s->n; p++) {
        s->narrow[0][p] = (float)s->y[p];
        s->narrow[1][p] = (float)s->t[p];
    }
    s->targets =
        labelled ? (mlpi_targets_f64){.labels = &s->label} : (mlpi_targets_f64){.t = s->t, .ldt = s->n};
    s->narrow_targets = labelled ? (mlpi_targets_f32){.labels = &s->label}
                                 : (mlpi_targets_f32){.t = s->narrow[1], .ldt = s->n};
}

static void draw_direction(const subject *s, mlpi_random *random)
{
    for (int64_t p = 0; p < s->n; p++) {
        s->along[p] = (float)(2 * mlpi_random_uniform(random) - 1);
        s->narrow[2][p] = (float)s->along[p];
    }
}

/* Entries of the gradient, or of H v along one direction; their scale is the largest difference. */
static mlp_status check_entries(subject *s, mlpi_random *random, int order, const double *got,
                                mlpi_difference_row *row)
{
    const int64_t entries = s->n < MOST_ENTRIES ? s->n : MOST_ENTRIES;
    int64_t index[MOST_ENTRIES];
    mlp_status status = MLP_OK;
    double scale = 0;
    s->order = order;
    for (int64_t e = 0; e < entries && status == MLP_OK; e++) {
        index[e] = entries == s->n ? e : (int64_t)mlpi_random_below(random, (uint64_t)s->n);
        s->entry = index[e];
        for (int64_t p = 0; p < s->n && order == 0; p++)
            s->along[p] = p == s->entry;
        status = mlpi_difference_of(value_at, s, 0.25, &s->want[e]);
        if (s->want[e].estimate <= fabs(s->want[e].derivative))
            scale = fmax(scale, fabs(s->want[e].derivative));
    }
    for (int64_t e = 0; e < entries && status == MLP_OK; e++)
        mlpi_difference_compare(row, got[index[e]], &s->want[e], scale > DBL_MIN ? scale : 1);
    return status;
}

static double largest(int64_t n, const double *v)
{
    double most = 0;
    for (int64_t p = 0; p < n; p++)
        most = fmax(most, fabs(v[p]));
    return most;
}

/* What f32 says, on the scale of the largest entry and of targets, from which an entry may be a difference. */
static void compare_narrow(const subject *s, const double *want, mlpi_check_row *row)
{
    const double scale = 1 + largest(s->n, want);
    for (int64_t p = 0; p < s->n; p++)
        mlpi_check_compare(row, s->narrow[3][p], want[p], scale);
}

/* u^T H v = v^T H u, with H v in hv and v in along */
static mlp_status check_symmetry(subject *s, mlpi_random *random, mlpi_check_row *row)
{
    double *const v = s->moved;
    double left = 0, right = 0, scale = 0;
    for (int64_t p = 0; p < s->n; p++)
        v[p] = s->along[p];
    draw_direction(s, random);
    const mlp_status status = multiply(s, s->along, s->hu);
    for (int64_t p = 0; p < s->n && status == MLP_OK; p++) {
        left += s->along[p] * s->hv[p];
        right += v[p] * s->hu[p];
        scale += fabs(s->along[p] * s->hv[p]) + fabs(v[p] * s->hu[p]);
    }
    mlpi_check_compare(row, left, right, scale > 0 ? scale : 1);
    return status;
}

typedef struct rows {
    mlpi_difference_row gradient, hessian;
    mlpi_check_row *narrow_gradient, *symmetry, *narrow_hessian;
} rows;

static mlp_status check_gradient(subject *s, mlpi_random *random, rows *to)
{
    double value = 0;
    mlp_status status = evaluate(s, s->y, &value, s->bar);
    if (status == MLP_OK)
        status = check_entries(s, random, 0, s->bar, &to->gradient);
    if (status == MLP_OK)
        status = mlpi_loss_evaluate_f32(s->loss, s->n, 1, s->narrow[0], s->n, &s->narrow_targets, 1,
                                        s->narrow[3], s->n, &value);
    if (status == MLP_OK)
        compare_narrow(s, s->bar, to->narrow_gradient);
    return status;
}

static mlp_status check_hessian(subject *s, mlpi_random *random, rows *to)
{
    draw_direction(s, random);
    mlp_status status = multiply(s, s->along, s->hv);
    if (status == MLP_OK)
        status = check_entries(s, random, 1, s->hv, &to->hessian);
    if (status == MLP_OK)
        status = mlpi_loss_multiply_f32(s->loss, s->n, 1, s->narrow[0], s->n, &s->narrow_targets, 1,
                                        s->narrow[2], s->n, s->narrow[3], s->n);
    if (status != MLP_OK)
        return status;
    compare_narrow(s, s->hv, to->narrow_hessian);
    return check_symmetry(s, random, to->symmetry);
}

/* Sums of n terms, each a few roundings and an exponential of a difference up to 8 away from it. */
static double rounding(double epsilon, int64_t n)
{
    return epsilon * (16 + (double)n);
}

/* A loss of the user's may take no labels: it fails where it is given one. */
static int takes_labels(subject *s)
{
    s->label = 0;
    s->targets = (mlpi_targets_f64){.labels = &s->label};
    double value = 0;
    return !mlpi_loss_calls_back(s->loss) || evaluate(s, s->y, &value, s->bar) != MLP_ERR_CALLBACK;
}

static mlp_status check_samples(subject *s, uint64_t seed, int labelled, mlp_check *check)
{
    static const char *const kinds[] = {"targets", "labels"};
    const int curved = mlpi_loss_max_order(s->loss) >= 2;
    mlpi_random random = mlpi_random_stream(seed, MLPI_RANDOM_OTHER, labelled ? 4 : 3);
    const double narrow = rounding(FLT_EPSILON, s->n), wide = rounding(DBL_EPSILON, s->n);
    mlp_status status = MLP_OK;
    char name[2][MLPI_CHECK_NAME];
    rows to = {.narrow_gradient = mlpi_check_add(check, "f64", narrow, "gradient f32, %s", kinds[labelled])};
    if (curved) {
        to.narrow_hessian = mlpi_check_add(check, "f64", narrow, "Hessian f32, %s", kinds[labelled]);
        to.symmetry =
            mlpi_check_add(check, "u^T H v = v^T H u", wide, "Hessian symmetric, %s", kinds[labelled]);
    }
    for (int i = 0; i < SAMPLES && status == MLP_OK; i++) {
        draw(s, &random, i, labelled);
        status = check_gradient(s, &random, &to);
        if (status == MLP_OK && curved)
            status = check_hessian(s, &random, &to);
    }
    snprintf(name[0], sizeof name[0], "gradient, %s", kinds[labelled]);
    snprintf(name[1], sizeof name[1], "Hessian, %s", kinds[labelled]);
    mlpi_difference_close(&to.gradient, check, name[0]);
    if (curved)
        mlpi_difference_close(&to.hessian, check, name[1]);
    return status;
}

mlp_status mlpi_check_of_loss(const mlpi_loss *loss, int64_t n, uint64_t seed, mlp_check **out)
{
    subject s = {.loss = loss, .n = n};
    double **const vectors[VECTORS] = {&s.y, &s.t, &s.moved, &s.along, &s.bar, &s.hu, &s.hv};
    mlp_status status = mlpi_check_create(10, out);
    double *block = mlpi_calloc(n, (VECTORS + 2) * (int64_t)sizeof *block);
    if (status == MLP_OK && !block)
        status = mlpi_fail_memory("a check", n * (VECTORS + 2) * (int64_t)sizeof *block);
    for (int i = 0; i < VECTORS && block; i++)
        *vectors[i] = block + i * n;
    for (int i = 0; i < 4 && block; i++)
        s.narrow[i] = (float *)(block + VECTORS * n) + i * n;
    if (status == MLP_OK && block)
        status = check_samples(&s, seed, 0, *out);
    if (status == MLP_OK && block && takes_labels(&s))
        status = check_samples(&s, seed, 1, *out);
    mlpi_free(block);
    return mlpi_check_finish(status, out);
}
