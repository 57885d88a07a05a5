#include "checkpoint.h"

#include "heap.h"
#include "report.h"

#include <stdlib.h>

static int count_options(void)
{
    int count = 0;

    while (mlp_trainer_option_name(count + 1))
        count++;
    return count;
}

static double value_of(const mlp_trainer *trainer, mlp_trainer_option option)
{
    int64_t whole = 0;
    double real = 0;
    int32_t kind = 0;

    mlp_trainer_option_info(option, &kind, NULL, NULL, NULL);
    if (kind == MLP_OPTION_REAL) {
        mlp_trainer_get_real(trainer, option, &real);
        return real;
    }
    mlp_trainer_get_int(trainer, option, &whole);
    return (double)whole;
}

static double *values_of(const mlp_trainer *trainer)
{
    const int count = count_options();
    double *values = heap_new(count, sizeof *values);

    for (int i = 0; i < count; i++)
        values[i] = value_of(trainer, i + 1);
    return values;
}

/* What --epochs and --learning-rate decide may be another than before. */
static bool may_change(mlp_trainer_option option)
{
    return option == MLP_TRAINER_LEARNING_RATE || option == MLP_TRAINER_EPOCHS ||
           option == MLP_TRAINER_PERIOD;
}

/* What the command line has set against what the file has. */
static int compare(const struct train_options *o, mlp_trainer *trainer, const double *given)
{
    const int count = count_options();

    for (mlp_trainer_option option = 1; option <= count; option++) {
        const double value = value_of(trainer, option);

        if (!may_change(option) && value != given[option - 1])
            return report_usage(
                "--resume %s: %s is %.17g there and %.17g here: give the options of the run that goes on",
                o->resume, mlp_trainer_option_name(option), value, given[option - 1]);
    }
    mlp_trainer_set_real(trainer, MLP_TRAINER_LEARNING_RATE, given[MLP_TRAINER_LEARNING_RATE - 1]);
    mlp_trainer_set_int(trainer, MLP_TRAINER_PERIOD, (int64_t)given[MLP_TRAINER_PERIOD - 1]);
    return CLI_OK;
}

int checkpoint_resume(const struct train_options *o, mlp_trainer *trainer)
{
    double *given;
    int64_t finished;
    int status;

    if (!o->resume)
        return CLI_OK;
    given = values_of(trainer);
    status = report_status(mlp_trainer_restore(trainer, o->resume), "--resume");
    if (status == CLI_OK)
        status = compare(o, trainer, given);
    free(given);
    finished = mlp_trainer_epoch_count(trainer);
    if (status == CLI_OK && finished > o->epochs)
        status = report_usage("--resume %s: has %lld epochs: --epochs %lld is less", o->resume,
                              (long long)finished, (long long)o->epochs);
    return status;
}

mlp_status checkpoint_save(const struct train_options *o, const mlp_trainer *trainer, bool last)
{
    if (!o->checkpoint || (!last && mlp_trainer_epoch_count(trainer) % o->checkpoint_every != 0))
        return MLP_OK;
    return mlp_trainer_save(trainer, o->checkpoint);
}
