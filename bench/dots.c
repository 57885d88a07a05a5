#include "dots.h"

#include "canvas.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { WIDTH = 1720, PANEL = 430, LEFT = 90, RIGHT = 30, TOP = 70, BOTTOM = 60, LEGEND = 60 };

static const double disc_radius = 6, legend_gap = 24;

static const struct colour colours[] = {{0.12, 0.42, 0.73}, {0.55, 0.75, 0.93}, {0.80, 0.15, 0.15},
                                        {0.95, 0.70, 0.30}, {0.20, 0.60, 0.25}, {0.55, 0.55, 0.55},
                                        {0.50, 0.25, 0.65}, {0.90, 0.45, 0.10}, {0.60, 0.80, 0.55},
                                        {0.85, 0.55, 0.75}, {0.10, 0.15, 0.35}, {0.45, 0.30, 0.15}};

static struct colour colour_of(int series)
{
    return colours[series % (int)(sizeof colours / sizeof *colours)];
}

static double height_of(struct box plot, const struct dots_panel *panel, double value)
{
    double place = fmin(fmax(log2(value), panel->low), panel->high) - panel->low;

    return plot.y + plot.height * (1 - place / (panel->high - panel->low));
}

static void draw_frame(struct canvas *canvas, struct box plot, const struct dots_panel *panel)
{
    struct text_style style = {17, canvas_ink, ALIGN_END, ALIGN_MIDDLE, 0, false};
    char text[32];

    for (int power = panel->low; power <= panel->high; power++) {
        double y = height_of(plot, panel, exp2(power));

        snprintf(text, sizeof text, "%g", exp2(power));
        canvas_line(canvas, plot.x, y, plot.x + plot.width, y, power == panel->line ? 3 : 1,
                    power == panel->line ? canvas_ink : canvas_pale);
        canvas_text(canvas, plot.x - 10, y, text, &style);
    }
    canvas_frame(canvas, plot, 1.5, canvas_grey);
    style = (struct text_style){22, canvas_ink, ALIGN_START, ALIGN_END, 0, true};
    canvas_text(canvas, plot.x, plot.y - 14, panel->title, &style);
}

static void draw_point(struct canvas *canvas, struct box plot, double x, const struct dots_panel *panel,
                       const struct dots_point *point, int series)
{
    struct text_style style = {14, canvas_ink, ALIGN_MIDDLE, ALIGN_START, 0, false};

    for (int i = 0; i < series; i++) {
        if (isfinite(point->value[i]))
            canvas_disc(canvas, x, height_of(plot, panel, point->value[i]), disc_radius, colour_of(i), 0.9);
    }
    canvas_text(canvas, x, plot.y + plot.height + 8, point->label, &style);
}

static void draw_panel(struct canvas *canvas, double top, const struct dots_panel *panel, int series)
{
    struct box plot = {LEFT, top + TOP, WIDTH - LEFT - RIGHT, PANEL - TOP - BOTTOM};
    struct text_style style = {17, canvas_ink, ALIGN_START, ALIGN_START, 0, true};
    double step = plot.width / panel->points;

    draw_frame(canvas, plot, panel);
    for (int i = 0; i < panel->points; i++) {
        const struct dots_point *point = &panel->point[i];
        double x = plot.x + step * i;

        if (i == 0 || strcmp(point->group, point[-1].group) != 0) {
            canvas_line(canvas, x, plot.y, x, plot.y + plot.height, 1.5, canvas_grey);
            canvas_text(canvas, x + step / 4, plot.y + plot.height + 30, point->group, &style);
        }
        draw_point(canvas, plot, x + step / 2, panel, point, series);
    }
}

/* The place of a series' name, in as many lines as are needed; returns where the next is. */
static struct box place_name(struct canvas *canvas, struct box at, const char *name,
                             const struct text_style *style)
{
    double width = 2 * disc_radius + canvas_text_width(canvas, name, style);

    if (at.x + at.width + legend_gap + width > WIDTH - RIGHT)
        return (struct box){LEFT, at.y + 26, width, 0};
    return (struct box){at.x + at.width + (at.width > 0 ? legend_gap : 0), at.y, width, 0};
}

static void draw_legend(struct canvas *canvas, const char *const *names, int series)
{
    struct text_style style = {17, canvas_ink, ALIGN_START, ALIGN_MIDDLE, 0, false};
    struct box at = {LEFT, 26, 0, 0};

    for (int i = 0; i < series; i++) {
        at = place_name(canvas, at, names[i], &style);
        canvas_disc(canvas, at.x + disc_radius, at.y, disc_radius, colour_of(i), 0.9);
        canvas_text(canvas, at.x + 3 * disc_radius, at.y, names[i], &style);
    }
}

const char *dots_write(const char *path, const struct dots_panel *panel, int panels, const char *const *names,
                       int series)
{
    struct canvas *canvas = canvas_create(WIDTH, LEGEND + PANEL * panels);

    draw_legend(canvas, names, series);
    for (int i = 0; i < panels; i++)
        draw_panel(canvas, LEGEND + (double)PANEL * i, &panel[i], series);
    return canvas_finish(canvas, path);
}
