#include "train/updates_set.h"
