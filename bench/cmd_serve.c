#include "clock.h"
#include "command.h"
#include "product_run.h"
#include "report.h"
#include "serve.h"

#include <string.h>

/* The largest residual that is rounding, relative to the sizes of the terms. */
static const double product_tolerance = 1e-5;

int command_serve(int argc, char **argv)
{
    (void)argv;
    return argc == 1 ? serve(stdin, stdout) : report_usage("serve takes no arguments");
}

static struct product_run *make_product(const char *text)
{
    struct product product;
    struct product_run *run = product_parse(text, &product) ? product_run_create(&product) : NULL;
    double residual = run ? product_run_residual(run) : 0;

    if (!run) {
        printf("skip no BLAS, or no product: %s\n", text);
    } else if (!(residual <= product_tolerance)) {
        printf("wrong %g\n", residual);
        product_run_destroy(run);
        return NULL;
    } else {
        printf("ready %g\n", residual);
    }
    return run;
}

static void time_product(struct product_run *run, long long repeats)
{
    double begin;

    product_run_once(run);
    begin = clock_now();
    for (long long i = 0; i < repeats; i++)
        product_run_once(run);
    printf("seconds %.9g\n", clock_now() - begin);
}

/* As serve(), for products. */
int command_serve_products(int argc, char **argv)
{
    char line[256];
    struct product_run *run = NULL;
    long long repeats;

    (void)argv;
    if (argc != 1)
        return report_usage("serve-products takes no arguments");
    printf("peer %s\n", product_run_library());
    fflush(stdout);
    while (fgets(line, sizeof line, stdin) && strcmp(line, "quit\n") != 0) {
        line[strcspn(line, "\n")] = '\0';
        if (strncmp(line, "problem ", 8) == 0) {
            if (run)
                product_run_destroy(run);
            run = make_product(line + 8);
        } else if (run && sscanf(line, "run %lld", &repeats) == 1 && repeats > 0) {
            time_product(run, repeats);
        } else {
            printf("skip no product is ready, or '%s' is no request\n", line);
        }
        fflush(stdout);
    }
    if (run)
        product_run_destroy(run);
    return CLI_OK;
}
