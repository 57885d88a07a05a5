#include "matrix_chart.h"

#include "heap.h"
#include "number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double title_size = 24, label_size = 19, name_size = 17, largest_count_size = 24,
                    smallest_text = 7;

/* From white to deep blue. */
static struct colour shade(double share)
{
    const struct colour light = {0.97, 0.98, 1.0}, dark = {0.03, 0.25, 0.53};
    double s = sqrt(share); /* so that rare confusions can be seen */

    return (struct colour){light.r + s * (dark.r - light.r), light.g + s * (dark.g - light.g),
                           light.b + s * (dark.b - light.b)};
}

static int64_t row_total(const struct score *score, int64_t row)
{
    int64_t total = 0;

    for (int64_t j = 0; j < score->classes; j++)
        total += score->confusion[row * score->classes + j];
    return total;
}

static int64_t largest_count(const struct score *score)
{
    int64_t largest = 0;

    for (int64_t i = 0; i < score->classes * score->classes; i++)
        largest = score->confusion[i] > largest ? score->confusion[i] : largest;
    return largest;
}

/* The size at which the widest text of a width of 1 per unit of size fits. */
static double fitting_size(double width_per_size, double room)
{
    double size = width_per_size > 0 ? room / width_per_size : largest_count_size;

    return fmin(size, largest_count_size);
}

static double widest_name(struct canvas *canvas, const struct names *names, double size)
{
    struct text_style style = {.size = size};
    double widest = 0;

    for (int64_t i = 0; i < names->count; i++)
        widest = fmax(widest, canvas_text_width(canvas, names->item[i], &style));
    return widest;
}

static void draw_cell(struct canvas *canvas, struct box cell, int64_t count, int64_t total, double size)
{
    double share = total ? (double)count / (double)total : 0;
    struct text_style style = {
        size, sqrt(share) > 0.55 ? canvas_white : canvas_ink, ALIGN_MIDDLE, ALIGN_MIDDLE, 0, false};
    char text[24];

    canvas_fill(canvas, cell, shade(share));
    if (size < smallest_text || count == 0)
        return;
    snprintf(text, sizeof text, "%lld", (long long)count);
    canvas_text(canvas, cell.x + cell.width / 2, cell.y + cell.height / 2, text, &style);
}

static void draw_cells(struct canvas *canvas, struct box plot, const struct score *score)
{
    int64_t n = score->classes;
    double side = plot.width / (double)n;
    struct text_style unit = {.size = 100};
    char widest[24];
    double size;

    snprintf(widest, sizeof widest, "%lld", (long long)largest_count(score));
    size = fitting_size(canvas_text_width(canvas, widest, &unit) / 100, 0.55 * side);
    for (int64_t i = 0; i < n; i++) {
        for (int64_t j = 0; j < n; j++) {
            struct box cell = {plot.x + (double)j * side, plot.y + (double)i * side, side, side};
            draw_cell(canvas, cell, score->confusion[i * n + j], row_total(score, i), size);
        }
    }
    for (int64_t i = 1; i < n && n <= 40; i++) {
        double at = (double)i * side;
        canvas_line(canvas, plot.x + at, plot.y, plot.x + at, plot.y + plot.height, 1, canvas_white);
        canvas_line(canvas, plot.x, plot.y + at, plot.x + plot.width, plot.y + at, 1, canvas_white);
    }
    canvas_frame(canvas, plot, 1.5, canvas_grey);
}

/* A name cut short with dots to fit the room, never within a character of UTF-8; to be freed. */
static char *fitting_name(struct canvas *canvas, const char *name, const struct text_style *style,
                          double room)
{
    size_t length = strlen(name);
    char *text = heap_resize(heap_string(name), (int64_t)length + 4, 1);

    while (length > 0 && canvas_text_width(canvas, text, style) > room) {
        do
            length--;
        while (length > 0 && ((unsigned char)name[length] & 0xC0) == 0x80);
        snprintf(text + length, 4, "...");
    }
    return text;
}

/* Names at both sides, every k-th of them where all have no room. */
static void draw_names(struct canvas *canvas, struct box plot, const struct names *classes, double size,
                       double room)
{
    double side = plot.width / (double)classes->count;
    int64_t stride = (int64_t)ceil(size * 1.1 / side);
    struct text_style left = {size, canvas_ink, ALIGN_END, ALIGN_MIDDLE, 0, false};
    struct text_style below = {size, canvas_ink, ALIGN_END, ALIGN_MIDDLE, -M_PI / 4, false};

    for (int64_t i = 0; i < classes->count; i += stride) {
        double at = ((double)i + 0.5) * side;
        char *name = fitting_name(canvas, classes->item[i], &left, room);

        canvas_text(canvas, plot.x - 10, plot.y + at, name, &left);
        canvas_text(canvas, plot.x + at + 4, plot.y + plot.height + 14, name, &below);
        free(name);
    }
}

static void draw_titles(struct canvas *canvas, struct box box, struct box plot, const struct score *score)
{
    struct text_style style = {title_size, canvas_ink, ALIGN_START, ALIGN_START, 0, true};
    char text[96], samples[NUMBER_GROUP_SIZE];

    snprintf(text, sizeof text, "Confusion matrix: %.2f %% of %s right", 100 * score->accuracy,
             number_group(score->samples, samples));
    canvas_text(canvas, plot.x, box.y + 16, text, &style);
    style = (struct text_style){label_size, canvas_ink, ALIGN_MIDDLE, ALIGN_END, 0, false};
    canvas_text(canvas, plot.x + plot.width / 2, box.y + box.height - 14, "predicted class", &style);
    style.angle = -M_PI / 2;
    style.down = ALIGN_START;
    canvas_text(canvas, box.x + 10, plot.y + plot.height / 2, "true class", &style);
}

void matrix_chart_draw(struct canvas *canvas, struct box box, const struct score *score,
                       const struct names *classes)
{
    double size = name_size, name, left, bottom, side;
    struct box plot;

    while (size > 9 && widest_name(canvas, classes, size) > box.width / 5)
        size -= 1;
    name = fmin(widest_name(canvas, classes, size) + 0.5, box.width / 4);
    left = 44 + name + 10;
    bottom = 24 + name * M_SQRT1_2 + 44;
    side = fmin(box.width - left - 28, box.height - 56 - bottom);
    plot = (struct box){box.x + left, box.y + 56, side, side};
    draw_cells(canvas, plot, score);
    draw_names(canvas, plot, classes, size, name);
    box.height = 56 + side + bottom;
    draw_titles(canvas, box, plot, score);
}
