#include "blas_core.h"
#include "command.h"
#include "report.h"

#include <stdbool.h>
#include <string.h>

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
    bool computes; /* so its BLAS should be at its best */
    const char *summary;
} commands[] = {
    {"infer", command_problem, true, "time a forward pass: infer f32 16-64-64-4 tanh batch=32 threads=1"},
    {"train", command_problem, true, "a training step: squared error, all gradients, plain SGD"},
    {"grad", command_problem, true, "the same without the update"},
    {"vjp", command_problem, true, "the backward sweep alone"},
    {"jvp", command_problem, true, "the tangent sweep alone"},
    {"derivatives", command_derivative, true,
     "every derivative of the menu in gradients: f32 2-50-50-50-1 tanh batch=128"},
    {"hvp", command_derivative, true, NULL},
    {"hvp_linearized", command_derivative, true, NULL},
    {"gauss_newton", command_derivative, true, NULL},
    {"laplacian", command_derivative, true, NULL},
    {"laplacian_gradient", command_derivative, true, NULL},
    {"jet_gradient", command_derivative, true, NULL},
    {"mixed", command_derivative, true, NULL},
    {"sample_gradients", command_problem, true, "forward pass and the gradient of each sample"},
    {"sample_norms", command_problem, true,
     "forward pass and the norms of the gradients, which are not formed"},
    {"sample_clipped_sum", command_problem, true, "forward pass and the sum of the clipped gradients"},
    {"sample_inner_products", command_problem, true, "forward pass and the tangent kernel of the batch"},
    {"jacobian", command_problem, true, "forward pass and dy/dx"},
    {"jacobian_theta", command_problem, true, "forward pass and dy/dtheta"},
    {"jacobian_normal_add", command_problem, true, "forward pass and J^T J, J^T r with J = dy/dtheta"},
    {"levenberg_marquardt", command_marquardt, true, "steps of Levenberg-Marquardt beside dsyrk"},
    {"grid", command_grid, true, "libmlp beside every other library there is, on six nets"},
    {"blas", command_blas, false, "every BLAS there is, on layers and under libmlp"},
    {"learn", command_learn, true, "what training reaches on real data, and how soon: matlab"},
    {"serve", command_serve, false, NULL},
    {"serve-products", command_serve_products, false, NULL},
};

enum { COMMANDS = sizeof commands / sizeof *commands };

static int print_help(FILE *stream, int status)
{
    fprintf(stream, "usage: mlp-bench COMMAND [OPTION]...\n\nHow fast libmlp is, and what is left.\n\n");
    for (int i = 0; i < COMMANDS; i++) {
        if (commands[i].summary)
            fprintf(stream, "  mlp-bench %-22s%s\n", commands[i].name, commands[i].summary);
    }
    fprintf(stream, "\n  mlp-bench COMMAND --help        the options of a command\n\n"
                    "Exit status: 0 done, 1 failed or a wrong answer, 2 a wrong command line.\n");
    return status;
}

int main(int argc, char **argv)
{
    char title[48];

    report_set_prefix("mlp-bench");
    if (argc < 2)
        return print_help(stderr, CLI_USAGE);
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
        return print_help(stdout, CLI_OK);
    for (int i = 0; i < COMMANDS; i++) {
        if (strcmp(argv[1], commands[i].name) != 0)
            continue;
        if (commands[i].computes)
            blas_core_select(argv, false);
        /* getopt_long begins its messages with argv[0] */
        snprintf(title, sizeof title, "mlp-bench %s", commands[i].name);
        argv[1] = title;
        return commands[i].run(argc - 1, argv + 1);
    }
    return report_usage("no command '%s'; mlp-bench --help lists them", argv[1]);
}
