/* The verb `guichet devices`: makes, lists and revokes the identities that may speak to
 * the site's broker, and writes the broker's configuration, names and rights. */
#ifndef GUICHET_ADMIN_DEVICES_H
#define GUICHET_ADMIN_DEVICES_H

/* Run `guichet devices …`; argv[0] is "devices". Prints to standard output what was done
 * and one sentence to standard error for what was not. Returns the exit status: 0 done, 1
 * failed or refused, 2 the command line makes no sense. */
int devices_run(int argc, char **argv);

#endif
