#include "train/finite.h"
#include "engine/product.h"

#include <math.h>

#include "base/real32.h"
#include "train/finite_tmpl.h"
#include "base/real64.h"
#include "train/finite_tmpl.h"
