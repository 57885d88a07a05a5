/* Pictures of tables: what is drawn where, and what cannot be drawn. */
#include "run.h"
#include "scratch.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static const char table[] = "x,one,two\n0,1,5\n1,10,\n2,100,5\n3,1000,5\n4,10000,5\n5,0,5\n";

#ifdef MLP_PICTURES
#include <cairo.h>

/* What a picture has of a colour: how many pixels, and their mean height in three columns, where the lines are. */
struct seen {
    int pixels;
    double height[3];
};

/* Pixels are 0xRRGGBB in the low bits. */
static int is_blue(uint32_t pixel)
{
    return (pixel & 255) > 170 && (pixel >> 8 & 255) < 120 && (pixel >> 16 & 255) < 50;
}

static int is_orange(uint32_t pixel)
{
    return (pixel & 255) < 50 && (pixel >> 8 & 255) < 130 && (pixel >> 16 & 255) > 210;
}

/* Columns at 30, 50 and 70 % of the width: evenly spaced, inside the chart and below its legend. */
static struct seen look(int (*is_coloured)(uint32_t))
{
    cairo_surface_t *picture = cairo_image_surface_create_from_png(scratch_path("a.png"));
    int width = cairo_image_surface_get_width(picture), height = cairo_image_surface_get_height(picture);
    int stride = cairo_image_surface_get_stride(picture), count[3] = {0};
    struct seen seen = {0};

    assert_int_equal(cairo_surface_status(picture), CAIRO_STATUS_SUCCESS);
    assert_true(width >= 600 && height >= 400);
    for (int y = 55; y < height; y++) {
        const uint32_t *row = (const void *)(cairo_image_surface_get_data(picture) + (long)y * stride);

        for (int x = 0; x < width; x++)
            seen.pixels += is_coloured(row[x]);
        for (int k = 0; k < 3; k++) {
            int found = is_coloured(row[width * (3 + 2 * k) / 10]);

            count[k] += found;
            seen.height[k] += found * y;
        }
    }
    for (int k = 0; k < 3; k++)
        seen.height[k] /= count[k];
    cairo_surface_destroy(picture);
    return seen;
}

static void expect_drawn(struct result result)
{
    expect_status(&result, 0);
    assert_string_equal(result.out, "");
    assert_string_equal(result.err, "");
    result_clear(&result);
}

/* Powers of ten are a straight line on a logarithmic axis and no other; missing values, and 0 there, are passed over. */
static void lines_are_where_they_belong(void **state)
{
    struct seen one, two;

    (void)state;
    scratch_text("a.csv", table);
    expect_drawn(RUN("plot", scratch_path("a.csv"), scratch_path("a.png"), "--log", "y", "--title", "A title",
                     "--y-label", "y"));
    one = look(is_blue);
    two = look(is_orange);
    assert_true(one.height[0] > one.height[1] + 50 && one.height[1] > one.height[2] + 50);
    assert_true(fabs(one.height[0] - 2 * one.height[1] + one.height[2]) < 3);
    assert_true(fabs(two.height[0] - two.height[2]) < 1.5);
    expect_drawn(RUN("plot", scratch_path("a.csv"), scratch_path("a.png"), "--y", "one"));
    one = look(is_blue);
    assert_true(fabs(one.height[0] - 2 * one.height[1] + one.height[2]) > 20);
    assert_int_equal(look(is_orange).pixels, 0);
}

static void points_are_not_joined(void **state)
{
    struct seen joined;
    int apart;

    (void)state;
    scratch_text("a.csv", table);
    expect_drawn(RUN("plot", scratch_path("a.csv"), scratch_path("a.png"), "--x", "1", "--y", "3"));
    joined = look(is_blue);
    expect_drawn(RUN("plot", scratch_path("a.csv"), scratch_path("a.png"), "--points", "two"));
    apart = look(is_blue).pixels;
    assert_true(joined.pixels > 1500 && fabs(joined.height[0] - joined.height[2]) < 1.5);
    assert_in_range(apart, 5 * 30, 5 * 80);
}

/* Nothing to show on a logarithmic axis is an empty chart, no crash. */
static void charts_may_be_empty(void **state)
{
    (void)state;
    scratch_text("a.csv", "x,y\n-1,0\n-2,-5\n");
    expect_drawn(RUN("plot", scratch_path("a.csv"), scratch_path("a.png"), "--log", "xy"));
    assert_int_equal(look(is_blue).pixels, 0);
}
#else
static void programs_without_cairo_say_so(void **state)
{
    struct result result = RUN("plot", scratch_text("a.csv", table), scratch_path("a.png"));

    (void)state;
    expect_status(&result, 1);
    expect_err(&result, "built without pictures");
    result_clear(&result);
}
#endif

static void wrong_tables_are_refused(void **state)
{
    static const struct {
        const char *text, *option, *value, *reason;
        int status;
    } cases[] = {
        {"x,y\n1,2\n2,many\n", "--log", "y", "line 3", 1},
        {"x,y\n", "--log", "y", "no rows", 1},
        {"x\n1\n", "--log", "y", "no column to draw", 2},
        {"x,y\n1,2\n", "--x", "z", "--x z: no such column", 2},
        {"x,y\n1,2\n", "--y", "y,z", "no column 'z'", 2},
        {"x,y\n1,2\n", "--points", "x,y,y", "more columns than the file has", 2},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct result result = RUN("plot", scratch_text("w.csv", cases[i].text), scratch_path("w.png"),
                                   cases[i].option, cases[i].value);

        expect_err(&result, cases[i].reason);
        expect_status(&result, cases[i].status);
        result_clear(&result);
    }
}

static void unwritable_pictures_are_1(void **state)
{
    struct result result = RUN("plot", scratch_text("a.csv", table), "/nowhere/a.png");

    (void)state;
    expect_status(&result, 1);
    expect_err(&result, "mlp plot: /nowhere/a.png: ");
    result_clear(&result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#ifdef MLP_PICTURES
        cmocka_unit_test(lines_are_where_they_belong), cmocka_unit_test(points_are_not_joined),
        cmocka_unit_test(charts_may_be_empty),
#else
        cmocka_unit_test(programs_without_cairo_say_so),
#endif
        cmocka_unit_test(wrong_tables_are_refused),    cmocka_unit_test(unwritable_pictures_are_1),
    };

    return cmocka_run_group_tests(tests, scratch_setup, scratch_teardown);
}
