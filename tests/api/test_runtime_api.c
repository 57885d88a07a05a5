/* mlp_runtime_describe and mlp_runtime_is_degraded, through the library alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "mlp/status.h"

static char *described(int64_t *needed)
{
    *needed = mlp_runtime_describe(NULL, 0);
    assert_true(*needed > 1);
    char *text = malloc((size_t)*needed);
    assert_non_null(text);
    assert_int_equal(mlp_runtime_describe(text, *needed), *needed);
    return text;
}

static void test_keys(void **state)
{
    static const char *const keys[] = {"libmlp",    "cpu",       "cpu features",   "blas",
                                       "blas file", "blas core", "blas threading", "blas threads",
                                       "degraded",  "advice"};
    int64_t needed;
    char *text = described(&needed), *line = text;
    (void)state;
    print_message("%s", text);
    assert_int_equal(strlen(text) + 1, needed);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        size_t length = strlen(keys[i]);
        assert_int_equal(strncmp(line, keys[i], length), 0);
        assert_int_equal(strncmp(line + length, ": ", 2), 0);
        char *end = strchr(line, '\n');
        assert_non_null(end);
        assert_true(end > line + length + 2);
        line = end + 1;
    }
    assert_int_equal(*line, '\0');
    assert_non_null(strstr(text, mlp_version_string()));
    free(text);
}

static void test_verdict(void **state)
{
    int64_t needed;
    char *text = described(&needed);
    int32_t degraded = mlp_runtime_is_degraded();
    (void)state;
    assert_true(degraded == 0 || degraded == 1);
    assert_non_null(strstr(text, degraded ? "degraded: yes\n" : "degraded: no\n"));
    assert_int_equal(mlp_runtime_is_degraded(), degraded);
    /* What is part of the library is right for every processor, unless the user chose otherwise. */
    const char *chosen = getenv("OPENBLAS_CORETYPE");
    if (strstr(text, "blas file: inside libmlp\n") && !(chosen && *chosen))
        assert_false(degraded);
    free(text);
}

static void test_short_buffers(void **state)
{
    int64_t needed;
    char *text = described(&needed), buffer[64];
    (void)state;
    for (int64_t size = 1; size < 40; size++) {
        memset(buffer, '#', sizeof buffer);
        assert_int_equal(mlp_runtime_describe(buffer, size), needed);
        assert_int_equal(strlen(buffer), size - 1);
        assert_int_equal(strncmp(buffer, text, (size_t)size - 1), 0);
        assert_int_equal(buffer[size], '#');
    }
    free(text);
}

static void test_bad_arguments(void **state)
{
    char buffer[4] = "###";
    (void)state;
    assert_int_equal(mlp_runtime_describe(buffer, -1), MLP_ERR_SIZE);
    assert_non_null(strstr(mlp_last_error(), "size = -1"));
    assert_string_equal(buffer, "###");
    assert_int_equal(mlp_runtime_describe(buffer, INT64_MIN), MLP_ERR_SIZE);
    assert_non_null(strstr(mlp_last_error(), "size = -9223372036854775808"));
    assert_string_equal(buffer, "###");
    assert_int_equal(mlp_runtime_describe(NULL, 1), MLP_ERR_ARGUMENT);
    assert_non_null(strstr(mlp_last_error(), "buffer = NULL"));
    assert_true(mlp_runtime_describe(buffer, 0) > 0);
    assert_string_equal(buffer, "###");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_verdict),
        cmocka_unit_test(test_short_buffers),
        cmocka_unit_test(test_bad_arguments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
