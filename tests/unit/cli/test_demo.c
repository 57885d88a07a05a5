/* The main job in small: real images from compressed files to a model that tells shirts from shoes. */
#include "run.h"
#include "scratch.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

enum { SKIPPED = 77 };

static const char images[] = MLP_FASHION_MNIST_DIR "/t10k-images-idx3-ubyte.gz";
static const char labels[] = MLP_FASHION_MNIST_DIR "/t10k-labels-idx1-ubyte.gz";
static const char option[] = "--fashion-mnist=" MLP_FASHION_MNIST_DIR;

/* The 10,000 test images, so that it takes seconds under a sanitizer too. */
static void two_epochs_tell_clothes_apart(void **state)
{
    struct result result = RUN("train", "--idx-images", images, "--idx-labels", labels, "--hidden", "16",
                               "--batch", "50", "--learning-rate", "0.004", "--epochs", "2", "--out",
                               scratch_path("m"), "--plot", scratch_path("m.png"));
    char *last = last_line(&result);

    (void)state;
    expect_status(&result, 0);
    expect_out(&result, "8,000 samples to train on, 2,000 to test");
    expect_out(&result, "784-16-10");
    assert_memory_equal(last, "test accuracy ", 14);
    assert_true(strtod(last + 14, NULL) > 70);
    free(last);
    result_clear(&result);
}

static void the_saved_model_takes_raw_bytes(void **state)
{
    struct result result = RUN("eval", scratch_path("m"), option);

    (void)state;
    expect_status(&result, 0);
    expect_out(&result, "samples  10,000\n");
    assert_true(strtod(strstr(result.out, "accuracy ") + 9, NULL) > 70);
    result_clear(&result);
    result = RUN("info", scratch_path("m"));
    expect_out(&result, "0.00392157 x value + 0");
    result_clear(&result);
    result = RUN("predict", scratch_path("m"), "--idx-images", images);
    expect_status(&result, 0);
    assert_memory_equal(result.out, "prediction,0,1,2,3,4,5,6,7,8,9\n", 31);
    result_clear(&result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_epochs_tell_clothes_apart),
        cmocka_unit_test(the_saved_model_takes_raw_bytes),
    };

    if (access(images, R_OK) != 0) {
        puts("SKIPPED: no Fashion-MNIST in " MLP_FASHION_MNIST_DIR " (Debian: dataset-fashion-mnist)");
        return SKIPPED;
    }
    return cmocka_run_group_tests(tests, scratch_setup, scratch_teardown);
}
