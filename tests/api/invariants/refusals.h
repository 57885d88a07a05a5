/* Calls that are refused, of every kind and on every object: what goes on when a program does everything wrong. */
#ifndef MLP_TESTS_REFUSALS_H
#define MLP_TESTS_REFUSALS_H

/* Makes them all. Returns how many did not end as expected: 0 where all is well. */
int make_refusals(void);

#endif
