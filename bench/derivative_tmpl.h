/* The calls for one number type: REAL is the type, T(name) puts its suffix behind a name, STEP is that of differences. */

static mlp_status T(forward_at)(struct session *s, const void *x)
{
    return T(mlp_forward)(s->model, s->workspace, s->batch, x, s->n_in, s->y, s->n_out);
}

static mlp_status T(forward)(struct session *s)
{
    return T(forward_at)(s, s->x);
}

static mlp_status T(gradient_at)(struct session *s, const void *x, REAL *theta_bar)
{
    const mlp_status status = T(forward_at)(s, x);

    return status < 0 ? status : T(mlp_vjp)(s->model, s->workspace, s->y_bar, s->n_out, NULL, 0, theta_bar);
}

static mlp_status T(gradient)(struct session *s)
{
    return T(gradient_at)(s, s->x, s->out);
}

/* ---- The calls ---- */

/* y_bar serves as targets */
static mlp_status T(linearize)(struct session *s)
{
    const mlp_status status = T(forward)(s);

    return status < 0 ? status
                      : T(mlp_linearize)(s->model, s->workspace, MLP_SQUARED_ERROR, s->y_bar, s->n_out, NULL,
                                         NULL, NULL);
}

static mlp_status T(hvp)(struct session *s)
{
    const mlp_status status = T(linearize)(s);

    return status < 0 ? status : T(mlp_hvp)(s->model, s->workspace, s->theta_dot, s->out);
}

/* As often as it is called after the first time. */
static mlp_status T(hvp_again)(struct session *s)
{
    const mlp_status status = T(mlp_hvp)(s->model, s->workspace, s->theta_dot, s->out);

    return status == MLP_ERR_STATE ? T(hvp)(s) : status;
}

static mlp_status T(gauss_newton)(struct session *s)
{
    const mlp_status status = T(linearize)(s);

    return status < 0 ? status : T(mlp_gauss_newton)(s->model, s->workspace, s->theta_dot, s->out);
}

static mlp_status T(laplacian)(struct session *s)
{
    const mlp_status status = T(forward)(s);

    return status < 0 ? status : T(mlp_laplacian)(s->model, s->workspace, NULL, NULL, s->out, s->n_out);
}

/* The gradient of  <y_bar, y + Laplacian> */
static mlp_status T(laplacian_gradient)(struct session *s)
{
    mlp_status status = T(forward)(s);

    if (status >= 0)
        status = T(mlp_laplacian)(s->model, s->workspace, NULL, NULL, s->y2, s->n_out);
    return status < 0 ? status
                      : T(mlp_jet_vjp)(s->model, s->workspace, s->y_bar, s->n_out, NULL, s->y_bar, s->n_out,
                                       NULL, 0, s->out);
}

/* The gradient of  <y_bar, y> + <y1_bar, y1 + y2> */
static mlp_status T(jet_gradient)(struct session *s)
{
    mlp_status status = T(forward)(s);

    if (status >= 0)
        status = T(mlp_jet)(s->model, s->workspace, DIRECTIONS, s->v, s->n_in, s->n_in * DIRECTIONS, s->y1,
                            s->y2, NULL, s->n_out);
    return status < 0 ? status
                      : T(mlp_jet_vjp)(s->model, s->workspace, s->y_bar, s->n_out, s->y1_bar, s->y1_bar,
                                       s->n_out, NULL, 0, s->out);
}

static mlp_status T(mixed)(struct session *s)
{
    const mlp_status status = T(forward)(s);

    return status < 0
               ? status
               : T(mlp_mixed_vjp)(s->model, s->workspace, s->x, s->n_in, s->y_bar, s->n_out, NULL, 0, s->out);
}

/* ---- What one writes with first-order calls ---- */

/* x + h v of every sample, from directions `stride` apart; or along the unit i where v is NULL */
static void T(move)(struct session *s, const REAL *v, int64_t stride, int64_t unit, double h)
{
    const REAL *x = s->x;
    REAL *moved = s->moved;

    for (int64_t k = 0; k < s->n_in * s->batch; k++)
        moved[k] = x[k];
    for (int64_t b = 0; b < s->batch; b++) {
        if (!v)
            moved[b * s->n_in + unit] += (REAL)h;
        for (int64_t i = 0; v && i < s->n_in; i++)
            moved[b * s->n_in + i] += (REAL)h * v[b * stride + i];
    }
}

/* out (+)= factor y,  n elements */
static void T(add)(int64_t n, double factor, const REAL *y, REAL *out, bool begun)
{
    for (int64_t i = 0; i < n; i++)
        out[i] = (begun ? out[i] : 0) + (REAL)factor * y[i];
}

/* The gradient of the squared error, averaged over the batch, at theta + h theta_dot, added with `factor` */
static mlp_status T(add_loss_gradient)(struct session *s, double h, double factor, bool begun)
{
    const REAL *theta = s->theta, *theta_dot = s->theta_dot;
    REAL *moved = s->y1; /* has room for theta */
    mlp_status status;

    for (int64_t i = 0; i < s->params; i++)
        moved[i] = theta[i] + (REAL)h * theta_dot[i];
    status = T(mlp_model_set_params)(s->model, 0, s->params, moved);
    if (status >= 0)
        status = T(forward)(s);
    if (status >= 0)
        status = T(mlp_loss_evaluate)(MLP_SQUARED_ERROR, s->batch, s->n_out, s->y, s->n_out, s->y_bar,
                                      s->n_out, NULL, NULL, s->y, s->n_out);
    if (status >= 0)
        status = T(mlp_vjp)(s->model, s->workspace, s->y, s->n_out, NULL, 0, moved);
    T(add)(s->params, factor, moved, s->out, begun);
    return status;
}

static mlp_status T(naive_hvp)(struct session *s)
{
    mlp_status status = T(add_loss_gradient)(s, STEP, 1 / (2 * STEP), false);

    if (status >= 0)
        status = T(add_loss_gradient)(s, -STEP, -1 / (2 * STEP), true);
    return status < 0 ? status : T(mlp_model_set_params)(s->model, 0, s->params, s->theta);
}

static mlp_status T(naive_gauss_newton)(struct session *s)
{
    mlp_status status = T(forward)(s);

    if (status >= 0)
        status = T(mlp_jvp)(s->model, s->workspace, NULL, 0, s->theta_dot, s->y2, s->n_out);
    if (status >= 0)
        status = T(mlp_loss_hvp)(MLP_SQUARED_ERROR, s->batch, s->n_out, s->y, s->n_out, s->y_bar, s->n_out,
                                 NULL, s->y2, s->n_out, s->y2, s->n_out);
    return status < 0 ? status : T(mlp_vjp)(s->model, s->workspace, s->y2, s->n_out, NULL, 0, s->out);
}

static mlp_status T(naive_laplacian)(struct session *s)
{
    const int64_t n = s->n_out * s->batch;
    REAL *e = s->y1;
    mlp_status status = MLP_OK;

    for (int64_t i = 0; i < s->n_in && status >= 0; i++) {
        for (int64_t k = 0; k < s->n_in * s->batch; k++)
            e[k] = k % s->n_in == i;
        for (int sign = 1; sign >= -1 && status >= 0; sign -= 2) {
            T(move)(s, NULL, 0, i, sign * STEP);
            status = T(forward_at)(s, s->moved);
            if (status >= 0)
                status = T(mlp_jvp)(s->model, s->workspace, e, s->n_in, NULL, s->y2, s->n_out);
            T(add)(n, sign / (2 * STEP), s->y2, s->out, i > 0 || sign < 0);
        }
    }
    return status;
}

/* The gradient of  <y_bar, y>  at moved inputs, added with `factor` */
static mlp_status T(add_gradient)(struct session *s, const void *x, double factor, bool begun)
{
    const mlp_status status = T(gradient_at)(s, x, s->y1);

    T(add)(s->params, factor, s->y1, s->out, begun);
    return status;
}

static mlp_status T(naive_laplacian_gradient)(struct session *s)
{
    const double h = 10 * STEP, inverse = 1 / (h * h);
    mlp_status status = T(add_gradient)(s, s->x, 1 - 2 * (double)s->n_in * inverse, false);

    for (int64_t i = 0; i < s->n_in; i++)
        for (int sign = 1; sign >= -1 && status >= 0; sign -= 2) {
            T(move)(s, NULL, 0, i, sign * h);
            status = T(add_gradient)(s, s->moved, inverse, true);
        }
    return status;
}

/* y1_bar is the same for all directions of a sample, and y_bar: so differences of one gradient each serve */
static mlp_status T(naive_jet_gradient)(struct session *s)
{
    const double h = 10 * STEP, inverse = 1 / (h * h);
    mlp_status status = T(add_gradient)(s, s->x, 1 - 2 * DIRECTIONS * inverse, false);

    for (int64_t d = 0; d < DIRECTIONS; d++)
        for (int sign = 1; sign >= -1 && status >= 0; sign -= 2) {
            T(move)(s, (const REAL *)s->v + d * s->n_in, s->n_in * DIRECTIONS, 0, sign * h);
            status = T(add_gradient)(s, s->moved, inverse + sign / (2 * h), true);
        }
    return status;
}

static mlp_status T(naive_mixed)(struct session *s)
{
    mlp_status status = MLP_OK;

    for (int sign = 1; sign >= -1 && status >= 0; sign -= 2) {
        T(move)(s, s->x, s->n_in, 0, sign * STEP);
        status = T(add_gradient)(s, s->moved, sign / (2 * STEP), sign < 0);
    }
    return status;
}

/* ---- The session ---- */

/* n numbers between -1 and 1, the same in each run */
static REAL *T(draw)(int64_t n, uint64_t seed)
{
    REAL *values = memory_new(n, sizeof *values);

    for (int64_t i = 0; i < n; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        values[i] = (REAL)((double)(seed >> 11) * 0x1p-52 - 1);
    }
    return values;
}

static mlp_status T(fill)(struct session *s)
{
    const int64_t inputs = s->n_in * s->batch, outputs = s->n_out * s->batch;
    const int64_t streams = s->n_in > DIRECTIONS ? s->n_in : DIRECTIONS;
    int64_t room = streams * outputs > s->params ? streams * outputs : s->params;

    room = room > inputs ? room : inputs;
    s->x = T(draw)(inputs, 1);
    s->moved = memory_new(inputs, sizeof(REAL));
    s->y = memory_new(outputs, sizeof(REAL));
    s->y_bar = T(draw)(outputs, 2);
    s->theta = memory_new(s->params, sizeof(REAL));
    s->theta_dot = T(draw)(s->params, 3);
    s->out = memory_new(room, sizeof(REAL));
    s->other = memory_new(room, sizeof(REAL));
    s->v = T(draw)(inputs * DIRECTIONS, 4);
    s->y1 = memory_new(room, sizeof(REAL));
    s->y2 = memory_new(room, sizeof(REAL));
    s->y1_bar = memory_new(streams * outputs, sizeof(REAL));
    for (int64_t k = 0; k < outputs * DIRECTIONS; k++)
        ((REAL *)s->y1_bar)[k] =
            ((const REAL *)s->y_bar)[k / (s->n_out * DIRECTIONS) * s->n_out + k % s->n_out];
    return T(mlp_model_get_params)(s->model, 0, s->params, s->theta);
}

static double T(compare)(int64_t count, const void *values, const void *others)
{
    const REAL *a = values, *b = others;
    double error = 0, largest = 0;

    for (int64_t i = 0; i < count; i++) {
        error = fmax(error, fabs((double)a[i] - (double)b[i]));
        largest = fmax(largest, fabs((double)b[i]));
    }
    return largest > 0 ? error / largest : error;
}
