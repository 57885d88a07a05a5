#include "grid_summary.h"

#include <math.h>
#include <stdlib.h>

/* A ratio joins a line; the mean is kept as a sum of logarithms until the end. */
static void add(struct summary_line *line, double ratio)
{
    line->ratio += log(ratio);
    line->points++;
    line->ahead += ratio > 1;
}

/* The best of a kind at every point of the group. */
static void add_best(const struct grid_point *points, int count, const char *kind, const char *name,
                     struct summary *summary)
{
    struct summary_line *line = &summary->line[summary->lines];

    *line = (struct summary_line){.name = name};
    for (int i = 0; i < count; i++) {
        const struct grid_entry *best = grid_best(&points[i], kind);

        if (points[i].problem.work == summary->work && points[i].problem.threads == summary->threads && best)
            add(line, best->ratio);
    }
    summary->lines += line->points > 0;
}

static void add_peer(const struct grid_point *points, int count, const struct peer *peer,
                     struct summary *summary)
{
    struct summary_line *line = &summary->line[summary->lines];

    *line = (struct summary_line){.name = peer->name};
    for (int i = 0; i < count; i++) {
        const struct grid_entry *entry = grid_of(&points[i], peer);

        if (points[i].problem.work == summary->work && points[i].problem.threads == summary->threads && entry)
            add(line, entry->ratio);
    }
    summary->lines += line->points > 0;
}

static void fill(const struct grid_point *points, int count, struct summary *summary)
{
    for (int i = 0; i < count; i++) {
        if (points[i].problem.work != summary->work || points[i].problem.threads != summary->threads)
            continue;
        summary->points++;
        summary->fraction += log(grid_fraction(&points[i]));
    }
    summary->fraction = exp(summary->fraction / summary->points);
    add_best(points, count, "library", "best library", summary);
    add_best(points, count, "composite", "best composite", summary);
    for (const struct peer *peer = peers + 1; peer->name; peer++)
        add_peer(points, count, peer, summary);
    for (int i = 0; i < summary->lines; i++)
        summary->line[i].ratio = exp(summary->line[i].ratio / summary->line[i].points);
}

int summary_make(const struct grid_point *points, int count, struct summary *summary)
{
    int groups = 0;

    for (int i = 0; i < count; i++) {
        int g = 0;

        while (g < groups &&
               (summary[g].work != points[i].problem.work || summary[g].threads != points[i].problem.threads))
            g++;
        if (g == groups && groups < SUMMARY_GROUPS)
            summary[groups++] =
                (struct summary){.work = points[i].problem.work, .threads = points[i].problem.threads};
    }
    for (int g = 0; g < groups; g++)
        fill(points, count, &summary[g]);
    return groups;
}

int summary_worst(const struct grid_point *points, int count, const struct grid_point **worst)
{
    int found = 0;

    for (int i = 0; i < count; i++) {
        const struct grid_entry *best = grid_best(&points[i], "library");
        int place = found;

        if (!best)
            continue;
        while (place > 0 && grid_best(worst[place - 1], "library")->ratio > best->ratio)
            place--;
        if (place == SUMMARY_WORST)
            continue;
        found += found < SUMMARY_WORST;
        for (int j = found - 1; j > place; j--)
            worst[j] = worst[j - 1];
        worst[place] = &points[i];
    }
    return found;
}
