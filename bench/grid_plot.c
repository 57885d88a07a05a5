#include "dots.h"
#include "grid.h"
#include "grid_summary.h"
#include "memory.h"

#include <math.h>
#include <stdlib.h>

/* Peers' ratios are shown from a quarter to 64. */
static const int low = -2, high = 6;

/* The peers that occur, in the order of the table. */
static int occurring(const struct grid_point *points, int count, const struct peer **found)
{
    int series = 0;

    for (const struct peer *peer = peers + 1; peer->name && series < DOTS_SERIES; peer++) {
        int i = 0;

        while (i < count && !grid_of(&points[i], peer))
            i++;
        if (i < count)
            found[series++] = peer;
    }
    return series;
}

static void fill_point(const struct grid_point *point, const struct peer *const *found, int series,
                       struct dots_point *dots)
{
    snprintf(dots->label, sizeof dots->label, "%lld", (long long)point->problem.batch);
    snprintf(dots->group, sizeof dots->group, "%.95s", point->net->name);
    for (int i = 0; i < series; i++) {
        const struct grid_entry *entry = grid_of(point, found[i]);

        dots->value[i] = entry ? entry->ratio : NAN;
    }
}

/* The points of a group, from `dots` on; returns how many. */
static int fill_panel(const struct summary *group, const struct grid_point *points, int count,
                      const struct peer *const *found, int series, struct dots_point *dots,
                      struct dots_panel *panel)
{
    *panel = (struct dots_panel){.low = low, .high = high, .line = 0, .point = dots};
    snprintf(panel->title, sizeof panel->title, "%s, %d thread%s: time over libmlp's", work_name(group->work),
             group->threads, group->threads > 1 ? "s" : "");
    for (int i = 0; i < count; i++) {
        if (points[i].problem.work == group->work && points[i].problem.threads == group->threads)
            fill_point(&points[i], found, series, &dots[panel->points++]);
    }
    return panel->points;
}

const char *grid_plot(const char *path, const struct grid_point *points, int count)
{
    struct summary summary[SUMMARY_GROUPS];
    int groups = summary_make(points, count, summary), used = 0;
    const struct peer *found[DOTS_SERIES];
    const char *names[DOTS_SERIES], *problem;
    int series = occurring(points, count, found);
    struct dots_panel panel[SUMMARY_GROUPS];
    struct dots_point *dots = memory_new(count, sizeof *dots);

    for (int i = 0; i < series; i++)
        names[i] = found[i]->name;
    for (int g = 0; g < groups; g++)
        used += fill_panel(&summary[g], points, count, found, series, dots + used, &panel[g]);
    problem = dots_write(path, panel, groups, names, series);
    free(dots);
    return problem;
}
