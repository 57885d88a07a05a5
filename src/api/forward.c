#include "api/check.h"
#include "base/error.h"
#include "mlp/forward.h"

#include "base/real32.h"
#include "api/forward_tmpl.h"
#include "base/real64.h"
#include "api/forward_tmpl.h"
