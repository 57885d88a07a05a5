/* Checkpoints that do not fit, are not whole or are none: refused as documented, and the trainer is as it was. */
#include "api/checkpoint_subject.h"

/* ---- Trainers that are others ---- */

static void test_other_trainers(void **state)
{
    static const int64_t wide[] = {N_IN, 6, N_OUT}, deep[] = {N_IN, 5, N_OUT, 2};
    static const struct {
        variant saved, restored;
        mlp_status status;
        const char *word;
    } cases[] = {
        {{0}, {.dtype = MLP_F64}, MLP_ERR_DTYPE, "checkpoint is f32: the trainer's model is f64"},
        {{0},
         {.widths = wide},
         MLP_ERR_ARGUMENT,
         "checkpoint: width 1 is 5: that of the trainer's model is 6"},
        {{0},
         {.widths = deep, .layers = 3},
         MLP_ERR_ARGUMENT,
         "checkpoint: has 2 layers: the trainer's model has 3"},
        {{0},
         {.activation = MLP_TANH},
         MLP_ERR_ARGUMENT,
         "activation of layer 1 is leaky_relu: the trainer's is tanh"},
        {{0},
         {.slope = 0.25},
         MLP_ERR_ARGUMENT,
         "parameter of the activation of layer 1 is 0.01: the trainer's is 0.25"},
        {{0}, {.dtype = MLP_F64, .unprepared = 1}, MLP_ERR_DTYPE, "checkpoint is f32"},
        {{0}, {.widths = wide, .unprepared = 1}, MLP_ERR_ARGUMENT, "checkpoint: width 1"},
        {{0},
         {.optimizer = MLP_SGD},
         MLP_ERR_STATE,
         "checkpoint: its optimizer is adam: the trainer's is sgd"},
        {{0},
         {.loss = MLP_LOG_COSH},
         MLP_ERR_STATE,
         "checkpoint: its loss is squared_error: the trainer's is log_cosh"},
        {{.optimizer = MLP_SGD, .momentum = 0.9},
         {.optimizer = MLP_SGD},
         MLP_ERR_STATE,
         "checkpoint: its momentum is 0.9: the trainer's is 0"},
        {{.optimizer = MLP_SGD, .momentum = 0.9},
         {.optimizer = MLP_SGD, .momentum = 0.8},
         MLP_ERR_STATE,
         "its momentum is 0.9"},
        {{.nesterov = 1}, {0}, MLP_ERR_STATE, "checkpoint: its nesterov is 1: the trainer's is 0"},
        {{0},
         {.max_batch = 3},
         MLP_ERR_STATE,
         "checkpoint: its batch is 4: the trainer is prepared for at most 3"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        mlp_trainer *source = create(&cases[i].saved), *trainer = create(&cases[i].restored);
        static bytes file, before, after;
        train(source);
        save(source, &file);
        if (!cases[i].restored.unprepared)
            save(trainer, &before);
        refused(mlp_trainer_restore_memory(trainer, file.size, file.data), cases[i].status, cases[i].word);
        assert_string_equal(mlp_trainer_last_error(trainer), mlp_last_error());
        if (cases[i].restored.unprepared) {
            refused(mlp_trainer_save_size(trainer, &after.size), MLP_ERR_STATE, "trainer: is neither");
            accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_OPTIMIZER, MLP_RMSPROP));
        } else {
            save(trainer, &after);
            check_same(&before, &after);
        }
        mlp_trainer_destroy(source);
        mlp_trainer_destroy(trainer);
    }
}

static void test_other_loss_parameter(void **state)
{
    mlp_loss quarter, half;
    static bytes file;
    (void)state;
    accepted(mlp_loss_configure(MLP_HUBER, 0.25, &quarter));
    accepted(mlp_loss_configure(MLP_HUBER, 0.5, &half));
    mlp_trainer *source = create(&(variant){.loss = quarter}), *same = create(&(variant){.loss = quarter}),
                *other = create(&(variant){.loss = half}), *plain = create(&(variant){.loss = MLP_HUBER});
    save(source, &file);
    accepted(mlp_trainer_restore_memory(same, file.size, file.data));
    refused(mlp_trainer_restore_memory(other, file.size, file.data), MLP_ERR_STATE,
            "is 0.25: the trainer's is 0.5");
    refused(mlp_trainer_restore_memory(plain, file.size, file.data), MLP_ERR_STATE,
            "is 0.25: the trainer's is 1");
    mlp_trainer_destroy(source);
    mlp_trainer_destroy(same);
    mlp_trainer_destroy(other);
    mlp_trainer_destroy(plain);
    accepted(mlp_loss_unregister(quarter));
    accepted(mlp_loss_unregister(half));
}

static int32_t flat(int32_t order, int64_t n, const double *y, const double *t, int32_t label,
                    const double *v, double *value, double *out, void *context)
{
    (void)order, (void)y, (void)t, (void)label, (void)v, (void)context;
    if (value)
        *value = 0;
    for (int64_t p = 0; out && p < n; p++)
        out[p] = 0;
    return 0;
}

/* A loss of the user's own must be there under its name, and serves a trainer that is restored before it is prepared. */
static void test_own_loss_missing(void **state)
{
    mlp_loss own;
    static bytes file;
    (void)state;
    accepted(mlp_loss_register("flat", 1, flat, NULL, NULL, &own));
    mlp_trainer *source = create(&(variant){.loss = own}), *trainer = create(&(variant){.unprepared = 1});
    save(source, &file);
    accepted(mlp_loss_unregister(own));
    refused(mlp_trainer_restore_memory(trainer, file.size, file.data), MLP_ERR_UNSUPPORTED,
            "'flat': neither built in");
    accepted(mlp_loss_register("flat", 1, flat, NULL, NULL, &own));
    accepted(mlp_trainer_restore_memory(trainer, file.size, file.data));
    accepted(mlp_loss_unregister(own));
    accepted(mlp_trainer_prepare(trainer, BATCH, 1));
    train(trainer);
    mlp_trainer_destroy(source);
    mlp_trainer_destroy(trainer);
}

/* ---- Files that are broken ---- */

/* Replaces the first occurrence of a text in the file by another of its length. */
static void replace(bytes *file, const char *from, const char *to)
{
    const size_t length = strlen(from);
    assert_int_equal(strlen(to), length);
    for (int64_t i = 0; i + (int64_t)length <= file->size; i++)
        if (memcmp(file->data + i, from, length) == 0) {
            memcpy(file->data + i, to, length);
            return;
        }
    fail_msg("no '%s' in the file", from);
}

static void test_broken_files(void **state)
{
    static const struct {
        const char *from, *to;
        mlp_status status;
        const char *word;
    } cases[] = {
        {"mlp.trainer.format\":\"1", "mlp.trainer.format\":\"2", MLP_ERR_UNSUPPORTED,
         "mlp.trainer.format = '2'"},
        {"mlp.trainer.format", "the.trainer.format", MLP_ERR_FORMAT, "is missing: not a checkpoint"},
        {"mlp.format\":\"1", "mlp.format\":\"2", MLP_ERR_UNSUPPORTED, "mlp.format = '2'"},
        {"\"adam\"", "\"adas\"", MLP_ERR_UNSUPPORTED, "mlp.trainer.option.optimizer = 'adas'"},
        {"\"adam\"", "\"nada\"", MLP_ERR_UNSUPPORTED, "'nada'"},
        {"\"adam\"", "\"sgd\" ", MLP_ERR_STATE, "its optimizer is sgd"},
        {"\"huber\"", "\"huver\"", MLP_ERR_STATE, "its loss is huver: the trainer's is huber"},
        {"loss_parameter\":\"0.5", "loss_parameter\":\"0x5", MLP_ERR_FORMAT, "loss_parameter = '0x5'"},
        {"loss_parameter\":\"0.5", "loss_parameter\":\"inf", MLP_ERR_FORMAT, "loss_parameter = 'inf'"},
        {"mlp.trainer.loss_parameter", "mlx.trainer.loss_parameter", MLP_ERR_FORMAT,
         "loss_parameter is missing"},
        {"option.shuffle\":\"1", "option.shuffle\":\"2", MLP_ERR_FORMAT,
         "option.shuffle = '2': must be within"},
        {"option.shuffle\":\"1", "option.shuffle\":\"x", MLP_ERR_FORMAT,
         "option.shuffle = 'x': must be a number"},
        {"option.epochs\":\"10", "option.epochs\":\".1", MLP_ERR_FORMAT, "option.epochs"},
        {"option.beta1\":\"0.9", "option.beta1\":\"nan", MLP_ERR_FORMAT, "option.beta1 = 'nan'"},
        {"mlp.trainer.option.rho", "mlp.trainer.option.rhx", MLP_ERR_UNSUPPORTED, "'mlp.trainer.option.rhx'"},
        {"mlp.trainer.steps", "mlp.trainer.stepz", MLP_ERR_UNSUPPORTED, "'mlp.trainer.stepz'"},
        {"mlp.trainer.steps", "mlx.trainer.steps", MLP_ERR_FORMAT, "mlp.trainer.steps is missing"},
        {"mlp.trainer.steps\":\"10", "mlp.trainer.steps\":\"-1", MLP_ERR_FORMAT, "mlp.trainer.steps = '-1'"},
        {"mlp.trainer.steps\":\"10", "mlp.trainer.steps\":\"1x", MLP_ERR_FORMAT, "mlp.trainer.steps = '1x'"},
        {"mlp.trainer.steps\":\"10", "mlp.trainer.steps\":\".5", MLP_ERR_FORMAT, "mlp.trainer.steps = '.5'"},
        {"position.seen\":\"0", "position.seen\":\"1", MLP_ERR_FORMAT, "seen more samples"},
        {"trainer.state.0.layers.0.bias", "trainer.state.0.layers.0.bios", MLP_ERR_FORMAT,
         "'trainer.state.0.layers.0.bias' is missing"},
        {"trainer.state.1.layers.1.weight", "trainer.state.2.layers.1.weight", MLP_ERR_FORMAT, "is missing"},
        {"\"layers.1.bias", "\"layers.2.bias", MLP_ERR_FORMAT, "'layers.1.bias' is missing"},
        {"\"mlp.widths\":\"3,5,2", "\"mlp.widths\":\"3,4,2", MLP_ERR_FORMAT, "layers.0.weight"},
    };
    mlp_loss half;
    (void)state;
    accepted(mlp_loss_configure(MLP_HUBER, 0.5, &half));
    mlp_trainer *trainer = create(&(variant){.loss = half});
    static bytes whole, file, after;
    for (int step = 0; step < 10; step++)
        train(trainer);
    save(trainer, &whole);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        file = whole;
        replace(&file, cases[i].from, cases[i].to);
        refused(mlp_trainer_restore_memory(trainer, file.size, file.data), cases[i].status, cases[i].word);
        save(trainer, &after);
        check_same(&whole, &after);
    }
    for (int64_t size = 0; size < whole.size; size++)
        refused(mlp_trainer_restore_memory(trainer, size, whole.data), MLP_ERR_FORMAT, "safetensors");
    accepted(mlp_trainer_restore_memory(trainer, whole.size, whole.data));
    mlp_trainer_destroy(trainer);
    accepted(mlp_loss_unregister(half));
}

/* A tensor nobody asked for, and a model without a trainer. */
static void test_not_a_checkpoint(void **state)
{
    mlp_model *model = create_model(&(variant){0});
    mlp_trainer *trainer = create(&(variant){0});
    static char bytes_of_model[CAPACITY];
    static bytes file;
    int64_t size = 0;
    (void)state;
    accepted(mlp_model_save_size(model, &size));
    accepted(mlp_model_save_memory(model, size, bytes_of_model));
    refused(mlp_trainer_restore_memory(trainer, size, bytes_of_model), MLP_ERR_FORMAT,
            "mlp.trainer.format is missing: not a checkpoint");
    mlp_trainer *sgd = create(&(variant){.optimizer = MLP_RMSPROP});
    save(sgd, &file);
    replace(&file, "\"rmsprop\"", "\"sgd\"    ");
    mlp_trainer *unprepared = create(&(variant){.unprepared = 1});
    refused(mlp_trainer_restore_memory(unprepared, file.size, file.data), MLP_ERR_FORMAT,
            "is none of a trainer with sgd");
    mlp_model_destroy(model);
    mlp_trainer_destroy(trainer);
    mlp_trainer_destroy(sgd);
    mlp_trainer_destroy(unprepared);
}

/* ---- Calls ---- */

static int32_t meddle(int32_t event, int64_t epoch, int64_t step, int64_t samples, double loss, void *context)
{
    mlp_trainer *trainer = context;
    int64_t size = 0;
    (void)event, (void)epoch, (void)step, (void)samples, (void)loss;
    accepted(mlp_trainer_save_size(trainer, &size));
    refused(mlp_trainer_restore(trainer, "x"), MLP_ERR_STATE, "trainer: is at work");
    refused(mlp_trainer_restore_memory(trainer, 1, "x"), MLP_ERR_STATE, "trainer: is at work");
    return 1;
}

static void test_bad_calls(void **state)
{
    mlp_trainer *trainer = create(&(variant){0}), *unprepared = create(&(variant){.unprepared = 1});
    mlp_data *data = NULL;
    static const float x[N_IN] = {1}, t[N_OUT] = {0};
    char byte = 7;
    int64_t size = 77;
    (void)state;
    refused(mlp_trainer_save(NULL, "x"), MLP_ERR_ARGUMENT, "trainer = NULL");
    refused(mlp_trainer_save(trainer, NULL), MLP_ERR_ARGUMENT, "path = NULL");
    refused(mlp_trainer_save(trainer, ""), MLP_ERR_ARGUMENT, "path = \"\"");
    refused(mlp_trainer_save(trainer, "/nowhere/at/all"), MLP_ERR_IO, "/nowhere/at/all");
    refused(mlp_trainer_save(unprepared, "x"), MLP_ERR_STATE, "trainer: is neither prepared nor restored");
    refused(mlp_trainer_save_size(NULL, &size), MLP_ERR_ARGUMENT, "trainer = NULL");
    refused(mlp_trainer_save_size(trainer, NULL), MLP_ERR_ARGUMENT, "bytes = NULL");
    refused(mlp_trainer_save_size(unprepared, &size), MLP_ERR_STATE, "trainer: is neither");
    assert_int_equal(size, 77);
    accepted(mlp_trainer_save_size(trainer, &size));
    refused(mlp_trainer_save_memory(NULL, size, &byte), MLP_ERR_ARGUMENT, "trainer = NULL");
    refused(mlp_trainer_save_memory(trainer, -1, &byte), MLP_ERR_SIZE, "size = -1");
    refused(mlp_trainer_save_memory(trainer, 1, &byte), MLP_ERR_SIZE, "size = 1: must be at least");
    refused(mlp_trainer_save_memory(trainer, size, NULL), MLP_ERR_ARGUMENT, "buffer = NULL");
    refused(mlp_trainer_save_memory(unprepared, size, &byte), MLP_ERR_STATE, "trainer: is neither");
    assert_int_equal(byte, 7);
    refused(mlp_trainer_restore(NULL, "x"), MLP_ERR_ARGUMENT, "trainer = NULL");
    refused(mlp_trainer_restore(trainer, NULL), MLP_ERR_ARGUMENT, "path = NULL");
    refused(mlp_trainer_restore(trainer, ""), MLP_ERR_ARGUMENT, "path = \"\"");
    refused(mlp_trainer_restore(trainer, "/nowhere/at/all"), MLP_ERR_IO, "/nowhere/at/all");
    refused(mlp_trainer_restore_memory(NULL, 1, &byte), MLP_ERR_ARGUMENT, "trainer = NULL");
    refused(mlp_trainer_restore_memory(trainer, -1, &byte), MLP_ERR_SIZE, "size = -1");
    refused(mlp_trainer_restore_memory(trainer, 1, NULL), MLP_ERR_ARGUMENT, "buffer = NULL");
    refused(mlp_trainer_restore_memory(trainer, 0, &byte), MLP_ERR_FORMAT, "safetensors");
    accepted(mlp_data_create(MLP_F32, 1, &data));
    accepted(mlp_data_set_inputs_f32(data, N_IN, x, N_IN));
    accepted(mlp_data_set_targets_f32(data, N_OUT, t, N_OUT));
    accepted(mlp_trainer_set_callback(trainer, meddle, trainer, NULL));
    assert_int_equal(mlp_trainer_epoch(trainer, data, NULL), MLP_STOPPED);
    mlp_data_destroy(data);
    mlp_trainer_destroy(trainer);
    mlp_trainer_destroy(unprepared);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_other_trainers),   cmocka_unit_test(test_other_loss_parameter),
        cmocka_unit_test(test_own_loss_missing), cmocka_unit_test(test_broken_files),
        cmocka_unit_test(test_not_a_checkpoint), cmocka_unit_test(test_bad_calls),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
