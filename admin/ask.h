/* Asks the server of a site for something, as an administrator's device at the broker. */
#ifndef GUICHET_ADMIN_ASK_H
#define GUICHET_ADMIN_ASK_H

#include <stddef.h>

#include "core/error.h"
#include "core/limits.h"
#include "runtime/documents.h"
#include "runtime/program_config.h"

/* The reply as it came (docs/protocol.md, "Replies"); it is `ok`. */
struct server_reply {
    size_t length;
    char bytes[PAYLOAD_BYTES_MAX + 1]; /* with a NUL that is not counted */
};

/* What a verb asks, and how it writes the reply to stdout. */
struct server_question {
    const char *verb;                /* of the command line, for what is told on stderr */
    const char *config_path;         /* of the administrator's identity */
    struct command_document command; /* all but its id */
    enum status (*show)(const struct server_reply *reply, void *context,
                        struct error *err);
    void *context;
};

/* The whole of a verb that asks: read the identity, connect as it says, send the command
 * and wait for its reply, 5 s in all, then show it. The command is sent again with the
 * same id until then, and done once; a broker that cannot be reached at once ends the
 * wait. Everything wrong is told on stderr in one sentence. Returns the exit status: 0
 * done, 1 refused or no answer, 2 the file cannot be taken. */
int server_ask_and_show(const struct server_question *question);

#endif
