/* The program as its users run it; figures are not looked at, only that they are there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

static char output[1 << 16];

/* Run a command line of the program; returns its exit status, its output in `output`. */
static int run(const char *arguments)
{
    char command[1024];
    size_t length;
    FILE *pipe;

    snprintf(command, sizeof command, "exec 2>&1; '%s' %s", MLP_BENCH, arguments);
    pipe = popen(command, "r");
    assert_non_null(pipe);
    length = fread(output, 1, sizeof output - 1, pipe);
    output[length] = '\0';
    return WEXITSTATUS(pclose(pipe));
}

static void assert_says(const char *text)
{
    if (!strstr(output, text))
        fail_msg("'%s' is not in:\n%s", text, output);
}

static void times_levenberg_marquardt(void **state)
{
    (void)state;
    assert_int_equal(run("levenberg_marquardt --samples 200 --batch 64 --steps 2"), 0);
    assert_says("1983 parameters, 200 samples: a step ");
    assert_int_equal(run("levenberg_marquardt --steps 0"), 2);
}

static void times_every_work(void **state)
{
    static const char *const works[] = {"infer",
                                        "train",
                                        "grad",
                                        "vjp",
                                        "jvp",
                                        "sample_gradients",
                                        "sample_norms",
                                        "sample_clipped_sum",
                                        "sample_inner_products",
                                        "jacobian",
                                        "jacobian_theta",
                                        "jacobian_normal_add"};
    char arguments[128];

    (void)state;
    for (size_t i = 0; i < sizeof works / sizeof *works; i++) {
        snprintf(arguments, sizeof arguments, "%s f%d 3-9-2 softplus batch=5 --quick --json", works[i],
                 i % 2 ? 64 : 32);
        assert_int_equal(run(arguments), 0);
        assert_says(works[i]);
        assert_says("\"us\": ");
        assert_says("\"limit_fraction\": ");
        assert_says("\"residual\": ");
        if (i >= 5)
            assert_says("\"ratio\": ");
    }
}

static void times_derivatives(void **state)
{
    static const char *const names[] = {
        "hvp", "hvp_linearized", "gauss_newton", "laplacian", "laplacian_gradient", "jet_gradient", "mixed"};
    char arguments[128], call[64];

    (void)state;
    assert_int_equal(run("derivatives f64 3-9-2 softplus batch=5 --quick --json"), 0);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(call, sizeof call, "\"call\": \"%s\"", names[i]);
        assert_says(call);
    }
    snprintf(arguments, sizeof arguments, "%s f32 3-9-2 softplus batch=5 --quick", names[0]);
    assert_int_equal(run(arguments), 0);
    assert_says("gradients");
    assert_says("composition");
    assert_int_equal(run("derivatives f32 3-9-2"), 2);
}

static void prints_for_people(void **state)
{
    (void)state;
    assert_int_equal(run("train f32 3-9-2 relu batch=5 engine=blas --quick"), 0);
    assert_says("limits, 1 thread");
    assert_says("% of the limit");
}

static void runs_the_grid(void **state)
{
    int lines = 0;

    (void)state;
    assert_int_equal(run("grid --nets a,3-9-2:relu --batches 1,17 --work infer,train --threads 1 --peers "
                         "none --quick --json"),
                     0);
    for (const char *at = output; (at = strstr(at, "{\"problem\": ")); at++)
        lines++;
    assert_int_equal(lines, 2 * 2 * 2);
    assert_says("\"peer\": \"mlp\"");
    assert_says("\"class\": \"own\"");
    assert_says("train f32 3-9-2 relu batch=17 threads=1");
}

/* On data it makes itself: no package is needed. */
static void learns(void **state)
{
    (void)state;
    assert_int_equal(run("learn matlab --only sine,parity --methods adam,rprop --quick --json"), 0);
    assert_says("\"task\": \"matlab sine 1-5-1\"");
    assert_says("\"task\": \"matlab parity 3-10-10-1\"");
    assert_says("\"method\": \"rprop\", \"seeds\": 2");
    assert_says("\"success\": ");
    assert_says("\"seconds\": ");
    assert_int_equal(run("learn fit --only sines,nested --methods adam --quick --json"), 0);
    assert_says("\"task\": \"fit sines 1-2-1\"");
    assert_says("\"task\": \"fit nested 1-1-1-1\"");
    assert_says("\"log10_error\": ");
    assert_int_equal(run("learn matlab --only parity --methods rprop --seeds 3 --quick"), 0);
    assert_says("| rprop |");
    assert_says("of 3 |");
}

/* Where a package is not installed, the task says which one that is. */
static void learns_from_packages(void **state)
{
    static const struct {
        const char *arguments, *package, *says;
    } tasks[] = {
        {"learn digits --methods adam --quick --json", "python3-sklearn",
         "\"task\": \"digits 64-100-10\", \"method\": \"adam\", \"seeds\": 5, \"accuracy\": "},
        {"learn fashion --methods adam --quick", "dataset-fashion-mnist", "| adam, smooth labels | "},
        {"learn matlab --only cancer --methods rprop --quick --json", "python3-sklearn",
         "matlab cancer 9-5-5-2"},
        {"learn proben1 --only diabetes,robot --methods adam --quick --json", "libfann-doc",
         "\"task\": \"proben1 robot 48-8-3\", \"library\": \"libmlp\", \"method\": \"adam\""},
        {"learn proben1 --only two-spiral --methods rprop --quick --alone", "libfann-doc",
         "| two-spiral | 2-20-20-1 | classes | rprop"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof tasks / sizeof *tasks; i++) {
        const int status = run(tasks[i].arguments);

        assert_true(status == 0 || status == 2);
        assert_says(status == 0 ? tasks[i].says : "apt-get install");
        if (status == 2)
            assert_says(tasks[i].package);
    }
}

/* libmlp as its own peer, through the lines of serve.h. */
static void serves(void **state)
{
    (void)state;
    assert_int_equal(run("serve <<'END'\nproblem infer f32 3-9-2 tanh batch=5\nrun 3\nfly\n"
                         "problem infer f32 3\nrun 1\nquit\nEND"),
                     0);
    assert_says("peer libmlp");
    assert_says("ready ");
    assert_says("seconds ");
    assert_says("skip no problem is ready, or 'fly' is no request");
    assert_says("skip '3' is not two or more widths");
    assert_says("'run 1'");
}

static void refuses_what_it_does_not_know(void **state)
{
    (void)state;
    assert_int_equal(run("infer f32 3-9-2 than"), 2);
    assert_says("'than' is not an activation");
    assert_int_equal(run("fly"), 2);
    assert_int_equal(run("infer"), 2);
    assert_int_equal(run("grid --nets g"), 2);
    assert_int_equal(run("grid --batches 1,,2"), 2);
    assert_int_equal(run("grid --work fly"), 2);
    assert_int_equal(run("blas --nets 3"), 2);
    assert_int_equal(run("learn"), 2);
    assert_int_equal(run("learn to-fly"), 2);
    assert_says("no task 'to-fly'");
    assert_int_equal(run("learn --help"), 0);
    assert_says("  matlab ");
    assert_says("  proben1 ");
    assert_says("  digits ");
    assert_says("  fashion ");
    assert_says("  fit ");
    assert_int_equal(run("--help"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_levenberg_marquardt),
        cmocka_unit_test(times_every_work),
        cmocka_unit_test(times_derivatives),
        cmocka_unit_test(prints_for_people),
        cmocka_unit_test(runs_the_grid),
        cmocka_unit_test(learns),
        cmocka_unit_test(learns_from_packages),
        cmocka_unit_test(serves),
        cmocka_unit_test(refuses_what_it_does_not_know),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
