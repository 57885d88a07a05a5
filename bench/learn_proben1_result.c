#include "learn_proben1.h"

#include "record.h"

#include <stdio.h>
#include <string.h>

struct proben1_method *proben1_find(struct proben1_result *result, const char *name, bool peer)
{
    struct proben1_method *method = result->method;

    for (; method < result->method + result->count; method++)
        if (method->peer == peer && strcmp(method->name, name) == 0)
            return method;
    if (result->count == PROBEN1_MOST_METHODS)
        return NULL;
    *method = (struct proben1_method){.peer = peer};
    snprintf(method->name, sizeof method->name, "%s", name);
    result->count++;
    return method;
}

void proben1_add(struct proben1_result *result, const char *name, bool peer,
                 const struct learn_score *validation, const struct learn_score *test, double seconds,
                 double epochs)
{
    struct proben1_method *method = proben1_find(result, name, peer);

    if (!method)
        return;
    learn_figure_add(&method->validation, validation->squared);
    learn_figure_add(&method->wrong, test->wrong);
    learn_figure_add(&method->squared, test->squared);
    learn_figure_add(&method->seconds, seconds);
    learn_figure_add(&method->epochs, epochs);
}

const struct proben1_method *proben1_best(const struct proben1_result *result, bool peer)
{
    const struct proben1_method *best = NULL;

    for (int i = 0; i < result->count; i++) {
        const struct proben1_method *method = &result->method[i];

        if (method->peer == peer && (!best || method->validation.mean < best->validation.mean))
            best = method;
    }
    return best;
}

static void print_json(const struct proben1_result *result, const struct proben1_method *method, bool chosen)
{
    printf("{\"task\": \"proben1 %s %s\", \"library\": \"%s\", \"method\": ", result->set, result->widths,
           method->peer ? "FANN" : "libmlp");
    record_write_string(stdout, method->name);
    printf(", \"seeds\": %lld, \"validation_squared_error\": %.5g, ", (long long)method->wrong.count,
           method->validation.mean);
    if (result->classes)
        printf("\"error\": %.5g, \"deviation\": %.3g, ", method->wrong.mean,
               learn_figure_deviation(&method->wrong));
    printf("\"squared_error\": %.5g, \"squared_deviation\": %.3g, \"seconds\": %.4g, \"epochs\": %.4g, "
           "\"chosen\": %s}\n",
           method->squared.mean, learn_figure_deviation(&method->squared), method->seconds.mean,
           method->epochs.mean, chosen ? "true" : "false");
}

static void print_row(const struct proben1_result *result, const struct proben1_method *method, bool chosen)
{
    printf("| %s%s%s | %.4g | ", method->peer ? "FANN " : "", method->name, chosen ? " *" : "",
           method->validation.mean);
    if (result->classes)
        printf("%.2f +- %.2f", method->wrong.mean, learn_figure_deviation(&method->wrong));
    printf(" | %.4g +- %.2g | %.3g | %.0f |\n", method->squared.mean,
           learn_figure_deviation(&method->squared), 1e3 * method->seconds.mean, method->epochs.mean);
}

void proben1_print(const struct proben1_result *result, bool json)
{
    const struct proben1_method *const best[] = {proben1_best(result, false), proben1_best(result, true)};

    if (!json)
        printf("\n%s %s\n\n| method (* chosen) | validation squared error %% | test error %% | test squared "
               "error %% | ms | "
               "epochs |\n"
               "|---|---|---|---|---|---|\n",
               result->set, result->widths);
    for (int i = 0; i < result->count; i++) {
        const struct proben1_method *method = &result->method[i];

        (json ? print_json : print_row)(result, method, method == best[method->peer]);
    }
    fflush(stdout);
}

static void print_cell(const struct proben1_result *result, const struct proben1_method *method)
{
    const struct learn_figure *figure = NULL;

    if (method)
        figure = result->classes ? &method->wrong : &method->squared;
    if (figure)
        printf(" %s | %.4g +- %.2g | %.3g |", method->name, figure->mean, learn_figure_deviation(figure),
               1e3 * method->seconds.mean);
    else
        printf(" | | |");
}

void proben1_print_summary(const struct proben1_result *results, int count)
{
    printf("\n| set | widths | error | libmlp | %% | ms | FANN | %% | ms | time ratio |\n"
           "|---|---|---|---|---|---|---|---|---|---|\n");
    for (int i = 0; i < count; i++) {
        const struct proben1_method *own = proben1_best(&results[i], false),
                                    *peer = proben1_best(&results[i], true);

        printf("| %s | %s | %s |", results[i].set, results[i].widths,
               results[i].classes ? "classes" : "squared");
        print_cell(&results[i], own);
        print_cell(&results[i], peer);
        if (own && peer)
            printf(" %.3g", peer->seconds.mean / own->seconds.mean);
        printf(" |\n");
    }
}
