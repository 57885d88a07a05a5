#include "grid.h"
#include "grid_summary.h"

#include "canvas.h"

#include <math.h>

enum { WIDTH = 1720, PANEL = 430, LEFT = 90, RIGHT = 30, TOP = 70, BOTTOM = 60, MOST_DOUBLINGS = 6 };

/* Ratios are shown from 2^-2 to 2^6, on a logarithmic scale; those beyond, at the border. */
static const double lowest = -2;

static const struct colour colours[] = {{0.12, 0.42, 0.73}, {0.55, 0.75, 0.93}, {0.80, 0.15, 0.15},
                                        {0.95, 0.70, 0.30}, {0.20, 0.60, 0.25}, {0.55, 0.55, 0.55},
                                        {0.50, 0.25, 0.65}, {0.90, 0.45, 0.10}};

static struct colour colour_of(const struct peer *peer)
{
    return colours[(peer - peers - 1) % (long)(sizeof colours / sizeof *colours)];
}

static double height_of(struct box plot, double ratio)
{
    double place = (fmin(fmax(log2(ratio), lowest), MOST_DOUBLINGS) - lowest) / (MOST_DOUBLINGS - lowest);

    return plot.y + plot.height * (1 - place);
}

static void draw_frame(struct canvas *canvas, struct box plot, const struct summary *group)
{
    struct text_style style = {17, canvas_ink, ALIGN_END, ALIGN_MIDDLE, 0, false};
    char text[96];

    for (int power = (int)lowest; power <= MOST_DOUBLINGS; power++) {
        double y = height_of(plot, exp2(power));

        snprintf(text, sizeof text, "%g", exp2(power));
        canvas_line(canvas, plot.x, y, plot.x + plot.width, y, power == 0 ? 3 : 1,
                    power == 0 ? canvas_ink : canvas_pale);
        canvas_text(canvas, plot.x - 10, y, text, &style);
    }
    canvas_frame(canvas, plot, 1.5, canvas_grey);
    style = (struct text_style){22, canvas_ink, ALIGN_START, ALIGN_END, 0, true};
    snprintf(text, sizeof text, "%s, %d thread%s: time over libmlp's", work_name(group->work), group->threads,
             group->threads > 1 ? "s" : "");
    canvas_text(canvas, plot.x, plot.y - 14, text, &style);
}

static void draw_point(struct canvas *canvas, struct box plot, double x, const struct grid_point *point)
{
    struct text_style style = {14, canvas_ink, ALIGN_MIDDLE, ALIGN_START, 0, false};
    char text[32];

    for (int i = 1; i < point->entries; i++) {
        const struct grid_entry *entry = &point->entry[i];

        if (entry->verdict == VERDICT_READY)
            canvas_disc(canvas, x, height_of(plot, entry->ratio), 6, colour_of(entry->peer), 0.9);
    }
    snprintf(text, sizeof text, "%lld", (long long)point->problem.batch);
    canvas_text(canvas, x, plot.y + plot.height + 8, text, &style);
}

static void draw_group(struct canvas *canvas, double top, const struct summary *group,
                       const struct grid_point *points, int count)
{
    struct box plot = {LEFT, top + TOP, WIDTH - LEFT - RIGHT, PANEL - TOP - BOTTOM};
    struct text_style style = {17, canvas_ink, ALIGN_START, ALIGN_START, 0, true};
    const struct grid_net *net = NULL;
    double step = plot.width / group->points, x = plot.x + step / 2;

    draw_frame(canvas, plot, group);
    for (int i = 0; i < count; i++) {
        if (points[i].problem.work != group->work || points[i].problem.threads != group->threads)
            continue;
        if (points[i].net != net) {
            canvas_line(canvas, x - step / 2, plot.y, x - step / 2, plot.y + plot.height, 1.5, canvas_grey);
            canvas_text(canvas, x - step / 4, plot.y + plot.height + 30, points[i].net->name, &style);
        }
        net = points[i].net;
        draw_point(canvas, plot, x, &points[i]);
        x += step;
    }
}

static bool occurs(const struct grid_point *points, int count, const struct peer *peer)
{
    for (int i = 0; i < count; i++) {
        if (grid_of(&points[i], peer))
            return true;
    }
    return false;
}

static void draw_legend(struct canvas *canvas, const struct grid_point *points, int count)
{
    struct text_style style = {17, canvas_ink, ALIGN_START, ALIGN_MIDDLE, 0, false};
    double x = LEFT + 520;

    for (const struct peer *peer = peers + 1; peer->name; peer++) {
        if (!occurs(points, count, peer))
            continue;
        canvas_disc(canvas, x, 45, 6, colour_of(peer), 0.9);
        canvas_text(canvas, x + 12, 45, peer->name, &style);
        x += 12 + canvas_text_width(canvas, peer->name, &style) + 24;
    }
}

const char *grid_plot(const char *path, const struct grid_point *points, int count)
{
    struct summary summary[SUMMARY_GROUPS];
    int groups = summary_make(points, count, summary);
    struct canvas *canvas = canvas_create(WIDTH, PANEL * groups);

    for (int g = 0; g < groups; g++)
        draw_group(canvas, (double)PANEL * g, &summary[g], points, count);
    draw_legend(canvas, points, count);
    return canvas_finish(canvas, path);
}
