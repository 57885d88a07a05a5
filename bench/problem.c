#include "problem.h"

#include "sigma.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const works[] = {
    [WORK_INFER] = "infer",
    [WORK_TRAIN] = "train",
    [WORK_GRAD] = "grad",
    [WORK_VJP] = "vjp",
    [WORK_JVP] = "jvp",
    [WORK_SAMPLE_GRADIENTS] = "sample_gradients",
    [WORK_SAMPLE_NORMS] = "sample_norms",
    [WORK_SAMPLE_CLIPPED_SUM] = "sample_clipped_sum",
    [WORK_SAMPLE_INNER_PRODUCTS] = "sample_inner_products",
    [WORK_JACOBIAN] = "jacobian",
    [WORK_JACOBIAN_THETA] = "jacobian_theta",
    [WORK_JACOBIAN_NORMAL_ADD] = "jacobian_normal_add",
};

static const char *const engines[] = {"auto", "native", "blas", NULL};
static const char *const cpus[] = {"auto", "generic", "avx2", "avx512", NULL};

static const int64_t widest = 1 << 20, largest_batch = 1 << 24, most_threads = 1024;

const char *work_name(enum work work)
{
    return works[work];
}

bool work_find(const char *name, enum work *work)
{
    for (size_t i = 0; i < sizeof works / sizeof *works; i++) {
        if (strcmp(works[i], name) == 0) {
            *work = (enum work)i;
            return true;
        }
    }
    return false;
}

bool work_is_beside_gradient(enum work work)
{
    return work >= WORK_SAMPLE_GRADIENTS;
}

/* The integer at the beginning of a text; returns what follows it, NULL where none from 1 to `most` is there. */
static const char *parse_count(const char *text, int64_t most, int64_t *value)
{
    char *end;
    long long parsed = strtoll(text, &end, 10);

    if (*text < '0' || *text > '9' || parsed < 1 || parsed > most)
        return NULL;
    *value = parsed;
    return end;
}

bool problem_parse_widths(const char *text, struct problem *problem)
{
    int n = 0;

    while (n <= PROBLEM_MOST_LAYERS) {
        text = parse_count(text, widest, &problem->width[n]);
        if (!text)
            return false;
        n++;
        if (*text != '-')
            break;
        text++;
    }
    problem->layers = n - 1;
    return *text == '\0' && n >= 2;
}

static bool parse_name(const char *text, const char *const *names, char *value, size_t size)
{
    for (; *names; names++) {
        if (strcmp(*names, text) == 0) {
            snprintf(value, size, "%s", text);
            return true;
        }
    }
    return false;
}

/* A whole word that is an integer. */
static bool parse_number(const char *text, int64_t most, int64_t *value)
{
    const char *end = parse_count(text, most, value);

    return end && *end == '\0';
}

/* `key=value` */
static bool parse_option(const char *word, struct problem *problem)
{
    const char *value = strchr(word, '=');
    int64_t threads;

    if (!value)
        return false;
    value++;
    if (strncmp(word, "batch=", 6) == 0)
        return parse_number(value, largest_batch, &problem->batch);
    if (strncmp(word, "engine=", 7) == 0)
        return parse_name(value, engines, problem->engine, sizeof problem->engine);
    if (strncmp(word, "cpu=", 4) == 0)
        return parse_name(value, cpus, problem->cpu, sizeof problem->cpu);
    if (strncmp(word, "threads=", 8) != 0 || !parse_number(value, most_threads, &threads))
        return false;
    problem->threads = (int)threads;
    return true;
}

static bool parse_activation(const char *word, struct problem *problem)
{
    if (!sigma_find(word))
        return false;
    snprintf(problem->activation, sizeof problem->activation, "%s", word);
    return true;
}

static bool parse_word(int position, const char *word, struct problem *problem)
{
    switch (position) {
    case 0:
        return work_find(word, &problem->work);
    case 1:
        problem->f64 = strcmp(word, "f64") == 0;
        return problem->f64 || strcmp(word, "f32") == 0;
    case 2:
        return problem_parse_widths(word, problem);
    case 3:
        return parse_activation(word, problem);
    default:
        return parse_option(word, problem);
    }
}

bool problem_parse(const char *text, struct problem *problem, char *why, size_t size)
{
    static const char *const expected[] = {"a work such as infer, train or grad", "f32 or f64",
                                           "two or more widths such as 16-64-4", "an activation",
                                           "batch=N, threads=N, engine=auto|native|blas or "
                                           "cpu=auto|generic|avx2|avx512"};
    char copy[PROBLEM_TEXT_SIZE], *rest = copy, *word;
    int position = 0;

    *problem = (struct problem){.batch = 1, .threads = 1, .engine = "auto", .cpu = "auto"};
    snprintf(copy, sizeof copy, "%s", text);
    while ((word = strtok_r(rest, " \t\r\n", &rest))) {
        if (!parse_word(position, word, problem)) {
            snprintf(why, size, "'%s' is not %s", word, expected[position]);
            return false;
        }
        position += position < 4;
    }
    if (position < 4)
        snprintf(why, size, "%s is missing", expected[position]);
    return position == 4;
}

const char *problem_print_widths(const struct problem *problem, char text[PROBLEM_TEXT_SIZE])
{
    int length = snprintf(text, PROBLEM_TEXT_SIZE, "%lld", (long long)problem->width[0]);

    for (int l = 1; l <= problem->layers; l++)
        length += snprintf(text + length, (size_t)(PROBLEM_TEXT_SIZE - length), "-%lld",
                           (long long)problem->width[l]);
    return text;
}

const char *problem_print(const struct problem *problem, char text[PROBLEM_TEXT_SIZE])
{
    char widths[PROBLEM_TEXT_SIZE];
    bool engine = strcmp(problem->engine, "auto") != 0, cpu = strcmp(problem->cpu, "auto") != 0;

    snprintf(text, PROBLEM_TEXT_SIZE, "%s %s %.300s %s batch=%lld threads=%d%s%s%s%s", works[problem->work],
             problem->f64 ? "f64" : "f32", problem_print_widths(problem, widths), problem->activation,
             (long long)problem->batch, problem->threads, engine ? " engine=" : "",
             engine ? problem->engine : "", cpu ? " cpu=" : "", cpu ? problem->cpu : "");
    return text;
}

int64_t problem_params(const struct problem *problem)
{
    int64_t count = 0;

    for (int l = 1; l <= problem->layers; l++)
        count += problem->width[l] * (problem->width[l - 1] + 1);
    return count;
}

int64_t problem_rows(const struct problem *problem)
{
    int64_t n_in = problem->width[0], n_out = problem->width[problem->layers];

    switch (problem->work) {
    case WORK_TRAIN:
    case WORK_GRAD:
    case WORK_SAMPLE_CLIPPED_SUM:
    case WORK_JACOBIAN_NORMAL_ADD:
        return 0;
    case WORK_VJP:
        return n_in;
    case WORK_SAMPLE_GRADIENTS:
        return problem_params(problem);
    case WORK_SAMPLE_NORMS:
        return 1;
    case WORK_SAMPLE_INNER_PRODUCTS:
        return problem->batch;
    case WORK_JACOBIAN:
        return n_out * n_in;
    case WORK_JACOBIAN_THETA:
        return n_out * problem_params(problem);
    default:
        return n_out;
    }
}

/*
 * For a sample: forward P, weight gradients P, input gradients P less those of the first layer, which only a vjp wants.
 * A Jacobian takes its cheaper direction for all products; inner products of samples are taken once for a pair.
 */
double problem_fma(const struct problem *problem)
{
    double first = (double)problem->width[0] * (double)problem->width[1], all = 0, sample = 0, widths = 0;
    double n_in = (double)problem->width[0], n_out = (double)problem->width[problem->layers];
    double params = (double)problem_params(problem);

    for (int l = 1; l <= problem->layers; l++) {
        all += (double)problem->width[l] * (double)problem->width[l - 1];
        widths += (double)problem->width[l] + (double)problem->width[l - 1];
    }
    switch (problem->work) {
    case WORK_INFER:
    case WORK_JVP:
        sample = all;
        break;
    case WORK_VJP:
        sample = 2 * all;
        break;
    case WORK_SAMPLE_NORMS:
        sample = 2 * all - first;
        break;
    case WORK_SAMPLE_INNER_PRODUCTS:
        sample = 2 * all - first + widths * (double)problem->batch / 2;
        break;
    case WORK_JACOBIAN:
        sample = all + (n_in < n_out ? n_in * (all - first) : n_out * all);
        break;
    case WORK_JACOBIAN_THETA:
        sample = all + n_out * (2 * all - first);
        break;
    case WORK_JACOBIAN_NORMAL_ADD:
        sample = all + n_out * (2 * all - first + params * params / 2);
        break;
    default:
        sample = 3 * all - first;
        break;
    }
    return sample * (double)problem->batch;
}

double problem_activations(const struct problem *problem)
{
    double hidden = 0;

    if (problem->work == WORK_VJP || problem->work == WORK_JVP)
        return 0;
    for (int l = 1; l < problem->layers; l++)
        hidden += (double)problem->width[l];
    return hidden * (double)problem->batch;
}

int problem_bytes(const struct problem *problem)
{
    return problem->f64 ? 8 : 4;
}
