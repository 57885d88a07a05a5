/* After mlp_workspace_prepare() no page of a workspace is met for the first time: asked of Linux. */
#define _GNU_SOURCE /* mincore, madvise */
#include "mlp/mlp.h"
#include "api/refusal.h"

#include <sys/mman.h>
#include <unistd.h>

/* Pages of `bytes` bytes of memory that have not been written. */
static int64_t absent_pages(unsigned char *memory, int64_t bytes)
{
    static unsigned char present[1 << 16];
    const int64_t page = sysconf(_SC_PAGESIZE), pages = (bytes + page - 1) / page;
    int64_t absent = 0;
    assert_true(pages <= (int64_t)sizeof present);
    assert_int_equal(mincore(memory, (size_t)bytes, present), 0);
    for (int64_t i = 0; i < pages; i++)
        absent += !(present[i] & 1);
    return absent;
}

/* Afterwards no call meets a page for the first time, whatever the workspace is for. */
static void test_prepare_touches_pages(void **state)
{
    static const int32_t all_uses[] = {MLP_USE_FORWARD, MLP_USE_DERIVATIVES, MLP_USE_SECOND_ORDER};
    static const int64_t widths[] = {3, 5, 2};
    mlp_model *model = NULL;
    (void)state;
    accepted(mlp_model_create(MLP_F64, 2, widths, MLP_TANH, &model));
    for (size_t k = 0; k < 3; k++) {
        const int32_t threads = 1 + (int32_t)k;
        int64_t bytes = 0;
        mlp_workspace *workspace = NULL;
        accepted(mlp_workspace_size(model, 5000, threads, all_uses[k], &bytes));
        unsigned char *memory =
            mmap(NULL, (size_t)bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        assert_true(memory != MAP_FAILED);
        (void)madvise(memory, (size_t)bytes, MADV_NOHUGEPAGE);
        accepted(mlp_workspace_create_in(model, 5000, threads, all_uses[k], memory, bytes, &workspace));
        assert_true(absent_pages(memory, bytes) > 10);
        accepted(mlp_workspace_prepare(workspace, model));
        assert_int_equal(absent_pages(memory, bytes), 0);
        mlp_workspace_destroy(workspace);
        munmap(memory, (size_t)bytes);
    }
    mlp_model_destroy(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_prepare_touches_pages)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
