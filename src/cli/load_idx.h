/**
 * @file
 * Data sets from IDX files: images, one byte a pixel, and labels, one byte an image.
 */
#ifndef CLI_LOAD_IDX_H
#define CLI_LOAD_IDX_H

#include "dataset.h"

/**
 * Read images and their labels.
 *
 * @param labels  file of the labels; NULL for none
 * @param set     inputs are the bytes, 0 to 255; dataset_clear() is due in either case
 * @return an exit status
 */
int load_idx(const char *images, const char *labels, mlp_dtype dtype, struct dataset *set);

#endif
