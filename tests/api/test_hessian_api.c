/* Every function of mlp/hessian.h with every argument and state wrong in turn, and right, against the library alone. */
#include "network.h"

#include <pthread.h>
#include <stdio.h>

/* e^(z/8) with its derivatives; fails when it is asked for `fail_order`. */
static int32_t moody_exp(int32_t order, int64_t n, const double *z, double *out, void *context)
{
    if (order == *(const int32_t *)context)
        return 29;
    for (int64_t i = 0; i < n; i++)
        out[i] = exp(z[i] / 8) / (double)(1 << 3 * order);
    return 0;
}

/* A loss of the tests' own: what it was asked for, and what it is to answer. */
typedef struct record {
    int calls[3], released, elsewhere, strange;
    int32_t fail_order; /* -1: never */
    int64_t fail_after; /* calls of that order */
    pthread_t thread;   /* the only one it may run on */
    mlp_loss leaving;   /* taken back by another thread during the first call; 0 for none */
} record;

static void *take_back(void *context)
{
    record *r = context;
    r->strange += mlp_loss_unregister(r->leaving) != MLP_OK;
    r->leaving = 0;
    return NULL;
}

static void leave(record *r)
{
    pthread_t other;
    if (!r->leaving)
        return;
    const int failed = pthread_create(&other, NULL, take_back, r);
    if (!failed)
        pthread_join(other, NULL);
    r->strange += failed != 0;
}

/* l = sum_p r_p^4 / 4 */
static int32_t quartic(int32_t order, int64_t n, const double *y, const double *t, int32_t label,
                       const double *v, double *value, double *out, void *context)
{
    record *r = context;
    r->elsewhere += !pthread_equal(r->thread, pthread_self());
    r->strange +=
        (t == NULL) != (label >= 0) || (v != NULL) != (order == 2) || (value == NULL) != (order == 2);
    leave(r);
    if (r->calls[order]++ >= r->fail_after && order == r->fail_order)
        return -42;
    double sum = 0;
    for (int64_t p = 0; p < n; p++) {
        const double residual = y[p] - (t ? t[p] : p == label);
        sum += residual * residual * residual * residual / 4;
        if (order)
            out[p] = v ? 3 * residual * residual * v[p] : residual * residual * residual;
    }
    if (value)
        *value = sum;
    return 0;
}

static void count_release(void *context)
{
    ((record *)context)->released++;
}

static mlp_loss own(record *r, int32_t max_order)
{
    mlp_loss loss = 0;
    *r = (record){.fail_order = -1, .thread = pthread_self()};
    accepted(mlp_loss_register("quartic", max_order, quartic, r, count_release, &loss));
    return loss;
}

#define REAL        float
#define T(name)     name##_f32
#define REAL_DTYPE  MLP_F32
#define OTHER_DTYPE MLP_F64
#include "network_tmpl.h"
#include "second_order_tmpl.h"
#include "hessian_api_tmpl.h"
#include "hessian_loss_tmpl.h"
#undef REAL
#undef T
#undef REAL_DTYPE
#undef OTHER_DTYPE
#define REAL        double
#define T(name)     name##_f64
#define REAL_DTYPE  MLP_F64
#define OTHER_DTYPE MLP_F32
#include "network_tmpl.h"
#include "second_order_tmpl.h"
#include "hessian_api_tmpl.h"
#include "hessian_loss_tmpl.h"

#define BOTH(test) cmocka_unit_test(test##_f32), cmocka_unit_test(test##_f64)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(test_wrong_objects),      BOTH(test_wrong_states),  BOTH(test_remembered),
        BOTH(test_bad_linearize),      BOTH(test_bad_labels),    BOTH(test_bad_products),
        BOTH(test_bad_hessian_x),      BOTH(test_room),          BOTH(test_outputs),
        BOTH(test_lacking_activation), BOTH(test_lacking_loss),  BOTH(test_failing_activation),
        BOTH(test_failing_gradient),   BOTH(test_failing_curve), BOTH(test_lifetime),
        BOTH(test_many_samples),       BOTH(test_leaving_loss),
    };
    if (mlp_set_allocator(failing_allocate, failing_deallocate, NULL) != MLP_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
