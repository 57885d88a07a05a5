mlp_status T(mlp_activation_evaluate)(mlp_activation activation, double parameter, int32_t order, int64_t n,
                                      const REAL *z, REAL *out)
{
    mlpi_activation found;
    mlp_status status = mlpi_activation_acquire(activation, &found);
    if (status != MLP_OK)
        return status;
    status = mlpi_set_activation_parameter(&found, parameter);
    if (status == MLP_OK)
        status = mlpi_check_argument("order", order, 0, MLPI_ORDERS - 1);
    if (status == MLP_OK)
        status = check_arrays(n, sizeof(REAL), z, out);
    if (status == MLP_OK)
        status = T(mlpi_activation_evaluate)(&found, order, n, z, out);
    mlpi_activation_release(&found);
    return status;
}
