/* See sign_in.h. */
#include "server/sign_in.h"

#include <assert.h>
#include <errno.h>
#include <string.h>
#include <sys/random.h>

/* What one sign-in works with. */
struct trial {
    struct office *office;
    const struct moment *moment;
    const struct command_document *document;
    uint32_t counter;
    struct refused *refused;
    struct error *err;
};

static enum status refuse(const struct trial *trial, enum refusal refusal,
                          const char *sentence)
{
    *trial->refused = (struct refused){refusal, TICKET_NONE, trial->counter};
    return error_set(trial->err, ERR_REFUSED, "%s", sentence);
}

/* Number and code. After SIGN_IN_TRIES wrong ones in a row the counter waits. */
static enum status check_code(const struct trial *trial,
                              const struct agent_entry **ret_agent)
{
    const struct office *office = trial->office;
    struct sign_in_tries *tries = &trial->office->tries[trial->counter];
    if (trial->moment->machine_ms < tries->locked_until_ms) {
        return refuse(trial, REFUSAL_SIGN_IN_LOCKED,
                      "too many wrong codes at this counter: wait a moment");
    }
    *ret_agent =
        office->agents ? agents_find(office->agents, trial->document->agent) : NULL;
    if (*ret_agent &&
        secret_code_matches(trial->document->code, (*ret_agent)->code_hash)) {
        *tries = (struct sign_in_tries){0};
        return OK;
    }
    tries->wrong_count++;
    if (tries->wrong_count >= SIGN_IN_TRIES) {
        *tries = (struct sign_in_tries){.locked_until_ms = trial->moment->machine_ms +
                                                           SIGN_IN_LOCKED_MS};
    }
    return refuse(trial, REFUSAL_AGENT_UNKNOWN, "number and code do not belong together");
}

/* The counter where the agent is signed in, or SITE_NONE. */
static enum status find_agent(struct office *office, const char *agent,
                              uint32_t *ret_counter, struct error *err)
{
    uint32_t count = queue_site(office->queue)->counter_count;
    *ret_counter = SITE_NONE;
    for (uint32_t i = 0; i < count; i++) {
        char there[ID_LENGTH_MAX + 1];
        uint64_t token = queue_counter(office->queue, i)->agent;
        if (token == 0) {
            continue;
        }
        enum status status = journal_find_sign_in(office->journal, token, there, err);
        if (status != OK) {
            return status;
        }
        if (strcmp(there, agent) == 0) {
            *ret_counter = i;
        }
    }
    return OK;
}

/* A profile that site.conf no longer has gives what the counter gives. */
static uint32_t profile_of(const struct site *site, const struct agent_entry *agent)
{
    return agent->profile[0] == '\0' ? 0 : site_find_profile(site, agent->profile) + 1;
}

enum status sign_in_execute(struct office *office, const struct moment *moment,
                            uint32_t counter, const struct command_document *document,
                            struct refused *ret_refused, struct error *err)
{
    const struct site *site = queue_site(office->queue);
    const struct trial trial = {office, moment, document, counter, ret_refused, err};
    const struct agent_entry *agent = NULL;
    uint32_t at = SITE_NONE;
    enum status status = check_code(&trial, &agent);
    if (status == OK) {
        assert(agent);
        status = find_agent(office, agent->id, &at, err);
    }
    if (status != OK || at == counter) {
        return status;
    }
    if (at != SITE_NONE) {
        *ret_refused = (struct refused){REFUSAL_AGENT_ELSEWHERE, TICKET_NONE, at};
        return error_set(err, ERR_REFUSED, "the agent is signed in at counter '%s'",
                         site->counters[at].id);
    }
    struct command command = {.verb = VERB_SIGN_IN,
                              .counter = counter,
                              .version = document->version,
                              .kiosk = SITE_NONE,
                              .profile = profile_of(site, agent)};
    while (command.agent == 0) {
        if (getrandom(&command.agent, sizeof(command.agent), 0) !=
            (ssize_t)sizeof(command.agent)) {
            return error_set(err, ERR_IO, "there is no randomness: %s", strerror(errno));
        }
    }
    status = office_execute(office, &command, moment->now_ms, ret_refused, err);
    if (status == OK) {
        status =
            office_keep_sign_in(office, command.agent, agent->id, moment->now_ms, err);
    }
    return status;
}
