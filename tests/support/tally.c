#include "support/tally.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

void tally_agree(tally *t, const problem *p, const char *what, int64_t index, double got, double want,
                 double scale, double factor)
{
    const double bound = factor * problem_tolerance(p) * scale, error = fabs(got - want);
    t->entries++;
    if (!(error <= bound))
        fail_msg("%s: %s[%lld] = %.17g, reference %.17g: off by %.3g, allowed %.3g (S = %.3g)",
                 problem_describe(p), what, (long long)index, got, want, error, bound, scale);
    if (bound > 0)
        t->worst = fmax(t->worst, error / bound);
}

void tally_compare(tally *t, const problem *p, const char *what, int64_t index, double got, double want,
                   double scale)
{
    tally_compare_within(t, p, what, index, got, want, scale, 1);
}

void tally_compare_within(tally *t, const problem *p, const char *what, int64_t index, double got,
                          double want, double scale, double factor)
{
    tally_agree(t, p, what, index, got, want, scale, factor);
    t->zeros += scale == 0;
    t->sharp += scale > 0 && scale <= 1000 * fabs(want);
}

void tally_close(const tally *t, const char *what)
{
    print_message("    %-28s %9lld entries, worst error %.3f of its bound\n", what, (long long)t->entries,
                  t->worst);
    assert_true(t->entries > 0);
}

void tally_close_sharp(const tally *t, const char *what)
{
    assert_true(t->entries > t->zeros);
    const double share = 100.0 * (double)t->sharp / (double)(t->entries - t->zeros);
    print_message("    %-28s %9lld entries, worst error %.3f of its bound, %.1f %% sharp\n", what,
                  (long long)t->entries, t->worst, share);
    if (share < 90)
        fail_msg("%s: only %.1f %% of the entries have S <= 1000 |value|", what, share);
}
