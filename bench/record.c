#include "record.h"

#include <math.h>

struct record record_make(const struct problem *problem, const struct peak *peak, double seconds,
                          double residual, double spread)
{
    struct limit limit;

    limit_compute(problem, peak, &limit);
    return (struct record){
        .problem = problem,
        .us = seconds * 1e6,
        .gflops = 2 * problem_fma(problem) / seconds * 1e-9,
        .limit_us = limit.seconds * 1e6,
        .residual = residual,
        .spread = spread,
        .ratio = NAN,
        .fma_gflops = problem->f64 ? peak->fma_f64 : peak->fma_f32,
    };
}

void record_write_string(FILE *stream, const char *text)
{
    fputc('"', stream);
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;

        if (c == '"' || c == '\\')
            fprintf(stream, "\\%c", c);
        else if (c < ' ')
            fprintf(stream, "\\u%04x", c);
        else
            fputc(c, stream);
    }
    fputc('"', stream);
}

static void write_text(FILE *stream, const char *key, const char *text)
{
    if (!text)
        return;
    fprintf(stream, ", \"%s\": ", key);
    record_write_string(stream, text);
}

/* JSON has no NaN. */
static void write_number(FILE *stream, const char *key, double value)
{
    if (isfinite(value))
        fprintf(stream, ", \"%s\": %.6g", key, value);
}

void record_write(FILE *stream, const struct record *record)
{
    const struct problem *problem = record->problem;
    char text[PROBLEM_TEXT_SIZE];

    fputs("{\"problem\": ", stream);
    record_write_string(stream, problem_print(problem, text));
    write_text(stream, "net", record->net);
    write_text(stream, "peer", record->peer);
    write_text(stream, "class", record->kind);
    fprintf(stream, ", \"work\": \"%s\", \"dtype\": \"%s\", \"batch\": %lld, \"threads\": %d",
            work_name(problem->work), problem->f64 ? "f64" : "f32", (long long)problem->batch,
            problem->threads);
    write_text(stream, "engine", problem->engine);
    write_number(stream, "us", record->us);
    write_number(stream, "gflops", record->gflops);
    write_number(stream, "limit_us", record->limit_us);
    write_number(stream, "limit_fraction", record->limit_us / record->us);
    write_number(stream, "residual", record->residual);
    write_number(stream, "spread", record->spread);
    write_number(stream, "ratio", record->ratio);
    write_number(stream, "fma_gflops", record->fma_gflops);
    fputs("}\n", stream);
    fflush(stream);
}
