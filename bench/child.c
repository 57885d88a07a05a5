#include "child.h"

#include "clock.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_MOMENTS = 400 };

/* Nothing that is worth measuring takes longer. */
static const int patience_ms = 300000;

static void apply(const char *const *environment)
{
    for (; *environment; environment++) {
        char name[64];
        const char *value = strchr(*environment, '=');

        snprintf(name, sizeof name, "%.*s", value ? (int)(value - *environment) : 63, *environment);
        if (value)
            setenv(name, value + 1, 1);
        else
            unsetenv(name);
    }
}

static void become(const char *const *argv, const char *const *environment, const int to[2],
                   const int from[2])
{
    dup2(to[0], STDIN_FILENO);
    dup2(from[1], STDOUT_FILENO);
    close(to[0]);
    close(to[1]);
    close(from[0]);
    close(from[1]);
    apply(environment);
    execv(argv[0], (char *const *)argv);
    _exit(127);
}

/* It is dead, or as good as that. */
static void bury(struct child *child, const char *how)
{
    int status = 0;

    snprintf(child->why, sizeof child->why, "%s", how);
    kill(child->pid, SIGKILL);
    if (waitpid(child->pid, &status, 0) == child->pid && WIFSIGNALED(status) && WTERMSIG(status) != SIGKILL)
        snprintf(child->why, sizeof child->why, "ended by signal %d", WTERMSIG(status));
    close(child->to);
    close(child->from);
    child->pid = 0;
}

/* Its next line, without the end; libraries that print are why it is searched for one of the words. */
static bool read_line(struct child *child, char line[CHILD_LINE])
{
    size_t length = 0;

    while (length + 1 < CHILD_LINE) {
        struct pollfd poller = {child->from, POLLIN, 0};
        ssize_t count = poll(&poller, 1, patience_ms);

        if (count > 0)
            count = read(child->from, line + length, 1);
        else if (count == 0)
            kill(child->pid, SIGKILL);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0) {
            bury(child, "it ended, or took too long");
            return false;
        }
        if (line[length] == '\n')
            break;
        length++;
    }
    line[length] = '\0';
    return true;
}

/* Wait for a line that begins with one of the words, separated by blanks; returns what follows the word. */
static const char *await(struct child *child, const char *words, char word[16], char line[CHILD_LINE])
{
    while (read_line(child, line)) {
        const char *end = strchr(line, ' ');
        size_t length = end ? (size_t)(end - line) : strlen(line);

        snprintf(word, 16, "%.*s", (int)(length < 15 ? length : 15), line);
        if (*word && strstr(words, word))
            return end ? end + 1 : line + length;
    }
    return NULL;
}

static bool say(struct child *child, const char *text)
{
    size_t length = strlen(text);

    while (child->pid && length > 0) {
        ssize_t count = write(child->to, text, length);

        if (count < 0 && errno != EINTR) {
            bury(child, "it ended");
        } else if (count > 0) {
            text += count;
            length -= (size_t)count;
        }
    }
    return child->pid != 0;
}

bool child_start(struct child *child, const char *const *argv, const char *const *environment)
{
    int to[2], from[2];
    char word[16], line[CHILD_LINE];
    const char *rest;

    *child = (struct child){0};
    if (access(argv[0], X_OK) != 0 || pipe(to) != 0)
        return false;
    if (pipe(from) != 0) {
        close(to[0]);
        close(to[1]);
        return false;
    }
    signal(SIGPIPE, SIG_IGN);
    fflush(stdout);
    child->pid = fork();
    if (child->pid == 0)
        become(argv, environment, to, from);
    close(to[0]);
    close(from[1]);
    child->to = to[1];
    child->from = from[0];
    if (child->pid < 0) {
        child->pid = 0;
        close(child->to);
        close(child->from);
        return false;
    }
    rest = await(child, "peer", word, line);
    if (rest)
        snprintf(child->library, sizeof child->library, "%s", rest);
    return rest != NULL;
}

void child_stop(struct child *child)
{
    if (child->pid && say(child, "quit\n"))
        bury(child, "it was ended");
}

enum verdict child_problem(struct child *child, const char *problem, double *residual)
{
    char request[CHILD_LINE + 16], word[16], line[CHILD_LINE];
    const char *rest;

    *residual = 0;
    if (!child->pid)
        return VERDICT_DEAD;
    snprintf(request, sizeof request, "problem %.*s\n", CHILD_LINE, problem);
    rest = say(child, request) ? await(child, "ready wrong skip", word, line) : NULL;
    if (!rest)
        return VERDICT_DEAD;
    if (strcmp(word, "skip") == 0) {
        snprintf(child->why, sizeof child->why, "%s", rest);
        return VERDICT_SKIPPED;
    }
    *residual = strtod(rest, NULL);
    return strcmp(word, "ready") == 0 ? VERDICT_READY : VERDICT_WRONG;
}

static double used(clockid_t processor_time)
{
    struct timespec time;

    return clock_gettime(processor_time, &time) == 0 ? (double)time.tv_sec + 1e-9 * (double)time.tv_nsec : 0;
}

/* Until it takes less than a tenth of a processor; OpenBLAS's threads look for work for some 30 ms. */
static void settle(const struct child *child)
{
    static const struct timespec moment = {.tv_nsec = 500000};
    clockid_t processor_time;

    if (clock_getcpuclockid(child->pid, &processor_time) != 0)
        return;
    for (int i = 0; i < MOST_MOMENTS; i++) {
        double before = used(processor_time), then = clock_now();

        nanosleep(&moment, NULL);
        if (used(processor_time) - before < 0.1 * (clock_now() - then))
            return;
    }
}

double child_run(struct child *child, int64_t repeats)
{
    char request[64], word[16], line[CHILD_LINE];
    const char *rest;

    if (!child->pid)
        return -1;
    snprintf(request, sizeof request, "run %lld\n", (long long)repeats);
    rest = say(child, request) ? await(child, "seconds skip", word, line) : NULL;
    if (!rest || strcmp(word, "seconds") != 0)
        return -1;
    settle(child);
    return strtod(rest, NULL);
}
