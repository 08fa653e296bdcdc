/* The verb `guichet agents`: who may sign in at counters. */
#ifndef GUICHET_ADMIN_AGENTS_H
#define GUICHET_ADMIN_AGENTS_H

/* argv[0] is the verb; returns the exit status. */
int agents_run(int argc, char **argv);

#endif
