/*
 * The activations by their definitions, in the number type WIDE with the mathematics FN(exp) of math.h's
 * family. Identities are used only where the definition itself would lose every digit (1 + tanh in a tail).
 */
static WIDE NAME(slope_argument)(WIDE z)
{
    return FN(sqrt)(2 / FN(acos)(-1)) * (z + (WIDE)44715 / 1000000 * z * z * z);
}

static WIDE NAME(selu_constant)(int64_t integer, int64_t fraction)
{
    return ((WIDE)integer + (WIDE)fraction / 1000000000000000) / 10000000000000000;
}

static WIDE NAME(lambda)(void)
{
    return NAME(selu_constant)(10507009873554804, 934193349852946);
}

static WIDE NAME(alpha)(void)
{
    return NAME(selu_constant)(16732632423543772, 848170429916717);
}

/* sigma(z); for sine, z is the phase. */
static WIDE NAME(value)(int32_t id, WIDE z, WIDE p)
{
    switch (id) {
    case MLP_IDENTITY:
        return z;
    case MLP_RELU:
        return z > 0 ? z : 0;
    case MLP_LEAKY_RELU:
        return z > 0 ? z : p * z;
    case MLP_ELU:
        return z > 0 ? z : p * FN(expm1)(z);
    case MLP_SELU:
        return NAME(lambda)() * (z > 0 ? z : NAME(alpha)() * FN(expm1)(z));
    case MLP_SIGMOID:
        return 1 / (1 + FN(exp)(-z));
    case MLP_HARD_SIGMOID:
        return z < -3 ? 0 : z > 3 ? 1 : (z + 3) / 6;
    case MLP_TANH:
        return FN(tanh)(z);
    case MLP_HARD_TANH:
        return z < -1 ? -1 : z > 1 ? 1 : z;
    case MLP_SOFTPLUS:
        return z > 0 ? z + FN(log1p)(FN(exp)(-z)) : FN(log1p)(FN(exp)(z));
    case MLP_SOFTSIGN:
        return z / (1 + FN(fabs)(z));
    case MLP_GELU:
        return z / 2 * FN(erfc)(-z / FN(sqrt)(2));
    case MLP_GELU_TANH:
        return z / (1 + FN(exp)(-2 * NAME(slope_argument)(z)));
    case MLP_SILU:
        return z / (1 + FN(exp)(-z));
    case MLP_MISH:
        return z * FN(tanh)(NAME(value)(MLP_SOFTPLUS, z, 0));
    case MLP_SINE:
        return FN(sin)(z);
    case MLP_GAUSSIAN:
        return FN(exp)(-z * z);
    case MLP_SQUARE:
        return z * z;
    case MLP_EXP:
        return FN(exp)(z);
    default:
        return FN(sqrt)(-1);
    }
}
