/**
 * @file
 * A data set in memory, and the library's view of it. Arrays are column-major without padding: sample after sample.
 */
#ifndef CLI_DATASET_H
#define CLI_DATASET_H

#include <stdbool.h>
#include <mlp/mlp.h>

/** Zero it to make it empty. */
struct dataset {
    mlp_dtype dtype;
    int64_t samples, capacity;
    int64_t features;
    int64_t targets; /**< values per sample; 0 where there are none */
    void *x;         /**< features x samples */
    void *t;         /**< targets x samples */
    int32_t *label;  /**< samples classes; NULL where there are none */
    bool labelled;
    mlp_data *data; /**< borrows the arrays; made by dataset_publish() */
};

/** Make an empty data set. */
void dataset_begin(struct dataset *set, mlp_dtype dtype, int64_t features, int64_t targets, bool labelled);

/** Free everything; the data set is zero afterwards. */
void dataset_clear(struct dataset *set);

/** Make room for @p samples samples in all. */
void dataset_reserve(struct dataset *set, int64_t samples);

/** Append a sample with values to be filled in; returns its index. */
int64_t dataset_add(struct dataset *set);

/**
 * Move a random share of the samples, round(fraction x samples) of them, to a new data set, as mlp_data_split() draws them: by
 * class where they are labelled. Both keep their order. @p classes is the number of classes. Returns an exit status.
 */
int dataset_split(struct dataset *set, int64_t classes, double fraction, uint64_t seed,
                  struct dataset *taken);

/** Make the library's view. @p classes is the number of classes, if labelled. Returns an exit status. */
int dataset_publish(struct dataset *set, int64_t classes);

#endif
