#include "chart.h"

#include "heap.h"

#include <math.h>
#include <stdlib.h>

/* Pixels around the plot itself, and sizes of text. */
static const double margin_left = 96, margin_right = 40, margin_top = 56, margin_bottom = 76;
static const double title_size = 24, label_size = 19, tick_size = 17;
static const double tick_length = 6, curve_width = 3, dot_radius = 4.5;

enum { MOST_DOTS = 60, TICKS_PER_SIDE = 6 };

static void x_ticks(struct canvas *canvas, struct box plot, const struct axis *axis)
{
    struct text_style style = {tick_size, canvas_ink, ALIGN_MIDDLE, ALIGN_START, 0, false};
    double bottom = plot.y + plot.height;

    for (int i = 0; i < axis->ticks; i++) {
        double x = axis_place(axis, axis_value(axis, i), plot.x, plot.x + plot.width);
        char text[AXIS_LABEL_SIZE];

        canvas_line(canvas, x, bottom, x, bottom + tick_length, 1.5, canvas_grey);
        canvas_text(canvas, x, bottom + tick_length + 6, axis_label(axis, i, text), &style);
    }
}

static void y_ticks(struct canvas *canvas, struct box plot, const struct axis *axis)
{
    struct text_style style = {tick_size, canvas_ink, ALIGN_END, ALIGN_MIDDLE, 0, false};

    for (int i = 0; i < axis->ticks; i++) {
        double y = axis_place(axis, axis_value(axis, i), plot.y + plot.height, plot.y);
        char text[AXIS_LABEL_SIZE];

        canvas_line(canvas, plot.x, y, plot.x + plot.width, y, 1, canvas_pale);
        canvas_line(canvas, plot.x - tick_length, y, plot.x, y, 1.5, canvas_grey);
        canvas_text(canvas, plot.x - tick_length - 6, y, axis_label(axis, i, text), &style);
    }
}

static void labels(struct canvas *canvas, struct box box, struct box plot, const struct chart *chart)
{
    struct text_style style = {title_size, canvas_ink, ALIGN_START, ALIGN_START, 0, true};

    canvas_text(canvas, plot.x, box.y + 16, chart->title, &style);
    style = (struct text_style){label_size, canvas_ink, ALIGN_MIDDLE, ALIGN_END, 0, false};
    canvas_text(canvas, plot.x + plot.width / 2, box.y + box.height - 14, chart->x_label, &style);
    style.angle = -M_PI / 2;
    style.down = ALIGN_START;
    canvas_text(canvas, box.x + 10, plot.y + plot.height / 2, chart->y_label, &style);
}

/* Room for the axis's label and its widest tick label; the same for most charts, so that they line up. */
static double left_margin(struct canvas *canvas, const struct axis *axis)
{
    struct text_style style = {.size = tick_size};
    double widest = 0;

    for (int i = 0; i < axis->ticks; i++) {
        char text[AXIS_LABEL_SIZE];

        widest = fmax(widest, canvas_text_width(canvas, axis_label(axis, i, text), &style));
    }
    return fmax(margin_left, 10 + label_size + 14 + widest + tick_length + 6);
}

struct box chart_draw_axes(struct canvas *canvas, struct box box, const struct chart *chart,
                           const struct axis *x, const struct axis *y)
{
    double left = left_margin(canvas, y);
    struct box plot = {box.x + left, box.y + margin_top, box.width - left - margin_right,
                       box.height - margin_top - margin_bottom};

    y_ticks(canvas, plot, y);
    x_ticks(canvas, plot, x);
    canvas_frame(canvas, plot, 1.5, canvas_grey);
    labels(canvas, box, plot, chart);
    return plot;
}

/* A range that grows with the values an axis can show. */
struct range {
    double low, high;
};

static void widen(struct range *range, const double *values, long count, bool logarithmic)
{
    for (long i = 0; i < count; i++) {
        if (isfinite(values[i]) && (!logarithmic || values[i] > 0)) {
            range->low = fmin(range->low, values[i]);
            range->high = fmax(range->high, values[i]);
        }
    }
}

/* 0 to 1, or 1 to 10, where there is no value to show. */
static struct axis axis_of(struct range range, int most, bool integers, bool logarithmic)
{
    if (!isfinite(range.low))
        range = logarithmic ? (struct range){1, 10} : (struct range){0, 1};
    return logarithmic ? axis_for_powers(range.low, range.high, most)
                       : axis_for(range.low, range.high, most, integers);
}

static struct axis x_axis(const struct chart *chart)
{
    struct range range = {INFINITY, -INFINITY};

    widen(&range, chart->x, chart->count, chart->log_x);
    return axis_of(range, 10, chart->integer_x, chart->log_x);
}

static struct axis y_axis(const struct chart *chart)
{
    struct range range = {INFINITY, -INFINITY};

    for (int c = 0; c < chart->curves; c++)
        widen(&range, chart->curve[c].y, chart->count, chart->log_y);
    return axis_of(range, chart->log_y ? 10 : TICKS_PER_SIDE, false, chart->log_y);
}

static void draw_curve(struct canvas *canvas, struct box plot, const struct chart *chart,
                       const struct curve *curve, const struct axis *across, const struct axis *axis)
{
    double *x = heap_new(chart->count, sizeof *x), *y = heap_new(chart->count, sizeof *y);

    for (long i = 0; i < chart->count; i++) {
        x[i] = axis_place(across, chart->x[i], plot.x, plot.x + plot.width);
        y[i] = axis_place(axis, curve->y[i], plot.y + plot.height, plot.y);
        if ((curve->points || chart->count <= MOST_DOTS) && isfinite(x[i]) && isfinite(y[i]))
            canvas_disc(canvas, x[i], y[i], dot_radius, curve->colour, 1);
    }
    if (!curve->points)
        canvas_path(canvas, x, y, chart->count, curve_width, curve->colour);
    free(x);
    free(y);
}

/* Above the plot on the right, where no curve is. */
static void legend(struct canvas *canvas, struct box plot, const struct chart *chart)
{
    struct text_style style = {tick_size, canvas_ink, ALIGN_END, ALIGN_MIDDLE, 0, false};
    double x = plot.x + plot.width, y = plot.y - 22;

    for (int c = chart->curves - 1; c >= 0; c--) {
        const struct curve *curve = &chart->curve[c];

        if (!curve->name)
            continue;
        canvas_text(canvas, x, y, curve->name, &style);
        x -= canvas_text_width(canvas, curve->name, &style) + 10;
        if (!curve->points)
            canvas_line(canvas, x - 26, y, x, y, curve_width, curve->colour);
        canvas_disc(canvas, x - 13, y, dot_radius, curve->colour, 1);
        x -= 26 + 24;
    }
}

void chart_draw(struct canvas *canvas, struct box box, const struct chart *chart)
{
    struct axis x = x_axis(chart), y = y_axis(chart);
    struct box plot = chart_draw_axes(canvas, box, chart, &x, &y);

    for (int c = 0; c < chart->curves; c++)
        draw_curve(canvas, plot, chart, &chart->curve[c], &x, &y);
    legend(canvas, plot, chart);
}
