#include "optimizer_rule.h"

#include <math.h>

/* Polyak 1964: v_t = mu v_{t-1} + g_t; theta_t = theta_{t-1} - alpha v_t */
static void momentum_step(const optimizer_rule *rule, optimizer_element *e, double g, int t, double alpha)
{
    (void)t;
    e->v = rule->momentum * e->v + g;
    e->theta = e->theta - alpha * e->v;
}

/* Sutskever et al. 2013 at the point the momentum leads to: theta_t = theta_{t-1} - alpha (g_t + mu v_t) */
static void nesterov_step(const optimizer_rule *rule, optimizer_element *e, double g, int t, double alpha)
{
    (void)t;
    e->v = rule->momentum * e->v + g;
    e->theta = e->theta - alpha * (g + rule->momentum * e->v);
}

/* Kingma and Ba 2015, algorithm 1, with the defaults it recommends */
static void adam_step(const optimizer_rule *rule, optimizer_element *e, double g, int t, double alpha)
{
    const double beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8;
    (void)rule;
    e->m = beta1 * e->m + (1 - beta1) * g;
    e->v = beta2 * e->v + (1 - beta2) * g * g;
    const double m_hat = e->m / (1 - pow(beta1, t)), v_hat = e->v / (1 - pow(beta2, t));
    e->theta = e->theta - alpha * m_hat / (sqrt(v_hat) + epsilon);
}

/* Tieleman and Hinton 2012: the mean square, and a step by its root */
static void rmsprop_step(const optimizer_rule *rule, optimizer_element *e, double g, int t, double alpha)
{
    const double rho = 0.9, epsilon = 1e-8;
    (void)rule;
    (void)t;
    e->v = rho * e->v + (1 - rho) * g * g;
    e->theta = e->theta - alpha * g / (sqrt(e->v) + epsilon);
}

/* Duchi, Hazan and Singer 2011, diagonal: the sum of squares, and a step by its root */
static void adagrad_step(const optimizer_rule *rule, optimizer_element *e, double g, int t, double alpha)
{
    const double delta = 1e-8;
    (void)rule;
    (void)t;
    e->v = e->v + g * g;
    e->theta = e->theta - alpha * g / (delta + sqrt(e->v));
}

/* Dozat 2016, algorithm 2, with mu_t = 0.9 in every step and Adam's n_hat */
static void nadam_step(const optimizer_rule *rule, optimizer_element *e, double g, int t, double alpha)
{
    const double mu = 0.9, nu = 0.999, epsilon = 1e-8;
    (void)rule;
    e->m = mu * e->m + (1 - mu) * g;
    e->v = nu * e->v + (1 - nu) * g * g;
    const double m_hat = mu * e->m / (1 - pow(mu, t + 1)) + (1 - mu) * g / (1 - pow(mu, t));
    const double n_hat = e->v / (1 - pow(nu, t));
    e->theta = e->theta - alpha * m_hat / (sqrt(n_hat) + epsilon);
}

/* Igel and Huesken 2003, iRprop-, with eta+ = 1.2, eta- = 0.5 and the bounds 1e-6 and 50; m is the last gradient */
static void rprop_step(const optimizer_rule *rule, optimizer_element *e, double g, int t, double alpha)
{
    (void)alpha;
    if (t == 1)
        e->delta = rule->rate;
    if (e->m * g > 0)
        e->delta = fmin(1.2 * e->delta, 50);
    if (e->m * g < 0) {
        e->delta = fmax(0.5 * e->delta, 1e-6);
        g = 0;
    }
    if (g != 0)
        e->theta = e->theta - copysign(e->delta, g);
    e->m = g;
}

const optimizer_rule optimizer_rules[] = {
    {"sgd", MLP_SGD, 0, 0.015625, 0, 0, 0, momentum_step},
    {"sgd with weight decay", MLP_SGD, 0, 0.015625, 0, 0.25, 0, momentum_step},
    {"sgd with momentum", MLP_SGD, 1, 0.01, 0.9, 0, 0, momentum_step},
    {"nesterov", MLP_SGD, 1, 0.01, 0.9, 0, 1, nesterov_step},
    {"nesterov without momentum", MLP_SGD, 0, 0.01, 0, 0, 1, nesterov_step},
    {"nesterov with weight decay", MLP_SGD, 1, 0.01, 0.9, 0.1, 1, nesterov_step},
    {"adam", MLP_ADAM, 2, 0.01, 0, 0, 0, adam_step},
    {"adamw", MLP_ADAM, 2, 0.01, 0, 0.1, 0, adam_step},
    {"rmsprop", MLP_RMSPROP, 1, 0.01, 0, 0, 0, rmsprop_step},
    {"rmsprop with weight decay", MLP_RMSPROP, 1, 0.01, 0, 0.1, 0, rmsprop_step},
    {"adagrad", MLP_ADAGRAD, 1, 0.05, 0, 0, 0, adagrad_step},
    {"adagrad with weight decay", MLP_ADAGRAD, 1, 0.05, 0, 0.02, 0, adagrad_step},
    {"nadam", MLP_NADAM, 2, 0.01, 0, 0, 0, nadam_step},
    {"nadam with weight decay", MLP_NADAM, 2, 0.01, 0, 0.1, 0, nadam_step},
    {"rprop", MLP_RPROP, 2, 0.01, 0, 0, 0, rprop_step},
    {"rprop with weight decay", MLP_RPROP, 2, 0.01, 0, 0.1, 0, rprop_step},
    {"rprop from a large step", MLP_RPROP, 2, 50, 0, 0, 0, rprop_step},
    {"rprop from a small step", MLP_RPROP, 2, 3e-6, 0, 0, 0, rprop_step},
};

const int32_t optimizer_rule_count = (int32_t)(sizeof optimizer_rules / sizeof *optimizer_rules);

/* Loshchilov and Hutter 2019: theta_{t-1} (1 - alpha lambda) takes the place of theta_{t-1} */
void optimizer_rule_step(const optimizer_rule *rule, optimizer_element *e, double g, int t, double rate)
{
    e->theta = e->theta * (1 - rate * rule->decay);
    rule->step(rule, e, g, t, rate);
}
