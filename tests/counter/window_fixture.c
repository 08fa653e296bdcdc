/* See window_fixture.h. */
#include "window_fixture.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "runtime/site_config.h"

/* 2026-11-23 09:42:10 UTC. */
#define NOW_MS INT64_C(1795426930000)

struct agent *window_agent(void)
{
    struct agent *agent = calloc(1, sizeof(*agent));
    struct site *site = calloc(1, sizeof(*site));
    struct config_errors *errors = config_errors_create();
    assert(agent && site && errors);
    enum status status = site_config_load(
        GUICHET_SOURCE_DIR "/assets/sample-site/site.conf", site, errors);
    assert(status == OK);
    (void)status; /* asserted */
    agent_init(agent, "3", LANGUAGE_FR);
    agent_set_site(agent, site);
    config_errors_destroy(errors);
    free(site);
    return agent;
}

struct counter_document window_state(enum counter_state state, int64_t version)
{
    struct counter_document document = {.epoch = 3,
                                        .seq = version,
                                        .tick = 9,
                                        .at_ms = NOW_MS,
                                        .id = "3",
                                        .state = state,
                                        .light = counter_light(state),
                                        .version = version,
                                        .has_next = true,
                                        .queue_count = 2};
    document.has_ticket = state == COUNTER_CALLED || state == COUNTER_SERVING;
    document.ticket = (struct counter_ticket){
        .label = "A042",
        .service = "immatriculation",
        .class_id = "none",
        .language = LANGUAGE_FR,
        .state = state == COUNTER_SERVING ? TICKET_SERVING : TICKET_CALLED,
        .taken_at_ms = NOW_MS - 1032000,
        .called_at_ms = state == COUNTER_SERVING ? NOW_MS - 270000 : NOW_MS,
        .started_at_ms = state == COUNTER_SERVING ? NOW_MS - 252000 : 0,
        .waited_s = 780,
        .call_count = 1};
    document.next = (struct counter_next){.label = "A043",
                                          .service = "immatriculation",
                                          .class_id = "none",
                                          .waited_s = 720};
    document.queues[0] = (struct counter_queue){"immatriculation", 12, 1080, 3};
    document.queues[1] = (struct counter_queue){"permis", 4, 420, 2};
    document.today = (struct counter_today){31, 26, 31, true, 84, 80};
    return document;
}

struct catalogue *window_catalogue(void)
{
    static const char *const domains[] = {"counter", "common"};
    struct catalogue *catalogue = NULL;
    char folder[512];
    struct error err = {0};
    catalogue_folder("", folder, sizeof(folder));
    enum status status = catalogue_load(folder, domains, 2, &catalogue, &err);
    assert(status == OK);
    (void)status; /* asserted */
    return catalogue;
}
