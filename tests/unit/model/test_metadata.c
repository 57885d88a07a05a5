/* Metadata: order, replacement, removal, and allocations that fail. */
#include "model/metadata.h"
#include "base/memory.h"
#include "support/draw.h"
#include "support/failing_allocator.h"

#include <stdio.h>
#include <string.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static void set(mlpi_metadata *metadata, const char *key, const char *value)
{
    assert_int_equal(mlpi_metadata_set(metadata, key, value), MLP_OK);
}

static void test_order(void **state)
{
    mlpi_metadata metadata = {0};
    (void)state;
    assert_null(mlpi_metadata_find(&metadata, "a"));
    set(&metadata, "a", NULL);
    assert_int_equal(metadata.count, 0);
    set(&metadata, "b", "1");
    set(&metadata, "a", "2");
    set(&metadata, "c", "");
    set(&metadata, "b", "longer than before");
    assert_int_equal(metadata.count, 3);
    assert_string_equal(metadata.keys[0], "b");
    assert_string_equal(metadata.keys[1], "a");
    assert_string_equal(metadata.values[0], "longer than before");
    assert_string_equal(mlpi_metadata_find(&metadata, "c"), "");
    set(&metadata, "b", NULL);
    assert_null(mlpi_metadata_find(&metadata, "b"));
    assert_string_equal(metadata.keys[0], "a");
    assert_string_equal(metadata.keys[1], "c");
    set(&metadata, "b", "last");
    assert_string_equal(metadata.keys[2], "b");
    mlpi_metadata_clear(&metadata);
    assert_int_equal(metadata.count, 0);
}

/* A thousand random changes against a plain array indexed by key. */
static void test_random_changes(void **state)
{
    enum { KEYS = 40 };
    mlpi_metadata metadata = {0};
    int64_t model[KEYS] = {0};
    char key[32], value[32];
    draw random = {7};
    (void)state;
    for (int step = 1; step <= 1000; step++) {
        const int64_t k = draw_int(&random, 0, KEYS - 1);
        model[k] = draw_chance(&random, 0.3) ? 0 : step;
        snprintf(key, sizeof key, "key %lld", (long long)k);
        snprintf(value, sizeof value, "%lld", (long long)model[k]);
        set(&metadata, key, model[k] ? value : NULL);
    }
    int32_t present = 0;
    for (int64_t k = 0; k < KEYS; k++) {
        snprintf(key, sizeof key, "key %lld", (long long)k);
        snprintf(value, sizeof value, "%lld", (long long)model[k]);
        present += model[k] != 0;
        if (model[k])
            assert_string_equal(mlpi_metadata_find(&metadata, key), value);
        else
            assert_null(mlpi_metadata_find(&metadata, key));
    }
    assert_int_equal(metadata.count, present);
    mlpi_metadata_clear(&metadata);
}

/* Fills a list, replaces, copies; after a failure everything set before is still there. */
static mlp_status play(void *context)
{
    mlpi_metadata metadata = {0}, copy = {0};
    char key[8] = "k0";
    mlp_status status = MLP_OK;
    (void)context;
    int32_t done = 0;
    for (; done < 9 && status == MLP_OK; done += status == MLP_OK) {
        key[1] = (char)('0' + done);
        status = mlpi_metadata_set(&metadata, key, "value");
    }
    assert_int_equal(metadata.count, done);
    if (status == MLP_OK) {
        status = mlpi_metadata_set(&metadata, "k3", "another");
        assert_string_equal(mlpi_metadata_find(&metadata, "k3"), status == MLP_OK ? "another" : "value");
    }
    if (status == MLP_OK) {
        status = mlpi_metadata_copy(&metadata, &copy);
        assert_int_equal(copy.count, status == MLP_OK ? 9 : 0);
    }
    mlpi_metadata_clear(&metadata);
    mlpi_metadata_clear(&copy);
    return status;
}

static void test_failing_allocations(void **state)
{
    (void)state;
    print_message("metadata: %lld allocations failed in turn\n",
                  (long long)failing_allocator_sweep(play, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_random_changes),
        cmocka_unit_test(test_failing_allocations),
    };
    mlpi_memory_set_allocator(failing_allocate, failing_deallocate, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
