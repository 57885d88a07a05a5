#include "args.h"
#include "command.h"
#include "learn.h"
#include "learn_tally.h"
#include "report.h"

#include <string.h>

static const struct learn_task *const tasks[] = {&learn_matlab,  &learn_proben1, &learn_digits,
                                                 &learn_fashion, &learn_fit,     NULL};

static const char *const description =
    "Train with every method on a task, on data of Debian packages (the task says which), beside other\n"
    "libraries where they are installed. Tasks:\n";

bool learn_is_listed(const char *list, const char *name)
{
    const size_t length = strlen(name);

    for (const char *at = list; at; at = strchr(at, ',')) {
        at += *at == ',';
        if (strncmp(at, name, length) == 0 && (at[length] == ',' || at[length] == '\0'))
            return true;
    }
    return !list;
}

static const struct learn_task *find(const char *name)
{
    for (int i = 0; tasks[i]; i++)
        if (strcmp(tasks[i]->name, name) == 0)
            return tasks[i];
    return NULL;
}

static void describe(char *text, size_t size)
{
    size_t length = (size_t)snprintf(text, size, "%s", description);

    for (int i = 0; tasks[i] && length < size; i++)
        length +=
            (size_t)snprintf(text + length, size - length, "  %-10s%s\n", tasks[i]->name, tasks[i]->summary);
}

int command_learn(int argc, char **argv)
{
    struct learn_request request = {.threads = 1};
    bool alone = false, done;
    char text[2048];
    const struct args_option options[] = {
        {"only", ARGS_TEXT, &request.only, "LIST", "parts of the task, such as sine,parity", 0, 0},
        {"methods", ARGS_TEXT, &request.methods, "LIST", "methods, such as adam,rprop; default all", 0, 0},
        {"options", ARGS_TEXT, &request.options, "TEXT",
         "such as 'learning_rate=0.1', in place of the recipes'", 0, 0},
        {"seeds", ARGS_INT, &request.seeds, "N", "starts of each method; default the task's", 0,
         LEARN_MOST_SEEDS},
        {"threads", ARGS_INT, &request.threads, "N", "threads; default 1", 1, 1024},
        {"json", ARGS_FLAG, &request.json, NULL, "one line of JSON a method", 0, 0},
        {"alone", ARGS_FLAG, &alone, NULL, "without other libraries", 0, 0},
        {"quick", ARGS_FLAG, &request.quick, NULL, "see that it runs: figures mean nothing", 0, 0},
    };
    struct args_usage usage = {"mlp-bench learn TASK [OPTION]...", text, 1, 1};
    const struct learn_task *task;
    int first, status;

    describe(text, sizeof text);
    status = args_parse(argc, argv, &usage, options, (int)(sizeof options / sizeof *options), &first, &done);
    if (status != CLI_OK || done)
        return status;
    request.peers = !alone;
    task = find(argv[first]);
    return task ? task->run(&request)
                : report_usage("no task '%s'; mlp-bench learn --help lists them", argv[first]);
}
