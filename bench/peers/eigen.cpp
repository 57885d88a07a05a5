// Eigen, compiled for this machine: expressions on the arrays of net.h.
extern "C" {
#include "memory.h"
#include "net.h"
#include "run.h"
}

#include <Eigen/Core>
#include <cstdlib>
#include <cstring>

using Matrix = Eigen::Map<Eigen::MatrixXf, Eigen::Aligned64>;
using Vector = Eigen::Map<Eigen::VectorXf, Eigen::Aligned64>;

/* An activation, and its derivative from y where the net keeps no z. */
struct activation {
    const char *name;
    void (*value)(Matrix &z);
    void (*pull)(const Matrix &y, Matrix &delta);
};

struct run {
    struct net net;
    const activation *sigma;
};

static void relu(Matrix &z)
{
    z = z.cwiseMax(0.0f);
}

static void relu_pull(const Matrix &y, Matrix &delta)
{
    delta = (y.array() > 0).select(delta, 0.0f);
}

static void hyperbolic(Matrix &z)
{
    z = z.array().tanh();
}

static void hyperbolic_pull(const Matrix &y, Matrix &delta)
{
    delta.array() *= 1 - y.array().square();
}

static void sigmoid(Matrix &z)
{
    z = z.array().logistic();
}

static void sigmoid_pull(const Matrix &y, Matrix &delta)
{
    delta.array() *= y.array() * (1 - y.array());
}

static void softplus(Matrix &z)
{
    z = z.array().max(0.0f) + (-z.array().abs()).exp().log1p();
}

/* sigmoid(z) = 1 - e^-y */
static void softplus_pull(const Matrix &y, Matrix &delta)
{
    delta.array() *= 1 - (-y.array()).exp();
}

static const activation activations[] = {
    {"relu", relu, relu_pull},
    {"tanh", hyperbolic, hyperbolic_pull},
    {"sigmoid", sigmoid, sigmoid_pull},
    {"softplus", softplus, softplus_pull},
};

extern "C" const double run_tolerance_factor;
const double run_tolerance_factor = 1;

const char *run_library(void)
{
    static char text[32];

    std::snprintf(text, sizeof text, "Eigen %d.%d.%d", EIGEN_WORLD_VERSION, EIGEN_MAJOR_VERSION,
                  EIGEN_MINOR_VERSION);
    return text;
}

struct run *run_create(const struct problem *problem, const struct inputs *inputs, const char **why)
{
    if (!net_accepts(problem, why))
        return nullptr;
    for (const activation &sigma : activations) {
        if (std::strcmp(sigma.name, problem->activation) != 0)
            continue;
        struct run *run = static_cast<struct run *>(memory_new(1, sizeof *run));
        run->sigma = &sigma;
        net_create(problem, inputs, &run->net);
        Eigen::setNbThreads(problem->threads);
        return run;
    }
    *why = "no such activation";
    return nullptr;
}

void run_destroy(struct run *run)
{
    net_destroy(&run->net);
    std::free(run);
}

void run_set_rate(struct run *run, double rate)
{
    run->net.rate = static_cast<float>(rate);
}

void run_answer(struct run *run, struct answer *answer)
{
    net_answer(&run->net, answer);
}

/* y_l = sigma(A_l y_{l-1} + b_l); a vector where there is one sample, for which Eigen has other kernels */
static void forward_layer(struct run *run, int l)
{
    struct net &net = run->net;
    Matrix A(net.A[l], net.n[l], net.n[l - 1]), y(net.y[l], net.n[l], net.batch);
    Vector b(net.b[l], net.n[l]);

    if (net.batch == 1) {
        Vector out(net.y[l], net.n[l]), in(net.y[l - 1], net.n[l - 1]);

        out = b;
        out.noalias() += A * in;
    } else {
        y.noalias() = A * Matrix(net.y[l - 1], net.n[l - 1], net.batch);
        y.colwise() += b;
    }
    if (l < net.layers)
        run->sigma->value(y);
}

/* delta_{l-1} = (A_l^T delta_l) sigma' */
static void pull_layer(struct run *run, int l)
{
    struct net &net = run->net;
    Matrix A(net.A[l], net.n[l], net.n[l - 1]), before(net.delta[l - 1], net.n[l - 1], net.batch);

    if (net.batch == 1)
        Vector(net.delta[l - 1], net.n[l - 1]).noalias() = A.transpose() * Vector(net.delta[l], net.n[l]);
    else
        before.noalias() = A.transpose() * Matrix(net.delta[l], net.n[l], net.batch);
    run->sigma->pull(Matrix(net.y[l - 1], net.n[l - 1], net.batch), before);
}

/* A_l -= rate delta_l y_{l-1}^T, b_l -= rate delta_l 1 */
static void update_layer(struct net &net, int l)
{
    Matrix A(net.A[l], net.n[l], net.n[l - 1]), delta(net.delta[l], net.n[l], net.batch);
    Vector b(net.b[l], net.n[l]);

    if (net.batch == 1)
        A.noalias() -=
            (net.rate * Vector(net.delta[l], net.n[l])) * Vector(net.y[l - 1], net.n[l - 1]).transpose();
    else
        A.noalias() -= net.rate * delta * Matrix(net.y[l - 1], net.n[l - 1], net.batch).transpose();
    b.noalias() -= net.rate * delta.rowwise().sum();
}

void run_once(struct run *run)
{
    struct net &net = run->net;

    for (int l = 1; l <= net.layers; l++)
        forward_layer(run, l);
    if (!net.training)
        return;
    net_loss_gradient(&net, 1 / static_cast<float>(net.batch));
    for (int l = net.layers; l >= 1; l--) {
        if (l > 1)
            pull_layer(run, l);
        update_layer(net, l);
    }
}
