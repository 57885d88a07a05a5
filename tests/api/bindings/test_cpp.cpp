// The golden numbers from C++17: forward, vjp, jvp and a Jacobian in both number types, and one error path.
#include <array>
#include <cmath>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <mlp/mlp.h>

#include "data/golden.h"

namespace
{

struct Error : std::runtime_error {
    mlp_status status;
    Error(mlp_status s, const std::string &message) : std::runtime_error(message), status(s) {}
};

void check(mlp_status status)
{
    if (status < 0)
        throw Error(status, mlp_last_error());
}

struct Destroy {
    void operator()(mlp_model *model) const
    {
        mlp_model_destroy(model);
    }
    void operator()(mlp_workspace *workspace) const
    {
        mlp_workspace_destroy(workspace);
    }
};

// The functions of one number type.
template <typename Real> struct Api;

template <> struct Api<float> {
    static constexpr mlp_dtype dtype = MLP_F32;
    static constexpr double relative = 1e-4, absolute = 1e-6;
    static constexpr auto set_params = mlp_model_set_params_f32;
    static constexpr auto forward = mlp_forward_f32;
    static constexpr auto vjp = mlp_vjp_f32;
    static constexpr auto jvp = mlp_jvp_f32;
    static constexpr auto jacobian = mlp_jacobian_output_f32;
    static constexpr auto loss = mlp_loss_evaluate_f32;
};

template <> struct Api<double> {
    static constexpr mlp_dtype dtype = MLP_F64;
    static constexpr double relative = 1e-12, absolute = 1e-15;
    static constexpr auto set_params = mlp_model_set_params_f64;
    static constexpr auto forward = mlp_forward_f64;
    static constexpr auto vjp = mlp_vjp_f64;
    static constexpr auto jvp = mlp_jvp_f64;
    static constexpr auto jacobian = mlp_jacobian_output_f64;
    static constexpr auto loss = mlp_loss_evaluate_f64;
};

int failures = 0;

void expect(bool ok, const std::string &what)
{
    if (!ok) {
        std::printf("FAILED: %s\n", what.c_str());
        failures++;
    }
}

template <typename Real, std::size_t n>
void compare(const char *what, const std::vector<Real> &got, const double (&golden)[n])
{
    double largest = 0;
    for (double value : golden)
        largest = std::fmax(largest, std::fabs(value));
    expect(got.size() == n, std::string(what) + ": size");
    for (std::size_t k = 0; k < n; k++) {
        const double bound = Api<Real>::relative * std::fabs(golden[k]) + Api<Real>::absolute * largest;
        const double error = std::fabs(static_cast<double>(got[k]) - golden[k]);
        expect(error <= bound,
               std::string(what) + "[" + std::to_string(k) + "] is off by " + std::to_string(error));
    }
}

template <typename Real>
std::vector<Real> fractions(long count, long factor, long modulus, long centre, Real divisor)
{
    std::vector<Real> v;
    for (long k = 0; k < count; k++)
        v.push_back(static_cast<Real>(factor * k % modulus - centre) / divisor);
    return v;
}

constexpr std::array<std::int64_t, 7> widths{4, 4, 4, 4, 4, 4, 1};
constexpr std::int64_t batch = 3;

template <typename Real> void test_golden_numbers()
{
    using api = Api<Real>;
    mlp_model *made = nullptr;
    check(mlp_model_create(api::dtype, 6, widths.data(), MLP_SIGMOID, &made));
    std::unique_ptr<mlp_model, Destroy> model(made);
    const auto theta = fractions<Real>(105, 7919, 1009, 504, 256),
               theta_dot = fractions<Real>(105, 211, 199, 99, 64);
    const auto x = fractions<Real>(12, 577, 251, 125, 64), x_dot = fractions<Real>(12, 331, 127, 63, 64);
    check(api::set_params(model.get(), 0, 105, theta.data()));
    mlp_workspace *made_workspace = nullptr;
    check(mlp_workspace_create(model.get(), batch, 1, MLP_USE_DERIVATIVES, &made_workspace));
    std::unique_ptr<mlp_workspace, Destroy> workspace(made_workspace);

    std::vector<Real> y(3), y_bar(3), y_dot(3), x_bar(12), theta_bar(105), J(48);
    const std::vector<Real> target(3, static_cast<Real>(golden_target));
    double loss = 0;
    check(api::forward(model.get(), workspace.get(), batch, x.data(), 4, y.data(), 1));
    check(api::loss(MLP_SQUARED_ERROR, batch, 1, y.data(), 1, target.data(), 1, nullptr, &loss, y_bar.data(),
                    1));
    check(api::vjp(model.get(), workspace.get(), y_bar.data(), 1, x_bar.data(), 4, theta_bar.data()));
    check(api::jvp(model.get(), workspace.get(), x_dot.data(), 4, theta_dot.data(), y_dot.data(), 1));
    check(api::jacobian(model.get(), workspace.get(), 3, 0, J.data(), 4, 16));
    compare("y", y, golden_y);
    compare("loss", std::vector<Real>{static_cast<Real>(loss)}, golden_loss);
    compare("x_bar", x_bar, golden_x_bar);
    compare("theta_bar", theta_bar, golden_theta_bar);
    compare("y_dot", y_dot, golden_y_dot);
    compare("dy_3/dx", J, golden_jacobian);

    try {
        check(api::forward(model.get(), workspace.get(), batch, x.data(), 3, y.data(), 1));
        expect(false, "a short leading dimension was accepted");
    } catch (const Error &error) {
        expect(error.status == MLP_ERR_SIZE, "status of a short leading dimension");
        expect(std::string(error.what()).find("ldx") != std::string::npos, "the message names ldx");
    }
}

} // namespace

int main()
{
    try {
        test_golden_numbers<float>();
        test_golden_numbers<double>();
    } catch (const Error &error) {
        expect(false, error.what());
    }
    std::printf(failures ? "%d failures\n" : "C++: the golden numbers\n", failures);
    return failures != 0;
}
