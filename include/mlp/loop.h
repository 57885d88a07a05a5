/**
 * @file
 * The training loop: learning-rate schedules, penalties, clipping, rates of layers, dropout, averages, early stopping, history.
 *
 * What is here goes on around the steps of a trainer. All of it is options of the trainer, set as those of trainer.h are, and
 * a few calls; what is not asked for costs nothing.
 */
#ifndef MLP_LOOP_H
#define MLP_LOOP_H

#include "trainer.h"

MLP_BEGIN_DECLS

/* ---- Schedules ---- */

/**
 * How the learning rate changes with time t, which counts from 0 in finished epochs, or in steps taken with
 * MLP_TRAINER_SCHEDULE_BY_STEP: one of the constants below. R is MLP_TRAINER_LEARNING_RATE, P MLP_TRAINER_PERIOD, F
 * MLP_TRAINER_DECAY_FACTOR, M MLP_TRAINER_MIN_LEARNING_RATE, below which only the warm-up goes.
 */
typedef int32_t mlp_schedule;

/** R */
#define MLP_SCHEDULE_CONSTANT ((mlp_schedule)1)
/** R F^floor(t / P) */
#define MLP_SCHEDULE_STEP ((mlp_schedule)2)
/** R F^(t / P) */
#define MLP_SCHEDULE_EXPONENTIAL ((mlp_schedule)3)
/**
 * M + (R - M) (1 + cos(pi u / P)) / 2, u being the time since the last restart; after P a restart, the period
 * MLP_TRAINER_PERIOD_FACTOR times as long as the last (Loshchilov and Hutter 2017)
 */
#define MLP_SCHEDULE_COSINE ((mlp_schedule)4)
/**
 * From R / D up to R at t = MLP_TRAINER_CYCLE_RISE P - 1, D = MLP_TRAINER_CYCLE_START, and down to R / D /
 * MLP_TRAINER_CYCLE_END at t = P - 1, both along a cosine; then it stays there (Smith and Topin 2018)
 */
#define MLP_SCHEDULE_ONE_CYCLE ((mlp_schedule)5)
/**
 * R F^n, n being how often the loss of finished epochs has stood on a plateau: MLP_TRAINER_PLATEAU_PATIENCE epochs in a row
 * it was no better than (1 - MLP_TRAINER_PLATEAU_THRESHOLD) times the best before, and in the next it still was not
 */
#define MLP_SCHEDULE_PLATEAU ((mlp_schedule)6)

/**
 * The name of a schedule: "constant", "step", "exponential", "cosine", "one_cycle" or "plateau"; NULL for an unknown
 * constant. @since 0.1
 */
MLP_API const char *mlp_schedule_name(mlp_schedule schedule);

/** The schedule of a name; 0 if @p name is NULL or unknown. @since 0.1 */
MLP_API mlp_schedule mlp_schedule_from_name(const char *name);

/** int: an mlp_schedule; default MLP_SCHEDULE_CONSTANT; structural */
#define MLP_TRAINER_SCHEDULE ((mlp_trainer_option)20)
/**
 * int: 1 counts the schedule's time in steps, as loops of single steps need; 0 in epochs, all of whose steps have one rate;
 * default 0; structural
 */
#define MLP_TRAINER_SCHEDULE_BY_STEP ((mlp_trainer_option)21)
/**
 * int: W units of time in which the rate rises linearly, of any schedule: at t < W it is (t + 1) / W of the schedule's first;
 * then the schedule's own time begins; default 0
 */
#define MLP_TRAINER_WARMUP ((mlp_trainer_option)22)
/**
 * int: of the schedule, in its units of time; default 0: MLP_TRAINER_EPOCHS less the warm-up, at least 1. Schedules by step
 * that need one must be given one
 */
#define MLP_TRAINER_PERIOD ((mlp_trainer_option)23)
/** int: of MLP_SCHEDULE_COSINE: a period has so many times the length of the one before; default 1 */
#define MLP_TRAINER_PERIOD_FACTOR ((mlp_trainer_option)24)
/** real: 0 .. 1, of MLP_SCHEDULE_STEP, MLP_SCHEDULE_EXPONENTIAL and MLP_SCHEDULE_PLATEAU; default 0.1 */
#define MLP_TRAINER_DECAY_FACTOR ((mlp_trainer_option)25)
/** real: what the schedules do not go below; default 0 */
#define MLP_TRAINER_MIN_LEARNING_RATE ((mlp_trainer_option)26)
/** real: the part of MLP_SCHEDULE_ONE_CYCLE in which the rate rises; default 0.3 */
#define MLP_TRAINER_CYCLE_RISE ((mlp_trainer_option)27)
/** real: MLP_SCHEDULE_ONE_CYCLE begins at the rate divided by this; default 25 */
#define MLP_TRAINER_CYCLE_START ((mlp_trainer_option)28)
/** real: MLP_SCHEDULE_ONE_CYCLE ends at what it began with divided by this; default 1e4 */
#define MLP_TRAINER_CYCLE_END ((mlp_trainer_option)29)
/** int: epochs without a better loss that MLP_SCHEDULE_PLATEAU bears; default 10 */
#define MLP_TRAINER_PLATEAU_PATIENCE ((mlp_trainer_option)30)
/** real: what part of the best loss so far (of its size, where it is negative) a better one is below it; default 1e-4 */
#define MLP_TRAINER_PLATEAU_THRESHOLD ((mlp_trainer_option)31)

/* ---- What becomes of the gradient ---- */

/**
 * real: L1 penalty: a step minimises the loss + l1 sum |A_l| + l2 / 2 sum A_l^2 over the weights of all layers, biases not
 * among them. The losses that are told are those of the data alone. This, clipping and the rates of layers are for steps on
 * batches, derivatives and your own gradients alike; a step of an optimizer that searches for the length of its steps fails
 * with MLP_ERR_UNSUPPORTED where one of them is asked for. Default 0; may change between steps, as the next three
 */
#define MLP_TRAINER_L1 ((mlp_trainer_option)32)
/** real: L2 penalty; see MLP_TRAINER_L1. MLP_TRAINER_WEIGHT_DECAY is another thing: no part of the gradient. Default 0 */
#define MLP_TRAINER_L2 ((mlp_trainer_option)33)
/**
 * real: the whole gradient, penalties included, is made no longer than this before the optimizer sees it (Pascanu, Mikolov and
 * Bengio 2013): where its Euclidean norm over all layers but frozen ones is larger, it is scaled. Default 0: it is not. Costs
 * storing the gradient and a pass over it
 */
#define MLP_TRAINER_CLIP_NORM ((mlp_trainer_option)34)
/** real: every element of the gradient is then made no larger than this. Default 0: none is */
#define MLP_TRAINER_CLIP_VALUE ((mlp_trainer_option)35)

/**
 * Scale the learning rate of one layer, and with it its weight decay. 0 freezes the layer: its parameters and what the
 * optimizer keeps of them stay as they are, to the bit. With MLP_RPROP it is the first step size that is scaled.
 *
 * @param trainer  the trainer; may be called between steps
 * @param layer    1 .. L
 * @param scale    0 .. 1e6; 1 at first
 * @retval MLP_ERR_ARGUMENT  a NULL pointer, or a layer or scale out of range
 * @retval MLP_ERR_STATE     called from the trainer's callback
 * @since 0.1
 */
MLP_API mlp_status mlp_trainer_set_layer_rate(mlp_trainer *trainer, int32_t layer, double scale);

/** The scale of a layer's learning rate; 0 for NULL or a layer there is not. @since 0.1 */
MLP_API double mlp_trainer_layer_rate(const mlp_trainer *trainer, int32_t layer);

/* ---- Dropout ---- */

/**
 * real: in every step on a batch each unit of every hidden layer is zeroed, for each sample by itself, with this
 * probability p, and the others are multiplied by 1 / (1 - p) (Srivastava et al. 2014, inverted): evaluation needs nothing.
 * Which ones is decided by MLP_TRAINER_SEED, the number of the step, the layer, the number of the sample in the batch and
 * the unit alone, so not by threads. The loss a step reports is that with dropout. Steps on derivatives and on your own
 * gradients have none. For the native engine with built-in activations and losses; mlp_trainer_prepare() returns
 * MLP_ERR_UNSUPPORTED elsewhere. Default 0; structural
 */
#define MLP_TRAINER_DROPOUT ((mlp_trainer_option)41)
/** real: the same of the inputs, as they enter the first layer, after the model's own scaling. Default 0; structural */
#define MLP_TRAINER_INPUT_DROPOUT ((mlp_trainer_option)42)

/* ---- Averages ---- */

/**
 * real: decay d of an exponential moving average of the parameters (Polyak and Juditsky 1992; Tarvainen and Valpola 2017):
 * it is theta at mlp_trainer_prepare(), and after every step becomes d average + (1 - d) theta. It has no part in the
 * training. Default 0: there is none; structural
 */
#define MLP_TRAINER_AVERAGE_DECAY ((mlp_trainer_option)36)

/**
 * Copy the averaged parameters and the scaling into a model of the same architecture, as mlp_trainer_get_model() does the
 * current ones. Costs a copy.
 *
 * @retval MLP_ERR_ARGUMENT  a NULL pointer, or another architecture
 * @retval MLP_ERR_DTYPE     the models differ in number type
 * @retval MLP_ERR_STATE     not prepared with MLP_TRAINER_AVERAGE_DECAY
 * @since 0.1
 */
MLP_API mlp_status mlp_trainer_get_averaged_model(const mlp_trainer *trainer, mlp_model *model);

/* ---- Validation and early stopping ---- */

/**
 * Have every epoch end with a look at a validation set: mlp_trainer_evaluate() on it with the parameters as they are then. Its
 * loss takes the place of that of the epoch's own samples in what is watched: plateaus, patience and the best epoch.
 *
 * @param trainer  the trainer
 * @param data     of the model's number type and widths, with targets or labels. Borrowed: it must live until another takes its
 *                 place or the trainer is destroyed, and is checked again before every epoch. NULL for none, as at first.
 *                 The best loss so far stays what it is: losses of different sets should not meet
 * @retval MLP_ERR_ARGUMENT  @p trainer is NULL, or @p data has more classes than there are outputs
 * @retval MLP_ERR_SIZE      widths that do not match the model
 * @retval MLP_ERR_DTYPE     another number type than the model's
 * @retval MLP_ERR_STATE     called from the trainer's callback, or the set has no inputs or neither targets nor labels
 * @since 0.1
 */
MLP_API mlp_status mlp_trainer_borrow_validation(mlp_trainer *trainer, const mlp_data *data);

/**
 * int: epochs in a row without a better watched loss after which mlp_trainer_run() and mlp_trainer_epoch() end with
 * MLP_CONVERGED; the waiting then begins anew. Default 0: they do not. May change between epochs, as the next two
 */
#define MLP_TRAINER_PATIENCE ((mlp_trainer_option)37)
/** real: how far a better watched loss is below the best one so far; default 0: below it at all */
#define MLP_TRAINER_MIN_DELTA ((mlp_trainer_option)38)
/**
 * int: 1 keeps the parameters of the best epoch where there is a patience or a validation set, and goes back to them when
 * patience ends; 0 does not. Default 1. Costs one more vector of parameters, allocated when it is first wanted, and a copy
 * in every epoch that is better
 */
#define MLP_TRAINER_KEEP_BEST ((mlp_trainer_option)39)

/**
 * The number, from 0, of the finished epoch with the best watched loss so far; -1 where there is none, and for NULL.
 *
 * @since 0.1
 */
MLP_API int64_t mlp_trainer_best_epoch(const mlp_trainer *trainer);

/**
 * Copy the parameters of the best epoch so far and the scaling into a model of the same architecture, as
 * mlp_trainer_get_model() does the current ones.
 *
 * @retval MLP_ERR_ARGUMENT  a NULL pointer, or another architecture
 * @retval MLP_ERR_DTYPE     the models differ in number type
 * @retval MLP_ERR_STATE     no epoch's parameters have been kept
 * @since 0.1
 */
MLP_API mlp_status mlp_trainer_get_best_model(const mlp_trainer *trainer, mlp_model *model);

/* ---- History ---- */

/** What is kept of every finished epoch: one of the constants below. */
typedef int32_t mlp_history;

/** the mean loss over its samples, each before its step */
#define MLP_HISTORY_LOSS ((mlp_history)1)
/** of the validation set after it; NaN where there was none */
#define MLP_HISTORY_VALIDATION_LOSS ((mlp_history)2)
/** likewise; NaN without labels */
#define MLP_HISTORY_VALIDATION_ACCURACY ((mlp_history)3)
/** what mlp_trainer_gradient_norm() told after its last step */
#define MLP_HISTORY_GRADIENT_NORM ((mlp_history)4)
/** of its last step */
#define MLP_HISTORY_LEARNING_RATE ((mlp_history)5)
/** it took, validation included; of an epoch that a checkpoint interrupted, what came after that */
#define MLP_HISTORY_SECONDS ((mlp_history)6)
/** taken by the trainer until its end */
#define MLP_HISTORY_STEPS ((mlp_history)7)

/** The name of what is kept, such as "validation_loss"; NULL for an unknown constant. @since 0.1 */
MLP_API const char *mlp_history_name(mlp_history what);

/** What is kept by a name; 0 if @p name is NULL or unknown. @since 0.1 */
MLP_API mlp_history mlp_history_from_name(const char *name);

/** Epochs of which there is a record; those that were ended before their last step have none. 0 for NULL. @since 0.1 */
MLP_API int64_t mlp_trainer_history_count(const mlp_trainer *trainer);

/**
 * A number from the record of an epoch. That of an epoch is there when the callback hears of its end.
 *
 * @param trainer  the trainer
 * @param epoch    0 .. mlp_trainer_history_count() - 1
 * @param what     which number
 * @param value    receives it
 * @retval MLP_ERR_ARGUMENT  a NULL pointer, or an epoch or a constant there is not
 * @since 0.1
 */
MLP_API mlp_status mlp_trainer_history_get(const mlp_trainer *trainer, int64_t epoch, mlp_history what,
                                           double *value);

/**
 * int: 1 takes the norm of the gradient in every step, which costs storing the gradient and a pass over it; 0 does so only
 * where MLP_TRAINER_CLIP_NORM needs it; default 0. May change between steps
 */
#define MLP_TRAINER_GRADIENT_NORM ((mlp_trainer_option)40)

/**
 * The Euclidean norm of the last step's gradient as MLP_TRAINER_CLIP_NORM sees it: with penalties, over all layers but frozen
 * ones, before clipping. NaN where it was not taken, before the first step, and for NULL.
 *
 * @since 0.1
 */
MLP_API double mlp_trainer_gradient_norm(const mlp_trainer *trainer);

/* ---- The rate ---- */

/**
 * The learning rate of the next step: of the options, warm-up and schedule at the trainer's count of steps or epochs. Before
 * mlp_trainer_prepare() too. Optimizers that search for the length of their steps do not use it.
 *
 * @return the rate; 0 for NULL
 * @since 0.1
 */
MLP_API double mlp_trainer_learning_rate(const mlp_trainer *trainer);

MLP_END_DECLS

#endif
