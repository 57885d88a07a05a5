/* src/base/memory.h: where blocks of all sizes lie. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>

#include "base/memory.h"

/* Large ones begin on a huge page, so that the system can give them some. */
static void test_alignment(void **state)
{
    static const int64_t sizes[] = {0, 1, 63, 4097, (4 << 20) - 1, 4 << 20, (9 << 20) + 5};
    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        errno = 77;
        unsigned char *block = mlpi_alloc(sizes[i]);
        assert_non_null(block);
        assert_int_equal((uintptr_t)block % (sizes[i] >= 4 << 20 ? 2 << 20 : MLPI_ALIGNMENT), 0);
        assert_int_equal(errno, 77);
        block[0] = 1;
        block[sizes[i] > 0 ? sizes[i] - 1 : 0] = 2;
        mlpi_free(block);
        block = mlpi_zalloc(sizes[i]);
        assert_non_null(block);
        for (int64_t b = 0; b < sizes[i]; b++)
            assert_true(block[b] == 0);
        mlpi_free(block);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_alignment)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
