/* See agents_config.h. */
#include "runtime/agents_config.h"

#include <stddef.h>
#include <string.h>

#include "core/text.h"

bool agents_is_id(const char *id)
{
    size_t length = strspn(id, "0123456789");
    return length >= 1 && length <= AGENT_DIGITS_MAX && id[length] == '\0';
}

const struct agent_entry *agents_find(const struct agents *agents, const char *id)
{
    for (uint32_t i = 0; i < agents->count; i++) {
        if (strcmp(agents->entries[i].id, id) == 0) {
            return &agents->entries[i];
        }
    }
    return NULL;
}

static void *add_agent(void *root, const char *id, struct error *err)
{
    struct agents *agents = root;
    if (!agents_is_id(id)) {
        (void)error_set(err, ERR_INVALID, "'%s' is not a number of 1 to %d digits", id,
                        AGENT_DIGITS_MAX); /* NULL tells it */
        return NULL;
    }
    if (agents->count == AGENTS_MAX) {
        (void)error_set(err, ERR_LIMIT, "too many agents: at most %d", AGENTS_MAX);
        return NULL;
    }
    struct agent_entry *agent = &agents->entries[agents->count];
    agents->count++;
    (void)text_copy(agent->id, sizeof(agent->id), id); /* of that length */
    return agent;
}

static enum status parse_hash(const struct config_value *value, void *ret_field,
                              struct error *err)
{
    if (!secret_code_is_hash(value->text)) {
        return error_set(err, ERR_INVALID,
                         "it is not what 'guichet agents add' writes of a code");
    }
    (void)text_copy(ret_field, SECRET_CODE_HASH_BYTES, value->text); /* checked */
    return OK;
}

static const struct config_type hash_type = {"Argon2id hash of the code", parse_hash};

static const struct config_section sections[] = {
    {.name = "agent",
     .id_help = "the agent's number, 1 to 10 digits.",
     .help = "Who may sign in at counters. `guichet agents` writes this file.",
     .add = add_agent},
};

static const struct config_key keys[] = {
    {"agent", "profile", &config_id, offsetof(struct agent_entry, profile),
     sizeof(((struct agent_entry *)NULL)->profile), 0, 0, NULL, "",
     "The profile of site.conf that gives the services; the counter's own where it is "
     "empty."},
    {"agent", "code_hash", &hash_type, offsetof(struct agent_entry, code_hash),
     sizeof(((struct agent_entry *)NULL)->code_hash), 0, 0, NULL, NULL,
     "What is stored of the code."},
};

const struct config_schema *agents_config_schema(void)
{
    static const struct config_schema schema = {
        .title = "agents.conf",
        .help = "Who may sign in at counters, where the site wants it.",
        .sections = sections,
        .section_count = sizeof(sections) / sizeof(sections[0]),
        .keys = keys,
        .key_count = sizeof(keys) / sizeof(keys[0]),
    };
    return &schema;
}

enum status agents_config_load(const char *path, struct agents *ret_agents,
                               struct config_errors *errors)
{
    memset(ret_agents, 0, sizeof(*ret_agents));
    return config_load(agents_config_schema(), path, ret_agents, errors);
}
