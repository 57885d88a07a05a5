/* Registered activations: the registry, references, the one release, and what reaches the callback. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "layer/activation.h"
#include "base/registry.h"
#include "layer/custom_activation.h"

/* What a callback was given, and what it is to answer. */
typedef struct record {
    int calls, released;
    int64_t elements, longest;
    int fail_at_call; /* counted from 1; 0 for never */
    int32_t answer;
} record;

/* sigma = z^3, so that the k-th derivative is known. */
static int32_t cube(int32_t order, int64_t n, const double *z, double *out, void *context)
{
    record *r = context;
    assert_true(n > 0);
    assert_true(out + n <= z || z + n <= out);
    r->calls++;
    r->elements += n;
    r->longest = n > r->longest ? n : r->longest;
    for (int64_t i = 0; i < n; i++)
        out[i] = order == 0 ? z[i] * z[i] * z[i] : order == 1 ? 3 * z[i] * z[i] : 6 * z[i];
    return r->calls == r->fail_at_call ? r->answer : 0;
}

static void count_release(void *context)
{
    ((record *)context)->released++;
}

static mlp_activation register_cube(const char *name, record *r)
{
    mlp_activation id = -1;
    assert_int_equal(mlpi_custom_activation_register(name, 2, cube, r, count_release, &id), MLP_OK);
    assert_true(id >= MLPI_REGISTRY_FIRST);
    return id;
}

static void test_registry(void **state)
{
    (void)state;
    record r = {0};
    const mlp_activation first = register_cube("cube", &r), second = register_cube("cube_2", &r);
    assert_true(second > first);
    assert_int_equal(mlpi_activation_find("cube"), first);
    assert_int_equal(mlpi_activation_find("cube_2"), second);
    assert_string_equal(mlpi_activation_name_of(first), "cube");

    assert_int_equal(mlpi_custom_activation_unregister(first), MLP_OK);
    assert_int_equal(r.released, 1);
    assert_int_equal(mlpi_activation_find("cube"), 0);
    assert_null(mlpi_activation_name_of(first));
    assert_int_equal(mlpi_custom_activation_unregister(first), MLP_ERR_ARGUMENT);

    const mlp_activation third = register_cube("cube", &r); /* the name is free again, the id is not */
    assert_true(third > second);
    assert_int_equal(mlpi_custom_activation_unregister(second), MLP_OK);
    assert_int_equal(mlpi_custom_activation_unregister(third), MLP_OK);
    assert_int_equal(r.released, 3);
}

static void test_names(void **state)
{
    static const char longest[] = "a23456789_123456789_123456789_123456789_123456789_123456789_123";
    static const char *const refused[] = {
        "",           "Cube",          "cube root",
        "cube-root",  "w\xc3\xbcrfel", "tanh",
        "leaky_relu", "taken",         "a23456789_123456789_123456789_123456789_123456789_123456789_1234"};
    record r = {0};
    (void)state;
    const mlp_activation taken = register_cube("taken", &r), longest_id = register_cube(longest, &r);
    assert_string_equal(mlpi_activation_name_of(longest_id), longest);
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        mlp_activation id = -1;
        assert_int_equal(mlpi_custom_activation_register(refused[i], 2, cube, &r, count_release, &id),
                         MLP_ERR_ARGUMENT);
        assert_int_equal(id, 0);
        assert_non_null(strstr(mlpi_error_message(), "name = \""));
    }
    assert_int_equal(r.released, 0);
    assert_int_equal(mlpi_custom_activation_unregister(taken), MLP_OK);
    assert_int_equal(mlpi_custom_activation_unregister(longest_id), MLP_OK);
    for (int32_t id = -1; id < 25; id++)
        assert_int_equal(mlpi_custom_activation_unregister(id), MLP_ERR_ARGUMENT);
}

static void test_release_comes_last_and_once(void **state)
{
    (void)state;
    record r = {0};
    const mlp_activation id = register_cube("cube", &r);
    mlpi_activation a, late;
    assert_int_equal(mlpi_activation_acquire(id, &a), MLP_OK);
    mlpi_activation b = mlpi_activation_share(&a);
    assert_null(b.kind);
    assert_int_equal(mlpi_activation_id(&b), id);
    assert_int_equal(mlpi_activation_reads(&b), MLPI_READS_Z);
    assert_int_equal(mlpi_activation_max_order(&b), 2);
    assert_false(mlpi_activation_is_identity(&b));

    assert_int_equal(mlpi_custom_activation_unregister(id), MLP_OK);
    assert_int_equal(mlpi_activation_acquire(id, &late), MLP_ERR_ARGUMENT);
    assert_int_equal(r.released, 0);
    mlpi_activation_release(&a);
    assert_int_equal(r.released, 0);

    double z = 2;
    assert_int_equal(mlpi_activation_apply_f64(&b, 0, 1, &z, &z), MLP_OK);
    assert_true(z == 8);
    assert_string_equal(mlpi_activation_name(&b), "cube");
    mlpi_activation_release(&b);
    assert_int_equal(r.released, 1);
}

/* A release function may ask for names: no lock is held while it runs. */
static void ask_in_release(void *context)
{
    *(mlp_activation *)context = mlpi_activation_find("asking") + mlpi_activation_find("tanh");
}

static void test_release_without_lock(void **state)
{
    mlp_activation id, found = -1;
    record r = {0};
    (void)state;
    assert_int_equal(mlpi_custom_activation_register("asking", 0, cube, &found, ask_in_release, &id), MLP_OK);
    assert_int_equal(mlpi_custom_activation_unregister(id), MLP_OK);
    assert_int_equal(found, MLP_TANH);
    assert_int_equal(mlpi_custom_activation_register("silent", 0, cube, &r, NULL, &id), MLP_OK);
    assert_int_equal(mlpi_custom_activation_unregister(id), MLP_OK);
}

/* Values pass through double in chunks of 256, in place or not. */
static void test_values(void **state)
{
    enum { N = 600 };
    (void)state;
    record r = {0};
    const mlp_activation id = register_cube("cube", &r);
    mlpi_activation a;
    assert_int_equal(mlpi_activation_acquire(id, &a), MLP_OK);
    double z[N];
    float z32[N], out32[N];
    for (int i = 0; i < N; i++)
        z32[i] = (float)(z[i] = i - 300);
    assert_int_equal(mlpi_activation_apply_f32(&a, 1, N, z32, out32), MLP_OK);
    assert_int_equal(r.calls, 3);
    assert_int_equal(r.elements, N);
    assert_int_equal(r.longest, 256);
    assert_int_equal(mlpi_activation_apply_f64(&a, 0, N, z, z), MLP_OK);
    assert_int_equal(mlpi_activation_evaluate_f32(&a, 2, N, z32, z32), MLP_OK);
    for (int i = 0; i < N; i++) {
        const double t = i - 300;
        assert_true(z[i] == t * t * t);
        assert_true(out32[i] == (float)(3 * t * t));
        assert_true(z32[i] == (float)(6 * t));
    }
    mlpi_activation_release(&a);
    assert_int_equal(mlpi_custom_activation_unregister(id), MLP_OK);
}

static void test_failures(void **state)
{
    enum { N = 600 };
    (void)state;
    record r = {.fail_at_call = 2, .answer = -7};
    const mlp_activation id = register_cube("cube", &r);
    mlpi_activation a;
    double z[N] = {0}, out[N];
    for (int i = 0; i < N; i++)
        out[i] = 42;
    assert_int_equal(mlpi_activation_acquire(id, &a), MLP_OK);
    assert_int_equal(mlpi_activation_evaluate_f64(&a, 0, N, z, out), MLP_ERR_CALLBACK);
    assert_int_equal(mlpi_error_callback_value(), -7);
    assert_non_null(strstr(mlpi_error_message(), "the activation \"cube\" returned -7"));
    for (int i = 0; i < N; i++)
        assert_true(out[i] == 42);
    assert_int_equal(mlpi_activation_apply_f64(&a, 3, N, z, out), MLP_ERR_UNSUPPORTED);
    assert_non_null(strstr(mlpi_error_message(), "order = 3"));
    assert_int_equal(r.calls, 2);
    mlpi_activation_release(&a);
    assert_int_equal(mlpi_custom_activation_unregister(id), MLP_OK);
}

enum { THREADS = 4, ROUNDS = 500 };

static atomic_int released_by_threads;

static int32_t plus_one(int32_t order, int64_t n, const double *z, double *out, void *context)
{
    (void)order;
    (void)context;
    for (int64_t i = 0; i < n; i++)
        out[i] = z[i] + 1;
    return 0;
}

static void count_atomically(void *context)
{
    (void)context;
    atomic_fetch_add(&released_by_threads, 1);
}

/* Registers, shares, evaluates and unregisters under a name of its own; returns NULL if all went well. */
static void *churn(void *argument)
{
    const int number = *(const int *)argument;
    char name[32];
    snprintf(name, sizeof name, "thread_%d", number);
    for (int i = 0; i < ROUNDS; i++) {
        mlp_activation id;
        mlpi_activation a;
        double z = i;
        if (mlpi_custom_activation_register(name, 0, plus_one, NULL, count_atomically, &id) != MLP_OK ||
            mlpi_activation_acquire(id, &a) != MLP_OK || mlpi_activation_find(name) != id)
            return argument;
        mlpi_activation b = mlpi_activation_share(&a);
        mlpi_activation_release(&a);
        if (mlpi_custom_activation_unregister(id) != MLP_OK ||
            mlpi_activation_apply_f64(&b, 0, 1, &z, &z) != MLP_OK || z != i + 1)
            return argument;
        mlpi_activation_release(&b);
    }
    return NULL;
}

static void test_threads(void **state)
{
    pthread_t threads[THREADS];
    int numbers[THREADS];
    (void)state;
    for (int i = 0; i < THREADS; i++) {
        numbers[i] = i;
        assert_int_equal(pthread_create(&threads[i], NULL, churn, &numbers[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        void *failed = NULL;
        assert_int_equal(pthread_join(threads[i], &failed), 0);
        assert_null(failed);
    }
    assert_int_equal(atomic_load(&released_by_threads), THREADS * ROUNDS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_registry),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_release_comes_last_and_once),
        cmocka_unit_test(test_release_without_lock),
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_failures),
        cmocka_unit_test(test_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
