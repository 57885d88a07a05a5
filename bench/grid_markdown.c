#include "grid.h"
#include "grid_summary.h"

#include "peak.h"

#include <string.h>

static void write_limits(FILE *file, const struct grid_point *points, int count)
{
    int threads = 0;

    fprintf(file, "| threads | FMA f32, f64 (GFLOP/s) | read L1, L2, L3, DRAM (GB/s) | update (GB/s) |\n"
                  "|---|---|---|---|\n");
    for (int i = 0; i < count; i++) {
        const struct peak *peak = &points[i].peak;

        if (peak->threads <= threads)
            continue;
        threads = peak->threads;
        fprintf(file, "| %d (%s) | %.0f, %.0f |", threads, peak->set, peak->fma_f32, peak->fma_f64);
        for (int level = 0; level < LEVELS; level++)
            fprintf(file, "%s%.0f", level ? ", " : " ", peak->read[level]);
        fprintf(file, " |");
        for (int level = 0; level < LEVELS; level++)
            fprintf(file, "%s%.0f", level ? ", " : " ", peak->update[level]);
        fprintf(file, " |\n");
    }
}

static void write_best(FILE *file, const struct grid_point *point, const char *kind)
{
    const struct grid_entry *best = grid_best(point, kind);

    if (best)
        fprintf(file, " %.2f %s |", best->ratio, best->peer->name);
    else
        fprintf(file, " |");
}

static void write_rows(FILE *file, const struct summary *group, const struct grid_point *points, int count)
{
    fprintf(file, "| net | batch | libmlp (us) | of the limit | best library | best composite |\n"
                  "|---|---|---|---|---|---|\n");
    for (int i = 0; i < count; i++) {
        const struct grid_point *point = &points[i];

        if (point->problem.work != group->work || point->problem.threads != group->threads)
            continue;
        fprintf(file, "| %s | %lld | %.4g | %.0f %% |", point->net->name, (long long)point->problem.batch,
                point->entry[0].us, 100 * grid_fraction(point));
        write_best(file, point, "library");
        write_best(file, point, "composite");
        fprintf(file, "\n");
    }
}

static void write_group(FILE *file, const struct summary *group, const struct grid_point *points, int count)
{
    fprintf(file, "\n## %s, %d thread%s\n\n", work_name(group->work), group->threads,
            group->threads > 1 ? "s" : "");
    write_rows(file, group, points, count);
    fprintf(
        file,
        "\n| against | time over libmlp's (geometric mean) | points | libmlp ahead |\n|---|---|---|---|\n");
    for (int i = 0; i < group->lines; i++)
        fprintf(file, "| %s | %.2f | %d | %d |\n", group->line[i].name, group->line[i].ratio,
                group->line[i].points, group->line[i].ahead);
    fprintf(file, "| the limit | %.2f | %d | |\n", group->fraction, group->points);
}

static void write_worst(FILE *file, const struct grid_point *points, int count)
{
    const struct grid_point *worst[SUMMARY_WORST];
    int found = summary_worst(points, count, worst);

    if (found == 0)
        return;
    fprintf(file, "\n## The worst points\n\n| work | net | batch | threads | ratio | best library |\n"
                  "|---|---|---|---|---|---|\n");
    for (int i = 0; i < found; i++) {
        const struct grid_entry *best = grid_best(worst[i], "library");

        fprintf(file, "| %s | %s | %lld | %d | %.2f | %s |\n", work_name(worst[i]->problem.work),
                worst[i]->net->name, (long long)worst[i]->problem.batch, worst[i]->problem.threads,
                best->ratio, best->peer->name);
    }
}

static void write_nets(FILE *file, const struct grid_point *points, int count)
{
    const struct grid_net *last = NULL;
    char widths[PROBLEM_TEXT_SIZE];

    fprintf(file, "\nNets:");
    for (int i = 0; i < count; i++) {
        if (points[i].net > last)
            fprintf(file, "%s %s = %s %s", last ? "," : "", points[i].net->name,
                    problem_print_widths(&points[i].problem, widths), points[i].problem.activation);
        last = points[i].net > last ? points[i].net : last;
    }
    fprintf(file, ".\n");
}

bool grid_write_markdown(const char *path, const char *picture, const struct grid_point *points, int count)
{
    struct summary summary[SUMMARY_GROUPS];
    int groups = summary_make(points, count, summary);
    const char *name = picture && strrchr(picture, '/') ? strrchr(picture, '/') + 1 : picture;
    FILE *file = fopen(path, "w");

    if (!file)
        return false;
    fprintf(
        file,
        "# Benchmarks\n\nWritten by `mlp-bench grid --markdown FILE --plot FILE.png`. Every figure is of one "
        "run, "
        "peers and libmlp in turns; a ratio\nis a peer's time over libmlp's beside it, the median of nine: "
        "above "
        "1, libmlp is faster. Answers are checked against plain\nloops in double before anything is timed. "
        "A *composite* is another's products with libmlp's activations.\n\n");
    if (name)
        fprintf(file, "![Time of each peer over libmlp's](%s)\n\n", name);
    fprintf(file, "## Limits of the machine, in the same run\n\n");
    write_limits(file, points, count);
    write_nets(file, points, count);
    for (int g = 0; g < groups; g++)
        write_group(file, &summary[g], points, count);
    write_worst(file, points, count);
    return fclose(file) == 0;
}
