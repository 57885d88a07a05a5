/**
 * @file
 * Checkpoints: all that the future of a trainer depends on in one file, so that training goes on as if nothing had ended.
 *
 * Save at any step, in the middle of an epoch too, from the callback if you like. Restore into a new trainer of the same
 * architecture and call mlp_trainer_epoch() or mlp_trainer_run() with the same data: the steps, losses and parameters are
 * those of the run nobody interrupted, to the last bit, with any number of threads (native engine):
 *
 *     mlp_trainer_create(model, &trainer);
 *     mlp_trainer_restore(trainer, "run.safetensors");
 *     mlp_trainer_prepare(trainer, max_batch, threads);
 *     mlp_trainer_set_int(trainer, MLP_TRAINER_EPOCHS, epochs - mlp_trainer_epoch_count(trainer));
 *     mlp_trainer_run(trainer, data, &loss);
 *
 * A checkpoint is a model file with more in it (docs/formats.md): mlp_model_load() loads the model of it.
 *
 * In it are the parameters and scaling, the state of the optimizer and of the schedule, steps, epochs and samples skipped,
 * the position in the epoch, the rates of layers, averaged and best parameters, the history, and the options by name. The
 * order of an epoch follows from the seed, the epoch's number and the number of samples. Not in it are your data, the
 * validation set among them, the callback, and the maximum batch and threads of mlp_trainer_prepare(); methods that take
 * all the data in a step give the same bits for the same maximum batch.
 */
#ifndef MLP_CHECKPOINT_H
#define MLP_CHECKPOINT_H

#include "trainer.h"

MLP_BEGIN_DECLS

/**
 * Save a checkpoint to a file, atomically: whenever the process or the machine ends, the file is the old one or the new
 * one. What a process that was killed while saving leaves beside it is removed by the next call for the same path. The
 * trainer's callback may call this.
 *
 * @param trainer  prepared or restored
 * @param path     the file's name
 * @retval MLP_ERR_ARGUMENT  a NULL pointer or empty path, or metadata beyond the 100 MB a header may have
 * @retval MLP_ERR_STATE     neither prepared nor restored
 * @retval MLP_ERR_MEMORY    no memory
 * @retval MLP_ERR_IO        the operating system refused; the message has its reason
 * @since 0.1
 */
MLP_API mlp_status mlp_trainer_save(const mlp_trainer *trainer, const char *path);

/**
 * Bytes mlp_trainer_save_memory() needs for the trainer as it is. The trainer's callback may call this.
 *
 * @param trainer  prepared or restored
 * @param bytes    receives the number
 * @retval MLP_ERR_ARGUMENT  a NULL pointer, or metadata beyond the 100 MB a header may have
 * @retval MLP_ERR_STATE     neither prepared nor restored
 * @retval MLP_ERR_MEMORY    no memory
 * @since 0.1
 */
MLP_API mlp_status mlp_trainer_save_size(const mlp_trainer *trainer, int64_t *bytes);

/**
 * Save a checkpoint to memory: the bytes mlp_trainer_save() would write. The trainer's callback may call this.
 *
 * @param trainer  prepared or restored
 * @param size     bytes at @p buffer, at least what mlp_trainer_save_size() tells
 * @param buffer   receives the bytes
 * @retval MLP_ERR_ARGUMENT  a NULL pointer, or metadata beyond the 100 MB a header may have
 * @retval MLP_ERR_SIZE      @p size is too small
 * @retval MLP_ERR_STATE     neither prepared nor restored
 * @retval MLP_ERR_MEMORY    no memory
 * @since 0.1
 */
MLP_API mlp_status mlp_trainer_save_memory(const mlp_trainer *trainer, int64_t size, void *buffer);

/**
 * Take over all that is in a checkpoint; the trainer's parameters, scaling, state and counters are those of the one that
 * saved it. On failure the trainer is as it was. Needs memory for the file, the model and the optimizer's state.
 *
 * Before mlp_trainer_prepare() the options become those of the file; the structural ones that decide the state, such as
 * optimizer and loss, are fixed from then on, while MLP_TRAINER_ENGINE, MLP_TRAINER_CPU and MLP_TRAINER_STREAMS may still
 * be set. After mlp_trainer_prepare() these three stay what they are, the other structural options must be those of the
 * file, and the rest become those of the file. In either case MLP_TRAINER_BATCH becomes the number of samples of a step
 * where it was 0, and options that are not structural may be changed afterwards. A loss of your own is known by its name.
 *
 * @param trainer  of the architecture and number type the checkpoint was saved from; prepared or not
 * @param path     the file's name
 * @retval MLP_ERR_ARGUMENT     a NULL pointer or empty path, or other widths or activations: the message names the first
 * @retval MLP_ERR_DTYPE        the checkpoint is of the other number type
 * @retval MLP_ERR_STATE        called from the trainer's callback, or prepared with another optimizer, loss or structural
 *                              option, or for smaller batches, than the checkpoint has
 * @retval MLP_ERR_SIZE         an odd number of outputs for MLP_GAUSSIAN_NLL
 * @retval MLP_ERR_IO           the operating system refused; the message has its reason
 * @retval MLP_ERR_FORMAT       not a valid checkpoint, or only a model: the message says which rule is broken
 * @retval MLP_ERR_UNSUPPORTED  a newer schema, an optimizer unknown to this build, an activation or loss that is not
 *                              registered, or a loss without gradient
 * @retval MLP_ERR_MEMORY       no memory
 * @since 0.1
 */
MLP_API mlp_status mlp_trainer_restore(mlp_trainer *trainer, const char *path);

/**
 * The same from memory.
 *
 * @param trainer  of the architecture and number type the checkpoint was saved from; prepared or not
 * @param size     bytes at @p buffer
 * @param buffer   a whole checkpoint's bytes; not kept
 * @retval MLP_ERR_ARGUMENT     a NULL pointer, or other widths or activations: the message names the first
 * @retval MLP_ERR_SIZE         @p size is negative, or an odd number of outputs for MLP_GAUSSIAN_NLL
 * @retval MLP_ERR_DTYPE        the checkpoint is of the other number type
 * @retval MLP_ERR_STATE        as for mlp_trainer_restore()
 * @retval MLP_ERR_FORMAT       not a valid checkpoint, or only a model: the message says which rule is broken
 * @retval MLP_ERR_UNSUPPORTED  as for mlp_trainer_restore()
 * @retval MLP_ERR_MEMORY       no memory
 * @since 0.1
 */
MLP_API mlp_status mlp_trainer_restore_memory(mlp_trainer *trainer, int64_t size, const void *buffer);

MLP_END_DECLS

#endif
