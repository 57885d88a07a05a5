#include "model/initializer.h"
#include "base/error.h"
#include "base/memory.h"
#include "model/orthogonal.h"

#include <math.h>
#include <string.h>

/* Variates: the shape of the distribution. */

static double one(const mlpi_random *stream, uint64_t position)
{
    (void)stream;
    (void)position;
    return 1;
}

/* In [-1, 1), variance 1/3. */
static double symmetric(const mlpi_random *stream, uint64_t position)
{
    return 2 * mlpi_random_uniform_at(stream, position) - 1;
}

/* Scales: its width. A uniform variate needs sqrt(3) times the standard deviation. */

static double zero_scale(const mlpi_initializer_layer *layer, double parameter)
{
    (void)layer;
    (void)parameter;
    return 0;
}

static double parameter_scale(const mlpi_initializer_layer *layer, double parameter)
{
    (void)layer;
    return parameter;
}

/*
 * Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks", 2010:
 * variance 2 / (n_in + n_out), equation 12; its uniform form, equation 16.
 */
static double glorot_uniform_scale(const mlpi_initializer_layer *layer, double parameter)
{
    (void)parameter;
    return sqrt(6 / ((double)layer->n_in + (double)layer->n_out));
}

static double glorot_normal_scale(const mlpi_initializer_layer *layer, double parameter)
{
    (void)parameter;
    return sqrt(2 / ((double)layer->n_in + (double)layer->n_out));
}

/*
 * He, Zhang, Ren and Sun, "Delving deep into rectifiers", 2015: variance 2 / n_in, equation 10.
 */
static double he_uniform_scale(const mlpi_initializer_layer *layer, double parameter)
{
    (void)parameter;
    return sqrt(6 / (double)layer->n_in);
}

static double he_normal_scale(const mlpi_initializer_layer *layer, double parameter)
{
    (void)parameter;
    return sqrt(2 / (double)layer->n_in);
}

/* LeCun, Bottou, Orr and Mueller, "Efficient backprop", 1998: variance 1 / n_in, equation 16. */
static double lecun_uniform_scale(const mlpi_initializer_layer *layer, double parameter)
{
    (void)parameter;
    return sqrt(3 / (double)layer->n_in);
}

static double lecun_normal_scale(const mlpi_initializer_layer *layer, double parameter)
{
    (void)parameter;
    return sqrt(1 / (double)layer->n_in);
}

/*
 * Sitzmann, Martel, Bergman, Lindell and Wetzstein, "Implicit neural representations with periodic activation
 * functions", 2020, section 3.2 and supplement 1.5: U(-1/n_in, 1/n_in) in the first layer, which meets coordinates,
 * and U(-c, c) with c = sqrt(6/n_in) / omega in the others. The paper leaves the biases open; its authors' program
 * has them from U(-1/sqrt(n_in), 1/sqrt(n_in)), the default of the linear layer it uses.
 */
static double siren_scale(const mlpi_initializer_layer *layer, double parameter)
{
    (void)parameter;
    const double n_in = (double)layer->n_in;
    return layer->index == 1 ? 1 / n_in : sqrt(6 / n_in) / layer->omega;
}

static double siren_bias_bound(const mlpi_initializer_layer *layer)
{
    return 1 / sqrt((double)layer->n_in);
}

static const mlpi_initializer kinds[] = {
    {.id = MLP_INIT_ZEROS, .name = "zeros", .variate = one, .scale = zero_scale},
    {.id = MLP_INIT_CONSTANT,
     .name = "constant",
     .parameter = "value",
     .parameter_default = 0,
     .parameter_minimum = -1e30,
     .parameter_maximum = 1e30,
     .variate = one,
     .scale = parameter_scale},
    {.id = MLP_INIT_UNIFORM,
     .name = "uniform",
     .parameter = "limit",
     .parameter_default = 0.05,
     .parameter_minimum = 0,
     .parameter_maximum = 1e30,
     .variate = symmetric,
     .scale = parameter_scale},
    {.id = MLP_INIT_NORMAL,
     .name = "normal",
     .parameter = "std",
     .parameter_default = 0.05,
     .parameter_minimum = 0,
     .parameter_maximum = 1e30,
     .variate = mlpi_random_normal_at,
     .scale = parameter_scale},
    {.id = MLP_INIT_GLOROT_UNIFORM,
     .name = "glorot_uniform",
     .variate = symmetric,
     .scale = glorot_uniform_scale},
    {.id = MLP_INIT_GLOROT_NORMAL,
     .name = "glorot_normal",
     .variate = mlpi_random_normal_at,
     .scale = glorot_normal_scale},
    {.id = MLP_INIT_HE_UNIFORM, .name = "he_uniform", .variate = symmetric, .scale = he_uniform_scale},
    {.id = MLP_INIT_HE_NORMAL,
     .name = "he_normal",
     .variate = mlpi_random_normal_at,
     .scale = he_normal_scale},
    {.id = MLP_INIT_LECUN_UNIFORM,
     .name = "lecun_uniform",
     .variate = symmetric,
     .scale = lecun_uniform_scale},
    {.id = MLP_INIT_LECUN_NORMAL,
     .name = "lecun_normal",
     .variate = mlpi_random_normal_at,
     .scale = lecun_normal_scale},
    /* Saxe, McClelland and Ganguli, "Exact solutions to the nonlinear dynamics of learning in deep linear neural
       networks", 2014: the random orthogonal initial conditions. */
    {.id = MLP_INIT_ORTHOGONAL,
     .name = "orthogonal",
     .parameter = "gain",
     .parameter_default = 1,
     .parameter_minimum = 0,
     .parameter_maximum = 1e30,
     .scale = parameter_scale},
    {.id = MLP_INIT_SIREN,
     .name = "siren",
     .variate = symmetric,
     .scale = siren_scale,
     .bias_bound = siren_bias_bound},
};

int32_t mlpi_initializer_count(void)
{
    return (int32_t)(sizeof kinds / sizeof kinds[0]);
}

const mlpi_initializer *mlpi_initializer_at(int32_t index)
{
    return index >= 0 && index < mlpi_initializer_count() ? &kinds[index] : NULL;
}

const mlpi_initializer *mlpi_initializer_of(int32_t id)
{
    for (int32_t i = 0; i < mlpi_initializer_count(); i++)
        if (kinds[i].id == id)
            return &kinds[i];
    return NULL;
}

const mlpi_initializer *mlpi_initializer_find(const char *name)
{
    for (int32_t i = 0; i < mlpi_initializer_count(); i++)
        if (strcmp(kinds[i].name, name) == 0)
            return &kinds[i];
    return NULL;
}

/*
 * Allocates and fills Q with orthonormal columns: n_out x n_in if the layer is tall, else n_in x n_out. The Gaussian
 * behind element (i, j) of A, which is Q(i, j) or Q(j, i), stands at position i + j n_out.
 */
static mlp_status draw_orthogonal(const mlpi_initializer_layer *layer, const mlpi_random *stream, double **Q)
{
    const int64_t n_out = layer->n_out, n_in = layer->n_in;
    const int64_t m = n_out >= n_in ? n_out : n_in, n = n_out >= n_in ? n_in : n_out;
    *Q = mlpi_calloc(m, n * (int64_t)sizeof(double));
    if (!*Q)
        return mlpi_fail(MLP_ERR_MEMORY, "orthogonal initialiser: no memory for a %lld x %lld matrix",
                         (long long)m, (long long)n);
    for (int64_t j = 0; j < n_in; j++)
        for (int64_t i = 0; i < n_out; i++)
            (*Q)[n_out >= n_in ? i + j * m : j + i * m] =
                mlpi_random_normal_at(stream, (uint64_t)(i + j * n_out));
    const mlp_status status = mlpi_orthonormalize(m, n, *Q);
    if (status != MLP_OK)
        mlpi_free(*Q);
    return status;
}

#include "base/real32.h"
#include "model/initializer_tmpl.h"
#include "base/real64.h"
#include "model/initializer_tmpl.h"
