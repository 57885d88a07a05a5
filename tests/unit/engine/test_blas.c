/* src/engine/blas.h over the back end of this build. */
#include "blas_cases.h"

int main(void)
{
    return cmocka_run_group_tests(product_tests, NULL, NULL);
}
