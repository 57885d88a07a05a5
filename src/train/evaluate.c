#include "train/trainer.h"

#include <math.h>

#include "base/real32.h"
#include "train/evaluate_tmpl.h"
#include "base/real64.h"
#include "train/evaluate_tmpl.h"
