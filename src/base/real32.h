/* Binds the templates (*_tmpl.h) that follow to float. Meant to be included many times. */
#undef REAL
#undef T
#undef REAL_DTYPE
#undef REAL_BITS
#undef REAL_KIND
#define REAL       float
#define T(name)    name##_f32
#define REAL_DTYPE MLP_F32
#define REAL_BITS  32
#define REAL_KIND  f32
