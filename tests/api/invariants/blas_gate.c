/*
 * MLP_BLAS=system: the CBLAS and LAPACKE functions that hot calls make, defined in the test program and handed on to the real ones,
 * so that interpose.c and sandbox.c can tell what happens inside. CBLAS's enumerations cross as int.
 */
#define _GNU_SOURCE
#include "interpose.h"

#include <dlfcn.h>
#include <string.h>

typedef void any_function(void);

/* The real function behind `name`; the flag says "in BLAS" until leave(). */
static any_function *enter(const char *name)
{
    any_function *function;
    void *address = dlsym(RTLD_NEXT, name);
    memcpy(&function, &address, sizeof function);
    interpose_in_blas = 1;
    return function;
}

static void leave(void)
{
    interpose_in_blas = 0;
}

#define REAL                  float
#define CBLAS(name)           cblas_s##name
#define NAME_OF(name)         "cblas_s" #name
#define LAPACKE(name)         LAPACKE_s##name
#define LAPACKE_NAME_OF(name) "LAPACKE_s" #name
#define TYPE_OF(name)         type_s##name
#include "blas_gate_tmpl.h"
#undef REAL
#undef CBLAS
#undef NAME_OF
#undef LAPACKE
#undef LAPACKE_NAME_OF
#undef TYPE_OF
#define REAL                  double
#define CBLAS(name)           cblas_d##name
#define NAME_OF(name)         "cblas_d" #name
#define LAPACKE(name)         LAPACKE_d##name
#define LAPACKE_NAME_OF(name) "LAPACKE_d" #name
#define TYPE_OF(name)         type_d##name
#include "blas_gate_tmpl.h"
