/**
 * @file
 * Optimizers: what a step of a trainer does with the gradients, residuals or losses of its samples, and the options each has.
 *
 * Those up to MLP_RPROP step along one gradient of a batch. Methods, MLP_LBFGS and what follows it, look at all of their
 * data in every step and choose its length themselves: an epoch is one of their steps, and a step on a batch takes the
 * batch for all the data there are. Options are set with mlp_trainer_set_int() and mlp_trainer_set_real() (trainer.h).
 */
#ifndef MLP_OPTIMIZER_H
#define MLP_OPTIMIZER_H

#include "status.h"

MLP_BEGIN_DECLS

/** An optimizer: one of the constants below. */
typedef int32_t mlp_optimizer;

/** v = momentum v + g; theta -= rate v (Polyak 1964), or rate (g + momentum v) with MLP_TRAINER_NESTEROV */
#define MLP_SGD ((mlp_optimizer)1)
/** Kingma and Ba 2015, algorithm 1 */
#define MLP_ADAM ((mlp_optimizer)2)
/** s = rho s + (1 - rho) g^2; theta -= rate g / (sqrt(s) + epsilon) (Tieleman and Hinton 2012) */
#define MLP_RMSPROP ((mlp_optimizer)3)
/** s = s + g^2; theta -= rate g / (sqrt(s) + epsilon) (Duchi, Hazan and Singer 2011) */
#define MLP_ADAGRAD ((mlp_optimizer)4)
/** Dozat 2016, algorithm 2 with one mu = beta1: Adam with Nesterov's momentum */
#define MLP_NADAM ((mlp_optimizer)5)
/**
 * iRprop- (Igel and Huesken 2003), for batches of all the data: a step size per parameter, at first MLP_TRAINER_LEARNING_RATE,
 * that grows by 1.2 up to 50 where the gradient keeps its sign, and shrinks by 0.5 down to 1e-6 where it does not
 */
#define MLP_RPROP ((mlp_optimizer)6)
/**
 * L-BFGS with a strong Wolfe line search (Nocedal and Wright 2006, algorithm 7.5), which looks at all the data in every
 * step: an epoch is one step, and a step on a batch takes the batch for all the data there are. MLP_TRAINER_PAIRS pairs of
 * changes stand for the Hessian; the first step tried without any is MLP_TRAINER_LEARNING_RATE long. Where no step is found
 * that makes the loss smaller, the parameters stay and so does the loss.
 */
#define MLP_LBFGS ((mlp_optimizer)7)
/**
 * Self-scaled BFGS (Al-Baali and Khalfan 2005; Urban, Stefanou and Pons 2025) with a dense inverse Hessian, of n (n + 1) / 2
 * doubles for n parameters, 32,768 at most; in all else as MLP_LBFGS, of which it needs far fewer steps. A step goes
 * over the matrix twice besides its evaluations, on all threads.
 */
#define MLP_BFGS ((mlp_optimizer)8)
/**
 * Levenberg-Marquardt (Marquardt 1963, Hagan and Menhaj 1994), for MLP_SQUARED_ERROR and with MLP_SOLVER_CG for others,
 * which looks at all the data in every step as MLP_LBFGS does: with the residuals r of all outputs of all samples, times
 * the roots of the weights, and J = dr/dtheta, a step is d = -(J^T J + mu I)^-1 J^T r. mu begins at MLP_TRAINER_DAMPING.
 * Where the sum of squares is less at theta + d that is where the step ends, and mu is multiplied by
 * MLP_TRAINER_DAMPING_DECREASE; else mu is multiplied by MLP_TRAINER_DAMPING_INCREASE and another d tried. Where mu exceeds
 * MLP_TRAINER_DAMPING_MAXIMUM, or d is too short to change a parameter, the parameters stay: a minimum, as far as the
 * number type knows.
 *
 * J^T J is summed and factored in double, for f32 models too, from blocks of rows of J. That needs memory for
 * mlp_model_param_count()^2 doubles, which MLP_SOLVER_CG does without. In a step on samples of which only some fit the
 * prepared maximum, these are taken in turn.
 */
#define MLP_LEVENBERG_MARQUARDT ((mlp_optimizer)9)
/**
 * Bayesian regularisation (MacKay 1992, Foresee and Hagan 1997): steps of MLP_LEVENBERG_MARQUARDT, with all its options but
 * MLP_SOLVER_CG, on beta |r|^2 + alpha |theta|^2, and after each of them alpha and beta anew from the evidence, as MATLAB's
 * trainbr has it. No validation set is needed: MLP_STATISTIC_GAMMA says how many parameters the data determine. Best with
 * targets and inputs around 1 in size. The loss of a step is that of the data alone, and may rise.
 */
#define MLP_BAYESIAN_REGULARIZATION ((mlp_optimizer)10)
/**
 * The extended Kalman filter (Singhal and Wu 1989, Puskorius and Feldkamp 1994), for MLP_SQUARED_ERROR, which learns in one
 * pass: sample by sample in their order, with the covariance P of all parameters, in double. S = H P H^T + R/w, K = P H^T
 * S^-1, theta += K (t - y), P += Q - K H P, with H = dy/dtheta of the sample and w its weight; P = MLP_TRAINER_COVARIANCE I
 * at first, R = MLP_TRAINER_MEASUREMENT_NOISE I, Q = MLP_TRAINER_PROCESS_NOISE I. A pass over the data is a step, and an
 * epoch is a pass; its loss is the mean over the samples, each before it was learnt. A pass that fails leaves all as it
 * was. Keeps mlp_model_param_count()^2 doubles, and needs as many again; a sample costs 4 n_L times that in operations.
 */
#define MLP_KALMAN ((mlp_optimizer)11)

/**
 * The name of an optimizer: "sgd", "adam", "rmsprop", "adagrad", "nadam", "rprop", "lbfgs", "bfgs",
 * "levenberg_marquardt", "bayesian_regularization" or "kalman"; NULL for an unknown constant.
 *
 * @since 0.1
 */
MLP_API const char *mlp_optimizer_name(mlp_optimizer optimizer);

/** The optimizer of a name; 0 if @p name is NULL or unknown. @since 0.1 */
MLP_API mlp_optimizer mlp_optimizer_from_name(const char *name);

/** An option of a trainer: one of the constants below. */
typedef int32_t mlp_trainer_option;

/** real: momentum of SGD, 0 <= m < 1; default 0; structural */
#define MLP_TRAINER_MOMENTUM ((mlp_trainer_option)8)
/** real: decay of the first moment of MLP_ADAM and MLP_NADAM; default 0.9 */
#define MLP_TRAINER_BETA1 ((mlp_trainer_option)9)
/** real: decay of the second moment of MLP_ADAM and MLP_NADAM; default 0.999 */
#define MLP_TRAINER_BETA2 ((mlp_trainer_option)10)
/** real: epsilon of all that divide by the size of the gradient; default 1e-8 */
#define MLP_TRAINER_EPSILON ((mlp_trainer_option)11)
/** int: 1 makes the momentum of SGD Nesterov's (Sutskever et al. 2013), 0 Polyak's; default 0; structural */
#define MLP_TRAINER_NESTEROV ((mlp_trainer_option)15)
/**
 * real: decoupled weight decay of every optimizer that steps from gradients, MLP_SGD to MLP_RPROP: a step first takes rate
 * * decay * theta off every parameter theta, biases among them; with MLP_ADAM this is AdamW (Loshchilov and Hutter 2019);
 * default 0; may change between steps
 */
#define MLP_TRAINER_WEIGHT_DECAY ((mlp_trainer_option)16)
/** real: decay of the mean square of MLP_RMSPROP; default 0.9 */
#define MLP_TRAINER_RHO ((mlp_trainer_option)17)
/** int: pairs of changes MLP_LBFGS keeps, of twice the parameters in double each; default 20; structural */
#define MLP_TRAINER_PAIRS ((mlp_trainer_option)18)
/** real: mu of MLP_LEVENBERG_MARQUARDT before its first step; default 0.001 */
#define MLP_TRAINER_DAMPING ((mlp_trainer_option)43)
/** real: what mu is multiplied by after a step; default 0.1 */
#define MLP_TRAINER_DAMPING_DECREASE ((mlp_trainer_option)44)
/** real: what mu is multiplied by where the loss would not be less; default 10 */
#define MLP_TRAINER_DAMPING_INCREASE ((mlp_trainer_option)45)
/** real: the largest mu that is tried; default 1e10 */
#define MLP_TRAINER_DAMPING_MAXIMUM ((mlp_trainer_option)46)
/**
 * int: an mlp_solver, how MLP_LEVENBERG_MARQUARDT and MLP_BAYESIAN_REGULARIZATION find their steps; default
 * MLP_SOLVER_AUTO; structural
 */
#define MLP_TRAINER_SOLVER ((mlp_trainer_option)47)
/**
 * int: 1 gives the steps of MLP_LEVENBERG_MARQUARDT the geodesic acceleration of Transtrum and Sethna (2012), which
 * follows narrow, curved valleys: fits to the last digit need many times fewer steps, and a step three passes over
 * the data more. 2 also takes steps uphill in the direction of the last one, so that the loss may rise for a while;
 * with MLP_TRAINER_DAMPING_INCREASE 2 the most thorough. Not with MLP_SOLVER_CG. Default 0; structural
 */
#define MLP_TRAINER_ACCELERATION ((mlp_trainer_option)48)
/** int: how many parameters MLP_SOLVER_AUTO solves for by matrices, 512 MB of them at the default of 8000; structural */
#define MLP_TRAINER_DIRECT_LIMIT ((mlp_trainer_option)49)
/** int: the most iterations of MLP_SOLVER_CG for one step; default 200 */
#define MLP_TRAINER_SOLVER_ITERATIONS ((mlp_trainer_option)50)
/** real: the residual at which MLP_SOLVER_CG ends, relative to the right side; default 0.001 */
#define MLP_TRAINER_SOLVER_TOLERANCE ((mlp_trainer_option)51)
/** real: variance of a parameter before MLP_KALMAN has seen data; default 100 */
#define MLP_TRAINER_COVARIANCE ((mlp_trainer_option)52)
/** real: variance MLP_KALMAN expects of the targets' noise; default 1; may change between steps */
#define MLP_TRAINER_MEASUREMENT_NOISE ((mlp_trainer_option)53)
/** real: variance MLP_KALMAN adds to that of every parameter after each sample; default 1e-6; may change between steps */
#define MLP_TRAINER_PROCESS_NOISE ((mlp_trainer_option)54)

/** How a linear least squares problem is solved: one of the constants below. */
typedef int32_t mlp_solver;

/** MLP_SOLVER_DIRECT for MLP_SQUARED_ERROR and up to MLP_TRAINER_DIRECT_LIMIT parameters, else MLP_SOLVER_CG */
#define MLP_SOLVER_AUTO ((mlp_solver)1)
/**
 * J^T J + mu I by Cholesky; where that fails or would cost all digits, by the QR factorisation of J, until there are
 * digits to spare again: the condition number of J is not squared then, and a step takes some five times as long
 */
#define MLP_SOLVER_DIRECT ((mlp_solver)2)
/** always by the QR factorisation of J, block of rows by block of rows */
#define MLP_SOLVER_QR ((mlp_solver)3)
/**
 * conjugate gradients (Schraudolph 2002, Martens 2010), for any loss with a second derivative: J^T J is the
 * Gauss-Newton matrix of the loss, which is never there, and an iteration takes one product with it, about two
 * gradients
 */
#define MLP_SOLVER_CG ((mlp_solver)4)

/** The name of a solver: "auto", "direct", "qr" or "cg"; NULL for an unknown constant. @since 0.1 */
MLP_API const char *mlp_solver_name(mlp_solver solver);

/** The solver of a name; 0 if @p name is NULL or unknown. @since 0.1 */
MLP_API mlp_solver mlp_solver_from_name(const char *name);

/** A number an optimizer keeps: one of the constants below. */
typedef int32_t mlp_statistic;

/** mu of MLP_LEVENBERG_MARQUARDT and MLP_BAYESIAN_REGULARIZATION: what the next step tries first */
#define MLP_STATISTIC_DAMPING ((mlp_statistic)1)
/** alpha of MLP_BAYESIAN_REGULARIZATION: 1 / (2 variance) of the parameters before they have seen data */
#define MLP_STATISTIC_ALPHA ((mlp_statistic)2)
/** beta of MLP_BAYESIAN_REGULARIZATION: 1 / (2 variance) of the noise of the targets */
#define MLP_STATISTIC_BETA ((mlp_statistic)3)
/** gamma of MLP_BAYESIAN_REGULARIZATION: how many parameters the data determine */
#define MLP_STATISTIC_GAMMA ((mlp_statistic)4)

/** The name of a statistic: "damping", "alpha", "beta" or "gamma"; NULL for an unknown constant. @since 0.1 */
MLP_API const char *mlp_statistic_name(mlp_statistic statistic);

/** The statistic of a name; 0 if @p name is NULL or unknown. @since 0.1 */
MLP_API mlp_statistic mlp_statistic_from_name(const char *name);

MLP_END_DECLS

#endif
