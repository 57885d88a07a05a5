#include "args.h"
#include "clock.h"
#include "command.h"
#include "derivative.h"
#include "record.h"
#include "report.h"

#include <math.h>
#include <string.h>

enum { SAMPLES = 31, QUICK_SAMPLES = 9, MEASURED = 4 };

static const char *const description = "Time derivatives of the menu with libmlp beside a forward pass, one "
                                       "gradient (a forward pass and a vjp in theta) and\n"
                                       "the composition of first-order calls that gives the same, "
                                       "interleaved: medians of ratios. PROBLEM is f32 or f64, the\n"
                                       "widths joined by '-', an activation, and batch=N threads=N "
                                       "engine=auto|native|blas cpu=auto|generic|avx2|avx512 in\n"
                                       "any order. `derivatives` times them all.\n";

/* What is timed of a call: the units, itself, the composition. */
struct timing {
    double seconds[MEASURED][SAMPLES], difference;
    int samples;
};

static double time_of(mlp_status (*function)(struct session *), struct session *session, double least)
{
    const double begin = clock_now();
    int64_t runs = 0;

    do {
        function(session);
        runs++;
    } while (clock_now() - begin < least);
    return (clock_now() - begin) / (double)runs;
}

static mlp_status measure(const struct derivative *call, struct session *session, bool quick,
                          struct timing *timing)
{
    const int f64 = session->problem->f64;
    mlp_status (*const functions[MEASURED])(struct session *) = {
        derivative_forward[f64], derivative_gradient[f64], call->run[f64], call->naive[f64]};
    mlp_status status = derivative_compare(call, session, &timing->difference);

    timing->samples = quick ? QUICK_SAMPLES : SAMPLES;
    for (int i = 0; i < timing->samples && status >= 0; i++)
        for (int k = 0; k < MEASURED && status >= 0; k++) {
            status = functions[k](session); /* whatever the one before has left is used up */
            timing->seconds[k][i] = time_of(functions[k], session, quick ? 3e-4 : 4e-3);
        }
    return status;
}

/* The median of the ratios of one thing to another. */
static double ratio_of(const struct timing *timing, int what, int unit)
{
    double ratio[SAMPLES];

    for (int i = 0; i < timing->samples; i++)
        ratio[i] = timing->seconds[what][i] / timing->seconds[unit][i];
    return clock_median(ratio, timing->samples);
}

static void write_line(const struct derivative *call, const struct session *session, struct timing *timing,
                       bool json)
{
    const int unit = call->in_forward_passes ? 0 : 1;
    const double bound = call->bound(session), units = ratio_of(timing, 2, unit),
                 naive = ratio_of(timing, 3, 2);
    const double us = 1e6 * clock_median(timing->seconds[2], timing->samples);
    char text[PROBLEM_TEXT_SIZE];

    if (json) {
        printf("{\"problem\": ");
        record_write_string(stdout, strchr(problem_print(session->problem, text), ' ') + 1);
        printf(", \"call\": \"%s\", \"us\": %.6g, \"%s\": %.4g, ", call->name, us,
               unit ? "gradients" : "forwards", units);
        if (isfinite(bound))
            printf("\"bound\": %.4g, ", bound);
        printf("\"naive_ratio\": %.4g, \"difference\": %.2g}\n", naive, timing->difference);
        return;
    }
    printf("%-20s %10.4g us %8.2f %-14s", call->name, us, units, unit ? "gradients" : "forward passes");
    if (isfinite(bound))
        printf(" (at most %5.2f%s)", bound, units > bound ? ", MISSED" : "");
    printf("  composition %.2f x, differs by %.1g\n", naive, timing->difference);
}

static int run_calls(const struct derivative *only, const struct problem *problem, bool json, bool quick)
{
    struct session session;
    struct timing timing;
    mlp_status status = session_create(problem, &session);

    for (int i = 0; status >= 0 && derivative_at(i); i++) {
        if (only && only != derivative_at(i))
            continue;
        status = measure(derivative_at(i), &session, quick, &timing);
        if (status >= 0)
            write_line(derivative_at(i), &session, &timing, json);
    }
    session_destroy(&session);
    return status < 0 ? report_failure("%s", mlp_last_error()) : CLI_OK;
}

int command_derivative(int argc, char **argv)
{
    bool json = false, quick = false, done;
    const struct args_option options[] = {
        {"json", ARGS_FLAG, &json, NULL, "one line of JSON a call", 0, 0},
        {"quick", ARGS_FLAG, &quick, NULL, "less precisely, in a tenth of the time", 0, 0},
    };
    struct args_usage usage = {"mlp-bench derivatives|hvp|... PROBLEM [OPTION]...", description, 3, 16};
    char text[PROBLEM_TEXT_SIZE] = "vjp", why[PROBLEM_TEXT_SIZE];
    struct problem problem;
    size_t length = strlen(text);
    int first, status = args_parse(argc, argv, &usage, options, 2, &first, &done);

    if (status != CLI_OK || done)
        return status;
    for (int i = first; i < argc && length < sizeof text; i++)
        length += (size_t)snprintf(text + length, sizeof text - length, " %s", argv[i]);
    if (!problem_parse(text, &problem, why, sizeof why))
        return report_usage("%s", why);
    return run_calls(derivative_find(strrchr(argv[0], ' ') + 1), &problem, json, quick);
}
