/* What a scenario expects, looked up in the queue: replies, counters, lights, boards. */
#include <assert.h>
#include <string.h>

#include "core/policy.h"
#include "core/text.h"
#include "queue_stage.h"
#include "script.h"

/* "A042", or "nobody". */
static void add_label(const struct queue *queue, uint32_t ordinal, struct text *got)
{
    if (ordinal == TICKET_NONE) {
        text_add_string(got, "nobody");
        return;
    }
    const struct ticket *ticket = queue_ticket(queue, ordinal);
    char label[LABEL_LENGTH_MAX + 1];
    ticket_label(&queue_site(queue)->services[ticket->service], ticket->number, label);
    text_add_string(got, label);
}

/* The ticket that the step names; without one, "no such ticket" is what there is. */
static const struct ticket *named_ticket(const struct queue *queue, const char *label,
                                         struct text *got)
{
    uint32_t ordinal = queue_find_ticket(queue, label);
    if (ordinal == TICKET_NONE) {
        text_add(got, "no ticket %s", label);
        return NULL;
    }
    return queue_ticket(queue, ordinal);
}

static bool named_counter(const struct queue *queue, const char *id,
                          uint32_t *ret_counter, struct text *got)
{
    *ret_counter = site_find_counter(queue_site(queue), id);
    if (*ret_counter == SITE_NONE) {
        text_add(got, "no counter %s", id);
    }
    return *ret_counter != SITE_NONE;
}

static bool expect_ticket(const struct stage *stage, const struct step *step,
                          struct text *got)
{
    const struct queue *queue = stage_queue(stage);
    add_label(queue, stage_reply(stage).ticket, got);
    return stage_reply(stage).ticket != TICKET_NONE &&
           stage_reply(stage).ticket == queue_find_ticket(queue, step->ticket);
}

static bool expect_number(uint32_t number, const struct step *step, struct text *got)
{
    text_add(got, "%u", (unsigned)number);
    return number == step->number;
}

static bool expect_refused(const struct stage *stage, const struct step *step,
                           struct text *got)
{
    struct stage_reply reply = stage_reply(stage);
    if (reply.status == OK) {
        text_add_string(got, "accepted");
        return false;
    }
    text_add(got, "refused %s", refusal_code(reply.refusal));
    return reply.refusal == refusal_find(step->word);
}

static bool expect_state(const struct stage *stage, const struct step *step,
                         struct text *got)
{
    const struct queue *queue = stage_queue(stage);
    const struct ticket *ticket = named_ticket(queue, step->ticket, got);
    if (!ticket) {
        return false;
    }
    text_add_string(got, ticket_state_name(ticket->state));
    bool is_there = true;
    if (ticket->counter != SITE_NONE) {
        const char *id = queue_site(queue)->counters[ticket->counter].id;
        text_add(got, " at %s", id);
        is_there = strcmp(id, step->counter) == 0;
    }
    is_there = step->counter[0] == '\0' || (is_there && ticket->counter != SITE_NONE);
    return is_there && ticket->state == ticket_state_find(step->word);
}

static bool expect_waiting(const struct stage *stage, const struct step *step,
                           struct text *got)
{
    const struct queue *queue = stage_queue(stage);
    const struct site *site = queue_site(queue);
    for (uint32_t i = 0; i < site->service_count; i++) {
        if (strcmp(site->services[i].letter, step->service) == 0) {
            return expect_number(queue_waiting_count(queue, i), step, got);
        }
    }
    text_add(got, "no service %s", step->service);
    return false;
}

static bool expect_light(const struct stage *stage, const struct step *step,
                         struct text *got)
{
    uint32_t counter = 0;
    if (!named_counter(stage_queue(stage), step->counter, &counter, got)) {
        return false;
    }
    const char *light =
        light_name(counter_light(queue_counter(stage_queue(stage), counter)->state));
    text_add_string(got, light);
    return strcmp(light, step->word) == 0;
}

static bool expect_lacks(const struct stage *stage, const struct step *step,
                         struct text *got)
{
    const struct queue *queue = stage_queue(stage);
    uint32_t counter = 0;
    uint32_t document = site_find_document(queue_site(queue), step->lacks);
    if (!named_counter(queue, step->counter, &counter, got)) {
        return false;
    }
    uint32_t ordinal = queue_counter(queue, counter)->ticket;
    uint64_t lacks = ordinal == TICKET_NONE ? 0 : queue_ticket(queue, ordinal)->lacks;
    text_add_string(got, lacks == 0 ? "nothing missing" : "something else missing");
    return document != SITE_NONE && (lacks >> document & 1U) != 0;
}

static bool expect_counter(const struct stage *stage, const struct step *step,
                           struct text *got)
{
    const struct queue *queue = stage_queue(stage);
    uint32_t index = 0;
    if (!named_counter(queue, step->counter, &index, got)) {
        return false;
    }
    const struct counter *counter = queue_counter(queue, index);
    text_add(got, "%s ", counter_state_name(counter->state));
    add_label(queue, counter->ticket, got);
    bool has_ticket = step->ticket[0] == '\0' ||
                      (counter->ticket != TICKET_NONE &&
                       counter->ticket == queue_find_ticket(queue, step->ticket));
    return has_ticket && counter->state == counter_state_find(step->word);
}

static bool expect_next(const struct stage *stage, const struct step *step,
                        struct text *got)
{
    const struct queue *queue = stage_queue(stage);
    uint32_t counter = 0;
    if (!named_counter(queue, step->counter, &counter, got)) {
        return false;
    }
    uint32_t next = policy_next(queue, counter, queue_last_at_ms(queue)).ticket;
    add_label(queue, next, got);
    uint32_t wanted =
        step->ticket[0] == '\0' ? TICKET_NONE : queue_find_ticket(queue, step->ticket);
    return next == wanted && (wanted != TICKET_NONE || step->ticket[0] == '\0');
}

/* Facts that are numbers of one ticket. */
static bool expect_fact(const struct stage *stage, const struct step *step,
                        struct text *got)
{
    const struct ticket *ticket = named_ticket(stage_queue(stage), step->ticket, got);
    if (!ticket) {
        return false;
    }
    if (step->kind == EXPECT_CALLED) {
        return expect_number(ticket->call_count, step, got);
    }
    int64_t from_ms =
        step->kind == EXPECT_WAIT ? ticket->leg.requested_at_ms : ticket->started_at_ms;
    int64_t to_ms =
        step->kind == EXPECT_WAIT ? ticket->called_at_ms : ticket->ended_at_ms;
    if (from_ms == 0 || to_ms == 0) {
        text_add_string(got, "not yet");
        return false;
    }
    assert(to_ms >= from_ms);
    return expect_number((uint32_t)((to_ms - from_ms) / 1000), step, got);
}

static bool is_announced(const struct stage *stage,
                         const struct announcement *announcement, const char *label,
                         const char *counter)
{
    const struct queue *queue = stage_queue(stage);
    return announcement->ticket == queue_find_ticket(queue, label) &&
           announcement->counter == site_find_counter(queue_site(queue), counter);
}

static bool expect_announced(const struct stage *stage, const struct step *step,
                             struct text *got)
{
    struct announcement newest[2];
    size_t wanted = step->other_ticket[0] == '\0' ? 1 : 2;
    size_t count = stage_announcements(stage, wanted, newest);
    const struct queue *queue = stage_queue(stage);
    for (size_t i = 0; i < count; i++) {
        text_add_string(got, i > 0 ? " then " : "");
        add_label(queue, newest[i].ticket, got);
        text_add(got, " %s at %s", newest[i].is_recall ? "recalled" : "called",
                 queue_site(queue)->counters[newest[i].counter].id);
    }
    if (count != wanted) {
        text_add(got, "%s%zu announcements", count > 0 ? ", " : "", count);
        return false;
    }
    bool is_recall = step->kind == EXPECT_RECALLED;
    bool is_right = newest[0].is_recall == is_recall &&
                    is_announced(stage, &newest[0], step->ticket, step->counter);
    if (wanted == 2) {
        is_right = is_right && !newest[1].is_recall &&
                   is_announced(stage, &newest[1], step->other_ticket, step->other);
    }
    return is_right;
}

static bool expect_seated(const struct stage *stage, const struct step *step,
                          struct text *got)
{
    struct announcement newest;
    if (stage_announcements(stage, 1, &newest) != 1) {
        text_add_string(got, "nobody is called");
        return false;
    }
    const struct queue *queue = stage_queue(stage);
    const struct ticket *ticket = queue_ticket(queue, newest.ticket);
    bool is_seated = queue_site(queue)->classes[ticket->class_index].is_seated;
    add_label(queue, newest.ticket, got);
    text_add_string(got, is_seated ? " stays seated" : " is to come");
    return is_seated && queue_find_ticket(queue, step->ticket) == newest.ticket;
}

static bool expect_count(const struct stage *stage, const struct step *step,
                         struct text *got)
{
    const struct queue *queue = stage_queue(stage);
    enum ticket_state state = ticket_state_find(step->word);
    uint32_t count = 0;
    for (uint32_t i = 1; i <= queue_ticket_count(queue); i++) {
        count += queue_ticket(queue, i)->state == state ? 1U : 0U;
    }
    return expect_number(count, step, got);
}

static bool expect_ahead(const struct stage *stage, const struct step *step,
                         struct text *got)
{
    return expect_number(stage_reply(stage).ahead, step, got);
}

static bool expect_day(const struct stage *stage, const struct step *step,
                       struct text *got)
{
    uint32_t day = queue_day(stage_queue(stage));
    if (day == 0) {
        text_add_string(got, "no day");
    } else {
        text_add(got, "%04u-%02u-%02u", (unsigned)(day / 10000),
                 (unsigned)(day / 100 % 100), (unsigned)(day % 100));
    }
    return day == step->date;
}

static bool expect_about(const struct stage *stage, const struct step *step,
                         struct text *got)
{
    const struct queue *queue = stage_queue(stage);
    const struct ticket *ticket = named_ticket(queue, step->ticket, got);
    if (!ticket) {
        return false;
    }
    uint32_t topic = ticket->matter.topic;
    const char *id = topic > 0 ? queue_site(queue)->topics[topic - 1].id : "";
    text_add(got, "about '%s'", id);
    return strcmp(id, step->word) == 0;
}

static bool expect_message(const struct stage *stage, const struct step *step,
                           struct text *got)
{
    int64_t until_ms = 0;
    const struct site_detail *words =
        queue_message(stage_queue(stage), 0, stage_now_ms(stage), &until_ms);
    text_add_string(got, words ? words->in[LANGUAGE_FR] : "no message");
    return words ? strcmp(words->in[LANGUAGE_FR], step->word) == 0
                 : step->word[0] == '\0';
}

static bool expect_remarks(const struct stage *stage, const struct step *step,
                           struct text *got)
{
    const struct queue *queue = stage_queue(stage);
    const struct event_remark *newest = NULL;
    uint32_t count = 0;
    for (uint32_t i = 1; i <= queue_remark_count(queue); i++) {
        const struct event_remark *remark = queue_remark(queue, i);
        count += remark ? 1U : 0U;
        newest = remark ? remark : newest;
    }
    const char *words = newest ? newest->text : "";
    text_add(got, "%u remarks, the newest '%s'", (unsigned)count, words);
    return count == step->number &&
           (step->word[0] == '\0' || strcmp(words, step->word) == 0);
}

static bool (*const expectations[STEP_KIND_COUNT])(const struct stage *stage,
                                                   const struct step *step,
                                                   struct text *got) = {
    [EXPECT_TICKET] = expect_ticket,      [EXPECT_AHEAD] = expect_ahead,
    [EXPECT_REFUSED] = expect_refused,    [EXPECT_STATE] = expect_state,
    [EXPECT_WAITING] = expect_waiting,    [EXPECT_LIGHT] = expect_light,
    [EXPECT_COUNTER] = expect_counter,    [EXPECT_NEXT] = expect_next,
    [EXPECT_CALLED] = expect_fact,        [EXPECT_ANNOUNCED] = expect_announced,
    [EXPECT_RECALLED] = expect_announced, [EXPECT_SEATED] = expect_seated,
    [EXPECT_COUNT] = expect_count,        [EXPECT_WAIT] = expect_fact,
    [EXPECT_SERVICE] = expect_fact,       [EXPECT_DAY] = expect_day,
    [EXPECT_ABOUT] = expect_about,        [EXPECT_MESSAGE] = expect_message,
    [EXPECT_LACKS] = expect_lacks,        [EXPECT_REMARKS] = expect_remarks,
};

bool stage_expect(struct stage *stage, const struct step *step, struct text *got)
{
    assert(expectations[step->kind]);
    if (!queue_has_site(stage_queue(stage))) {
        text_add_string(got, "no site");
        return false;
    }
    return expectations[step->kind](stage, step, got);
}
