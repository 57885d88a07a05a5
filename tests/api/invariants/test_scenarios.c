/*
 * Memory may be refused at any moment. Every allocation of every scenario fails once and for ever: the call says
 * MLP_ERR_MEMORY, nothing leaks; and what was there before the call is there after it, whole and usable.
 */
#include "mlp/mlp.h"
#include "api/invariants/passes.h"
#include "api/invariants/scenarios.h"
#include "api/refusal.h"
#include "support/failing_allocator.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void test_all(void **state)
{
    (void)state;
    for (int32_t i = 0; i < scenario_count; i++) {
        const int64_t needed = failing_allocator_sweep(scenarios[i].play, NULL);
        print_message("%s: %lld allocations\n", scenarios[i].name, (long long)needed);
        assert_true(needed >= scenarios[i].least);
    }
}

/* ---- What a failed call leaves behind ---- */

/*
 * Makes the call with its first allocation failing, then its second and so on, checking after every failure, until it
 * succeeds. Returns how many allocations there were.
 */
static int64_t fail_each(mlp_status (*call)(void *), void (*check)(void *), void *subject)
{
    for (int64_t number = 0;; number++) {
        const int64_t failures = failing_allocator_failures(), live = failing_allocator_live();
        refused(mlp_activation_unregister(-1), MLP_ERR_ARGUMENT, "activation = -1:");
        failing_allocator_fail_once(number);
        const mlp_status status = call(subject);
        failing_allocator_relent();
        if (failing_allocator_failures() == failures) {
            accepted(status);
            return number;
        }
        assert_int_equal(status, MLP_ERR_MEMORY);
        assert_null(strstr(mlp_last_error(), "activation = -1:")); /* it has a message of its own */
        assert_int_equal(failing_allocator_live(), live);
        check(subject);
    }
}

/* Whatever a test works on, with what it must look like. */
typedef struct subject {
    mlp_model *model, *made;
    mlp_workspace *workspace;
    mlp_trainer *trainer;
    mlp_data *data;
    mlp_activation activation;
    uint64_t generation;
    float theta[PASSES_PARAMS];
    double loss;
    int64_t steps, bytes;
    char memory[1 << 14];
    char path[128];
} subject;

static subject *create_subject(void)
{
    subject *s = calloc(1, sizeof *s);
    assert_non_null(s);
    accepted(passes_create_model(MLP_F32, 4, &s->model));
    accepted(passes_create_workspace(s->model, &s->workspace));
    accepted(mlp_model_set_metadata(s->model, "key", "old"));
    accepted(mlp_model_get_params_f32(s->model, 0, PASSES_PARAMS, s->theta));
    s->generation = mlp_model_generation(s->model);
    return s;
}

static void destroy_subject(subject *s)
{
    mlp_trainer_destroy(s->trainer);
    mlp_data_destroy(s->data);
    mlp_workspace_destroy(s->workspace);
    mlp_model_destroy(s->made);
    mlp_model_destroy(s->model);
    free(s);
}

/* The model is as it was, evaluates and differentiates; no handle came out. */
static void check_model(void *context)
{
    subject *s = context;
    float theta[PASSES_PARAMS];
    char value[8];
    passes_results results;
    assert_true(mlp_model_generation(s->model) == s->generation);
    accepted(mlp_model_get_params_f32(s->model, 0, PASSES_PARAMS, theta));
    assert_memory_equal(theta, s->theta, sizeof theta);
    assert_int_equal(mlp_model_metadata_count(s->model), 1);
    assert_int_equal(mlp_model_metadata(s->model, "key", value, sizeof value), 4);
    assert_string_equal(value, "old");
    accepted(passes_run(s->model, s->workspace, &results));
    assert_null(s->made);
}

static mlp_model *stale_handle(void)
{
    return (mlp_model *)(uintptr_t)64;
}

/* ---- Models ---- */

static mlp_status replace_value(void *context)
{
    return mlp_model_set_metadata(((subject *)context)->model, "key", "new");
}

static mlp_status add_key(void *context)
{
    return mlp_model_set_metadata(((subject *)context)->model, "other", "new");
}

static mlp_status initialize(void *context)
{
    return mlp_model_initialize(((subject *)context)->model, MLP_INIT_ORTHOGONAL, 1);
}

static mlp_status clone_model(void *context)
{
    subject *s = context;
    s->made = stale_handle();
    return mlp_model_clone(s->model, &s->made);
}

static mlp_status fit_output(void *context)
{
    static const float x[PASSES_IN * 12] = {1, 2, 3, 4, 5, 6, 7, 8}, t[PASSES_OUT * 12] = {1, 2};
    subject *s = context;
    return mlp_model_fit_output_f32(s->model, s->workspace, 12, x, PASSES_IN, t, PASSES_OUT, NULL);
}

static void test_models(void **state)
{
    static mlp_status (*const calls[])(void *) = {replace_value, add_key, initialize, clone_model,
                                                  fit_output};
    (void)state;
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        subject *s = create_subject();
        assert_true(fail_each(calls[i], check_model, s) >= 1);
        destroy_subject(s);
    }
}

/* ---- Files ---- */

static mlp_status save_file(void *context)
{
    subject *s = context;
    return mlp_model_save(s->made ? s->made : s->model, s->path);
}

static mlp_status load_file(void *context)
{
    subject *s = context;
    s->made = stale_handle();
    return mlp_model_load(s->path, &s->made);
}

static mlp_status load_memory(void *context)
{
    subject *s = context;
    s->made = stale_handle();
    return mlp_model_load_memory(s->bytes, s->memory, &s->made);
}

/* The old file is whole and alone in its directory. */
static void check_file(void *context)
{
    subject *s = context;
    char bytes[sizeof s->memory];
    FILE *file = fopen(s->path, "rb");
    assert_non_null(file);
    assert_int_equal(fread(bytes, 1, sizeof bytes, file), s->bytes);
    fclose(file);
    assert_memory_equal(bytes, s->memory, (size_t)s->bytes);
    char *slash = strrchr(s->path, '/');
    int entries = 0;
    *slash = '\0';
    DIR *directory = opendir(s->path);
    *slash = '/';
    assert_non_null(directory);
    while (readdir(directory))
        entries++;
    closedir(directory);
    assert_int_equal(entries, 3); /* itself, its parent, the file */
}

static void test_files(void **state)
{
    char directory[] = "test_scenarios.XXXXXX";
    subject *s = create_subject();
    (void)state;
    assert_non_null(mkdtemp(directory));
    snprintf(s->path, sizeof s->path, "%s/model.safetensors", directory);
    accepted(save_file(s));
    accepted(mlp_model_save_size(s->model, &s->bytes));
    accepted(mlp_model_save_memory(s->model, sizeof s->memory, s->memory));
    assert_true(fail_each(load_file, check_model, s) >= 3);
    mlp_model_destroy(s->made);
    s->made = NULL;
    assert_true(fail_each(load_memory, check_model, s) >= 3);
    accepted(mlp_model_initialize(s->made, MLP_INIT_ZEROS, 0)); /* another model over the old file */
    assert_true(fail_each(save_file, check_file, s) >= 3);
    assert_int_equal(remove(s->path), 0);
    assert_int_equal(rmdir(directory), 0);
    destroy_subject(s);
}

/* ---- Data sets and trainers ---- */

static const float some_x[PASSES_IN * 8] = {1, 2, 3, 4, -5, 6, -7}, some_t[PASSES_OUT * 8] = {1, -1, 1};

/* A data set, and a trainer that goes nowhere: its rate is 0. */
static subject *create_training(void)
{
    static const float weights[8] = {1, 2, 3, 4, 5, 6, 7, 8};
    subject *s = create_subject();
    accepted(mlp_data_create(MLP_F32, 8, &s->data));
    accepted(mlp_data_set_inputs_f32(s->data, PASSES_IN, some_x, PASSES_IN));
    accepted(mlp_data_set_targets_f32(s->data, PASSES_OUT, some_t, PASSES_OUT));
    accepted(mlp_data_set_weights_f32(s->data, weights));
    accepted(mlp_trainer_create(s->model, &s->trainer));
    accepted(mlp_trainer_set_real(s->trainer, MLP_TRAINER_LEARNING_RATE, 0));
    accepted(mlp_trainer_prepare(s->trainer, 4, 1));
    accepted(mlp_trainer_evaluate(s->trainer, s->data, &s->loss, NULL));
    return s;
}

/* Data and trainer are as they were, and steps go on, of batches up to the old maximum. */
static void check_training(void *context)
{
    subject *s = context;
    double loss = 0;
    assert_int_equal(mlp_trainer_step_count(s->trainer), s->steps);
    assert_int_equal(mlp_data_target_width(s->data), PASSES_OUT);
    assert_int_equal(mlp_data_classes(s->data), 0);
    accepted(mlp_trainer_evaluate(s->trainer, s->data, &loss, NULL));
    assert_true(loss == s->loss);
    accepted(mlp_trainer_step_f32(s->trainer, 4, some_x, PASSES_IN, some_t, PASSES_OUT, NULL, NULL));
    refused(mlp_trainer_step_f32(s->trainer, 5, some_x, PASSES_IN, some_t, PASSES_OUT, NULL, NULL),
            MLP_ERR_SIZE, "batch = 5");
    s->steps++;
}

static mlp_status set_inputs(void *context)
{
    return mlp_data_set_inputs_f32(((subject *)context)->data, 1, some_t, 1);
}

static mlp_status set_targets(void *context)
{
    return mlp_data_set_targets_f32(((subject *)context)->data, 1, some_t, 1);
}

static mlp_status set_labels(void *context)
{
    static const int32_t labels[8] = {0, 1};
    return mlp_data_set_labels(((subject *)context)->data, 2, labels);
}

static mlp_status set_weights(void *context)
{
    return mlp_data_set_weights_f32(((subject *)context)->data, (const float[8]){1});
}

static mlp_status prepare_more(void *context)
{
    return mlp_trainer_prepare(((subject *)context)->trainer, 6, 1);
}

static mlp_status run_epoch(void *context)
{
    subject *s = context;
    return mlp_trainer_epoch(s->trainer, s->data, NULL);
}

static void test_training(void **state)
{
    static mlp_status (*const calls[])(void *) = {set_inputs,  set_targets,  set_labels,
                                                  set_weights, prepare_more, run_epoch};
    (void)state;
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        subject *s = create_training();
        assert_true(fail_each(calls[i], check_training, s) >= 1);
        destroy_subject(s);
    }
}

static mlp_status prepare_first(void *context)
{
    return mlp_trainer_prepare(((subject *)context)->trainer, 4, 1);
}

/* Still unprepared: structural options may be set, steps are refused. */
static void check_unprepared(void *context)
{
    subject *s = context;
    accepted(mlp_trainer_set_int(s->trainer, MLP_TRAINER_OPTIMIZER, MLP_ADAM));
    refused(mlp_trainer_step_f32(s->trainer, 1, some_x, PASSES_IN, some_t, PASSES_OUT, NULL, NULL),
            MLP_ERR_STATE, "trainer");
}

static void test_first_preparation(void **state)
{
    subject *s = create_subject();
    (void)state;
    accepted(mlp_trainer_create(s->model, &s->trainer));
    accepted(mlp_trainer_set_int(s->trainer, MLP_TRAINER_OPTIMIZER, MLP_ADAM));
    assert_true(fail_each(prepare_first, check_unprepared, s) >= 5);
    accepted(mlp_trainer_step_f32(s->trainer, 4, some_x, PASSES_IN, some_t, PASSES_OUT, NULL, NULL));
    destroy_subject(s);
}

/* ---- The registry ---- */

static int32_t halve(int32_t order, int64_t n, const double *z, double *out, void *context)
{
    (void)context;
    for (int64_t i = 0; i < n; i++)
        out[i] = order ? 0.5 : z[i] / 2;
    return 0;
}

static void count_release(void *context)
{
    ((subject *)context)->steps++;
}

static mlp_status register_activation(void *context)
{
    subject *s = context;
    s->activation = 77;
    return mlp_activation_register("halve", 1, halve, s, count_release, &s->activation);
}

/* No id, no name, no release. */
static void check_unregistered(void *context)
{
    subject *s = context;
    assert_int_equal(s->activation, 0);
    assert_int_equal(mlp_activation_from_name("halve"), 0);
    assert_int_equal(s->steps, 0);
}

static mlp_status evaluate_activation(void *context)
{
    subject *s = context;
    return mlp_activation_evaluate_f32(s->activation, 0, 0, PASSES_PARAMS, s->theta, s->theta);
}

static void test_registry(void **state)
{
    subject *s = create_subject();
    (void)state;
    assert_int_equal(fail_each(register_activation, check_unregistered, s), 1);
    assert_int_equal(fail_each(evaluate_activation, check_model, s), 1);
    accepted(mlp_activation_unregister(s->activation));
    assert_int_equal(s->steps, 1);
    destroy_subject(s);
}

/* Nothing is left when all is done. */
static void test_nothing_left(void **state)
{
    (void)state;
    assert_int_equal(failing_allocator_live(), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all),          cmocka_unit_test(test_models),
        cmocka_unit_test(test_files),        cmocka_unit_test(test_training),
        cmocka_unit_test(test_registry),     cmocka_unit_test(test_first_preparation),
        cmocka_unit_test(test_nothing_left),
    };
    if (mlp_set_allocator(failing_allocate, failing_deallocate, NULL) != MLP_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
