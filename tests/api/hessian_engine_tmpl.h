/* Template: the bits of second derivatives. */

enum { T(MOST) = 300, T(WIDEST) = 130, T(PARAMS) = 50000, T(SQUARES) = 33 * 33 * 21 };

/* A linearised loss, products with it, and the Hessians in x. */
typedef struct T(results) {
    double value;
    REAL theta_bar[T(PARAMS)], hv[2][T(PARAMS)], gv[T(PARAMS)], H[T(MOST) *T(SQUARES)];
} T(results);

static T(results) T(first), T(second);
static REAL T(x)[T(MOST) *T(WIDEST)], T(t)[T(MOST) *T(WIDEST)], T(v)[T(PARAMS)], T(weights)[T(MOST)];

static mlp_model *T(make)(const net *n)
{
    mlp_model *model;
    draw d = {5};
    accepted(mlp_model_create(REAL_DTYPE, n->layers, n->widths, n->activation, &model));
    accepted(mlp_model_set_activation(model, n->layers, n->last));
    accepted(mlp_model_initialize(model, MLP_INIT_LECUN_NORMAL, 3));
    for (int64_t i = 0; i < T(MOST) *T(WIDEST); i++) {
        T(x)[i] = (REAL)draw_real(&d, -2, 2);
        T(t)[i] = (REAL)draw_real(&d, 0, 1);
    }
    for (int64_t i = 0; i < T(PARAMS); i++)
        T(v)[i] = (REAL)draw_real(&d, -1, 1);
    for (int64_t i = 0; i < T(MOST); i++)
        T(weights)[i] = (REAL)draw_real(&d, 0.5, 2);
    return model;
}

/* Everything at samples `from` .. from + batch - 1, on one engine of one instruction set. */
static void T(run)(const net *n, const mlp_model *model, int32_t threads, mlp_engine engine, int64_t from,
                   int64_t batch, T(results) *r)
{
    const int64_t n_in = n->widths[0], n_out = n->widths[n->layers];
    const REAL *t = T(t) + from * n_out, *weights = T(weights) + from;
    mlp_workspace *w;
    accepted(mlp_workspace_create(model, batch, threads, MLP_USE_SECOND_ORDER, &w));
    accepted(mlp_workspace_set_int(w, MLP_WORKSPACE_CPU, cpu_under_test));
    accepted(mlp_workspace_set_int(w, MLP_WORKSPACE_ENGINE, engine));
    accepted(T(mlp_forward)(model, w, batch, T(x) + from * n_in, n_in, NULL, 0));
    accepted(T(mlp_linearize)(model, w, n->loss, t, n_out, weights, NULL, NULL));
    accepted(T(mlp_hvp)(model, w, T(v), r->hv[0]));
    accepted(T(mlp_hessian_x)(model, w, r->H, n_in, n_in * n_in * n_out));
    accepted(T(mlp_linearize)(model, w, n->loss, t, n_out, weights, &r->value, r->theta_bar));
    accepted(T(mlp_gauss_newton)(model, w, T(v), r->gv));
    accepted(T(mlp_hvp)(model, w, T(v), r->hv[1]));
    mlp_workspace_destroy(w);
}

/* Nothing depends on the number of threads, nor a product on what came before it. */
static void T(test_threads)(void **state)
{
    static const int64_t batches[] = {1, 2, 17, 65, 300};
    static const int32_t threads[] = {2, 3, 8};
    (void)state;
    for (size_t k = 0; k < NETS; k++)
        for (size_t i = 0; i < sizeof batches / sizeof *batches; i++) {
            const net *n = &nets[k];
            mlp_model *model = T(make)(n);
            const int64_t batch = batches[i], params = mlp_model_param_count(model);
            const int64_t each = n->widths[0] * n->widths[0] * n->widths[n->layers];
            T(run)(n, model, 1, MLP_ENGINE_NATIVE, 0, batch, &T(first));
            T(same)(n, "H v again", batch, T(first).hv[1], T(first).hv[0], params);
            for (size_t t = 0; t < sizeof threads / sizeof *threads; t++) {
                T(run)(n, model, threads[t], MLP_ENGINE_NATIVE, 0, batch, &T(second));
                assert_true(T(second).value == T(first).value);
                T(same)(n, "theta_bar", batch, T(second).theta_bar, T(first).theta_bar, params);
                for (int g = 0; g < 2; g++)
                    T(same)(n, "H v", batch, T(second).hv[g], T(first).hv[g], params);
                T(same)(n, "G v", batch, T(second).gv, T(first).gv, params);
                T(same)(n, "H_x", batch, T(second).H, T(first).H, batch * each);
            }
            mlp_model_destroy(model);
        }
}

/* Hessians in x do not depend on the batch a sample is in, nor on its place there. */
static void T(test_batches)(void **state)
{
    (void)state;
    for (size_t k = 0; k < NETS; k++) {
        const net *n = &nets[k];
        const int64_t each = n->widths[0] * n->widths[0] * n->widths[n->layers];
        mlp_model *model = T(make)(n);
        T(run)(n, model, 1, MLP_ENGINE_NATIVE, 0, T(MOST), &T(first));
        for (int64_t batch = 2; batch <= 130; batch += 1 + batch / 2) {
            const int64_t from = (7 * batch) % 60;
            T(run)(n, model, 1, MLP_ENGINE_NATIVE, from, batch, &T(second));
            T(same)(n, "H_x", batch, T(second).H, T(first).H + from * each, batch * each);
        }
        mlp_model_destroy(model);
    }
}

/* The BLAS computes the same, but for rounding; several threads change nothing. */
static void T(test_engines)(void **state)
{
    static const int64_t batches[] = {1, 33, 130, 300};
    (void)state;
    for (size_t k = 0; k < NETS; k++)
        for (size_t i = 0; i < sizeof batches / sizeof *batches; i++) {
            const net *n = &nets[k];
            mlp_model *model = T(make)(n);
            const int64_t batch = batches[i], params = mlp_model_param_count(model);
            T(run)(n, model, 1, MLP_ENGINE_NATIVE, 0, batch, &T(first));
            T(run)(n, model, 2, MLP_ENGINE_BLAS, 0, batch, &T(second));
            T(near)(n, "theta_bar", T(first).theta_bar, T(second).theta_bar, params);
            for (int g = 0; g < 2; g++)
                T(near)(n, "H v", T(first).hv[g], T(second).hv[g], params);
            T(near)(n, "G v", T(first).gv, T(second).gv, params);
            T(near)(n, "H_x", T(first).H, T(second).H,
                    batch * n->widths[0] * n->widths[0] * n->widths[n->layers]);
            mlp_model_destroy(model);
        }
}

/* A sample that is NaN makes its own Hessians NaN and the products, and leaves the other Hessians as they were. */
static void T(test_nan)(void **state)
{
    const net n = {{20, 37, 3}, 2, MLP_TANH, MLP_IDENTITY, MLP_LOG_COSH};
    const int64_t each = 20 * 20 * 3, at = 4;
    mlp_model *model = T(make)(&n);
    (void)state;
    T(run)(&n, model, 1, MLP_ENGINE_NATIVE, 0, 9, &T(first));
    T(x)[at * 20 + 6] = (REAL)NAN;
    T(run)(&n, model, 1, MLP_ENGINE_NATIVE, 0, 9, &T(second));
    for (int64_t i = at * each; i < (at + 1) * each; i++)
        assert_true(T(second).H[i] != T(second).H[i]);
    T(same)(&n, "H_x", 9, T(second).H, T(first).H, at * each);
    T(same)(&n, "H_x", 9, T(second).H + (at + 1) * each, T(first).H + (at + 1) * each, (8 - at) * each);
    assert_true(T(second).value != T(second).value);
    assert_true(T(second).theta_bar[0] != T(second).theta_bar[0]);
    assert_true(T(second).hv[0][0] != T(second).hv[0][0] && T(second).gv[0] != T(second).gv[0]);
    mlp_model_destroy(model);
}
