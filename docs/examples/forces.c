/*
 * Learn an energy from forces: a cluster of four atoms with Lennard-Jones forces between them.
 *
 * The network knows nothing of pairs: its inputs are the six inverse distances q of the cluster, its output is the energy E.
 * The force is F = -dE/dX = -(dq/dX)^T dE/dq, where dE/dq comes from mlp_vjp. A loss that holds forces too needs the gradient
 * of dE/dq in the parameters, which is mlp_mixed_vjp. Each configuration then gives 13 numbers to learn from in place of one:
 * the same points, the same steps, and forces several times more accurate.
 *
 *     forces [small | full] [FILE.csv]
 *
 * The picture beside this file:
 *
 *     forces full forces.csv
 *     mlp plot forces.csv forces.png --log xy --title "Four atoms: force errors" \
 *         --y-label "force rmse / typical force"
 */
#include <mlp/mlp.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ATOMS = 4, X = 3 * ATOMS, Q = 6, HIDDEN = 32, LAYERS = 3, TEST = 1000, MOST = 640 };

/* Pair k of the six is made of the atoms first[k] and second[k]. */
static const int first[Q] = {0, 0, 0, 1, 1, 2}, second[Q] = {1, 2, 3, 2, 3, 3};

/* Configurations: coordinates, inverse distances, energies and forces; column s of each belongs to configuration s. */
struct cluster {
    int64_t count;
    double *x, *q, *energy, *force;
};

static void check(mlp_status status, const char *what)
{
    if (status < 0) {
        fprintf(stderr, "forces: %s: %s\n", what, mlp_last_error());
        exit(EXIT_FAILURE);
    }
}

static double *numbers(int64_t count)
{
    double *memory = calloc((size_t)count, sizeof *memory);

    if (!memory) {
        fprintf(stderr, "forces: no memory for %lld numbers\n", (long long)count);
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

/* q_k = 1 / |x_i - x_j| for the six pairs. */
static void inverse_distances(const double x[X], double q[Q])
{
    for (int k = 0; k < Q; k++) {
        double square = 0;

        for (int c = 0; c < 3; c++) {
            double d = x[3 * first[k] + c] - x[3 * second[k] + c];

            square += d * d;
        }
        q[k] = 1 / sqrt(square);
    }
}

/* dq_k/dx_i = -q_k^3 (x_i - x_j) = -dq_k/dx_j: add (dq/dx)^T q_bar to x_bar. */
static void pull_back(const double x[X], const double q[Q], const double q_bar[Q], double x_bar[X])
{
    for (int k = 0; k < Q; k++) {
        for (int c = 0; c < 3; c++) {
            int i = 3 * first[k] + c, j = 3 * second[k] + c;
            double d = -q[k] * q[k] * q[k] * (x[i] - x[j]) * q_bar[k];

            x_bar[i] += d;
            x_bar[j] -= d;
        }
    }
}

/* q_dot = (dq/dx) x_dot. */
static void push_forward(const double x[X], const double q[Q], const double x_dot[X], double q_dot[Q])
{
    for (int k = 0; k < Q; k++) {
        q_dot[k] = 0;
        for (int c = 0; c < 3; c++) {
            int i = 3 * first[k] + c, j = 3 * second[k] + c;

            q_dot[k] -= q[k] * q[k] * q[k] * (x[i] - x[j]) * (x_dot[i] - x_dot[j]);
        }
    }
}

/* E = sum over pairs of 4 (q^12 - q^6), F = -dE/dx. */
static double lennard_jones(const double x[X], const double q[Q], double force[X])
{
    double energy = 0, slope[Q];

    for (int k = 0; k < Q; k++) {
        energy += 4 * (pow(q[k], 12) - pow(q[k], 6));
        slope[k] = -4 * (12 * pow(q[k], 11) - 6 * pow(q[k], 5));
    }
    memset(force, 0, X * sizeof *force);
    pull_back(x, q, slope, force);
    return energy;
}

/*
 * Tetrahedra, every coordinate moved by up to 0.15. The perfect one has the energy -6; where it is above -3, two atoms are
 * unusually close, and the configuration is passed over.
 */
static struct cluster draw(int64_t count)
{
    static const double corner[X] = {1, 1, 1, 1, -1, -1, -1, 1, -1, -1, -1, 1};
    double side = pow(2, 1.0 / 6); /* where two atoms are at rest */
    struct cluster set = {count, numbers(X * count), numbers(Q * count), numbers(count), numbers(X * count)};

    for (int64_t s = 0; s < count;) {
        for (int i = 0; i < X; i++)
            set.x[X * s + i] = corner[i] * side / sqrt(8) + uniform(-0.15, 0.15);
        inverse_distances(&set.x[X * s], &set.q[Q * s]);
        set.energy[s] = lennard_jones(&set.x[X * s], &set.q[Q * s], &set.force[X * s]);
        s += set.energy[s] < -3;
    }
    return set;
}

static void release(struct cluster *set)
{
    free(set->x), free(set->q), free(set->energy), free(set->force);
}

static double root_mean_square(const double *values, int64_t count)
{
    double sum = 0;

    for (int64_t i = 0; i < count; i++)
        sum += values[i] * values[i];
    return sqrt(sum / (double)count);
}

/*
 * A network that standardises its inputs and output inside, so that it speaks in the units of the cluster. Its second
 * derivatives are part of the gradient, so the activation must be smooth.
 */
static mlp_model *create(const struct cluster *set)
{
    double scale[Q], shift[Q], mean = 0, deviation = 0;
    mlp_model *model;

    check(mlp_model_create(MLP_F64, LAYERS, (const int64_t[]){Q, HIDDEN, HIDDEN, 1}, MLP_GELU, &model),
          "model");
    check(mlp_model_initialize(model, MLP_INIT_GLOROT_NORMAL, 1), "initial parameters");
    for (int k = 0; k < Q; k++) /* 0.9 with a deviation of about 0.1, by symmetry the same for all pairs */
        scale[k] = 10, shift[k] = -9;
    for (int64_t s = 0; s < set->count; s++)
        mean += set->energy[s] / (double)set->count;
    for (int64_t s = 0; s < set->count; s++)
        deviation += (set->energy[s] - mean) * (set->energy[s] - mean) / (double)set->count;
    deviation = sqrt(deviation);
    check(mlp_model_set_input_scaling_f64(model, scale, shift), "input scaling");
    check(mlp_model_set_output_scaling_f64(model, &deviation, &mean), "output scaling");
    return model;
}

/* Errors E(q) - E and F(x) - F of the model on a set; leaves the workspace at this forward pass. */
static void errors(const mlp_model *model, mlp_workspace *workspace, const struct cluster *set,
                   double *energy_error, double *force_error)
{
    double *minus = numbers(set->count), *slope = numbers(Q * set->count);

    for (int64_t s = 0; s < set->count; s++)
        minus[s] = -1;
    check(mlp_forward_f64(model, workspace, set->count, set->q, Q, energy_error, 1), "forward pass");
    check(mlp_vjp_f64(model, workspace, minus, 1, slope, Q, NULL), "forces"); /* -dE/dq */
    for (int64_t s = 0; s < set->count; s++) {
        energy_error[s] -= set->energy[s];
        for (int i = 0; i < X; i++)
            force_error[X * s + i] = -set->force[X * s + i];
        pull_back(&set->x[X * s], &set->q[Q * s], &slope[Q * s], &force_error[X * s]);
    }
    free(minus), free(slope);
}

/*
 * The gradient in theta of the loss
 *
 *     (1 / 2 count) sum_s (E(q_s) - E_s)^2 / scale_E^2 + |F(x_s) - F_s|^2 / (X scale_F^2)
 *
 * without the second term where force_scale is 0. With r = dloss/dF and F = -(dq/dx)^T dE/dq, the second term's gradient is
 * that of <r, F> = -<(dq/dx) r, dE/dq> with r held fixed: mlp_mixed_vjp with x_dot = -(dq/dx) r.
 */
static void gradient(const mlp_model *model, mlp_workspace *workspace, const struct cluster *set,
                     double energy_scale, double force_scale, double *theta_bar)
{
    int64_t n = set->count, parameters = mlp_model_param_count(model);
    double *energy_bar = numbers(n), *force_bar = numbers(X * n), *q_dot = numbers(Q * n), *one = numbers(n);
    double *mixed = numbers(parameters);

    errors(model, workspace, set, energy_bar, force_bar);
    for (int64_t s = 0; s < n; s++)
        energy_bar[s] /= energy_scale * energy_scale * (double)n;
    check(mlp_vjp_f64(model, workspace, energy_bar, 1, NULL, 0, theta_bar), "gradient of the energies' loss");
    if (force_scale > 0) {
        for (int64_t s = 0; s < n; s++) {
            one[s] = 1;
            for (int i = 0; i < X; i++)
                force_bar[X * s + i] /= -force_scale * force_scale * (double)(X * n);
            push_forward(&set->x[X * s], &set->q[Q * s], &force_bar[X * s], &q_dot[Q * s]);
        }
        check(mlp_mixed_vjp_f64(model, workspace, q_dot, Q, one, 1, NULL, 0, mixed),
              "gradient of the forces' loss");
        for (int64_t i = 0; i < parameters; i++)
            theta_bar[i] += mixed[i];
    }
    free(energy_bar), free(force_bar), free(q_dot), free(one), free(mixed);
}

/* Train on a set, with its forces or without, and return the rmse of the forces on the test set over the typical force. */
static double force_error(const struct cluster *set, int with_forces, int64_t steps,
                          const struct cluster *test)
{
    double force_scale = with_forces ? root_mean_square(set->force, X * set->count) : 0, energy_scale, error;
    double *theta_bar, *energy_error = numbers(test->count), *errors_of_forces = numbers(X * test->count);
    mlp_model *model = create(set);
    mlp_trainer *trainer;
    mlp_workspace *workspace;

    theta_bar = numbers(mlp_model_param_count(model));
    check(mlp_model_get_output_scaling_f64(model, &energy_scale, NULL), "output scaling");
    check(mlp_workspace_create(model, MOST > TEST ? MOST : TEST, 1, MLP_USE_SECOND_ORDER, &workspace),
          "workspace");
    check(mlp_trainer_create(model, &trainer), "trainer");
    check(mlp_trainer_set_int(trainer, MLP_TRAINER_OPTIMIZER, MLP_ADAM), "optimizer");
    check(mlp_trainer_prepare(trainer, 1, 1), "prepare");
    for (int64_t step = 0; step < steps; step++) {
        double rate = 0.02 * (1 - (double)step / (double)steps);

        gradient(model, workspace, set, energy_scale, force_scale, theta_bar);
        check(mlp_trainer_set_real(trainer, MLP_TRAINER_LEARNING_RATE, rate), "learning rate");
        check(mlp_trainer_apply_gradient_f64(trainer, theta_bar), "step");
        check(mlp_trainer_get_model(trainer, model), "parameters");
    }
    errors(model, workspace, test, energy_error, errors_of_forces);
    error =
        root_mean_square(errors_of_forces, X * test->count) / root_mean_square(test->force, X * test->count);
    printf("%5lld configurations, %-19s  energy rmse %.2e  force rmse %.2e of the typical force\n",
           (long long)set->count, with_forces ? "energies and forces" : "energies alone",
           root_mean_square(energy_error, test->count), error);
    mlp_trainer_destroy(trainer), mlp_workspace_destroy(workspace), mlp_model_destroy(model);
    free(theta_bar), free(energy_error), free(errors_of_forces);
    return error;
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
    int small = command_line(argc, argv, &csv), good = 1;
    struct cluster test = draw(TEST), all = draw(MOST);
    int64_t steps = small ? 3000 : 12000, most = small ? 80 : MOST;
    double least_gain = INFINITY;

    if (csv)
        fprintf(csv, "configurations,energies alone,energies and forces\n");
    for (int64_t count = small ? 80 : 40; count <= most; count *= 2) {
        struct cluster set = all;
        double alone, both;

        set.count = count;
        alone = force_error(&set, 0, steps, &test);
        both = force_error(&set, 1, steps, &test);
        least_gain = fmin(least_gain, alone / both);
        good = good && alone >= 3 * both;
        if (csv)
            fprintf(csv, "%lld,%.4e,%.4e\n", (long long)count, alone, both);
    }
    printf(good ? "forces make forces at least %.1f times more accurate\n"
                : "FAILED: forces make forces only %.1f times more accurate\n",
           least_gain);
    release(&test), release(&all);
    if (csv && fclose(csv) != 0)
        return perror(argv[2]), EXIT_FAILURE;
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
