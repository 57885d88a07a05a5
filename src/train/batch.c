#include "train/trainer.h"
#include "train/finite.h"

#include <string.h>

#include "base/real32.h"
#include "train/batch_tmpl.h"
#include "base/real64.h"
#include "train/batch_tmpl.h"
