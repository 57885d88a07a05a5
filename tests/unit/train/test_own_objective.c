/* The gradient of an objective of the caller's own in the trainer's buffer: in its places, and zero between them. */
#include "train/trainer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/real32.h"
#include "own_objective_tmpl.h"
#include "base/real64.h"
#include "own_objective_tmpl.h"

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_places_f32), cmocka_unit_test(test_places_f64)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
