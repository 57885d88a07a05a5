#include "base/error.h"
#include "diff/jet.h"
#include "diff/vjp.h"
#include "train/finite.h"
#include "train/move.h"
#include "train/residuals.h"

#include <math.h>
#include <string.h>

mlp_status mlpi_trainer_refuse_step(const mlp_trainer *trainer, const char *what)
{
    const int64_t step = trainer->steps + 1;
    return mlpi_fail(MLP_ERR_NUMERIC, "%s is not finite: step %lld was not taken", what, (long long)step);
}

#include "base/real32.h"
#include "train/step_tmpl.h"
#include "train/step_jet_tmpl.h"
#include "train/step_own_tmpl.h"
#include "base/real64.h"
#include "train/step_tmpl.h"
#include "train/step_jet_tmpl.h"
#include "train/step_own_tmpl.h"
