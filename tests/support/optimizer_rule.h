/*
 * The optimizers once more: plain double code for one parameter, written from the papers' equations alone.
 */
#ifndef MLP_TESTS_OPTIMIZER_RULE_H
#define MLP_TESTS_OPTIMIZER_RULE_H

#include "mlp/trainer.h"

/* One parameter with its state, zero at first, in the papers' notation. */
typedef struct optimizer_element {
    double theta, m, v, delta;
} optimizer_element;

typedef struct optimizer_rule optimizer_rule;

/* A choice of options, the vectors it keeps, and its step t >= 1 but for weight decay. */
struct optimizer_rule {
    const char *name;
    mlp_optimizer optimizer;
    int32_t states;
    double rate, momentum, decay;
    int32_t nesterov;
    void (*step)(const optimizer_rule *rule, optimizer_element *e, double g, int t, double rate);
};

extern const optimizer_rule optimizer_rules[];
extern const int32_t optimizer_rule_count;

/* Step t >= 1 with weight decay; its rate may be another than the rule's. */
void optimizer_rule_step(const optimizer_rule *rule, optimizer_element *e, double g, int t, double rate);

#endif
