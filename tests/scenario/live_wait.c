/* Waiting until the hall shows what was answered; see live_stage.h and live_parts.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "live_parts.h"
#include "runtime/clock.h"
#include "runtime/codec_reply.h"

bool live_hall_comes_to(struct stage *stage,
                        bool (*is_there)(const struct stage *stage, const void *wanted),
                        const void *wanted)
{
    int64_t until_ms = clock_machine_ms() + PATIENCE_MS;
    while (!is_there(stage, wanted)) {
        if (clock_machine_ms() > until_ms) {
            return false;
        }
        device_listen(&stage->admin, 20);
    }
    return true;
}

static bool board_has_seq(const struct stage *stage, const void *wanted)
{
    const struct server_status *status = wanted;
    return stage->hall.board.epoch == status->epoch &&
           stage->hall.board.seq >= status->seq;
}

static bool call_is_drawn(const struct stage *stage, const void *wanted)
{
    return stage->hall.drawn == *(const int64_t *)wanted;
}

/* The hall screen draws the calls one after the other; those of people who have gone
 * meanwhile are left out, and none is here: each was waited for. */
static void wait_for_drawn_calls(struct stage *stage)
{
    const struct board_document *board = &stage->hall.board;
    if (board->call_count == 0) {
        return;
    }
    const struct board_call *newest = &board->calls[board->call_count - 1];
    if (newest->call <= stage->drawn) {
        return;
    }
    if (!live_hall_comes_to(stage, call_is_drawn, &newest->call)) {
        fail_msg("the hall screen never showed call %lld, %s", (long long)newest->call,
                 newest->ticket);
    }
    stage->drawn = newest->call;
}

/* The newest call of the ticket; NULL when the board has none. */
static const struct board_call *newest_call(const struct board_document *board,
                                            const char *ticket)
{
    for (uint32_t i = board->call_count; i > 0; i--) {
        if (strcmp(board->calls[i - 1].ticket, ticket) == 0) {
            return &board->calls[i - 1];
        }
    }
    return NULL;
}

/* What is true of every board, whatever the scenario expects: a call that was taken back
 * is not on it, and whoever is called to a counter is announced there. */
static void check_board(const struct board_document *board)
{
    for (uint32_t i = 0; i < board->call_count; i++) {
        if (board->calls[i].state == TICKET_WAITING) {
            fail_msg("%s waits, but a call of it is announced", board->calls[i].ticket);
        }
    }
    for (uint32_t i = 0; i < board->counter_count; i++) {
        const struct board_counter *counter = &board->counters[i];
        if (counter->state != COUNTER_CALLED) {
            continue;
        }
        const struct board_call *call = newest_call(board, counter->ticket);
        if (!call || strcmp(call->counter, counter->id) != 0) {
            fail_msg("%s is called to %s, but not announced there", counter->ticket,
                     counter->id);
        }
    }
}

void live_settle(struct stage *stage)
{
    if (stage->is_settled) {
        return;
    }
    struct server_status *status = server_status_create();
    struct error err;
    assert_non_null(status);
    device_do(&stage->admin, "status", NULL);
    assert_int_equal(server_status_decode(stage->admin.reply, strlen(stage->admin.reply),
                                          status, &err),
                     OK);
    if (!live_hall_comes_to(stage, board_has_seq, status)) {
        fail_msg("no board has what was answered: seq %lld of epoch %lld",
                 (long long)status->seq, (long long)status->epoch);
    }
    stage->seq = status->seq;
    server_status_destroy(status);
    check_board(&stage->hall.board);
    wait_for_drawn_calls(stage);
    stage->is_settled = true;
}

static bool counter_has_seq(const struct stage *stage, const void *wanted)
{
    const struct seen_counter *counter = live_hall_counter(&stage->hall, wanted);
    return counter && counter->state.epoch == stage->hall.board.epoch &&
           counter->state.seq >= stage->seq;
}

const struct counter_document *live_newest_counter(struct stage *stage, const char *id)
{
    live_settle(stage);
    if (!live_hall_comes_to(stage, counter_has_seq, id)) {
        fail_msg("counter '%s' never came to seq %lld", id, (long long)stage->seq);
    }
    return &live_hall_counter(&stage->hall, id)->state;
}

const struct visits *live_visits(struct stage *stage)
{
    live_settle(stage);
    if (stage->visits_seq != stage->seq) {
        visits_read(&stage->office, &stage->visits);
        stage->visits_seq = stage->seq;
    }
    return &stage->visits;
}

struct wanted_line {
    const char *id;
    uint32_t waiting_count;
};

static bool line_is_as_wanted(const struct stage *stage, const void *wanted)
{
    const struct wanted_line *line = wanted;
    const struct service_document *service = live_hall_service(&stage->hall, line->id);
    return service && service->waiting_count == line->waiting_count;
}

bool live_service_comes_to(struct stage *stage, const char *id, uint32_t waiting_count)
{
    struct wanted_line line = {.id = id, .waiting_count = waiting_count};
    live_settle(stage);
    return live_hall_comes_to(stage, line_is_as_wanted, &line);
}

static bool board_has_no_day(const struct stage *stage, const void *wanted)
{
    (void)wanted;
    return stage->hall.board.day == 0;
}

void live_wait_for_no_day(struct stage *stage)
{
    if (!live_hall_comes_to(stage, board_has_no_day, NULL)) {
        fail_msg("the day was never closed");
    }
}
