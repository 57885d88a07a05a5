#include "diff/jet.h"
#include "diff/vjp.h"

#include <string.h>

#include "base/real32.h"
#include "diff/jet_tmpl.h"
#include "base/real64.h"
#include "diff/jet_tmpl.h"
