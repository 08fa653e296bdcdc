/* The verb `guichet do`: what reception and supervisors may ask of the queue. */
#ifndef GUICHET_ADMIN_DO_H
#define GUICHET_ADMIN_DO_H

/* argv[0] is the verb. Returns the exit status; everything wrong is told on stderr. */
int do_run(int argc, char **argv);

#endif
