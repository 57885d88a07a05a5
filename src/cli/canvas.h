/**
 * @file
 * A picture being drawn: lines, boxes and text in pixels, y downwards, through Cairo.
 */
#ifndef CLI_CANVAS_H
#define CLI_CANVAS_H

#include <stdbool.h>

struct canvas;

/** Red, green, blue, each 0 to 1. */
struct colour {
    double r, g, b;
};

/** A rectangle. */
struct box {
    double x, y, width, height;
};

/** Which point of a text is at the given position. */
enum align { ALIGN_START, ALIGN_MIDDLE, ALIGN_END };

/** How text looks. */
struct text_style {
    double size;
    struct colour colour;
    enum align across; /**< along the text */
    enum align down;   /**< across it: its top, the middle of its capitals, its base line */
    double angle;      /**< clockwise, in radians */
    bool bold;
};

extern const struct colour canvas_white, canvas_ink, canvas_grey, canvas_pale;

/** A white picture; NULL if there is no memory. */
struct canvas *canvas_create(int width, int height);

/** Write the picture as PNG and free it. Returns NULL, or why it could not be written. */
const char *canvas_finish(struct canvas *canvas, const char *path);

/** Fill a box. */
void canvas_fill(struct canvas *canvas, struct box box, struct colour colour);

/** Draw a box's border. */
void canvas_frame(struct canvas *canvas, struct box box, double width, struct colour colour);

/** Draw a line. */
void canvas_line(struct canvas *canvas, double x0, double y0, double x1, double y1, double width,
                 struct colour colour);

/** Draw a line through points, leaving out those that are not finite. */
void canvas_path(struct canvas *canvas, const double *x, const double *y, long count, double width,
                 struct colour colour);

/** Draw a disc; @p opacity from 0 to 1. */
void canvas_disc(struct canvas *canvas, double x, double y, double radius, struct colour colour,
                 double opacity);

/** Write text. */
void canvas_text(struct canvas *canvas, double x, double y, const char *text, const struct text_style *style);

/** How wide a text of the style is. */
double canvas_text_width(struct canvas *canvas, const char *text, const struct text_style *style);

#endif
