#include "grid.h"
#include "grid_summary.h"

#include <math.h>
#include <string.h>

enum { WIDTH = 14 };

void grid_print_heading(FILE *stream, const struct grid_team *team)
{
    fprintf(stream, "\n%-28s %11s %7s", "", "libmlp us", "limit");
    for (int i = 1; i < team->count; i++)
        fprintf(stream, " %*s", WIDTH, team->peer[i]->name);
    fprintf(stream, "\n");
}

/* Wrong answers and deaths are shown; what a peer cannot do is a dash. */
static const char *mark(enum verdict verdict)
{
    static const char *const marks[] = {"?", "wrong", "-", "dead"};

    return marks[verdict];
}

void grid_print_row(FILE *stream, const struct grid_team *team, const struct grid_point *point)
{
    char title[PROBLEM_TEXT_SIZE];

    snprintf(title, sizeof title, "%s %.400s/%lld, %d", work_name(point->problem.work), point->net->name,
             (long long)point->problem.batch, point->problem.threads);
    fprintf(stream, "%-28s %11.4g %5.0f %%", title, point->entry[0].us, 100 * grid_fraction(point));
    for (int i = 1; i < team->count; i++) {
        if (point->entry[i].verdict == VERDICT_READY)
            fprintf(stream, " %*.2f", WIDTH, point->entry[i].ratio);
        else
            fprintf(stream, " %*s", WIDTH, mark(point->entry[i].verdict));
    }
    fprintf(stream, "\n");
    fflush(stream);
}

static void print_group(FILE *stream, const struct summary *summary)
{
    fprintf(stream, "\n%s, %d thread%s, %d points: %.0f %% of the limit (geometric mean)\n",
            work_name(summary->work), summary->threads, summary->threads > 1 ? "s" : "", summary->points,
            100 * summary->fraction);
    for (int i = 0; i < summary->lines; i++) {
        const struct summary_line *line = &summary->line[i];

        fprintf(stream, "  %-16s takes %6.2f x the time (geometric mean of %d), libmlp is ahead in %d\n",
                line->name, line->ratio, line->points, line->ahead);
    }
}

void grid_print_summary(FILE *stream, const struct grid_point *points, int count)
{
    struct summary summary[SUMMARY_GROUPS];
    const struct grid_point *worst[SUMMARY_WORST];
    int groups = summary_make(points, count, summary), found = summary_worst(points, count, worst);

    for (int i = 0; i < groups; i++)
        print_group(stream, &summary[i]);
    if (found > 0)
        fprintf(stream, "\nworst against the best library\n");
    for (int i = 0; i < found; i++) {
        const struct grid_entry *best = grid_best(worst[i], "library");

        fprintf(stream, "  %s %s/%lld, %d: %.2f (%s)\n", work_name(worst[i]->problem.work),
                worst[i]->net->name, (long long)worst[i]->problem.batch, worst[i]->problem.threads,
                best->ratio, best->peer->name);
    }
}
