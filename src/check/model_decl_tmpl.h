/* All rows of one number type. */
mlp_status T(mlpi_model_check_first)(mlpi_model_check *check);
mlp_status T(mlpi_model_check_samples)(mlpi_model_check *check);
mlp_status T(mlpi_model_check_second)(mlpi_model_check *check);
