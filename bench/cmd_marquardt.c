#define _GNU_SOURCE /* RTLD_DEFAULT */
#include "args.h"
#include "clock.h"
#include "command.h"
#include "report.h"

#include "mlp/mlp.h"

#include <dlfcn.h>
#include <math.h>
#include <stdlib.h>

enum { LAYERS = 3, N_IN = 16, COLUMN_MAJOR = 102, LOWER = 122, NO_TRANSPOSE = 111, MOST = 64 };

static const char *const description = "Steps of Levenberg-Marquardt in f64 on a 16-40-31-1 network, 1983 "
                                       "parameters, beside dsyrk of as many rows by the\n"
                                       "same BLAS, interleaved. The last column is how fast a step is "
                                       "in terms of dsyrk: 100 % would be J^T J and nothing else.\n";

typedef void syrk_function(int, int, int, int, int, double, const double *, int, double, double *, int);

/* What is measured. */
struct bench_step {
    mlp_trainer *trainer;
    mlp_data *data;
    double *x, *t, *A, *C;
    int n, samples;
    syrk_function *syrk; /* NULL where the BLAS has none that can be seen */
};

static void release(struct bench_step *b)
{
    mlp_trainer_destroy(b->trainer);
    mlp_data_destroy(b->data);
    free(b->x);
    free(b->t);
    free(b->A);
    free(b->C);
}

static void fill(struct bench_step *b)
{
    uint64_t state = 1;
    for (int64_t i = 0; i < (int64_t)N_IN * b->samples; i++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        b->x[i] = (double)(state >> 11) * 0x1p-52 - 1;
    }
    for (int64_t s = 0; s < b->samples; s++) {
        const double *x = b->x + N_IN * s;
        b->t[s] = sin(3 * x[0]) + x[1] * x[2] + 0.3 * x[5];
    }
    for (int64_t i = 0; i < (int64_t)b->n * b->samples; i++)
        b->A[i] = (double)(i * 37 % 101) / 50 - 1;
}

static mlp_status prepare(struct bench_step *b, const mlp_model *model, int64_t batch, int64_t threads)
{
    mlp_status status = mlp_trainer_create(model, &b->trainer);
    if (status == MLP_OK)
        status = mlp_trainer_set_int(b->trainer, MLP_TRAINER_OPTIMIZER, MLP_LEVENBERG_MARQUARDT);
    if (status == MLP_OK)
        status = mlp_trainer_prepare(b->trainer, batch, (int32_t)threads);
    if (status == MLP_OK)
        status = mlp_data_create(MLP_F64, b->samples, &b->data);
    if (status == MLP_OK)
        status = mlp_data_borrow_inputs_f64(b->data, N_IN, b->x, N_IN);
    return status == MLP_OK ? mlp_data_borrow_targets_f64(b->data, 1, b->t, 1) : status;
}

static mlp_status create(struct bench_step *b, int64_t batch, int64_t threads)
{
    static const int64_t widths[] = {N_IN, 40, 31, 1};
    mlp_model *model = NULL;
    void *symbol = dlsym(RTLD_DEFAULT, "cblas_dsyrk");
    *(void **)&b->syrk = symbol;
    mlp_status status = mlp_model_create(MLP_F64, LAYERS, widths, MLP_TANH, &model);
    if (status == MLP_OK)
        status = mlp_model_initialize(model, MLP_INIT_GLOROT_UNIFORM, 3);
    b->n = (int)mlp_model_param_count(model);
    b->x = malloc((size_t)b->samples * N_IN * sizeof(double));
    b->t = malloc((size_t)b->samples * sizeof(double));
    b->A = malloc((size_t)b->samples * (size_t)b->n * sizeof(double));
    b->C = calloc((size_t)b->n * (size_t)b->n, sizeof(double));
    if (status == MLP_OK && b->x && b->t && b->A && b->C) {
        fill(b);
        status = prepare(b, model, batch, threads);
    } else if (status == MLP_OK) {
        status = MLP_ERR_MEMORY;
    }
    mlp_model_destroy(model);
    return status;
}

/* The median of the ratios, and of both times. */
static mlp_status measure(struct bench_step *b, int64_t steps)
{
    double syrk[MOST], step[MOST], ratio[MOST], loss = 0;
    for (int i = 0; i < steps; i++) {
        const double begin = clock_now();
        if (b->syrk)
            b->syrk(COLUMN_MAJOR, LOWER, NO_TRANSPOSE, b->n, b->samples, 1, b->A, b->n, 1, b->C, b->n);
        const double middle = clock_now();
        const mlp_status status = mlp_trainer_epoch(b->trainer, b->data, &loss);
        if (status != MLP_OK)
            return status;
        syrk[i] = middle - begin;
        step[i] = clock_now() - middle;
        ratio[i] = syrk[i] / step[i];
    }
    const double flop = (double)b->n * (double)b->n * (double)b->samples;
    printf("%d parameters, %d samples: a step %.4f s", b->n, b->samples, clock_median(step, (int)steps));
    if (b->syrk)
        printf(", dsyrk %.4f s (%.0f GFLOP/s): %.0f %%", clock_median(syrk, (int)steps),
               1e-9 * flop / clock_median(syrk, (int)steps), 100 * clock_median(ratio, (int)steps));
    printf(", loss %.3g\n", loss);
    return MLP_OK;
}

int command_marquardt(int argc, char **argv)
{
    int64_t samples = 10000, threads = 2, steps = 9, batch = 0;
    const struct args_option options[] = {
        {"samples", ARGS_INT, &samples, "N", "default 10000", 1, 1000000},
        {"batch", ARGS_INT, &batch, "N", "the prepared maximum; default all samples", 0, 1000000},
        {"threads", ARGS_INT, &threads, "N", "of the library's own; default 2", 1, 1024},
        {"steps", ARGS_INT, &steps, "N", "default 9", 1, MOST},
    };
    struct args_usage usage = {"mlp-bench levenberg_marquardt [OPTION]...", description, 0, 0};
    struct bench_step b = {0};
    int first;
    bool done;
    int status = args_parse(argc, argv, &usage, options, 4, &first, &done);

    if (status != CLI_OK || done)
        return status;
    b.samples = (int)samples;
    mlp_status made = create(&b, batch ? batch : samples, threads);
    if (made == MLP_OK)
        made = measure(&b, steps);
    if (made != MLP_OK)
        status = report_failure("%s", mlp_last_error());
    release(&b);
    return status;
}
