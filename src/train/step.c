#include "base/error.h"
#include "diff/jet.h"
#include "diff/vjp.h"
#include "train/finite.h"
#include "train/move.h"

#include <math.h>
#include <string.h>

#include "base/real32.h"
#include "train/step_tmpl.h"
#include "train/step_jet_tmpl.h"
#include "base/real64.h"
#include "train/step_tmpl.h"
#include "train/step_jet_tmpl.h"
