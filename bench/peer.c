#include "peer.h"

#include "blas_place.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const struct peer peers[] = {
    {"mlp", "own", "mlp-bench", false},
    {"openblas+libm", "library", "peers/mlp-bench-openblas-libm", true},
    {"openblas+mlp", "composite", "peers/mlp-bench-openblas-mlp", true},
    {"dnnl", "library", "peers/mlp-bench-dnnl", false},
    {"xsmm+mlp", "composite", "peers/mlp-bench-xsmm-mlp", false},
    {"eigen", "library", "peers/mlp-bench-eigen", false},
    {"fann", "library", "peers/mlp-bench-fann", false},
    {"onnxruntime", "library", "peers/onnxruntime_peer.py", false},
    {"torch", "library", "peers/torch_peer.py", false},
    {NULL, NULL, NULL, false},
};

enum { MOST_SETTINGS = 16 };

/* OpenBLAS's kernels for processors like this one, and what it takes of its own. */
static const char *const cores[] = {
    "OPENBLAS_CORETYPE",          "OPENBLAS_CORETYPE=Haswell",    "OPENBLAS_CORETYPE=Zen",
    "OPENBLAS_CORETYPE=SkylakeX", "OPENBLAS_CORETYPE=Cooperlake", NULL};

/* What a core is chosen by; with a wrong kernel the answer is wrong or the process gone. */
static const char trial[] = "train f32 301-302-303-64 relu batch=203 threads=1";

bool peer_find(const char *program, char path[PEER_PATH])
{
    ssize_t length = readlink("/proc/self/exe", path, PEER_PATH - 1);
    char *slash;

    if (length <= 0)
        return false;
    path[length] = '\0';
    slash = strrchr(path, '/');
    snprintf(slash + 1, (size_t)(path + PEER_PATH - slash - 1), "%s", program);
    return access(path, R_OK) == 0;
}

/* Start a program after every library's variable for the number of its threads and the caller's settings. What is a script
 * is run by the interpreter; what is not is this program where it has an argument. */
static bool start_with(const char *interpreter, const char *program, const char *argument, int threads,
                       const char *const *settings, struct child *child)
{
    static const char *const names[] = {"OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS",
                                        "MKL_NUM_THREADS"};
    enum { NAMES = sizeof names / sizeof *names };
    char path[PEER_PATH], text[NAMES][48];
    const char *environment[MOST_SETTINGS] = {NULL}, *argv[4] = {NULL};
    int count = 0, words = 0;

    if (!peer_find(program, path))
        return false;
    for (; count < NAMES; count++) {
        snprintf(text[count], sizeof text[count], "%s=%d", names[count], threads);
        environment[count] = text[count];
    }
    for (; *settings && count + 1 < MOST_SETTINGS; settings++)
        environment[count++] = *settings;
    if (interpreter)
        argv[words++] = interpreter;
    argv[words++] = path;
    argv[words] = argument;
    return child_start(child, argv, environment);
}

static bool is_script(const char *program)
{
    size_t length = strlen(program);

    return length > 3 && strcmp(program + length - 3, ".py") == 0;
}

/* A package may be there for one interpreter and not for the other. */
static bool start_script(const char *program, int threads, const char *const *settings, struct child *child)
{
    const char *interpreter = getenv("MLP_BENCH_PYTHON");

    if (interpreter && start_with(interpreter, program, NULL, threads, settings, child))
        return true;
    return start_with("/usr/bin/python3", program, NULL, threads, settings, child);
}

static bool start(const char *program, int threads, const char *const *settings, struct child *child)
{
    if (is_script(program))
        return start_script(program, threads, settings, child);
    return start_with(NULL, program, strchr(program, '/') ? NULL : "serve", threads, settings, child);
}

bool peer_start_own(const char *command, int threads, const char *const *settings, struct child *child)
{
    return start_with(NULL, peers[0].program, command, threads, settings, child);
}

/* Seconds the trial takes with a core; infinite where the answer is wrong. */
static double try_core(const struct peer *peer, const char *const *settings)
{
    double residual, best = INFINITY;
    struct child child;

    if (!start(peer->program, 1, settings, &child))
        return INFINITY;
    if (child_problem(&child, trial, &residual) == VERDICT_READY) {
        for (int i = 0; i < 5; i++) {
            double seconds = child_run(&child, 1);

            best = seconds > 0 && seconds < best ? seconds : best;
        }
    }
    child_stop(&child);
    return best;
}

/* The core that is right and fastest; what OpenBLAS takes of its own where none is. */
static const char *choose_core(const struct peer *peer, const char *place)
{
    const char *chosen = cores[0];
    double least = INFINITY;

    for (int i = 0; cores[i]; i++) {
        const char *settings[] = {cores[i], place, NULL};
        double seconds = try_core(peer, settings);

        if (seconds < least)
            chosen = cores[i];
        least = fmin(seconds, least);
    }
    return chosen;
}

static bool start_openblas(const struct peer *peer, int threads, struct child *child)
{
    static const char *core; /* the processor does not change */
    char place[PEER_PATH];
    const char *settings[] = {NULL, NULL, NULL};

    if (blas_place_find("openblas-pthread", place, sizeof place))
        settings[1] = place;
    if (!core)
        core = choose_core(peer, settings[1]);
    settings[0] = core;
    return start(peer->program, threads, settings, child);
}

bool peer_start(const struct peer *peer, int threads, struct child *child)
{
    static const char *const nothing[] = {NULL};

    return peer->openblas ? start_openblas(peer, threads, child)
                          : start(peer->program, threads, nothing, child);
}

int64_t peer_repeats(double seconds_once, double seconds)
{
    double repeats = ceil(seconds / fmax(seconds_once, 1e-9));

    return repeats < 1 ? 1 : (int64_t)repeats;
}
