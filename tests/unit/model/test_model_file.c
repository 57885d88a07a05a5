/* Model files: round trips bit for bit, what other programs find, custom activations, allocations that fail. */
#include "model/model_file.h"
#include "base/memory.h"
#include "io/safetensors.h"
#include "model/head.h"
#include "support/draw.h"
#include "support/failing_allocator.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

/* The model's file, in memory from malloc that is no larger. */
static void *save(const mlp_model *model, int64_t *size)
{
    assert_int_equal(mlpi_model_save_size(model, size), MLP_OK);
    void *bytes = malloc((size_t)*size);
    assert_int_equal(mlpi_model_save_memory(model, *size, bytes), MLP_OK);
    return bytes;
}

#include "base/real32.h"
#include "model_file_cases_tmpl.h"
#include "base/real64.h"
#include "model_file_cases_tmpl.h"

static const char *temporary(void)
{
    static char path[64];
    snprintf(path, sizeof path, "test_model_file_%ld.safetensors", (long)getpid());
    return path;
}

static void test_file(void **state)
{
    draw random = {99};
    mlp_model *model = draw_model_f32(&random), *back;
    int64_t size;
    void *bytes = save(model, &size), *read = malloc((size_t)size + 1);
    (void)state;
    assert_int_equal(mlpi_model_save(model, temporary()), MLP_OK);
    FILE *file = fopen(temporary(), "rb");
    assert_non_null(file);
    assert_int_equal(fread(read, 1, (size_t)size + 1, file), size);
    fclose(file);
    assert_memory_equal(read, bytes, (size_t)size);
    assert_int_equal(mlpi_model_load(temporary(), &back), MLP_OK);
    check_same_f32(model, back);
    assert_int_equal(remove(temporary()), 0);
    assert_int_equal(mlpi_model_load(temporary(), &back), MLP_ERR_IO);
    free(bytes);
    free(read);
    mlpi_model_destroy(back);
    mlpi_model_destroy(model);
}

/* Nothing is written where it does not fit. */
static void test_short_buffer(void **state)
{
    draw random = {98};
    mlp_model *model = draw_model_f64(&random);
    int64_t size;
    unsigned char *bytes = save(model, &size);
    (void)state;
    memset(bytes, 7, (size_t)size);
    assert_int_equal(mlpi_model_save_memory(model, size - 1, bytes), MLP_ERR_SIZE);
    for (int64_t i = 0; i < size; i++)
        assert_int_equal(bytes[i], 7);
    free(bytes);
    mlpi_model_destroy(model);
}

static int32_t custom(int32_t order, int64_t n, const double *z, double *out, void *context)
{
    (void)order;
    (void)context;
    for (int64_t i = 0; i < n; i++)
        out[i] = z[i];
    return 0;
}

/* A registered activation is saved by name and must be there to be loaded. */
static void test_custom_activation(void **state)
{
    const int64_t widths[] = {2, 3, 1};
    mlp_activation id;
    mlp_model *model, *back = NULL;
    int64_t size;
    (void)state;
    assert_int_equal(mlpi_custom_activation_register("my_bump", 3, custom, NULL, NULL, &id), MLP_OK);
    assert_int_equal(mlpi_model_create(MLP_F32, 2, widths, id, &model), MLP_OK);
    void *bytes = save(model, &size);
    assert_int_equal(mlpi_model_load_memory(size, bytes, &back), MLP_OK);
    assert_int_equal(mlpi_activation_id(back->layers[0].activation), id);
    mlpi_model_destroy(back);
    mlpi_model_destroy(model);
    assert_int_equal(mlpi_custom_activation_unregister(id), MLP_OK);
    back = NULL;
    assert_int_equal(mlpi_model_load_memory(size, bytes, &back), MLP_ERR_UNSUPPORTED);
    assert_non_null(strstr(mlp_last_error(), "my_bump"));
    assert_null(back);
    free(bytes);
}

/* "pt" is ours to write and nobody's metadata; any other value of the key is the user's. */
static void test_framework_key(void **state)
{
    const int64_t widths[] = {1, 1};
    mlp_model *model, *back;
    int64_t size;
    (void)state;
    assert_int_equal(mlpi_model_create(MLP_F32, 1, widths, MLP_RELU, &model), MLP_OK);
    void *bytes = save(model, &size);
    assert_int_equal(mlpi_model_load_memory(size, bytes, &back), MLP_OK);
    assert_int_equal(back->metadata.count, 0);
    mlpi_model_destroy(back);
    free(bytes);
    mlpi_metadata_set(&model->metadata, "format", "np");
    bytes = save(model, &size);
    assert_int_equal(mlpi_model_load_memory(size, bytes, &back), MLP_OK);
    assert_string_equal(mlpi_metadata_find(&back->metadata, "format"), "np");
    mlpi_model_destroy(back);
    mlpi_model_destroy(model);
    free(bytes);
}

static mlp_status play(void *context)
{
    const mlp_model *model = context;
    mlp_model *back = NULL;
    static unsigned char bytes[1 << 20];
    int64_t size = 0;
    mlp_status status = mlpi_model_save_size(model, &size);
    if (status == MLP_OK)
        status = mlpi_model_save_memory(model, (int64_t)sizeof bytes, bytes);
    if (status == MLP_OK)
        status = mlpi_model_load_memory(size, bytes, &back);
    mlpi_model_destroy(back);
    back = NULL;
    if (status == MLP_OK)
        status = mlpi_model_save(model, temporary());
    if (status == MLP_OK)
        status = mlpi_model_load(temporary(), &back);
    mlpi_model_destroy(back);
    remove(temporary());
    return status;
}

static void test_failing_allocations(void **state)
{
    draw random = {3};
    mlp_model *model = draw_model_f32(&random);
    (void)state;
    mlpi_metadata_set(&model->metadata, "a", "b");
    print_message("save and load: %lld allocations failed in turn\n",
                  (long long)failing_allocator_sweep(play, model));
    mlpi_model_destroy(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip_f32),
        cmocka_unit_test(test_round_trip_f64),
        cmocka_unit_test(test_tensors_f32),
        cmocka_unit_test(test_tensors_f64),
        cmocka_unit_test(test_file),
        cmocka_unit_test(test_short_buffer),
        cmocka_unit_test(test_custom_activation),
        cmocka_unit_test(test_framework_key),
        cmocka_unit_test(test_failing_allocations),
    };
    mlpi_memory_set_allocator(failing_allocate, failing_deallocate, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
