/*
 * The hot calls: those a program makes again and again after preparation, which may not allocate, print, lock or enter
 * the system on one thread. A rig has everything they need for one architecture, ready before the first of them.
 */
#ifndef MLP_TESTS_HOT_H
#define MLP_TESTS_HOT_H

#include "mlp/mlp.h"

typedef struct hot_case {
    mlp_dtype dtype;
    int32_t layers;
    const int64_t *widths;
    int64_t batch;
    mlp_activation activation; /* of the hidden layers */
    mlp_optimizer optimizer;
    mlp_head head;
    int32_t threads; /* 0: one */
    int scaled;      /* inputs and outputs have a scaling, samples have weights */
} hot_case;

typedef struct hot_rig {
    hot_case what;
    int64_t n_in, n_out, params;
    mlp_model *model, *other; /* other: of the same architecture */
    mlp_workspace *workspace;
    mlp_trainer *trainer;
    mlp_data *data;
    void *x, *x_bar;         /* n_in x batch; x_bar: scratch for results, as all that follow */
    void *t, *y, *y_bar;     /* n_out x batch */
    void *weights, *bad;     /* batch; bad: an x with a NaN */
    void *theta, *theta_bar; /* params */
    void *J;                 /* room for any Jacobian of the last layer, and for the Hessians in x */
    void *K;                 /* batch x batch */
    void *rows;              /* params x (n_out batch), where params are few */
    double *JtJ;             /* params x (params + 1), likewise */
    int32_t *labels;
} hot_rig;

typedef struct hot_call {
    const char *name;
    mlp_status (*run[2])(hot_rig *); /* f32, f64 */
    mlp_status expected;
} hot_call;

extern const hot_call hot_calls[];
extern const int32_t hot_call_count;

/* Prepares everything, and calls nothing that is hot. Asserts success. */
hot_rig *hot_rig_create(const hot_case *what);
void hot_rig_destroy(hot_rig *rig);

/* The status of hot call number `index`. */
mlp_status hot_call_run(int32_t index, hot_rig *rig);

#endif
