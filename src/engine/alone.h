/*
 * The output of one sample and nothing else, on the calling thread: what a control loop asks for. Of a tiny network it takes
 * most of the time to get from one function to the next, so that here is one loop.
 */
#ifndef MLPI_ENGINE_ALONE_H
#define MLPI_ENGINE_ALONE_H

#include "engine/chain.h"

#include "base/real32.h"
#include "engine/alone_decl_tmpl.h"
#include "base/real64.h"
#include "engine/alone_decl_tmpl.h"

#endif
