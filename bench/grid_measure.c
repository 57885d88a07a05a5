#include "grid.h"

#include "clock.h"

#include <math.h>
#include <string.h>

enum { ROUNDS = 9, FEW_ROUNDS = 3, MOST_ROUNDS = ROUNDS * GRID_PEERS };

/* A peer that is so much slower, at so many seconds a run, is measured less often. */
static const double hopeless_ratio = 10, hopeless_seconds = 0.05;

/* Samples of one peer's turns. */
struct turns {
    int64_t repeats[GRID_PEERS];
    double once[GRID_PEERS];
    double own[MOST_ROUNDS]; /* all of libmlp's */
    int own_count;
    double peer[ROUNDS], ratio[ROUNDS]; /* of the peer in turn */
};

static bool wanted(const char *name, const char *names)
{
    char list[512], word[GRID_NAME + 2];

    if (!names)
        return true;
    snprintf(list, sizeof list, ",%s,", names);
    snprintf(word, sizeof word, ",%s,", name);
    return strstr(list, word) != NULL;
}

bool grid_team_start(struct grid_team *team, int threads, const char *names)
{
    team->count = 0;
    for (const struct peer *peer = peers; peer->name && team->count < GRID_PEERS; peer++) {
        bool own = peer == peers;

        if ((own || wanted(peer->name, names)) && peer_start(peer, threads, &team->child[team->count]))
            team->peer[team->count++] = peer;
        else if (own)
            return false;
    }
    return true;
}

void grid_team_stop(struct grid_team *team)
{
    for (int i = 0; i < team->count; i++)
        child_stop(&team->child[i]);
}

/* Repetitions that make a sample, from runs that warm up as well. */
static bool calibrate(struct child *child, double sample, int64_t *repeats, double *once)
{
    *repeats = 1;
    for (int i = 0; i < 12; i++) {
        double seconds = child_run(child, *repeats);

        if (seconds < 0)
            return false;
        *once = seconds / (double)*repeats;
        if (seconds >= sample)
            return true;
        int64_t next = peer_repeats(*once, 1.1 * sample);
        *repeats = next > *repeats ? next : *repeats + 1;
    }
    return true;
}

/* Hand the problem to everyone. */
static void hand_out(struct grid_team *team, bool quick, struct grid_point *point, struct turns *turns)
{
    char text[PROBLEM_TEXT_SIZE];

    problem_print(&point->problem, text);
    point->entries = team->count;
    for (int i = 0; i < team->count; i++) {
        struct grid_entry *entry = &point->entry[i];

        *entry = (struct grid_entry){.peer = team->peer[i], .us = NAN, .ratio = NAN, .spread = NAN};
        entry->verdict = child_problem(&team->child[i], text, &entry->residual);
        if (entry->verdict == VERDICT_READY &&
            !calibrate(&team->child[i], quick ? 2e-4 : 2e-3, &turns->repeats[i], &turns->once[i]))
            entry->verdict = VERDICT_DEAD;
    }
}

/* libmlp and another, A B A B. */
static void take_turns(struct grid_team *team, int i, struct turns *turns, struct grid_entry *entry)
{
    bool hopeless = turns->once[i] > hopeless_seconds && turns->once[i] > hopeless_ratio * turns->once[0];
    int rounds = hopeless ? FEW_ROUNDS : ROUNDS, count = 0;

    for (; count < rounds; count++) {
        double own = child_run(&team->child[0], turns->repeats[0]) / (double)turns->repeats[0];
        double peer = i > 0 ? child_run(&team->child[i], turns->repeats[i]) / (double)turns->repeats[i] : own;

        if (own < 0 || peer < 0)
            break;
        turns->own[turns->own_count++] = own;
        turns->peer[count] = peer;
        turns->ratio[count] = peer / own;
    }
    if (count < rounds)
        entry->verdict = VERDICT_DEAD;
    entry->us = clock_median(turns->peer, count) * 1e6;
    entry->spread = clock_spread(turns->peer, count);
    entry->ratio = clock_median(turns->ratio, count);
}

bool grid_measure(struct grid_team *team, bool quick, struct grid_point *point)
{
    struct turns turns = {.own_count = 0};
    bool alone = true;

    hand_out(team, quick, point, &turns);
    if (point->entry[0].verdict != VERDICT_READY)
        return false;
    for (int i = 1; i < team->count; i++) {
        if (point->entry[i].verdict != VERDICT_READY)
            continue;
        take_turns(team, i, &turns, &point->entry[i]);
        alone = false;
    }
    if (alone)
        take_turns(team, 0, &turns, &point->entry[0]);
    point->entry[0].us = clock_median(turns.own, turns.own_count) * 1e6;
    point->entry[0].spread = clock_spread(turns.own, turns.own_count);
    point->entry[0].ratio = 1;
    return point->entry[0].us > 0;
}

const struct grid_entry *grid_best(const struct grid_point *point, const char *kind)
{
    const struct grid_entry *best = NULL;

    for (int i = 1; i < point->entries; i++) {
        const struct grid_entry *entry = &point->entry[i];

        if (entry->verdict == VERDICT_READY && strcmp(entry->peer->kind, kind) == 0 &&
            (!best || entry->ratio < best->ratio))
            best = entry;
    }
    return best;
}

const struct grid_entry *grid_of(const struct grid_point *point, const struct peer *peer)
{
    for (int i = 0; i < point->entries; i++) {
        if (point->entry[i].peer == peer && point->entry[i].verdict == VERDICT_READY)
            return &point->entry[i];
    }
    return NULL;
}

double grid_fraction(const struct grid_point *point)
{
    struct limit limit;

    limit_compute(&point->problem, &point->peak, &limit);
    return limit.seconds * 1e6 / point->entry[0].us;
}

void grid_write(FILE *stream, const struct grid_point *point)
{
    for (int i = 0; i < point->entries; i++) {
        const struct grid_entry *entry = &point->entry[i];
        struct record record;

        if (entry->verdict != VERDICT_READY)
            continue;
        record = record_make(&point->problem, &point->peak, entry->us * 1e-6, entry->residual, entry->spread);
        record.net = point->net->name;
        record.peer = entry->peer->name;
        record.kind = entry->peer->kind;
        record.ratio = entry->ratio;
        record_write(stream, &record);
    }
}
