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
/* 2 sqrt(2 / pi), and 0.044715 of it */
static const double gate_1_f64 = 0x1.9884533d43650p+0;
static const double gate_1_lo_f64 = 0x1.1a1f9678a0175p-53;
static const double gate_3_f64 = 0x1.2444f2a4d8b4ap-4;
static const double gate_3_lo_f64 = 0x1.e937bc5d62e39p-57;

#endif
