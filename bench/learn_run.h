/**
 * @file
 * One training run of a task: a start drawn from a seed, a method with its recipe, and what came of it.
 */
#ifndef BENCH_LEARN_RUN_H
#define BENCH_LEARN_RUN_H

#include <stdbool.h>
#include <mlp/mlp.h>

/** How a method is used: a row of a task's table. */
struct learn_recipe {
    const char *name;    /**< in tables */
    const char *method;  /**< an optimizer's name */
    const char *options; /**< "name=value ..." of the trainer, by their names */
    int64_t batch;       /**< samples per step; 0 for all, in order */
    int64_t epochs;      /**< at most */
    bool
        cosine; /**< the learning rate goes down to 0 over the epochs as a half cosine (Loshchilov and Hutter 2017) */
};

/** What is learnt. */
struct learn_problem {
    const mlp_model *model; /**< architecture and scaling */
    const char *initializer;
    mlp_loss loss;
    const mlp_data *train;
    const mlp_data *validation; /**< NULL for none */
    bool keep_last;             /**< the last parameters are kept, else those of the least validation loss */
    double goal;                /**< loss on `train`, of an epoch, that ends the run; 0 for none */
    double accuracy_goal;       /**< accuracy on `validation` whose time is taken; 0 for none */
    bool untimed;               /**< validation is not training: its time is not counted */
    double
        tolerance; /**< a loss on `train` that does not fall below its least by so much in 10 epochs ends the run; 0 for no end */
    double seconds;   /**< at most */
    int64_t every;    /**< epochs between validations */
    int64_t patience; /**< validations in a row without a better loss that end the run; 0 for no end */
    int32_t threads;
};

/** What came of it. */
struct learn_result {
    bool reached;      /**< the goal */
    double seconds;    /**< of training, and of validation unless that is not timed */
    double to_goal;    /**< seconds until the goal was reached; NaN where it was not */
    double loss;       /**< on `train`, of the last epoch */
    double validation; /**< least loss on `validation` */
    double accuracy;   /**< of the last validation; NaN without labels */
    int64_t epochs;
};

/** Whether the library has the method; says so where not, and which options of the recipe it lacks. */
bool learn_has_method(const struct learn_recipe *recipe);

/**
 * A model for a table's "9-5-5-2", to be destroyed.
 *
 * @param hidden  name of an activation
 * @param output  name of the last layer's
 */
mlp_status learn_model_create(mlp_dtype dtype, const char *widths, const char *hidden, const char *output,
                              mlp_model **model);

/**
 * Train from a seed. A run that meets numbers that are not finite has ended, and is no failure.
 *
 * @param trained  of the same architecture as problem->model: receives the parameters; NULL to skip
 */
mlp_status learn_run(const struct learn_problem *problem, const struct learn_recipe *recipe, uint64_t seed,
                     mlp_model *trained, struct learn_result *result);

#endif
