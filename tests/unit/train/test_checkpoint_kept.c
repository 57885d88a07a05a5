/* What methods keep goes through checkpoints bit for bit, in its count alone, and only where the method finds it sound. */
#include "base/error.h"
#include "base/memory.h"
#include "train/checkpoint.h"
#include "train/checkpoint_read.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

enum { KEPT = 5 };

static int64_t kept(const mlp_trainer *trainer)
{
    (void)trainer;
    return KEPT;
}

static int32_t is_sound(const mlp_trainer *trainer)
{
    return trainer->state.kept[0] == 3;
}

static const mlpi_method careful = {.kept = kept, .is_sound = is_sound}, careless = {.kept = kept};
static const mlpi_optimizer with_care = {.name = "careful", .method = &careful},
                            without = {.name = "careless", .method = &careless};

static mlp_trainer *create(void)
{
    static const int64_t widths[] = {2, 3, 1};
    mlp_model *model = NULL;
    mlp_trainer *trainer = NULL;
    assert_int_equal(mlpi_model_create(MLP_F32, 2, widths, MLP_TANH, &model), MLP_OK);
    assert_int_equal(mlpi_trainer_create(model, &trainer), MLP_OK);
    assert_int_equal(mlpi_trainer_prepare(trainer, 4, 1), MLP_OK);
    mlpi_model_destroy(model);
    return trainer;
}

/* The trainer becomes one of a method that keeps so many doubles. */
static void keep(mlp_trainer *trainer, const mlpi_optimizer *optimizer, int64_t count)
{
    mlpi_optimizer_state_release(&trainer->state);
    trainer->optimizer = optimizer;
    assert_int_equal(mlpi_optimizer_state_create(0, 0, count, &trainer->state), MLP_OK);
}

static mlp_status pass(const mlp_trainer *from, mlp_trainer *to)
{
    mlpi_safetensors *file = NULL;
    int64_t size = 0;
    assert_int_equal(mlpi_checkpoint_save_size(from, &size), MLP_OK);
    void *bytes = malloc((size_t)size);
    assert_int_equal(mlpi_checkpoint_save_memory(from, size, bytes), MLP_OK);
    assert_int_equal(mlpi_safetensors_parse(bytes, size, &file), MLP_OK);
    const mlp_status status = mlpi_checkpoint_read_parts(file, to);
    mlpi_safetensors_free(file);
    free(bytes);
    return status;
}

static void test_kept(void **state)
{
    const double values[KEPT] = {3, -0.0, 1 / 3.0, INFINITY, NAN}, other = 4;
    mlp_trainer *from = create(), *to = create();
    (void)state;
    keep(from, &with_care, KEPT);
    keep(to, &with_care, KEPT);
    memcpy(from->state.kept, values, sizeof values);
    from->steps = 77;
    assert_int_equal(pass(from, to), MLP_OK);
    assert_memory_equal(to->state.kept, values, sizeof values);
    assert_int_equal(to->steps, 77);
    from->state.kept[0] = other;
    assert_int_equal(pass(from, to), MLP_ERR_FORMAT);
    assert_non_null(strstr(mlpi_error_message(), "not what careful keeps"));
    keep(to, &without, KEPT);
    assert_int_equal(pass(from, to), MLP_OK);
    keep(to, &without, KEPT - 1);
    assert_int_equal(pass(from, to), MLP_ERR_FORMAT);
    assert_non_null(strstr(mlpi_error_message(), "'trainer.kept' has 5 in dimension 0: must be 4"));
    keep(to, &without, 0);
    assert_int_equal(pass(from, to), MLP_ERR_FORMAT);
    assert_non_null(strstr(mlpi_error_message(), "'trainer.kept' is none of a trainer with careless"));
    keep(to, &without, KEPT);
    keep(from, &without, 0);
    assert_int_equal(pass(from, to), MLP_ERR_FORMAT);
    assert_non_null(strstr(mlpi_error_message(), "'trainer.kept' is missing"));
    mlpi_trainer_destroy(from);
    mlpi_trainer_destroy(to);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_kept)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
