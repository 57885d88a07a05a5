#include "blas_core.h"
#include "command.h"
#include "report.h"

#include <stdbool.h>
#include <string.h>

static const struct {
    const char *name;  /* as typed */
    const char *title; /* what messages begin with */
    int (*run)(int argc, char **argv);
    bool computes; /* so it should have the BLAS at its best */
    const char *summary;
} commands[] = {
    {"train", "mlp train", command_train, true, "train a network on images or a table"},
    {"eval", "mlp eval", command_eval, true, "measure a network on data with known answers"},
    {"predict", "mlp predict", command_predict, true, "answers for new data, as CSV"},
    {"check", "mlp check", command_check, true, "prove the derivatives of a model"},
    {"info", "mlp info", command_info, false,
     "what is in a model file; without one, what the program runs on"},
    {"plot", "mlp plot", command_plot, false, "a picture of the columns of a table"},
};

enum { COMMANDS = sizeof commands / sizeof *commands };

static void print_help(FILE *stream)
{
    fprintf(
        stream,
        "usage: mlp COMMAND [OPTION]...\n\nMulti-layer perceptrons: train them, measure them, use them.\n\n");
    for (int i = 0; i < COMMANDS; i++)
        fprintf(stream, "  mlp %-9s%s\n", commands[i].name, commands[i].summary);
    fprintf(stream, "\n  mlp COMMAND --help   the options of a command\n"
                    "  mlp --version        the version\n\n"
                    "Exit status: 0 done, 1 failed, 2 a wrong command line or missing data.\n");
}

static bool is_given(int argc, char **argv, const char *option)
{
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], option) == 0)
            return true;
    }
    return false;
}

static int run(int index, int argc, char **argv)
{
    char title[32];

    report_set_prefix(commands[index].title);
    if (commands[index].computes)
        blas_core_select(argv, is_given(argc, argv, "--verbose"));
    /* getopt_long begins its messages with argv[0] */
    snprintf(title, sizeof title, "%s", commands[index].title);
    argv[1] = title;
    return commands[index].run(argc - 1, argv + 1);
}

/* Output that did not arrive, on a full disk say, is a failure. */
static int finish(int status)
{
    if (fflush(stdout) != 0 || ferror(stdout))
        return report_failure("cannot write to standard output");
    return status;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        print_help(stderr);
        return CLI_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0) {
        print_help(stdout);
        return finish(CLI_OK);
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("mlp %s\n", mlp_version_string());
        return finish(CLI_OK);
    }
    for (int i = 0; i < COMMANDS; i++) {
        if (strcmp(argv[1], commands[i].name) == 0)
            return finish(run(i, argc, argv));
    }
    return report_usage("no command '%s'; mlp --help lists them", argv[1]);
}
