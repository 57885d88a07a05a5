#include "peak.h"

#include "clock.h"
#include "memory.h"
#include "peak_kernels.h"

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

enum { FMA_F32, FMA_F64, READ, UPDATE };

/* What every thread does at the same time. */
struct task {
    int kind;
    int64_t bytes;  /* of a thread's share */
    double seconds; /* a pass takes at least */
    int passes;
    pthread_barrier_t barrier;
};

struct worker {
    struct task *task;
    float *memory;
    double rate; /* operations or bytes a second, of the best pass */
    pthread_t thread;
};

static volatile uint32_t sink;

const char *peak_level_name(int level)
{
    static const char *const names[LEVELS] = {"L1", "L2", "L3", "DRAM"};

    return names[level];
}

const struct peak_kernels *peak_kernels(void)
{
#ifdef BENCH_X86
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq"))
        return &peak_kernels_avx512;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        return &peak_kernels_avx2;
#endif
    return &peak_kernels_generic;
}

/* Do the task once; returns operations or bytes. */
static double once(const struct task *task, float *memory)
{
    const struct peak_kernels *kernels = peak_kernels();
    int64_t floats = task->bytes / (int64_t)sizeof(float) / 256 * 256, half = floats / 512 * 256;

    switch (task->kind) {
    case FMA_F32:
        return kernels->fma_f32(20000);
    case FMA_F64:
        return kernels->fma_f64(20000);
    case READ:
        sink = kernels->read(memory, floats);
        return (double)floats * sizeof(float);
    default:
        kernels->update(memory, memory + half, 1e-9F, half);
        return 3.0 * (double)half * sizeof(float);
    }
}

static double pass(const struct task *task, float *memory)
{
    double done = 0, begin = clock_now(), end;
    int64_t repeats = 1;

    do {
        for (int64_t i = 0; i < repeats; i++)
            done += once(task, memory);
        repeats *= 2;
        end = clock_now();
    } while (end - begin < task->seconds);
    return done / (end - begin);
}

static void *work(void *argument)
{
    struct worker *worker = argument;

    for (int i = 0; i < worker->task->passes; i++) {
        pthread_barrier_wait(&worker->task->barrier);
        worker->rate = fmax(worker->rate, pass(worker->task, worker->memory));
    }
    return NULL;
}

/* Run the task on all threads, each in its own memory; returns 1e9 operations or bytes a second of all of them. */
static double run(struct task *task, int threads, float *const *memory)
{
    struct worker *worker = memory_new(threads, sizeof *worker);
    double rate = 0;

    pthread_barrier_init(&task->barrier, NULL, (unsigned)threads);
    for (int i = 0; i < threads; i++) {
        worker[i] = (struct worker){.task = task, .memory = memory[i]};
        if (i > 0 && pthread_create(&worker[i].thread, NULL, work, &worker[i]) != 0)
            abort();
    }
    work(&worker[0]);
    for (int i = 0; i < threads; i++) {
        if (i > 0)
            pthread_join(worker[i].thread, NULL);
        rate += worker[i].rate;
    }
    pthread_barrier_destroy(&task->barrier);
    free(worker);
    return rate * 1e-9;
}

/* The first line of a file of Linux about cache @p index of the first processor; "" where there is none. */
static const char *cache_line(int index, const char *what, char line[32])
{
    char path[96];
    FILE *file;

    snprintf(path, sizeof path, "/sys/devices/system/cpu/cpu0/cache/index%d/%s", index, what);
    file = fopen(path, "r");
    line[0] = '\0';
    if (file && !fgets(line, 32, file))
        line[0] = '\0';
    if (file)
        fclose(file);
    return line;
}

/* Bytes of a cache; something usual where the system does not tell. The C library's figure for L3 is not asked for: on
 * some processors it is that of the whole package, most of which no core reaches. */
static int64_t cache_bytes(int level)
{
    static const int64_t usual[] = {32 << 10, 1 << 20, 32 << 20};
    char line[32];

    for (int i = 0; *cache_line(i, "level", line); i++) {
        if (atoi(line) == level + 1 && *cache_line(i, "type", line) != 'I')
            return atoll(cache_line(i, "size", line)) << 10;
    }
    return usual[level];
}

/* Bytes of a thread's share that lie in a level and in none nearer; of the shared cache a part that others leave alone. */
static int64_t share(int level, int threads, bool quick)
{
    if (level == LEVEL_DRAM)
        return (quick ? 2 : 4) * cache_bytes(LEVEL_L3) / threads;
    if (level == LEVEL_L3) {
        int64_t part = cache_bytes(LEVEL_L3) / 4 / threads, beyond = 2 * cache_bytes(LEVEL_L2);

        return part > beyond ? part : beyond;
    }
    return cache_bytes(level) / 2;
}

static void measure_all(struct task *task, bool quick, float *const *memory, struct peak *peak)
{
    int threads = peak->threads;

    task->kind = FMA_F32;
    peak->fma_f32 = run(task, threads, memory);
    task->kind = FMA_F64;
    peak->fma_f64 = run(task, threads, memory);
    for (int level = 0; level < LEVELS; level++) {
        task->bytes = share(level, threads, quick);
        task->kind = READ;
        peak->read[level] = run(task, threads, memory);
        task->kind = UPDATE;
        peak->update[level] = run(task, threads, memory);
    }
}

void peak_measure(int threads, bool quick, struct peak *peak)
{
    struct task task = {.seconds = quick ? 1e-3 : 8e-3, .passes = quick ? 3 : 5};
    float **memory = memory_new(threads, sizeof *memory);

    *peak = (struct peak){.threads = threads, .set = peak_kernels()->name};
    for (int i = 0; i < threads; i++)
        memory[i] = memory_new(share(LEVEL_DRAM, threads, quick) + share(LEVEL_L3, threads, quick), 1);
    measure_all(&task, quick, memory, peak);
    for (int level = 0; level < LEVEL_DRAM; level++)
        peak->capacity[level] = cache_bytes(level) * (level == LEVEL_L3 ? 1 : threads);
    for (int i = 0; i < threads; i++)
        free(memory[i]);
    free(memory);
}
