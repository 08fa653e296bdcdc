/* Who may sign in at counters: agents.conf, which `guichet agents` writes. It names no
 * person: an agent is a number that the office gives. */
#ifndef GUICHET_RUNTIME_AGENTS_CONFIG_H
#define GUICHET_RUNTIME_AGENTS_CONFIG_H

#include <stdint.h>

#include "core/error.h"
#include "core/limits.h"
#include "runtime/config.h"
#include "runtime/secret_code.h"

/* Agents of one site. "too many agents: at most 512" */
#define AGENTS_MAX 512

/* Digits of an agent's number. */
#define AGENT_DIGITS_MAX 10

struct agent_entry {
    char id[AGENT_DIGITS_MAX + 1];
    char profile[ID_LENGTH_MAX + 1]; /* id in site.conf; empty: what the counter gives */
    char code_hash[SECRET_CODE_HASH_BYTES];
};

struct agents {
    uint32_t count;
    struct agent_entry entries[AGENTS_MAX];
};

const struct config_schema *agents_config_schema(void);

/* Read the file at `path`, as config_load() does; `ret_agents` is zeroed first. */
enum status agents_config_load(const char *path, struct agents *ret_agents,
                               struct config_errors *errors);

/* The agent of that number, or NULL. */
const struct agent_entry *agents_find(const struct agents *agents, const char *id);

/* Whether a text is a number of 1 to AGENT_DIGITS_MAX digits. */
bool agents_is_id(const char *id);

#endif
