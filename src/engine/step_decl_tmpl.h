/*
 * The loss of samples first .. first + count - 1: y (n_L x count) becomes its cotangent. Returns the sum of the samples'
 * losses. Called from several threads, for several groups at once.
 */
typedef double (*T(mlpi_step_loss))(void *context, int64_t first, int64_t count, REAL *y, int64_t ldy);

/* Moves `count` parameters of layer l that follow each other, from theta on, along their gradient. Called as the loss is. */
typedef void (*T(mlpi_step_update))(void *context, int32_t l, REAL *theta, int64_t count,
                                    const REAL *gradient);

typedef struct T(mlpi_step) {
    const mlpi_chain *chain;
    mlpi_step_memory *memory;
    int64_t batch;
    const REAL *x; /* n_0 x batch */
    int64_t ldx;
    T(mlpi_border) in, out;
    REAL *y; /* n_L x batch: outputs, then their cotangents */
    int64_t ldy;
    T(mlpi_step_loss) loss;
    void *context;
    const mlpi_dropout *dropout;    /* NULL where the memory was taken without */
    int32_t stores;                 /* the gradients are wanted, whatever the batch */
    const mlpi_gradient *gradients; /* where dA_l and db_l go, if they are stored */
    const mlpi_gradient *params;    /* A_l and b_l: if not, these move, */
    double rate;                    /* A_l -= rate dA_l if this is not 0, */
    T(mlpi_step_update) update;     /* or by this */
} T(mlpi_step);

/*
 * Runs it; *sum becomes the sum of the samples' losses. Gradients are stored where they are wanted, the
 * batch has several chunks, or an element of them could overflow.
 */
mlpi_step_result T(mlpi_step_run)(const T(mlpi_step) *step, double *sum);
