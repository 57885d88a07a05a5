#define _GNU_SOURCE
#include "api/invariants/host.h"

#include <dirent.h>
#include <dlfcn.h>
#include <fenv.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#if defined(__x86_64__) || defined(__i386__)
#include <xmmintrin.h>
#endif

extern char **environ;

/* Without the bits that calculations raise: those are the status, not the mode. */
static uint64_t read_control(void)
{
#if defined(__x86_64__) || defined(__i386__)
    fenv_t x87;
    fegetenv(&x87); /* masks the x87's exceptions on the way */
    fesetenv(&x87);
    return (uint64_t)x87.__control_word << 32 | (_mm_getcsr() & ~0x3fU);
#elif defined(__aarch64__)
    uint64_t control;
    __asm__ volatile("mrs %0, fpcr" : "=r"(control));
    return control;
#else
    return 0;
#endif
}

static uint64_t hash_environment(void)
{
    uint64_t hash = 14695981039346656037U; /* FNV-1a */
    for (char **entry = environ; *entry; entry++)
        for (const char *c = *entry;; c++) {
            hash = (hash ^ (unsigned char)*c) * 1099511628211U;
            if (!*c)
                break;
        }
    return hash;
}

static int count_entries(const char *path)
{
    DIR *directory = opendir(path);
    int count = 0;
    while (directory && readdir(directory))
        count++;
    if (directory)
        closedir(directory);
    return count;
}

static int count_blas_threads(void)
{
    int (*ask)(void) = NULL;
    void *address = dlsym(RTLD_DEFAULT, "openblas_get_num_threads");
    memcpy(&ask, &address, sizeof ask);
    return ask ? ask() : 0;
}

void host_look(host_state *state)
{
    const mode_t file_mask = umask(0);
    umask(file_mask);
    memset(state, 0, sizeof *state);
    state->file_mask = file_mask;
    snprintf(state->locale, sizeof state->locale, "%s", setlocale(LC_ALL, NULL));
    state->thread_locale = (void *)uselocale((locale_t)0);
    sigprocmask(SIG_SETMASK, NULL, &state->mask);
    for (int number = 1; number <= HOST_SIGNALS; number++)
        sigaction(number, NULL,
                  &state->actions[number]); /* fails for those of the C library, and leaves zeros */
    state->rounding = fegetround();
    state->control = read_control();
    state->environment = hash_environment();
    if (!getcwd(state->directory, sizeof state->directory))
        state->directory[0] = '\0';
    sched_getaffinity(0, sizeof state->affinity, &state->affinity);
    state->threads = count_entries("/proc/self/task");
    state->files = count_entries("/proc/self/fd");
    state->blas_threads = count_blas_threads();
}

static int same_actions(const host_state *before, const host_state *after)
{
    for (int number = 1; number <= HOST_SIGNALS; number++) {
        const struct sigaction *a = &before->actions[number], *b = &after->actions[number];
        if (a->sa_handler != b->sa_handler || a->sa_flags != b->sa_flags)
            return 0;
    }
    return 1;
}

static int same_mask(const sigset_t *a, const sigset_t *b)
{
    for (int number = 1; number <= HOST_SIGNALS; number++)
        if (sigismember(a, number) != sigismember(b, number))
            return 0;
    return 1;
}

const char *host_difference(const host_state *before, const host_state *after)
{
    const struct {
        const char *name;
        int same;
    } parts[] = {
        {"locale", strcmp(before->locale, after->locale) == 0},
        {"thread's locale", before->thread_locale == after->thread_locale},
        {"signal mask", same_mask(&before->mask, &after->mask)},
        {"signal handlers", same_actions(before, after)},
        {"rounding mode", before->rounding == after->rounding},
        {"floating-point control", before->control == after->control},
        {"environment", before->environment == after->environment},
        {"working directory", strcmp(before->directory, after->directory) == 0},
        {"affinity", CPU_EQUAL(&before->affinity, &after->affinity)},
        {"umask", before->file_mask == after->file_mask},
        {"number of threads", before->threads == after->threads},
        {"number of open files", before->files == after->files},
        {"number of BLAS threads", before->blas_threads == after->blas_threads},
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (!parts[i].same)
            return parts[i].name;
    return NULL;
}

static void ignore_signal(int number)
{
    (void)number;
}

void host_make_unusual(void)
{
    const struct sigaction action = {.sa_handler = ignore_signal, .sa_flags = SA_RESTART};
    sigset_t mask;
    setlocale(LC_ALL, "C.UTF-8");
    sigemptyset(&mask);
    sigaddset(&mask, SIGUSR2);
    sigprocmask(SIG_BLOCK, &mask, NULL);
    sigaction(SIGUSR1, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGPIPE, &action, NULL);
    fesetround(FE_UPWARD);
#if defined(__x86_64__) || defined(__i386__)
    _mm_setcsr(_mm_getcsr() | 0x8000U); /* flush subnormal results to zero */
#endif
    umask(027);
}
