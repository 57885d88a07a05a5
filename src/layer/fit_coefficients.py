"""Fits the polynomials of the vector activations and prints vectors_terms.h, which clang-format then lays out.

Needs mpmath, a Python package.

Each is the interpolation of its function at Chebyshev nodes, within a small factor of the best approximation; the
error stated is that of the rounded coefficients, measured between the nodes. The polynomials of a table are fitted by
least squares over such nodes, around a centre where the function is nearly a float: its rounding then costs nothing.
"""
from mpmath import mp, mpf, cos, pi, exp, expm1, tanh, sin, log, log1p, sqrt, erfc, matrix, lu_solve, qr_solve

mp.dps = 60


def nodes(a, b, count):
    return [(a + b) / 2 + (b - a) / 2 * cos(pi * (2 * i + 1) / (2 * count)) for i in range(count)]


def interpolate(f, a, b, degree, variable):
    x = nodes(a, b, degree + 1)
    rows = matrix([[variable(t) ** k for k in range(degree + 1)] for t in x])
    return list(lu_solve(rows, matrix([f(t) for t in x])))


def rounded(value, bits):
    kept, mp.prec = mp.prec, bits
    value = +value
    mp.prec = kept
    return value


def truncated(value, bits):
    """What remains of a positive value when only `bits` binary digits are kept."""
    shift = bits - 1 - int(mp.floor(mp.log(value, 2)))
    return mp.floor(value * mpf(2) ** shift) / mpf(2) ** shift


def worst_error(f, c, a, b, variable):
    """Relative to the value, or to the largest one where the function changes sign."""
    def error(t):
        u, s = variable(t), mpf(0)
        for k in reversed(c):
            s = s * u + k
        return abs(s - f(t)) / (scale if signed else abs(f(t)))
    values = [f(t) for t in nodes(a, b, 100)]
    scale, signed = max(abs(t) for t in values), min(values) < 0 < max(values)
    return max(error(t) for t in nodes(a, b, 1000))


def exp_rest(r):
    return (expm1(r) - r) / r**2 if abs(r) > mpf("1e-15") else mpf(1) / 2 + r / 6


def of_square(f):
    """(f(x) - x) / x^3 as a function of x^2."""
    return lambda s: (f(sqrt(s)) / sqrt(s) - 1) / s


def log_rest(e):
    return (e - log1p(e)) / e**2 - mpf(3) / 8


def cos_rest(s):
    return (cos(sqrt(s)) - 1 + s / 2) / s**2


def mish_second(z):
    e, D = exp(z), 2 + 2 * exp(z) + exp(2 * z)
    return 8 * e * ((1 + e) * D + z * (1 + e - e**2 * 3 / 2 - e**3)) / D**3


def mish_third(z):
    e, D = exp(z), 2 + 2 * exp(z) + exp(2 * z)
    fourth = 2 - 16 * e**2 - 12 * e**3 + e**4 * 5 / 2 + 2 * e**5
    return 8 * e * (3 * (1 + e - e**2 * 3 / 2 - e**3) * D + z * fourth) / D**4


def logistic_gate(c1, c3, order):
    """sigma'' or sigma''' / z of z s(v), v = c1 z + c3 z^3, as a function of z^2."""

    def derivative(square):
        z = sqrt(square)
        v1, v2, v3 = c1 + 3 * c3 * square, 6 * c3 * z, 6 * c3
        t = tanh(z * (c1 + c3 * square) / 2)
        s1 = (1 - t**2) / 4
        first, second = s1 * v1, s1 * (v2 - t * v1**2)
        third = s1 * ((1 - 6 * s1) * v1**3 - 3 * t * v1 * v2 + v3)
        return 2 * first + z * second if order == 2 else (3 * second + z * third) / z
    return derivative


def polynomials(bits):
    single = bits == 24
    shift, reach = (4, 15) if single else (6, mpf("39.5"))
    end = reach / mpf(reach + shift)

    def tail(y):
        t = shift * y / (1 - y)
        return erfc(t / sqrt(2)) / 2 * exp(t * t / 2) * (1 + t)

    same = lambda t: t
    centered = lambda w: w - mpf("0.78125")
    scale = rounded(2 / end, bits)
    gelu_tanh = 2 * sqrt(2 / pi), 2 * sqrt(2 / pi) * mpf("0.044715")
    return shift, scale, [
        ("exp_terms", "(e^r - 1 - r) / r^2 in r, |r| <= 0.3475", exp_rest, mpf("-0.3475"), mpf("0.3475"),
         5 if single else 10, same),
        ("tanh_terms", "(tanh x - x) / x^3 in x^2, |x| <= 0.625", of_square(tanh), mpf(0), mpf("0.390625"),
         5 if single else 12, same),
        ("sin_terms", "(sin r - r) / r^3 in r^2, |r| <= 0.7875", of_square(sin), mpf(0), mpf("0.6202"),
         2 if single else 6, same),
        ("cos_terms", "(cos r - 1 + r^2 / 2) / r^4 in r^2, |r| <= 0.7875", cos_rest, mpf(0), mpf("0.6202"),
         2 if single else 6, same),
        ("log_terms", "(e - log(1 + e)) / e^2 - 3/8 in 2 e - 1, 0 <= e <= 1", log_rest, mpf(0), mpf(1),
         10 if single else 20, lambda t: 2 * t - 1),
        ("tail_terms", "(1 + t) tail(t) in 1 - y tail_scale, y = t / (t + %d), 0 <= t <= %s"
         % (shift, mp.nstr(mpf(reach), 3)), tail, mpf(0), end, 10 if single else 22,
         lambda y: 1 - scale * y),
        ("mish_second_terms", "mish'' in z, |z| <= 3/8", mish_second, mpf("-0.375"), mpf("0.375"), 8 if single else 17, same),
        ("mish_third_terms", "mish''' in z, |z| <= 3/8", mish_third, mpf("-0.375"), mpf("0.375"), 9 if single else 18, same),
        ("silu_third_terms", "silu''' / z in z^2 - 1.25^2 / 2, |z| <= 1.25", logistic_gate(mpf(1), mpf(0), 3), mpf(0),
         mpf("1.5625"), 7 if single else 14, centered),
        ("gelu_tanh_second_terms", "gelu_tanh'' in z^2 - 1.25^2 / 2, |z| <= 1.25", logistic_gate(*gelu_tanh, 2), mpf(0),
         mpf("1.5625"), 7 if single else 14, centered),
        ("gelu_tanh_third_terms", "gelu_tanh''' / z in z^2 - 1.25^2 / 2, |z| <= 1.25", logistic_gate(*gelu_tanh, 3),
         mpf(0), mpf("1.5625"), 7 if single else 14, centered),
    ]


def literal(value, bits):
    digits = float(rounded(value, bits)).hex().replace("0x0.0p", "0x0.0000000000000p")
    return digits + ("f" if bits == 24 else "")


def constant(name, value, bits):
    kind, suffix = ("float", "_f32") if bits == 24 else ("double", "_f64")
    print("static const %s %s%s = %s;" % (kind, name, suffix, literal(value, bits)))


def parts(names, value, bits, keep):
    """The value as a sum of numbers: all but the last one truncated to `keep` digits."""
    for name in names[:-1]:
        constant(name, truncated(value, keep), bits)
        value -= truncated(value, keep)
    constant(names[-1], value, bits)


def bounds(shift, scale, bits, end):
    """(index, a, b) for each run [a, b) of x in [0, end] that shares the leading bits of scale x + shift."""
    x, t = mpf(0), shift
    while x < end:
        octave = mp.floor(mp.log(t, 2))
        step = mpf(2) ** (octave - bits)
        count = mp.floor(t / step)
        following = min((step * (count + 1) - shift) / scale, end)
        yield int((octave + 127) * 2**bits + count - 2**bits) % 32, x, following
        x, t = following, step * (count + 1)


def value_of(c, u):
    return sum(k * u**i for i, k in enumerate(c))


def float_centre(f, a, b):
    """Of the floats close to the middle of [a, b], the one whose value is nearest to a float."""
    def loss(x):
        return abs(rounded(f(x), 24) / f(x) - 1)
    return min((rounded((a + b) / 2 + (b - a) * k / 2048, 24) for k in range(-128, 129)), key=loss)


def around(f, centre, fixed, degree, a, b):
    """The polynomial in x - centre that starts with the coefficients `fixed`: least squares of the relative error."""
    x = nodes(a, b, 3 * (degree + 1))
    rows = matrix([[(t - centre) ** k / f(t) for k in range(len(fixed), degree + 1)] for t in x])
    rest = matrix([1 - value_of(fixed, t - centre) / f(t) for t in x])
    return fixed + [rounded(t, 24) for t in qr_solve(rows, rest)[0]]


def table(name, what, f, degree, shift, scale, bits, end, at_0):
    """32 polynomials of f over [0, end]; the first one is around 0 and starts with the coefficients at_0."""
    rows, worst = [[mpf(0)] * 32 for _ in range(degree + 2)], 0
    for index, a, b in bounds(shift, scale, bits, end):
        centre = mpf(0) if a == 0 else float_centre(f, a, b)
        c = around(f, centre, at_0 if centre == 0 else [rounded(f(centre), 24)], degree, a, b)
        worst = max(worst, max(abs(value_of(c, t - centre) / f(t) - 1) for t in nodes(a, b, 200)))
        for row, value in zip(rows, [centre] + c):
            row[index] = value
    print("/*\n * %s:\n * 32 intervals, degree %d, relative error %s; the centres come first.\n */"
          % (what, degree, mp.nstr(worst, 2)))
    print("static const float %s_f32[%d][32] = {" % (name, degree + 2))
    for row in rows:
        print("    {" + ", ".join(literal(t, 24) for t in row) + ",},")
    print("};\nenum { %s_bits = %d };" % (name, bits))
    for part, value in (("shift", shift), ("scale", scale), ("end", end)):
        if value != 1:
            constant(name + "_" + part, value, 24)


def tables():
    table("tanh_table", "tanh x in x - centre by the leading bits of x + shift, 0 <= x <= end", tanh, 4,
          mpf(41) / 64, mpf(1), 3, mpf("9.125"), [mpf(0), mpf(1), mpf(0)])
    table("sigmoid_table", "1 / (1 + e^x) in x - centre by the leading bits of scale x + shift, 0 <= x <= end",
          lambda x: 1 / (1 + exp(x)), 5, mpf(16), rounded(mpf(8) / 9, 24), 5, mpf("17.75"), [mpf(1) / 2])


def header(bits):
    suffix = "_f32" if bits == 24 else "_f64"
    shift, scale, rows = polynomials(bits)
    for name, what, f, a, b, degree, variable in rows:
        c = [rounded(t, bits) for t in interpolate(f, a, b, degree, variable)]
        e = mp.nstr(worst_error(f, c, a, b, variable), 2)
        print("/* %s: degree %d, relative error %s */" % (what, degree, e))
        print("static const %s %s%s[] = {" % ("float" if bits == 24 else "double", name, suffix))
        print("    " + ", ".join(literal(t, bits) for t in c) + ",\n};")
    for name, value in (("tail_shift", shift), ("tail_scale", scale), ("log2_e", 1 / log(2)), ("inverse_half_pi", 2 / pi),
                        ("selu_right", mpf("1.0507009873554804934193349852946")),
                        ("selu_left", mpf("1.7580993408473768599402175208123"))):
        constant(name, value, bits)
    print("/* log 2: an integer of an exponent times the first part is exact */")
    parts(["log2_hi", "log2_lo"], log(2), bits, 16 if bits == 24 else 37)
    print("/* pi / 2, each part as precise as a number can be */")
    parts(["half_pi_1", "half_pi_2", "half_pi_3"], pi / 2, bits, bits)
    print("/* 1 / sqrt(2 pi) */")
    parts(["density_at_0", "density_at_0_lo"], 1 / sqrt(2 * pi), bits, bits)
    print("/* 2 sqrt(2 / pi), three times that, and 0.044715 of it */")
    parts(["gate_1", "gate_1_lo"], 2 * sqrt(2 / pi), bits, bits)
    parts(["gate_1_thrice", "gate_1_thrice_lo"], 6 * sqrt(2 / pi), bits, bits)
    parts(["gate_3", "gate_3_lo"], 2 * sqrt(2 / pi) * mpf("0.044715"), bits, bits)


print("/* Polynomials and constants of the vector activations, printed by fit_coefficients.py. */")
print("#ifndef MLPI_LAYER_VECTORS_TERMS_H\n#define MLPI_LAYER_VECTORS_TERMS_H\n")
header(24)
tables()
print()
header(53)
print("\n#endif")
