/* Polynomials and constants of the vector activations, printed by fit_coefficients.py. */
#ifndef MLPI_LAYER_VECTORS_TERMS_H
#define MLPI_LAYER_VECTORS_TERMS_H

/* (e^r - 1 - r) / r^2 in r, |r| <= 0.3475: degree 5, relative error 9.7e-9 */
static const float exp_terms_f32[] = {
    0x1.0000000000000p-1f, 0x1.5555560000000p-3f,  0x1.5554e80000000p-5f,
    0x1.1110e00000000p-7f, 0x1.6d44b20000000p-10f, 0x1.a126520000000p-13f,
};
/* (tanh x - x) / x^3 in x^2, |x| <= 0.625: degree 5, relative error 3.9e-8 */
static const float tanh_terms_f32[] = {
    -0x1.5555560000000p-2f, 0x1.1110ea0000000p-3f,  -0x1.ba08c40000000p-5f,
    0x1.64a9760000000p-6f,  -0x1.116a160000000p-7f, 0x1.2c83c00000000p-9f,
};
/* (sin r - r) / r^3 in r^2, |r| <= 0.7875: degree 2, relative error 1.5e-7 */
static const float sin_terms_f32[] = {
    -0x1.5555520000000p-3f,
    0x1.110c1c0000000p-7f,
    -0x1.9ac25a0000000p-13f,
};
/* (cos r - 1 + r^2 / 2) / r^4 in r^2, |r| <= 0.7875: degree 2, relative error 6.0e-8 */
static const float cos_terms_f32[] = {
    0x1.5555540000000p-5f,
    -0x1.6c12c80000000p-10f,
    0x1.9bd2ba0000000p-16f,
};
/* (e - log(1 + e)) / e^2 - 3/8 in 2 e - 1, 0 <= e <= 1: degree 10, relative error 2.5e-8 */
static const float log_terms_f32[] = {
    0x1.9b82680000000p-9f,  -0x1.6f0d7e0000000p-4f,  0x1.7ddf220000000p-6f,  -0x1.a277d40000000p-8f,
    0x1.da321c0000000p-10f, -0x1.13662a0000000p-11f, 0x1.45244c0000000p-13f, -0x1.78b6de0000000p-15f,
    0x1.c737720000000p-17f, -0x1.7871440000000p-18f, 0x1.d02b280000000p-20f,
};
/* (1 + t) tail(t) in 1 - y tail_scale, y = t / (t + 4), 0 <= t <= 15.0: degree 10, relative error 2.2e-8 */
static const float tail_terms_f32[] = {
    0x1.f884de0000000p-2f,  0x1.3afa4e0000000p-4f,   -0x1.26f8260000000p-7f,  -0x1.043dd80000000p-5f,
    -0x1.5909640000000p-6f, -0x1.da82ea0000000p-8f,  -0x1.d349a80000000p-11f, 0x1.29f8760000000p-12f,
    0x1.a768920000000p-14f, -0x1.6723900000000p-17f, -0x1.d570d80000000p-18f,
};
/* mish'' in z, |z| <= 3/8: degree 8, relative error 3.6e-8 */
static const float mish_second_terms_f32[] = {
    0x1.47ae140000000p-1f,  -0x1.8937680000000p-4f, -0x1.19ce060000000p-1f,
    -0x1.e8b2aa0000000p-8f, 0x1.e05ee80000000p-3f,  0x1.2522280000000p-5f,
    -0x1.22cda60000000p-4f, -0x1.3508320000000p-6f, 0x1.0520320000000p-6f,
};
/* mish''' in z, |z| <= 3/8: degree 9, relative error 4.0e-8 */
static const float mish_third_terms_f32[] = {
    -0x1.89374c0000000p-4f, -0x1.19ce080000000p+0f, -0x1.6efc740000000p-6f, 0x1.e060f80000000p-1f,
    0x1.70e1080000000p-3f,  -0x1.b4d27e0000000p-2f, -0x1.2f09220000000p-3f, 0x1.14b70c0000000p-3f,
    0x1.08e40a0000000p-4f,  -0x1.ec4d8a0000000p-6f,
};
/* silu''' / z in z^2 - 1.25^2 / 2, |z| <= 1.25: degree 7, relative error 3.3e-8 */
static const float silu_third_terms_f32[] = {
    -0x1.5db99a0000000p-2f,  0x1.4d6e5c0000000p-3f,  -0x1.62f34c0000000p-5f,  0x1.1fd1c60000000p-7f,
    -0x1.8e34980000000p-10f, 0x1.f0910a0000000p-13f, -0x1.2611d80000000p-15f, 0x1.41f0fa0000000p-18f,
};
/* gelu_tanh'' in z^2 - 1.25^2 / 2, |z| <= 1.25: degree 7, relative error 6.2e-8 */
static const float gelu_tanh_second_terms_f32[] = {
    0x1.509ec80000000p-2f, -0x1.bb03180000000p-2f,  0x1.6afb2e0000000p-3f,  -0x1.59a0e20000000p-5f,
    0x1.cbc9620000000p-8f, -0x1.b610ee0000000p-11f, 0x1.ae33d20000000p-15f, 0x1.7d897c0000000p-18f,
};
/* gelu_tanh''' / z in z^2 - 1.25^2 / 2, |z| <= 1.25: degree 7, relative error 6.1e-8 */
static const float gelu_tanh_third_terms_f32[] = {
    -0x1.bb03180000000p-1f, 0x1.6afb420000000p-1f,  -0x1.03388e0000000p-2f, 0x1.cbb4600000000p-5f,
    -0x1.11dce00000000p-7f, 0x1.575a940000000p-11f, 0x1.59d7a80000000p-14f, -0x1.6a73040000000p-15f,
};
static const float tail_shift_f32 = 0x1.0000000000000p+2f;
static const float tail_scale_f32 = 0x1.4444440000000p+1f;
static const float log2_e_f32 = 0x1.7154760000000p+0f;
static const float inverse_half_pi_f32 = 0x1.45f3060000000p-1f;
static const float selu_right_f32 = 0x1.0cfabe0000000p+0f;
static const float selu_left_f32 = 0x1.c212cc0000000p+0f;
/* log 2: an integer of an exponent times the first part is exact */
static const float log2_hi_f32 = 0x1.62e4000000000p-1f;
static const float log2_lo_f32 = 0x1.7f7d1c0000000p-20f;
/* pi / 2, each part as precise as a number can be */
static const float half_pi_1_f32 = 0x1.921fb40000000p+0f;
static const float half_pi_2_f32 = 0x1.4442d00000000p-24f;
static const float half_pi_3_f32 = 0x1.84698a0000000p-48f;
/* 1 / sqrt(2 pi) */
static const float density_at_0_f32 = 0x1.9884520000000p-2f;
static const float density_at_0_lo_f32 = 0x1.3d43660000000p-26f;
/* 2 sqrt(2 / pi), three times that, and 0.044715 of it */
static const float gate_1_f32 = 0x1.9884520000000p+0f;
static const float gate_1_lo_f32 = 0x1.3d43660000000p-24f;
static const float gate_1_thrice_f32 = 0x1.32633e0000000p+2f;
static const float gate_1_thrice_lo_f32 = 0x1.b7ca300000000p-24f;
static const float gate_3_f32 = 0x1.2444f20000000p-4f;
static const float gate_3_lo_f32 = 0x1.49b16a0000000p-29f;
/*
 * tanh x in x - centre by the leading bits of x + shift, 0 <= x <= end:
 * 32 intervals, degree 4, relative error 3.1e-8; the centres come first.
 */
static const float tanh_table_f32[6][32] = {
    {
        0x1.7ca0000000000p+0f, 0x1.ba98000000000p+0f, 0x1.f840000000000p+0f, 0x1.1f20000000000p+1f,
        0x1.3f74000000000p+1f, 0x1.5d84000000000p+1f, 0x1.7e98000000000p+1f, 0x1.9ea4000000000p+1f,
        0x1.d188000000000p+1f, 0x1.0754000000000p+2f, 0x1.25ec000000000p+2f, 0x1.47b0000000000p+2f,
        0x1.68a0000000000p+2f, 0x1.85fc000000000p+2f, 0x1.a5f0000000000p+2f, 0x1.c79c000000000p+2f,
        0x1.f708000000000p+2f, 0x1.1638000000000p+3f, 0x0.0000000000000p+0f, 0x1.4d00000000000p-4f,
        0x1.1d10000000000p-3f, 0x1.a250000000000p-3f, 0x1.13e8000000000p-2f, 0x1.4ef8000000000p-2f,
        0x1.b2c0000000000p-2f, 0x1.19c0000000000p-1f, 0x1.5990000000000p-1f, 0x1.98e8000000000p-1f,
        0x1.d508000000000p-1f, 0x1.0c10000000000p+0f, 0x1.2be0000000000p+0f, 0x1.4bb0000000000p+0f,
    },
    {
        0x1.ce33940000000p-1f, 0x1.e0ba9a0000000p-1f, 0x1.ec74580000000p-1f, 0x1.f498a20000000p-1f,
        0x1.f9168e0000000p-1f, 0x1.fbaafc0000000p-1f, 0x1.fd69740000000p-1f, 0x1.fe6e0a0000000p-1f,
        0x1.ff4a5c0000000p-1f, 0x1.ffba140000000p-1f, 0x1.ffe51e0000000p-1f, 0x1.fff6a40000000p-1f,
        0x1.fffca80000000p-1f, 0x1.fffeaa0000000p-1f, 0x1.ffff820000000p-1f, 0x1.ffffd40000000p-1f,
        0x1.fffff60000000p-1f, 0x1.fffffe0000000p-1f, 0x0.0000000000000p+0f, 0x1.4c44ae0000000p-4f,
        0x1.1b3c580000000p-3f, 0x1.9c97360000000p-3f, 0x1.0d6afa0000000p-2f, 0x1.4382d20000000p-2f,
        0x1.9a62440000000p-2f, 0x1.0060f60000000p-1f, 0x1.2d2a0a0000000p-1f, 0x1.5399400000000p-1f,
        0x1.72b4dc0000000p-1f, 0x1.8fb5ca0000000p-1f, 0x1.a641340000000p-1f, 0x1.b8a0980000000p-1f,
    },
    {
        0x1.7b03ba0000000p-3f,  0x1.e50e960000000p-4f,  0x1.32c20c0000000p-4f,  0x1.68dac40000000p-5f,
        0x1.b75f400000000p-6f,  0x1.14141a0000000p-6f,  0x1.4a6ede0000000p-7f,  0x1.91573a0000000p-8f,
        0x1.6af9da0000000p-9f,  0x1.17913c0000000p-10f, 0x1.ae03c80000000p-12f, 0x1.2b70ca0000000p-13f,
        0x1.abee260000000p-15f, 0x1.55f1be0000000p-16f, 0x1.f7eae00000000p-18f, 0x1.5fe7560000000p-19f,
        0x1.3efbde0000000p-21f, 0x1.d0e1a00000000p-24f, 0x1.0000000000000p+0f,  0x1.fca17a0000000p-1f,
        0x1.f6350c0000000p-1f,  0x1.eb38460000000p-1f,  0x1.dc8ec00000000p-1f,  0x1.cce5940000000p-1f,
        0x1.adc4240000000p-1f,  0x1.7f9efe0000000p-1f,  0x1.4eda180000000p-1f,  0x1.1ec06c0000000p-1f,
        0x1.e730c40000000p-2f,  0x1.8fe7e00000000p-2f,  0x1.4785000000000p-2f,  0x1.0997960000000p-2f,
    },
    {
        -0x1.56270c0000000p-3f,  -0x1.c76fc00000000p-4f,  -0x1.270f560000000p-4f,  -0x1.60cea20000000p-5f,
        -0x1.b16bda0000000p-6f,  -0x1.11bfae0000000p-6f,  -0x1.48c19c0000000p-7f,  -0x1.901a900000000p-8f,
        -0x1.6a49ea0000000p-9f,  -0x1.1769ac0000000p-10f, -0x1.ae1f6c0000000p-12f, -0x1.2b62040000000p-13f,
        -0x1.abe1d00000000p-15f, -0x1.56124c0000000p-16f, -0x1.f811200000000p-18f, -0x1.5e17b80000000p-19f,
        -0x1.3e30ae0000000p-21f, -0x1.95dfae0000000p-26f, 0x0.0000000000000p+0f,   -0x1.4a13600000000p-4f,
        -0x1.15d1980000000p-3f,  -0x1.8bd8300000000p-3f,  -0x1.f588bc0000000p-3f,  -0x1.2338ac0000000p-2f,
        -0x1.58786c0000000p-2f,  -0x1.8030a80000000p-2f,  -0x1.89edea0000000p-2f,  -0x1.7c64c40000000p-2f,
        -0x1.60bd8a0000000p-2f,  -0x1.3833440000000p-2f,  -0x1.0e1c4e0000000p-2f,  -0x1.c9231e0000000p-3f,
    },
    {
        0x1.6ccd400000000p-4f,  0x1.0a33360000000p-4f,  0x1.6bc3ce0000000p-5f,  0x1.c299520000000p-6f,
        0x1.1a02960000000p-6f,  0x1.680e2c0000000p-7f,  0x1.b380060000000p-8f,  0x1.0a18fc0000000p-8f,
        0x1.e8fafc0000000p-10f, 0x1.7a08aa0000000p-11f, 0x1.22dfd20000000p-12f, 0x1.9578520000000p-14f,
        0x1.21ac900000000p-15f, 0x1.ceef6a0000000p-17f, 0x1.5521160000000p-18f, 0x1.db8a820000000p-20f,
        0x1.c5c8f80000000p-22f, 0x1.18e6320000000p-23f, -0x1.5582840000000p-2f, -0x1.4c421e0000000p-2f,
        -0x1.3b74320000000p-2f, -0x1.1f7ea80000000p-2f, -0x1.f7502e0000000p-3f, -0x1.ae6c300000000p-3f,
        -0x1.28ed440000000p-3f, -0x1.fc87ba0000000p-5f, 0x1.05c7c60000000p-7f,  0x1.e697d80000000p-5f,
        0x1.72f5e00000000p-4f,  0x1.b8e4700000000p-4f,  0x1.c5d3b80000000p-4f,  0x1.b065c60000000p-4f,
    },
    {
        -0x1.9287f00000000p-6f,  -0x1.85755a0000000p-6f,  -0x1.2c55da0000000p-6f,  -0x1.9d92b60000000p-7f,
        -0x1.0ea7d40000000p-7f,  -0x1.5967080000000p-8f,  -0x1.ad679e0000000p-9f,  -0x1.086fc60000000p-9f,
        -0x1.faf3c80000000p-11f, -0x1.7acd420000000p-12f, -0x1.1992060000000p-13f, -0x1.9a82960000000p-15f,
        -0x1.28c5880000000p-16f, -0x1.c223dc0000000p-18f, -0x1.4c8f460000000p-19f, -0x1.1deb3c0000000p-20f,
        -0x1.cf01ce0000000p-23f, -0x1.153b780000000p-21f, 0x1.4174640000000p-7f,   0x1.a06e300000000p-5f,
        0x1.69251e0000000p-4f,   0x1.ed3c5a0000000p-4f,   0x1.290a640000000p-3f,   0x1.4aa2dc0000000p-3f,
        0x1.5bea300000000p-3f,   0x1.4080e60000000p-3f,   0x1.fc693a0000000p-4f,   0x1.5b355c0000000p-4f,
        0x1.8868620000000p-5f,   0x1.20fef60000000p-6f,   -0x1.cc48b40000000p-9f,  -0x1.0e2b480000000p-6f,
    },
};
enum { tanh_table_bits = 3 };
static const float tanh_table_shift_f32 = 0x1.4800000000000p-1f;
static const float tanh_table_end_f32 = 0x1.2400000000000p+3f;
/*
 * 1 / (1 + e^x) in x - centre by the leading bits of scale x + shift, 0 <= x <= end:
 * 32 intervals, degree 5, relative error 3.8e-8; the centres come first.
 */
static const float sigmoid_table_f32[7][32] = {
    {
        0x0.0000000000000p+0f, 0x1.b9b4000000000p-1f, 0x1.690e000000000p+0f, 0x1.f4c4000000000p+0f,
        0x1.4451000000000p+1f, 0x1.87ad000000000p+1f, 0x1.d154000000000p+1f, 0x1.0d04000000000p+2f,
        0x1.33fc800000000p+2f, 0x1.5435000000000p+2f, 0x1.79dc000000000p+2f, 0x1.9d28000000000p+2f,
        0x1.c294800000000p+2f, 0x1.e531000000000p+2f, 0x1.05a6800000000p+3f, 0x1.17b6400000000p+3f,
        0x1.29b1c00000000p+3f, 0x1.3a55000000000p+3f, 0x1.4e14c00000000p+3f, 0x1.5de4800000000p+3f,
        0x1.6ffb000000000p+3f, 0x1.826dc00000000p+3f, 0x1.9587000000000p+3f, 0x1.a738400000000p+3f,
        0x1.b860400000000p+3f, 0x1.cb80400000000p+3f, 0x1.dc7b400000000p+3f, 0x1.ef5c400000000p+3f,
        0x1.ffefc00000000p+3f, 0x1.0996800000000p+4f, 0x1.130ca00000000p+4f, 0x1.19a1200000000p+4f,
    },
    {
        0x1.0000000000000p-1f,  0x1.2fe5da0000000p-2f,  0x1.91c4940000000p-3f,  0x1.fb72040000000p-4f,
        0x1.2d2b620000000p-4f,  0x1.6ee9940000000p-5f,  0x1.a5021a0000000p-6f,  0x1.e282da0000000p-7f,
        0x1.083b380000000p-7f,  0x1.40728e0000000p-8f,  0x1.64a3a40000000p-9f,  0x1.9b60c00000000p-10f,
        0x1.cacbf60000000p-11f, 0x1.0b3f100000000p-11f, 0x1.26bd000000000p-12f, 0x1.4f44e60000000p-13f,
        0x1.7e4c220000000p-14f, 0x1.c69dea0000000p-15f, 0x1.ea85a20000000p-16f, 0x1.2b470e0000000p-16f,
        0x1.541d160000000p-17f, 0x1.7e31380000000p-18f, 0x1.a4d5ce0000000p-19f, 0x1.e433ca0000000p-20f,
        0x1.1b42f60000000p-20f, 0x1.37a4ea0000000p-21f, 0x1.6ea2da0000000p-22f, 0x1.967c9e0000000p-23f,
        0x1.e44b680000000p-24f, 0x1.0975ec0000000p-24f, 0x1.25e90a0000000p-25f, 0x1.859e3a0000000p-26f,
    },
    {
        -0x1.ffffb80000000p-3f,  -0x1.ab6ac60000000p-3f,  -0x1.42f3660000000p-3f,  -0x1.bc943e0000000p-4f,
        -0x1.1706740000000p-4f,  -0x1.5e7a960000000p-5f,  -0x1.9a309c0000000p-6f,  -0x1.db67f60000000p-7f,
        -0x1.0619c60000000p-7f,  -0x1.3ee16a0000000p-8f,  -0x1.63ab360000000p-9f,  -0x1.9abb760000000p-10f,
        -0x1.ca652e0000000p-11f, -0x1.0b1c2c0000000p-11f, -0x1.26a7cc0000000p-12f, -0x1.4f37300000000p-13f,
        -0x1.7e433a0000000p-14f, -0x1.c697920000000p-15f, -0x1.ea81fe0000000p-16f, -0x1.2b45a80000000p-16f,
        -0x1.541c2c0000000p-17f, -0x1.7e30a20000000p-18f, -0x1.a4d5780000000p-19f, -0x1.e4338e0000000p-20f,
        -0x1.1b42dc0000000p-20f, -0x1.37a4de0000000p-21f, -0x1.6ea2ca0000000p-22f, -0x1.967c980000000p-23f,
        -0x1.e44b580000000p-24f, -0x1.0975ea0000000p-24f, -0x1.25e90e0000000p-25f, -0x1.859e3a0000000p-26f,
    },
    {
        -0x1.a453ba0000000p-17f, 0x1.5b6fb40000000p-5f,  0x1.887ac80000000p-5f,  0x1.4e6d040000000p-5f,
        0x1.dbfdbc0000000p-6f,   0x1.3f15bc0000000p-6f,  0x1.851c1a0000000p-7f,  0x1.cd679c0000000p-8f,
        0x1.01df6a0000000p-8f,   0x1.3bc2ce0000000p-9f,  0x1.61bb280000000p-10f, 0x1.9970d40000000p-11f,
        0x1.c996f40000000p-12f,  0x1.0ad6040000000p-12f, 0x1.267cd60000000p-13f, 0x1.4f1b1e0000000p-14f,
        0x1.7e30aa0000000p-15f,  0x1.c68a480000000p-16f, 0x1.ea79d00000000p-17f, 0x1.2b42980000000p-17f,
        0x1.541a000000000p-18f,  0x1.7e2eec0000000p-19f, 0x1.a4d3fa0000000p-20f, 0x1.e4322c0000000p-21f,
        0x1.1b42460000000p-21f,  0x1.37a42c0000000p-22f, 0x1.6ea2240000000p-23f, 0x1.967bc40000000p-24f,
        0x1.e44ac20000000p-25f,  0x1.0975640000000p-25f, 0x1.25e88e0000000p-26f, 0x1.859e280000000p-27f,
    },
    {
        0x1.56de340000000p-6f,   0x1.1f920e0000000p-7f,   -0x1.72f0140000000p-10f, -0x1.9d5cba0000000p-8f,
        -0x1.b7ece20000000p-8f,  -0x1.5b4ab20000000p-8f,  -0x1.d0c0080000000p-9f,  -0x1.215b240000000p-9f,
        -0x1.4cad980000000p-10f, -0x1.9cce2c0000000p-11f, -0x1.d285f80000000p-12f, -0x1.0f453c0000000p-12f,
        -0x1.2ffe340000000p-13f, -0x1.6316d00000000p-14f, -0x1.8830c00000000p-15f, -0x1.be7f520000000p-16f,
        -0x1.fd5fb20000000p-17f, -0x1.2effc80000000p-17f, -0x1.46e9260000000p-18f, -0x1.8f0d0a0000000p-19f,
        -0x1.c585a80000000p-20f, -0x1.fda0120000000p-21f, -0x1.188a4c0000000p-21f, -0x1.42ccc20000000p-22f,
        -0x1.79b90a0000000p-23f, -0x1.9f82940000000p-24f, -0x1.e8e5d20000000p-25f, -0x1.0efcc40000000p-25f,
        -0x1.42e9d80000000p-26f, -0x1.61f3c00000000p-27f, -0x1.87d5c20000000p-28f, -0x1.03be4a0000000p-28f,
    },
    {
        -0x1.331b860000000p-12f, -0x1.59068e0000000p-8f, -0x1.d1f6960000000p-9f, -0x1.11b3340000000p-10f,
        0x1.c222e00000000p-12f,  0x1.9bc94c0000000p-11f, 0x1.6a78600000000p-11f, 0x1.fc87f60000000p-12f,
        0x1.3774c00000000p-12f,  0x1.8d5dbe0000000p-13f, 0x1.c9bcb00000000p-14f, 0x1.0cb16a0000000p-14f,
        0x1.2eee3c0000000p-15f,  0x1.62d1c60000000p-16f, 0x1.88b85c0000000p-17f, 0x1.bf893a0000000p-18f,
        0x1.fed98e0000000p-19f,  0x1.2fd47c0000000p-19f, 0x1.47f3240000000p-20f, 0x1.9012fc0000000p-21f,
        0x1.c6c3040000000p-22f,  0x1.ff44780000000p-23f, 0x1.1991ac0000000p-23f, 0x1.43fcda0000000p-24f,
        0x1.7af0260000000p-25f,  0x1.a10b240000000p-26f, 0x1.ea846c0000000p-27f, 0x1.0ffd7e0000000p-27f,
        0x1.43ce5a0000000p-28f,  0x1.6342100000000p-29f, 0x1.892b0e0000000p-30f, 0x1.0408460000000p-30f,
    },
    {
        -0x1.c54a6a0000000p-10f, 0x1.376ec00000000p-19f,  0x1.fbeaec0000000p-11f,  0x1.8499820000000p-11f,
        0x1.20750e0000000p-12f,  0x1.9e49a20000000p-17f,  -0x1.1f45680000000p-14f, -0x1.27c52e0000000p-14f,
        -0x1.b56eb60000000p-15f, -0x1.1abf180000000p-15f, -0x1.5a0eae0000000p-16f, -0x1.9991240000000p-17f,
        -0x1.de3e0e0000000p-18f, -0x1.1335980000000p-18f, -0x1.3d2b880000000p-19f, -0x1.6afbea0000000p-20f,
        -0x1.9e8be40000000p-21f, -0x1.d6a8da0000000p-22f, -0x1.0e25860000000p-22f, -0x1.3217140000000p-23f,
        -0x1.5cd74c0000000p-24f, -0x1.8d75b60000000p-25f, -0x1.c6daba0000000p-26f, -0x1.02c4b40000000p-26f,
        -0x1.2623940000000p-27f, -0x1.508a720000000p-28f, -0x1.7e00ce0000000p-29f, -0x1.b4b7480000000p-30f,
        -0x1.f03c760000000p-31f, -0x1.1b4e620000000p-31f, -0x1.443cc00000000p-32f, -0x1.a2cd660000000p-33f,
    },
};
enum { sigmoid_table_bits = 5 };
static const float sigmoid_table_shift_f32 = 0x1.0000000000000p+4f;
static const float sigmoid_table_scale_f32 = 0x1.c71c720000000p-1f;
static const float sigmoid_table_end_f32 = 0x1.1c00000000000p+4f;

/* (e^r - 1 - r) / r^2 in r, |r| <= 0.3475: degree 10, relative error 4.0e-18 */
static const double exp_terms_f64[] = {
    0x1.0000000000000p-1,  0x1.5555555555557p-3,  0x1.5555555555556p-5,  0x1.1111111110085p-7,
    0x1.6c16c16c162a3p-10, 0x1.a01a01ac16f76p-13, 0x1.a01a01a6f35fbp-16, 0x1.71de019d031e7p-19,
    0x1.27e4db0f8a3efp-22, 0x1.af4f1ddf981a8p-26, 0x1.1f73b376c0f55p-29,
};
/* (tanh x - x) / x^3 in x^2, |x| <= 0.625: degree 12, relative error 8.1e-17 */
static const double tanh_terms_f64[] = {
    -0x1.5555555555555p-2,  0x1.111111111110dp-3,  -0x1.ba1ba1ba1aff0p-5,  0x1.664f488279254p-6,
    -0x1.226e354ddfe9ap-7,  0x1.d6d3cc561e69ap-9,  -0x1.7da2fd76a3cf1p-10, 0x1.355204d5878bep-11,
    -0x1.f4fccb8116f0ap-13, 0x1.92d3563b405ccp-14, -0x1.370efd62e9535p-15, 0x1.99b26df70cccdp-17,
    -0x1.47559de55bc91p-19,
};
/* (sin r - r) / r^3 in r^2, |r| <= 0.7875: degree 6, relative error 5.7e-17 */
static const double sin_terms_f64[] = {
    -0x1.5555555555555p-3,  0x1.1111111111110p-7,  -0x1.a01a01a019908p-13, 0x1.71de3a545aba4p-19,
    -0x1.ae645408a039dp-26, 0x1.61217706ca2e5p-33, -0x1.ab131d431ae40p-41,
};
/* (cos r - 1 + r^2 / 2) / r^4 in r^2, |r| <= 0.7875: degree 6, relative error 5.6e-17 */
static const double cos_terms_f64[] = {
    0x1.5555555555555p-5,  -0x1.6c16c16c16c16p-10, 0x1.a01a01a019cf5p-16, -0x1.27e4fb77103b7p-22,
    0x1.1eed8de7147eap-29, -0x1.9394b2eacfcfdp-37, 0x1.ab74298132da2p-45,
};
/* (e - log(1 + e)) / e^2 - 3/8 in 2 e - 1, 0 <= e <= 1: degree 20, relative error 8.7e-17 */
static const double log_terms_f64[] = {
    0x1.9b82680cf681bp-9,  -0x1.6f0d7bd624bcdp-4,  0x1.7ddf1fe86aa8bp-6,  -0x1.a279c04c81491p-8,
    0x1.da348248c136cp-10, -0x1.131116f660a62p-11, 0x1.44ba45b9d5f97p-13, -0x1.84905221be439p-15,
    0x1.d5fb02e8e4f0bp-17, -0x1.1ebcbf79b310ep-18, 0x1.60737227c7dc1p-20, -0x1.b3f52ec039017p-22,
    0x1.0f08dfdc87d0bp-23, -0x1.51de3a7ee466ep-25, 0x1.a7ba1ffdb4dcbp-27, -0x1.11ce2880d86a2p-28,
    0x1.59d76729768ccp-30, -0x1.5b243c1b4b1a6p-32, 0x1.b7b60cffcd11fp-34, -0x1.2d368f35340b8p-34,
    0x1.80d9a3ccbf91fp-36,
};
/* (1 + t) tail(t) in 1 - y tail_scale, y = t / (t + 6), 0 <= t <= 39.5: degree 22, relative error 2.1e-17 */
static const double tail_terms_f64[] = {
    0x1.dc8851231bf1dp-2,   0x1.53d1b8d610ceep-4,   0x1.e47facc904208p-6,   -0x1.879efb7904dd3p-8,
    -0x1.5c3f512e4f2d7p-6,  -0x1.643fec27f5455p-6,  -0x1.f9bbf46ff9e4cp-7,  -0x1.156bfb7d05519p-7,
    -0x1.dc39a6c3e52c7p-9,  -0x1.3237ced853aa7p-10, -0x1.f3fffb4ec449cp-13, -0x1.2bc3d22238036p-18,
    0x1.0d2d4417837edp-16,  0x1.405610bbc4bccp-18,  -0x1.3e2ab446dab06p-23, -0x1.d36c41daeef16p-22,
    -0x1.181de66f93cf2p-24, 0x1.ffa760c955eb3p-26,  0x1.51ddcb212223cp-27,  -0x1.ee8cb943cd90dp-30,
    -0x1.1bfe467277b0dp-30, 0x1.6b74584f707b8p-34,  0x1.333aa54e33b2cp-34,
};
/* mish'' in z, |z| <= 3/8: degree 17, relative error 2.1e-17 */
static const double mish_second_terms_f64[] = {
    0x1.47ae147ae147bp-1,   -0x1.89374bc6a7efap-4, -0x1.19ce075f6fd2ep-1,  -0x1.e955e124b9f76p-8,
    0x1.e060fe479b48dp-3,   0x1.27310e06944b2p-5,  -0x1.2338e0a23bc17p-4,  -0x1.5cddc7ad25328p-6,
    0x1.1527a9bfb7a5ep-6,   0x1.0c4d200fd0c0ap-7,  -0x1.a0c754db59cf0p-9,  -0x1.47b149dc0ef58p-9,
    0x1.b5dcda82ceb09p-12,  0x1.55a1493ab6ae7p-11, -0x1.eb902d4535011p-18, -0x1.380a5cd413631p-13,
    -0x1.e50151e2c71e0p-17, 0x1.c970ef3d174b3p-16,
};
/* mish''' in z, |z| <= 3/8: degree 18, relative error 6.3e-17 */
static const double mish_third_terms_f64[] = {
    -0x1.89374bc6a7efap-4, -0x1.19ce075f6fd22p+0,  -0x1.6f0068db8bac0p-6,  0x1.e060fe47992b8p-1,
    0x1.70fd51884122fp-3,  -0x1.b4d550f18b2e1p-2,  -0x1.31420eba99903p-3,  0x1.1527a90fc36b2p-3,
    0x1.2dd6c534d13dbp-4,  -0x1.047c4e82c395bp-5,  -0x1.c29437a51af5ap-6,  0x1.4845c13071755p-8,
    0x1.159fbf9f144d7p-7,  -0x1.6cc3356c0042cp-14, -0x1.2625dcd652a2ap-9,  -0x1.3945ed6694071p-12,
    0x1.0eaf082be0da4p-11, 0x1.f6f47dc195f10p-14,  -0x1.86c8dbdd32f45p-14,
};
/* silu''' / z in z^2 - 1.25^2 / 2, |z| <= 1.25: degree 14, relative error 1.5e-16 */
static const double silu_third_terms_f64[] = {
    -0x1.5db99a32b2b0cp-2,  0x1.4d6e5b48e701fp-3,  -0x1.62f3393fcc113p-5,  0x1.1fd1bbc4d323ap-7,
    -0x1.8e483974735a7p-10, 0x1.f0a4f72fd746cp-13, -0x1.1fa9ace56e3dep-15, 0x1.3b6fd706a4641p-18,
    -0x1.4b7f47aa2bdccp-21, 0x1.50c392d275a04p-24, -0x1.4cc6c36aa8777p-27, 0x1.413ab8a338ae6p-30,
    -0x1.303c139622250p-33, 0x1.241019482ac44p-36, -0x1.0bf51028351c9p-39,
};
/* gelu_tanh'' in z^2 - 1.25^2 / 2, |z| <= 1.25: degree 14, relative error 1.5e-16 */
static const double gelu_tanh_second_terms_f64[] = {
    0x1.509ec84855081p-2,   -0x1.bb0318468eeb0p-2,  0x1.6afb425a3b988p-3,   -0x1.59a0f40851afdp-5,
    0x1.cbb49a38ced57p-8,   -0x1.b5ecc84d65576p-11, 0x1.c92f4549652edp-15,  0x1.4e6dd5c742985p-18,
    -0x1.57058e1c123e4p-19, 0x1.2efb925ad760cp-21,  -0x1.915a56c841af5p-24, 0x1.b3519b14b867dp-27,
    -0x1.81836a25d5d4bp-30, 0x1.e6a54a9d56e83p-34,  -0x1.0eeb7e1e50c35p-39,
};
/* gelu_tanh''' / z in z^2 - 1.25^2 / 2, |z| <= 1.25: degree 14, relative error 1.5e-16 */
static const double gelu_tanh_third_terms_f64[] = {
    -0x1.bb0318468eeafp-1, 0x1.6afb425a3b98ap-1,   -0x1.0338b7063d555p-2,  0x1.cbb49a38ce432p-5,
    -0x1.11b3fd301ed79p-7, 0x1.56e373f927a0dp-11,  0x1.24a019ad5da04p-14,  -0x1.57058eeebb72bp-15,
    0x1.54db3d8c7deb0p-17, -0x1.f5b09d590204ap-20, 0x1.2b356e9cd7bfcp-22,  -0x1.2130b5967df4dp-25,
    0x1.97773de648017p-29, -0x1.bb31632cb227fp-35, -0x1.85b5e560f9d8bp-35,
};
static const double tail_shift_f64 = 0x1.8000000000000p+2;
static const double tail_scale_f64 = 0x1.26e2d5df984dcp+1;
static const double log2_e_f64 = 0x1.71547652b82fep+0;
static const double inverse_half_pi_f64 = 0x1.45f306dc9c883p-1;
static const double selu_right_f64 = 0x1.0cfabd6a91132p+0;
static const double selu_left_f64 = 0x1.c212cc640f031p+0;
/* log 2: an integer of an exponent times the first part is exact */
static const double log2_hi_f64 = 0x1.62e42fefa0000p-1;
static const double log2_lo_f64 = 0x1.cf79abc9e3b3ap-40;
/* pi / 2, each part as precise as a number can be */
static const double half_pi_1_f64 = 0x1.921fb54442d18p+0;
static const double half_pi_2_f64 = 0x1.1a62633145c06p-54;
static const double half_pi_3_f64 = 0x1.c1cd129024e09p-107;
/* 1 / sqrt(2 pi) */
static const double density_at_0_f64 = 0x1.9884533d43650p-2;
static const double density_at_0_lo_f64 = 0x1.1a1f9678a0175p-55;
/* 2 sqrt(2 / pi), three times that, and 0.044715 of it */
static const double gate_1_f64 = 0x1.9884533d43650p+0;
static const double gate_1_lo_f64 = 0x1.1a1f9678a0175p-53;
static const double gate_1_thrice_f64 = 0x1.32633e6df28bcp+2;
static const double gate_1_thrice_lo_f64 = 0x1.a72f61b4f0230p-52;
static const double gate_3_f64 = 0x1.2444f2a4d8b4ap-4;
static const double gate_3_lo_f64 = 0x1.e937bc5d62e39p-57;

#endif
