/* Answers to what is not the queue's; see aside.h. */
#include "server/aside.h"

#include <assert.h>
#include <string.h>

#include "core/text.h"
#include "runtime/codec_reply.h"
#include "server/day.h"
#include "server/server_state.h"

static void fill_status(struct server *server)
{
    const struct queue *queue = server->office->queue;
    const struct site *site = queue_site(queue);
    struct server_status *status = server->status;
    (void)text_copy(status->version, sizeof(status->version), SERVER_VERSION); /* fits */
    status->started_at_ms = server->started_at_ms;
    status->epoch = server->moment.epoch;
    status->seq = queue_seq(queue);
    status->clock = queue_clock_mode(queue);
    status->factor = queue_clock_factor(queue);
    status->day = queue_day(queue);
    (void)text_copy(status->time_zone, sizeof(status->time_zone),
                    site->time_zone); /* same size */
    status->ticket_count = queue_ticket_count(queue);
    status->waiting_count = 0;
    status->open_services = 0;
    status->open_counters = 0;
    for (uint32_t i = 0; i < site->service_count; i++) {
        status->waiting_count += queue_waiting_count(queue, i);
        status->open_services += queue_service_is_open(queue, i) ? 1U : 0U;
    }
    for (uint32_t i = 0; i < site->counter_count; i++) {
        bool is_open = counter_state_is_open(queue_counter(queue, i)->state);
        status->open_counters += is_open ? 1U : 0U;
    }
    presence_list(&server->presence, server->moment.machine_ms, status);
}

size_t aside_answer(void *context, const struct dispatched *dispatched,
                    struct reply_document *reply, char *buffer, size_t capacity)
{
    struct server *server = context;
    struct error err = {0};
    if (dispatched->aside == ASIDE_STATUS) {
        fill_status(server);
        reply->status = server->status;
    } else if (dispatched->aside == ASIDE_CLOSE_DAY) {
        server->must_close_day = true;
        loop_set_timer(server->loop, server->tick_timer, loop_now_ms(server->loop));
    } else if (office_clock_step(&server->clock, dispatched->seconds, &err) != OK) {
        reply->is_ok = false;
        (void)text_copy(reply->code, sizeof(reply->code), "clock"); /* fits */
        (void)text_copy(reply->sentence, sizeof(reply->sentence),
                        err.text); /* readable */
    } else {
        reply->at_ms = day_look_at_clocks(server);
        loop_set_timer(server->loop, server->tick_timer, loop_now_ms(server->loop));
    }
    size_t length = 0;
    enum status status = reply_encode(reply, buffer, capacity, &length, &err);
    assert(status == OK); /* the largest status fits one payload */
    (void)status;         /* asserted */
    return length;
}
