#include "args.h"
#include "check.h"
#include "clock.h"
#include "command.h"
#include "record.h"
#include "report.h"

#include <math.h>
#include <string.h>

enum { LEAST_PASSES = 9, MOST_PASSES = 101 };

static const char *const description =
    "Time one problem with libmlp, after checking its answer against plain loops in double. The works\n"
    "sample_... and jacobian... are timed in turns with grad, and the quotient is printed. PROBLEM is\n"
    "f32 or f64, the widths joined by '-', an activation, and batch=N threads=N engine=auto|native|blas\n"
    "cpu=auto|generic|avx2|avx512 in any order. MLP_CPU in the environment stands for cpu.\n";

void command_print_peak(FILE *stream, const struct peak *peak)
{
    fprintf(stream, "limits, %d thread%s, %s: FMA f32 %.0f, f64 %.0f GFLOP/s\n       ", peak->threads,
            peak->threads > 1 ? "s" : "", peak->set, peak->fma_f32, peak->fma_f64);
    for (int level = 0; level < LEVELS; level++)
        fprintf(stream, " %s read %.0f, update %.0f%s", peak_level_name(level), peak->read[level],
                peak->update[level], level < LEVEL_DRAM ? ";" : " GB/s\n");
}

/* Runs in a row that take the least time a sample may; they warm up, too. */
static int64_t choose_repeats(struct run *run, double least)
{
    int64_t repeats = 1;
    double seconds = check_time(run, 1);

    while (seconds < least) {
        double factor = fmin(10, 1.2 * least / fmax(seconds, 1e-9));

        repeats = (int64_t)ceil((double)repeats * fmax(factor, 1.2));
        seconds = check_time(run, repeats);
    }
    return repeats;
}

/*
 * Seconds of a run: the median of several samples; and how far they spread. `beside`, where not NULL, takes turns with it:
 * *ratio is the median of its samples' quotients with those just after them.
 */
static double measure(const struct problem *problem, struct run *run, struct run *beside, bool quick,
                      double *spread, double *ratio)
{
    double least = quick ? 2e-4 : 2e-3, budget = quick ? 0.02 : 0.5;
    double sample[MOST_PASSES], quotient[MOST_PASSES];

    check_warm(problem, run);
    int64_t repeats = choose_repeats(run, least), others = beside ? choose_repeats(beside, least) : 1;
    double begin = clock_now();
    int count = 0;

    while (count < MOST_PASSES && (count < LEAST_PASSES || clock_now() - begin < budget)) {
        sample[count] = check_time(run, repeats) / (double)repeats;
        if (beside)
            quotient[count] = sample[count] / check_time(beside, others) * (double)others;
        count++;
    }
    *spread = clock_spread(sample, count);
    *ratio = beside ? clock_median(quotient, count) : NAN;
    return clock_median(sample, count);
}

static void print(const struct record *record, const struct peak *peak)
{
    char text[PROBLEM_TEXT_SIZE];
    struct limit limit;

    limit_compute(record->problem, peak, &limit);
    command_print_peak(stdout, peak);
    printf("%s\n", problem_print(record->problem, text));
    printf("  time      %.4g us, %.4g GFLOP/s, samples spread over %.1f %%\n", record->us, record->gflops,
           100 * record->spread);
    printf("  limit     %.4g us: products %.4g, activations %.4g; or data in %s %.4g\n", record->limit_us,
           limit.products * 1e6, limit.activations * 1e6, peak_level_name(limit.level), limit.data * 1e6);
    printf("  fraction  %.1f %% of the limit\n", 100 * record->limit_us / record->us);
    if (isfinite(record->ratio))
        printf("  ratio     %.3f of one gradient (forward and vjp), beside it\n", record->ratio);
    printf("  residual  %.2g (checked: at most %.2g)\n", record->residual,
           reference_tolerance(record->problem));
}

/* The problem's gradient, where that is what it is timed beside. */
static struct checked check_beside(const struct problem *problem)
{
    struct problem gradient = *problem;

    gradient.work = WORK_GRAD;
    return work_is_beside_gradient(problem->work) ? check_run(&gradient) : (struct checked){0};
}

static int run_problem(const struct problem *problem, bool json, bool quick)
{
    struct checked checked = check_run(problem), beside;
    struct peak peak;
    struct record record;
    double seconds, spread, ratio;

    if (!checked.run)
        return report_failure("%s", checked.why);
    if (checked.wrong) {
        run_destroy(checked.run);
        return report_failure("wrong answer: residual %g exceeds %g", checked.residual,
                              reference_tolerance(problem));
    }
    peak_measure(problem->threads, quick, &peak);
    beside = check_beside(problem);
    seconds = measure(problem, checked.run, beside.run, quick, &spread, &ratio);
    record = record_make(problem, &peak, seconds, checked.residual, spread);
    record.ratio = ratio;
    if (json)
        record_write(stdout, &record);
    else
        print(&record, &peak);
    if (beside.run)
        run_destroy(beside.run);
    run_destroy(checked.run);
    return CLI_OK;
}

/* The words of a problem: the work, the title's last word, and what follows. */
static void join(int argc, char **argv, int first, char *text, size_t size)
{
    size_t length = (size_t)snprintf(text, size, "%s", strrchr(argv[0], ' ') + 1);

    for (int i = first; i < argc && length < size; i++)
        length += (size_t)snprintf(text + length, size - length, " %s", argv[i]);
}

int command_problem(int argc, char **argv)
{
    bool json = false, quick = false, done;
    const struct args_option options[] = {
        {"json", ARGS_FLAG, &json, NULL, "one line of JSON", 0, 0},
        {"quick", ARGS_FLAG, &quick, NULL, "less precisely, in a tenth of the time", 0, 0},
    };
    struct args_usage usage = {"mlp-bench WORK PROBLEM [OPTION]...", description, 3, 16};
    char text[PROBLEM_TEXT_SIZE], why[PROBLEM_TEXT_SIZE];
    struct problem problem;
    int first, status = args_parse(argc, argv, &usage, options, 2, &first, &done);

    if (status != CLI_OK || done)
        return status;
    join(argc, argv, first, text, sizeof text);
    if (!problem_parse(text, &problem, why, sizeof why))
        return report_usage("%s", why);
    return run_problem(&problem, json, quick);
}
