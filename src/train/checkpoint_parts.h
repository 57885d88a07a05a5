/*
 * What a checkpoint holds of a trainer besides its model, options and loss: one table for each kind of element. Whatever a
 * trainer's future depends on is a row of one of them; the names in the file, writing, reading and refusing follow.
 *
 * Rows whose vectors or arrays a trainer has by its options are found where mlpi_trainer_choose_state() has put them; those
 * that come with time, where mlpi_checkpoint_read_parts() makes room for them.
 */
#ifndef MLPI_TRAIN_CHECKPOINT_PARTS_H
#define MLPI_TRAIN_CHECKPOINT_PARTS_H

#include "train/trainer.h"

/* The schema's version, and the prefixes of all names in the file. */
const char *mlpi_checkpoint_version(void);
#define MLPI_CHECKPOINT_KEY    "mlp.trainer."
#define MLPI_CHECKPOINT_OPTION "mlp.trainer.option."
#define MLPI_CHECKPOINT_TENSOR "trainer."

/* One number: metadata. */
typedef struct mlpi_checkpoint_number {
    const char *name;
    size_t offset;           /* in mlp_trainer: an int64_t where it is whole, else a double */
    int32_t whole;           /* its bounds are then within 2^53 */
    double minimum, maximum; /* inclusive; NaN is let through */
} mlpi_checkpoint_number;

/* A vector in the layout of the parameters, of the model's number type: a weight and a bias tensor for every layer. */
typedef struct mlpi_checkpoint_vector {
    const char *name;
    void *(*find)(const mlp_trainer *trainer, int32_t index); /* NULL where the trainer has none */
    int32_t index;
} mlpi_checkpoint_vector;

/* An array of doubles: one tensor. */
typedef struct mlpi_checkpoint_array {
    const char *name;
    double *(*find)(const mlp_trainer *trainer, int64_t *count); /* NULL where the trainer has none */
} mlpi_checkpoint_array;

enum {
    MLPI_CHECKPOINT_NUMBERS = 17,
    MLPI_CHECKPOINT_VECTORS = MLPI_MAX_STATES + 2,
    MLPI_CHECKPOINT_ARRAYS = 3
};

extern const mlpi_checkpoint_number mlpi_checkpoint_numbers[MLPI_CHECKPOINT_NUMBERS];
extern const mlpi_checkpoint_vector mlpi_checkpoint_vectors[MLPI_CHECKPOINT_VECTORS];
extern const mlpi_checkpoint_array mlpi_checkpoint_arrays[MLPI_CHECKPOINT_ARRAYS];

/* Where a number is in a trainer, and its bytes, whole or not. */
enum { MLPI_CHECKPOINT_NUMBER_SIZE = 8 };
void *mlpi_checkpoint_number_in(const mlpi_checkpoint_number *number, mlp_trainer *trainer);

/* Whether the numbers, each within its bounds, agree with one another. */
int mlpi_checkpoint_numbers_agree(const mlp_trainer *trainer);

/* The samples of a step the trainer takes in an epoch, which is what the option batch stands for. */
int64_t mlpi_checkpoint_batch(const mlp_trainer *trainer);

#endif
