/* Philox, its streams, and the distributions drawn from them. Statistical bounds are 5 standard deviations. */
#include "base/random.h"
#include "support/fingerprint.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static mlpi_random other(uint64_t seed, uint64_t index)
{
    return mlpi_random_stream(seed, MLPI_RANDOM_OTHER, index);
}

/* The known answers published with the generator (Random123, kat_vectors). */
static void philox_known_answers(void **state)
{
    (void)state;
    static const struct {
        uint32_t counter[4], key[2], out[4];
    } cases[] = {
        {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
        {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
         {0xffffffff, 0xffffffff},
         {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
        {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
         {0xa4093822, 0x299f31d0},
         {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        uint32_t out[4];
        mlpi_philox(cases[i].counter, cases[i].key, out);
        assert_memory_equal(out, cases[i].out, sizeof out);
    }
}

static void position_is_the_counter_and_seed_the_key(void **state)
{
    (void)state;
    const mlpi_random random = {.seed = 0x299f31d0a4093822, .stream = 0x0370734413198a2e};
    assert_true(mlpi_random_u64_at(&random, 0x85a308d3243f6a88) == 0x94fdccebd16cfe09);
}

static void streams_differ(void **state)
{
    (void)state;
    const mlpi_random streams[] = {other(7, 0),
                                   other(8, 0),
                                   other(7, 1),
                                   other(7 + (UINT64_C(1) << 32), 0),
                                   mlpi_random_stream(7, MLPI_RANDOM_SHUFFLE, 0),
                                   mlpi_random_stream(7, MLPI_RANDOM_INITIALIZER, 0)};
    const size_t count = sizeof streams / sizeof streams[0];
    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1; j < count; j++)
            assert_true(mlpi_random_u64_at(&streams[i], 0) != mlpi_random_u64_at(&streams[j], 0));
}

static void sequential_equals_random_access(void **state)
{
    (void)state;
    enum { COUNT = 1000 };
    const uint64_t start = UINT64_MAX / 2 - COUNT / 2; /* carries into the high word of the position */
    mlpi_random random = other(3, 4);
    random.position = start;
    for (uint64_t i = start; i < start + COUNT; i += 4) {
        assert_true(mlpi_random_u64(&random) == mlpi_random_u64_at(&random, i));
        assert_true(mlpi_random_uniform(&random) == mlpi_random_uniform_at(&random, i + 1));
        assert_true(mlpi_random_normal(&random) == mlpi_random_normal_at(&random, i + 2));
        assert_true(mlpi_random_u32(&random) == (uint32_t)mlpi_random_u64_at(&random, i + 3));
    }
    assert_true(random.position == start + COUNT);
}

static void a_stored_position_resumes(void **state)
{
    (void)state;
    mlpi_random random = other(5, 6);
    for (int i = 0; i < 17; i++)
        mlpi_random_below(&random, 10);
    mlpi_random restored = other(5, 6);
    restored.position = random.position;
    for (int i = 0; i < 17; i++)
        assert_true(mlpi_random_normal(&random) == mlpi_random_normal(&restored));
}

static void uniform_fills_the_unit_interval(void **state)
{
    (void)state;
    enum { COUNT = 1000000 };
    mlpi_random random = other(9, 0);
    double sum = 0, squares = 0, least = 1, most = 0;
    int odd = 0;
    for (int i = 0; i < COUNT; i++) {
        const double u = mlpi_random_uniform(&random);
        sum += u - 0.5;
        squares += (u - 0.5) * (u - 0.5);
        least = u < least ? u : least;
        most = u > most ? u : most;
        odd += (int)((uint64_t)(u * 0x1p53) & 1);
    }
    assert_true(least >= 0 && least < 1e-4 && most < 1 && most > 1 - 1e-4);
    assert_true(fabs(sum / COUNT) < 5 * sqrt(1.0 / 12 / COUNT));
    assert_true(fabs(squares / COUNT - 1.0 / 12) < 5 * sqrt(1.0 / 180 / COUNT));
    assert_true(fabs(odd / (double)COUNT - 0.5) < 5 * 0.5 / sqrt(COUNT)); /* all 53 bits are random */
}

/* E z = 0, E z^2 = 1, E z^3 = 0, E z^4 = 3, E z_i z_{i+1} = 0, with variances 1, 2, 15, 96 and 1. */
static void normal_moments(void **state)
{
    (void)state;
    enum { COUNT = 1000000 };
    static const double expected[] = {0, 1, 0, 3, 0}, variance[] = {1, 2, 15, 96, 1};
    mlpi_random random = other(10, 0);
    double sums[5] = {0}, previous = mlpi_random_normal_at(&random, COUNT);
    for (int i = 0; i < COUNT; i++) {
        const double z = mlpi_random_normal(&random);
        sums[0] += z;
        sums[1] += z * z;
        sums[2] += z * z * z;
        sums[3] += z * z * z * z;
        sums[4] += z * previous;
        previous = z;
    }
    for (int k = 0; k < 5; k++) {
        print_message("normal: moment %d is %+.5f of %g\n", k + 1, sums[k] / COUNT, expected[k]);
        assert_true(fabs(sums[k] / COUNT - expected[k]) < 5 * sqrt(variance[k] / COUNT));
    }
}

static void normal_distribution_function(void **state)
{
    (void)state;
    enum { COUNT = 1000000 };
    static const double bounds[] = {-4, -3, -2, -1, -0.5, 0, 0.25, 0.75, 1.5, 2.5, 3.5, 4.5};
    int below[12] = {0};
    mlpi_random random = other(11, 0);
    for (int i = 0; i < COUNT; i++) {
        const double z = mlpi_random_normal(&random);
        assert_true(fabs(z) <= sqrt(-2 * log(0x1p-53)));
        for (int k = 0; k < 12; k++)
            below[k] += z < bounds[k];
    }
    for (int k = 0; k < 12; k++) {
        const double p = 0.5 * erfc(-bounds[k] * sqrt(0.5));
        assert_true(fabs(below[k] / (double)COUNT - p) < 5 * sqrt(p * (1 - p) / COUNT));
    }
}

/* sum (count - expected)^2 / expected: mean categories - 1, variance 2 (categories - 1). */
static void assert_equally_likely(const int *counts, int categories, int draws)
{
    const double expected = draws / (double)categories;
    double chi_square = 0;
    for (int k = 0; k < categories; k++)
        chi_square += (counts[k] - expected) * (counts[k] - expected) / expected;
    print_message("chi-square %.2f for %d degrees of freedom\n", chi_square, categories - 1);
    assert_true(fabs(chi_square - (categories - 1)) < 5 * sqrt(2.0 * (categories - 1)));
}

static void below_small_is_equally_likely(void **state)
{
    (void)state;
    enum { DRAWS = 600000, N = 37 };
    int counts[N] = {0};
    mlpi_random random = other(12, 0);
    for (int i = 0; i < DRAWS; i++) {
        const uint64_t k = mlpi_random_below(&random, N);
        assert_true(k < N);
        counts[k]++;
    }
    assert_equally_likely(counts, N, DRAWS);
    assert_true(random.position == DRAWS);
    for (int i = 0; i < 100; i++)
        assert_true(mlpi_random_below(&random, 1) == 0);
}

/* With n = 3 * 2^62, without rejection multiples of 3 would come up twice as often as the other residues. */
static void below_large_rejects_the_bias(void **state)
{
    (void)state;
    enum { DRAWS = 300000 };
    const uint64_t n = UINT64_C(3) << 62;
    int counts[3] = {0};
    mlpi_random random = other(13, 0);
    for (int i = 0; i < DRAWS; i++) {
        const uint64_t k = mlpi_random_below(&random, n);
        assert_true(k < n);
        counts[k % 3]++;
    }
    assert_equally_likely(counts, 3, DRAWS);
    const double drawn = (double)random.position / DRAWS; /* a quarter of the draws is rejected */
    assert_true(fabs(drawn - 4.0 / 3) < 0.02);
}

static void permutation_holds_every_index_once(void **state)
{
    (void)state;
    enum { COUNT = 5000 };
    static int64_t index[COUNT];
    static char seen[COUNT];
    mlpi_random random = mlpi_random_stream(14, MLPI_RANDOM_SHUFFLE, 1);
    mlpi_random_permutation(&random, COUNT, index);
    for (int i = 0; i < COUNT; i++) {
        assert_true(index[i] >= 0 && index[i] < COUNT && !seen[index[i]]);
        seen[index[i]] = 1;
    }
    assert_true(random.position == COUNT - 1);
}

static void orders_of_four_are_equally_likely(void **state)
{
    (void)state;
    enum { EPOCHS = 120000 };
    static const int factorial[] = {6, 2, 1};
    int counts[24] = {0};
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        int64_t index[4];
        int rank = 0;
        mlpi_random random = mlpi_random_stream(15, MLPI_RANDOM_SHUFFLE, (uint64_t)epoch);
        mlpi_random_permutation(&random, 4, index);
        for (int i = 0; i < 3; i++)
            for (int j = i + 1; j < 4; j++)
                rank += factorial[i] * (index[j] < index[i]);
        counts[rank]++;
    }
    assert_equally_likely(counts, 24, EPOCHS);
}

static void shuffling_nothing_draws_nothing(void **state)
{
    (void)state;
    int64_t index[] = {42, 43};
    mlpi_random random = other(16, 0);
    mlpi_random_shuffle(&random, 0, index);
    mlpi_random_shuffle(&random, 1, index);
    assert_true(index[0] == 42 && index[1] == 43 && random.position == 0);
}

/* Pins the bits: they are the same for every compiler, option, C library and machine. */
static void golden_bits(void **state)
{
    (void)state;
    uint64_t uniforms = fingerprint_start, normals = fingerprint_start, order = fingerprint_start;
    int64_t index[1000];
    mlpi_random random = other(2024, 17);
    for (int i = 0; i < 100000; i++) {
        uniforms = fingerprint_add_f64(uniforms, mlpi_random_uniform_at(&random, (uint64_t)i));
        normals = fingerprint_add_f64(normals, mlpi_random_normal_at(&random, (uint64_t)i));
    }
    mlpi_random_permutation(&random, 1000, index);
    for (int i = 0; i < 1000; i++)
        order = fingerprint_add(order, (uint64_t)index[i], 8);
    print_message("uniform 0x%016llx, normal 0x%016llx, permutation 0x%016llx\n",
                  (unsigned long long)uniforms, (unsigned long long)normals, (unsigned long long)order);
    assert_true(uniforms == 0xa2e40fbe0b896207);
    assert_true(normals == 0xf4f89529091006a7);
    assert_true(order == 0x38c38172d2619331);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(philox_known_answers),
        cmocka_unit_test(position_is_the_counter_and_seed_the_key),
        cmocka_unit_test(streams_differ),
        cmocka_unit_test(sequential_equals_random_access),
        cmocka_unit_test(a_stored_position_resumes),
        cmocka_unit_test(uniform_fills_the_unit_interval),
        cmocka_unit_test(normal_moments),
        cmocka_unit_test(normal_distribution_function),
        cmocka_unit_test(below_small_is_equally_likely),
        cmocka_unit_test(below_large_rejects_the_bias),
        cmocka_unit_test(permutation_holds_every_index_once),
        cmocka_unit_test(orders_of_four_are_equally_likely),
        cmocka_unit_test(shuffling_nothing_draws_nothing),
        cmocka_unit_test(golden_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
