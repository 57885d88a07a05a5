#include "diff/jacobian.h"
#include "diff/sweep.h"

#include "base/real32.h"
#include "diff/jacobian_theta_tmpl.h"
#include "base/real64.h"
#include "diff/jacobian_theta_tmpl.h"
