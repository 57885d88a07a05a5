/* Template: results of a `net` of the includer, which has widths and layers, against each other. */

static void T(same)(const net *n, const char *what, int64_t batch, const REAL *a, const REAL *b,
                    int64_t count)
{
    for (int64_t i = 0; i < count; i++)
        if (memcmp(&a[i], &b[i], sizeof *a) != 0)
            fail_msg("%s, %d bits, %lld-...-%lld: %s[%lld] of a batch of %lld: %.17g and %.17g",
                     mlp_cpu_name(cpu_under_test), REAL_BITS, (long long)n->widths[0],
                     (long long)n->widths[n->layers], what, (long long)i, (long long)batch, (double)a[i],
                     (double)b[i]);
}

/* Largest difference against the largest value. */
static inline void T(near)(const net *n, const char *what, const REAL *a, const REAL *b, int64_t count)
{
    double largest = 0, worst = 0;
    for (int64_t i = 0; i < count; i++) {
        largest = fmax(largest, fabs((double)a[i]));
        worst = fmax(worst, fabs((double)a[i] - (double)b[i]));
    }
    if (!(worst <= 200 * (REAL_BITS == 32 ? (double)FLT_EPSILON : DBL_EPSILON) * largest))
        fail_msg("%d bits, %lld-...-%lld: %s: off by %g of %g", REAL_BITS, (long long)n->widths[0],
                 (long long)n->widths[n->layers], what, worst, largest);
}
