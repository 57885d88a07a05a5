/* Run the mlp program, no shell between, and see what it says. */
#ifndef TESTS_CLI_RUN_H
#define TESTS_CLI_RUN_H

#include <sys/types.h>

/* What came of it. */
struct result {
    int status; /* exit status, or 128 + the signal that ended it */
    char *out, *err;
};

/* Run `mlp` with arguments, the last one NULL; release with result_clear(). */
struct result run_mlp(const char *const arguments[]);

/* Start it without waiting; its output goes to the scratch files "out" and "err". */
pid_t start_mlp(const char *const arguments[]);

/* Wait for what start_mlp() started. */
struct result finish_mlp(pid_t pid);

void result_clear(struct result *result);

/* Fail the test, with all output, unless the status is the expected one and the output holds the text. */
void expect_status(const struct result *result, int status);
void expect_out(const struct result *result, const char *text);
void expect_err(const struct result *result, const char *text);

/* The last line of the output, without its line end, to be freed. */
char *last_line(const struct result *result);

#define RUN(...) run_mlp((const char *const[]){__VA_ARGS__, NULL})

#endif
