#include "model/workspace.h"

#include <string.h>

#include "base/real32.h"
#include "model/forward_tmpl.h"
#include "base/real64.h"
#include "model/forward_tmpl.h"
