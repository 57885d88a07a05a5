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
/* (sin r - r) / r^3 in r^2, |r| <= 1.5725: degree 4, relative error 3.3e-8 */
static const float sin_terms_f32[] = {
    -0x1.5555560000000p-3f, 0x1.1111100000000p-7f,   -0x1.a019040000000p-13f,
    0x1.7196420000000p-19f, -0x1.9da8a00000000p-26f,
};
/* (e - log(1 + e)) / e^2 - 3/8 in 2 e - 1, 0 <= e <= 1: degree 10, relative error 2.5e-8 */
static const float log_terms_f32[] = {
    0x1.9b82680000000p-9f,  -0x1.6f0d7e0000000p-4f,  0x1.7ddf220000000p-6f,  -0x1.a277d40000000p-8f,
    0x1.da321c0000000p-10f, -0x1.13662a0000000p-11f, 0x1.45244c0000000p-13f, -0x1.78b6de0000000p-15f,
    0x1.c737720000000p-17f, -0x1.7871440000000p-18f, 0x1.d02b280000000p-20f,
};
/* tail(t) / w in w tail_scale + tail_offset, w = 1 / (t + 3), 0 <= t <= 15.0: degree 10, relative error 2.7e-8 */
static const float tail_terms_f32[] = {
    0x1.a421f60000000p-1f,   0x1.f73b0c0000000p-2f,   0x1.65d3bc0000000p-3f,  0x1.6cc6fc0000000p-6f,
    -0x1.efec6c0000000p-8f,  -0x1.1d56040000000p-9f,  0x1.5eca580000000p-11f, 0x1.6280e20000000p-13f,
    -0x1.6e1eca0000000p-14f, -0x1.0991be0000000p-17f, 0x1.2cb9220000000p-17f,
};
static const float tail_shift_f32 = 0x1.8000000000000p+1f;
static const float tail_scale_f32 = 0x1.cccccc0000000p+2f;
static const float tail_offset_f32 = -0x1.6666660000000p+0f;
static const float log2_e_f32 = 0x1.7154760000000p+0f;
static const float inverse_pi_f32 = 0x1.45f3060000000p-2f;
static const float density_at_0_f32 = 0x1.9884540000000p-2f;
static const float selu_right_f32 = 0x1.0cfabe0000000p+0f;
static const float selu_left_f32 = 0x1.c212cc0000000p+0f;
/* log 2: an integer of an exponent times the first part is exact */
static const float log2_hi_f32 = 0x1.62e4000000000p-1f;
static const float log2_lo_f32 = 0x1.7f7d1c0000000p-20f;
/* pi, each part as precise as a number can be */
static const float pi_1_f32 = 0x1.921fb40000000p+1f;
static const float pi_2_f32 = 0x1.4442d00000000p-23f;
static const float pi_3_f32 = 0x1.84698a0000000p-47f;
/* 2 sqrt(2 / pi), and 0.044715 of it */
static const float gate_1_f32 = 0x1.9884520000000p+0f;
static const float gate_1_lo_f32 = 0x1.3d43660000000p-24f;
static const float gate_3_f32 = 0x1.2444f20000000p-4f;
static const float gate_3_lo_f32 = 0x1.49b16a0000000p-29f;

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
/* (sin r - r) / r^3 in r^2, |r| <= 1.5725: degree 8, relative error 6.1e-17 */
static const double sin_terms_f64[] = {
    -0x1.5555555555555p-3,  0x1.1111111111111p-7,   -0x1.a01a01a01a00dp-13,
    0x1.71de3a556b988p-19,  -0x1.ae64567e70c50p-26, 0x1.612460b584304p-33,
    -0x1.ae7ee30ff70c1p-41, 0x1.9507d68fed545p-49,  -0x1.275ad08d5b459p-57,
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
/* tail(t) / w in w tail_scale + tail_offset, w = 1 / (t + 5), 0 <= t <= 39.5: degree 22, relative error 1.2e-16 */
static const double tail_terms_f64[] = {
    0x1.b38c65e5d311cp-1,   0x1.66d4b1507e0cep-1,   0x1.efce4e02383a8p-2,   0x1.1c56b7c6d8e58p-2,
    0x1.085b4b93084c6p-3,   0x1.7a8ab4e3d00e0p-5,   0x1.6d726b6917671p-7,   0x1.cc1a24508272ep-11,
    -0x1.14c4372000427p-11, -0x1.9aa4e150539e0p-13, 0x1.1d34af545389bp-18,  0x1.2f04691f40ef0p-16,
    0x1.018ef2e334b33p-19,  -0x1.afaa90bb01d7ap-20, -0x1.472278b248e9cp-22, 0x1.5dfe921b9e3cap-23,
    0x1.363884911ae37p-25,  -0x1.481647ee58cfdp-26, -0x1.f6a47c825112cp-29, 0x1.33381a0709be4p-29,
    0x1.3b3df51153c93p-32,  -0x1.813a9117ea43dp-33, -0x1.b24132ac0c6c6p-37,
};
static const double tail_shift_f64 = 0x1.4000000000000p+2;
static const double tail_scale_f64 = 0x1.68819ec8e9510p+3;
static const double tail_offset_f64 = -0x1.40cf6474a881ap+0;
static const double log2_e_f64 = 0x1.71547652b82fep+0;
static const double inverse_pi_f64 = 0x1.45f306dc9c883p-2;
static const double density_at_0_f64 = 0x1.9884533d43651p-2;
static const double selu_right_f64 = 0x1.0cfabd6a91132p+0;
static const double selu_left_f64 = 0x1.c212cc640f031p+0;
/* log 2: an integer of an exponent times the first part is exact */
static const double log2_hi_f64 = 0x1.62e42fefa0000p-1;
static const double log2_lo_f64 = 0x1.cf79abc9e3b3ap-40;
/* pi, each part as precise as a number can be */
static const double pi_1_f64 = 0x1.921fb54442d18p+1;
static const double pi_2_f64 = 0x1.1a62633145c06p-53;
static const double pi_3_f64 = 0x1.c1cd129024e09p-106;
/* 2 sqrt(2 / pi), and 0.044715 of it */
static const double gate_1_f64 = 0x1.9884533d43650p+0;
static const double gate_1_lo_f64 = 0x1.1a1f9678a0175p-53;
static const double gate_3_f64 = 0x1.2444f2a4d8b4ap-4;
static const double gate_3_lo_f64 = 0x1.e937bc5d62e39p-57;

#endif
