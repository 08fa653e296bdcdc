/* See hall_fixture.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/text.h"
#include "hall_fixture.h"
#include "window_fixture.h"

static void *zeroed(size_t size)
{
    void *memory = calloc(1, size);
    assert_non_null(memory);
    return memory;
}

void hall_fill(struct hall_document *hall, const struct site *site)
{
    hall->epoch = 3;
    hall->tick = 9;
    hall->at_ms = INT64_C(1795426930000);
    hall->factor = 1;
    (void)text_copy(hall->hall, sizeof(hall->hall), site->halls[0].id);
    hall->service_count = site->service_count;
    for (uint32_t i = 0; i < site->service_count; i++) {
        struct hall_service *service = &hall->services[i];
        (void)text_copy(service->id, sizeof(service->id), site->services[i].id);
        service->is_open = i != 1;
        service->waiting_count = 12;
        service->longest_wait_s = 5000;
        service->first_count = 1;
        service->first[0] =
            (struct hall_ticket){.label = "A043", .class_id = "none", .waited_s = 720};
    }
    hall->counter_count = site->counter_count;
    for (uint32_t i = 0; i < site->counter_count; i++) {
        struct hall_counter *counter = &hall->counters[i];
        *counter = (struct hall_counter){.state = i % COUNTER_STATE_COUNT,
                                         .ticket = "A042",
                                         .since_ms = hall->at_ms - 480000,
                                         .reason = "Traitement de dossiers",
                                         .asks_help = i == 2,
                                         .parked_count = 2};
        (void)text_copy(counter->id, sizeof(counter->id), site->counters[i].id);
    }
    hall->ended_count = HALL_ENDED_MAX;
    for (uint32_t i = 0; i < HALL_ENDED_MAX; i++) {
        hall->ended[i] = (struct hall_ended){"A031", TICKET_CLOSED_AT_NIGHT, 1};
    }
}

static int begin(void **state, bool is_supervisor)
{
    struct post *post = zeroed(sizeof(*post));
    struct agent *sample = window_agent();
    post->agent = zeroed(sizeof(*post->agent));
    post->hall = zeroed(sizeof(*post->hall));
    post->reply = reply_document_create();
    assert_non_null(post->reply);
    hall_agent_init(post->agent, "main", is_supervisor, LANGUAGE_FR);
    hall_agent_set_site(post->agent, &sample->site);
    hall_fill(post->hall, &sample->site);
    hall_agent_set_state(post->agent, post->hall, false, NOW_MS);
    free(sample);
    *state = post;
    return 0;
}

int hall_begin_reception(void **state)
{
    return begin(state, false);
}

int hall_begin_supervisor(void **state)
{
    return begin(state, true);
}

int hall_end(void **state)
{
    struct post *post = *state;
    reply_document_destroy(post->reply);
    free(post->hall);
    free(post->agent);
    free(post);
    return 0;
}

bool hall_press(struct post *post, enum hall_action action)
{
    return hall_agent_press(post->agent, action, NOW_MS, &post->command);
}

void hall_answer(struct post *post, enum ticket_state state)
{
    memset(post->reply, 0, sizeof(*post->reply));
    post->reply->is_ok = true;
    post->reply->has_ticket = true;
    post->reply->ticket = (struct reply_ticket){.label = "A042",
                                                .service = "immatriculation",
                                                .state = state,
                                                .class_id = "none",
                                                .waited_s = 780,
                                                .ahead = 12,
                                                .asked = {3, 1, {{"permis", 2}}}};
    hall_agent_set_reply(post->agent, post->reply, NOW_MS);
}
