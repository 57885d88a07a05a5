#include "learn_tally.h"

#include "clock.h"
#include "record.h"

#include <math.h>
#include <string.h>

void learn_tally_add(struct learn_tally *tally, const struct learn_result *result, double score)
{
    const int64_t run = tally->runs++;

    tally->seconds[run] = result->seconds;
    tally->epochs[run] = (double)result->epochs;
    tally->score[run] = score;
    if (result->reached)
        tally->to_goal[tally->reached++] = result->to_goal;
    else
        tally->in_vain += result->seconds;
}

void learn_tally_take_line(const struct learn_peer_line *line, void *context)
{
    struct learn_peer_tally *peer = context;
    const double to_goal = line->count == 4 ? line->figure[3] : 0;
    const struct learn_result result = {.seconds = line->figure[1],
                                        .epochs = (int64_t)line->figure[2],
                                        .to_goal = to_goal,
                                        .reached = to_goal > 0};

    if (line->count < 3 || line->count > 4 || peer->tally->runs == LEARN_MOST_SEEDS)
        return;
    memcpy(peer->name, line->name, sizeof peer->name);
    peer->tally->method = peer->name;
    learn_tally_add(peer->tally, &result, 100 * line->figure[0]);
}

static double sum(const double *values, int64_t count)
{
    double total = 0;

    for (int64_t i = 0; i < count; i++)
        total += values[i];
    return total;
}

static double mean(const double *values, int64_t count)
{
    return count > 0 ? sum(values, count) / (double)count : NAN;
}

/* Of a sample: by count - 1. */
static double deviation(const double *values, int64_t count)
{
    const double middle = mean(values, count);
    double squares = 0;

    for (int64_t i = 0; i < count; i++)
        squares += (values[i] - middle) * (values[i] - middle);
    return count > 1 ? sqrt(squares / (double)(count - 1)) : 0;
}

double learn_tally_per_success(const struct learn_tally *tally)
{
    return tally->reached ? (sum(tally->to_goal, tally->reached) + tally->in_vain) / (double)tally->reached
                          : INFINITY;
}

static void write_number(const char *key, double value)
{
    if (isfinite(value))
        printf(", \"%s\": %.6g", key, value);
}

static void write_json(const char *task, const char *score, bool goal, double fastest,
                       struct learn_tally *tally)
{
    printf("{\"task\": ");
    record_write_string(stdout, task);
    printf(", \"method\": \"%s\", \"seeds\": %lld", tally->method, (long long)tally->runs);
    write_number(score, mean(tally->score, tally->runs));
    write_number("deviation", deviation(tally->score, tally->runs));
    if (goal) {
        write_number("success", (double)tally->reached / (double)tally->runs);
        write_number("seconds_to_goal", mean(tally->to_goal, tally->reached));
        write_number("seconds_per_success", learn_tally_per_success(tally));
        write_number("ratio", learn_tally_per_success(tally) / fastest);
    }
    write_number("seconds", mean(tally->seconds, tally->runs));
    write_number("epochs", clock_median(tally->epochs, tally->runs));
    printf("}\n");
}

static void write_cell(double value)
{
    if (isfinite(value))
        printf(" %.3g |", value);
    else
        printf(" |");
}

/* A row is Markdown, so that a table can be handed on; times are in ms. */
static void write_row(bool goal, double fastest, struct learn_tally *tally)
{
    printf("| %s | %.4g +- %.2g |", tally->method, mean(tally->score, tally->runs),
           deviation(tally->score, tally->runs));
    if (goal) {
        printf(" %lld of %lld |", (long long)tally->reached, (long long)tally->runs);
        write_cell(1e3 * mean(tally->to_goal, tally->reached));
        write_cell(1e3 * clock_quantile(tally->to_goal, tally->reached, 0));
        write_cell(1e3 * clock_quantile(tally->to_goal, tally->reached, 1));
        write_cell(1e3 * learn_tally_per_success(tally));
        write_cell(learn_tally_per_success(tally) / fastest);
    }
    write_cell(1e3 * mean(tally->seconds, tally->runs));
    printf(" %.0f |\n", clock_median(tally->epochs, tally->runs));
}

static void write_heading(const char *task, const char *score, bool goal)
{
    printf("\n%s\n\n| method | %s |", task, score);
    printf(goal ? " reached | ms | least | most | ms per success | ratio | ms in all | epochs |\n"
                  "|---|---|---|---|---|---|---|---|---|---|\n"
                : " ms | epochs |\n|---|---|---|---|\n");
}

void learn_tally_print(const char *task, const char *score, bool goal, bool json, struct learn_tally *tallies,
                       int64_t count)
{
    double fastest = INFINITY;

    for (int64_t i = 0; i < count; i++)
        fastest = fmin(fastest, learn_tally_per_success(&tallies[i]));
    if (!json)
        write_heading(task, score, goal);
    for (int64_t i = 0; i < count; i++) {
        if (json)
            write_json(task, score, goal, fastest, &tallies[i]);
        else
            write_row(goal, fastest, &tallies[i]);
    }
    fflush(stdout);
}
