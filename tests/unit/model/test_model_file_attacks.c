/*
 * Files that are sound safetensors and unsound models: every rule of the schema broken once, each refused with a
 * status and a message that say why. (Unsound containers are the business of test_safetensors_attacks.)
 */
#include "base/memory.h"
#include "io/safetensors.h"
#include "model/model_file.h"
#include "support/failing_allocator.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

/* A sound file: 3 - 4 - 2 in f32 with scaled inputs. */
typedef struct pair {
    const char *key, *value;
} pair;

typedef struct tensor {
    const char *name;
    int32_t dtype, rank;
    int64_t shape[3];
} tensor;

enum { PAIRS = 8, TENSORS = 6 };

static const pair sound_pairs[PAIRS] = {
    {"mlp.format", "1"},
    {"mlp.dtype", "f32"},
    {"mlp.widths", "3,4,2"},
    {"mlp.activations", "leaky_relu,identity"},
    {"mlp.activation_parameters", "0.25,"},
    {"mlp.head", "softmax"},
    {"format", "pt"},
    {"author", "somebody"},
};

static const tensor sound_tensors[TENSORS] = {
    {"layers.0.weight", MLPI_ST_F32, 2, {4, 3}}, {"layers.0.bias", MLPI_ST_F32, 1, {4}},
    {"layers.1.weight", MLPI_ST_F32, 2, {2, 4}}, {"layers.1.bias", MLPI_ST_F32, 1, {2}},
    {"input_scale", MLPI_ST_F32, 1, {3}},        {"input_shift", MLPI_ST_F32, 1, {3}},
};

/*
 * One thing done to it: a metadata key set (or, with value NULL, removed), the tensor called `target` replaced (or,
 * with replacement.name NULL, removed), or, without a target, a tensor added.
 */
typedef struct attack {
    const char *key, *value;
    const char *target;
    tensor replacement;
    mlp_status status;
    const char *word; /* part of the message */
} attack;

#define MANY_NINES "999999999999999999999999999999999999999999"
#define LONG_NAME  "a_name_of_an_activation_that_is_longer_than_any_that_can_be_registered_here"

static const attack attacks[] = {
    /* metadata: missing */
    {.key = "mlp.format", .status = MLP_ERR_FORMAT, .word = "mlp.format"},
    {.key = "mlp.dtype", .status = MLP_ERR_FORMAT, .word = "mlp.dtype"},
    {.key = "mlp.widths", .status = MLP_ERR_FORMAT, .word = "mlp.widths"},
    {.key = "mlp.activations", .status = MLP_ERR_FORMAT, .word = "mlp.activations"},
    {.key = "mlp.activation_parameters", .status = MLP_ERR_FORMAT, .word = "mlp.activation_parameters"},
    {.key = "mlp.head", .status = MLP_ERR_FORMAT, .word = "mlp.head"},
    /* metadata: wrong */
    {.key = "mlp.format", .value = "2", .status = MLP_ERR_UNSUPPORTED, .word = "version"},
    {.key = "mlp.format", .value = "1 ", .status = MLP_ERR_UNSUPPORTED, .word = "version"},
    {.key = "mlp.novelty", .value = "x", .status = MLP_ERR_UNSUPPORTED, .word = "mlp.novelty"},
    {.key = "mlp.", .value = "x", .status = MLP_ERR_UNSUPPORTED, .word = "mlp."},
    {.key = "mlp.dtype", .value = "f16", .status = MLP_ERR_FORMAT, .word = "f16"},
    {.key = "mlp.dtype", .value = "f64", .status = MLP_ERR_FORMAT, .word = "F64"},
    {.key = "mlp.head", .value = "argmax", .status = MLP_ERR_UNSUPPORTED, .word = "argmax"},
    {.key = "mlp.head", .value = "", .status = MLP_ERR_UNSUPPORTED, .word = "mlp.head"},
    /* widths */
    {.key = "mlp.widths", .value = "", .status = MLP_ERR_FORMAT, .word = "mlp.widths"},
    {.key = "mlp.widths", .value = "3", .status = MLP_ERR_FORMAT, .word = "items"},
    {.key = "mlp.widths", .value = "3,4", .status = MLP_ERR_FORMAT, .word = "mlp.activations"},
    {.key = "mlp.widths", .value = "3,4,2,", .status = MLP_ERR_FORMAT, .word = "item 3"},
    {.key = "mlp.widths", .value = "3,,2", .status = MLP_ERR_FORMAT, .word = "item 1"},
    {.key = "mlp.widths", .value = "3,4, 2", .status = MLP_ERR_FORMAT, .word = "item 2"},
    {.key = "mlp.widths", .value = "3,4,+2", .status = MLP_ERR_FORMAT, .word = "item 2"},
    {.key = "mlp.widths", .value = "3,4,02", .status = MLP_ERR_FORMAT, .word = "item 2"},
    {.key = "mlp.widths", .value = "3,0,2", .status = MLP_ERR_FORMAT, .word = "item 1"},
    {.key = "mlp.widths", .value = "3,-4,2", .status = MLP_ERR_FORMAT, .word = "item 1"},
    {.key = "mlp.widths", .value = "3,4.0,2", .status = MLP_ERR_FORMAT, .word = "item 1"},
    {.key = "mlp.widths", .value = "3,4;2", .status = MLP_ERR_FORMAT, .word = "item 1"},
    {.key = "mlp.widths", .value = "3,2147483648,2", .status = MLP_ERR_FORMAT, .word = "item 1"},
    {.key = "mlp.widths", .value = "3," MANY_NINES ",2", .status = MLP_ERR_FORMAT, .word = "item 1"},
    {.key = "mlp.widths", .value = "4,3,2", .status = MLP_ERR_FORMAT, .word = "layers.0.weight"},
    {.key = "mlp.widths",
     .value = "2147483647,2147483647,2147483647",
     .status = MLP_ERR_FORMAT,
     .word = "layers.0"},
    {.key = "mlp.widths", .value = "3,4,2147483647", .status = MLP_ERR_FORMAT, .word = "layers.1.weight"},
    /* activations and their parameters */
    {.key = "mlp.activations", .value = "", .status = MLP_ERR_FORMAT, .word = "mlp.activations"},
    {.key = "mlp.activations", .value = "identity", .status = MLP_ERR_FORMAT, .word = "must be 2"},
    {.key = "mlp.activations",
     .value = "leaky_relu,identity,tanh",
     .status = MLP_ERR_FORMAT,
     .word = "must be 2"},
    {.key = "mlp.activations", .value = "leaky_relu,", .status = MLP_ERR_FORMAT, .word = "empty"},
    {.key = "mlp.activations", .value = "leaky_relu,Tanh", .status = MLP_ERR_UNSUPPORTED, .word = "Tanh"},
    {.key = "mlp.activations", .value = "leaky_relu,my_own", .status = MLP_ERR_UNSUPPORTED, .word = "my_own"},
    {.key = "mlp.activations",
     .value = "leaky_relu," LONG_NAME,
     .status = MLP_ERR_UNSUPPORTED,
     .word = "a_name"},
    {.key = "mlp.activations", .value = "relu,identity", .status = MLP_ERR_FORMAT, .word = "no parameter"},
    {.key = "mlp.activations", .value = "leaky_relu,sine", .status = MLP_ERR_FORMAT, .word = "item 1"},
    {.key = "mlp.activation_parameters", .value = "", .status = MLP_ERR_FORMAT, .word = "must be 2"},
    {.key = "mlp.activation_parameters", .value = "0.25", .status = MLP_ERR_FORMAT, .word = "must be 2"},
    {.key = "mlp.activation_parameters", .value = "0.25,,", .status = MLP_ERR_FORMAT, .word = "must be 2"},
    {.key = "mlp.activation_parameters", .value = ",", .status = MLP_ERR_FORMAT, .word = "item 0"},
    {.key = "mlp.activation_parameters", .value = "nan,", .status = MLP_ERR_FORMAT, .word = "item 0"},
    {.key = "mlp.activation_parameters", .value = "inf,", .status = MLP_ERR_FORMAT, .word = "item 0"},
    {.key = "mlp.activation_parameters", .value = "1e999,", .status = MLP_ERR_FORMAT, .word = "item 0"},
    {.key = "mlp.activation_parameters", .value = "0.25x,", .status = MLP_ERR_FORMAT, .word = "item 0"},
    {.key = "mlp.activation_parameters", .value = "0.25,0", .status = MLP_ERR_FORMAT, .word = "item 1"},
    /* tensors: missing, one too many, wrong type, wrong shape */
    {.target = "layers.0.weight", .status = MLP_ERR_FORMAT, .word = "layers.0.weight"},
    {.target = "layers.1.bias", .status = MLP_ERR_FORMAT, .word = "layers.1.bias"},
    {.target = "input_scale", .status = MLP_ERR_FORMAT, .word = "input_scale"},
    {.target = "input_shift", .status = MLP_ERR_FORMAT, .word = "input_shift"},
    {.replacement = {"output_scale", MLPI_ST_F32, 1, {2}}, .status = MLP_ERR_FORMAT, .word = "output_shift"},
    {.replacement = {"layers.2.bias", MLPI_ST_F32, 1, {2}},
     .status = MLP_ERR_FORMAT,
     .word = "layers.2.bias"},
    {.replacement = {"layers.-1.bias", MLPI_ST_F32, 1, {2}}, .status = MLP_ERR_FORMAT, .word = "layers.-1"},
    {.replacement = {"layers.00.bias", MLPI_ST_F32, 1, {4}}, .status = MLP_ERR_FORMAT, .word = "layers.00"},
    {.replacement = {"layers.4294967296.bias", MLPI_ST_F32, 1, {4}},
     .status = MLP_ERR_FORMAT,
     .word = "layers.4"},
    {.replacement = {"layers.0.gamma", MLPI_ST_F32, 1, {4}}, .status = MLP_ERR_FORMAT, .word = "gamma"},
    {.replacement = {"", MLPI_ST_F32, 1, {0}}, .status = MLP_ERR_FORMAT, .word = "none of a model"},
    {.replacement = {"extra", MLPI_ST_U8, 1, {0}}, .status = MLP_ERR_FORMAT, .word = "extra"},
    {.target = "layers.0.weight",
     .replacement = {"layers.0.weight", MLPI_ST_F64, 2, {4, 3}},
     .status = MLP_ERR_FORMAT,
     .word = "F64"},
    {.target = "layers.0.bias",
     .replacement = {"layers.0.bias", MLPI_ST_BF16, 1, {4}},
     .status = MLP_ERR_FORMAT,
     .word = "BF16"},
    {.target = "layers.0.weight",
     .replacement = {"layers.0.weight", MLPI_ST_F32, 2, {3, 4}},
     .status = MLP_ERR_FORMAT,
     .word = "dimension 0"},
    {.target = "layers.0.weight",
     .replacement = {"layers.0.weight", MLPI_ST_F32, 2, {4, 4}},
     .status = MLP_ERR_FORMAT,
     .word = "dimension 1"},
    {.target = "layers.0.weight",
     .replacement = {"layers.0.weight", MLPI_ST_F32, 1, {12}},
     .status = MLP_ERR_FORMAT,
     .word = "dimensions"},
    {.target = "layers.0.weight",
     .replacement = {"layers.0.weight", MLPI_ST_F32, 3, {4, 3, 1}},
     .status = MLP_ERR_FORMAT,
     .word = "dimensions"},
    {.target = "layers.1.bias",
     .replacement = {"layers.1.bias", MLPI_ST_F32, 1, {1}},
     .status = MLP_ERR_FORMAT,
     .word = "dimension 0"},
    {.target = "layers.1.bias",
     .replacement = {"layers.1.bias", MLPI_ST_F32, 1, {0}},
     .status = MLP_ERR_FORMAT,
     .word = "dimension 0"},
    {.target = "layers.1.bias",
     .replacement = {"layers.1.bias", MLPI_ST_F32, 0, {0}},
     .status = MLP_ERR_FORMAT,
     .word = "dimensions"},
    {.target = "input_scale",
     .replacement = {"input_scale", MLPI_ST_F32, 1, {4}},
     .status = MLP_ERR_FORMAT,
     .word = "input_scale"},
};

static float filling; /* what all tensors are made of */

static mlp_status supply(void *context, int64_t start, int64_t count, void *elements)
{
    const tensor *t = context;
    (void)start;
    memset(elements, 0, (size_t)(count * mlpi_safetensors_dtype_size(t->dtype)));
    for (int64_t i = 0; t->dtype == MLPI_ST_F32 && i < count; i++)
        ((float *)elements)[i] = filling;
    return MLP_OK;
}

static void add_metadata(mlpi_safetensors_writer *writer, const attack *a)
{
    int replaced = !a->key;
    for (int i = 0; i < PAIRS; i++) {
        const int hit = a->key && strcmp(a->key, sound_pairs[i].key) == 0;
        replaced |= hit;
        if (!hit || a->value)
            mlpi_safetensors_writer_metadata(writer, sound_pairs[i].key,
                                             hit ? a->value : sound_pairs[i].value);
    }
    if (!replaced)
        mlpi_safetensors_writer_metadata(writer, a->key, a->value);
}

static void add_tensor(mlpi_safetensors_writer *writer, const tensor *t)
{
    mlpi_safetensors_writer_tensor(writer, t->name, t->dtype, t->rank, t->shape, supply, (void *)t);
}

static void add_tensors(mlpi_safetensors_writer *writer, const attack *a)
{
    for (int i = 0; i < TENSORS; i++)
        if (!a->target || strcmp(a->target, sound_tensors[i].name) != 0)
            add_tensor(writer, &sound_tensors[i]);
    if (a->replacement.name)
        add_tensor(writer, &a->replacement);
}

/* The sound file with one attack on it, in memory that is no larger. */
static void *forge(const attack *a, int64_t *size)
{
    mlpi_safetensors_writer *writer;
    assert_int_equal(mlpi_safetensors_writer_create(&writer), MLP_OK);
    add_metadata(writer, a);
    add_tensors(writer, a);
    assert_int_equal(mlpi_safetensors_writer_finish(writer, size), MLP_OK);
    void *bytes = malloc((size_t)*size);
    assert_int_equal(mlpi_safetensors_writer_write_memory(writer, bytes, *size), MLP_OK);
    mlpi_safetensors_writer_free(writer);
    return bytes;
}

static void test_sound_file(void **state)
{
    const attack none = {0};
    mlp_model *model = NULL;
    int64_t size;
    void *bytes = forge(&none, &size);
    (void)state;
    assert_int_equal(mlpi_model_load_memory(size, bytes, &model), MLP_OK);
    assert_int_equal(model->param_count, 26);
    assert_true(model->layers[0].activation->parameter == 0.25);
    assert_int_equal(model->metadata.count, 1);
    mlpi_model_destroy(model);
    free(bytes);
}

/* Refused for the reason given, with memory bounded by the file and none left. */
static void test_attacks(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof attacks / sizeof *attacks; i++) {
        const attack *a = &attacks[i];
        mlp_model *model = NULL;
        int64_t size;
        void *bytes = forge(a, &size);
        const int64_t live = failing_allocator_live(), before = failing_allocator_bytes();
        const mlp_status status = mlpi_model_load_memory(size, bytes, &model);
        if (status != a->status || !strstr(mlp_last_error(), a->word))
            fail_msg("attack %d: status %d, message \"%s\", without \"%s\"", (int)i, (int)status,
                     mlp_last_error(), a->word);
        assert_null(model);
        assert_int_equal(failing_allocator_live(), live);
        assert_true(failing_allocator_bytes() - before <= 16 * size + 4096);
        free(bytes);
    }
    print_message("%d attacks refused\n", (int)(sizeof attacks / sizeof *attacks));
}

/* Scalings are finite, as those that can be set. (Parameters may be anything: test_model_file.) */
static void test_not_finite(void **state)
{
    const attack none = {0};
    mlp_model *model = NULL;
    int64_t size;
    (void)state;
    filling = NAN;
    void *bytes = forge(&none, &size);
    assert_int_equal(mlpi_model_load_memory(size, bytes, &model), MLP_ERR_FORMAT);
    assert_non_null(strstr(mlp_last_error(), "input_scale"));
    free(bytes);
    filling = 0;
}

/* Every beginning of a file is refused. */
static void test_truncated(void **state)
{
    const attack none = {0};
    mlp_model *model = NULL;
    int64_t size;
    unsigned char *bytes = forge(&none, &size);
    (void)state;
    for (int64_t cut = 0; cut < size; cut++) {
        void *part = malloc((size_t)cut + 1);
        memcpy(part, bytes, (size_t)cut);
        assert_int_equal(mlpi_model_load_memory(cut, part, &model), MLP_ERR_FORMAT);
        free(part);
    }
    assert_null(model);
    free(bytes);
}

/* More layers than a model may have. */
static void test_too_many_layers(void **state)
{
    enum { LAYERS = 4097 };
    char *widths = malloc(2 * LAYERS + 2);
    mlp_model *model = NULL;
    int64_t size;
    (void)state;
    for (int l = 0; l <= LAYERS; l++)
        memcpy(widths + 2 * l, "1,", 2);
    widths[2 * LAYERS + 1] = '\0';
    const attack many = {.key = "mlp.widths", .value = widths};
    void *bytes = forge(&many, &size);
    assert_int_equal(mlpi_model_load_memory(size, bytes, &model), MLP_ERR_FORMAT);
    assert_non_null(strstr(mlp_last_error(), "4098 items"));
    free(bytes);
    free(widths);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sound_file),      cmocka_unit_test(test_attacks),
        cmocka_unit_test(test_not_finite),      cmocka_unit_test(test_truncated),
        cmocka_unit_test(test_too_many_layers),
    };
    mlpi_memory_set_allocator(failing_allocate, failing_deallocate, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
