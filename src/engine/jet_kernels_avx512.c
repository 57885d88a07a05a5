#include "engine/jet_kernels_set.h"
