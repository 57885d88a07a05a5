/* Template: the bits of jets and of gradients through them. */

enum { T(MOST) = 300, T(WIDEST) = 130, T(K) = 3, T(PARAMS) = 50000 };

/* Jets along T(K) directions of every sample, the Laplacian's gradient, and a mixed one. */
typedef struct T(results) {
    REAL y1[T(MOST) *T(K) *T(WIDEST)], y2[T(MOST) *T(K) *T(WIDEST)], y3[T(MOST) *T(K) *T(WIDEST)];
    REAL laplacian[T(MOST) *T(WIDEST)];
    REAL x_bar[3][T(MOST) *T(WIDEST)], theta_bar[3][T(PARAMS)];
} T(results);

static T(results) T(first), T(second);
static REAL T(x)[T(MOST) *T(WIDEST)], T(v)[T(MOST) *T(K) *T(WIDEST)], T(bar)[T(MOST) *T(K) *T(WIDEST)];

static mlp_model *T(make)(const net *n)
{
    mlp_model *model;
    draw d = {5};
    accepted(mlp_model_create(REAL_DTYPE, n->layers, n->widths, n->activation, &model));
    accepted(mlp_model_initialize(model, MLP_INIT_LECUN_NORMAL, 3));
    for (int64_t i = 0; i < T(MOST) *T(WIDEST); i++)
        T(x)[i] = (REAL)draw_real(&d, -2, 2);
    for (int64_t i = 0; i < T(MOST) *T(K) *T(WIDEST); i++) {
        T(v)[i] = (REAL)draw_real(&d, -1, 1);
        T(bar)[i] = (REAL)draw_real(&d, -1, 1);
    }
    return model;
}

/* Everything at samples `from` .. from + batch - 1, on one engine of one instruction set. */
static void T(run)(const net *n, const mlp_model *model, int32_t threads, mlp_engine engine, int64_t from,
                   int64_t batch, T(results) *r)
{
    const int64_t n_in = n->widths[0], n_out = n->widths[n->layers], K = T(K);
    const REAL *v = T(v) + from * n_in * K;
    const int32_t streams = (int32_t)(n_in + 1 > 3 * K ? n_in + 1 : 3 * K);
    mlp_workspace *w;
    accepted(
        mlp_workspace_create(model, batch, threads, MLP_USE_SECOND_ORDER + streams * MLP_USE_STREAM, &w));
    accepted(mlp_workspace_set_int(w, MLP_WORKSPACE_CPU, cpu_under_test));
    accepted(mlp_workspace_set_int(w, MLP_WORKSPACE_ENGINE, engine));
    accepted(T(mlp_forward)(model, w, batch, T(x) + from * n_in, n_in, NULL, 0));
    accepted(T(mlp_jet)(model, w, K, v, n_in, n_in * K, r->y1, r->y2, r->y3, n_out));
    accepted(T(mlp_jet)(model, w, K, T(v), n_in, 0, r->y1, r->y2, NULL, n_out)); /* shared directions */
    accepted(
        T(mlp_jet_vjp)(model, w, T(bar), n_out, T(bar), T(bar), n_out, r->x_bar[0], n_in, r->theta_bar[0]));
    accepted(T(mlp_jet)(model, w, K, v, n_in, n_in * K, r->y1, r->y2, NULL, n_out));
    accepted(T(mlp_laplacian)(model, w, NULL, NULL, r->laplacian, n_out));
    accepted(
        T(mlp_jet_vjp)(model, w, T(bar), n_out, NULL, T(bar), n_out, r->x_bar[1], n_in, r->theta_bar[1]));
    accepted(T(mlp_mixed_vjp)(model, w, v, n_in, T(bar), n_out, r->x_bar[2], n_in, r->theta_bar[2]));
    mlp_workspace_destroy(w);
}

/* Nothing depends on the number of threads. */
static void T(test_threads)(void **state)
{
    static const int64_t batches[] = {1, 2, 17, 65, 300};
    static const int32_t threads[] = {2, 3, 8};
    (void)state;
    for (size_t k = 0; k < NETS; k++)
        for (size_t i = 0; i < sizeof batches / sizeof *batches; i++) {
            const net *n = &nets[k];
            const int64_t batch = batches[i], n_in = n->widths[0], n_out = n->widths[n->layers];
            mlp_model *model = T(make)(n);
            T(run)(n, model, 1, MLP_ENGINE_NATIVE, 0, batch, &T(first));
            for (size_t t = 0; t < sizeof threads / sizeof *threads; t++) {
                T(run)(n, model, threads[t], MLP_ENGINE_NATIVE, 0, batch, &T(second));
                T(same)(n, "y1", batch, T(second).y1, T(first).y1, batch * T(K) *n_out);
                T(same)(n, "y2", batch, T(second).y2, T(first).y2, batch * T(K) *n_out);
                T(same)(n, "y3", batch, T(second).y3, T(first).y3, batch * T(K) *n_out);
                T(same)(n, "Laplacian", batch, T(second).laplacian, T(first).laplacian, batch * n_out);
                for (int g = 0; g < 3; g++) {
                    T(same)(n, "x_bar", batch, T(second).x_bar[g], T(first).x_bar[g], batch * n_in);
                    T(same)(n, "theta_bar", batch, T(second).theta_bar[g], T(first).theta_bar[g],
                            mlp_model_param_count(model));
                }
            }
            mlp_model_destroy(model);
        }
}

/* Jets of a sample do not depend on the batch it is in, nor on its place there. */
static void T(test_batches)(void **state)
{
    (void)state;
    for (size_t k = 0; k < NETS; k++) {
        const net *n = &nets[k];
        const int64_t n_out = n->widths[n->layers], each = T(K) *n_out;
        mlp_model *model = T(make)(n);
        T(run)(n, model, 1, MLP_ENGINE_NATIVE, 0, T(MOST), &T(first));
        for (int64_t batch = 2; batch <= 130; batch += 1 + batch / 3) {
            const int64_t from = (7 * batch) % 60;
            T(run)(n, model, 1, MLP_ENGINE_NATIVE, from, batch, &T(second));
            T(same)(n, "y1", batch, T(second).y1, T(first).y1 + from * each, batch * each);
            T(same)(n, "y2", batch, T(second).y2, T(first).y2 + from * each, batch * each);
            T(same)(n, "y3", batch, T(second).y3, T(first).y3 + from * each, batch * each);
            T(same)(n, "Laplacian", batch, T(second).laplacian, T(first).laplacian + from * n_out,
                    batch * n_out);
        }
        mlp_model_destroy(model);
    }
}

/* The BLAS computes the same, but for rounding; several threads change nothing. */
static void T(test_engines)(void **state)
{
    static const int64_t batches[] = {1, 33, 130};
    (void)state;
    for (size_t k = 0; k < NETS; k++)
        for (size_t i = 0; i < sizeof batches / sizeof *batches; i++) {
            const net *n = &nets[k];
            const int64_t batch = batches[i], n_in = n->widths[0], n_out = n->widths[n->layers];
            mlp_model *model = T(make)(n);
            T(run)(n, model, 1, MLP_ENGINE_NATIVE, 0, batch, &T(first));
            T(run)(n, model, 2, MLP_ENGINE_BLAS, 0, batch, &T(second));
            T(near)(n, "y1", T(first).y1, T(second).y1, batch * T(K) *n_out);
            T(near)(n, "y2", T(first).y2, T(second).y2, batch * T(K) *n_out);
            T(near)(n, "y3", T(first).y3, T(second).y3, batch * T(K) *n_out);
            T(near)(n, "Laplacian", T(first).laplacian, T(second).laplacian, batch * n_out);
            for (int g = 0; g < 3; g++) {
                T(near)(n, "x_bar", T(first).x_bar[g], T(second).x_bar[g], batch * n_in);
                T(near)(n, "theta_bar", T(first).theta_bar[g], T(second).theta_bar[g],
                        mlp_model_param_count(model));
            }
            mlp_model_destroy(model);
        }
}

/* A sample that is NaN makes its own results NaN, and those of the others are as they were. */
static void T(test_nan)(void **state)
{
    const net n = {2, {20, 37, 3}, MLP_TANH};
    const int64_t each = T(K) * 3, at = 4;
    mlp_model *model = T(make)(&n);
    (void)state;
    T(run)(&n, model, 1, MLP_ENGINE_NATIVE, 0, 9, &T(first));
    T(x)[at * 20 + 6] = (REAL)NAN;
    T(run)(&n, model, 1, MLP_ENGINE_NATIVE, 0, 9, &T(second));
    const REAL *const before[] = {T(first).y1, T(first).y2, T(first).y3};
    const REAL *const after[] = {T(second).y1, T(second).y2, T(second).y3};
    for (int k = 0; k < 3; k++) {
        for (int64_t i = at * each; i < (at + 1) * each; i++)
            assert_true(after[k][i] != after[k][i]);
        T(same)(&n, "y_k", 9, after[k], before[k], at * each);
        T(same)(&n, "y_k", 9, after[k] + (at + 1) * each, before[k] + (at + 1) * each, (8 - at) * each);
    }
    for (int g = 0; g < 3; g++) {
        T(same)(&n, "x_bar", 9, T(second).x_bar[g], T(first).x_bar[g], at * 20);
        assert_true(T(second).x_bar[g][at * 20] != T(second).x_bar[g][at * 20]);
        assert_true(T(second).theta_bar[g][0] != T(second).theta_bar[g][0]);
    }
    mlp_model_destroy(model);
}
