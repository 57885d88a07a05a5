/* Masks of dropout: every instruction set's, in both layouts, against the words of the random stream one by one. */
#include "engine/dropout.h"
#include "base/random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

enum { MOST = 40 * 240, LD = 240 };

/* Whether unit i of sample s stays: word w of position (s, q), with i = 64 (q div 16) + 16 w + q mod 16 */
static int stays(const mlpi_dropout *dropout, int32_t layer, int64_t s, int64_t i)
{
    const uint64_t stream = (uint64_t)MLPI_RANDOM_DROPOUT << 56 | (dropout->step << 13) | (uint64_t)layer;
    const uint32_t key[2] = {(uint32_t)dropout->seed, (uint32_t)(dropout->seed >> 32)};
    const uint32_t q = (uint32_t)(16 * (i / 64) + i % 16), w = (uint32_t)(i % 64 / 16);
    const uint32_t counter[4] = {q, (uint32_t)s, (uint32_t)stream, (uint32_t)(stream >> 32)};
    uint32_t out[4];
    mlpi_philox(counter, key, out);
    return (double)out[w] >= dropout->rates[layer] * 0x1p32;
}

#include "base/real32.h"
#include "dropout_cases_tmpl.h"
#include "base/real64.h"
#include "dropout_cases_tmpl.h"

static const enum mlpi_vector_level levels[] = {MLPI_VECTOR_BASE, MLPI_VECTOR_AVX2, MLPI_VECTOR_AVX512};

static void test_masks(void **state)
{
    static const int64_t widths[] = {1, 3, 16, 63, 64, 65, 130, 200}, counts[] = {1, 2, 15, 16, 17, 33};
    (void)state;
    for (int k = 0; k < 3 && levels[k] <= mlpi_cpu()->level; k++)
        for (size_t w = 0; w < sizeof widths / sizeof *widths; w++)
            for (size_t c = 0; c < sizeof counts / sizeof *counts; c++) {
                check_f32(mlpi_dropout_kernels_for(levels[k]), widths[w], counts[c]);
                check_f64(mlpi_dropout_kernels_for(levels[k]), widths[w], counts[c]);
            }
}

/* Rates at the ends of their bounds. */
static void test_rates(void **state)
{
    const double rates[] = {0, 0x1.fffffep-1};
    const mlpi_dropout dropout = {.seed = 5, .step = 1, .rates = rates};
    float mask[64];
    (void)state;
    for (int32_t l = 0; l < 2; l++) {
        const mlpi_dropout_layer at = mlpi_dropout_of(&dropout, l);
        mlpi_dropout_kernels_best()->by_rows_f32(&at, 0, 1, 64, mask, 64);
        for (int i = 0; i < 64; i++)
            assert_true(mask[i] == (l ? 0 : 1));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_masks), cmocka_unit_test(test_rates)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
