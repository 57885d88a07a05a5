/* Comparisons with a bound c S, counted: how near the worst comes to its bound, and how sharp the bound is. */
#ifndef TESTS_SUPPORT_TALLY_H
#define TESTS_SUPPORT_TALLY_H

#include "support/problem.h"

typedef struct tally {
    int64_t entries;
    int64_t zeros; /* of these: S = 0, where the result must be exact */
    int64_t sharp; /* of the others: S <= 1000 |value| */
    double worst;  /* largest |error| / (c S) */
} tally;

/* Fails unless |got - want| <= c S; `what` and the problem go into the message. */
void tally_compare(tally *tally, const problem *problem, const char *what, int64_t index, double got,
                   double want, double scale);

/* The same with a bound times `factor`. */
void tally_compare_within(tally *tally, const problem *problem, const char *what, int64_t index, double got,
                          double want, double scale, double factor);

/* As tally_compare_within(), without counting sharpness: for identities. */
void tally_agree(tally *tally, const problem *problem, const char *what, int64_t index, double got,
                 double want, double scale, double factor);

/* Prints the figures; fails unless at least 90 % of the entries with S > 0 were sharp. */
void tally_close_sharp(const tally *tally, const char *what);

/* Prints the figures; fails unless entries were compared. */
void tally_close(const tally *tally, const char *what);

#endif
