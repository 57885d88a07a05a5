/* Matrices at the border, in the user's units: what a pass scales on the way in and out. */
#ifndef MLPI_ENGINE_BORDER_H
#define MLPI_ENGINE_BORDER_H

#include <stdint.h>

#include "base/real32.h"
#include "engine/border_decl_tmpl.h"
#include "base/real64.h"
#include "engine/border_decl_tmpl.h"

#endif
