/**
 * @file
 * The workspace: all the memory evaluating one architecture needs, and the point of differentiation.
 *
 * A workspace is made for an architecture (number type, widths, activations and their parameters), a
 * maximum batch, a thread count and uses. It fits every model of that architecture, and remembers its last
 * forward pass: derivatives are taken there. Threads: one caller at a time per workspace; any number of
 * workspaces may share a model nobody writes. It may be destroyed before or after its models.
 */
#ifndef MLP_WORKSPACE_H
#define MLP_WORKSPACE_H

#include "engine.h"
#include "model.h"

MLP_BEGIN_DECLS

/** Memory for forward passes and derivatives of one architecture. */
typedef struct mlp_workspace mlp_workspace;

/** forward passes and predictions */
#define MLP_USE_FORWARD ((int32_t)1)
/** also first derivatives: forward passes keep what they need */
#define MLP_USE_DERIVATIVES ((int32_t)2)
/** also second derivatives: jets, Hessian products; includes MLP_USE_DERIVATIVES */
#define MLP_USE_SECOND_ORDER ((int32_t)4)
/**
 * times S, 0 to 32767: with MLP_USE_SECOND_ORDER, room for S streams of every sample of the maximum batch (jet.h), or for
 * more of a smaller batch; 2 where none is added: one direction of second order
 */
#define MLP_USE_STREAM ((int32_t)65536)
/**
 * also mlp_sample_clipped_sum_f32() and mlp_sample_inner_products_f32(): every layer's deltas are kept, n_l x batch values
 * each
 */
#define MLP_USE_SAMPLES ((int32_t)8)
/** also mlp_jacobian_normal_add_f32(): at least 128 rows of dy/dtheta are kept, in double */
#define MLP_USE_LEAST_SQUARES ((int32_t)16)

/**
 * Create a workspace in memory of the library's allocator.
 *
 * @param model      names the architecture; not kept
 * @param max_batch  the largest batch it will serve, 1 .. 2^31 - 1
 * @param threads    the most threads of the library's own a call may use, 1 .. 1024, the caller's included. Forward passes
 *                   and derivatives use them where the work is worth it; more than there are processors make it slower,
 *                   as those who wait spin. With MLP_USE_DERIVATIVES each takes memory for a panel of the widest
 *                   layer, 256 bytes for each of its units
 * @param uses       a sum of MLP_USE_... values; MLP_USE_DERIVATIVES includes MLP_USE_FORWARD, and those after
 *                   it include both; MLP_USE_STREAM counts
 * @param workspace  receives the workspace, to be freed by mlp_workspace_destroy(); NULL on failure
 * @retval MLP_ERR_ARGUMENT  a NULL pointer, or unknown bits or none in @p uses
 * @retval MLP_ERR_SIZE      @p max_batch or @p threads is out of range, or the size overflows
 * @retval MLP_ERR_MEMORY    no memory
 * @since 0.1
 */
MLP_API mlp_status mlp_workspace_create(const mlp_model *model, int64_t max_batch, int32_t threads,
                                        int32_t uses, mlp_workspace **workspace);

/**
 * Bytes mlp_workspace_create_in() needs for the same arguments.
 *
 * They hold, with columns padded to 64 bytes: for forward passes two matrices, whose columns are the widest of the even and
 * of the odd layers, and tiles of up to 2 x 256 bytes for each thread and unit of the widest layer; with derivatives every
 * y_l, z_l where the activation's derivative reads it, two matrices of the widest layer, and a panel of 256 bytes for each
 * unit of it. Beside that there are less than 64 KB for networks of up to a hundred layers. mlp_workspace_describe() lists
 * them.
 *
 * @param model      names the architecture
 * @param max_batch  as for mlp_workspace_create()
 * @param threads    as for mlp_workspace_create()
 * @param uses       as for mlp_workspace_create()
 * @param bytes      receives the number
 * @retval MLP_ERR_ARGUMENT  as for mlp_workspace_create()
 * @retval MLP_ERR_SIZE      as for mlp_workspace_create()
 * @since 0.1
 */
MLP_API mlp_status mlp_workspace_size(const mlp_model *model, int64_t max_batch, int32_t threads,
                                      int32_t uses, int64_t *bytes);

/**
 * Create a workspace in the caller's memory; allocates nothing. Threads, where there are to be several, are
 * started by the first call that is worth it, or by mlp_workspace_prepare().
 *
 * @param model      names the architecture; not kept
 * @param max_batch  as for mlp_workspace_create()
 * @param threads    as for mlp_workspace_create()
 * @param uses       as for mlp_workspace_create()
 * @param memory     at a multiple of 64, borrowed until mlp_workspace_destroy(), which does not free it
 * @param bytes      at least what mlp_workspace_size() tells
 * @param workspace  receives the workspace; NULL on failure
 * @retval MLP_ERR_ARGUMENT  as for mlp_workspace_create(), or @p memory is NULL or misaligned
 * @retval MLP_ERR_SIZE      as for mlp_workspace_create(), or @p bytes is too small
 * @since 0.1
 */
MLP_API mlp_status mlp_workspace_create_in(const mlp_model *model, int64_t max_batch, int32_t threads,
                                           int32_t uses, void *memory, int64_t bytes,
                                           mlp_workspace **workspace);

/** Free a workspace; NULL is fine. @since 0.1 */
MLP_API void mlp_workspace_destroy(mlp_workspace *workspace);

/**
 * Do now what the first call with @p model would otherwise do: touch every page, let a BLAS take its memory. Optional;
 * meant for programs whose first call must not be slower than the others. Forgets the remembered pass.
 *
 * @retval MLP_ERR_ARGUMENT  a NULL pointer, or @p model is not of the workspace's architecture
 * @retval MLP_ERR_DTYPE     it is of the other number type
 * @since 0.1
 */
MLP_API mlp_status mlp_workspace_prepare(mlp_workspace *workspace, const mlp_model *model);

/**
 * Measure which way forward passes and predictions of this batch are fastest, and keep to it: by rows or by columns, and
 * with how many of the workspace's threads. Optional; without it a model of costs decides. The choice holds for batches
 * between half and twice @p batch, the nearest measured one deciding (one sample counts for itself only), until an option is
 * set; the last eight are kept.
 *
 * The times are the machine's of that moment, so another run may choose otherwise: only the time of later calls depends on
 * that, never a bit of their results. It measures the native engine only: with the BLAS or with registered activations,
 * which call back on the caller's thread, nothing changes. Forgets the remembered pass.
 *
 * Runs every candidate some ten times: a few milliseconds for small networks, several passes of each for large ones. Allocates
 * one batch of inputs and outputs, and frees it.
 *
 * @param workspace  the workspace
 * @param model      a model of the workspace's architecture
 * @param batch      1 .. the workspace's maximum
 * @retval MLP_ERR_ARGUMENT  a NULL pointer, or @p model is not of the workspace's architecture
 * @retval MLP_ERR_DTYPE     it is of the other number type
 * @retval MLP_ERR_SIZE      @p batch is out of range
 * @retval MLP_ERR_MEMORY    no memory; nothing has changed
 * @since 0.1
 */
MLP_API mlp_status mlp_workspace_tune(mlp_workspace *workspace, const mlp_model *model, int64_t batch);

/** An option of a workspace: one of the constants below. */
typedef int32_t mlp_workspace_option;

/** int: an mlp_engine; default MLP_ENGINE_AUTO */
#define MLP_WORKSPACE_ENGINE ((mlp_workspace_option)1)
/** int: an mlp_cpu, for the native engine; default MLP_CPU_AUTO */
#define MLP_WORKSPACE_CPU ((mlp_workspace_option)2)
/**
 * int: 1 gives a batch of one the order of summation that larger batches have, so that a sample has the same bits alone and
 * in company; 0, the default, lets one sample of narrow layers take up to four chains for each sum, which is faster
 */
#define MLP_WORKSPACE_COMMON_ORDER ((mlp_workspace_option)3)

/** The name of an option, such as "engine"; NULL for an unknown constant. @since 0.1 */
MLP_API const char *mlp_workspace_option_name(mlp_workspace_option option);

/** The option of a name; 0 if @p name is NULL or unknown. @since 0.1 */
MLP_API mlp_workspace_option mlp_workspace_option_from_name(const char *name);

/**
 * Set an option. Forgets the remembered pass, and what mlp_workspace_tune() has measured.
 *
 * @param workspace  the workspace
 * @param option     a constant
 * @param value      see the option
 * @retval MLP_ERR_ARGUMENT     a NULL pointer, an unknown option, or a value it does not have
 * @retval MLP_ERR_UNSUPPORTED  the processor, or this build, lacks the instructions; the option stays as it was
 * @since 0.1
 */
MLP_API mlp_status mlp_workspace_set_int(mlp_workspace *workspace, mlp_workspace_option option,
                                         int64_t value);

/**
 * Read an option.
 *
 * @param workspace  the workspace
 * @param option     a constant
 * @param value      receives it as it was set
 * @retval MLP_ERR_ARGUMENT  a NULL pointer or an unknown option
 * @since 0.1
 */
MLP_API mlp_status mlp_workspace_get_int(const mlp_workspace *workspace, mlp_workspace_option option,
                                         int64_t *value);

/** The maximum batch; 0 for NULL. @since 0.1 */
MLP_API int64_t mlp_workspace_max_batch(const mlp_workspace *workspace);

/** The thread count; 0 for NULL. @since 0.1 */
MLP_API int32_t mlp_workspace_threads(const mlp_workspace *workspace);

/** The uses; 0 for NULL. @since 0.1 */
MLP_API int32_t mlp_workspace_uses(const mlp_workspace *workspace);

/** Batch of the remembered forward pass; 0 if there is none, or for NULL. @since 0.1 */
MLP_API int64_t mlp_workspace_batch(const mlp_workspace *workspace);

/** Generation of the model of the remembered forward pass; 0 if there is none, or for NULL. @since 0.1 */
MLP_API uint64_t mlp_workspace_generation(const mlp_workspace *workspace);

/**
 * Copy a layer's output y_l of the remembered forward pass out. y_0 and y_L are the scaled ones: what
 * enters the first layer and what leaves the last, before scaling the output.
 *
 * @param workspace  an f32 workspace with MLP_USE_DERIVATIVES
 * @param layer      0..L
 * @param y          n_l x batch, column-major, overwritten
 * @param ldy        leading dimension, >= n_l
 * @retval MLP_ERR_ARGUMENT  a NULL pointer or unknown layer
 * @retval MLP_ERR_SIZE      @p ldy is too small
 * @retval MLP_ERR_DTYPE     the workspace is f64
 * @retval MLP_ERR_STATE     no forward pass is remembered, or the workspace has no MLP_USE_DERIVATIVES
 * @since 0.1
 */
MLP_API mlp_status mlp_workspace_get_output_f32(const mlp_workspace *workspace, int32_t layer, float *y,
                                                int64_t ldy);

/** @copydoc mlp_workspace_get_output_f32 */
MLP_API mlp_status mlp_workspace_get_output_f64(const mlp_workspace *workspace, int32_t layer, double *y,
                                                int64_t ldy);

/**
 * The message of the last failure of a call on this workspace, from any thread.
 *
 * @return the message, "" if none has failed or for NULL; valid until the next failing call on the workspace
 * @since 0.1
 */
MLP_API const char *mlp_workspace_last_error(const mlp_workspace *workspace);

/**
 * Describe what the workspace holds and how it will compute, for people and logs. Lines have these shapes, and later
 * versions may add lines of others:
 *
 *     workspace: f32, batch <= 1024, threads <= 2, for forward, native avx512, 3862528 bytes
 *     bytes: 3735552 tape, 0 scratch, 0 panel, 0 tiles, 0 streams, 0 samples, 0 rows, 1216 threads, 1664 tables
 *     batch 1: modelled, 101632 multiply-adds, 128 activations, 410256 bytes, 0.50 flop per byte
 *     layer 1: 784 -> 128 relu, single, 1 thread, 100352 multiply-adds, 128 activations, 405568 bytes, 0.49 flop per byte
 *     layer 2: ...
 *     batch 1024: ...
 *
 * The bytes of the workspace are those of the outputs and pre-activations a pass leaves behind (tape), of the two matrices
 * of derivatives (scratch), of transposed weights (panel), of the columns path (tiles), of derivatives of
 * higher order (streams), of the deltas of samples (samples), of rows of dy/dtheta (rows), of what runs the threads, and of
 * tables. Then follow a forward pass of one sample and one of the maximum batch. `tuned`: mlp_workspace_tune() has measured
 * it, else the cost model decides. A layer is computed by
 *
 * | word | what it means |
 * |---|---|
 * | single | one sample, by kernels that read each weight once |
 * | rows | samples are the rows of a product, units its columns; threads share the samples |
 * | units | the same, and threads share the units of each layer |
 * | columns | tiles of samples go through all layers, samples along the vectors |
 * | blas | products are the BLAS's |
 *
 * The multiply-adds and activations other than the identity are what a pass has to compute; its bytes are what it has to
 * touch at least once: parameters, inputs and outputs. Divided by the machine's rates, which `mlp-bench` measures, they bound
 * its time from below.
 *
 * @param workspace  the workspace
 * @param buffer     receives the text, NUL-terminated and cut to @p size; NULL only if @p size is 0
 * @param size       bytes at @p buffer
 * @return bytes needed for the whole text with its NUL; negative (an mlp_status) on bad arguments
 * @since 0.1
 */
MLP_API int64_t mlp_workspace_describe(const mlp_workspace *workspace, char *buffer, int64_t size);

MLP_END_DECLS

#endif
