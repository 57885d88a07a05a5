#include "load_idx.h"

#include "idx.h"
#include "report.h"
#include "typed.h"

static void convert(const struct idx *pixels, struct dataset *set)
{
    int64_t count = pixels->samples * pixels->width;

    for (int64_t i = 0; i < count; i++)
        typed_put(set->dtype, set->x, i, pixels->value[i]);
}

static int read_labels(const char *path, struct dataset *set)
{
    struct idx labels;
    int status = idx_read(path, &labels);

    if (status == CLI_OK && labels.width != 1)
        status = report_failure("%s: %lld values per label: must be 1", path, (long long)labels.width);
    else if (status == CLI_OK && labels.samples != set->samples)
        status = report_failure("%s: %lld labels for %lld images", path, (long long)labels.samples,
                                (long long)set->samples);
    for (int64_t i = 0; status == CLI_OK && i < labels.samples; i++)
        set->label[i] = labels.value[i];
    idx_clear(&labels);
    return status;
}

int load_idx(const char *images, const char *labels, mlp_dtype dtype, struct dataset *set)
{
    struct idx pixels;
    int status = idx_read(images, &pixels);

    dataset_begin(set, dtype, pixels.width, 0, labels != NULL);
    if (status != CLI_OK)
        return status;
    dataset_reserve(set, pixels.samples);
    set->samples = pixels.samples;
    convert(&pixels, set);
    idx_clear(&pixels);
    return labels ? read_labels(labels, set) : CLI_OK;
}
