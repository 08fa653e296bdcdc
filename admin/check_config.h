/* The verb `guichet check-config`: says everything that is wrong with configuration files
 * before a program refuses them. */
#ifndef GUICHET_ADMIN_CHECK_CONFIG_H
#define GUICHET_ADMIN_CHECK_CONFIG_H

/* Run the verb; argv[0] is its name. Faults go to stderr with file and line, one sentence
 * a file to stdout. Returns 0 when every file is in order (warnings allowed), 2 when one
 * is not or the words are wrong, 1 when the result cannot be written. */
int check_config_run(int argc, char **argv);

#endif
