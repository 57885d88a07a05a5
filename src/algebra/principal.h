/* Principal components of inputs, and whitening by them. */
#ifndef MLPI_ALGEBRA_PRINCIPAL_H
#define MLPI_ALGEBRA_PRINCIPAL_H

#include "algebra/matrix.h"

#include "base/real32.h"
#include "algebra/principal_decl_tmpl.h"
#include "base/real64.h"
#include "algebra/principal_decl_tmpl.h"

#endif
