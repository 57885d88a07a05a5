#include "engine/border.h"

#include <string.h>

#include "base/real32.h"
#include "engine/border_tmpl.h"
#include "base/real64.h"
#include "engine/border_tmpl.h"
