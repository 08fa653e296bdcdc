/* The agent's window with its link: everything of guichet-counter that is not pure. */
#ifndef GUICHET_COUNTER_POST_H
#define GUICHET_COUNTER_POST_H

#include "core/error.h"
#include "runtime/program_config.h"

/* What the command line adds to the configuration. */
struct post_options {
    const struct program_config *config;
    const char *screenshot_path; /* written at the end; NULL: none */
    const char *describe_path;   /* rewritten when the picture changes; NULL: none */
};

/* Open the window and work until it is closed (or SIGTERM). Fails with a sentence when it
 * cannot start. */
enum status post_run(const struct post_options *options, struct error *err);

#endif
