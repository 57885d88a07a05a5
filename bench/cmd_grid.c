#include "args.h"
#include "command.h"
#include "grid.h"
#include "memory.h"
#include "report.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_NETS = 32, MOST_BATCHES = 16, MOST_THREADS = 4, MOST_WORKS = 5 };

static const char *const description =
    "Time libmlp and every peer there is on a grid of networks and batches, in turns, and print the peers' "
    "times\n"
    "over libmlp's. Batches of 4096 are for nets of at most 50,000 parameters unless --batches is given.\n";

/* The axes of the grid, and what is to be done with it. */
struct grid {
    struct grid_net net[MOST_NETS];
    int64_t batch[MOST_BATCHES], threads[MOST_THREADS];
    enum work work[MOST_WORKS];
    int nets, batches, thread_counts, works;
    bool all_batches, json, quick;
    const char *markdown, *plot, *peers;
    struct grid_point *point;
    int points;
    bool failed;
};

static int parse_works(const char *text, enum work *works)
{
    char copy[256], *rest = copy, *word;
    int count = 0;

    snprintf(copy, sizeof copy, "%s", text);
    while ((word = strtok_r(rest, ",", &rest))) {
        if (count == MOST_WORKS || !work_find(word, &works[count]))
            return 0;
        count++;
    }
    return count;
}

static int parse(struct grid *grid, const char *nets, const char *batches, const char *works,
                 const char *threads)
{
    grid->nets = grid_parse_nets(nets, grid->net, MOST_NETS);
    grid->batches =
        grid_parse_counts(batches ? batches : "1,8,32,128,1024,4096", 1 << 24, grid->batch, MOST_BATCHES);
    grid->all_batches = batches != NULL;
    grid->works = parse_works(works, grid->work);
    grid->thread_counts = grid_parse_counts(threads, 1024, grid->threads, MOST_THREADS);
    if (!grid->nets)
        return report_usage("--nets %s: must be letters a to f or widths:activation, by commas", nets);
    if (!grid->batches)
        return report_usage("--batches %s: must be up to %d sizes, by commas", batches, MOST_BATCHES);
    if (!grid->works)
        return report_usage("--work %s: must be infer, train, grad, vjp, jvp, by commas", works);
    if (!grid->thread_counts)
        return report_usage("--threads %s: must be up to %d numbers, by commas", threads, MOST_THREADS);
    return CLI_OK;
}

static void measure_point(struct grid *grid, struct grid_team *team, struct grid_point *point)
{
    char text[PROBLEM_TEXT_SIZE];

    if (!grid_measure(team, grid->quick, point)) {
        grid->failed = true;
        report_failure("%s: libmlp %s", problem_print(&point->problem, text),
                       point->entry[0].verdict == VERDICT_WRONG ? "is wrong" : team->child[0].why);
        return;
    }
    grid->points++;
    if (grid->json)
        grid_write(stdout, point);
    else
        grid_print_row(stdout, team, point);
}

/* A peer that died at one point is there again at the next. */
static void revive(struct grid_team *team, int threads)
{
    for (int i = 0; i < team->count; i++) {
        if (!team->child[i].pid)
            peer_start(team->peer[i], threads, &team->child[i]);
    }
}

static void measure_net(struct grid *grid, struct grid_team *team, const struct peak *peak, enum work work,
                        const struct grid_net *net)
{
    for (int b = 0; b < grid->batches; b++) {
        struct grid_point *point = &grid->point[grid->points];

        if (grid->batch[b] > 1024 && !net->small && !grid->all_batches)
            continue;
        *point = (struct grid_point){.net = net, .problem = net->problem, .peak = *peak};
        point->problem.work = work;
        point->problem.batch = grid->batch[b];
        point->problem.threads = peak->threads;
        revive(team, peak->threads);
        measure_point(grid, team, point);
    }
}

static int measure_threads(struct grid *grid, int threads)
{
    struct grid_team team;
    struct peak peak;

    if (!grid_team_start(&team, threads, grid->peers))
        return report_failure("this program cannot be started as a peer: %s", team.child[0].why);
    peak_measure(threads, grid->quick, &peak);
    command_print_peak(grid->json ? stderr : stdout, &peak);
    for (int i = 0; i < team.count; i++)
        fprintf(grid->json ? stderr : stdout, "  %s: %s\n", team.peer[i]->name, team.child[i].library);
    for (int w = 0; w < grid->works; w++) {
        if (!grid->json)
            grid_print_heading(stdout, &team);
        for (int n = 0; n < grid->nets; n++)
            measure_net(grid, &team, &peak, grid->work[w], &grid->net[n]);
    }
    grid_team_stop(&team);
    return CLI_OK;
}

static int finish(const struct grid *grid)
{
    const char *problem;

    if (!grid->json)
        grid_print_summary(stdout, grid->point, grid->points);
    if (grid->plot && (problem = grid_plot(grid->plot, grid->point, grid->points)))
        return report_failure("%s: %s", grid->plot, problem);
    if (grid->markdown && !grid_write_markdown(grid->markdown, grid->plot, grid->point, grid->points))
        return report_failure("%s: cannot be written", grid->markdown);
    return grid->failed ? CLI_FAILED : CLI_OK;
}

static int run(struct grid *grid)
{
    int status = CLI_OK;

    grid->point = memory_new((int64_t)grid->nets * grid->batches * grid->works * grid->thread_counts,
                             sizeof *grid->point);
    for (int t = 0; status == CLI_OK && t < grid->thread_counts; t++)
        status = measure_threads(grid, (int)grid->threads[t]);
    if (status == CLI_OK)
        status = finish(grid);
    free(grid->point);
    return status;
}

int command_grid(int argc, char **argv)
{
    static struct grid grid;
    const char *nets = "a,b,c,d,e,f", *batches = NULL, *works = "infer,train", *threads = "1,2";
    const struct args_option options[] = {
        {"nets", ARGS_TEXT, &nets, "LIST", "letters, or widths:activation (default: a,b,c,d,e,f)", 0, 0},
        {"batches", ARGS_TEXT, &batches, "LIST", "sizes (default: 1,8,32,128,1024,4096)", 0, 0},
        {"work", ARGS_TEXT, &works, "LIST", "infer, train, grad, vjp, jvp (default: infer,train)", 0, 0},
        {"threads", ARGS_TEXT, &threads, "LIST", "thread counts (default: 1,2)", 0, 0},
        {"peers", ARGS_TEXT, &grid.peers, "LIST", "names of peers; none for libmlp alone (default: all)", 0,
         0},
        {"json", ARGS_FLAG, &grid.json, NULL, "one line of JSON per point and peer", 0, 0},
        {"quick", ARGS_FLAG, &grid.quick, NULL, "samples of 0.2 ms rather than 2", 0, 0},
        {"markdown", ARGS_TEXT, &grid.markdown, "FILE", "write tables as Markdown", 0, 0},
        {"plot", ARGS_TEXT, &grid.plot, "FILE.png", "draw the ratios", 0, 0},
    };
    struct args_usage usage = {"mlp-bench grid [OPTION]...", description, 0, 0};
    bool done;
    int first,
        status = args_parse(argc, argv, &usage, options, sizeof options / sizeof *options, &first, &done);

    if (status != CLI_OK || done)
        return status;
    status = parse(&grid, nets, batches, works, threads);
    return status == CLI_OK ? run(&grid) : status;
}
