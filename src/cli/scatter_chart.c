#include "scatter_chart.h"

#include "chart.h"
#include "number.h"
#include "typed.h"

#include <math.h>
#include <stdio.h>

/* More points than this are thinned out: a cloud says no more with a million. */
enum { MOST_POINTS = 20000 };

static void widen(double value, double *low, double *high)
{
    if (isfinite(value)) {
        *low = fmin(*low, value);
        *high = fmax(*high, value);
    }
}

static struct axis common_axis(const struct dataset *set, const struct score *score)
{
    double low = INFINITY, high = -INFINITY;

    for (int64_t i = 0; i < set->samples * set->targets; i++) {
        widen(typed_get(set->dtype, set->t, i), &low, &high);
        widen(typed_get(set->dtype, score->y, i), &low, &high);
    }
    return isfinite(low) ? axis_for(low, high, 6, false) : axis_for(0, 1, 6, false);
}

static void draw_points(struct canvas *canvas, struct box plot, const struct axis *axis,
                        const struct dataset *set, const struct score *score)
{
    int64_t count = set->samples * set->targets, stride = 1 + count / MOST_POINTS;
    double opacity = fmin(0.6, 200 / sqrt((double)count) / 10);

    for (int64_t i = 0; i < count; i += stride) {
        double y = typed_get(set->dtype, score->y, i);
        double across = axis_place(axis, typed_get(set->dtype, set->t, i), plot.x, plot.x + plot.width);

        if (isfinite(y))
            canvas_disc(canvas, across, axis_place(axis, y, plot.y + plot.height, plot.y), 4,
                        i % set->targets ? chart_orange : chart_blue, fmax(opacity, 0.15));
    }
}

void scatter_chart_draw(struct canvas *canvas, struct box box, const struct dataset *set,
                        const struct score *score)
{
    struct axis axis = common_axis(set, score);
    char title[96], samples[NUMBER_GROUP_SIZE];
    struct chart chart = {.title = title, .x_label = "target", .y_label = "prediction"};
    struct box plot;

    snprintf(title, sizeof title, "Predictions: rmse %.4g on %s samples", score->rmse,
             number_group(score->samples, samples));
    plot = chart_draw_axes(canvas, box, &chart, &axis, &axis);
    canvas_line(canvas, plot.x, plot.y + plot.height, plot.x + plot.width, plot.y, 1.5, canvas_grey);
    draw_points(canvas, plot, &axis, set, score);
}
