/* `guichet simulate`: plays days of a site under a load and prints their figures. */
#ifndef GUICHET_ADMIN_SIMULATE_H
#define GUICHET_ADMIN_SIMULATE_H

/* Run the verb; argv[0] is its name. Returns the exit status: 0 done, 2 when an option or
 * a file is refused, 1 when something else failed. */
int simulate_run(int argc, char **argv);

#endif
