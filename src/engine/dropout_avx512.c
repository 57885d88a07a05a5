#include "engine/dropout_set.h"
