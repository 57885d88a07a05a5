/* The same for checkpoints. Append only. */
#include "pins.h"

static mlp_status (*const pin_trainer_save)(const mlp_trainer *, const char *) = mlp_trainer_save;
static mlp_status (*const pin_trainer_save_size)(const mlp_trainer *, int64_t *) = mlp_trainer_save_size;
static mlp_status (*const pin_trainer_save_memory)(const mlp_trainer *, int64_t,
                                                   void *) = mlp_trainer_save_memory;
static mlp_status (*const pin_trainer_restore)(mlp_trainer *, const char *) = mlp_trainer_restore;
static mlp_status (*const pin_trainer_restore_memory)(mlp_trainer *, int64_t,
                                                      const void *) = mlp_trainer_restore_memory;

static const void *const pinned[] = {
    (const void *)&pin_trainer_save,           (const void *)&pin_trainer_save_size,
    (const void *)&pin_trainer_save_memory,    (const void *)&pin_trainer_restore,
    (const void *)&pin_trainer_restore_memory,
};

pins pins_of_checkpoint(void)
{
    return (pins){pinned, sizeof pinned / sizeof *pinned};
}
