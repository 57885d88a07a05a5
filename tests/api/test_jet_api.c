/* Every function of mlp/jet.h with every argument and state wrong in turn, and right, against the library alone. */
#include "network.h"

/* e^(z/8) with all its derivatives: counts the values it is asked for by order, and returns `value` in place of an order. */
typedef struct moody {
    int64_t values[4];
    int32_t fail_order, value;
} moody;

static int32_t moody_exp(int32_t order, int64_t n, const double *z, double *out, void *context)
{
    moody *m = context;
    m->values[order] += n;
    if (order == m->fail_order)
        return m->value;
    for (int64_t i = 0; i < n; i++)
        out[i] = exp(z[i] / 8) / (double)(1 << 3 * order);
    return 0;
}

#define REAL        float
#define T(name)     name##_f32
#define REAL_DTYPE  MLP_F32
#define OTHER_DTYPE MLP_F64
#include "network_tmpl.h"
#include "second_order_tmpl.h"
#include "jet_api_tmpl.h"
#include "jet_room_tmpl.h"
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
#include "jet_api_tmpl.h"
#include "jet_room_tmpl.h"

#define BOTH(test) cmocka_unit_test(test##_f32), cmocka_unit_test(test##_f64)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(test_wrong_objects),     BOTH(test_wrong_states),
        BOTH(test_remembered_jet),    BOTH(test_bad_jet),
        BOTH(test_bad_laplacian),     BOTH(test_bad_jet_vjp),
        BOTH(test_bad_mixed_vjp),     BOTH(test_room),
        BOTH(test_lacking_orders),    BOTH(test_failing_callback),
        BOTH(test_failing_mixed_vjp), BOTH(test_callbacks_once),
        BOTH(test_outputs),
    };
    if (mlp_set_allocator(failing_allocate, failing_deallocate, NULL) != MLP_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
