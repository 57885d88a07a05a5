/*
 * Killed while saving: a process that saves two checkpoints in turn under one name is killed at random moments. The file is one or
 * the other, whole, every time; and what the killed leave beside it is gone after the next save. test_checkpoint_kill [rounds [seed]]
 */
#include "mlp/mlp.h"
#include "api/refusal.h"
#include "support/draw.h"

#include <dirent.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS = 60, FILE_SIZE = 1 << 21 };

static int64_t rounds = ROUNDS;
static uint64_t seed;
static char directory[] = "/tmp/mlp-test-kill-XXXXXX";
static const char path[] = "run.safetensors";

typedef struct side {
    mlp_trainer *trainer;
    int64_t size;
    char *bytes;
} side;

/* A trainer of some hundred KB, `steps` steps on its way. */
static side create(int steps)
{
    static const int64_t widths[] = {128, 256, 8};
    static const float x[128] = {1}, t[8] = {0};
    mlp_model *model = NULL;
    side s = {0};
    accepted(mlp_model_create(MLP_F32, 2, widths, MLP_TANH, &model));
    accepted(mlp_model_initialize(model, MLP_INIT_GLOROT_UNIFORM, 1));
    accepted(mlp_trainer_create(model, &s.trainer));
    accepted(mlp_trainer_set_int(s.trainer, MLP_TRAINER_OPTIMIZER, MLP_ADAM));
    accepted(mlp_trainer_prepare(s.trainer, 1, 1));
    for (int step = 0; step < steps; step++)
        accepted(mlp_trainer_step_f32(s.trainer, 1, x, 128, t, 8, NULL, NULL));
    accepted(mlp_trainer_save_size(s.trainer, &s.size));
    s.bytes = malloc((size_t)s.size);
    accepted(mlp_trainer_save_memory(s.trainer, s.size, s.bytes));
    mlp_model_destroy(model);
    return s;
}

/* Files in the directory besides the one. */
static int leftovers(void)
{
    int count = 0;
    DIR *listing = opendir(".");
    assert_non_null(listing);
    for (const struct dirent *entry; (entry = readdir(listing)) != NULL;)
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
                 strcmp(entry->d_name, path) != 0;
    closedir(listing);
    return count;
}

static _Noreturn void save_for_ever(const side sides[2])
{
    for (int i = 0;; i = !i)
        if (mlp_trainer_save(sides[i].trainer, path) != MLP_OK)
            _exit(1);
}

/* Which of the two the file is; none is a failure. */
static int which(const side sides[2])
{
    static char bytes[FILE_SIZE];
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    const int64_t size = (int64_t)fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    for (int i = 0; i < 2; i++)
        if (size == sides[i].size && memcmp(bytes, sides[i].bytes, (size_t)size) == 0)
            return i;
    fail_msg("the file of %" PRId64 " bytes is neither the old one nor the new one", size);
    return -1;
}

static void test_killed(void **state)
{
    const side sides[2] = {create(1), create(2)};
    draw d = {seed};
    int found[2] = {0}, left = 0;
    (void)state;
    accepted(mlp_trainer_save(sides[0].trainer, path));
    for (int64_t round = 0; round < rounds; round++) {
        int status;
        const pid_t child = fork();
        if (child == 0)
            save_for_ever(sides);
        assert_true(child > 0);
        nanosleep(&(struct timespec){.tv_nsec = (long)draw_int(&d, 0, 20000000)}, NULL);
        assert_int_equal(kill(child, SIGKILL), 0);
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFSIGNALED(status));
        left += leftovers();
        found[which(sides)]++;
        accepted(mlp_trainer_restore(sides[0].trainer, path));
        accepted(mlp_trainer_restore_memory(sides[0].trainer, sides[0].size, sides[0].bytes));
        accepted(mlp_trainer_save(sides[round % 2].trainer, path));
        assert_int_equal(leftovers(), 0);
    }
    print_message("%" PRId64 " kills: one %d times, the other %d times, %d leftovers\n", rounds, found[0],
                  found[1], left);
    assert_true(left > 0 || rounds < ROUNDS);
    for (int i = 0; i < 2; i++) {
        mlp_trainer_destroy(sides[i].trainer);
        free(sides[i].bytes);
    }
}

static int enter_directory(void **state)
{
    (void)state;
    print_message("random state %" PRIu64 "\n", seed);
    return mkdtemp(directory) && chdir(directory) == 0 ? 0 : -1;
}

static int leave_directory(void **state)
{
    (void)state;
    unlink(path);
    return chdir("/") == 0 && rmdir(directory) == 0 ? 0 : -1;
}

int main(int count, char **arguments)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_killed, enter_directory, leave_directory)};
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    rounds = count > 1 ? atoll(arguments[1]) : ROUNDS;
    seed = count > 2 ? strtoull(arguments[2], NULL, 10) : (uint64_t)now.tv_nsec;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
