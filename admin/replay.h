/* The verb `guichet replay`: plays a recorded day through the real queue into a journal
 * that every other program can read. docs/replay.md describes the files. */
#ifndef GUICHET_ADMIN_REPLAY_H
#define GUICHET_ADMIN_REPLAY_H

/* Run `guichet replay …`; argv[0] is "replay". Returns the exit status: 0 done, 1 a file
 * cannot be read or written, 2 the command line or the rows are wrong. Nothing is left
 * behind unless it is 0. */
int replay_run(int argc, char **argv);

#endif
