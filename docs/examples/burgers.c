/*
 * Solve Burgers' equation with a network, in the set-up of M. Raissi, P. Perdikaris and G. E. Karniadakis, "Physics-informed
 * neural networks", Journal of Computational Physics 378 (2019), appendix A.1:
 *
 *     u_t + u u_x = nu u_xx,   nu = 0.01 / pi,   t in [0, 1], x in [-1, 1]
 *     u(0, x) = -sin(pi x),    u(t, -1) = u(t, 1) = 0
 *
 * There the network's output N(t, x) is u. What is minimised is the mean square of its error at 100 points of the initial and
 * boundary data, and that of the residual r = u_t + u u_x - nu u_xx at these and at 10,000 other points. Between the 100 points
 * nobody tells the network what u is, which limits how accurate it can become. So the equation is also solved by
 *
 *     u = -sin(pi x) + t (1 - x^2) N
 *
 * which is right where the data are, whatever N is, and leaves nothing but the residual. Self-scaled BFGS minimises. The 10,000
 * points are a Latin hypercube drawn once, as published, or are drawn anew from time to time, more of them where the residual is
 * large.
 *
 * One mlp_forward gives N, one mlp_laplacian with weights 0 for t and 1 for x gives N_t, N_x and N_xx, and mlp_jet_vjp pulls the
 * loss's derivatives by all four back into its gradient: an objective for mlp_trainer_run_objective. The error is that against
 * the exact solution, by the formula of Cole and Hopf, on the grid of their data set.
 *
 *     burgers [small | full] [FILE.csv]
 *
 * The picture beside this file:
 *
 *     burgers full burgers.csv
 *     mlp plot burgers.csv burgers.png --log y --title "Burgers' equation" \
 *         --x-label "step of BFGS" --y-label "relative L2 error"
 */
#include <mlp/mlp.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    DATA = 100,
    T_GRID = 100,
    X_GRID = 256,
    GRID = T_GRID * X_GRID,
    NODES = 100,
    BLOCK = 512,
    PARTS = 20,
    TASKS = 3
};

static const double pi = 3.14159265358979323846, nu = 0.01 / 3.14159265358979323846;

static void check(mlp_status status, const char *what)
{
    if (status < 0) {
        fprintf(stderr, "burgers: %s: %s\n", what, mlp_last_error());
        exit(EXIT_FAILURE);
    }
}

static double *numbers(int64_t count)
{
    double *memory = calloc((size_t)count, sizeof *memory);

    if (!memory) {
        fprintf(stderr, "burgers: no memory for %lld numbers\n", (long long)count);
        exit(EXIT_FAILURE);
    }
    return memory;
}

static uint64_t random_state;

/* Uniform random numbers in [0, 1), the same in every run (splitmix64). */
static double uniform(void)
{
    uint64_t z = random_state += 0x9e3779b97f4a7c15u;

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

/* 0 .. n - 1 in a random order. */
static void shuffle(int64_t n, int64_t *order)
{
    for (int64_t i = 0; i < n; i++) {
        int64_t j = (int64_t)(uniform() * (double)(i + 1));

        order[i] = order[j];
        order[j] = i;
    }
}

/*
 * Nodes and weights of Gauss and Hermite: the integral of exp(-z^2) f(z) over all z is sum_i weight_i f(node_i) for polynomials up to
 * degree 2 NODES - 1. Newton's method on the orthonormal Hermite polynomial, from the largest root down. More nodes change no
 * u below by more than 2e-14.
 */
static void gauss_hermite(double node[NODES], double weight[NODES])
{
    double z = sqrt(2 * NODES + 1) - 1.85575 * pow(2 * NODES + 1, -1 / 6.0);

    for (int i = 0; i < NODES / 2; i++) {
        double p, before, slope, step;

        if (i == 1)
            z -= 1.14 * pow(NODES, 0.426) / z;
        else if (i > 1)
            z = i < 4 ? (i == 2 ? 1.86 : 1.91) * z - (i == 2 ? 0.86 : 0.91) * node[i - 2]
                      : 2 * z - node[i - 2];
        do {
            p = pow(pi, -0.25), before = 0;
            for (int j = 0; j < NODES; j++) {
                double next = z * sqrt(2 / (j + 1.0)) * p - sqrt(j / (j + 1.0)) * before;

                before = p;
                p = next;
            }
            slope = sqrt(2 * NODES) * before;
            step = p / slope;
            z -= step;
        } while (fabs(step) > 1e-14 * z);
        node[i] = z, node[NODES - 1 - i] = -z;
        weight[i] = weight[NODES - 1 - i] = 2 / (slope * slope);
    }
}

/*
 * u by Cole and Hopf: with y = x - sqrt(4 nu t) z and f(y) = exp(-cos(pi y) / (2 pi nu)),
 *
 *     u = -(integral of exp(-z^2) sin(pi y) f(y)) / (integral of exp(-z^2) f(y))
 */
static double exact(const double node[NODES], const double weight[NODES], double t, double x)
{
    double above = 0, below = 0;

    for (int i = 0; i < NODES; i++) {
        double y = x - sqrt(4 * nu * t) * node[i], f = weight[i] * exp(-cos(pi * y) / (2 * pi * nu));

        above += sin(pi * y) * f;
        below += f;
    }
    return -above / below;
}

/* A network, the points its residual is taken at, and room for what the library returns at a block of them. */
struct problem {
    int exact_data; /* u is right where the data are; else it is N */
    int64_t points; /* of these the first DATA have a known u */
    double *tx, u[DATA];
    mlp_workspace *workspace;
    double *y, *y1, *y2; /* N, (N_t, N_x) and N_xx; then the loss's derivatives by them */
    double *part;        /* of the gradient */
    int64_t calls;
};

/* DATA places of the grid at t = 0, x = -1 and x = 1. */
static void draw_data(struct problem *p)
{
    enum { PLACES = X_GRID + 2 * T_GRID };
    int64_t order[PLACES];

    shuffle(PLACES, order);
    for (int i = 0; i < DATA; i++) {
        int64_t k = order[i] - X_GRID; /* < 0: on the line t = 0 */
        double *tx = &p->tx[2 * i];

        tx[0] = k < 0 ? 0 : (double)(k % T_GRID) / T_GRID;
        tx[1] = k < 0 ? -1 + 2.0 * (double)order[i] / (X_GRID - 1) : k < T_GRID ? -1 : 1;
        p->u[i] = k < 0 ? -sin(pi * tx[1]) : 0;
    }
}

/* A Latin hypercube: every coordinate has one point in each of as many intervals as there are points. */
static void draw_hypercube(int64_t count, double *tx)
{
    int64_t *order = calloc((size_t)count, sizeof *order);

    if (!order) {
        fprintf(stderr, "burgers: no memory for %lld points\n", (long long)count);
        exit(EXIT_FAILURE);
    }
    for (int coordinate = 0; coordinate < 2; coordinate++) {
        shuffle(count, order);
        for (int64_t i = 0; i < count; i++) {
            double z = ((double)order[i] + uniform()) / (double)count;

            tx[2 * i + coordinate] = coordinate == 0 ? z : 2 * z - 1;
        }
    }
    free(order);
}

/* u = a + b N, with the derivatives of a and b. */
struct form {
    double a, a_x, a_xx, b, b_t, b_x, b_xx;
};

static struct form form_at(int exact_data, const double *tx)
{
    double t = tx[0], x = tx[1];

    if (!exact_data)
        return (struct form){.b = 1};
    return (struct form){-sin(pi * x),    -pi * cos(pi * x), pi * pi * sin(pi * x),
                         t * (1 - x * x), 1 - x * x,         -2 * t * x,
                         -2 * t};
}

/* u and its derivatives, and the residual. */
struct solution {
    double u, u_t, u_x, u_xx, r;
};

/* At point s of the block that p has N of. */
static struct solution solution_at(const struct problem *p, const struct form *f, int64_t s)
{
    double n = p->y[s], n_t = p->y1[2 * s], n_x = p->y1[2 * s + 1], n_xx = p->y2[s];
    struct solution at = {f->a + f->b * n, f->b_t * n + f->b * n_t, f->a_x + f->b_x * n + f->b * n_x,
                          f->a_xx + f->b_xx * n + 2 * f->b_x * n_x + f->b * n_xx, 0};

    at.r = at.u_t + at.u * at.u_x - nu * at.u_xx;
    return at;
}

/* N and its derivatives at a block of points, in p's room. */
static void evaluate(const mlp_model *model, struct problem *p, int64_t count, const double *tx)
{
    static const double weights[] = {0, 1};

    check(mlp_forward_f64(model, p->workspace, count, tx, 2, p->y, 1), "forward pass");
    check(mlp_laplacian_f64(model, p->workspace, weights, p->y1, p->y2, 1), "derivatives");
}

/*
 * The loss of `count` points from `first` on, from N and its derivatives there, which become the loss's derivatives by them. With
 * r_bar = 2 r / points:
 *
 *     dloss/du = r_bar u_x,   dloss/du_t = r_bar,   dloss/du_x = r_bar u,   dloss/du_xx = -nu r_bar
 */
static double pull_back(struct problem *p, int64_t first, int64_t count)
{
    double loss = 0;

    for (int64_t s = 0; s < count; s++) {
        struct form f = form_at(p->exact_data, &p->tx[2 * (first + s)]);
        struct solution at = solution_at(p, &f, s);
        double r_bar = 2 * at.r / (double)p->points, by_u = r_bar * at.u_x, by_u_x = r_bar * at.u;

        loss += at.r * at.r / (double)p->points;
        if (first + s < DATA) {
            double e = at.u - p->u[first + s];

            loss += e * e / DATA;
            by_u += 2 * e / DATA;
        }
        p->y[s] = f.b * by_u + f.b_t * r_bar + f.b_x * by_u_x - f.b_xx * nu * r_bar;
        p->y1[2 * s] = f.b * r_bar;
        p->y1[2 * s + 1] = f.b * by_u_x - 2 * f.b_x * nu * r_bar;
        p->y2[s] = -f.b * nu * r_bar;
    }
    return loss;
}

/* The objective: the loss of the model as it is and its gradient, block by block. */
static int32_t loss_gradient(const mlp_model *model, int64_t params, double *theta_bar, double *loss,
                             void *context)
{
    struct problem *p = context;

    p->calls++;
    *loss = 0;
    for (int64_t first = 0, count; first < p->points; first += count) {
        count = p->points - first < BLOCK ? p->points - first : BLOCK;
        evaluate(model, p, count, &p->tx[2 * first]);
        *loss += pull_back(p, first, count);
        check(mlp_jet_vjp_f64(model, p->workspace, p->y, 1, p->y1, p->y2, 1, NULL, 0, p->part), "gradient");
        for (int64_t i = 0; i < params; i++)
            theta_bar[i] += p->part[i];
    }
    return 0;
}

/*
 * New points for the residual where it is large: of ten times as many, each is taken as often as |r| / mean |r| + 1 says (C. Wu et
 * al., "A comprehensive study of non-adaptive and residual-based adaptive sampling for physics-informed neural networks", 2023).
 */
static void follow_residual(const mlp_model *model, struct problem *p)
{
    int64_t count = p->points - DATA, candidates = 10 * count, taken = 0;
    double *tx = numbers(2 * candidates), *weight = numbers(candidates), mean = 0, sum = 0;

    draw_hypercube(candidates, tx);
    for (int64_t first = 0, n; first < candidates; first += n) {
        n = candidates - first < BLOCK ? candidates - first : BLOCK;
        evaluate(model, p, n, &tx[2 * first]);
        for (int64_t s = 0; s < n; s++) {
            struct form f = form_at(p->exact_data, &tx[2 * (first + s)]);

            weight[first + s] = fabs(solution_at(p, &f, s).r);
            mean += weight[first + s] / (double)candidates;
        }
    }
    /* one point wherever the sum of the weights passes a multiple of their mean times 10: 10 times 2 */
    for (int64_t i = 0; i < candidates && taken < count; i++)
        for (sum += weight[i] / mean + 1; sum >= 20 * ((double)taken + 0.5) && taken < count; taken++)
            memcpy(&p->tx[2 * (DATA + taken)], &tx[2 * i], 2 * sizeof *tx);
    free(tx), free(weight);
}

/* The grid of the data set, and u there. */
struct grid {
    double *tx, *u, *y;
    mlp_workspace *workspace;
};

static struct grid create_grid(const mlp_model *model)
{
    struct grid grid = {numbers(2 * GRID), numbers(GRID), numbers(GRID), NULL};
    double node[NODES], weight[NODES];

    gauss_hermite(node, weight);
    for (int s = 0; s < GRID; s++) {
        int k = s / X_GRID, i = s % X_GRID;
        double t = (double)k / T_GRID, x = -1 + 2.0 * i / (X_GRID - 1);

        grid.tx[2 * s] = t;
        grid.tx[2 * s + 1] = x;
        grid.u[s] = t > 0 ? exact(node, weight, t, x) : -sin(pi * x);
    }
    check(mlp_workspace_create(model, GRID, 1, MLP_USE_FORWARD, &grid.workspace), "workspace of the grid");
    return grid;
}

/* |network - u| / |u| on the grid, in the norm of L2 */
static double relative_error(const mlp_model *model, int exact_data, struct grid *grid)
{
    double difference = 0, size = 0;

    check(mlp_forward_f64(model, grid->workspace, GRID, grid->tx, 2, grid->y, 1), "forward pass");
    for (int s = 0; s < GRID; s++) {
        struct form f = form_at(exact_data, &grid->tx[2 * s]);
        double e = f.a + f.b * grid->y[s] - grid->u[s];

        difference += e * e;
        size += grid->u[s] * grid->u[s];
    }
    return sqrt(difference / size);
}

/* One of the ways, how much is to be done, and how small the error must be in the end. */
struct task {
    const char *name;
    int exact_data, follows; /* the points follow the residual */
    int64_t points, steps;   /* the same steps for all of a run */
    double bound;
};

/* t and x go in as numbers of [-1, 1]. */
static mlp_model *create_model(void)
{
    static const int64_t widths[] = {2, 20, 20, 20, 20, 1};
    static const double scale[] = {2, 1}, shift[] = {-1, 0};
    mlp_model *model;

    check(mlp_model_create(MLP_F64, 5, widths, MLP_TANH, &model), "model");
    check(mlp_model_initialize(model, MLP_INIT_GLOROT_NORMAL, 1), "initial parameters");
    check(mlp_model_set_input_scaling_f64(model, scale, shift), "scaling");
    return model;
}

static struct problem create_problem(const struct task *task, const mlp_model *model)
{
    struct problem p = {.exact_data = task->exact_data, .points = DATA + task->points};
    int32_t uses = MLP_USE_SECOND_ORDER + 3 * MLP_USE_STREAM; /* N_t, N_x and N_xx */

    check(mlp_workspace_create(model, BLOCK, 1, uses, &p.workspace), "workspace");
    p.tx = numbers(2 * p.points);
    p.y = numbers(BLOCK), p.y1 = numbers(2 * BLOCK), p.y2 = numbers(BLOCK);
    p.part = numbers(mlp_model_param_count(model));
    random_state = 1;
    draw_data(&p);
    draw_hypercube(task->points, &p.tx[2 * DATA]);
    return p;
}

static mlp_trainer *create_trainer(const mlp_model *model)
{
    mlp_trainer *trainer;

    check(mlp_trainer_create(model, &trainer), "trainer");
    check(mlp_trainer_set_int(trainer, MLP_TRAINER_OPTIMIZER, MLP_BFGS), "optimizer");
    check(mlp_trainer_prepare(trainer, 1, 1), "prepare");
    return trainer;
}

static void destroy(struct problem *p, struct grid *grid)
{
    mlp_workspace_destroy(grid->workspace), mlp_workspace_destroy(p->workspace);
    free(grid->tx), free(grid->u), free(grid->y);
    free(p->tx), free(p->y), free(p->y1), free(p->y2), free(p->part);
}

/* Solve; error[] receives the relative error before and after every part. Returns whether the last is small enough. */
static int solve(const struct task *task, double error[PARTS + 1])
{
    mlp_model *model = create_model();
    struct problem p = create_problem(task, model);
    struct grid grid = create_grid(model);
    mlp_trainer *trainer = create_trainer(model);
    double loss = 0;
    clock_t begin = clock();

    error[0] = relative_error(model, task->exact_data, &grid);
    for (int k = 1; k <= PARTS; k++) {
        check(mlp_trainer_run_objective_f64(trainer, task->steps / PARTS, loss_gradient, &p, &loss), "steps");
        check(mlp_trainer_get_model(trainer, model), "parameters");
        error[k] = relative_error(model, task->exact_data, &grid);
        printf("%-14s step %5lld  loss %.1e  relative L2 error %.1e\n", task->name,
               (long long)mlp_trainer_step_count(trainer), loss, error[k]);
        if (task->follows && k < PARTS)
            follow_residual(model, &p);
    }
    printf("%-14s %lld parameters, %lld points: relative L2 error %.1e in %.1f s, %lld evaluations\n",
           task->name, (long long)mlp_model_param_count(model), (long long)p.points, error[PARTS],
           (double)(clock() - begin) / CLOCKS_PER_SEC, (long long)p.calls);
    mlp_trainer_destroy(trainer), mlp_model_destroy(model);
    destroy(&p, &grid);
    if (error[PARTS] <= task->bound)
        return 1;
    printf("FAILED: the error should be at most %.0e\n", task->bound);
    return 0;
}

/* The errors over the steps; closes the file and returns 0 if all is in it. */
static int write_errors(FILE *csv, const struct task *task, double error[TASKS][PARTS + 1])
{
    fprintf(csv, "step");
    for (int i = 0; i < TASKS; i++)
        fprintf(csv, ",%s", task[i].name);
    for (int k = 0; k <= PARTS; k++) {
        fprintf(csv, "\n%lld", (long long)(k * task->steps / PARTS));
        for (int i = 0; i < TASKS; i++)
            fprintf(csv, ",%.3e", error[i][k]);
    }
    fprintf(csv, "\n");
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
    static const struct task full[TASKS] = {{"as published", 0, 0, 10000, 4000, 6.7e-4},
                                            {"points follow", 0, 1, 10000, 4000, 6.7e-4},
                                            {"exact data", 1, 1, 10000, 4000, 3e-5}};
    static const struct task reduced[TASKS] = {{"as published", 0, 0, 3000, 400, 0.3},
                                               {"points follow", 0, 1, 3000, 400, 0.3},
                                               {"exact data", 1, 1, 3000, 400, 0.3}};
    FILE *csv;
    const struct task *task = command_line(argc, argv, &csv) ? reduced : full;
    double error[TASKS][PARTS + 1];
    int good = 1;

    for (int i = 0; i < TASKS; i++)
        good = solve(&task[i], error[i]) && good;
    if (csv && write_errors(csv, task, error) != 0)
        return perror(argv[2]), EXIT_FAILURE;
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
