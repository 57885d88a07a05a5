/**
 * @file
 * libmlp: multi-layer perceptrons with exact derivatives. Includes every header, in reading order.
 *
 * @mainpage libmlp
 * Read the headers in this order: base.h (types), status.h (errors, versions), engine.h, activation.h, model.h,
 * workspace.h, forward.h, diff.h, sample.h, jet.h, loss.h, hessian.h, data.h, scaling.h, optimizer.h, trainer.h,
 * objective.h, loop.h, metric.h, checkpoint.h, algebra.h, io.h, check.h.
 */
#ifndef MLP_MLP_H
#define MLP_MLP_H

#include "base.h"
#include "status.h"
#include "engine.h"
#include "activation.h"
#include "model.h"
#include "workspace.h"
#include "forward.h"
#include "diff.h"
#include "sample.h"
#include "jet.h"
#include "loss.h"
#include "hessian.h"
#include "data.h"
#include "scaling.h"
#include "optimizer.h"
#include "trainer.h"
#include "objective.h"
#include "loop.h"
#include "metric.h"
#include "checkpoint.h"
#include "algebra.h"
#include "io.h"
#include "check.h"

#endif
