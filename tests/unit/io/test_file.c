#include "base/error.h"
#include "base/memory.h"
#include "io/file.h"
#include "io/safetensors.h"
#include "support/failing_allocator.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

static char directory[] = "/tmp/mlp-test-file-XXXXXX";

/* Runs in a directory of its own, so that paths are short and leftovers are seen. */
static int enter_directory(void **unused)
{
    (void)unused;
    umask(022);
    return mkdtemp(directory) && chdir(directory) == 0 ? 0 : -1;
}

/* Removes all files; returns how many there were, including hidden ones. */
static int remove_all(void)
{
    int count = 0;
    DIR *listing = opendir(".");
    for (struct dirent *entry; (entry = readdir(listing)) != NULL;)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            count++;
            if (unlink(entry->d_name) != 0)
                rmdir(entry->d_name);
        }
    closedir(listing);
    return count;
}

static int leave_directory(void **unused)
{
    (void)unused;
    remove_all();
    return chdir("/") == 0 && rmdir(directory) == 0 ? 0 : -1;
}

typedef struct {
    const char *text;
    int64_t times;
    mlp_status status;
} script;

/* Writes the text so many times, then returns the status. */
static mlp_status play(void *context, const mlpi_sink *sink)
{
    const script *s = context;
    mlp_status status = MLP_OK;
    for (int64_t i = 0; i < s->times && status == MLP_OK; i++)
        status = sink->write(sink->context, s->text, (int64_t)strlen(s->text));
    return status == MLP_OK ? s->status : status;
}

static mlp_status put(const char *path, const char *text)
{
    return mlpi_file_replace(path, play, &(script){text, 1, MLP_OK});
}

static void check_contents(const char *path, const char *expected)
{
    void *bytes;
    int64_t size;
    if (mlpi_file_read(path, &bytes, &size) != MLP_OK)
        fail_msg("%s", mlpi_error_message());
    assert_int_equal(size, strlen(expected));
    assert_memory_equal(bytes, expected, (size_t)size);
    mlpi_free(bytes);
}

/* Fails with MLP_ERR_IO and a message that names the path and the reason. */
static void check_io_error(mlp_status status, const char *path, const char *reason)
{
    if (status != MLP_ERR_IO || !strstr(mlpi_error_message(), path) || !strstr(mlpi_error_message(), reason))
        fail_msg("status %d, '%s', expected '%s'", (int)status, mlpi_error_message(), reason);
}

static void files_are_written_and_read(void **unused)
{
    (void)unused;
    assert_int_equal(put("new", "one"), MLP_OK);
    check_contents("new", "one");
    assert_int_equal(put("./new", ""), MLP_OK);
    check_contents("new", "");
    char path[300];
    snprintf(path, sizeof path, "%s/new", directory);
    assert_int_equal(put(path, "three"), MLP_OK);
    check_contents(path, "three");
    script large = {"0123456789abcdef", 100000, MLP_OK};
    void *bytes;
    int64_t size;
    assert_int_equal(mlpi_file_replace("new", play, &large), MLP_OK);
    assert_int_equal(mlpi_file_read("new", &bytes, &size), MLP_OK);
    assert_int_equal(size, 1600000);
    assert_memory_equal((char *)bytes + size - 16, large.text, 16);
    mlpi_free(bytes);
    assert_int_equal(remove_all(), 1);
}

static void the_longest_name_works(void **unused)
{
    (void)unused;
    char name[257];
    memset(name, 'n', sizeof name);
    name[255] = '\0';
    assert_int_equal(put(name, "x"), MLP_OK);
    check_contents(name, "x");
    name[255] = 'n';
    name[256] = '\0';
    check_io_error(put(name, "x"), "nnn", strerror(ENAMETOOLONG));
    assert_int_equal(remove_all(), 1);
}

static int permissions_of(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 ? (int)(about.st_mode & 07777) : -1;
}

static void permissions_follow_the_umask_or_the_old_file(void **unused)
{
    (void)unused;
    assert_int_equal(put("file", "1"), MLP_OK);
    assert_int_equal(permissions_of("file"), 0644);
    assert_int_equal(chmod("file", 0660), 0);
    assert_int_equal(put("file", "2"), MLP_OK);
    assert_int_equal(permissions_of("file"), 0660);
    mode_t old = umask(077);
    assert_int_equal(put("other", "1"), MLP_OK);
    umask(old);
    assert_int_equal(permissions_of("other"), 0600);
    assert_int_equal(remove_all(), 2);
}

static void a_link_is_replaced_not_followed(void **unused)
{
    (void)unused;
    assert_int_equal(put("target", "old"), MLP_OK);
    assert_int_equal(symlink("target", "link") | symlink("nowhere", "dangling"), 0);
    assert_int_equal(put("link", "new"), MLP_OK);
    assert_int_equal(put("dangling", "new"), MLP_OK);
    check_contents("target", "old");
    check_contents("link", "new");
    check_contents("dangling", "new");
    assert_int_equal(remove_all(), 3);
}

static void a_failing_producer_leaves_the_old_file(void **unused)
{
    (void)unused;
    script failing = {"half", 3, MLP_ERR_CALLBACK};
    assert_int_equal(mlpi_file_replace("absent", play, &failing), MLP_ERR_CALLBACK);
    assert_int_equal(remove_all(), 0);
    assert_int_equal(put("file", "old"), MLP_OK);
    assert_int_equal(mlpi_file_replace("file", play, &failing), MLP_ERR_CALLBACK);
    check_contents("file", "old");
    assert_int_equal(remove_all(), 1);
}

/* The system refuses to write beyond a limit, as when a disk is full. */
static void a_failing_write_leaves_the_old_file(void **unused)
{
    (void)unused;
    struct rlimit limit;
    script large = {"0123456789abcdef", 4096, MLP_OK};
    assert_int_equal(put("file", "old"), MLP_OK);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    struct rlimit small = {5000, limit.rlim_max};
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small);
    mlp_status status = mlpi_file_replace("file", play, &large);
    setrlimit(RLIMIT_FSIZE, &limit);
    signal(SIGXFSZ, SIG_DFL);
    check_io_error(status, "file", strerror(EFBIG));
    check_contents("file", "old");
    assert_int_equal(remove_all(), 1);
}

/* Links are nobody's leftovers. */
static void take_temporary_names(int count)
{
    for (int i = 0; i < count; i++) {
        char name[64];
        snprintf(name, sizeof name, ".file.tmp-%ld-%d", (long)getpid(), i);
        assert_int_equal(symlink("nowhere", name), 0);
    }
}

/* Names that a process of the same number has taken are passed over, and stay. */
static void taken_temporary_names_are_passed_over(void **unused)
{
    (void)unused;
    take_temporary_names(300);
    assert_int_equal(put("file", "new"), MLP_OK);
    check_contents("file", "new");
    assert_int_equal(remove_all(), 301);
    take_temporary_names(1500);
    check_io_error(put("file", "new"), "file", strerror(EEXIST));
    assert_int_equal(remove_all(), 1500);
}

static int create(const char *name, mode_t permissions)
{
    const int file = open(name, O_WRONLY | O_CREAT | O_EXCL, permissions);
    assert_true(file >= 0);
    return file;
}

static int exists(const char *name)
{
    struct stat about;
    return lstat(name, &about) == 0;
}

/* Of the temporaries beside a file, those go that are its own and that nobody is writing. */
static void leftovers_are_removed_and_nothing_else(void **unused)
{
    (void)unused;
    static const char *const left[] = {".file.tmp-1-0", ".file.tmp-999999999-4294967295", ".file.tmp-12-3"};
    static const char *const other[] = {".file.tmp-1-",   ".file.tmp--1",    ".file.tmp-1-2x",
                                        ".file.tmp-1",    "file.tmp-1-2",    ".fil.tmp-1-2",
                                        ".file2.tmp-1-2", ".file.tmp-1-2-3", ".file.tmp-x-2"};
    const int count = sizeof other / sizeof *other;
    for (int i = 0; i < 3; i++)
        close(create(left[i], i == 2 ? 0400 : 0600));
    for (int i = 0; i < count; i++)
        close(create(other[i], 0600));
    const int live = create(".file.tmp-77-1", 0600);
    assert_int_equal(flock(live, LOCK_EX), 0);
    assert_int_equal(symlink("file", ".file.tmp-5-5") | mkfifo(".file.tmp-6-6", 0644), 0);
    assert_int_equal(put("file", "new"), MLP_OK);
    check_contents("file", "new");
    for (int i = 0; i < 3; i++)
        assert_false(exists(left[i]));
    for (int i = 0; i < count; i++)
        assert_true(exists(other[i]));
    assert_true(exists(".file.tmp-77-1") && exists(".file.tmp-5-5") && exists(".file.tmp-6-6"));
    close(live); /* its writer has ended */
    assert_int_equal(put("file", "newer"), MLP_OK);
    assert_false(exists(".file.tmp-77-1"));
    assert_int_equal(remove_all(), count + 3);
}

/* A failure of the producer leaves nothing either, not even what others have left. */
static void leftovers_go_before_the_new_file_comes(void **unused)
{
    (void)unused;
    close(create(".file.tmp-1-0", 0600));
    assert_int_equal(mlpi_file_replace("file", play, &(script){"half", 1, MLP_ERR_CALLBACK}),
                     MLP_ERR_CALLBACK);
    assert_int_equal(remove_all(), 0);
}

typedef struct nested {
    int depth;
} nested;

/* While a file is written another saves the same one: it must leave the first one's temporary alone. */
static mlp_status produce_within(void *context, const mlpi_sink *sink)
{
    nested *n = context;
    mlp_status status = sink->write(sink->context, "outer", 5);
    if (status == MLP_OK && n->depth-- > 0)
        status = mlpi_file_replace("file", produce_within, n);
    return status;
}

static void live_temporaries_stay(void **unused)
{
    (void)unused;
    nested n = {.depth = 3};
    assert_int_equal(mlpi_file_replace("file", produce_within, &n), MLP_OK);
    check_contents("file", "outer");
    assert_int_equal(remove_all(), 1);
}

static void what_is_no_file_is_not_replaced(void **unused)
{
    (void)unused;
    assert_int_equal(mkdir("folder", 0755) | mkfifo("pipe", 0644) | symlink("pipe", "link"), 0);
    check_io_error(put("folder", "x"), "folder", strerror(EISDIR));
    check_io_error(put("folder/", "x"), "folder/", "names no file");
    check_io_error(put("folder/..", "x"), "folder/..", "names no file");
    check_io_error(put("", "x"), "", "names no file");
    check_io_error(put("pipe", "x"), "pipe", "not a regular file");
    check_io_error(put("link", "x"), "link", "not a regular file");
    check_io_error(put("absent/file", "x"), "absent/file", strerror(ENOENT));
    check_io_error(put("pipe/file", "x"), "pipe/file", strerror(ENOTDIR));
    assert_int_equal(remove_all(), 3);
}

static void check_unreadable(const char *path, const char *reason)
{
    void *bytes = &bytes;
    int64_t size = 7;
    check_io_error(mlpi_file_read(path, &bytes, &size), path, reason);
    assert_null(bytes);
    assert_int_equal(size, 0);
}

static void what_is_no_file_is_not_read(void **unused)
{
    (void)unused;
    assert_int_equal(mkfifo("pipe", 0644), 0);
    check_unreadable("absent", strerror(ENOENT));
    check_unreadable(".", strerror(EISDIR));
    check_unreadable("pipe", "not a regular file");
    check_unreadable("/dev/zero", "not a regular file");
    assert_int_equal(remove_all(), 1);
}

/* Files of /proc say they are empty, and are not: as if they had grown since they were measured. */
static void a_file_that_grows_is_refused(void **unused)
{
    (void)unused;
    if (access("/proc/self/status", R_OK) != 0)
        skip();
    check_unreadable("/proc/self/status", "changed its length");
}

static void a_long_path_keeps_its_reason(void **unused)
{
    (void)unused;
    char path[1000];
    memset(path, 'p', sizeof path);
    path[sizeof path - 1] = '\0';
    check_io_error(put(path, "x"), "ppp", strerror(ENAMETOOLONG));
    void *bytes;
    int64_t size;
    check_io_error(mlpi_file_read(path, &bytes, &size), "ppp", strerror(ENAMETOOLONG));
}

static void safetensors_are_saved(void **unused)
{
    (void)unused;
    static const float values[3] = {1, 2, 3};
    mlpi_safetensors_writer *writer;
    mlpi_safetensors *file;
    int64_t size, read;
    void *bytes;
    assert_int_equal(mlpi_safetensors_writer_create(&writer), MLP_OK);
    mlpi_safetensors_writer_array(writer, "v", MLPI_ST_F32, 1, (const int64_t[]){3}, values);
    assert_int_equal(mlpi_safetensors_writer_save(writer, "file"), MLP_ERR_STATE);
    assert_int_equal(remove_all(), 0);
    assert_int_equal(mlpi_safetensors_writer_finish(writer, &size), MLP_OK);
    assert_int_equal(mlpi_safetensors_writer_save(writer, "file"), MLP_OK);
    mlpi_safetensors_writer_free(writer);
    assert_int_equal(mlpi_file_read("file", &bytes, &read), MLP_OK);
    assert_int_equal(read, size);
    assert_int_equal(mlpi_safetensors_parse(bytes, size, &file), MLP_OK);
    assert_int_equal(mlpi_safetensors_find(file, "v")->count, 3);
    mlpi_safetensors_free(file);
    mlpi_free(bytes);
    assert_int_equal(remove_all(), 1);
}

static mlp_status replace_scenario(void *context)
{
    (void)context;
    return put("./file", "x");
}

static mlp_status read_scenario(void *context)
{
    (void)context;
    void *bytes;
    int64_t size;
    mlp_status status = mlpi_file_read("file", &bytes, &size);
    mlpi_free(bytes);
    return status;
}

static int open_descriptors(void)
{
    int count = 0;
    for (int descriptor = 0; descriptor < 256; descriptor++)
        count += fcntl(descriptor, F_GETFD) != -1;
    return count;
}

static void every_allocation_may_fail_and_nothing_is_left_open(void **unused)
{
    (void)unused;
    int before = open_descriptors();
    assert_int_equal(failing_allocator_sweep(replace_scenario, NULL), 1);
    assert_int_equal(failing_allocator_sweep(read_scenario, NULL), 1);
    assert_int_equal(remove_all(), 1);
    mlpi_file_replace("file", play, &(script){"", 0, MLP_ERR_CALLBACK});
    put(".", "x");
    put("absent/file", "x");
    read_scenario(NULL);
    assert_int_equal(open_descriptors(), before);
    assert_int_equal(failing_allocator_live(), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_are_written_and_read),
        cmocka_unit_test(the_longest_name_works),
        cmocka_unit_test(permissions_follow_the_umask_or_the_old_file),
        cmocka_unit_test(a_link_is_replaced_not_followed),
        cmocka_unit_test(a_failing_producer_leaves_the_old_file),
        cmocka_unit_test(a_failing_write_leaves_the_old_file),
        cmocka_unit_test(taken_temporary_names_are_passed_over),
        cmocka_unit_test(leftovers_are_removed_and_nothing_else),
        cmocka_unit_test(leftovers_go_before_the_new_file_comes),
        cmocka_unit_test(live_temporaries_stay),
        cmocka_unit_test(what_is_no_file_is_not_replaced),
        cmocka_unit_test(what_is_no_file_is_not_read),
        cmocka_unit_test(a_file_that_grows_is_refused),
        cmocka_unit_test(a_long_path_keeps_its_reason),
        cmocka_unit_test(safetensors_are_saved),
        cmocka_unit_test(every_allocation_may_fail_and_nothing_is_left_open),
    };
    if (mlpi_memory_set_allocator(failing_allocate, failing_deallocate, NULL) != MLP_OK)
        return 1;
    return cmocka_run_group_tests(tests, enter_directory, leave_directory);
}
