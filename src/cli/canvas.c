#include "canvas.h"

#include "heap.h"

#include <cairo.h>
#include <math.h>
#include <stdlib.h>

const struct colour canvas_white = {1, 1, 1}, canvas_ink = {0.13, 0.15, 0.18},
                    canvas_grey = {0.42, 0.45, 0.49}, canvas_pale = {0.88, 0.89, 0.91};

struct canvas {
    cairo_surface_t *surface;
    cairo_t *cairo;
};

struct canvas *canvas_create(int width, int height)
{
    struct canvas *canvas = heap_new(1, sizeof *canvas);

    canvas->surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    canvas->cairo = cairo_create(canvas->surface);
    canvas_fill(canvas, (struct box){0, 0, width, height}, canvas_white);
    return canvas;
}

/* An object of Cairo in an error state ignores drawing, so errors are asked for once, here. */
const char *canvas_finish(struct canvas *canvas, const char *path)
{
    cairo_status_t status = cairo_status(canvas->cairo);

    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_write_to_png(canvas->surface, path);
    cairo_destroy(canvas->cairo);
    cairo_surface_destroy(canvas->surface);
    free(canvas);
    return status == CAIRO_STATUS_SUCCESS ? NULL : cairo_status_to_string(status);
}

static void set_colour(struct canvas *canvas, struct colour colour)
{
    cairo_set_source_rgb(canvas->cairo, colour.r, colour.g, colour.b);
}

void canvas_fill(struct canvas *canvas, struct box box, struct colour colour)
{
    set_colour(canvas, colour);
    cairo_rectangle(canvas->cairo, box.x, box.y, box.width, box.height);
    cairo_fill(canvas->cairo);
}

void canvas_frame(struct canvas *canvas, struct box box, double width, struct colour colour)
{
    set_colour(canvas, colour);
    cairo_set_line_width(canvas->cairo, width);
    cairo_rectangle(canvas->cairo, box.x, box.y, box.width, box.height);
    cairo_stroke(canvas->cairo);
}

void canvas_line(struct canvas *canvas, double x0, double y0, double x1, double y1, double width,
                 struct colour colour)
{
    set_colour(canvas, colour);
    cairo_set_line_width(canvas->cairo, width);
    cairo_move_to(canvas->cairo, x0, y0);
    cairo_line_to(canvas->cairo, x1, y1);
    cairo_stroke(canvas->cairo);
}

void canvas_path(struct canvas *canvas, const double *x, const double *y, long count, double width,
                 struct colour colour)
{
    set_colour(canvas, colour);
    cairo_set_line_width(canvas->cairo, width);
    cairo_set_line_join(canvas->cairo, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_cap(canvas->cairo, CAIRO_LINE_CAP_ROUND);
    for (long i = 0; i < count; i++) {
        if (isfinite(x[i]) && isfinite(y[i]))
            cairo_line_to(canvas->cairo, x[i], y[i]);
    }
    cairo_stroke(canvas->cairo);
}

void canvas_disc(struct canvas *canvas, double x, double y, double radius, struct colour colour,
                 double opacity)
{
    cairo_set_source_rgba(canvas->cairo, colour.r, colour.g, colour.b, opacity);
    cairo_new_sub_path(canvas->cairo);
    cairo_arc(canvas->cairo, x, y, radius, 0, 2 * M_PI);
    cairo_fill(canvas->cairo);
}

static void set_font(struct canvas *canvas, const struct text_style *style)
{
    cairo_select_font_face(canvas->cairo, "sans-serif", CAIRO_FONT_SLANT_NORMAL,
                           style->bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(canvas->cairo, style->size);
}

double canvas_text_width(struct canvas *canvas, const char *text, const struct text_style *style)
{
    cairo_text_extents_t extents;

    set_font(canvas, style);
    cairo_text_extents(canvas->cairo, text, &extents);
    return extents.x_advance;
}

/* Height of a capital letter, in sizes of the font. */
static const double capital = 0.72;

void canvas_text(struct canvas *canvas, double x, double y, const char *text, const struct text_style *style)
{
    double width = canvas_text_width(canvas, text, style), height = capital * style->size;
    double left = style->across == ALIGN_START ? 0 : style->across == ALIGN_MIDDLE ? -width / 2 : -width;
    double base = style->down == ALIGN_START ? height : style->down == ALIGN_MIDDLE ? height / 2 : 0;

    set_colour(canvas, style->colour);
    cairo_save(canvas->cairo);
    cairo_translate(canvas->cairo, x, y);
    cairo_rotate(canvas->cairo, style->angle);
    cairo_move_to(canvas->cairo, left, base);
    cairo_show_text(canvas->cairo, text);
    cairo_restore(canvas->cairo);
}
