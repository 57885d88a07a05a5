#include "blas.h"

#include "clock.h"
#include "peer.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { ROUNDS = 7, MOST_TRIALS = 6 };

/* Kernels worth trying, by the beginning of the library's name. The first is whatever the library takes of its own, a
 * variable that the environment may have set being taken away. */
static const struct {
    const char *name;
    const char *core[MOST_TRIALS];
} families[] = {
    {"openblas",
     {"OPENBLAS_CORETYPE", "OPENBLAS_CORETYPE=Haswell", "OPENBLAS_CORETYPE=Zen", "OPENBLAS_CORETYPE=SkylakeX",
      "OPENBLAS_CORETYPE=Cooperlake"}},
    {"blis", {"BLIS_ARCH_TYPE", "BLIS_ARCH_TYPE=haswell", "BLIS_ARCH_TYPE=zen3", "BLIS_ARCH_TYPE=skx"}},
};

/* What kernels are chosen by. */
static const char trial[] = "gemm f32 301x302 batch=303";

/* Runs slower than that are timed once. */
static const double slow = 0.5;

static bool start(const struct blas_variant *variant, const char *command, int threads, struct child *child)
{
    const char *settings[] = {variant->place, variant->core, NULL};

    return peer_start_own(command, threads, settings, child);
}

/* Seconds the trial takes; infinite where it is wrong or ends the process. */
static double try_variant(const struct blas_variant *variant)
{
    double residual, best = INFINITY;
    struct child child;

    if (start(variant, "serve-products", 1, &child) &&
        child_problem(&child, trial, &residual) == VERDICT_READY) {
        for (int i = 0; i < 5; i++) {
            double seconds = child_run(&child, 1);

            best = seconds > 0 && seconds < best ? seconds : best;
        }
    }
    child_stop(&child);
    return best;
}

/* The kernels of a family that are right and fastest; NULL where they are those it takes of its own. */
static const char *choose_core(struct blas_variant variant, int family)
{
    double least = try_variant(&variant) / 1.05;
    const char *best = NULL;

    for (int i = 1; i < MOST_TRIALS && families[family].core[i]; i++) {
        double seconds;

        variant.core = families[family].core[i];
        seconds = try_variant(&variant);
        if (seconds < least)
            best = variant.core;
        least = fmin(least, seconds);
    }
    return best;
}

static int family_of(const char *name)
{
    for (int i = 0; i < (int)(sizeof families / sizeof *families); i++) {
        if (strncmp(name, families[i].name, strlen(families[i].name)) == 0)
            return i;
    }
    return -1;
}

/* A variant joins the team, if its processes start. */
static void add(struct blas_team *team, const struct blas_variant *variant, int threads)
{
    struct child *products = &team->products[team->count], *passes = &team->passes[team->count];

    if (team->count == BLAS_MOST)
        return;
    if (start(variant, "serve-products", threads, products) && start(variant, "serve", threads, passes))
        team->variant[team->count++] = *variant;
    else
        child_stop(products);
}

static void add_place(struct blas_team *team, const char *name, int threads)
{
    struct blas_variant variant = {.core = NULL};
    int family = family_of(name);
    const char *better;

    blas_place_find(name, variant.place, sizeof variant.place);
    snprintf(variant.label, sizeof variant.label, "%.30s", strcmp(name, "blas") == 0 ? "reference" : name);
    if (family >= 0)
        variant.core = families[family].core[0];
    add(team, &variant, threads);
    better = family >= 0 ? choose_core(variant, family) : NULL;
    if (!better)
        return;
    variant.core = better;
    snprintf(variant.label, sizeof variant.label, "%.30s %.16s", name, strchr(better, '=') + 1);
    add(team, &variant, threads);
}

int blas_team_start(struct blas_team *team, int threads)
{
    struct blas_places places;

    team->count = 0;
    blas_place_list(&places);
    for (int i = 0; i < places.count; i++)
        add_place(team, places.name[i], threads);
    return team->count;
}

void blas_team_stop(struct blas_team *team)
{
    for (int i = 0; i < team->count; i++) {
        child_stop(&team->products[i]);
        child_stop(&team->passes[i]);
    }
}

/* Samples of all variants on one row. */
struct samples {
    int64_t repeats[BLAS_MOST];
    double once[BLAS_MOST], sample[BLAS_MOST][ROUNDS];
    int count[BLAS_MOST];
};

static void take(struct child *child, int i, struct samples *samples)
{
    double seconds = child_run(child, samples->repeats[i]) / (double)samples->repeats[i];

    if (seconds > 0)
        samples->sample[i][samples->count[i]++] = seconds;
    else
        samples->repeats[i] = 0; /* it is dead */
}

static void begin(struct blas_team *team, struct child *children, bool quick, struct blas_row *row,
                  struct samples *samples)
{
    for (int i = 0; i < team->count; i++) {
        row->residual[i] = NAN;
        samples->repeats[i] = 0;
        if (child_problem(&children[i], row->problem, &row->residual[i]) != VERDICT_READY)
            continue;
        samples->once[i] = child_run(&children[i], 1);
        if (samples->once[i] > 0 && samples->once[i] < 1e-3)
            samples->once[i] = child_run(&children[i], 10) / 10;
        samples->repeats[i] = samples->once[i] > 0 ? peer_repeats(samples->once[i], quick ? 2e-4 : 2e-3) : 0;
    }
}

void blas_measure(struct blas_team *team, bool quick, struct blas_row *row)
{
    struct child *children = row->pass ? team->passes : team->products;
    struct samples samples = {.count = {0}};
    int rounds = quick ? 3 : ROUNDS;

    begin(team, children, quick, row, &samples);
    for (int round = 0; round < rounds; round++) {
        for (int i = 0; i < team->count; i++) {
            if (samples.repeats[i] > 0 && (round == 0 || samples.once[i] < slow))
                take(&children[i], i, &samples);
        }
    }
    for (int i = 0; i < team->count; i++) {
        row->gflops[i] = row->flop / clock_median(samples.sample[i], samples.count[i]) * 1e-9;
        row->spread[i] = clock_spread(samples.sample[i], samples.count[i]);
    }
}
