/* Every constant of the binary interface, pinned at compile time. Append only. */
#include "pins.h"

#define PIN(name, value) _Static_assert((name) == (value), #name " is part of the binary interface")

PIN(MLP_F32, 1);
PIN(MLP_F64, 2);
PIN(MLP_COLUMN_MAJOR, 1);
PIN(MLP_ROW_MAJOR, 2);
PIN(MLP_OK, 0);
PIN(MLP_STOPPED, 1);
PIN(MLP_ERR_ARGUMENT, -1);
PIN(MLP_ERR_SIZE, -2);
PIN(MLP_ERR_DTYPE, -3);
PIN(MLP_ERR_STATE, -4);
PIN(MLP_ERR_MEMORY, -5);
PIN(MLP_ERR_IO, -6);
PIN(MLP_ERR_FORMAT, -7);
PIN(MLP_ERR_UNSUPPORTED, -8);
PIN(MLP_ERR_CALLBACK, -9);
PIN(MLP_ERR_NUMERIC, -10);
PIN(MLP_ERR_INTERNAL, -11);
PIN(MLP_IDENTITY, 1);
PIN(MLP_RELU, 2);
PIN(MLP_LEAKY_RELU, 3);
PIN(MLP_ELU, 4);
PIN(MLP_SELU, 5);
PIN(MLP_SIGMOID, 6);
PIN(MLP_HARD_SIGMOID, 7);
PIN(MLP_TANH, 8);
PIN(MLP_HARD_TANH, 9);
PIN(MLP_SOFTPLUS, 10);
PIN(MLP_SOFTSIGN, 11);
PIN(MLP_GELU, 12);
PIN(MLP_GELU_TANH, 13);
PIN(MLP_SILU, 14);
PIN(MLP_MISH, 15);
PIN(MLP_SINE, 16);
PIN(MLP_GAUSSIAN, 17);
PIN(MLP_SQUARE, 18);
PIN(MLP_EXP, 19);
PIN(MLP_INIT_ZEROS, 1);
PIN(MLP_INIT_CONSTANT, 2);
PIN(MLP_INIT_UNIFORM, 3);
PIN(MLP_INIT_NORMAL, 4);
PIN(MLP_INIT_GLOROT_UNIFORM, 5);
PIN(MLP_INIT_GLOROT_NORMAL, 6);
PIN(MLP_INIT_HE_UNIFORM, 7);
PIN(MLP_INIT_HE_NORMAL, 8);
PIN(MLP_INIT_LECUN_UNIFORM, 9);
PIN(MLP_INIT_LECUN_NORMAL, 10);
PIN(MLP_INIT_ORTHOGONAL, 11);
PIN(MLP_INIT_SIREN, 12);
PIN(MLP_HEAD_NONE, 1);
PIN(MLP_HEAD_SIGMOID, 2);
PIN(MLP_HEAD_SOFTMAX, 3);
PIN(MLP_USE_FORWARD, 1);
PIN(MLP_USE_DERIVATIVES, 2);
PIN(MLP_SQUARED_ERROR, 1);
PIN(MLP_SOFTMAX_CROSS_ENTROPY, 2);
PIN(MLP_ABSOLUTE_ERROR, 3);
PIN(MLP_HUBER, 4);
PIN(MLP_LOG_COSH, 5);
PIN(MLP_QUANTILE, 6);
PIN(MLP_POISSON, 7);
PIN(MLP_GAUSSIAN_NLL, 8);
PIN(MLP_BINARY_CROSS_ENTROPY, 9);
PIN(MLP_HINGE, 10);
PIN(MLP_MULTICLASS_HINGE, 11);
PIN(MLP_SGD, 1);
PIN(MLP_ADAM, 2);
PIN(MLP_RMSPROP, 3);
PIN(MLP_ADAGRAD, 4);
PIN(MLP_NADAM, 5);
PIN(MLP_TRAINER_OPTIMIZER, 1);
PIN(MLP_TRAINER_LOSS, 2);
PIN(MLP_TRAINER_BATCH, 3);
PIN(MLP_TRAINER_EPOCHS, 4);
PIN(MLP_TRAINER_SEED, 5);
PIN(MLP_TRAINER_SHUFFLE, 6);
PIN(MLP_TRAINER_LEARNING_RATE, 7);
PIN(MLP_TRAINER_MOMENTUM, 8);
PIN(MLP_TRAINER_BETA1, 9);
PIN(MLP_TRAINER_BETA2, 10);
PIN(MLP_TRAINER_EPSILON, 11);
PIN(MLP_TRAINER_ENGINE, 12);
PIN(MLP_TRAINER_CPU, 13);
PIN(MLP_TRAINER_STREAMS, 14);
PIN(MLP_TRAINER_NESTEROV, 15);
PIN(MLP_TRAINER_WEIGHT_DECAY, 16);
PIN(MLP_TRAINER_RHO, 17);
PIN(MLP_ENGINE_AUTO, 1);
PIN(MLP_ENGINE_NATIVE, 2);
PIN(MLP_ENGINE_BLAS, 3);
PIN(MLP_CPU_AUTO, 1);
PIN(MLP_CPU_GENERIC, 2);
PIN(MLP_CPU_AVX2, 3);
PIN(MLP_CPU_AVX512, 4);
PIN(MLP_WORKSPACE_ENGINE, 1);
PIN(MLP_WORKSPACE_CPU, 2);
PIN(MLP_WORKSPACE_COMMON_ORDER, 3);
PIN(MLP_OPTION_INT, 1);
PIN(MLP_OPTION_REAL, 2);
PIN(MLP_EVENT_STEP, 1);
PIN(MLP_EVENT_EPOCH, 2);
PIN(MLP_USE_SAMPLES, 8);
PIN(MLP_USE_LEAST_SQUARES, 16);
PIN(MLP_USE_SECOND_ORDER, 4);
PIN(MLP_USE_STREAM, 65536);

/* A type that must be exactly 32 bits wide and signed, in every header that names a group of constants. */
_Static_assert(sizeof(mlp_dtype) == 4 && (mlp_dtype)-1 < 0, "mlp_dtype is int32_t");
_Static_assert(sizeof(mlp_order) == 4 && (mlp_order)-1 < 0, "mlp_order is int32_t");
_Static_assert(sizeof(mlp_status) == 4 && (mlp_status)-1 < 0, "mlp_status is int32_t");
_Static_assert(sizeof(mlp_activation) == 4 && (mlp_activation)-1 < 0, "mlp_activation is int32_t");
_Static_assert(sizeof(mlp_initializer) == 4 && (mlp_initializer)-1 < 0, "mlp_initializer is int32_t");
_Static_assert(sizeof(mlp_head) == 4 && (mlp_head)-1 < 0, "mlp_head is int32_t");
_Static_assert(sizeof(mlp_loss) == 4 && (mlp_loss)-1 < 0, "mlp_loss is int32_t");
_Static_assert(sizeof(mlp_optimizer) == 4 && (mlp_optimizer)-1 < 0, "mlp_optimizer is int32_t");
_Static_assert(sizeof(mlp_trainer_option) == 4 && (mlp_trainer_option)-1 < 0,
               "mlp_trainer_option is int32_t");
_Static_assert(sizeof(mlp_engine) == 4 && (mlp_engine)-1 < 0, "mlp_engine is int32_t");
_Static_assert(sizeof(mlp_cpu) == 4 && (mlp_cpu)-1 < 0, "mlp_cpu is int32_t");
_Static_assert(sizeof(mlp_workspace_option) == 4 && (mlp_workspace_option)-1 < 0,
               "mlp_workspace_option is int32_t");

/* A pointer of each function's type: a changed signature does not compile. */

int pins_constants = 1;
