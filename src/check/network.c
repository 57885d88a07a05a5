#include "check/network.h"
#include "base/error.h"
#include "base/memory.h"
#include "check/definition.h"

#include <math.h>
#include <string.h>

/* Exponents of the powers, and the power that s or t times one is; -1 for those not kept. */
static const int in_s[MLPI_POWERS] = {0, 1, 2, 3, 0, 1, 2}, in_t[MLPI_POWERS] = {0, 0, 0, 0, 1, 1, 1};
static const int times_s[MLPI_POWERS] = {MLPI_S, MLPI_SS, MLPI_SSS, -1, MLPI_ST, MLPI_SST, -1};
static const int times_t[MLPI_POWERS] = {MLPI_T, MLPI_ST, MLPI_SST, -1, -1, -1, -1};

static int power_of(int s, int t)
{
    return t > 1 || s + t > 3 ? -1 : t ? MLPI_T + s : s;
}

/* sum += a b, magnitudes and errors too */
static void multiply(const mlpi_taylor *a, const mlpi_taylor *b, mlpi_taylor *product)
{
    for (int i = 0; i < MLPI_POWERS; i++)
        for (int j = 0; j < MLPI_POWERS; j++) {
            const int k = power_of(in_s[i] + in_s[j], in_t[i] + in_t[j]);
            if (k < 0)
                continue;
            product->c[k] += a->c[i] * b->c[j];
            product->magnitude[k] += a->magnitude[i] * b->magnitude[j];
            product->error[k] += a->magnitude[i] * b->error[j] + a->error[i] * b->magnitude[j] +
                                 a->magnitude[i] * b->magnitude[j];
        }
}

/* z[power of k and `shift`] += a y[k] */
static void add_scaled(double a, const mlpi_taylor *y, const int *shift, mlpi_taylor *z)
{
    for (int k = 0; k < MLPI_POWERS; k++) {
        const int to = shift ? shift[k] : k;
        if (to < 0)
            continue;
        z->c[to] += a * y->c[k];
        z->magnitude[to] += fabs(a) * y->magnitude[k];
        z->error[to] += fabs(a) * (y->magnitude[k] + y->error[k]);
    }
}

/* z = (A + s A' + t A'') y + b + s b' + t b'' */
static void affine(int64_t rows, int64_t columns, const double *const theta[3], const mlpi_taylor *y,
                   mlpi_taylor *z)
{
    static const int *const shifts[3] = {NULL, times_s, times_t};
    const mlpi_taylor one = {.c = {1}, .magnitude = {1}};
    memset(z, 0, (size_t)rows * sizeof *z);
    for (int m = 0; m < 3; m++)
        for (int64_t j = 0; theta[m] && j <= columns; j++)
            for (int64_t i = 0; i < rows; i++)
                add_scaled(theta[m][i + j * rows], j < columns ? &y[j] : &one, shifts[m], &z[i]);
}

/* c[k] = sigma^(k)(z) / k!, what there is of them; a registered activation is taken at its word. */
static mlp_status series_of(const mlpi_activation *activation, double z, double c[MLPI_SERIES])
{
    static const double factorial[] = {1, 1, 2, 6};
    long double exact[MLPI_SERIES];
    mlp_status status = MLP_OK;
    if (mlpi_definition_series(activation, activation->parameter, z, exact)) {
        for (int k = 0; k < MLPI_SERIES; k++)
            c[k] = (double)exact[k];
        return MLP_OK;
    }
    for (int32_t k = 0; k <= mlpi_activation_max_order(activation) && status == MLP_OK; k++) {
        status = mlpi_activation_evaluate_f64(activation, k, 1, &z, &c[k]);
        c[k] /= factorial[k];
    }
    return status;
}

/* Whether rounding may take z to the other side of a kink. */
static int is_near(const mlpi_activation *activation, double unit, const mlpi_taylor *z)
{
    const double kink = mlpi_definition_kink(activation, z->c[MLPI_1]);
    return fabs(z->c[MLPI_1] - kink) <= unit * z->error[MLPI_1];
}

/*
 * How far c[k] may be off: by its size and that of |z c'|, by what z is off, and where derivatives are read from a bounded y by
 * the rounding of that.
 */
static double coefficient_error(const mlpi_activation *activation, const double c[MLPI_SERIES], int k,
                                const mlpi_taylor *z)
{
    const double next = (k + 1) * fabs(c[k + 1]);
    const int rounded =
        activation->kind && activation->kind->bounded && mlpi_activation_reads(activation) == MLPI_READS_Y;
    return fabs(c[k]) + next * (fabs(z->c[MLPI_1]) + z->error[MLPI_1]) + (rounded ? 1 : 0);
}

/* The same with what c[k] is on the other side of a kink that is near; errors count in units. */
static mlp_status coefficient_errors(const mlpi_activation *activation, double unit, const mlpi_taylor *z,
                                     const double c[MLPI_SERIES], double off[MLPI_SERIES - 1])
{
    const double at = z->c[MLPI_1];
    double other[MLPI_SERIES] = {0};
    mlp_status status = MLP_OK;
    const int near = is_near(activation, unit, z);
    if (near)
        status = series_of(activation, 2 * mlpi_definition_kink(activation, at) - at, other);
    for (int k = 0; k < MLPI_SERIES - 1; k++)
        off[k] = coefficient_error(activation, c, k, z) + (near ? fabs(other[k] - c[k]) / unit : 0);
    return status;
}

/* y = sum of c[k] n^k, n = z without its constant */
static mlp_status activate(const mlpi_activation *activation, double unit, const mlpi_taylor *z,
                           mlpi_taylor *y)
{
    double c[MLPI_SERIES] = {0}, off[MLPI_SERIES - 1] = {0};
    mlpi_taylor power = {.c = {1}, .magnitude = {1}}, moving = *z;
    mlp_status status = series_of(activation, z->c[MLPI_1], c);
    if (status == MLP_OK)
        status = coefficient_errors(activation, unit, z, c, off);
    moving.c[MLPI_1] = moving.magnitude[MLPI_1] = moving.error[MLPI_1] = 0;
    memset(y, 0, sizeof *y);
    for (int k = 0; k < MLPI_SERIES - 1; k++) {
        for (int m = 0; m < MLPI_POWERS; m++) {
            y->c[m] += c[k] * power.c[m];
            y->magnitude[m] += fabs(c[k]) * power.magnitude[m];
            y->error[m] += fabs(c[k]) * (power.magnitude[m] + power.error[m]) + off[k] * power.magnitude[m];
        }
        mlpi_taylor next = {{0}, {0}, {0}};
        multiply(&power, &moving, &next);
        power = next;
    }
    return status;
}

/* Where the input moves along `direction`, `scale` times. */
static void move(int64_t n, const double *direction, const double *scale, int power, mlpi_taylor *y)
{
    for (int64_t i = 0; direction && i < n; i++) {
        y[i].c[power] = direction[i] * (scale ? scale[i] : 1);
        y[i].magnitude[power] = y[i].error[power] = fabs(y[i].c[power]);
    }
}

static void move_layer(const mlpi_network *net, const mlpi_probe *probe, int32_t l)
{
    const int64_t n = net->architecture->widths[l];
    const double *scale = probe->whole ? net->input_scale : NULL;
    if (l != probe->from)
        return;
    move(n, probe->from_s, scale, MLPI_S, net->y);
    move(n, probe->from_t, scale, MLPI_T, net->y);
}

/* y = scale o x + shift, of what is a constant or not */
static void rescale(int64_t n, const double *scale, const double *shift, mlpi_taylor *y)
{
    for (int64_t i = 0; i < n; i++) {
        const mlpi_taylor before = y[i];
        memset(&y[i], 0, sizeof y[i]);
        add_scaled(scale[i], &before, NULL, &y[i]);
        y[i].c[MLPI_1] += shift[i];
        y[i].magnitude[MLPI_1] += fabs(shift[i]);
        y[i].error[MLPI_1] += fabs(shift[i]);
    }
}

static void begin(const mlpi_network *net, const double *x)
{
    const int64_t n = net->architecture->widths[0];
    memset(net->y, 0, (size_t)n * sizeof *net->y);
    for (int64_t i = 0; i < n; i++) {
        net->y[i].c[MLPI_1] = x[i];
        net->y[i].magnitude[MLPI_1] = fabs(x[i]);
    }
    rescale(n, net->input_scale, net->input_shift, net->y);
}

mlp_status mlpi_network_run(const mlpi_network *network, const double *x, const mlpi_probe *probe,
                            mlpi_taylor *out, double *reach)
{
    const mlpi_architecture *of = network->architecture;
    const int64_t *widths = of->widths;
    mlp_status status = MLP_OK;
    int64_t offset = 0;
    double largest = 0;
    int near = 0;
    begin(network, x);
    move_layer(network, probe, 0);
    for (int32_t l = 1; l <= probe->to && status == MLP_OK; l++) {
        const double *const theta[3] = {network->theta + offset,
                                        probe->theta_s ? probe->theta_s + offset : NULL,
                                        probe->theta_t ? probe->theta_t + offset : NULL};
        affine(widths[l], widths[l - 1], theta, network->y, network->z);
        for (int64_t i = 0; i < widths[l] && status == MLP_OK; i++) {
            near |= is_near(&of->activations[l - 1], network->unit, &network->z[i]);
            largest = fmax(largest, fabs(network->z[i].c[MLPI_1]));
            status = activate(&of->activations[l - 1], network->unit, &network->z[i], &network->y[i]);
        }
        offset += widths[l] * (widths[l - 1] + 1);
        move_layer(network, probe, l);
    }
    if (status == MLP_OK && probe->whole)
        rescale(widths[of->layers], network->output_scale, network->output_shift, network->y);
    memcpy(out, network->y, (size_t)widths[probe->to] * sizeof *out);
    if (reach)
        *reach = near ? INFINITY : largest;
    return status;
}

static int64_t widest(const mlpi_architecture *of)
{
    int64_t most = 0;
    for (int32_t l = 0; l <= of->layers; l++)
        most = of->widths[l] > most ? of->widths[l] : most;
    return most;
}

/* Sums of a layer forward and of the next in reverse, as a random walk of roundings does. */
static double growth(const mlpi_architecture *of)
{
    double sum = 6;
    for (int32_t l = 1; l <= of->layers; l++)
        sum += 6 + sqrt(fmax((double)of->widths[l - 1], (double)of->widths[l]));
    return sum;
}

static void copy_f32(const mlp_model *model, mlpi_network *net)
{
    float *const narrow = (float *)net->y;
    const int64_t n_in = net->architecture->widths[0],
                  n_out = net->architecture->widths[net->architecture->layers];
    double *const wide[4] = {net->input_scale, net->input_shift, net->output_scale, net->output_shift};
    for (int64_t k = 0; k < model->param_count; k++) {
        mlpi_model_get_params_f32(model, k, 1, narrow);
        net->theta[k] = narrow[0];
    }
    for (int which = 0; which < 4; which++) {
        const int64_t n = which < 2 ? n_in : n_out;
        if (which < 2)
            mlpi_model_get_input_scaling_f32(model, which ? NULL : narrow, which ? narrow : NULL);
        else
            mlpi_model_get_output_scaling_f32(model, which > 2 ? NULL : narrow, which > 2 ? narrow : NULL);
        for (int64_t i = 0; i < n; i++)
            wide[which][i] = narrow[i];
    }
}

static void copy_f64(const mlp_model *model, mlpi_network *net)
{
    mlpi_model_get_params_f64(model, 0, model->param_count, net->theta);
    mlpi_model_get_input_scaling_f64(model, net->input_scale, net->input_shift);
    mlpi_model_get_output_scaling_f64(model, net->output_scale, net->output_shift);
}

mlp_status mlpi_network_create(const mlp_model *model, mlpi_network *network)
{
    const mlpi_architecture *of = &model->architecture;
    const int64_t n_in = of->widths[0], n_out = of->widths[of->layers], most = widest(of);
    *network = (mlpi_network){.architecture = of};
    network->theta = mlpi_calloc(model->param_count + 2 * (n_in + n_out), sizeof *network->theta);
    network->y = mlpi_calloc(2 * most, sizeof *network->y);
    if (!network->theta || !network->y)
        return mlpi_fail_memory("a reference network", model->param_count * (int64_t)sizeof *network->theta);
    network->z = network->y + most;
    network->input_scale = network->theta + model->param_count;
    network->input_shift = network->input_scale + n_in;
    network->output_scale = network->input_shift + n_in;
    network->output_shift = network->output_scale + n_out;
    network->unit = ldexp(growth(of), of->dtype == MLP_F32 ? -24 : -53);
    if (of->dtype == MLP_F32)
        copy_f32(model, network);
    else
        copy_f64(model, network);
    return MLP_OK;
}

void mlpi_network_destroy(mlpi_network *network)
{
    mlpi_free(network->theta);
    mlpi_free(network->y);
}
