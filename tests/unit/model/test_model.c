/* Models: storage, generations, copies, activations, and allocations that fail. */
#include "model/model.h"
#include "base/memory.h"
#include "model/initialize.h"
#include "support/failing_allocator.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

enum { LAYERS = 3 };
static const int64_t widths[LAYERS + 1] = {3, 17, 33, 5};

#include "base/real32.h"
#include "model_cases_tmpl.h"
#include "base/real64.h"
#include "model_cases_tmpl.h"

/* Every change has a generation of its own; reading has none. */
static void test_generations(void **state)
{
    float theta[8] = {1};
    mlp_model *model = create_f32();
    uint64_t seen[16];
    int count = 0;
    (void)state;
    seen[count++] = model->generation;
    mlpi_model_set_params_f32(model, 0, 1, theta);
    seen[count++] = model->generation;
    mlpi_model_set_bias_f32(model, 3, theta);
    seen[count++] = model->generation;
    mlpi_model_set_input_scaling_f32(model, theta, theta);
    seen[count++] = model->generation;
    mlpi_model_set_input_scaling_f32(model, NULL, NULL);
    seen[count++] = model->generation;
    mlpi_model_initialize(model, mlpi_initializer_of(MLP_INIT_ZEROS), 0);
    seen[count++] = model->generation;
    mlpi_model_initialize_layer(model, 2, mlpi_initializer_of(MLP_INIT_ORTHOGONAL), 1, 0);
    seen[count++] = model->generation;
    for (int i = 0; i < count; i++)
        for (int k = 0; k < i; k++)
            assert_true(seen[i] != seen[k] && seen[i] > 0);
    mlpi_model_get_params_f32(model, 0, 8, theta);
    assert_true(model->generation == seen[count - 1]);
    mlpi_model_destroy(model);
}

static void test_architectures(void **state)
{
    const int64_t other_widths[LAYERS + 1] = {3, 17, 32, 5};
    mlp_model *a = create_f32(), *b = create_f32(), *c = create_f64(), *d;
    (void)state;
    assert_int_equal(mlpi_model_create(MLP_F32, LAYERS, other_widths, MLP_TANH, &d), MLP_OK);
    assert_true(a->architecture.id != b->architecture.id);
    assert_true(mlpi_architecture_equal(&a->architecture, &b->architecture));
    assert_false(mlpi_architecture_equal(&a->architecture, &c->architecture));
    assert_false(mlpi_architecture_equal(&a->architecture, &d->architecture));
    const uint64_t id = b->architecture.id;
    assert_int_equal(mlpi_model_set_activation(b, 3, MLP_LEAKY_RELU), MLP_OK);
    assert_true(b->architecture.id != id);
    assert_false(mlpi_architecture_equal(&a->architecture, &b->architecture));
    assert_int_equal(mlpi_model_set_activation(a, 3, MLP_LEAKY_RELU), MLP_OK);
    assert_true(mlpi_architecture_equal(&a->architecture, &b->architecture));
    mlpi_model_set_activation_parameter(a, 3, 0.5);
    assert_false(mlpi_architecture_equal(&a->architecture, &b->architecture));
    assert_int_equal(mlpi_model_set_activation(a, 1, 12345), MLP_ERR_ARGUMENT);
    assert_int_equal(mlpi_activation_id(a->layers[0].activation), MLP_TANH);
    mlpi_model_destroy(a);
    mlpi_model_destroy(b);
    mlpi_model_destroy(c);
    mlpi_model_destroy(d);
}

static int32_t custom(int32_t order, int64_t n, const double *z, double *out, void *context)
{
    (void)order;
    (void)context;
    for (int64_t i = 0; i < n; i++)
        out[i] = z[i];
    return 0;
}

static void count_release(void *context)
{
    ++*(int *)context;
}

/* Each layer holds one reference: the context is released with the last model, and once. */
static void test_references(void **state)
{
    int released = 0;
    mlp_activation id;
    mlp_model *model, *clone;
    (void)state;
    assert_int_equal(mlpi_custom_activation_register("mine", 1, custom, &released, count_release, &id),
                     MLP_OK);
    assert_int_equal(mlpi_model_create(MLP_F64, LAYERS, widths, id, &model), MLP_OK);
    assert_int_equal(mlpi_model_clone(model, &clone), MLP_OK);
    assert_int_equal(mlpi_model_set_activation(model, 1, MLP_RELU), MLP_OK);
    assert_int_equal(mlpi_model_set_activation(clone, 3, id), MLP_OK);
    assert_int_equal(mlpi_custom_activation_unregister(id), MLP_OK);
    assert_string_equal(mlpi_activation_name(clone->layers[2].activation), "mine");
    mlpi_model_destroy(model);
    assert_int_equal(released, 0);
    mlpi_model_destroy(clone);
    assert_int_equal(released, 1);
}

static void test_too_large(void **state)
{
    const int64_t huge[] = {INT32_MAX, INT32_MAX, INT32_MAX}, large[] = {INT32_MAX, 1 << 24};
    mlp_model *model = NULL;
    (void)state;
    assert_int_equal(mlpi_model_create(MLP_F64, 1, huge, MLP_TANH, &model), MLP_ERR_SIZE);
    assert_int_equal(mlpi_model_create(MLP_F32, 2, huge, MLP_TANH, &model), MLP_ERR_SIZE);
    failing_allocator_fail_once(0); /* a system may promise 2^58 bytes */
    assert_int_equal(mlpi_model_create(MLP_F64, 1, large, MLP_TANH, &model), MLP_ERR_MEMORY);
    failing_allocator_relent();
    assert_null(model);
}

static mlp_status play(void *context)
{
    const mlp_activation hidden = *(mlp_activation *)context;
    mlp_model *model = NULL, *clone = NULL;
    mlp_status status = mlpi_model_create(MLP_F32, LAYERS, widths, hidden, &model);
    if (status != MLP_OK)
        return status;
    status = mlpi_metadata_set(&model->metadata, "key", "value");
    if (status == MLP_OK)
        status = mlpi_model_clone(model, &clone);
    mlpi_model_destroy(clone);
    mlpi_model_destroy(model);
    return status;
}

static void test_failing_allocations(void **state)
{
    mlp_activation hidden;
    int released = 0;
    (void)state;
    assert_int_equal(mlpi_custom_activation_register("mine", 1, custom, &released, count_release, &hidden),
                     MLP_OK);
    print_message("create, metadata, clone: %lld allocations failed in turn\n",
                  (long long)failing_allocator_sweep(play, &hidden));
    assert_int_equal(mlpi_custom_activation_unregister(hidden), MLP_OK);
    assert_int_equal(released, 1);
}

/* Orthogonal initialisation that fails in any layer leaves parameters, generation and seal as they were. */
static void test_failing_initialisation(void **state)
{
    const mlpi_initializer *orthogonal = mlpi_initializer_of(MLP_INIT_ORTHOGONAL);
    mlp_model *model = create_f64(), *before;
    mlp_status status = MLP_ERR_MEMORY;
    int failures = 0;
    (void)state;
    assert_int_equal(mlpi_model_clone(model, &before), MLP_OK);
    for (; status != MLP_OK; failures++) {
        failing_allocator_fail_once(failures);
        status = mlpi_model_initialize(model, orthogonal, 3);
        failing_allocator_relent();
        if (status == MLP_OK)
            break;
        assert_int_equal(status, MLP_ERR_MEMORY);
        assert_true(model->generation == before->generation && !model->sealed);
        assert_memory_equal(model->params, before->params, (size_t)model->padded_count * sizeof(double));
    }
    assert_true(failures > LAYERS);
    failing_allocator_fail_once(0);
    assert_int_equal(mlpi_model_initialize_layer(before, 2, orthogonal, 1, 3), MLP_ERR_MEMORY);
    failing_allocator_relent();
    assert_false(before->sealed);
    mlpi_model_destroy(before);
    mlpi_model_destroy(model);
}

/* The frequency SIREN divides by: the layer's own, else of the sine before it, else 1. */
static void test_omega(void **state)
{
    const mlpi_initializer *siren = mlpi_initializer_of(MLP_INIT_SIREN);
    mlp_model *model = create_f64(), *plain = create_f64();
    (void)state;
    mlpi_model_set_activation(model, 2, MLP_SINE);
    mlpi_model_set_activation_parameter(model, 2, 8);
    assert_int_equal(mlpi_model_initialize(model, siren, 4), MLP_OK);
    assert_int_equal(mlpi_model_initialize(plain, siren, 4), MLP_OK);
    for (int32_t l = 1; l <= LAYERS; l++)
        assert_true(((double *)plain->layers[l - 1].A)[1] ==
                    ((double *)model->layers[l - 1].A)[1] * (l == 1 ? 1 : 8));
    mlpi_model_destroy(model);
    mlpi_model_destroy(plain);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fresh_f32),
        cmocka_unit_test(test_fresh_f64),
        cmocka_unit_test(test_padding_f32),
        cmocka_unit_test(test_padding_f64),
        cmocka_unit_test(test_orders_f32),
        cmocka_unit_test(test_orders_f64),
        cmocka_unit_test(test_scaling_f32),
        cmocka_unit_test(test_scaling_f64),
        cmocka_unit_test(test_clone_f32),
        cmocka_unit_test(test_clone_f64),
        cmocka_unit_test(test_copy_params_f32),
        cmocka_unit_test(test_copy_params_f64),
        cmocka_unit_test(test_generations),
        cmocka_unit_test(test_architectures),
        cmocka_unit_test(test_references),
        cmocka_unit_test(test_too_large),
        cmocka_unit_test(test_failing_allocations),
        cmocka_unit_test(test_failing_initialisation),
        cmocka_unit_test(test_omega),
    };
    mlpi_memory_set_allocator(failing_allocate, failing_deallocate, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
