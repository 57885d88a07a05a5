/* Samples: x n x samples; weights may be NULL, else they are >= 0 with a finite sum > 0. */
typedef struct T(mlpi_inputs) {
    int64_t n, samples;
    const REAL *x;
    int64_t ldx;
    const REAL *weights;
} T(mlpi_inputs);

/* What is wanted of the components, and where it goes; NULL skips. */
typedef struct T(mlpi_components) {
    int64_t most;    /* components at most */
    double fraction; /* of the variance, to be reached with no more components than that takes */
    REAL *W;         /* most x n, a component a row; rows of zeros after the last */
    int64_t ldw;
    REAL *mean;      /* n */
    REAL *variances; /* most */
    int64_t *count;
} T(mlpi_components);

/* Components of length 1. On failure nothing is written, here and below. */
mlp_status T(mlpi_pca)(const T(mlpi_inputs) *inputs, const T(mlpi_components) *wanted);

/* Components divided by their deviation, variances below epsilon times the largest counting as that much. */
mlp_status T(mlpi_whiten)(const T(mlpi_inputs) *inputs, double epsilon, const T(mlpi_components) *wanted);
