/**
 * @file
 * The grid: six networks from a controller's to a wide one, with the batches they are used with, run by libmlp and by every
 * peer there is, one after the other in turns.
 */
#ifndef BENCH_GRID_H
#define BENCH_GRID_H

#include "peer.h"
#include "record.h"

enum { GRID_PEERS = 16, GRID_NAME = 32 };

/** A network: a letter and what it stands for, or widths with an activation. */
struct grid_net {
    char name[PROBLEM_TEXT_SIZE];
    struct problem problem; /**< widths and activation */
    bool small;             /**< batches of 4096 are usual */
};

/** What one peer made of a point. */
struct grid_entry {
    const struct peer *peer;
    enum verdict verdict;
    double us, ratio; /**< the medians of its times, and of their quotients with libmlp's beside them */
    double residual, spread;
};

/** A point of the grid, measured; entry 0 is libmlp's. */
struct grid_point {
    const struct grid_net *net;
    struct problem problem;
    struct peak peak;
    int entries;
    struct grid_entry entry[GRID_PEERS];
};

/** The peers' processes for one number of threads; entry 0 is libmlp's. */
struct grid_team {
    int count;
    const struct peer *peer[GRID_PEERS];
    struct child child[GRID_PEERS];
};

/** Parse `a,b,3-20-20-2:softplus`. Returns how many nets there are, 0 where something is wrong with @p text. */
int grid_parse_nets(const char *text, struct grid_net *nets, int most);

/** Parse integers from 1 to @p largest, separated by commas. Returns how many there are, 0 where something is wrong. */
int grid_parse_counts(const char *text, int64_t largest, int64_t *values, int most);

/** Start every peer there is whose name is in the list (all where it is NULL). Returns whether libmlp's is there. */
bool grid_team_start(struct grid_team *team, int threads, const char *names);

/** End them. */
void grid_team_stop(struct grid_team *team);

/** Measure the point's problem with the team. Returns whether libmlp's answer was right. */
bool grid_measure(struct grid_team *team, bool quick, struct grid_point *point);

/** The fastest entry of a kind that is right; NULL if there is none. */
const struct grid_entry *grid_best(const struct grid_point *point, const char *kind);

/** The entry of a peer that is right; NULL if there is none. */
const struct grid_entry *grid_of(const struct grid_point *point, const struct peer *peer);

/** Time over limit of libmlp, as a fraction of the limit reached. */
double grid_fraction(const struct grid_point *point);

/** Write a point's lines of JSON. */
void grid_write(FILE *stream, const struct grid_point *point);

/** Print the heading of a table, a point's row, and what the points come to. */
void grid_print_heading(FILE *stream, const struct grid_team *team);
void grid_print_row(FILE *stream, const struct grid_team *team, const struct grid_point *point);
void grid_print_summary(FILE *stream, const struct grid_point *points, int count);

/** Write the points as a page of Markdown; @p picture NULL or the file to show. Returns whether that worked. */
bool grid_write_markdown(const char *path, const char *picture, const struct grid_point *points, int count);

/** Draw the ratios as PNG. Returns NULL, or why it could not be written. */
const char *grid_plot(const char *path, const struct grid_point *points, int count);

#endif
