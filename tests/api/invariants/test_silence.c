/*
 * The library is a guest: it prints nothing, and leaves the process as it found it. Every scenario, undisturbed and
 * without memory, and every kind of refusal run in a program whose output and error stream are a pipe from its first
 * instruction to its last - this one, started again with the argument "guest".
 */
#include <stdio.h>

#ifdef __linux__

#include "mlp/mlp.h"
#include "api/invariants/host.h"
#include "api/invariants/refusals.h"
#include "api/invariants/scenarios.h"
#include "api/refusal.h"
#include "support/failing_allocator.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- The guest: prints only what is wrong ---- */

/* Playing a scenario must end as expected and change nothing. Returns whether it was so. */
static int play(const scenario *what, int with_memory)
{
    static host_state before, after;
    host_look(&before);
    if (!with_memory)
        failing_allocator_fail_from(0);
    const mlp_status status = what->play(NULL);
    failing_allocator_relent();
    host_look(&after);
    const char *difference = host_difference(&before, &after);
    if (difference)
        printf("%s%s: changes the %s\n", what->name, with_memory ? "" : " without memory", difference);
    if (status != (with_memory ? MLP_OK : MLP_ERR_MEMORY))
        printf("%s: status %d, \"%s\"\n", what->name, (int)status, mlp_last_error());
    return !difference && status == (with_memory ? MLP_OK : MLP_ERR_MEMORY);
}

static mlp_status play_refusals(void *unused)
{
    (void)unused;
    return make_refusals() == 0 ? MLP_OK : MLP_ERR_INTERNAL;
}

/* Queries, which cannot fail; the text about the machine asks the BLAS. */
static mlp_status play_queries(void *unused)
{
    char text[4096];
    (void)unused;
    const int64_t needed = mlp_runtime_describe(text, sizeof text);
    const int known = mlp_runtime_is_degraded() >= 0 && mlp_version() > 0 && mlp_version_string() &&
                      mlp_activation_name(MLP_TANH) && mlp_status_description(MLP_OK);
    return needed > 0 && known ? MLP_OK : MLP_ERR_INTERNAL;
}

static int run_guest(int unusual)
{
    static const scenario more[] = {{"refusals", play_refusals, 0}, {"queries", play_queries, 0}};
    static host_state before, after;
    int good = mlp_set_allocator(failing_allocate, failing_deallocate, NULL) == MLP_OK;
    if (unusual)
        host_make_unusual();
    host_look(&before);
    for (int32_t i = 0; i < scenario_count; i++)
        good &= play(&scenarios[i], 1) & play(&scenarios[i], 0);
    for (size_t i = 0; i < sizeof more / sizeof *more; i++)
        good &= play(&more[i], 1);
    host_look(&after);
    const char *difference = host_difference(&before, &after);
    if (difference)
        printf("all together: change the %s\n", difference);
    return good && !difference && failing_allocator_live() == 0 ? 0 : 1;
}

/* ---- The host ---- */

/* Starts this program again with its output in a pipe. Returns its exit code, and what it wrote. */
static int run_in_pipe(const char *mode, char *text, size_t size)
{
    int ends[2], status = -1;
    size_t length = 0;
    ssize_t count;
    assert_int_equal(pipe(ends), 0);
    const pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], 1);
        dup2(ends[1], 2);
        close(ends[0]);
        close(ends[1]);
        execl("/proc/self/exe", "test_silence", mode, (char *)NULL);
        _exit(127);
    }
    assert_true(child > 0);
    close(ends[1]);
    while ((count = read(ends[0], text + length, size - 1 - length)) > 0)
        length += (size_t)count;
    close(ends[0]);
    text[length] = '\0';
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void check_guest(const char *mode)
{
    static char text[1 << 16];
    const int code = run_in_pipe(mode, text, sizeof text);
    if (code != 0 || text[0])
        fail_msg("the guest ended with %d and wrote:\n%s", code, text);
}

static void test_guest(void **state)
{
    (void)state;
    check_guest("guest");
}

/* Under another locale, rounding mode, signal mask and handlers, with subnormals flushed. */
static void test_unusual_guest(void **state)
{
    (void)state;
    check_guest("unusual guest");
}

/* The pipe carries what a guest writes to either stream, and the look sees changes. */
static void test_watch(void **state)
{
    static char text[256];
    static host_state before, after;
    (void)state;
    assert_int_equal(run_in_pipe("noisy guest", text, sizeof text), 5);
    assert_string_equal(text, "noise\nand more\n");
    host_look(&before);
    host_look(&after);
    assert_null(host_difference(&before, &after));
    assert_int_equal(setenv("MLP_TEST_SILENCE", "1", 1), 0);
    host_look(&after);
    assert_string_equal(host_difference(&before, &after), "environment");
    assert_int_equal(unsetenv("MLP_TEST_SILENCE"), 0);
    const int file = open("/dev/null", O_RDONLY);
    host_look(&after);
    assert_string_equal(host_difference(&before, &after), "number of open files");
    close(file);
}

static int make_noise(void)
{
    fprintf(stderr, "noise\n");
    printf("and more\n");
    return 5;
}

int main(int count, char **arguments)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_watch),
        cmocka_unit_test(test_guest),
        cmocka_unit_test(test_unusual_guest),
    };
    if (count < 2)
        return cmocka_run_group_tests(tests, NULL, NULL);
    return strcmp(arguments[1], "noisy guest") == 0 ? make_noise()
                                                    : run_guest(strcmp(arguments[1], "unusual guest") == 0);
}

#else

int main(void)
{
    puts("NOT TESTED here: test_silence looks at a process through Linux's /proc");
    return 77;
}

#endif
