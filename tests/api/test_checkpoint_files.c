/* What a checkpoint sets and lets be set, its file and the model in it, and memory that is not there. */
#include "api/checkpoint_subject.h"
#include "support/failing_allocator.h"

#include <stdio.h>
#include <unistd.h>

/* ---- Options ---- */

static void test_options(void **state)
{
    mlp_trainer *source = create(&(variant){.max_batch = 3}),
                *early = create(&(variant){.unprepared = 1, .optimizer = MLP_SGD}),
                *late = create(&(variant){0});
    static bytes file;
    int64_t whole = 0;
    double real = 0;
    (void)state;
    accepted(mlp_trainer_set_real(source, MLP_TRAINER_LEARNING_RATE, 1 / 3.0));
    accepted(mlp_trainer_set_int(source, MLP_TRAINER_SEED, 9007199254740991));
    save(source, &file);
    accepted(mlp_trainer_restore_memory(early, file.size, file.data));
    accepted(mlp_trainer_restore_memory(late, file.size, file.data));
    for (int i = 0; i < 2; i++) {
        mlp_trainer *trainer = i ? late : early;
        accepted(mlp_trainer_get_real(trainer, MLP_TRAINER_LEARNING_RATE, &real));
        assert_true(real == 1 / 3.0);
        accepted(mlp_trainer_get_int(trainer, MLP_TRAINER_SEED, &whole));
        assert_int_equal(whole, 9007199254740991);
        accepted(mlp_trainer_get_int(trainer, MLP_TRAINER_BATCH, &whole));
        assert_int_equal(whole, 3);
        accepted(mlp_trainer_get_int(trainer, MLP_TRAINER_OPTIMIZER, &whole));
        assert_int_equal(whole, MLP_ADAM);
        refused(mlp_trainer_set_int(trainer, MLP_TRAINER_OPTIMIZER, MLP_ADAM), MLP_ERR_STATE,
                i ? "is fixed by mlp_trainer_prepare" : "is fixed by mlp_trainer_restore");
        accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_SEED, 4));
    }
    accepted(mlp_trainer_set_int(early, MLP_TRAINER_ENGINE, MLP_ENGINE_NATIVE));
    refused(mlp_trainer_prepare(early, 2, 1), MLP_ERR_ARGUMENT, "max_batch = 2");
    accepted(mlp_trainer_restore_memory(early, file.size, file.data)); /* again */
    accepted(mlp_trainer_prepare(early, 3, 1));
    refused(mlp_trainer_set_int(early, MLP_TRAINER_ENGINE, MLP_ENGINE_NATIVE), MLP_ERR_STATE, "option = 12");
    mlp_trainer_destroy(source);
    mlp_trainer_destroy(early);
    mlp_trainer_destroy(late);
}

/* ---- Files ---- */

static const char *temporary(void)
{
    static char path[64];
    snprintf(path, sizeof path, "test_checkpoint_%ld.safetensors", (long)getpid());
    return path;
}

/* The file has the bytes of the memory, and its model is the trainer's. */
static void test_file(void **state)
{
    mlp_trainer *trainer = create(&(variant){0}), *back = create(&(variant){.unprepared = 1});
    mlp_model *model = NULL, *expected = create_model(&(variant){0});
    static bytes memory, again;
    float a[32], b[32];
    (void)state;
    train(trainer);
    save(trainer, &memory);
    accepted(mlp_trainer_save(trainer, temporary()));
    FILE *file = fopen(temporary(), "rb");
    assert_non_null(file);
    again.size = (int64_t)fread(again.data, 1, CAPACITY, file);
    fclose(file);
    check_same(&memory, &again);
    accepted(mlp_trainer_restore(back, temporary()));
    save(back, &again);
    check_same(&memory, &again);
    accepted(mlp_model_load(temporary(), &model));
    accepted(mlp_trainer_get_model(trainer, expected));
    accepted(mlp_model_get_params_f32(model, 0, 32, a));
    accepted(mlp_model_get_params_f32(expected, 0, 32, b));
    assert_memory_equal(a, b, sizeof a);
    assert_int_equal(mlp_model_metadata_count(model), 0);
    assert_int_equal(remove(temporary()), 0);
    mlp_trainer_destroy(trainer);
    mlp_trainer_destroy(back);
    mlp_model_destroy(model);
    mlp_model_destroy(expected);
}

/* What a trainer knew of its parameters before is forgotten: weights that make a step overflow are found out. */
static void test_used_trainer(void **state)
{
    const float x[N_IN] = {1, 1, 1}, t[N_OUT] = {0};
    mlp_trainer *trainer = create(&(variant){.optimizer = MLP_SGD}), *huge = NULL;
    mlp_model *model = create_model(&(variant){0});
    float theta[32];
    static bytes file, before, after;
    (void)state;
    for (int i = 0; i < 32; i++)
        theta[i] = i < 5 * (N_IN + 1) ? 0.5f : 1e20f; /* finite outputs, and A_2^T (y - t) that is not */
    accepted(mlp_model_set_params_f32(model, 0, 32, theta));
    accepted(mlp_trainer_create(model, &huge));
    accepted(mlp_trainer_prepare(huge, BATCH, 1));
    save(huge, &file);
    for (int step = 0; step < 5; step++)
        train(trainer);
    accepted(mlp_trainer_restore_memory(trainer, file.size, file.data));
    save(trainer, &before);
    check_same(&file, &before);
    refused(mlp_trainer_step_f32(trainer, 1, x, N_IN, t, N_OUT, NULL, NULL), MLP_ERR_NUMERIC,
            "step 1 was not taken");
    save(trainer, &after);
    check_same(&before, &after);
    mlp_trainer_destroy(trainer);
    mlp_trainer_destroy(huge);
    mlp_model_destroy(model);
}

/* ---- Memory ---- */

/* Restoring with every allocation failing in turn changes nothing. */
static void test_nothing_changes(void **state)
{
    mlp_trainer *source = create(&(variant){0});
    static bytes file, before, after;
    int64_t failed = 0;
    (void)state;
    train(source);
    save(source, &file);
    for (int unprepared = 0; unprepared < 2; unprepared++) {
        mlp_status status = MLP_ERR_MEMORY;
        mlp_trainer *trainer = create(&(variant){.unprepared = unprepared});
        if (!unprepared)
            save(trainer, &before);
        for (int64_t n = 0; status == MLP_ERR_MEMORY; n++) {
            failing_allocator_fail_once(n);
            status = mlp_trainer_restore_memory(trainer, file.size, file.data);
            failing_allocator_relent();
            failed += status == MLP_ERR_MEMORY;
            if (status == MLP_ERR_MEMORY && !unprepared) {
                save(trainer, &after);
                check_same(&before, &after);
            }
        }
        accepted(status);
        save(trainer, &after);
        check_same(&file, &after);
        mlp_trainer_destroy(trainer);
    }
    assert_true(failed > 10);
    mlp_trainer_destroy(source);
}

typedef struct scene {
    const mlp_model *model;
    mlp_loss loss;
} scene;

static mlp_status play(void *context)
{
    const scene *s = context;
    mlp_trainer *trainer = NULL, *back = NULL;
    static bytes file;
    mlp_status status = mlp_trainer_create(s->model, &trainer);
    if (status == MLP_OK)
        status = mlp_trainer_set_int(trainer, MLP_TRAINER_OPTIMIZER, MLP_ADAM);
    if (status == MLP_OK)
        status = mlp_trainer_set_int(trainer, MLP_TRAINER_LOSS, s->loss);
    if (status == MLP_OK)
        status = mlp_trainer_prepare(trainer, BATCH, 1);
    if (status == MLP_OK)
        status = mlp_trainer_save_size(trainer, &file.size);
    if (status == MLP_OK)
        status = mlp_trainer_save_memory(trainer, CAPACITY, file.data);
    if (status == MLP_OK)
        status = mlp_trainer_save(trainer, temporary());
    if (status == MLP_OK)
        status = mlp_trainer_create(s->model, &back);
    if (status == MLP_OK)
        status = mlp_trainer_restore_memory(back, file.size, file.data);
    if (status == MLP_OK)
        status = mlp_trainer_restore(back, temporary());
    if (status == MLP_OK)
        status = mlp_trainer_prepare(back, BATCH, 1);
    mlp_trainer_destroy(trainer);
    mlp_trainer_destroy(back);
    remove(temporary());
    return status;
}

static void test_no_memory(void **state)
{
    mlp_model *model = create_model(&(variant){0});
    scene s = {.model = model};
    (void)state;
    accepted(mlp_loss_configure(MLP_HUBER, 0.5, &s.loss));
    print_message("%lld allocations failed in turn\n", (long long)failing_allocator_sweep(play, &s));
    accepted(mlp_loss_unregister(s.loss));
    mlp_model_destroy(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_options),      cmocka_unit_test(test_file),
        cmocka_unit_test(test_used_trainer), cmocka_unit_test(test_nothing_changes),
        cmocka_unit_test(test_no_memory),
    };
    if (mlp_set_allocator(failing_allocate, failing_deallocate, NULL) != MLP_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
