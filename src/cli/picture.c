#include "picture.h"

#include "matrix_chart.h"
#include "heap.h"
#include "report.h"
#include "scatter_chart.h"

#include <math.h>
#include <stdlib.h>

enum { WIDTH = 1720, HEIGHT = 900, LEFT = 840, CHART_WIDTH = 1000, CHART_HEIGHT = 600 };

bool picture_available(void)
{
    return true;
}

/* 1, 2, ...: the numbers of the epochs. */
static double *epoch_numbers(int64_t count)
{
    double *number = heap_new(count, sizeof *number);

    for (int64_t i = 0; i < count; i++)
        number[i] = (double)i + 1;
    return number;
}

static void draw_loss(struct canvas *canvas, struct box box, const struct history *history,
                      const double *epoch, bool tested)
{
    struct curve curve[] = {{"training", history->loss, chart_blue, false},
                            {"test", history->test_loss, chart_orange, false}};
    struct chart chart = {.title = "Loss",
                          .x_label = "epoch",
                          .y_label = "mean loss",
                          .x = epoch,
                          .count = (long)history->epochs,
                          .curve = curve,
                          .curves = tested ? 2 : 1,
                          .integer_x = true};

    chart_draw(canvas, box, &chart);
}

static void draw_quality(struct canvas *canvas, struct box box, const struct history *history,
                         const double *epoch)
{
    double *quality = heap_new(history->epochs, sizeof *quality);
    struct curve curve = {"test", quality, chart_orange, false};
    struct chart chart = {.title = history->classification ? "Accuracy" : "Error",
                          .x_label = "epoch",
                          .y_label = history->classification ? "accuracy in %"
                                     : history->squared      ? "rmse"
                                                             : "loss",
                          .x = epoch,
                          .count = (long)history->epochs,
                          .curve = &curve,
                          .curves = 1,
                          .integer_x = true};

    for (int64_t i = 0; i < history->epochs; i++)
        quality[i] = history->quality[i] * (history->classification ? 100 : 1);
    chart_draw(canvas, box, &chart);
    free(quality);
}

static void draw_curves(struct canvas *canvas, const struct history *history)
{
    double *epoch = epoch_numbers(history->epochs);
    bool tested = !isnan(history->quality[history->epochs - 1]);
    double height = tested ? HEIGHT / 2.0 : HEIGHT;

    draw_loss(canvas, (struct box){0, 0, LEFT, height}, history, epoch, tested);
    if (tested)
        draw_quality(canvas, (struct box){0, height, LEFT, height}, history, epoch);
    free(epoch);
}

static int finish(struct canvas *canvas, const char *path)
{
    const char *problem = canvas_finish(canvas, path);

    return problem ? report_failure("%s: %s", path, problem) : CLI_OK;
}

int picture_write(const char *path, const struct history *history, const struct dataset *set,
                  const struct score *score, const struct names *classes)
{
    struct canvas *canvas = canvas_create(WIDTH, HEIGHT);
    struct box right = {LEFT, 0, WIDTH - LEFT, HEIGHT};

    draw_curves(canvas, history);
    if (score->classification)
        matrix_chart_draw(canvas, right, score, classes);
    else
        scatter_chart_draw(canvas, right, set, score);
    return finish(canvas, path);
}

int picture_write_chart(const char *path, const struct chart *chart)
{
    struct canvas *canvas = canvas_create(CHART_WIDTH, CHART_HEIGHT);

    chart_draw(canvas, (struct box){0, 0, CHART_WIDTH, CHART_HEIGHT}, chart);
    return finish(canvas, path);
}
