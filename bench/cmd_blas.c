#include "args.h"
#include "blas.h"
#include "command.h"
#include "grid.h"
#include "memory.h"
#include "product.h"
#include "record.h"
#include "report.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_NETS = 16, MOST_BATCHES = 8 };

static const char *const description = "Time every BLAS library of the machine, each in a process of its "
                                       "own, on the products of layers and under\n"
                                       "libmlp's passes (engine=blas). A library whose kernels for this "
                                       "processor are not the ones it takes of its own\n"
                                       "is there twice. Passes differ only where libmlp was configured with "
                                       "MLP_BLAS=system. Figures are GFLOP/s.\n";

/* What there is to measure. */
struct blas_grid {
    struct grid_net net[MOST_NETS];
    int64_t batch[MOST_BATCHES];
    int nets, batches, threads;
    bool json, quick;
    const char *plot;
    struct blas_row *row;
    int rows;
};

/* Each net's widest layer stands for it. */
static void widest_layer(const struct problem *problem, int *n, int *k)
{
    *n = *k = 0;
    for (int l = 1; l <= problem->layers; l++) {
        if (problem->width[l] * problem->width[l - 1] > (int64_t)*n * *k) {
            *n = (int)problem->width[l];
            *k = (int)problem->width[l - 1];
        }
    }
}

static void add_product(struct blas_grid *grid, enum product_kind kind, const struct grid_net *net,
                        int64_t batch)
{
    struct blas_row *row = &grid->row[grid->rows++];
    struct product product = {.kind = kind, .batch = (int)batch};

    widest_layer(&net->problem, &product.n, &product.k);
    product_print(&product, row->problem);
    snprintf(row->section, sizeof row->section, "%s, %d thread%s", product_name(kind), grid->threads,
             grid->threads > 1 ? "s" : "");
    snprintf(row->group, sizeof row->group, "%dx%d", product.n, product.k);
    snprintf(row->label, sizeof row->label, "%d", product.batch);
    row->flop = product_flop(&product);
}

static void add_pass(struct blas_grid *grid, enum work work, const struct grid_net *net, int64_t batch)
{
    struct blas_row *row = &grid->row[grid->rows++];
    struct problem problem = net->problem;

    problem.work = work;
    problem.batch = batch;
    problem.threads = grid->threads;
    snprintf(problem.engine, sizeof problem.engine, "blas");
    problem_print(&problem, row->problem);
    snprintf(row->section, sizeof row->section, "%s with engine=blas, %d thread%s", work_name(work),
             grid->threads, grid->threads > 1 ? "s" : "");
    snprintf(row->group, sizeof row->group, "%.90s", net->name);
    snprintf(row->label, sizeof row->label, "%lld", (long long)batch);
    row->pass = true;
    row->flop = 2 * problem_fma(&problem);
}

/* gemv and ger are for one sample, gemm for a batch. */
static void list_rows(struct blas_grid *grid)
{
    static const enum work works[] = {WORK_INFER, WORK_TRAIN};

    for (int kind = 0; kind < PRODUCT_KINDS; kind++) {
        for (int n = 0; n < grid->nets; n++) {
            if (kind <= PRODUCT_GER)
                add_product(grid, (enum product_kind)kind, &grid->net[n], 1);
            for (int b = 0; kind > PRODUCT_GER && b < grid->batches; b++) {
                if (grid->batch[b] > 1)
                    add_product(grid, (enum product_kind)kind, &grid->net[n], grid->batch[b]);
            }
        }
    }
    for (int w = 0; w < 2; w++) {
        for (int n = 0; n < grid->nets; n++) {
            for (int b = 0; b < grid->batches; b++)
                add_pass(grid, works[w], &grid->net[n], grid->batch[b]);
        }
    }
}

static void print_heading(const struct blas_grid *grid, const struct blas_team *team)
{
    printf("GFLOP/s, %d thread%s\n", grid->threads, grid->threads > 1 ? "s" : "");
    for (int i = 0; i < team->count; i++)
        printf("  %2d  %-32s %s\n", i + 1, team->variant[i].label, team->products[i].library);
    printf("%-64s", "");
    for (int i = 0; i < team->count; i++)
        printf(" %7d", i + 1);
    printf("\n");
}

static void print_row(const struct blas_team *team, const struct blas_row *row)
{
    printf("%-64s", row->problem);
    for (int i = 0; i < team->count; i++) {
        if (isfinite(row->gflops[i]))
            printf(" %7.4g", row->gflops[i]);
        else
            printf(" %7s", "-");
    }
    printf("\n");
    fflush(stdout);
}

static void write_row(const struct blas_grid *grid, const struct blas_team *team, const struct blas_row *row)
{
    for (int i = 0; i < team->count; i++) {
        if (!isfinite(row->gflops[i]))
            continue;
        printf("{\"problem\": ");
        record_write_string(stdout, row->problem);
        printf(", \"blas\": ");
        record_write_string(stdout, team->variant[i].label);
        printf(", \"threads\": %d, \"us\": %.6g, \"gflops\": %.6g, \"residual\": %.6g", grid->threads,
               row->flop / row->gflops[i] * 1e-3, row->gflops[i], row->residual[i]);
        if (isfinite(row->spread[i]))
            printf(", \"spread\": %.6g", row->spread[i]);
        printf("}\n");
    }
    fflush(stdout);
}

static int run(struct blas_grid *grid)
{
    static struct blas_team team;
    const char *problem = NULL;

    if (blas_team_start(&team, grid->threads) == 0)
        return report_failure("no directory beside the system's libraries holds a libblas.so.3");
    grid->row = memory_new((int64_t)grid->nets * (2 + 5 * grid->batches), sizeof *grid->row);
    list_rows(grid);
    if (!grid->json)
        print_heading(grid, &team);
    for (int r = 0; r < grid->rows; r++) {
        blas_measure(&team, grid->quick, &grid->row[r]);
        if (grid->json)
            write_row(grid, &team, &grid->row[r]);
        else
            print_row(&team, &grid->row[r]);
    }
    blas_team_stop(&team);
    if (grid->plot)
        problem = blas_plot(grid->plot, &team, grid->row, grid->rows);
    free(grid->row);
    return problem ? report_failure("%s: %s", grid->plot, problem) : CLI_OK;
}

int command_blas(int argc, char **argv)
{
    static struct blas_grid grid;
    const char *nets = "a,f,b,c,d,e", *batches = "1,32,1024";
    int64_t threads = 1;
    const struct args_option options[] = {
        {"nets", ARGS_TEXT, &nets, "LIST", "letters, or widths:activation (default: a,f,b,c,d,e)", 0, 0},
        {"batches", ARGS_TEXT, &batches, "LIST", "sizes (default: 1,32,1024)", 0, 0},
        {"threads", ARGS_INT, &threads, "N", "threads of the BLAS and of libmlp (default: 1)", 1, 1024},
        {"json", ARGS_FLAG, &grid.json, NULL, "one line of JSON per problem and library", 0, 0},
        {"quick", ARGS_FLAG, &grid.quick, NULL, "less precisely", 0, 0},
        {"plot", ARGS_TEXT, &grid.plot, "FILE.png", "draw the figures", 0, 0},
    };
    struct args_usage usage = {"mlp-bench blas [OPTION]...", description, 0, 0};
    bool done;
    int first,
        status = args_parse(argc, argv, &usage, options, sizeof options / sizeof *options, &first, &done);

    if (status != CLI_OK || done)
        return status;
    grid.threads = (int)threads;
    grid.nets = grid_parse_nets(nets, grid.net, MOST_NETS);
    grid.batches = grid_parse_counts(batches, 1 << 20, grid.batch, MOST_BATCHES);
    if (!grid.nets || !grid.batches)
        return report_usage("--nets %s --batches %s: one of them is no list", nets, batches);
    return run(&grid);
}
