#include "train/finite.h"
#include "engine/product.h"

#include <math.h>

#include "base/real32.h"
#define REAL_KIND f32
#include "train/finite_tmpl.h"
#include "base/real64.h"
#undef REAL_KIND
#define REAL_KIND f64
#include "train/finite_tmpl.h"
