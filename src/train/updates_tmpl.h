/*
 * Template: the updates. Nothing is fused, so that an element has the same bits in a vector and behind the last one.
 * Weight decay is a part of what is taken off: a factor 1 - shrink would be rounded alike in every step, and a product of
 * its own would round twice.
 */

static void T(transform)(int64_t n, const mlpi_transform *t, const REAL *restrict theta,
                         const REAL *restrict g, REAL *restrict out)
{
    const REAL l1 = (REAL)t->l1, l2 = (REAL)t->l2, scale = (REAL)t->scale, limit = (REAL)t->limit;
    for (int64_t i = 0; i < n; i++) {
        const REAL sign = (REAL)(theta[i] > 0) - (REAL)(theta[i] < 0);
        const REAL h = scale * (g[i] + (l2 * theta[i] + l1 * sign));
        const REAL above = h < -limit ? -limit : h;
        out[i] = above > limit ? limit : above;
    }
}

/* Eight sums side by side, whatever the vectors are. */
static double T(square)(int64_t n, const mlpi_transform *t, const REAL *restrict theta,
                        const REAL *restrict g)
{
    enum { SUMS = 8 };
    const REAL l1 = (REAL)t->l1, l2 = (REAL)t->l2;
    double sums[SUMS] = {0}, sum = 0;
    for (int64_t i = 0; i < n; i += SUMS) {
        const int64_t count = n - i < SUMS ? n - i : SUMS;
        for (int64_t k = 0; k < count; k++) {
            const REAL at = theta[i + k], sign = (REAL)(at > 0) - (REAL)(at < 0);
            const double h = (double)(g[i + k] + (l2 * at + l1 * sign));
            sums[k] += h * h;
        }
    }
    for (int64_t k = 0; k < SUMS; k++)
        sum += sums[k];
    return sum;
}

static void T(average)(int64_t n, double fresh_part, const REAL *restrict theta, REAL *restrict average)
{
    const REAL fresh = (REAL)fresh_part;
    for (int64_t i = 0; i < n; i++)
        average[i] += fresh * (theta[i] - average[i]);
}

static void T(descend)(int64_t n, const mlpi_update *u, const REAL *restrict g, REAL *restrict theta)
{
    const REAL rate = (REAL)u->rate, shrink = (REAL)u->shrink;
    for (int64_t i = 0; i < n; i++)
        theta[i] -= shrink * theta[i] + rate * g[i];
}

static void T(heavy_ball)(int64_t n, const mlpi_update *u, const REAL *restrict g, REAL *restrict v,
                          REAL *restrict theta)
{
    const REAL rate = (REAL)u->rate, shrink = (REAL)u->shrink, momentum = (REAL)u->momentum;
    for (int64_t i = 0; i < n; i++) {
        v[i] = momentum * v[i] + g[i];
        theta[i] -= shrink * theta[i] + rate * v[i];
    }
}

static void T(nesterov)(int64_t n, const mlpi_update *u, const REAL *restrict g, REAL *restrict v,
                        REAL *restrict theta)
{
    const REAL rate = (REAL)u->rate, shrink = (REAL)u->shrink, momentum = (REAL)u->momentum;
    for (int64_t i = 0; i < n; i++) {
        v[i] = momentum * v[i] + g[i];
        theta[i] -= shrink * theta[i] + rate * (g[i] + momentum * v[i]);
    }
}

static void T(adam)(int64_t n, const mlpi_update *u, const REAL *restrict g, REAL *restrict m,
                    REAL *restrict v, REAL *restrict theta)
{
    const mlpi_adam_factors *f = &u->adam;
    const REAL beta1 = (REAL)f->beta1, fresh1 = (REAL)f->fresh1;
    const REAL beta2 = (REAL)f->beta2, fresh2 = (REAL)f->fresh2;
    const REAL rate = (REAL)(u->rate * f->correction1), correction2 = (REAL)f->correction2;
    const REAL epsilon = (REAL)u->epsilon, shrink = (REAL)u->shrink;
    for (int64_t i = 0; i < n; i++) {
        m[i] = beta1 * m[i] + fresh1 * g[i];
        v[i] = beta2 * v[i] + fresh2 * (g[i] * g[i]);
        theta[i] -= shrink * theta[i] + rate * m[i] / (SQRT(v[i] * correction2) + epsilon);
    }
}

static void T(rmsprop)(int64_t n, const mlpi_update *u, const REAL *restrict g, REAL *restrict s,
                       REAL *restrict theta)
{
    const REAL rate = (REAL)u->rate, shrink = (REAL)u->shrink, epsilon = (REAL)u->epsilon;
    const REAL rho = (REAL)u->rho, fresh = (REAL)(1 - u->rho);
    for (int64_t i = 0; i < n; i++) {
        s[i] = rho * s[i] + fresh * (g[i] * g[i]);
        theta[i] -= shrink * theta[i] + rate * g[i] / (SQRT(s[i]) + epsilon);
    }
}

static void T(adagrad)(int64_t n, const mlpi_update *u, const REAL *restrict g, REAL *restrict s,
                       REAL *restrict theta)
{
    const REAL rate = (REAL)u->rate, shrink = (REAL)u->shrink, epsilon = (REAL)u->epsilon;
    for (int64_t i = 0; i < n; i++) {
        s[i] += g[i] * g[i];
        theta[i] -= shrink * theta[i] + rate * g[i] / (SQRT(s[i]) + epsilon);
    }
}

static void T(nadam)(int64_t n, const mlpi_update *u, const REAL *restrict g, REAL *restrict m,
                     REAL *restrict v, REAL *restrict theta)
{
    const mlpi_adam_factors *f = &u->adam;
    const REAL beta1 = (REAL)f->beta1, fresh1 = (REAL)f->fresh1;
    const REAL beta2 = (REAL)f->beta2, fresh2 = (REAL)f->fresh2, correction2 = (REAL)f->correction2;
    const REAL of_m = (REAL)(u->rate * f->ahead1), of_g = (REAL)(u->rate * f->fresh1 * f->correction1);
    const REAL epsilon = (REAL)u->epsilon, shrink = (REAL)u->shrink;
    for (int64_t i = 0; i < n; i++) {
        m[i] = beta1 * m[i] + fresh1 * g[i];
        v[i] = beta2 * v[i] + fresh2 * (g[i] * g[i]);
        theta[i] -= shrink * theta[i] + (of_m * m[i] + of_g * g[i]) / (SQRT(v[i] * correction2) + epsilon);
    }
}

/* Selections, no branches: they stay selections of vectors. 1.2 is farther from a REAL than 0.2 is, and growth adds up. */
static void T(rprop)(int64_t n, const mlpi_update *u, const REAL *restrict g, REAL *restrict sign,
                     REAL *restrict size, REAL *restrict theta)
{
    const REAL fifth = (REAL)0.2, halve = (REAL)0.5, largest = 50, smallest = (REAL)1e-6;
    const REAL first = (REAL)u->rate, shrink = (REAL)u->shrink;
    for (int64_t i = 0; i < n; i++) {
        const REAL now = (REAL)(g[i] > 0) - (REAL)(g[i] < 0), same = sign[i] * now;
        const REAL old = size[i] == 0 ? first : size[i];
        const REAL more = old + fifth * old, grown = more < largest ? more : largest;
        const REAL halved = halve * old > smallest ? halve * old : smallest;
        const REAL unturned = same > 0 ? grown : old;
        size[i] = same < 0 ? halved : unturned;
        sign[i] = same < 0 ? 0 : now;
        theta[i] -= shrink * theta[i] + sign[i] * size[i];
    }
}
