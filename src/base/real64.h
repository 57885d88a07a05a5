/* Binds the templates (*_tmpl.h) that follow to double. Meant to be included many times. */
#undef REAL
#undef T
#undef REAL_DTYPE
#undef REAL_BITS
#undef REAL_KIND
#define REAL       double
#define T(name)    name##_f64
#define REAL_DTYPE MLP_F64
#define REAL_BITS  64
#define REAL_KIND  f64
