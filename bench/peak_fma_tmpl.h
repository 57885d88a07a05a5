/*
 * Multiply and add in registers. REAL is the number type, FMA_NAME the function's name; PEAK_VECTOR_BYTES and
 * PEAK_CHAINS are the instruction set's. Enough chains run beside each other to hide the latency; that they are the
 * local variables of an unrolled loop keeps them in registers.
 */
static double FMA_NAME(int64_t rounds)
{
    typedef REAL vector __attribute__((vector_size(PEAK_VECTOR_BYTES)));
    static volatile REAL shrink = (REAL)0.999, shift = (REAL)1e-3;
    vector chain[PEAK_CHAINS], a = (vector){0} + shrink, b = (vector){0} + shift, sum = {0};

    for (int j = 0; j < PEAK_CHAINS; j++)
        chain[j] = b * (REAL)j;
    for (int64_t i = 0; i < rounds; i++) {
#pragma GCC unroll 32
        for (int j = 0; j < PEAK_CHAINS; j++)
            chain[j] = chain[j] * a + b;
    }
    for (int j = 0; j < PEAK_CHAINS; j++)
        sum += chain[j];
    __asm__ volatile("" : : "m"(sum)); /* it is wanted */
    return 2.0 * (double)rounds * PEAK_CHAINS * (PEAK_VECTOR_BYTES / sizeof(REAL));
}

#undef REAL
#undef FMA_NAME
