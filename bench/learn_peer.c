#include "learn_peer.h"

#include "peer.h"

#include "report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LINE_SIZE = 512 };

void learn_peer_read(const char *text, struct learn_peer_line *line)
{
    char *end;

    *line = (struct learn_peer_line){.count = 0};
    if (sscanf(text, "peer %47s", line->name) != 1)
        return;
    text += strlen("peer ") + strlen(line->name);
    for (; line->count < LEARN_PEER_FIGURES; line->count++, text = end) {
        line->figure[line->count] = strtod(text, &end);
        if (end == text)
            break;
    }
}

bool learn_peer_run(const char *program, const char *arguments,
                    void (*line)(const struct learn_peer_line *line, void *context), void *context)
{
    const char *python = getenv("MLP_BENCH_PYTHON");
    char path[PEER_PATH], command[2 * PEER_PATH + LINE_SIZE], text[LINE_SIZE];
    struct learn_peer_line words;
    FILE *pipe;

    if (!peer_find(program, path)) {
        report_note("no %s: its library was not there when this was built", program);
        return false;
    }
    snprintf(command, sizeof command,
             "OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 MKL_NUM_THREADS=1 exec %s '%s' %s",
             !strstr(program, ".py") ? ""
             : python                ? python
                                     : "/usr/bin/python3",
             path, arguments);
    pipe = popen(command, "r"); /* NOLINT: the path is this program's */
    while (pipe && fgets(text, sizeof text, pipe)) {
        learn_peer_read(text, &words);
        if (words.count > 0)
            line(&words, context);
    }
    if (pipe && pclose(pipe) == 0)
        return true;
    report_note("%s: left out", program);
    return false;
}
