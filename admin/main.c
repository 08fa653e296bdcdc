/* guichet: the administrator's command. Each verb is one module; a new one is one line of
 * the table below. */
#include <stdio.h>
#include <string.h>

#include "admin/agents.h"
#include "admin/check_config.h"
#include "admin/devices.h"
#include "admin/do.h"
#include "admin/replay.h"
#include "admin/simulate.h"
#include "admin/status.h"

static const struct verb {
    const char *name;
    int (*run)(int argc, char **argv); /* argv[0] is the verb; returns the exit status */
    const char *help;
} verbs[] = {
    {"agents", agents_run, "who may sign in at counters, and their codes"},
    {"check-config", check_config_run, "say everything wrong with configuration files"},
    {"devices", devices_run, "make, list and revoke the identities at the broker"},
    {"do", do_run, "ask the server for what reception and supervisors may order"},
    {"replay", replay_run, "play a recorded day through the queue into a journal"},
    {"simulate", simulate_run, "play days of the office and print their figures"},
    {"status", status_run, "ask the server how the office and its devices are"},
};

static const size_t verb_count = sizeof verbs / sizeof verbs[0];

static void usage_print(FILE *stream)
{
    (void)fprintf(stream, "usage: guichet VERB …\n\n"); /* nowhere left to complain */
    for (size_t i = 0; i < verb_count; i++) {
        (void)fprintf(stream, "  %-14s %s\n", verbs[i].name, verbs[i].help);
    }
    (void)fprintf(stream, "\n'guichet VERB --help' says more.\n");
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        usage_print(stderr);
        return 2;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        usage_print(stdout);
        return 0;
    }
    for (size_t i = 0; i < verb_count; i++) {
        if (strcmp(argv[1], verbs[i].name) == 0) {
            return verbs[i].run(argc - 1, argv + 1);
        }
    }
    (void)fprintf(stderr, "guichet: there is no verb '%s'; 'guichet --help' lists them\n",
                  argv[1]);
    return 2;
}
