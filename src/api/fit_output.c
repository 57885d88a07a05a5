#include "train/fit_output.h"
#include "api/check.h"
#include "base/error.h"
#include "mlp/trainer.h"

#include "base/real32.h"
#include "api/fit_output_tmpl.h"
#include "base/real64.h"
#include "api/fit_output_tmpl.h"
