#include "train/finite.h"

#include <math.h>
#include <string.h>

#include "base/real32.h"
#define BITS     uint32_t
#define EXPONENT UINT32_C(0x7f800000)
#include "train/finite_tmpl.h"
#undef BITS
#undef EXPONENT
#include "base/real64.h"
#define BITS     uint64_t
#define EXPONENT UINT64_C(0x7ff0000000000000)
#include "train/finite_tmpl.h"
