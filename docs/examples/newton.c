/*
 * Solve f(q) = target by Newton's method, where f is a network: the inverse kinematics of a robot arm.
 *
 * A network 3-32-32-3 learns where the hand of a three-jointed arm is for given angles, from examples alone. Then 1,000 targets
 * are reached at once: each Newton iteration is one forward pass over the batch, one call for all Jacobians dy/dx, and a 3 x 3
 * system per target. The derivatives are exact, so the error is squared by every iteration until only rounding is left. An
 * implicit time step or the inner loop of a model predictive controller is the same few lines.
 *
 *     newton [small | full] [FILE.csv]
 *
 * The picture beside this file:
 *
 *     newton full newton.csv
 *     mlp plot newton.csv newton.png --log y --title "Newton's method on a network" \
 *         --y-label "distance from the target"
 */
#include <mlp/mlp.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { N = 3, HIDDEN = 32, LAYERS = 3, BATCH = 256, GRID = 5, STARTS = GRID * GRID * GRID, ITERATIONS = 6 };

/* The angles in use: turn, shoulder, elbow; the elbow stays bent, so that dy/dx can be inverted. */
static const double lowest[N] = {-1, 0.3, -2.2}, highest[N] = {1, 1.3, -0.6};

/* Rounding leaves a distance of about this; above it, distances must fall from r to at most FACTOR r^2. */
static const double rounding = 1e-14, factor = 10;

static void check(mlp_status status, const char *what)
{
    if (status < 0) {
        fprintf(stderr, "newton: %s: %s\n", what, mlp_last_error());
        exit(EXIT_FAILURE);
    }
}

static double *numbers(int64_t count)
{
    double *memory = calloc((size_t)count, sizeof *memory);

    if (!memory) {
        fprintf(stderr, "newton: no memory for %lld numbers\n", (long long)count);
        exit(EXIT_FAILURE);
    }
    return memory;
}

/* Uniform random numbers, the same in every run (splitmix64). */
static double uniform(double low, double high)
{
    static uint64_t state = 1;
    uint64_t z = state += 0x9e3779b97f4a7c15u;

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return low + (high - low) * (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

/* Where the hand of the real arm is; its parts have the lengths 1 and 0.8. */
static void arm(const double q[N], double hand[N])
{
    double reach = cos(q[1]) + 0.8 * cos(q[1] + q[2]);

    hand[0] = reach * cos(q[0]);
    hand[1] = reach * sin(q[0]);
    hand[2] = sin(q[1]) + 0.8 * sin(q[1] + q[2]);
}

/* Random angles, at least a share @p inside of the range away from its ends, and where the hand is. */
static void draw(int64_t count, double inside, double *q, double *hand)
{
    for (int64_t s = 0; s < count; s++) {
        for (int i = 0; i < N; i++) {
            double margin = inside * (highest[i] - lowest[i]);

            q[N * s + i] = uniform(lowest[i] + margin, highest[i] - margin);
        }
        arm(&q[N * s], &hand[N * s]);
    }
}

/* Learn the arm by Adam on batches that are new in every step, with a rate that falls to zero. */
static void learn(mlp_model *model, int64_t steps)
{
    double *q = numbers(N * BATCH), *hand = numbers(N * BATCH), loss = NAN;
    mlp_trainer *trainer;

    check(mlp_trainer_create(model, &trainer), "trainer");
    check(mlp_trainer_set_int(trainer, MLP_TRAINER_OPTIMIZER, MLP_ADAM), "optimizer");
    check(mlp_trainer_prepare(trainer, BATCH, 1), "prepare");
    for (int64_t step = 0; step < steps; step++) {
        double rate = 0.01 * (1 - (double)step / (double)steps);

        draw(BATCH, 0, q, hand);
        check(mlp_trainer_set_real(trainer, MLP_TRAINER_LEARNING_RATE, rate), "learning rate");
        check(mlp_trainer_step_f64(trainer, BATCH, q, N, hand, N, NULL, &loss), "training step");
        if ((step + 1) % (steps / 5) == 0)
            printf("step %6lld  loss %.2e\n", (long long)step + 1, loss);
    }
    check(mlp_trainer_get_model(trainer, model), "trained parameters");
    mlp_trainer_destroy(trainer);
    free(q), free(hand);
}

static double distance(const double a[N], const double b[N])
{
    return sqrt((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1]) +
                (a[2] - b[2]) * (a[2] - b[2]));
}

/* Start every problem from the point of a coarse grid whose hand is nearest to the target. */
static void start(const mlp_model *model, mlp_workspace *workspace, int64_t problems, const double *target,
                  double *q)
{
    double grid[N * STARTS], y[N * STARTS];

    for (int g = 0; g < STARTS; g++) {
        int place[N] = {g % GRID, g / GRID % GRID, g / GRID / GRID};

        for (int i = 0; i < N; i++)
            grid[N * g + i] = lowest[i] + (place[i] + 0.5) / GRID * (highest[i] - lowest[i]);
    }
    check(mlp_forward_f64(model, workspace, STARTS, grid, N, y, N), "forward pass over the grid");
    for (int64_t s = 0; s < problems; s++) {
        int best = 0;

        for (int g = 1; g < STARTS; g++)
            best = distance(&y[N * g], &target[N * s]) < distance(&y[N * best], &target[N * s]) ? g : best;
        memcpy(&q[N * s], &grid[N * best], N * sizeof *q);
    }
}

static void swap(double *a, double *b)
{
    double kept = *a;

    *a = *b;
    *b = kept;
}

/* Solve J step = r by elimination with row pivoting. J is column-major and, like r, used up; r becomes the step. */
static void solve(double J[N * N], double r[N])
{
    for (int k = 0; k < N; k++) {
        int pivot = k;

        for (int i = k + 1; i < N; i++)
            pivot = fabs(J[k * N + i]) > fabs(J[k * N + pivot]) ? i : pivot;
        for (int j = 0; j < N; j++)
            swap(&J[j * N + k], &J[j * N + pivot]);
        swap(&r[k], &r[pivot]);
        for (int i = k + 1; i < N; i++) {
            double ratio = J[k * N + i] / J[k * N + k];

            for (int j = k; j < N; j++)
                J[j * N + i] -= ratio * J[j * N + k];
            r[i] -= ratio * r[k];
        }
    }
    for (int k = N - 1; k >= 0; k--) {
        for (int j = k + 1; j < N; j++)
            r[k] -= J[j * N + k] * r[j];
        r[k] /= J[k * N + k];
    }
}

/*
 * All problems at once: q -= (dy/dx)^{-1} (y(q) - target). The distances |y(q) - target| before iteration k go to
 * history[k * problems ...], k = 0 .. ITERATIONS.
 */
static void newton(const mlp_model *model, mlp_workspace *workspace, int64_t problems, const double *target,
                   double *q, double *history)
{
    double *y = numbers(N * problems), *J = numbers(N * N * problems);

    for (int k = 0; k <= ITERATIONS; k++) {
        check(mlp_forward_f64(model, workspace, problems, q, N, y, N), "forward pass");
        check(mlp_jacobian_output_f64(model, workspace, LAYERS, 0, J, N, N * N), "Jacobians");
        for (int64_t s = 0; s < problems; s++) {
            double step[N];

            history[k * problems + s] = distance(&y[N * s], &target[N * s]);
            for (int i = 0; i < N; i++)
                step[i] = y[N * s + i] - target[N * s + i];
            solve(&J[N * N * s], step);
            for (int i = 0; i < N; i++)
                q[N * s + i] -= step[i];
        }
    }
    free(y), free(J);
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* The largest r_{k+1} / r_k^2 of all problems; 0 where rounding has been reached. */
static double largest_ratio(int64_t problems, const double *r, const double *next)
{
    double largest = 0;

    for (int64_t s = 0; s < problems; s++) {
        double above = next[s] - rounding; /* NaN counts as the worst */

        if (!(above <= 0) && !(above / (r[s] * r[s]) <= largest))
            largest = above / (r[s] * r[s]);
    }
    return largest;
}

/* The table of distances, to a file as well if there is one. Returns whether every distance was squared. */
static int report(int64_t problems, double *history, FILE *csv)
{
    int squared = 1;

    printf("iteration  largest distance   median   largest r_next / r^2\n");
    if (csv)
        fprintf(csv, "iteration,largest,median\n");
    for (int k = 0; k <= ITERATIONS; k++) {
        double *r = &history[k * problems];
        double ratio = k < ITERATIONS ? largest_ratio(problems, r, r + problems) : 0;

        squared = squared && ratio <= factor;
        qsort(r, (size_t)problems, sizeof *r, ascending); /* the ratios to it have been taken */
        printf("%9d  %16.1e  %7.1e   %.2f\n", k, r[problems - 1], r[problems / 2], ratio);
        if (csv)
            fprintf(csv, "%d,%.3e,%.3e\n", k, r[problems - 1], r[problems / 2]);
    }
    return squared && history[(ITERATIONS + 1) * problems - 1] <= rounding;
}

/* How far the real arm's hand is from the targets, root of the mean square: what the network did not learn. */
static double real_distance(int64_t problems, const double *q, const double *target)
{
    double sum = 0;

    for (int64_t s = 0; s < problems; s++) {
        double hand[N];

        arm(&q[N * s], hand);
        sum += distance(hand, &target[N * s]) * distance(hand, &target[N * s]);
    }
    return sqrt(sum / (double)problems);
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
    FILE *csv;
    int small = command_line(argc, argv, &csv), squared;
    int64_t problems = 1000;
    double *q = numbers(N * problems), *target = numbers(N * problems);
    double *history = numbers((ITERATIONS + 1) * problems), seconds;
    mlp_model *model;
    mlp_workspace *workspace;
    clock_t begin;

    check(mlp_model_create(MLP_F64, LAYERS, (const int64_t[]){N, HIDDEN, HIDDEN, N}, MLP_TANH, &model),
          "model");
    check(mlp_model_initialize(model, MLP_INIT_GLOROT_UNIFORM, 1), "initial parameters");
    learn(model, small ? 2000 : 40000);

    check(mlp_workspace_create(model, problems, 1, MLP_USE_DERIVATIVES, &workspace), "workspace");
    draw(problems, 0.05, q, target);
    start(model, workspace, problems, target, q);
    begin = clock();
    newton(model, workspace, problems, target, q, history);
    seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
    squared = report(problems, history, csv);
    printf("%lld problems, %.1f us each for %d iterations; the real hand misses by %.1e\n",
           (long long)problems, 1e6 * seconds / (double)problems, ITERATIONS,
           real_distance(problems, q, target));
    printf(squared ? "quadratic convergence to rounding\n"
                   : "FAILED: no quadratic convergence to rounding\n");

    mlp_workspace_destroy(workspace);
    mlp_model_destroy(model);
    free(q), free(target), free(history);
    if (csv && fclose(csv) != 0)
        return perror(argv[2]), EXIT_FAILURE;
    return squared ? EXIT_SUCCESS : EXIT_FAILURE;
}
