/*
 * Solve Poisson's equation with a network: -lap u = f in the unit cube of d dimensions, u = 0 on its boundary.
 *
 * The solution is u(x) = g(x) N(x), where N is a network and g = product of 4 x_i (1 - x_i) makes u vanish on the boundary
 * whatever N is. What is minimised is the mean square of the residual at random points,
 *
 *     r = lap u + f = g lap N + 2 <grad g, grad N> + N lap g + f
 *
 * One mlp_forward gives N, one mlp_laplacian gives grad N and lap N, and mlp_jet_vjp pulls r's derivatives by all three back
 * into the gradient of the loss. Adam begins; L-BFGS, which looks at the same points in every step, finishes.
 *
 *     poisson [small | full] [FILE.csv]
 *
 * The picture beside this file:
 *
 *     poisson full poisson.csv
 *     mlp plot poisson.csv poisson.png --log y --title "Poisson's equation by a network" \
 *         --x-label "step: Adam to 1,000, then L-BFGS" --y-label "relative L2 error"
 */
#include <mlp/mlp.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { HIDDEN = 32, LAYERS = 3, TEST = 2000, MEMORY = 50, PARTS = 10 };

static const double pi = 3.14159265358979323846;

/* Random points, column s of x, with what the residual needs there. */
struct points {
    int64_t count;
    double *x, *f, *g, *grad_g, *lap_g;
};

/* A network, the points its residual is taken at, and room for what the library returns there. */
struct problem {
    int64_t dimensions, parameters;
    struct points points;
    mlp_model *model;
    mlp_workspace *workspace;
    double *n, *grad_n, *lap_n; /* N, grad N and lap N; then the loss's derivatives by them */
};

static void check(mlp_status status, const char *what)
{
    if (status < 0) {
        fprintf(stderr, "poisson: %s: %s\n", what, mlp_last_error());
        exit(EXIT_FAILURE);
    }
}

static double *numbers(int64_t count)
{
    double *memory = calloc((size_t)count, sizeof *memory);

    if (!memory) {
        fprintf(stderr, "poisson: no memory for %lld numbers\n", (long long)count);
        exit(EXIT_FAILURE);
    }
    return memory;
}

/* Uniform random numbers in [0, 1), the same in every run (splitmix64). */
static double uniform(void)
{
    static uint64_t state = 1;
    uint64_t z = state += 0x9e3779b97f4a7c15u;

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

/* The solution that is to be found: sin(2 pi x_1) sin(pi x_2) ... sin(pi x_d). */
static double exact(int64_t dimensions, const double *x)
{
    double u = sin(2 * pi * x[0]);

    for (int64_t i = 1; i < dimensions; i++)
        u *= sin(pi * x[i]);
    return u;
}

/* g with its gradient and its Laplacian: g's i-th factor is p = 4 x (1 - x), with p' = 4 - 8 x and p'' = -8. */
static double boundary(int64_t dimensions, const double *x, double *gradient, double *laplacian)
{
    double g = 1;

    for (int64_t i = 0; i < dimensions; i++)
        g *= 4 * x[i] * (1 - x[i]);
    *laplacian = 0;
    for (int64_t i = 0; i < dimensions; i++) {
        double others = g / (4 * x[i] * (1 - x[i]));

        gradient[i] = others * (4 - 8 * x[i]);
        *laplacian -= 8 * others;
    }
    return g;
}

static struct points allocate(int64_t dimensions, int64_t count)
{
    return (struct points){count,          numbers(dimensions * count), numbers(count),
                           numbers(count), numbers(dimensions * count), numbers(count)};
}

static void draw(int64_t dimensions, struct points *points)
{
    for (int64_t s = 0; s < points->count; s++) {
        double *x = &points->x[dimensions * s];

        for (int64_t i = 0; i < dimensions; i++)
            x[i] = 0x1p-54 + uniform(); /* never 0: boundary() divides */
        points->f[s] = pi * pi * (double)(dimensions + 3) * exact(dimensions, x);
        points->g[s] = boundary(dimensions, x, &points->grad_g[dimensions * s], &points->lap_g[s]);
    }
}

/*
 * The loss (1 / 2 count) sum_s r_s^2 of the model as it is, and its gradient in theta. With r_bar = r / count,
 *
 *     dloss/dN = r_bar lap g,    dloss/d(grad N) = 2 r_bar grad g,    dloss/d(lap N) = r_bar g
 */
static double loss_gradient(struct problem *p, const mlp_model *model, double *theta_bar)
{
    const struct points *at = &p->points;
    int64_t d = p->dimensions;
    double loss = 0;

    check(mlp_forward_f64(model, p->workspace, at->count, at->x, d, p->n, 1), "forward pass");
    check(mlp_laplacian_f64(model, p->workspace, NULL, p->grad_n, p->lap_n, 1), "Laplacian");
    for (int64_t s = 0; s < at->count; s++) {
        double r = at->g[s] * p->lap_n[s] + p->n[s] * at->lap_g[s] + at->f[s], r_bar;

        for (int64_t i = s * d; i < (s + 1) * d; i++)
            r += 2 * at->grad_g[i] * p->grad_n[i];
        loss += r * r / (2 * (double)at->count);
        r_bar = r / (double)at->count;
        p->n[s] = r_bar * at->lap_g[s];
        for (int64_t i = s * d; i < (s + 1) * d; i++)
            p->grad_n[i] = 2 * r_bar * at->grad_g[i];
        p->lap_n[s] = r_bar * at->g[s];
    }
    check(mlp_jet_vjp_f64(model, p->workspace, p->n, 1, p->grad_n, p->lap_n, 1, NULL, 0, theta_bar),
          "gradient");
    return loss;
}

static double dot(int64_t n, const double *a, const double *b)
{
    double sum = 0;

    for (int64_t i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

/* y += a x */
static void add(int64_t n, double a, const double *x, double *y)
{
    for (int64_t i = 0; i < n; i++)
        y[i] += a * x[i];
}

/* How far |gradient|^2 is from the slope that the loss has along the gradient by differences, relative to it. */
static double gradient_error(struct problem *p)
{
    int64_t n = p->parameters;
    double *theta = numbers(n), *gradient = numbers(n), *unused = numbers(n), loss[2], square, h;

    check(mlp_model_get_params_f64(p->model, 0, n, theta), "parameters");
    loss_gradient(p, p->model, gradient);
    square = dot(n, gradient, gradient);
    h = 1e-5 / sqrt(square);
    for (int side = 0; side < 2; side++) {
        add(n, side ? -2 * h : h, gradient, theta);
        check(mlp_model_set_params_f64(p->model, 0, n, theta), "parameters");
        loss[side] = loss_gradient(p, p->model, unused);
    }
    add(n, h, gradient, theta);
    check(mlp_model_set_params_f64(p->model, 0, n, theta), "parameters");
    free(theta), free(gradient), free(unused);
    return fabs((loss[0] - loss[1]) / (2 * h) - square) / square;
}

/* Say and return |u - exact| / |exact| in the norm of L2, from random points; the workspace's pass becomes the one there. */
static double relative_error(struct problem *p, const struct points *test, const char *method, int64_t step)
{
    double difference = 0, size = 0, *y = numbers(test->count), error;

    check(mlp_forward_f64(p->model, p->workspace, test->count, test->x, p->dimensions, y, 1), "forward pass");
    for (int64_t s = 0; s < test->count; s++) {
        double u = exact(p->dimensions, &test->x[p->dimensions * s]), e = test->g[s] * y[s] - u;

        difference += e * e;
        size += u * u;
    }
    error = sqrt(difference / size);
    printf("%lld-D  %-6s step %5lld  relative L2 error %.1e\n", (long long)p->dimensions, method,
           (long long)step, error);
    free(y);
    return error;
}

/* Adam at a rate that falls to a tenth, with new points in every step; error[] receives the errors on the way. */
static void adam(struct problem *p, int64_t steps, const struct points *test, double error[PARTS])
{
    double *theta_bar = numbers(p->parameters);
    mlp_trainer *trainer;

    check(mlp_trainer_create(p->model, &trainer), "trainer");
    check(mlp_trainer_set_int(trainer, MLP_TRAINER_OPTIMIZER, MLP_ADAM), "optimizer");
    check(mlp_trainer_prepare(trainer, 1, 1), "prepare");
    for (int64_t step = 0; step < steps; step++) {
        double rate = 0.005 * (1 - 0.9 * (double)step / (double)steps);

        draw(p->dimensions, &p->points);
        loss_gradient(p, p->model, theta_bar);
        check(mlp_trainer_set_real(trainer, MLP_TRAINER_LEARNING_RATE, rate), "learning rate");
        check(mlp_trainer_apply_gradient_f64(trainer, theta_bar), "step of Adam");
        check(mlp_trainer_get_model(trainer, p->model), "parameters");
        if ((step + 1) % (steps / PARTS) == 0)
            error[(step + 1) / (steps / PARTS) - 1] = relative_error(p, test, "Adam", step + 1);
    }
    mlp_trainer_destroy(trainer);
    free(theta_bar);
}

/* The loss as an objective of the trainer's, whose model goes from place to place. */
static int32_t objective(const mlp_model *model, int64_t parameters, double *theta_bar, double *loss,
                         void *context)
{
    (void)parameters;
    *loss = loss_gradient(context, model, theta_bar);
    return 0;
}

/* Steps of L-BFGS on the points as they are. */
static void lbfgs(struct problem *p, int64_t steps, const struct points *test, double error[PARTS])
{
    mlp_trainer *trainer;

    check(mlp_trainer_create(p->model, &trainer), "trainer");
    check(mlp_trainer_set_int(trainer, MLP_TRAINER_OPTIMIZER, MLP_LBFGS), "optimizer");
    check(mlp_trainer_set_int(trainer, MLP_TRAINER_PAIRS, MEMORY), "memory");
    check(mlp_trainer_prepare(trainer, 1, 1), "prepare");
    for (int k = 0; k < PARTS; k++) {
        check(mlp_trainer_run_objective_f64(trainer, steps / PARTS, objective, p, NULL), "steps of L-BFGS");
        check(mlp_trainer_get_model(trainer, p->model), "parameters");
        error[k] = relative_error(p, test, "L-BFGS", (k + 1) * steps / PARTS);
    }
    mlp_trainer_destroy(trainer);
}

static struct problem create(int64_t dimensions, int64_t points)
{
    int64_t widths[] = {dimensions, HIDDEN, HIDDEN, 1}, most = points > TEST ? points : TEST;
    int32_t uses = MLP_USE_SECOND_ORDER + MLP_USE_STREAM * (int32_t)(dimensions + 1); /* of the Laplacian */
    struct problem p = {.dimensions = dimensions, .points = allocate(dimensions, points)};

    check(mlp_model_create(MLP_F64, LAYERS, widths, MLP_TANH, &p.model), "model");
    check(mlp_model_initialize(p.model, MLP_INIT_GLOROT_NORMAL, 1), "initial parameters");
    check(mlp_workspace_create(p.model, most, 1, uses, &p.workspace), "workspace");
    p.parameters = mlp_model_param_count(p.model);
    p.n = numbers(points), p.grad_n = numbers(dimensions * points), p.lap_n = numbers(points);
    return p;
}

static void release(struct points *points)
{
    free(points->x), free(points->f), free(points->g), free(points->grad_g), free(points->lap_g);
}

static void destroy(struct problem *p)
{
    mlp_workspace_destroy(p->workspace), mlp_model_destroy(p->model);
    release(&p->points);
    free(p->n), free(p->grad_n), free(p->lap_n);
}

/* A problem's size, the same steps for both of a run, and how far the error must come down. */
struct task {
    int64_t dimensions, points, adam_steps, lbfgs_steps;
    double bound;
};

/*
 * Solve; error[] receives the relative error before, after every tenth of Adam and after every tenth of L-BFGS. Returns
 * whether the last is small enough.
 */
static int solve(const struct task *task, double error[2 * PARTS + 1])
{
    struct problem p = create(task->dimensions, task->points);
    struct points test = allocate(task->dimensions, TEST);
    double gradient, last;
    clock_t begin = clock();

    draw(task->dimensions, &test);
    draw(task->dimensions, &p.points);
    gradient = gradient_error(&p);
    error[0] = relative_error(&p, &test, "begin", 0);
    adam(&p, task->adam_steps, &test, &error[1]);
    lbfgs(&p, task->lbfgs_steps, &test, &error[PARTS + 1]);
    last = error[2 * PARTS];
    printf("%lld-D  %lld parameters, %lld points: relative L2 error %.1e in %.1f s; the gradient agrees to "
           "%.0e\n",
           (long long)p.dimensions, (long long)p.parameters, (long long)p.points.count, last,
           (double)(clock() - begin) / CLOCKS_PER_SEC, gradient);
    release(&test);
    destroy(&p);
    if (last <= task->bound && gradient <= 1e-6)
        return 1;
    printf("FAILED: the error should be at most %.0e, that of the gradient 1e-06\n", task->bound);
    return 0;
}

/* The errors over the steps; closes the file and returns 0 if all is in it. */
static int write_errors(FILE *csv, const struct task *task, double error[2][2 * PARTS + 1])
{
    fprintf(csv, "step,%lld dimensions,%lld dimensions\n", (long long)task[0].dimensions,
            (long long)task[1].dimensions);
    for (int k = 0; k <= 2 * PARTS; k++) {
        int64_t adam_parts = k < PARTS ? k : PARTS, lbfgs_parts = k - adam_parts;

        fprintf(csv, "%lld,%.3e,%.3e\n",
                (long long)((adam_parts * task->adam_steps + lbfgs_parts * task->lbfgs_steps) / PARTS),
                error[0][k], error[1][k]);
    }
    return fclose(csv);
}

/* The command line: returns whether to be small, and opens the file of the picture's numbers, NULL if there is none. */
static int command_line(int argc, char **argv, FILE **csv)
{
    int small = argc > 1 && strcmp(argv[1], "small") == 0;

    if (argc > 3 || (argc > 1 && !small && strcmp(argv[1], "full") != 0)) {
        fprintf(stderr, "usage: %s [small | full] [FILE.csv]\n", argv[0]);
        exit(2);
    }
    *csv = argc > 2 ? fopen(argv[2], "w") : NULL;
    if (argc > 2 && !*csv) {
        perror(argv[2]);
        exit(EXIT_FAILURE);
    }
    return small;
}

int main(int argc, char **argv)
{
    static const struct task full[] = {{2, 1000, 1000, 4000, 1e-3}, {5, 2000, 1000, 4000, 5e-3}};
    static const struct task reduced[] = {{2, 200, 500, 300, 3e-3}, {5, 200, 500, 300, 1e-1}};
    FILE *csv;
    const struct task *task = command_line(argc, argv, &csv) ? reduced : full;
    double error[2][2 * PARTS + 1];
    int good = 1;

    for (int i = 0; i < 2; i++)
        good = solve(&task[i], error[i]) && good;
    if (csv && write_errors(csv, task, error) != 0)
        return perror(argv[2]), EXIT_FAILURE;
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
