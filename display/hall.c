/* The hall screen's state; see hall.h. */
#include "display/hall.h"

#include <assert.h>
#include <string.h>

#include "core/text.h"

void hall_init(struct hall_state *hall, int64_t last_announced, int64_t apart_ms)
{
    assert(apart_ms >= 100 && apart_ms <= 10000);
    memset(hall, 0, sizeof(*hall));
    hall->apart_ms = apart_ms;
    hall->last_announced = last_announced;
}

void hall_set_site(struct hall_state *hall, const struct site *site)
{
    hall->site = *site;
    hall->has_site = true;
}

static void take_first_pending(struct hall_state *hall)
{
    assert(hall->pending_count > 0);
    hall->pending_count--;
    memmove(&hall->pending[0], &hall->pending[1],
            hall->pending_count * sizeof(hall->pending[0]));
}

/* Put the calls that were not announced yet at the end of the queue, oldest first. */
static void queue_calls(struct hall_state *hall, const struct board_document *board,
                        bool was_away)
{
    for (uint32_t i = 0; i < board->call_count; i++) {
        const struct board_call *call = &board->calls[i];
        if (call->call <= hall->last_announced) {
            continue;
        }
        hall->last_announced = call->call;
        if (was_away && call->age_ms > HALL_ANNOUNCE_WITHIN_MS) {
            continue;
        }
        if (hall->pending_count == HALL_PENDING_MAX) {
            take_first_pending(hall);
        }
        struct hall_pending *pending = &hall->pending[hall->pending_count];
        pending->call = call->call;
        (void)text_copy(pending->ticket, sizeof(pending->ticket),
                        call->ticket); /* same size */
        hall->pending_count++;
    }
}

bool hall_set_board(struct hall_state *hall, const struct board_document *board,
                    bool is_retained, int64_t now_ms)
{
    if (hall->has_board) {
        bool is_older_epoch = board->epoch < hall->board.epoch;
        bool is_older = board->epoch == hall->board.epoch &&
                        (board->seq < hall->board.seq || board->tick < hall->board.tick);
        if (is_older_epoch || is_older) {
            return false;
        }
    }
    bool was_live = hall_freshness(hall, now_ms) == HALL_LIVE;
    hall->board = *board;
    hall->has_board = true;
    hall->board_at_ms = now_ms;
    if (!is_retained) {
        hall->is_confirmed = true;
        hall->live_at_ms = now_ms;
        hall->live_office_ms = board->at_ms;
        if (board->seq < hall->last_announced) {
            hall->last_announced = 0;
        }
        queue_calls(hall, board, !was_live);
    }
    return true;
}

enum hall_freshness hall_freshness(const struct hall_state *hall, int64_t now_ms)
{
    if (!hall->has_board) {
        return HALL_NOTHING;
    }
    if (!hall->is_confirmed) {
        return HALL_UNCONFIRMED;
    }
    return now_ms - hall->live_at_ms > HALL_STALE_AFTER_MS ? HALL_STALE : HALL_LIVE;
}

static const struct board_call *find_call(const struct board_document *board,
                                          int64_t number)
{
    for (uint32_t i = 0; i < board->call_count; i++) {
        if (board->calls[i].call == number) {
            return &board->calls[i];
        }
    }
    return NULL;
}

/* Whether announcing still helps: the person is not yet served, and the call stands. */
static bool is_worth_announcing(const struct hall_state *hall, int64_t number)
{
    const struct board_call *call = find_call(&hall->board, number);
    return call && (call->state == TICKET_CALLED || call->state == TICKET_SERVING);
}

/* The earlier of two deadlines, where `at_ms` counts only if it is still to come. */
static void wake_at(struct hall_step *step, int64_t at_ms, int64_t now_ms)
{
    if (at_ms > now_ms && at_ms < step->next_step_ms) {
        step->next_step_ms = at_ms;
    }
}

/* Machine time at which the office's clock shows the next minute. */
static int64_t next_minute_ms(const struct hall_state *hall, int64_t now_ms)
{
    int64_t factor = hall->board.factor > 0 ? hall->board.factor : 1;
    int64_t into_minute_ms = hall_office_ms(hall, now_ms) % 60000;
    return now_ms + (60000 - into_minute_ms) / factor + 1;
}

/* Wake when the next call on the board stops being new. */
static void wake_at_end_of_fresh(struct hall_step *step, const struct hall_state *hall,
                                 int64_t now_ms)
{
    for (uint32_t i = 0; i < hall->board.call_count; i++) {
        int64_t made_at_ms = hall->board_at_ms - hall->board.calls[i].age_ms;
        wake_at(step, made_at_ms + HALL_FRESH_MS, now_ms);
    }
}

void hall_step(struct hall_state *hall, int64_t now_ms, bool sound_is_playing,
               struct hall_step *ret_step)
{
    *ret_step = (struct hall_step){.next_step_ms = now_ms + 60000};
    while (hall->pending_count > 0 && !is_worth_announcing(hall, hall->pending[0].call)) {
        take_first_pending(hall);
    }
    bool is_busy = sound_is_playing || (hall->announced_call != 0 &&
                                        now_ms - hall->announced_at_ms < hall->apart_ms);
    if (hall->pending_count > 0 && !is_busy) {
        hall->announced_call = hall->pending[0].call;
        hall->announced_at_ms = now_ms;
        take_first_pending(hall);
        ret_step->starts_announcement = true;
        ret_step->call = hall->announced_call;
    }
    if (hall->pending_count > 0) {
        /* While a sound plays its end is looked for often; else the time is known. */
        int64_t over_ms = hall->announced_at_ms + hall->apart_ms;
        wake_at(ret_step, over_ms > now_ms ? over_ms : now_ms + 100, now_ms);
    }
    if (hall->announced_call != 0 && now_ms - hall->announced_at_ms < HALL_PULSE_MS) {
        int64_t into_ms = now_ms - hall->announced_at_ms;
        wake_at(ret_step, now_ms + 500 - into_ms % 500, now_ms);
    }
    if (hall->is_confirmed) {
        wake_at(ret_step, hall->live_at_ms + HALL_STALE_AFTER_MS + 1, now_ms);
        wake_at(ret_step, next_minute_ms(hall, now_ms), now_ms);
        wake_at_end_of_fresh(ret_step, hall, now_ms);
    }
}

int64_t hall_office_ms(const struct hall_state *hall, int64_t now_ms)
{
    if (!hall->is_confirmed) {
        return 0;
    }
    bool goes_on = hall->board.clock == CLOCK_REAL || hall->board.clock == CLOCK_SCALED;
    int64_t factor = goes_on ? hall->board.factor : 0;
    return hall->live_office_ms + (now_ms - hall->live_at_ms) * factor;
}

int64_t hall_board_office_ms(const struct hall_state *hall)
{
    return hall->has_board ? hall->board.at_ms : 0;
}

bool hall_is_fresh(const struct hall_state *hall, uint32_t index, int64_t now_ms)
{
    assert(index < hall->board.call_count);
    int64_t age_ms = hall->board.calls[index].age_ms + now_ms - hall->board_at_ms;
    return hall_freshness(hall, now_ms) == HALL_LIVE && age_ms < HALL_FRESH_MS;
}

bool hall_is_bright(const struct hall_state *hall, int64_t call, int64_t now_ms)
{
    int64_t into_ms = now_ms - hall->announced_at_ms;
    if (call != hall->announced_call || into_ms >= HALL_PULSE_MS) {
        return true;
    }
    return into_ms % 1000 < 500;
}

/* Whether a newer call of the same ticket stands on the board. */
static bool is_called_again(const struct board_document *board, uint32_t index)
{
    for (uint32_t i = index + 1; i < board->call_count; i++) {
        if (strcmp(board->calls[i].ticket, board->calls[index].ticket) == 0) {
            return true;
        }
    }
    return false;
}

size_t hall_rows(const struct hall_state *hall, uint32_t ret_rows[BOARD_CALLS_MAX])
{
    size_t count = 0;
    const struct board_document *board = &hall->board;
    for (uint32_t i = hall->has_board ? board->call_count : 0; i-- > 0;) {
        enum ticket_state state = board->calls[i].state;
        bool is_taken_back = state == TICKET_WAITING || state == TICKET_CANCELLED ||
                             state == TICKET_VOID || state == TICKET_CLOSED_AT_NIGHT;
        if (!is_taken_back && !is_called_again(board, i)) {
            ret_rows[count] = i;
            count++;
        }
    }
    return count;
}
