/* Every function of mlp/io.h with every argument wrong in turn, and right, against the library alone. */
#include "mlp/mlp.h"
#include "api/refusal.h"
#include "support/failing_allocator.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *temporary(void)
{
    static char path[64];
    snprintf(path, sizeof path, "test_io_api_%ld.safetensors", (long)getpid());
    return path;
}

static mlp_model *create(void)
{
    const int64_t widths[] = {2, 20, 3};
    const double scale[] = {2, 3}, shift[] = {4, 5};
    mlp_model *model = NULL;
    accepted(mlp_model_create(MLP_F64, 2, widths, MLP_SINE, &model));
    accepted(mlp_model_set_activation_parameter(model, 1, 0.1));
    accepted(mlp_model_initialize(model, MLP_INIT_SIREN, 1));
    accepted(mlp_model_set_input_scaling_f64(model, scale, shift));
    accepted(mlp_model_set_head(model, MLP_HEAD_SOFTMAX));
    accepted(mlp_model_set_metadata(model, "author", "Noether"));
    return model;
}

static void check_same(const mlp_model *a, const mlp_model *b)
{
    double theta_a[123], theta_b[123], scale[2], shift[2];
    char author[16];
    assert_int_equal(mlp_model_param_count(a), 123);
    assert_int_equal(mlp_model_param_count(b), 123);
    accepted(mlp_model_get_params_f64(a, 0, 123, theta_a));
    accepted(mlp_model_get_params_f64(b, 0, 123, theta_b));
    assert_memory_equal(theta_a, theta_b, sizeof theta_a);
    assert_int_equal(mlp_model_activation(b, 1), MLP_SINE);
    assert_true(mlp_model_activation_parameter(b, 1) == 0.1);
    assert_int_equal(mlp_model_head(b), MLP_HEAD_SOFTMAX);
    accepted(mlp_model_get_input_scaling_f64(b, scale, shift));
    assert_true(scale[0] == 2 && scale[1] == 3 && shift[0] == 4 && shift[1] == 5);
    assert_int_equal(mlp_model_metadata(b, "author", author, 16), 8);
    assert_string_equal(author, "Noether");
    assert_int_equal(mlp_model_metadata_count(b), 1);
}

static void test_round_trips(void **state)
{
    mlp_model *model = create(), *back;
    int64_t size;
    (void)state;
    accepted(mlp_model_save(model, temporary()));
    accepted(mlp_model_load(temporary(), &back));
    check_same(model, back);
    mlp_model_destroy(back);
    accepted(mlp_model_save_size(model, &size));
    void *bytes = malloc((size_t)size);
    accepted(mlp_model_save_memory(model, size, bytes));
    accepted(mlp_model_load_memory(size, bytes, &back));
    check_same(model, back);
    refused(mlp_model_set_activation(back, 1, MLP_RELU), MLP_ERR_STATE, "model: ");
    mlp_model_destroy(back);
    free(bytes);
    struct stat status;
    assert_int_equal(stat(temporary(), &status), 0);
    assert_int_equal(status.st_size, size);
    assert_int_equal(remove(temporary()), 0);
    mlp_model_destroy(model);
}

static void test_bad_save(void **state)
{
    mlp_model *model = create();
    int64_t size = 77, needed;
    unsigned char buffer[1] = {77};
    (void)state;
    accepted(mlp_model_save_size(model, &needed));
    refused(mlp_model_save(NULL, temporary()), MLP_ERR_ARGUMENT, "model = NULL");
    refused(mlp_model_save(model, NULL), MLP_ERR_ARGUMENT, "path = NULL");
    refused(mlp_model_save(model, ""), MLP_ERR_ARGUMENT, "path = \"\"");
    refused(mlp_model_save(model, "no-such-directory/file"), MLP_ERR_IO, "no-such-directory/file");
    refused(mlp_model_save(model, "."), MLP_ERR_IO, ".");
    refused(mlp_model_save_size(NULL, &size), MLP_ERR_ARGUMENT, "model = NULL");
    refused(mlp_model_save_size(model, NULL), MLP_ERR_ARGUMENT, "bytes = NULL");
    refused(mlp_model_save_memory(NULL, needed, buffer), MLP_ERR_ARGUMENT, "model = NULL");
    refused(mlp_model_save_memory(model, needed, NULL), MLP_ERR_ARGUMENT, "buffer = NULL");
    refused(mlp_model_save_memory(model, -1, buffer), MLP_ERR_SIZE, "size = -1");
    refused(mlp_model_save_memory(model, INT64_MIN, buffer), MLP_ERR_SIZE, "size = -9223372036854775808");
    refused(mlp_model_save_memory(model, 0, buffer), MLP_ERR_SIZE, "size = 0");
    refused(mlp_model_save_memory(model, needed - 1, buffer), MLP_ERR_SIZE, "size = ");
    assert_int_equal(size, 77);
    assert_int_equal(buffer[0], 77);
    assert_int_not_equal(access(temporary(), F_OK), 0);
    mlp_model_destroy(model);
}

static void test_bad_load(void **state)
{
    const unsigned char rubbish[64] = "this is not a model";
    mlp_model *const stale = (mlp_model *)(uintptr_t)64;
    mlp_model *model;
    (void)state;
    static const struct {
        const char *path;
        mlp_status status;
        const char *word;
    } paths[] = {
        {NULL, MLP_ERR_ARGUMENT, "path = NULL"},      {"", MLP_ERR_ARGUMENT, "path = \"\""},
        {"no-such-file", MLP_ERR_IO, "no-such-file"}, {".", MLP_ERR_IO, "."},
        {"/dev/zero", MLP_ERR_IO, "/dev/zero"},       {"/dev/null", MLP_ERR_IO, "/dev/null"},
    };
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        model = stale;
        refused(mlp_model_load(paths[i].path, &model), paths[i].status, paths[i].word);
        assert_null(model);
    }
    refused(mlp_model_load("no-such-file", NULL), MLP_ERR_ARGUMENT, "model = NULL");
    refused(mlp_model_load_memory(64, rubbish, NULL), MLP_ERR_ARGUMENT, "model = NULL");
    model = stale;
    refused(mlp_model_load_memory(64, NULL, &model), MLP_ERR_ARGUMENT, "buffer = NULL");
    assert_null(model);
    model = stale;
    refused(mlp_model_load_memory(-1, rubbish, &model), MLP_ERR_SIZE, "size = -1");
    assert_null(model);
    model = stale;
    refused(mlp_model_load_memory(INT64_MIN, rubbish, &model), MLP_ERR_SIZE, "size = -9223372036854775808");
    assert_null(model);
    for (int64_t size = 0; size <= 64; size++) {
        model = stale;
        refused(mlp_model_load_memory(size, rubbish, &model), MLP_ERR_FORMAT, "safetensors");
        assert_null(model);
    }
}

/* A byte changed anywhere gives a model or a refusal, and nothing else; in the header mostly a refusal. */
static void test_damaged(void **state)
{
    mlp_model *model = create(), *back;
    int64_t size, read = 0;
    (void)state;
    accepted(mlp_model_save_size(model, &size));
    unsigned char *bytes = malloc((size_t)size);
    accepted(mlp_model_save_memory(model, size, bytes));
    for (int64_t at = 0; at < size; at++)
        for (int bit = 0; bit < 8; bit++) {
            bytes[at] ^= (unsigned char)(1 << bit);
            const mlp_status status = mlp_model_load_memory(size, bytes, &back);
            assert_true(status == MLP_OK || status == MLP_ERR_FORMAT || status == MLP_ERR_UNSUPPORTED);
            assert_int_equal(!back, status != MLP_OK);
            read += status == MLP_OK;
            mlp_model_destroy(back);
            bytes[at] ^= (unsigned char)(1 << bit);
        }
    print_message("%lld of %lld files with a bit changed are sound\n", (long long)read,
                  (long long)(8 * size));
    free(bytes);
    mlp_model_destroy(model);
}

static mlp_status save_and_load(void *context)
{
    const mlp_model *model = context;
    static unsigned char bytes[8192];
    mlp_model *back = NULL;
    int64_t size = 0;
    mlp_status status = mlp_model_save(model, temporary());
    if (status == MLP_OK)
        status = mlp_model_load(temporary(), &back);
    mlp_model_destroy(back);
    back = NULL;
    if (status == MLP_OK)
        status = mlp_model_save_size(model, &size);
    if (status == MLP_OK)
        status = mlp_model_save_memory(model, (int64_t)sizeof bytes, bytes);
    if (status == MLP_OK)
        status = mlp_model_load_memory(size, bytes, &back);
    assert_int_equal(!back, status != MLP_OK);
    mlp_model_destroy(back);
    remove(temporary());
    return status;
}

static void test_failing_allocations(void **state)
{
    mlp_model *model = create();
    (void)state;
    print_message("save and load: %lld allocations failed in turn\n",
                  (long long)failing_allocator_sweep(save_and_load, model));
    mlp_model_destroy(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trips),
        cmocka_unit_test(test_bad_save),
        cmocka_unit_test(test_bad_load),
        cmocka_unit_test(test_damaged),
        cmocka_unit_test(test_failing_allocations),
    };
    mlp_set_allocator(failing_allocate, failing_deallocate, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
