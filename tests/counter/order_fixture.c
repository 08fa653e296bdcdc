/* See order_fixture.h. */
#include "order_fixture.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "window_fixture.h"

static void add_counters(struct site *site, uint32_t count)
{
    for (uint32_t i = site->counter_count; i < count; i++) {
        struct counter_place *counter = &site->counters[i];
        *counter = site->counters[0];
        struct text text;
        text_init(&text, counter->id, sizeof(counter->id));
        text_add(&text, "%u", i + 1);
        text_init(&text, counter->label, sizeof(counter->label));
        text_add(&text, "%u", i + 1);
        for (int j = 0; j < LANGUAGE_COUNT; j++) {
            text_init(&text, counter->name.in[j], sizeof(counter->name.in[j]));
            text_add(&text, "%s %u", j == LANGUAGE_FR ? "Guichet" : "Counter", i + 1);
        }
        site->counter_count = i + 1;
    }
}

static void fill_services(struct hall_document *hall, const struct site *site)
{
    hall->service_count = site->service_count;
    for (uint32_t i = 0; i < site->service_count; i++) {
        struct hall_service *service = &hall->services[i];
        *service = (struct hall_service){
            .is_open = i != 1,
            .waiting_count = i == 2 ? 0 : 12,
            .longest_wait_s = i == 2 ? 0 : 1500,
            .given_count = 43,
            .quota = i == 0 ? 60 : 0,
            .until_ms = ORDER_OFFICE_MS + 18000000,
            .first_count = i == 2 ? 0 : 2,
            .first = {{"A043", "none", 720}, {"A044", "none", 700}}};
        (void)text_copy(service->id, sizeof(service->id), site->services[i].id);
    }
}

static void fill_counters(struct hall_document *hall, const struct site *site)
{
    hall->counter_count = site->counter_count;
    for (uint32_t i = 0; i < site->counter_count; i++) {
        struct hall_counter *counter = &hall->counters[i];
        enum counter_state state = (enum counter_state)(i % COUNTER_STATE_COUNT);
        bool has_ticket = state == COUNTER_CALLED || state == COUNTER_SERVING;
        *counter = (struct hall_counter){.state = state,
                                         .light = counter_light(state),
                                         .since_ms = hall->at_ms - 480000,
                                         .asks_help = i == 3,
                                         .parked_count = i % 3,
                                         .reserved_count = i % 2,
                                         .served_count = 17};
        (void)text_copy(counter->id, sizeof(counter->id), site->counters[i].id);
        (void)text_copy(counter->ticket, sizeof(counter->ticket),
                        has_ticket ? "A042" : "");
        (void)text_copy(counter->reason, sizeof(counter->reason),
                        state == COUNTER_PAUSED ? "Traitement de dossiers" : "");
        if (site->profile_count > 0 && state != COUNTER_CLOSED) {
            (void)text_copy(counter->profile, sizeof(counter->profile),
                            site->profiles[0].id);
        }
    }
}

static void fill_remarks(struct hall_document *hall)
{
    hall->remark_count = 2;
    for (uint32_t i = 0; i < 2; i++) {
        hall->remarks[i] = (struct hall_remark){.number = i == 0 ? 4 : 1,
                                                .text = "Panne du réseau",
                                                .from_ms = hall->at_ms - 7200000,
                                                .until_ms = hall->at_ms - 3600000};
    }
}

struct hall_agent *order_supervisor(uint32_t counter_count)
{
    struct agent *sample = window_agent();
    struct hall_agent *agent = calloc(1, sizeof(*agent));
    struct hall_document *hall = calloc(1, sizeof(*hall));
    struct zone *zone = NULL;
    struct error err = {0};
    assert(agent && hall);
    enum status status = zone_load("Europe/Paris", &zone, &err);
    assert(status == OK);
    (void)status; /* asserted */
    add_counters(&sample->site, counter_count);
    hall_agent_init(agent, "main", true, LANGUAGE_FR);
    hall_agent_set_site(agent, &sample->site);
    agent->zone = zone;
    hall->epoch = 3;
    hall->tick = 9;
    hall->at_ms = ORDER_OFFICE_MS;
    hall->factor = 1;
    (void)text_copy(hall->hall, sizeof(hall->hall), sample->site.halls[0].id);
    fill_services(hall, &sample->site);
    fill_counters(hall, &sample->site);
    fill_remarks(hall);
    (void)text_copy(
        hall->message.words.in[LANGUAGE_FR], DETAIL_LENGTH_MAX,
        "Le guichet 3 ferme à 16 h, merci de votre compréhension."); /* fits */
    (void)text_copy(hall->message.words.in[LANGUAGE_EN], DETAIL_LENGTH_MAX,
                    "Counter 3 closes at 4 p.m.");
    hall->ended_count = HALL_ENDED_MAX;
    for (uint32_t i = 0; i < HALL_ENDED_MAX; i++) {
        hall->ended[i] = (struct hall_ended){"A031", TICKET_NO_SHOW, hall->at_ms};
        hall->ended[i].label[3] = (char)('0' + i % 10);
    }
    hall_agent_set_state(agent, hall, false, ORDER_NOW_MS);
    free(hall);
    free(sample);
    return agent;
}

void order_supervisor_destroy(struct hall_agent *agent)
{
    struct zone *zone = NULL;
    if (agent) {
        /* The fixture's own, which the agent only borrows. */
        memcpy(&zone, &agent->zone, sizeof(zone));
    }
    zone_destroy(zone);
    free(agent);
}
