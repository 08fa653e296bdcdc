/* The verb `guichet status`: how the office and its devices are, as the server sees them
 * now. */
#ifndef GUICHET_ADMIN_STATUS_H
#define GUICHET_ADMIN_STATUS_H

/* Run the verb; argv[0] is its name. Returns 0 when the server has answered, 1 with one
 * sentence on stderr when broker or server do not, 2 when the words or the configuration
 * are wrong. */
int status_run(int argc, char **argv);

#endif
