/*
 * The promises about threads: const calls on one model run at the same time and give the bits of one thread alone; a
 * model in service is replaced by a trained one without disturbing whoever still evaluates it; a trainer is cancelled
 * from another thread; messages belong to the thread; names are registered from anywhere.
 *
 * Threads collect what they see, and only the main thread asserts.
 */
#include "mlp/mlp.h"
#include "api/invariants/passes.h"
#include "api/refusal.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { MOST = 8, ROUNDS = 100, EVALUATIONS = 2000, GENERATIONS = 24 };

/* Runs `count` threads over consecutive elements of `jobs`, which are `size` bytes each, and waits for them. */
static void run_threads(int count, void *(*body)(void *), void *jobs, size_t size)
{
    pthread_t threads[MOST];
    for (int k = 0; k < count; k++)
        assert_int_equal(pthread_create(&threads[k], NULL, body, (char *)jobs + (size_t)k * size), 0);
    for (int k = 0; k < count; k++)
        assert_int_equal(pthread_join(threads[k], NULL), 0);
}

/* ---- One model, many workspaces ---- */

typedef struct evaluation {
    const mlp_model *model;
    int32_t point;           /* every thread has its own, so that nothing shared goes unseen */
    passes_results expected; /* there */
    pthread_barrier_t *start;
    int64_t failures, differences;
} evaluation;

static void *evaluate(void *context)
{
    evaluation *job = context;
    mlp_workspace *workspace = NULL;
    job->failures += passes_create_workspace(job->model, &workspace) != MLP_OK;
    pthread_barrier_wait(job->start);
    for (int round = 0; round < EVALUATIONS && !job->failures; round++) {
        passes_results results;
        memset(&results, 0, sizeof results);
        job->failures += passes_run_at(job->point, job->model, workspace, &results) != MLP_OK;
        job->differences += memcmp(&results, &job->expected, sizeof results) != 0;
    }
    mlp_workspace_destroy(workspace);
    return NULL;
}

static void check_shared_model(mlp_dtype dtype, int count)
{
    static evaluation jobs[MOST];
    pthread_barrier_t start;
    mlp_model *model = NULL;
    mlp_workspace *workspace = NULL;
    memset(jobs, 0, sizeof jobs);
    accepted(passes_create_model(dtype, 1, &model));
    accepted(passes_create_workspace(model, &workspace));
    assert_int_equal(pthread_barrier_init(&start, NULL, (unsigned)count), 0);
    for (int k = 0; k < count; k++) {
        jobs[k].model = model;
        jobs[k].point = k;
        jobs[k].start = &start;
        accepted(passes_run_at(k, model, workspace, &jobs[k].expected));
    }
    run_threads(count, evaluate, jobs, sizeof *jobs);
    for (int k = 0; k < count; k++) {
        assert_int_equal(jobs[k].failures, 0);
        assert_int_equal(jobs[k].differences, 0);
    }
    pthread_barrier_destroy(&start);
    mlp_workspace_destroy(workspace);
    mlp_model_destroy(model);
}

static void test_shared_model(void **state)
{
    (void)state;
    for (int count = 2; count <= MOST; count += MOST - 2) {
        check_shared_model(MLP_F32, count);
        check_shared_model(MLP_F64, count);
    }
}

/* ---- A model replaced while it is evaluated ---- */

typedef struct service {
    _Atomic(const mlp_model *) current;
    atomic_int ended;
    mlp_model *published[GENERATIONS]; /* all kept to the end: a reader may still be at work on any of them */
    int count;
    mlp_status status;
} service;

/* What a reader saw: one result per generation, and whether a later one of the same generation differed. */
typedef struct reader {
    service *from;
    int32_t point;
    int64_t seen, failures, differences;
    uint64_t generations[GENERATIONS];
    passes_results results[GENERATIONS];
} reader;

static int find_generation(reader *job, uint64_t generation)
{
    for (int k = 0; k < job->seen; k++)
        if (job->generations[k] == generation)
            return k;
    return -1;
}

static void note_results(reader *job, uint64_t generation, const passes_results *results)
{
    const int known = find_generation(job, generation);
    if (known >= 0) {
        job->differences += memcmp(&job->results[known], results, sizeof *results) != 0;
    } else if (job->seen < GENERATIONS) {
        job->generations[job->seen] = generation;
        job->results[job->seen++] = *results;
    } else {
        job->failures++;
    }
}

static void *read_current(void *context)
{
    reader *job = context;
    mlp_workspace *workspace = NULL;
    job->failures += passes_create_workspace(atomic_load(&job->from->current), &workspace) != MLP_OK;
    for (int ended = 0; !ended && !job->failures;) {
        passes_results results;
        memset(&results, 0, sizeof results);
        ended = atomic_load(&job->from->ended);
        const mlp_model *model = atomic_load(&job->from->current);
        job->failures += passes_run_at(job->point, model, workspace, &results) != MLP_OK;
        job->failures += mlp_workspace_generation(workspace) != mlp_model_generation(model);
        note_results(job, mlp_model_generation(model), &results);
    }
    mlp_workspace_destroy(workspace);
    return NULL;
}

/* A clone with the trainer's parameters: fetched by itself, or through a model that is kept. */
static mlp_status clone_trained(const mlp_trainer *trainer, mlp_model *kept, int through_kept,
                                mlp_model **clone)
{
    mlp_status status = mlp_model_clone(kept, clone);
    if (status == MLP_OK)
        status = mlp_trainer_get_model(trainer, through_kept ? kept : *clone);
    return status == MLP_OK && through_kept ? mlp_model_copy_params(*clone, kept) : status;
}

static mlp_status take_step(mlp_trainer *trainer)
{
    static const float x[PASSES_IN * 2] = {1, 0, -1, 0.5F, 2, 0.25F}, t[PASSES_OUT * 2] = {1, -1, 0, 2};
    return mlp_trainer_step_f32(trainer, 2, x, PASSES_IN, t, PASSES_OUT, NULL, NULL);
}

static mlp_status train_and_publish(service *to, mlp_trainer *trainer, mlp_model *kept)
{
    mlp_status status = MLP_OK;
    while (status == MLP_OK && to->count < GENERATIONS) {
        mlp_model *clone = NULL;
        status = take_step(trainer);
        if (status == MLP_OK)
            status = clone_trained(trainer, kept, to->count % 2, &clone);
        to->published[to->count++] = clone;
        if (status == MLP_OK)
            atomic_store(&to->current, clone);
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL); /* let the readers see it */
    }
    return status;
}

static void *serve(void *context)
{
    service *to = context;
    mlp_model *kept = NULL;
    mlp_trainer *trainer = NULL;
    to->status = mlp_model_clone(to->published[0], &kept);
    if (to->status == MLP_OK)
        to->status = mlp_trainer_create(kept, &trainer);
    if (to->status == MLP_OK)
        to->status = mlp_trainer_prepare(trainer, 2, 1);
    if (to->status == MLP_OK)
        to->status = train_and_publish(to, trainer, kept);
    mlp_trainer_destroy(trainer);
    mlp_model_destroy(kept);
    atomic_store(&to->ended, 1);
    return NULL;
}

/* Everything a reader saw must be what this thread computes from the published model of that generation. */
static void check_reader(service *from, reader *job)
{
    assert_int_equal(job->failures, 0);
    assert_int_equal(job->differences, 0);
    assert_in_range(job->seen, 1, GENERATIONS);
    int64_t found = 0;
    for (int k = 0; k < from->count; k++) {
        const int at = find_generation(job, mlp_model_generation(from->published[k]));
        mlp_workspace *workspace = NULL;
        passes_results expected;
        memset(&expected, 0, sizeof expected);
        accepted(passes_create_workspace(from->published[k], &workspace));
        accepted(passes_run_at(job->point, from->published[k], workspace, &expected));
        mlp_workspace_destroy(workspace);
        if (at >= 0)
            assert_memory_equal(&job->results[at], &expected, sizeof expected);
        found += at >= 0;
    }
    assert_int_equal(found, job->seen);
}

/* The published models are those of the same training done by this thread alone. */
static void check_training(const service *done)
{
    mlp_trainer *trainer = NULL;
    mlp_model *model = NULL;
    accepted(mlp_model_clone(done->published[0], &model));
    accepted(mlp_trainer_create(model, &trainer));
    accepted(mlp_trainer_prepare(trainer, 2, 1));
    for (int k = 1; k < done->count; k++) {
        float theta[PASSES_PARAMS], published[PASSES_PARAMS];
        accepted(take_step(trainer));
        accepted(mlp_trainer_get_model(trainer, model));
        accepted(mlp_model_get_params_f32(model, 0, PASSES_PARAMS, theta));
        accepted(mlp_model_get_params_f32(done->published[k], 0, PASSES_PARAMS, published));
        assert_memory_equal(theta, published, sizeof theta);
        accepted(mlp_model_get_params_f32(done->published[k - 1], 0, PASSES_PARAMS, published));
        assert_memory_not_equal(theta, published, sizeof theta);
    }
    mlp_trainer_destroy(trainer);
    mlp_model_destroy(model);
}

static void test_replaced_model(void **state)
{
    enum { READERS = 4 };
    service *all = calloc(1, sizeof *all);
    reader *readers = aligned_alloc(64, READERS * sizeof *readers);
    pthread_t trainer;
    (void)state;
    assert_true(all && readers);
    memset(readers, 0, READERS * sizeof *readers);
    accepted(passes_create_model(MLP_F32, 3, &all->published[0]));
    all->count = 1;
    atomic_store(&all->current, all->published[0]);
    for (int k = 0; k < READERS; k++) {
        readers[k].from = all;
        readers[k].point = k;
    }
    assert_int_equal(pthread_create(&trainer, NULL, serve, all), 0);
    run_threads(READERS, read_current, readers, sizeof *readers);
    assert_int_equal(pthread_join(trainer, NULL), 0);
    assert_int_equal(all->status, MLP_OK);
    assert_int_equal(all->count, GENERATIONS);
    for (int k = 0; k < READERS; k++)
        check_reader(all, &readers[k]);
    check_training(all);
    for (int k = 0; k < all->count; k++)
        mlp_model_destroy(all->published[k]);
    free(readers);
    free(all);
}

/* ---- Cancellation ---- */

typedef struct running {
    mlp_trainer *trainer;
    mlp_data *data;
    atomic_int steps;
    mlp_status status;
} running;

static int32_t count_step(int32_t event, int64_t epoch, int64_t step, int64_t samples, double loss,
                          void *context)
{
    running *job = context;
    (void)epoch;
    (void)step;
    (void)samples;
    (void)loss;
    atomic_fetch_add(&job->steps, event == MLP_EVENT_STEP);
    return 0;
}

static void *run_for_ever(void *context)
{
    running *job = context;
    job->status = mlp_trainer_run(job->trainer, job->data, NULL);
    return NULL;
}

static void test_cancel(void **state)
{
    static const double x[PASSES_IN * 4] = {1, 2, 3}, t[PASSES_OUT * 4] = {1};
    running job = {.status = MLP_OK};
    mlp_model *model = NULL;
    pthread_t thread;
    (void)state;
    accepted(passes_create_model(MLP_F64, 5, &model));
    accepted(mlp_trainer_create(model, &job.trainer));
    accepted(mlp_trainer_set_int(job.trainer, MLP_TRAINER_EPOCHS, INT32_MAX));
    accepted(mlp_trainer_set_callback(job.trainer, count_step, &job, NULL));
    accepted(mlp_trainer_prepare(job.trainer, 2, 1));
    accepted(mlp_data_create(MLP_F64, 4, &job.data));
    accepted(mlp_data_set_inputs_f64(job.data, PASSES_IN, x, PASSES_IN));
    accepted(mlp_data_set_targets_f64(job.data, PASSES_OUT, t, PASSES_OUT));
    assert_int_equal(pthread_create(&thread, NULL, run_for_ever, &job), 0);
    while (atomic_load(&job.steps) < 3)
        sched_yield();
    mlp_trainer_cancel(job.trainer);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_int_equal(job.status, MLP_STOPPED);
    assert_int_equal(mlp_trainer_step_count(job.trainer), atomic_load(&job.steps));
    accepted(mlp_trainer_epoch(job.trainer, job.data, NULL)); /* once asked, once heeded */
    mlp_data_destroy(job.data);
    mlp_trainer_destroy(job.trainer);
    mlp_model_destroy(model);
}

/* ---- Messages ---- */

typedef struct failing {
    const mlp_model *model;
    mlp_workspace *workspace; /* its own */
    pthread_barrier_t *together;
    int number;
    int wrong; /* messages that were not this thread's own */
} failing;

static int32_t refuse(int32_t order, int64_t n, const double *z, double *out, void *context)
{
    (void)order;
    (void)n;
    (void)z;
    (void)out;
    return *(int *)context;
}

/* Fails as no other thread does, in a call and in a callback, waits until all have, and reads its own words. */
static void *fail_and_read(void *context)
{
    failing *job = context;
    char word[32], name[32];
    mlp_activation activation = 0;
    double z = 0;
    int value = 100 + job->number;
    job->wrong += strcmp(mlp_last_error(), "") != 0 || mlp_last_callback_value() != 0;
    snprintf(name, sizeof name, "refuses_%d", job->number);
    job->wrong += mlp_activation_register(name, 0, refuse, &value, NULL, &activation) != MLP_OK;
    job->wrong += mlp_activation_evaluate_f64(activation, 0, 0, 1, &z, &z) != MLP_ERR_CALLBACK;
    job->wrong += mlp_activation_unregister(activation) != MLP_OK;
    job->wrong += mlp_forward_f64(job->model, job->workspace, value, &z, PASSES_IN, NULL, 0) != MLP_ERR_SIZE;
    snprintf(word, sizeof word, "batch = %d:", value);
    pthread_barrier_wait(job->together);
    job->wrong += !strstr(mlp_last_error(), word);
    job->wrong += !strstr(mlp_workspace_last_error(job->workspace), word);
    job->wrong += mlp_last_callback_value() != value;
    return NULL;
}

static void test_last_error(void **state)
{
    failing jobs[MOST];
    mlp_model *model = NULL;
    pthread_barrier_t together;
    (void)state;
    refused(mlp_workspace_size(NULL, 1, 1, MLP_USE_FORWARD, &(int64_t){0}), MLP_ERR_ARGUMENT, "model = NULL");
    assert_int_equal(pthread_barrier_init(&together, NULL, MOST), 0);
    accepted(passes_create_model(MLP_F64, 7, &model));
    for (int k = 0; k < MOST; k++) {
        jobs[k] = (failing){model, NULL, &together, k, 0};
        accepted(passes_create_workspace(model, &jobs[k].workspace));
    }
    run_threads(MOST, fail_and_read, jobs, sizeof *jobs);
    assert_non_null(strstr(mlp_last_error(), "model = NULL")); /* this thread's own stayed */
    for (int k = 0; k < MOST; k++) {
        char word[32];
        assert_int_equal(jobs[k].wrong, 0);
        snprintf(word, sizeof word, "batch = %d:", 100 + k);
        assert_non_null(strstr(mlp_workspace_last_error(jobs[k].workspace), word));
        mlp_workspace_destroy(jobs[k].workspace);
    }
    pthread_barrier_destroy(&together);
    mlp_model_destroy(model);
}

/* ---- The registry of activations ---- */

typedef struct registering {
    int number, wrong;
    atomic_int released; /* by whichever thread lets go last */
} registering;

static int32_t twice(int32_t order, int64_t n, const double *z, double *out, void *context)
{
    (void)context;
    for (int64_t i = 0; i < n; i++)
        out[i] = order ? 2 : 2 * z[i];
    return 0;
}

static void count_release(void *context)
{
    atomic_fetch_add(&((registering *)context)->released, 1);
}

/* A model of an activation of its own, which is taken back while the model lives. */
static void use_activation(registering *job, const char *name)
{
    static const int64_t widths[] = {1, 2, 1};
    mlp_activation activation = 0;
    mlp_model *model = NULL;
    job->wrong += mlp_activation_register(name, 1, twice, job, count_release, &activation) != MLP_OK;
    job->wrong += mlp_activation_from_name(name) != activation;
    job->wrong += strcmp(mlp_activation_name(activation), name) != 0;
    job->wrong += mlp_model_create(MLP_F32, 2, widths, activation, &model) != MLP_OK;
    job->wrong += mlp_activation_unregister(activation) != MLP_OK;
    job->wrong += mlp_activation_from_name(name) != 0;
    mlp_model_destroy(model);
}

static void *register_often(void *context)
{
    registering *job = context;
    char name[32];
    snprintf(name, sizeof name, "twice_%d", job->number);
    for (int round = 0; round < ROUNDS && !job->wrong; round++)
        use_activation(job, name);
    return NULL;
}

static void test_registry(void **state)
{
    static registering jobs[MOST];
    (void)state;
    for (int k = 0; k < MOST; k++)
        jobs[k].number = k;
    run_threads(MOST, register_often, jobs, sizeof *jobs);
    for (int k = 0; k < MOST; k++) {
        assert_int_equal(jobs[k].wrong, 0);
        assert_int_equal(atomic_load(&jobs[k].released), ROUNDS);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shared_model), cmocka_unit_test(test_replaced_model),
        cmocka_unit_test(test_cancel),       cmocka_unit_test(test_last_error),
        cmocka_unit_test(test_registry),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
