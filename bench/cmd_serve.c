#include "command.h"
#include "report.h"
#include "serve.h"

int command_serve(int argc, char **argv)
{
    (void)argv;
    return argc == 1 ? serve(stdin, stdout) : report_usage("serve takes no arguments");
}
