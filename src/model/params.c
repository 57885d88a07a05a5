#include "model/model.h"

#include <string.h>

enum { TILE = 32 }; /* two tiles of doubles are 16 KB */

#include "base/real32.h"
#include "model/params_tmpl.h"
#include "base/real64.h"
#include "model/params_tmpl.h"
