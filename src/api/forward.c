#include "api/check.h"
#include "base/error.h"
#include "mlp/forward.h"

/* After a failure, whatever its cause, the workspace remembers no pass. */
static mlp_status end_pass(mlp_workspace *workspace, mlp_status status)
{
    if (status != MLP_OK && workspace)
        mlpi_workspace_forget(workspace);
    return mlpi_workspace_note(workspace, status);
}

#include "base/real32.h"
#include "api/forward_tmpl.h"
#include "base/real64.h"
#include "api/forward_tmpl.h"
