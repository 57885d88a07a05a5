#include "serve.h"

#include "check.h"

#include <stdlib.h>
#include <string.h>

/* Seconds; shorter runs, and those of threads, are timed when they are warm. */
static const double worth_warming = 0.02;

static void answer_problem(const char *text, struct problem *problem, struct run **run, FILE *output)
{
    struct checked checked;
    char why[256];

    if (!problem_parse(text, problem, why, sizeof why)) {
        fprintf(output, "skip %s\n", why);
        return;
    }
    checked = check_run(problem);
    if (!checked.run) {
        fprintf(output, "skip %s\n", checked.why);
    } else if (checked.wrong) {
        run_destroy(checked.run);
        fprintf(output, "wrong %g\n", checked.residual);
    } else {
        *run = checked.run;
        fprintf(output, "ready %g\n", checked.residual);
    }
}

static void answer_run(int64_t repeats, const struct problem *problem, struct run *run, FILE *output)
{
    static double last; /* seconds of one run */

    if (problem->threads > 1 || last < worth_warming)
        check_warm(problem, run);
    double seconds = check_time(run, repeats);
    last = seconds / (double)repeats;
    fprintf(output, "seconds %.9g\n", seconds);
}

int serve(FILE *input, FILE *output)
{
    char line[1024];
    struct problem problem;
    struct run *run = NULL;

    fprintf(output, "peer %s\n", run_library());
    fflush(output);
    while (fgets(line, sizeof line, input) && strcmp(line, "quit\n") != 0) {
        long long repeats = 0;

        line[strcspn(line, "\n")] = '\0';
        if (strncmp(line, "problem ", 8) == 0) {
            if (run)
                run_destroy(run);
            run = NULL;
            answer_problem(line + 8, &problem, &run, output);
        } else if (run && sscanf(line, "run %lld", &repeats) == 1 && repeats > 0) {
            answer_run(repeats, &problem, run, output);
        } else {
            fprintf(output, "skip no problem is ready, or '%s' is no request\n", line);
        }
        fflush(output);
    }
    if (run)
        run_destroy(run);
    return 0;
}
