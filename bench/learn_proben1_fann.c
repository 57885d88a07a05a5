#include "learn_proben1.h"

#include "heap.h"
#include "learn_data.h"
#include "learn_peer.h"
#include "typed.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void take_line(const struct learn_peer_line *line, void *context)
{
    const struct learn_score validation = {line->figure[0], line->figure[1]};
    const struct learn_score test = {line->figure[2], line->figure[3]};

    if (line->count == 6)
        proben1_add(context, line->name, true, &validation, &test, line->figure[4], line->figure[5]);
}

/* FANN reads the same samples, their inputs scaled, from files in its own format. */
static bool write_fann(const struct dataset *set, const float *scale, const float *shift,
                       char path[LEARN_PATH])
{
    FILE *file;
    int descriptor;

    snprintf(path, LEARN_PATH, "/tmp/mlp-bench-XXXXXX");
    descriptor = mkstemp(path);
    file = descriptor >= 0 ? fdopen(descriptor, "w") : NULL;
    if (!file)
        return false;
    fprintf(file, "%lld %lld %lld\n", (long long)set->samples, (long long)set->features,
            (long long)set->targets);
    for (int64_t s = 0; s < set->samples; s++) {
        for (int64_t i = 0; i < set->features; i++)
            fprintf(file, "%.9g ",
                    typed_get(set->dtype, set->x, s * set->features + i) * scale[i] + shift[i]);
        for (int64_t i = 0; i < set->targets; i++)
            fprintf(file, "\n%.9g", typed_get(set->dtype, set->t, s * set->targets + i));
        fputc('\n', file);
    }
    return fclose(file) == 0;
}

static bool write_parts(const struct dataset *const part[3], const mlp_model *model, char path[3][LEARN_PATH])
{
    float *scale = heap_new(part[0]->features, (int64_t)sizeof *scale);
    float *shift = heap_new(part[0]->features, (int64_t)sizeof *shift);
    bool done = mlp_model_get_input_scaling_f32(model, scale, shift) >= 0;

    for (int i = 0; i < 3; i++) {
        path[i][0] = '\0';
        done = done && write_fann(part[i], scale, shift, path[i]);
    }
    free(scale);
    free(shift);
    return done;
}

bool proben1_run_fann(const struct dataset *const part[3], const mlp_model *model, uint64_t seed,
                      double seconds, int patience, struct proben1_result *result)
{
    char path[3][LEARN_PATH], arguments[4 * LEARN_PATH];
    bool done = write_parts(part, model, path);

    if (done) {
        snprintf(arguments, sizeof arguments, "%s %s %s %s %llu %g %d", path[0], path[1], path[2],
                 result->widths, (unsigned long long)seed, seconds, patience);
        done = learn_peer_run("peers/mlp-bench-learn-fann", arguments, take_line, result);
    }
    for (int i = 0; i < 3; i++)
        unlink(path[i]);
    return done;
}
