#include "picture.h"

#include "chart.h"
#include "matrix_chart.h"
#include "heap.h"
#include "report.h"
#include "scatter_chart.h"

#include <stdlib.h>

enum { WIDTH = 1720, HEIGHT = 900, LEFT = 840 };

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
    struct curve curve[] = {{"training", history->loss, chart_blue},
                            {"test", history->test_loss, chart_orange}};
    struct chart chart = {"Loss", "epoch",        "mean loss", epoch, (long)history->epochs,
                          curve,  tested ? 2 : 1, true};

    chart_draw(canvas, box, &chart);
}

static void draw_quality(struct canvas *canvas, struct box box, const struct history *history,
                         const double *epoch)
{
    double *quality = heap_new(history->epochs, sizeof *quality);
    struct curve curve = {"test", quality, chart_orange};
    struct chart chart = {history->classification ? "Accuracy" : "Error",
                          "epoch",
                          history->classification ? "accuracy in %"
                          : history->squared      ? "rmse"
                                                  : "loss",
                          epoch,
                          (long)history->epochs,
                          &curve,
                          1,
                          true};

    for (int64_t i = 0; i < history->epochs; i++)
        quality[i] = history->quality[i] * (history->classification ? 100 : 1);
    chart_draw(canvas, box, &chart);
    free(quality);
}

static void draw_curves(struct canvas *canvas, const struct history *history)
{
    double *epoch = epoch_numbers(history->epochs);
    bool tested = history->quality[0] == history->quality[0];
    double height = tested ? HEIGHT / 2.0 : HEIGHT;

    draw_loss(canvas, (struct box){0, 0, LEFT, height}, history, epoch, tested);
    if (tested)
        draw_quality(canvas, (struct box){0, height, LEFT, height}, history, epoch);
    free(epoch);
}

int picture_write(const char *path, const struct history *history, const struct dataset *set,
                  const struct score *score, const struct names *classes)
{
    struct canvas *canvas = canvas_create(WIDTH, HEIGHT);
    struct box right = {LEFT, 0, WIDTH - LEFT, HEIGHT};
    const char *problem;

    draw_curves(canvas, history);
    if (score->classification)
        matrix_chart_draw(canvas, right, score, classes);
    else
        scatter_chart_draw(canvas, right, set, score);
    problem = canvas_finish(canvas, path);
    return problem ? report_failure("%s: %s", path, problem) : CLI_OK;
}
