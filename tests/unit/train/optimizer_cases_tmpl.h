/* Template: optimizers in one number type. */

/* theta, g and the reference; what lies behind COUNT is padding. */
static void T(check)(int32_t which, double tolerance)
{
    const optimizer_rule *rule = &optimizer_rules[which];
    static _Alignas(64) REAL theta[PADDED], g[PADDED];
    static optimizer_element reference[COUNT];
    const mlpi_optimizer *optimizer = mlpi_optimizer_of(rule->optimizer);
    mlpi_options options;
    mlpi_optimizer_state optimizer_state;
    draw d = {(uint64_t)which + 1};
    mlpi_options_reset(&options);
    assert_int_equal(mlpi_options_set(&options, MLP_TRAINER_MOMENTUM, rule->momentum), MLP_OK);
    assert_int_equal(mlpi_options_set(&options, MLP_TRAINER_NESTEROV, rule->nesterov), MLP_OK);
    assert_int_equal(mlpi_options_set(&options, MLP_TRAINER_WEIGHT_DECAY, rule->decay), MLP_OK);
    assert_int_equal(
        mlpi_optimizer_state_create(optimizer->states(&options), sizeof theta, 0, &optimizer_state), MLP_OK);
    assert_int_equal(optimizer_state.count, rule->states);
    memset(theta, 0, sizeof theta);
    memset(g, 0, sizeof g);
    for (int64_t i = 0; i < COUNT; i++) {
        theta[i] = (REAL)(float)draw_real(&d, -1, 1);
        reference[i] = (optimizer_element){.theta = (double)theta[i]};
    }
    double worst = 0, size = 0;
    for (int t = 1; t <= STEPS; t++) {
        const double rate = rate_of(rule, t);
        for (int64_t i = 0; i < COUNT; i++)
            g[i] = (REAL)gradient(&d, &reference[i], i);
        for (int64_t i = 0; i < COUNT; i++)
            optimizer_rule_step(rule, &reference[i], (double)g[i], t, rate);
        mlpi_update update;
        REAL *const vectors[MLPI_MAX_STATES] = {optimizer_state.vectors[0], optimizer_state.vectors[1]};
        mlpi_optimizer_begin(optimizer, &options, rate, t, &update);
        optimizer->T(update)(&update, PADDED, g, vectors, theta);
        double error = 0;
        for (int64_t i = 0; i < COUNT; i++) {
            error = fmax(error, fabs((double)theta[i] - reference[i].theta));
            size = fmax(size, fabs(reference[i].theta));
        }
        worst = fmax(worst, error / size);
    }
    print_message("%s in f%d: off by %.2g after %d steps\n", rule->name, REAL_BITS, worst, STEPS);
    assert_true(worst <= tolerance);
    for (int64_t i = COUNT; i < PADDED; i++)
        assert_true(theta[i] == 0);
    mlpi_optimizer_state_release(&optimizer_state);
}
