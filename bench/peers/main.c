/* A peer: answers a driver on stdin and stdout. */
#include "serve.h"

int main(void)
{
    return serve(stdin, stdout);
}
