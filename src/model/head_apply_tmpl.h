/* Template: a model's head on a batch. */

void T(mlpi_apply_head)(const mlp_model *model, int64_t batch, REAL *y, int64_t ldy)
{
    const mlpi_head_kind *head = mlpi_head_of(model->head);
    const int64_t n = model->architecture.widths[model->architecture.layers];
    for (int64_t s = 0; s < batch && head->T(apply); s++)
        head->T(apply)(n, y + s * ldy);
}
