#include "progress.h"

#include "number.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { LINE_SIZE = 256, BAR = 20, DEFAULT_WIDTH = 80 };

/* Drawing ten times a second looks smooth and costs nothing. */
static const double redraw_seconds = 0.1;

double progress_clock(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

void progress_begin(struct progress *progress)
{
    progress->terminal = isatty(STDOUT_FILENO) != 0;
    progress->began = progress->epoch_began = progress_clock();
    progress->drawn = 0;
    progress->has_quality = progress->line_open = false;
}

static int append(char *line, int used, const char *text)
{
    return used + snprintf(line + used, (size_t)(LINE_SIZE - used), "%s", text);
}

static int append_quality(const struct progress *p, char *line, int used)
{
    char text[64];

    if (!p->has_quality)
        return used;
    snprintf(text, sizeof text, p->percent ? "  %.20s %.2f %%" : "  %.20s %.4g", p->quality_name,
             p->percent ? 100 * p->quality : p->quality);
    return append(line, used, text);
}

/* @p done epochs, the current one's share included */
static int append_speed(const struct progress *p, char *line, int used, double done)
{
    char text[96], group[NUMBER_GROUP_SIZE];
    double own = done - (double)p->before;
    double left = own > 0 ? (progress_clock() - p->began) / own * ((double)p->epochs - done) : 0;
    long seconds = lround(left < 1e8 ? left : 1e8);

    snprintf(text, sizeof text, "  %s samples/s  ETA %ld:%02ld", number_group(llround(p->speed), group),
             seconds / 60, seconds % 60);
    return append(line, used, text);
}

static int append_epoch(const struct progress *p, char *line, int64_t epoch)
{
    int width = snprintf(NULL, 0, "%lld", (long long)p->epochs);

    return snprintf(line, LINE_SIZE, "epoch %*lld/%lld", width, (long long)epoch, (long long)p->epochs);
}

static int append_bar(char *line, int used, double share)
{
    char bar[BAR + 4] = " [....................]";

    memset(bar + 2, '#', (size_t)(share * BAR));
    return append(line, used, bar);
}

static int append_loss(const struct progress *p, char *line, int used)
{
    char text[48];

    snprintf(text, sizeof text, fabs(p->loss) < 1000 ? "  loss %.4f" : "  loss %.4g", p->loss);
    return append(line, used, text);
}

static int terminal_width(void)
{
    struct winsize size;

    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : DEFAULT_WIDTH;
}

static int compose(const struct progress *p, int64_t epoch, double done, bool bar, char *line)
{
    int used = append_epoch(p, line, epoch);

    if (bar)
        used = append_bar(line, used, done / (double)p->epochs);
    used = append_loss(p, line, used);
    used = append_quality(p, line, used);
    return append_speed(p, line, used, done);
}

/* Draw the one line anew; longer than the terminal it would scroll, so the bar goes first and then the end. */
static void draw(struct progress *p, int64_t epoch, double done)
{
    char line[LINE_SIZE];
    int width = terminal_width() - 1;

    if (compose(p, epoch, done, true, line) > width)
        compose(p, epoch, done, false, line);
    printf("\r%.*s\033[K", width, line);
    fflush(stdout);
    p->line_open = true;
    p->drawn = progress_clock();
}

static void print_line(const struct progress *p, int64_t epoch)
{
    char line[LINE_SIZE];

    compose(p, epoch, (double)epoch, false, line);
    puts(line);
    fflush(stdout);
}

static void measure_speed(struct progress *p, int64_t seen)
{
    double seconds = progress_clock() - p->epoch_began;

    p->speed = seconds > 0 ? (double)seen / seconds : 0;
}

void progress_step(struct progress *progress, int64_t finished, int64_t seen, double loss)
{
    if (progress->quiet || !progress->terminal || progress_clock() - progress->drawn < redraw_seconds)
        return;
    if (finished == progress->before)
        progress->loss = loss;
    measure_speed(progress, seen);
    draw(progress, finished + 1, (double)finished + (double)seen / (double)progress->samples);
}

void progress_pass(struct progress *progress, double loss)
{
    progress->loss = loss;
    measure_speed(progress, progress->samples);
}

void progress_epoch(struct progress *progress, int64_t finished, double quality)
{
    progress->quality = quality;
    progress->has_quality = !isnan(quality);
    progress->epoch_began = progress_clock();
    if (progress->quiet)
        return;
    if (progress->terminal)
        draw(progress, finished, (double)finished);
    else
        print_line(progress, finished);
}

void progress_end(struct progress *progress)
{
    if (progress->line_open)
        putchar('\n');
    fflush(stdout);
    progress->line_open = false;
}
