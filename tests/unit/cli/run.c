#include "run.h"

#include "scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

enum { MOST_ARGUMENTS = 64, WRITE = O_WRONLY | O_CREAT | O_TRUNC };

extern char **environ;

pid_t start_mlp(const char *const arguments[])
{
    char *argv[MOST_ARGUMENTS] = {(char *)"mlp"};
    posix_spawn_file_actions_t actions;
    pid_t pid;
    int count = 1;

    for (; arguments[count - 1]; count++) {
        assert_in_range(count, 1, MOST_ARGUMENTS - 2);
        argv[count] = (char *)arguments[count - 1];
    }
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, scratch_path("out"), WRITE, 0600);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, scratch_path("err"), WRITE, 0600);
    assert_int_equal(posix_spawn(&pid, MLP_PROGRAM, &actions, NULL, argv, environ), 0);
    posix_spawn_file_actions_destroy(&actions);
    return pid;
}

struct result finish_mlp(pid_t pid)
{
    struct result result;
    int status;

    while (waitpid(pid, &status, 0) < 0)
        assert_int_equal(errno, EINTR);
    result.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    result.out = scratch_read(scratch_path("out"), NULL);
    result.err = scratch_read(scratch_path("err"), NULL);
    return result;
}

struct result run_mlp(const char *const arguments[])
{
    return finish_mlp(start_mlp(arguments));
}

void result_clear(struct result *result)
{
    free(result->out);
    free(result->err);
}

void expect_status(const struct result *result, int status)
{
    if (result->status != status)
        fail_msg("status %d, expected %d; out:\n%s\nerr:\n%s", result->status, status, result->out,
                 result->err);
}

void expect_out(const struct result *result, const char *text)
{
    if (!strstr(result->out, text))
        fail_msg("no \"%s\" in:\n%s\nerr:\n%s", text, result->out, result->err);
}

void expect_err(const struct result *result, const char *text)
{
    if (!strstr(result->err, text))
        fail_msg("no \"%s\" in:\n%s\nout:\n%s", text, result->err, result->out);
}

char *last_line(const struct result *result)
{
    size_t end = strlen(result->out), begin;

    while (end > 0 && result->out[end - 1] == '\n')
        end--;
    for (begin = end; begin > 0 && result->out[begin - 1] != '\n'; begin--)
        ;
    return strndup(result->out + begin, end - begin);
}
