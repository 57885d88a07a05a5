// oneDNN: inner products with the activation fused, weights in the layout the library asks for.
extern "C" {
#include "clock.h"
#include "memory.h"
#include "net.h"
#include "run.h"
}

#include <cstdio>
#include <cstring>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include <oneapi/dnnl/dnnl.hpp>

using dnnl::algorithm;
using dnnl::memory;
using tag = dnnl::memory::format_tag;

/* How oneDNN computes an activation, and its derivative from y where it can. */
struct activation {
    const char *name;
    algorithm forward, backward;
    bool from_output;
    float alpha, beta;
};

static const activation activations[] = {
    {"relu", algorithm::eltwise_relu, algorithm::eltwise_relu_use_dst_for_bwd, true, 0, 0},
    {"tanh", algorithm::eltwise_tanh, algorithm::eltwise_tanh_use_dst_for_bwd, true, 0, 0},
    {"elu", algorithm::eltwise_elu, algorithm::eltwise_elu_use_dst_for_bwd, true, 1, 0},
    {"sigmoid", algorithm::eltwise_logistic, algorithm::eltwise_logistic_use_dst_for_bwd, true, 0, 0},
    {"exp", algorithm::eltwise_exp, algorithm::eltwise_exp_use_dst_for_bwd, true, 0, 0},
    {"softplus", algorithm::eltwise_soft_relu, algorithm::eltwise_soft_relu, false, 0, 0},
    {"gelu", algorithm::eltwise_gelu_erf, algorithm::eltwise_gelu_erf, false, 0, 0},
    {"gelu_tanh", algorithm::eltwise_gelu_tanh, algorithm::eltwise_gelu_tanh, false, 0, 0},
    {"silu", algorithm::eltwise_swish, algorithm::eltwise_swish, false, 1, 0},
    {"mish", algorithm::eltwise_mish, algorithm::eltwise_mish, false, 0, 0},
    {"square", algorithm::eltwise_square, algorithm::eltwise_square, false, 0, 0},
};

/* A primitive with what it works on. */
struct call {
    dnnl::primitive primitive;
    std::unordered_map<int, memory> arguments;
};

/* One layer. Weights are kept as the forward product wants them. */
struct layer {
    memory weights, bias, y, z, delta, gradient, bias_gradient;
};

/* All calls of one layout of the weights. */
struct plan {
    dnnl::engine engine{dnnl::engine::kind::cpu, 0};
    dnnl::stream stream{engine};
    std::vector<layer> layers;
    std::vector<call> forward, backward;
};

struct run {
    struct net net;
    const activation *sigma;
    std::unique_ptr<plan> best;
};

static const float *floats(const memory &data)
{
    return static_cast<const float *>(data.get_data_handle());
}

static memory::desc matrix(int64_t rows, int64_t columns, tag layout)
{
    return {{rows, columns}, memory::data_type::f32, layout};
}

/* A layer's values of all samples, where they are. */
static memory samples(const plan &plan, const struct net &net, int l, float *values)
{
    return {matrix(net.batch, net.n[l], tag::ab), plan.engine, values};
}

/* The matrix in another layout; the call that brings it there goes to `calls` where there is one to make. */
static memory in_layout(const plan &plan, const memory &from, const memory::desc &wanted,
                        std::vector<call> &calls)
{
    if (from.get_desc() == wanted)
        return from;
    memory to(wanted, plan.engine);
    calls.push_back({dnnl::reorder(from, to), {{DNNL_ARG_FROM, from}, {DNNL_ARG_TO, to}}});
    return to;
}

static void execute(plan &plan, std::vector<call> &calls)
{
    for (call &call : calls)
        call.primitive.execute(plan.stream, call.arguments);
    plan.stream.wait();
}

static dnnl::primitive_attr attributes(const struct run &run, bool fused)
{
    dnnl::primitive_attr attributes;
    dnnl::post_ops operations;

    if (fused)
        operations.append_eltwise(1, run.sigma->forward, run.sigma->alpha, run.sigma->beta);
    attributes.set_post_ops(operations);
    return attributes;
}

/* y = sigma(z) for nets whose derivative reads z */
static void add_activation(const struct run &run, plan &plan, layer &layer)
{
    dnnl::eltwise_forward::desc what(dnnl::prop_kind::forward_training, run.sigma->forward,
                                     layer.z.get_desc(), run.sigma->alpha, run.sigma->beta);

    plan.forward.push_back(
        {dnnl::eltwise_forward({what, plan.engine}), {{DNNL_ARG_SRC, layer.z}, {DNNL_ARG_DST, layer.y}}});
}

static dnnl::inner_product_forward::primitive_desc forward_description(const struct run &run,
                                                                       const plan &plan, int l, tag layout)
{
    const struct net &net = run.net;
    bool hidden = l < net.layers, fused = hidden && (!net.training || run.sigma->from_output);
    auto kind = net.training ? dnnl::prop_kind::forward_training : dnnl::prop_kind::forward_inference;

    return {{kind,
             matrix(net.batch, net.n[l - 1], tag::ab),
             matrix(net.n[l], net.n[l - 1], layout),
             {{net.n[l]}, memory::data_type::f32, tag::a},
             matrix(net.batch, net.n[l], tag::ab)},
            attributes(run, fused),
            plan.engine};
}

/* y_l = sigma(A_l y_{l-1} + b_l) */
static void add_forward(struct run &run, plan &plan, int l, tag layout)
{
    struct net &net = run.net;
    layer &layer = plan.layers[l];
    auto what = forward_description(run, plan, l, layout);
    memory natural(matrix(net.n[l], net.n[l - 1], tag::ba), plan.engine, net.A[l]);
    memory own(what.weights_desc(), plan.engine);
    bool separate = l < net.layers && net.training && !run.sigma->from_output;

    dnnl::reorder(natural, own).execute(plan.stream, natural, own);
    layer.weights = own;
    layer.bias = memory(what.bias_desc(), plan.engine);
    std::memcpy(layer.bias.get_data_handle(), net.b[l], sizeof(float) * net.n[l]);
    layer.y = samples(plan, net, l, net.y[l]);
    if (separate)
        layer.z = samples(plan, net, l, net.z[l]);
    plan.forward.push_back({dnnl::inner_product_forward(what),
                            {{DNNL_ARG_SRC, plan.layers[l - 1].y},
                             {DNNL_ARG_WEIGHTS, layer.weights},
                             {DNNL_ARG_BIAS, layer.bias},
                             {DNNL_ARG_DST, separate ? layer.z : layer.y}}});
    if (separate)
        add_activation(run, plan, layer);
}

/* delta_{l-1} = A_l^T delta_l, then times sigma' */
static void add_pull(struct run &run, plan &plan, int l, tag layout)
{
    struct net &net = run.net;
    layer &layer = plan.layers[l], &before = plan.layers[l - 1];
    memory::desc values = before.y.get_desc();
    dnnl::inner_product_backward_data::desc wanted(values, matrix(net.n[l], net.n[l - 1], layout),
                                                   layer.y.get_desc());
    dnnl::inner_product_backward_data::primitive_desc what(wanted, plan.engine,
                                                           forward_description(run, plan, l, layout));
    memory weights = in_layout(plan, layer.weights, what.weights_desc(), plan.backward);
    dnnl::eltwise_forward::primitive_desc hint(
        {dnnl::prop_kind::forward_training, run.sigma->forward, values, run.sigma->alpha, run.sigma->beta},
        plan.engine);
    dnnl::eltwise_backward::primitive_desc slope(
        {run.sigma->backward, values, values, run.sigma->alpha, run.sigma->beta}, plan.engine, hint);

    plan.backward.push_back(
        {dnnl::inner_product_backward_data(what),
         {{DNNL_ARG_DIFF_DST, layer.delta}, {DNNL_ARG_WEIGHTS, weights}, {DNNL_ARG_DIFF_SRC, before.delta}}});
    plan.backward.push_back({dnnl::eltwise_backward(slope),
                             {{run.sigma->from_output ? DNNL_ARG_DST : DNNL_ARG_SRC,
                               run.sigma->from_output ? before.y : before.z},
                              {DNNL_ARG_DIFF_DST, before.delta},
                              {DNNL_ARG_DIFF_SRC, before.delta}}});
}

/* A_bar_l = delta_l y_{l-1}^T, b_bar_l = delta_l 1 */
static void add_gradient(struct run &run, plan &plan, int l, tag layout)
{
    struct net &net = run.net;
    layer &layer = plan.layers[l];
    const memory &before = plan.layers[l - 1].y;
    dnnl::inner_product_backward_weights::desc wanted(
        before.get_desc(), matrix(net.n[l], net.n[l - 1], layout), layer.bias.get_desc(), layer.y.get_desc());
    dnnl::inner_product_backward_weights::primitive_desc what(wanted, plan.engine,
                                                              forward_description(run, plan, l, layout));
    memory gradient(what.diff_weights_desc(), plan.engine);

    layer.bias_gradient = memory(layer.bias.get_desc(), plan.engine);
    plan.backward.push_back({dnnl::inner_product_backward_weights(what),
                             {{DNNL_ARG_SRC, before},
                              {DNNL_ARG_DIFF_DST, layer.delta},
                              {DNNL_ARG_DIFF_WEIGHTS, gradient},
                              {DNNL_ARG_DIFF_BIAS, layer.bias_gradient}}});
    layer.gradient = in_layout(plan, gradient, layer.weights.get_desc(), plan.backward);
}

static std::unique_ptr<plan> make_plan(struct run &run, tag layout)
{
    struct net &net = run.net;
    auto plan = std::make_unique<struct plan>();

    plan->layers.resize(net.layers + 1);
    plan->layers[0].y = samples(*plan, net, 0, net.y[0]);
    for (int l = 1; l <= net.layers; l++) {
        add_forward(run, *plan, l, layout);
        if (net.training)
            plan->layers[l].delta = samples(*plan, net, l, net.delta[l]);
    }
    for (int l = net.layers; net.training && l >= 1; l--) {
        if (l > 1)
            add_pull(run, *plan, l, layout);
        add_gradient(run, *plan, l, layout);
    }
    plan->stream.wait();
    return plan;
}

/* theta -= rate theta_bar, in whatever layout both are in */
static void subtract(const memory &theta, const memory &bar, float rate)
{
    float *to = static_cast<float *>(theta.get_data_handle());
    const float *from = floats(bar);
    int64_t count = static_cast<int64_t>(theta.get_desc().get_size() / sizeof *to);

    for (int64_t i = 0; i < count; i++)
        to[i] -= rate * from[i];
}

static void run_plan(struct run &run, plan &plan)
{
    execute(plan, plan.forward);
    if (!run.net.training)
        return;
    net_loss_gradient(&run.net, 1 / static_cast<float>(run.net.batch));
    execute(plan, plan.backward);
    for (int l = 1; l <= run.net.layers; l++) {
        subtract(plan.layers[l].weights, plan.layers[l].gradient, run.net.rate);
        subtract(plan.layers[l].bias, plan.layers[l].bias_gradient, run.net.rate);
    }
}

/* Seconds of a run with the weights in a layout: the least of three, after one; parameters stay, the rate being 0. */
static double time_plan(struct run &run, plan &plan)
{
    double best = 1e30;

    for (int i = 0; i < 4; i++) {
        double begin = clock_now();

        run_plan(run, plan);
        best = i > 0 && clock_now() - begin < best ? clock_now() - begin : best;
    }
    return best;
}

/* The fastest of the layouts the library knows how to work with. */
static void choose_plan(struct run &run)
{
    double best = 1e30;

    for (tag layout : {tag::any, tag::ab, tag::ba}) {
        auto plan = make_plan(run, layout);
        double seconds = time_plan(run, *plan);

        if (seconds < best)
            run.best = std::move(plan);
        best = seconds < best ? seconds : best;
    }
}

extern "C" const double run_tolerance_factor;
const double run_tolerance_factor = 1;

const char *run_library(void)
{
    static char text[64];

    std::snprintf(text, sizeof text, "oneDNN %d.%d.%d", dnnl_version()->major, dnnl_version()->minor,
                  dnnl_version()->patch);
    return text;
}

struct run *run_create(const struct problem *problem, const struct inputs *inputs, const char **why)
{
    static std::string message;

    if (!net_accepts(problem, why))
        return nullptr;
    *why = "no such activation";
    for (const activation &sigma : activations) {
        if (std::strcmp(sigma.name, problem->activation) != 0)
            continue;
        auto run = std::make_unique<struct run>();
        run->sigma = &sigma;
        net_create(problem, inputs, &run->net);
        try {
            choose_plan(*run);
            return run.release();
        } catch (const dnnl::error &error) {
            net_destroy(&run->net);
            message = error.what();
            *why = message.c_str();
        }
    }
    return nullptr;
}

void run_destroy(struct run *run)
{
    net_destroy(&run->net);
    delete run;
}

void run_set_rate(struct run *run, double rate)
{
    run->net.rate = static_cast<float>(rate);
}

void run_once(struct run *run)
{
    run_plan(*run, *run->best);
}

void run_answer(struct run *run, struct answer *answer)
{
    plan &plan = *run->best;
    struct net &net = run->net;

    for (int l = 1; l <= net.layers; l++) {
        memory natural(matrix(net.n[l], net.n[l - 1], tag::ba), plan.engine, net.A[l]);

        dnnl::reorder(plan.layers[l].weights, natural).execute(plan.stream, plan.layers[l].weights, natural);
        plan.stream.wait();
        std::memcpy(net.b[l], floats(plan.layers[l].bias), sizeof(float) * net.n[l]);
    }
    net_answer(&net, answer);
}
