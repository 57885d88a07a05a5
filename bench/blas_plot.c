#include "blas.h"

#include "memory.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_SECTIONS = 8 };

/* The range that holds every value of a panel, in powers of two. */
static void fit(struct dots_panel *panel, int series)
{
    double least = INFINITY, most = 0;

    for (int p = 0; p < panel->points; p++) {
        for (int i = 0; i < series; i++) {
            double value = panel->point[p].value[i];

            if (value > 0 && value < least)
                least = value;
            if (value > most)
                most = value;
        }
    }
    panel->low = most > 0 ? (int)floor(log2(least)) : 0;
    panel->high = most > 0 ? (int)ceil(log2(most)) : 1;
    panel->high += panel->high == panel->low;
    panel->line = panel->high + 1;
}

const char *blas_plot(const char *path, const struct blas_team *team, const struct blas_row *rows, int count)
{
    struct dots_panel panel[MOST_SECTIONS];
    struct dots_point *dots = memory_new(count, sizeof *dots);
    const char *names[BLAS_MOST], *problem;
    int panels = 0;

    for (int i = 0; i < team->count; i++)
        names[i] = team->variant[i].label;
    for (int r = 0; r < count; r++) {
        if (r == 0 || strcmp(rows[r].section, rows[r - 1].section) != 0) {
            if (panels == MOST_SECTIONS)
                break;
            panel[panels] = (struct dots_panel){.point = &dots[r]};
            snprintf(panel[panels++].title, DOTS_TEXT, "%.80s, GFLOP/s", rows[r].section);
        }
        memcpy(dots[r].label, rows[r].label, sizeof dots[r].label);
        memcpy(dots[r].group, rows[r].group, sizeof dots[r].group);
        memcpy(dots[r].value, rows[r].gflops, sizeof dots[r].value);
        panel[panels - 1].points++;
    }
    for (int p = 0; p < panels; p++)
        fit(&panel[p], team->count);
    problem = dots_write(path, panel, panels, names, team->count);
    free(dots);
    return problem;
}
