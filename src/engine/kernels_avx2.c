#include "engine/kernels_set.h"
