/* Template: layouts against an index map written out element by element. */

/* map[k]: where theta[k] lies in padded storage. */
static int64_t *T(map_of)(const net *shape, const mlpi_layout *layout, int64_t count)
{
    int64_t *map = malloc((size_t)count * sizeof *map), k = 0;
    for (int32_t l = 0; l < shape->layers; l++) {
        for (int64_t j = 0; j < shape->widths[l]; j++)
            for (int64_t i = 0; i < shape->widths[l + 1]; i++)
                map[k++] = layout[l].A + i + j * layout[l].lda;
        for (int64_t i = 0; i < shape->widths[l + 1]; i++)
            map[k++] = layout[l].b + i;
    }
    assert_int_equal(k, count);
    return map;
}

static void T(check_places)(const net *shape, const mlpi_layout *layout, mlpi_layout_size size)
{
    const int64_t unit = 64 / (int64_t)sizeof(REAL);
    int64_t padded = 0, compact = 0;
    for (int32_t l = 0; l < shape->layers; l++) {
        const mlpi_layout *at = &layout[l];
        assert_int_equal(at->n_in, shape->widths[l]);
        assert_int_equal(at->n_out, shape->widths[l + 1]);
        assert_int_equal(at->lda, mlpi_leading_dimension(at->n_out, REAL_DTYPE));
        assert_int_equal(at->A % unit, 0);
        assert_int_equal(at->b % unit, 0);
        assert_true(at->A >= padded && at->b >= at->A + at->lda * at->n_in);
        padded = at->b + at->n_out;
        assert_int_equal(at->compact_A, compact);
        assert_int_equal(at->compact_b, compact + at->n_out * at->n_in);
        compact = at->compact_b + at->n_out;
    }
    assert_int_equal(size.compact, compact);
    assert_true(size.padded >= padded && size.padded < padded + unit);
}

/* Both directions over one range, with every element outside it at a sentinel before and after. */
static void T(check_range)(const net *shape, const mlpi_layout *layout, mlpi_layout_size size,
                           const int64_t *map, int64_t offset, int64_t count)
{
    REAL *padded = malloc((size_t)size.padded * sizeof(REAL));
    REAL *theta = malloc((size_t)(count + 2) * sizeof(REAL));
    for (int64_t k = 0; k < size.padded; k++)
        padded[k] = -(REAL)k;
    theta[0] = theta[count + 1] = 77;
    T(mlpi_layout_gather)(layout, shape->layers, padded, offset, count, theta + 1);
    for (int64_t k = 0; k < count; k++)
        assert_true(theta[k + 1] == -(REAL)map[offset + k]);
    assert_true(theta[0] == 77 && theta[count + 1] == 77);
    for (int64_t k = 0; k < count; k++)
        theta[k + 1] = (REAL)(k + 1);
    T(mlpi_layout_scatter)(layout, shape->layers, theta + 1, offset, count, padded);
    for (int64_t k = 0; k < count; k++) {
        assert_true(padded[map[offset + k]] == (REAL)(k + 1));
        padded[map[offset + k]] = -(REAL)map[offset + k];
    }
    for (int64_t k = 0; k < size.padded; k++)
        assert_true(padded[k] == -(REAL)k);
    free(padded);
    free(theta);
}

static void T(check_net)(const net *shape, draw *random)
{
    mlpi_layout layout[MAX_LAYERS];
    mlpi_layout_size size, measured;
    assert_true(mlpi_layout_place(REAL_DTYPE, shape->layers, shape->widths, layout, &size));
    assert_true(mlpi_layout_place(REAL_DTYPE, shape->layers, shape->widths, NULL, &measured));
    assert_memory_equal(&size, &measured, sizeof size);
    T(check_places)(shape, layout, size);
    int64_t *map = T(map_of)(shape, layout, size.compact);
    T(check_range)(shape, layout, size, map, 0, size.compact);
    T(check_range)(shape, layout, size, map, size.compact, 0);
    for (int i = 0; i < 40; i++) {
        const int64_t offset = draw_int(random, 0, size.compact - 1);
        T(check_range)(shape, layout, size, map, offset, draw_int(random, 0, size.compact - offset));
        T(check_range)(shape, layout, size, map, offset, 1);
    }
    free(map);
}

static void T(test_layouts)(void **state)
{
    draw random = {20260101};
    (void)state;
    for (size_t n = 0; n < sizeof nets / sizeof *nets; n++)
        T(check_net)(&nets[n], &random);
}
