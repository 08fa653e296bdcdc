/* What a scenario expects, looked up where people and programs outside of the server can
 * see it: replies, boards, counters' and services' states, lamps, the report. Where two
 * of them say the same, both must. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "core/text.h"
#include "live_parts.h"
#include "live_stage.h"
#include "live_visits.h"

/* "A042", or "nobody". */
static const char *label_or_nobody(const char *label)
{
    return label[0] == '\0' ? "nobody" : label;
}

static bool expect_number(uint32_t number, const struct step *step, struct text *got)
{
    text_add(got, "%u", (unsigned)number);
    return number == step->number;
}

/* ---- Replies ---- */

static bool expect_ticket(struct stage *stage, const struct step *step, struct text *got)
{
    const char *label = live_last_reply(stage)->ticket;
    text_add_string(got, label_or_nobody(label));
    return strcmp(label, step->ticket) == 0;
}

static bool expect_ahead(struct stage *stage, const struct step *step, struct text *got)
{
    return expect_number(live_last_reply(stage)->ahead, step, got);
}

static bool expect_refused(struct stage *stage, const struct step *step, struct text *got)
{
    const struct live_reply *reply = live_last_reply(stage);
    if (!reply->is_refused) {
        text_add_string(got, "accepted");
        return false;
    }
    text_add(got, "refused %s", reply->code);
    return strcmp(reply->code, step->word) == 0;
}

/* ---- Counters and lines ---- */

/* The board, the counter's own state and the lamp; NULL and "no counter 7" where there is
 * none. */
static const struct board_counter *seen_counter(struct stage *stage, const char *id,
                                                const struct seen_counter **ret_seen,
                                                struct text *got)
{
    live_settle(stage);
    const struct board_counter *counter =
        live_hall_board_counter(live_hall_of(stage), id);
    *ret_seen = live_hall_counter(live_hall_of(stage), id);
    if (!counter || !*ret_seen) {
        text_add(got, "no counter %s", id);
        return NULL;
    }
    return counter;
}

static bool expect_light(struct stage *stage, const struct step *step, struct text *got)
{
    const struct seen_counter *seen = NULL;
    const struct board_counter *counter = seen_counter(stage, step->counter, &seen, got);
    if (!counter) {
        return false;
    }
    const char *on_board = light_name(counter->light);
    const char *in_state = light_name(seen->state.light);
    text_add_string(got, seen->light);
    if (strcmp(on_board, seen->light) != 0 || strcmp(in_state, seen->light) != 0) {
        text_add(got, ", but %s on the board and %s in the counter's state", on_board,
                 in_state);
        return false;
    }
    return strcmp(seen->light, step->word) == 0;
}

static bool expect_counter(struct stage *stage, const struct step *step, struct text *got)
{
    const struct seen_counter *seen = NULL;
    const struct board_counter *counter = seen_counter(stage, step->counter, &seen, got);
    if (!counter) {
        return false;
    }
    const char *label = seen->state.has_ticket ? seen->state.ticket.label : "";
    text_add(got, "%s %s", counter_state_name(counter->state),
             label_or_nobody(counter->ticket));
    if (seen->state.state != counter->state || strcmp(label, counter->ticket) != 0) {
        text_add(got, " on the board, but %s %s in the counter's state",
                 counter_state_name(seen->state.state), label_or_nobody(label));
        return false;
    }
    bool has_ticket = step->ticket[0] == '\0' || strcmp(label, step->ticket) == 0;
    return has_ticket && counter->state == counter_state_find(step->word);
}

static bool expect_next(struct stage *stage, const struct step *step, struct text *got)
{
    const struct counter_document *counter = live_newest_counter(stage, step->counter);
    const char *label = counter->has_next ? counter->next.label : "";
    text_add_string(got, label_or_nobody(label));
    return strcmp(label, step->ticket) == 0;
}

static bool expect_lacks(struct stage *stage, const struct step *step, struct text *got)
{
    const struct counter_document *counter = live_newest_counter(stage, step->counter);
    const struct lacked_documents *lacks = &counter->ticket.lacks;
    bool is_told = false;
    text_add(got, "%u documents", counter->has_ticket ? (unsigned)lacks->count : 0U);
    for (uint32_t i = 0; counter->has_ticket && i < lacks->count; i++) {
        is_told |= strcmp(lacks->documents[i], step->lacks) == 0;
    }
    return is_told;
}

static bool expect_waiting(struct stage *stage, const struct step *step, struct text *got)
{
    const struct site *site = live_site(stage);
    live_settle(stage);
    for (uint32_t i = 0; i < site->service_count; i++) {
        if (strcmp(site->services[i].letter, step->service) != 0) {
            continue;
        }
        const char *id = site->services[i].id;
        const struct board_service *service =
            live_hall_board_service(live_hall_of(stage), id);
        assert_non_null(service);
        bool is_right = expect_number(service->waiting_count, step, got);
        if (is_right && !live_service_comes_to(stage, id, step->number)) {
            text_add_string(got, " on the board, but not in the service's state");
            is_right = false;
        }
        return is_right;
    }
    text_add(got, "no service %s", step->service);
    return false;
}

/* ---- The board ---- */

static bool is_announced(const struct board_call *call, const char *ticket,
                         const char *counter, bool is_recall)
{
    return strcmp(call->ticket, ticket) == 0 && strcmp(call->counter, counter) == 0 &&
           call->is_recall == is_recall;
}

static bool expect_announced(struct stage *stage, const struct step *step,
                             struct text *got)
{
    live_settle(stage);
    const struct board_document *board = &live_hall_of(stage)->board;
    uint32_t wanted = step->other_ticket[0] == '\0' ? 1 : 2;
    uint32_t count = board->call_count < wanted ? board->call_count : wanted;
    const struct board_call *newest = &board->calls[board->call_count - count];
    for (uint32_t i = 0; i < count; i++) {
        text_add(got, "%s%s %s at %s", i > 0 ? " then " : "", newest[i].ticket,
                 newest[i].is_recall ? "recalled" : "called", newest[i].counter);
    }
    if (count != wanted) {
        text_add(got, "%s%u announcements", count > 0 ? ", " : "", (unsigned)count);
        return false;
    }
    bool is_recall = step->kind == EXPECT_RECALLED;
    return is_announced(&newest[0], step->ticket, step->counter, is_recall) &&
           (wanted == 1 ||
            is_announced(&newest[1], step->other_ticket, step->other, false));
}

static bool expect_seated(struct stage *stage, const struct step *step, struct text *got)
{
    live_settle(stage);
    const struct board_document *board = &live_hall_of(stage)->board;
    const struct board_call *newest =
        board->call_count > 0 ? &board->calls[board->call_count - 1] : NULL;
    text_add_string(got, newest ? newest->ticket : "nobody");
    text_add_string(got, newest && newest->is_seated ? " stays seated" : " is to come");
    return newest && newest->is_seated && strcmp(newest->ticket, step->ticket) == 0;
}

static bool expect_day(struct stage *stage, const struct step *step, struct text *got)
{
    live_settle(stage);
    uint32_t day = live_hall_of(stage)->board.day;
    if (day == 0) {
        text_add_string(got, "no day");
    } else {
        text_add(got, "%04u-%02u-%02u", (unsigned)(day / 10000),
                 (unsigned)(day / 100 % 100), (unsigned)(day % 100));
    }
    return day == step->date;
}

/* ---- The report ---- */

/* The ticket's row; without one, "no ticket A042" is what there is. */
static const struct visit *visit_of(struct stage *stage, const struct step *step,
                                    struct text *got)
{
    const struct visit *visit = visits_find(live_visits(stage), step->ticket);
    if (!visit) {
        text_add(got, "no ticket %s", step->ticket);
    }
    return visit;
}

/* Where the board still lists a call of the ticket it says its present state. */
static const char *state_on_board(struct stage *stage, const struct visit *visit)
{
    const struct board_document *board = &live_hall_of(stage)->board;
    for (uint32_t i = board->call_count; i > 0; i--) {
        if (strcmp(board->calls[i - 1].ticket, visit->ticket) == 0) {
            return ticket_state_name(board->calls[i - 1].state);
        }
    }
    return visit->outcome;
}

static bool expect_state(struct stage *stage, const struct step *step, struct text *got)
{
    const struct visit *visit = visit_of(stage, step, got);
    if (!visit) {
        return false;
    }
    text_add_string(got, visit->outcome);
    if (visit->counter[0] != '\0') {
        text_add(got, " at %s", visit->counter);
    }
    const char *on_board = state_on_board(stage, visit);
    if (strcmp(on_board, visit->outcome) != 0) {
        text_add(got, " in the report, but %s on the board", on_board);
        return false;
    }
    if (strcmp(visit->outcome, ticket_state_name(TICKET_WAITING)) == 0 &&
        visit->called_at_ms != 0) {
        text_add_string(got, " in the report, but with a call");
        return false;
    }
    bool is_there =
        step->counter[0] == '\0' || strcmp(visit->counter, step->counter) == 0;
    return is_there && strcmp(visit->outcome, step->word) == 0;
}

static bool expect_called(struct stage *stage, const struct step *step, struct text *got)
{
    const struct visit *visit = visit_of(stage, step, got);
    return visit && expect_number(visit->call_count, step, got);
}

static bool expect_seconds(int64_t from_ms, int64_t to_ms, const struct step *step,
                           struct text *got)
{
    if (from_ms == 0 || to_ms == 0) {
        text_add_string(got, "not yet");
        return false;
    }
    assert_true(to_ms >= from_ms);
    return expect_number((uint32_t)((to_ms - from_ms) / 1000), step, got);
}

static bool expect_wait(struct stage *stage, const struct step *step, struct text *got)
{
    const struct visit *visit = visit_of(stage, step, got);
    return visit && expect_seconds(visit->taken_at_ms, visit->called_at_ms, step, got);
}

static bool expect_service(struct stage *stage, const struct step *step, struct text *got)
{
    const struct visit *visit = visit_of(stage, step, got);
    return visit && expect_seconds(visit->started_at_ms, visit->ended_at_ms, step, got);
}

static bool expect_about(struct stage *stage, const struct step *step, struct text *got)
{
    const struct visit *visit = visit_of(stage, step, got);
    if (visit) {
        text_add(got, "about '%s'", visit->topic);
    }
    return visit && strcmp(visit->topic, step->word) == 0;
}

static bool expect_count(struct stage *stage, const struct step *step, struct text *got)
{
    const struct visits *visits = live_visits(stage);
    uint32_t count = 0;
    for (size_t i = 0; i < visits->count; i++) {
        count += strcmp(visits->visits[i].outcome, step->word) == 0 ? 1U : 0U;
    }
    return expect_number(count, step, got);
}

static bool expect_message(struct stage *stage, const struct step *step, struct text *got)
{
    live_settle(stage);
    const char *words = live_hall_of(stage)->board.message.words.in[LANGUAGE_FR];
    text_add_string(got, words[0] != '\0' ? words : "no message");
    return strcmp(words, step->word) == 0;
}

static bool hall_is_as_new_as_the_board(const struct stage *stage, const void *unused)
{
    (void)unused;
    const struct live_hall *hall = live_hall_of(stage);
    return hall->state.epoch == hall->board.epoch && hall->state.seq >= hall->board.seq;
}

static bool expect_remarks(struct stage *stage, const struct step *step, struct text *got)
{
    live_settle(stage);
    if (!live_hall_comes_to(stage, hall_is_as_new_as_the_board, NULL)) {
        text_add_string(got, "no newer state of the hall");
        return false;
    }
    const struct hall_document *state = &live_hall_of(stage)->state;
    const char *newest = state->remark_count > 0 ? state->remarks[0].text : "";
    text_add(got, "%u remarks, the newest '%s'", (unsigned)state->remark_count, newest);
    return state->remark_count == step->number &&
           (step->word[0] == '\0' || strcmp(newest, step->word) == 0);
}

static bool (*const expectations[STEP_KIND_COUNT])(struct stage *stage,
                                                   const struct step *step,
                                                   struct text *got) = {
    [EXPECT_TICKET] = expect_ticket,      [EXPECT_AHEAD] = expect_ahead,
    [EXPECT_REFUSED] = expect_refused,    [EXPECT_STATE] = expect_state,
    [EXPECT_WAITING] = expect_waiting,    [EXPECT_LIGHT] = expect_light,
    [EXPECT_COUNTER] = expect_counter,    [EXPECT_NEXT] = expect_next,
    [EXPECT_CALLED] = expect_called,      [EXPECT_ANNOUNCED] = expect_announced,
    [EXPECT_RECALLED] = expect_announced, [EXPECT_SEATED] = expect_seated,
    [EXPECT_COUNT] = expect_count,        [EXPECT_WAIT] = expect_wait,
    [EXPECT_SERVICE] = expect_service,    [EXPECT_DAY] = expect_day,
    [EXPECT_ABOUT] = expect_about,        [EXPECT_MESSAGE] = expect_message,
    [EXPECT_LACKS] = expect_lacks,        [EXPECT_REMARKS] = expect_remarks,
};

bool stage_expect(struct stage *stage, const struct step *step, struct text *got)
{
    assert_non_null(expectations[step->kind]);
    if (!live_is_open(stage)) {
        text_add_string(got, "an office that is not open yet");
        return false;
    }
    live_begin_line(stage, step->line);
    bool is_met = expectations[step->kind](stage, step, got);
    live_end_line(stage);
    return is_met;
}
