#include "layer/vectors_set.h"
