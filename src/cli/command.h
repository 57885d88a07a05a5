/**
 * @file
 * The commands of the program. Each takes its own argc and argv, argv[0] being "mlp <name>", and returns an exit status.
 */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

int command_train(int argc, char **argv);
int command_eval(int argc, char **argv);
int command_predict(int argc, char **argv);
int command_check(int argc, char **argv);
int command_info(int argc, char **argv);
int command_plot(int argc, char **argv);

#endif
