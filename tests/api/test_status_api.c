/* Status codes, messages, versions and the allocator hook, as a program that only links the library sees them. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "mlp/status.h"

#define SMALLEST (-11)
#define LARGEST  2

static void test_names(void **state)
{
    (void)state;
    for (mlp_status status = SMALLEST; status <= LARGEST; status++) {
        mlp_status back = 99;
        const char *name = mlp_status_name(status);
        assert_non_null(name);
        assert_int_equal(strncmp(name, "MLP_", 4), 0);
        assert_int_equal(strncmp(name, "MLP_ERR_", 8) == 0, status < 0);
        assert_int_equal(mlp_status_from_name(name, &back), MLP_OK);
        assert_int_equal(back, status);
    }
    assert_string_equal(mlp_status_name(MLP_ERR_SIZE), "MLP_ERR_SIZE");
    assert_null(mlp_status_name(SMALLEST - 1));
    assert_null(mlp_status_name(LARGEST + 1));
    assert_null(mlp_status_name(INT32_MIN));
}

static void test_descriptions(void **state)
{
    (void)state;
    for (mlp_status status = SMALLEST; status <= LARGEST; status++) {
        const char *text = mlp_status_description(status);
        assert_true(strlen(text) > 10);
        assert_int_equal(text[strlen(text) - 1], '.');
        for (mlp_status other = SMALLEST; other < status; other++)
            assert_string_not_equal(text, mlp_status_description(other));
    }
    assert_string_equal(mlp_status_description(SMALLEST - 1), "unknown status");
    assert_string_equal(mlp_status_description(INT32_MAX), "unknown status");
}

static void test_bad_names(void **state)
{
    static const char *const names[] = {"", "MLP", "MLP_ERR_SIZES", "mlp_ok", "MLP_ERR_"};
    mlp_status status = 99;
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_int_equal(mlp_status_from_name(names[i], &status), MLP_ERR_ARGUMENT);
        assert_non_null(strstr(mlp_last_error(), "name = \""));
        assert_non_null(strstr(mlp_last_error(), names[i]));
    }
    assert_int_equal(mlp_status_from_name(NULL, &status), MLP_ERR_ARGUMENT);
    assert_non_null(strstr(mlp_last_error(), "name = NULL"));
    assert_int_equal(status, 99);
    assert_int_equal(mlp_status_from_name("MLP_OK", NULL), MLP_ERR_ARGUMENT);
    assert_non_null(strstr(mlp_last_error(), "status = NULL"));
}

/* A name longer than any message is cut, not overrun. */
static void test_long_name(void **state)
{
    static char name[5000];
    mlp_status status;
    (void)state;
    memset(name, 'x', sizeof name - 1);
    assert_int_equal(mlp_status_from_name(name, &status), MLP_ERR_ARGUMENT);
    assert_true(strlen(mlp_last_error()) < 512);
}

static void *fresh_thread(void *result)
{
    const char *before = mlp_last_error();
    mlp_status status;
    *(int *)result = before && before[0] == '\0' && mlp_last_callback_value() == 0 &&
                     mlp_status_from_name("other", &status) == MLP_ERR_ARGUMENT &&
                     strstr(mlp_last_error(), "other") != NULL;
    return NULL;
}

/* Every thread has its own message; success leaves it alone. */
static void test_last_error(void **state)
{
    mlp_status status;
    pthread_t thread;
    int clean = 0;
    (void)state;
    assert_int_equal(mlp_status_from_name("mine", &status), MLP_ERR_ARGUMENT);
    assert_int_equal(pthread_create(&thread, NULL, fresh_thread, &clean), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_true(clean);
    assert_int_equal(mlp_status_from_name("MLP_OK", &status), MLP_OK);
    assert_non_null(strstr(mlp_last_error(), "mine"));
}

static void test_versions(void **state)
{
    char text[32];
    int32_t version = mlp_version();
    (void)state;
    snprintf(text, sizeof text, "%d.%d.%d", version / 10000, version / 100 % 100, version % 100);
    assert_string_equal(mlp_version_string(), text);
    assert_int_equal(mlp_abi_version(), version / 100);
}

static void *refuse(int64_t bytes, int64_t alignment, void *context)
{
    (void)bytes;
    (void)alignment;
    (void)context;
    return NULL;
}

static void release(void *memory, void *context)
{
    (void)memory;
    (void)context;
}

/* Nothing in this program allocates through the library, so the hook stays open. */
static void test_allocator_arguments(void **state)
{
    (void)state;
    assert_int_equal(mlp_set_allocator(refuse, NULL, NULL), MLP_ERR_ARGUMENT);
    assert_non_null(strstr(mlp_last_error(), "deallocate = NULL"));
    assert_int_equal(mlp_set_allocator(NULL, release, NULL), MLP_ERR_ARGUMENT);
    assert_non_null(strstr(mlp_last_error(), "allocate = NULL"));
    assert_int_equal(mlp_set_allocator(refuse, release, NULL), MLP_OK);
    assert_int_equal(mlp_set_allocator(NULL, NULL, NULL), MLP_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_descriptions),
        cmocka_unit_test(test_bad_names),
        cmocka_unit_test(test_long_name),
        cmocka_unit_test(test_last_error),
        cmocka_unit_test(test_versions),
        cmocka_unit_test(test_allocator_arguments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
