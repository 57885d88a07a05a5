/* Training from end to end: problems a network of the size must learn, with every optimizer. */
#include "mlp/mlp.h"
#include "api/refusal.h"
#include "support/draw.h"

#include <math.h>

static const double pi = 3.14159265358979323846;

static mlp_trainer *create(mlp_dtype dtype, int32_t layers, const int64_t *widths, uint64_t seed)
{
    mlp_model *model = NULL;
    mlp_trainer *trainer = NULL;
    accepted(mlp_model_create(dtype, layers, widths, MLP_TANH, &model));
    accepted(mlp_model_initialize(model, MLP_INIT_GLOROT_UNIFORM, seed));
    accepted(mlp_trainer_create(model, &trainer));
    mlp_model_destroy(model);
    return trainer;
}

/* XOR, by gradient descent with momentum on squared error. */
static void test_xor(void **state)
{
    static const int64_t widths[] = {2, 4, 1};
    static const float x[] = {-1, -1, -1, 1, 1, -1, 1, 1}, t[] = {-1, 1, 1, -1};
    mlp_trainer *trainer = create(MLP_F32, 2, widths, 1);
    double loss = 0;
    (void)state;
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_MOMENTUM, 0.9));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_LEARNING_RATE, 0.1));
    accepted(mlp_trainer_prepare(trainer, 4, 1));
    for (int step = 0; step < 500; step++)
        accepted(mlp_trainer_step_f32(trainer, 4, x, 2, t, 1, NULL, &loss));
    print_message("xor: loss %.3g after 500 steps\n", loss);
    assert_true(loss < 1e-6);
    mlp_trainer_destroy(trainer);
}

/* Two spirals of one and a half turns, 100 points each, by Adam on softmax cross-entropy: every point right. */
static void test_spirals(void **state)
{
    enum { POINTS = 200 };
    static const int64_t widths[] = {2, 32, 32, 2};
    static float x[2 * POINTS];
    static int32_t labels[POINTS];
    mlp_trainer *trainer = create(MLP_F32, 3, widths, 2);
    mlp_data *data = NULL;
    double loss = 0, accuracy = 0;
    (void)state;
    for (int s = 0; s < POINTS; s++) {
        const double turn = (s / 2) / 100.0, angle = 3 * pi * turn + (s % 2) * pi, radius = 0.5 + 4 * turn;
        x[2 * s] = (float)(radius * cos(angle));
        x[2 * s + 1] = (float)(radius * sin(angle));
        labels[s] = s % 2;
    }
    accepted(mlp_data_create(MLP_F32, POINTS, &data));
    accepted(mlp_data_set_inputs_f32(data, 2, x, 2));
    accepted(mlp_data_set_labels(data, 2, labels));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_OPTIMIZER, MLP_ADAM));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_LOSS, MLP_SOFTMAX_CROSS_ENTROPY));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_BATCH, 20));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_EPOCHS, 400));
    accepted(mlp_trainer_prepare(trainer, 64, 1));
    accepted(mlp_trainer_run(trainer, data, NULL));
    accepted(mlp_trainer_evaluate(trainer, data, &loss, &accuracy));
    print_message("two spirals: loss %.3g, accuracy %.3f after 400 epochs\n", loss, accuracy);
    assert_true(accuracy == 1);
    mlp_data_destroy(data);
    mlp_trainer_destroy(trainer);
}

/* sin on [-pi, pi] in f64, in units of its own: Adam, then the last layer in closed form. */
static void test_sine(void **state)
{
    enum { POINTS = 64 };
    static const int64_t widths[] = {1, 16, 1};
    static const double in = 0.01, out = 50, shift_in = 0, shift_out = 1000;
    double x[POINTS], t[POINTS], loss = 0, fitted = 0;
    mlp_trainer *trainer;
    mlp_model *model = NULL;
    mlp_workspace *workspace = NULL;
    mlp_data *data = NULL;
    (void)state;
    for (int s = 0; s < POINTS; s++) {
        const double angle = pi * (2.0 * s / (POINTS - 1) - 1);
        x[s] = angle / in;
        t[s] = shift_out + out * sin(angle);
    }
    accepted(mlp_model_create(MLP_F64, 2, widths, MLP_TANH, &model));
    accepted(mlp_model_initialize(model, MLP_INIT_GLOROT_UNIFORM, 3));
    accepted(mlp_model_set_input_scaling_f64(model, &in, &shift_in));
    accepted(mlp_model_set_output_scaling_f64(model, &out, &shift_out));
    accepted(mlp_trainer_create(model, &trainer));
    accepted(mlp_data_create(MLP_F64, POINTS, &data));
    accepted(mlp_data_borrow_inputs_f64(data, 1, x, 1));
    accepted(mlp_data_borrow_targets_f64(data, 1, t, 1));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_OPTIMIZER, MLP_ADAM));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_EPOCHS, 2000));
    accepted(mlp_trainer_prepare(trainer, 16, 1));
    accepted(mlp_trainer_run(trainer, data, NULL));
    accepted(mlp_trainer_evaluate(trainer, data, &loss, NULL));
    accepted(mlp_trainer_get_model(trainer, model));
    accepted(mlp_workspace_create(model, POINTS, 1, MLP_USE_FORWARD, &workspace));
    accepted(mlp_model_fit_output_f64(model, workspace, POINTS, x, 1, t, 1, NULL));
    accepted(mlp_forward_f64(model, workspace, POINTS, x, 1, x, 1));
    accepted(mlp_loss_evaluate_f64(MLP_SQUARED_ERROR, POINTS, 1, x, 1, t, 1, NULL, &fitted, NULL, 0));
    print_message("sine: rms error %.2g after Adam, %.2g with its last layer solved, of an amplitude of 50\n",
                  sqrt(2 * loss), sqrt(2 * fitted));
    assert_true(sqrt(2 * loss) < 0.05 * out && fitted < loss);
    assert_true(sqrt(2 * fitted) < 1e-3 * out);
    mlp_data_destroy(data);
    mlp_workspace_destroy(workspace);
    mlp_trainer_destroy(trainer);
    mlp_model_destroy(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_xor), cmocka_unit_test(test_spirals),
                                       cmocka_unit_test(test_sine)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
