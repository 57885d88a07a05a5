#include "grid.h"

#include "sigma.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *letter, *widths, *activation;
} known[] = {
    {"a", "4-16-16-1", "tanh"},                     /* a controller */
    {"b", "16-64-64-64-4", "tanh"},                 /* a surrogate, a policy */
    {"c", "784-128-10", "relu"},                    /* digits */
    {"d", "784-1024-1024-10", "relu"},              /* digits, wide */
    {"e", "2048-2048-2048-2048-2048-2048", "relu"}, /* wider than any cache */
    {"f", "2-50-50-50-50-1", "tanh"},               /* a partial differential equation */
};

/* Parameters of a net that is used with thousands of samples. */
static const int64_t small_params = 50000;

static bool parse_net(const char *text, struct grid_net *net)
{
    char widths[PROBLEM_TEXT_SIZE];
    const char *activation = strchr(text, ':');

    *net = (struct grid_net){.problem = {.batch = 1, .threads = 1, .engine = "auto", .cpu = "auto"}};
    snprintf(net->name, sizeof net->name, "%s", text);
    snprintf(widths, sizeof widths, "%.*s", activation ? (int)(activation - text) : (int)strlen(text), text);
    activation = activation ? activation + 1 : "tanh";
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(known[i].letter, text) == 0) {
            snprintf(widths, sizeof widths, "%s", known[i].widths);
            activation = known[i].activation;
        }
    }
    if (!problem_parse_widths(widths, &net->problem) || !sigma_find(activation))
        return false;
    snprintf(net->problem.activation, sizeof net->problem.activation, "%s", activation);
    net->small = problem_params(&net->problem) <= small_params;
    return true;
}

int grid_parse_nets(const char *text, struct grid_net *nets, int most)
{
    char copy[4096], *rest = copy, *word;
    int count = 0;

    snprintf(copy, sizeof copy, "%s", text);
    while ((word = strtok_r(rest, ",", &rest))) {
        if (count == most || !parse_net(word, &nets[count]))
            return 0;
        count++;
    }
    return count;
}

int grid_parse_counts(const char *text, int64_t largest, int64_t *values, int most)
{
    int count = 0;
    char *end;

    do {
        long long value = strtoll(text, &end, 10);

        if (end == text || value < 1 || value > largest || count == most)
            return 0;
        values[count++] = value;
        text = end + 1;
    } while (*end == ',');
    return *end == '\0' ? count : 0;
}
