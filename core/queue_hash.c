/* The canonical encoding of the state, as a hash.
 *
 * Every number is 8 bytes, lowest first; every text is its bytes and a zero. The order is
 * that of the code below. Links of the lines are left out: they follow from the tickets
 * and the site. Journals keep hashes to compare a replay with, so this encoding changes
 * only together with a version of the journal. */
#include "core/hash.h"
#include "core/queue_state.h"

#include <assert.h>

static void add_ticket(uint64_t *hash, const struct ticket *ticket)
{
    assert(ticket->state < TICKET_STATE_COUNT);
    hash_number(hash, ticket->state);
    hash_number(hash, ticket->channel);
    hash_number(hash, ticket->language);
    hash_number(hash, ticket->print);
    hash_number(hash, ticket->service);
    hash_number(hash, ticket->number);
    hash_number(hash, ticket->class_index);
    hash_number(hash, ticket->counter);
    hash_number(hash, ticket->call_count);
    hash_number(hash, ticket->start_is_imputed);
    hash_number(hash, ticket->taken_at_ms);
    hash_number(hash, ticket->called_at_ms);
    hash_number(hash, ticket->started_at_ms);
    hash_number(hash, ticket->ended_at_ms);
    hash_number(hash, ticket->quote.is_given);
    hash_number(hash, ticket->quote.ahead);
    hash_number(hash, ticket->quote.open_counters);
    hash_number(hash, ticket->quote.mean_s);
    hash_number(hash, ticket->quote.p50_s);
    hash_number(hash, ticket->quote.p80_s);
    hash_number(hash, ticket->quote.p90_s);
}

/* A press counts only while it can be undone. */
static void add_press(uint64_t *hash, const struct press *press)
{
    hash_number(hash, press->can_be_undone);
    if (!press->can_be_undone) {
        return;
    }
    assert(press->state_before < COUNTER_STATE_COUNT);
    hash_number(hash, press->at_ms);
    hash_number(hash, press->state_before);
    hash_number(hash, press->ticket_before);
    for (uint32_t i = 0; i < PRESS_TICKETS_MAX; i++) {
        const struct ticket_before *before = &press->tickets[i];
        hash_number(hash, before->ticket);
        hash_number(hash, before->state);
        hash_number(hash, before->counter);
        hash_number(hash, before->call_count);
        hash_number(hash, before->start_is_imputed);
        hash_number(hash, before->called_at_ms);
        hash_number(hash, before->started_at_ms);
    }
}

static void add_leg(uint64_t *hash, const struct leg *leg)
{
    hash_number(hash, leg->index);
    hash_number(hash, leg->requested_at_ms);
    hash_number(hash, leg->for_counter);
    hash_number(hash, leg->further_count);
    for (uint32_t i = 0; i < leg->further_count; i++) {
        hash_number(hash, leg->further[i].service);
        hash_number(hash, leg->further[i].counter);
        if (leg->further[i].quantity > 1) {
            hash_number(hash, leg->further[i].quantity);
        }
    }
    if (leg->quantity > 1) {
        hash_number(hash, leg->quantity);
    }
}

/* When people were called last, where a service spaces its calls. */
static void add_last_calls(uint64_t *hash, const struct queue *queue)
{
    for (uint32_t i = 1; i <= queue->ticket_count; i++) {
        const struct ticket *ticket = &queue->tickets[i];
        if (ticket->state == TICKET_CALLED &&
            queue->site.services[ticket->service].call_gap_s != 0) {
            hash_number(hash, i);
            hash_number(hash, ticket->last_call_at_ms);
        }
    }
}

static bool is_plain(const struct leg *leg)
{
    return leg->index == 0 && leg->for_counter == SITE_NONE && leg->further_count == 0 &&
           leg->quantity <= 1;
}

/* What only a visit has that was sent on, parked or given another service; left out for
 * others, as above. */
static void add_visits(uint64_t *hash, const struct queue *queue)
{
    for (uint32_t i = 1; i <= queue->ticket_count; i++) {
        const struct ticket *ticket = &queue->tickets[i];
        if (!is_plain(&ticket->leg) || ticket->series != ticket->service) {
            hash_number(hash, i);
            hash_number(hash, ticket->series);
            add_leg(hash, &ticket->leg);
            hash_number(hash, ticket->first_call_at_ms);
            hash_number(hash, ticket->due_at_ms);
            hash_text(hash, ticket->reason);
        }
    }
    for (uint32_t i = 0; i < queue->site.counter_count; i++) {
        const struct press *press = &queue->counters[i].last_press;
        for (uint32_t k = 0; press->can_be_undone && k < PRESS_TICKETS_MAX; k++) {
            const struct ticket_before *before = &press->tickets[k];
            if (before->has_leg) {
                hash_number(hash, i);
                hash_number(hash, before->service);
                add_leg(hash, &before->leg);
                hash_number(hash, before->first_call_at_ms);
            }
        }
    }
}

/* The turns, wished pauses and calls for help of counters, places in lines other than the
 * arrival and, where a guard needs them, who has passed whom. */
static void add_order(uint64_t *hash, const struct queue *queue)
{
    hash_policies(hash, &queue->site);
    for (uint32_t i = 0; i < queue->site.counter_count; i++) {
        const struct counter *counter = &queue->counters[i];
        const struct press *press = &counter->last_press;
        if (counter->turn != 0 || (press->can_be_undone && press->turn_before != 0)) {
            hash_number(hash, i);
            hash_number(hash, counter->turn);
            hash_number(hash, press->can_be_undone ? press->turn_before : 0);
        }
        if (counter->pause_wish.is_wished) {
            hash_number(hash, i);
            hash_number(hash, counter->pause_wish.back_at_ms);
            hash_text(hash, counter->pause_wish.reason);
        }
        if (counter->asks_help) {
            hash_number(hash, i);
            hash_text(hash, "help");
        }
    }
    for (uint32_t i = 1; i <= queue->ticket_count; i++) {
        const struct ticket *ticket = &queue->tickets[i];
        if (ticket->order_at_ms != ticket->taken_at_ms) {
            hash_number(hash, i);
            hash_number(hash, ticket->order_at_ms);
        }
        if (queue->site.overtaken_max != 0 && ticket->rows_passed != 0) {
            hash_number(hash, i);
            hash_number(hash, (int64_t)ticket->rows_passed);
            hash_number(hash, (int64_t)ticket->rows_of_call);
        }
    }
}

/* Profiles and who is signed in; left out for sites without. */
static void add_agents(uint64_t *hash, const struct queue *queue)
{
    const struct site *site = &queue->site;
    if (site->sign_in) {
        hash_text(hash, "sign-in");
    }
    if (site->services_per_visit > 1) {
        hash_number(hash, site->services_per_visit);
    }
    if (site->choice_needs_reason || site->auto_call_s != 0 || site->auto_start_s != 0) {
        hash_number(hash, site->choice_needs_reason);
        hash_number(hash, site->auto_call_s);
        hash_number(hash, site->auto_start_s);
    }
    for (uint32_t i = 0; i < site->profile_count; i++) {
        hash_text(hash, site->profiles[i].id);
        hash_name(hash, &site->profiles[i].name);
        hash_number(hash, (int64_t)site->profiles[i].services);
        hash_number(hash, site->profiles[i].policy);
    }
    hash_skills(hash, site);
    for (uint32_t i = 0; i < site->counter_count; i++) {
        if (queue->counters[i].agent != 0) {
            hash_number(hash, i);
            hash_number(hash, (int64_t)queue->counters[i].agent);
            hash_number(hash, queue->counters[i].profile);
        }
    }
}

/* What agents may say and have said; left out for sites where they say nothing. */
static void add_matters(uint64_t *hash, const struct queue *queue)
{
    const struct site *site = &queue->site;
    for (uint32_t i = 0; i < site->topic_count; i++) {
        hash_text(hash, site->topics[i].id);
        hash_name(hash, &site->topics[i].name);
        hash_number(hash, (int64_t)site->topics[i].services);
        hash_number(hash, site->topics[i].under);
    }
    for (uint32_t i = 0; i < site->document_count; i++) {
        hash_text(hash, site->documents[i].id);
        hash_name(hash, &site->documents[i].name);
        hash_number(hash, (int64_t)site->documents[i].services);
    }
    for (uint32_t i = 0; i < site->reason_count; i++) {
        hash_text(hash, site->reasons[i].id);
        hash_name(hash, &site->reasons[i].name);
    }
    for (uint32_t i = 0; i < site->service_count; i++) {
        if (site->services[i].topic_rule != TOPICS_OFFERED) {
            hash_number(hash, i);
            hash_number(hash, site->services[i].topic_rule);
        }
    }
    for (uint32_t i = 1; i <= queue->ticket_count; i++) {
        const struct matter *matter = &queue->tickets[i].matter;
        if (matter->topic != 0 || matter->document != 0 ||
            matter->completeness != COMPLETE_NOT_SAID) {
            hash_number(hash, i);
            hash_number(hash, matter->topic);
            hash_number(hash, matter->document);
            hash_number(hash, matter->completeness);
        }
        if (queue->tickets[i].lacks != 0) {
            hash_number(hash, i);
            hash_number(hash, (int64_t)queue->tickets[i].lacks);
        }
    }
}

/* What only a day has on which a supervisor decided something. */
static void add_supervision(uint64_t *hash, const struct supervision *supervision)
{
    if (supervision->remark_count != 0) {
        hash_number(hash, supervision->remark_count);
        hash_number(hash, (int64_t)supervision->remarks_withdrawn);
        for (uint32_t i = 0; i < supervision->remark_count; i++) {
            const struct event_remark *remark = &supervision->remarks[i];
            hash_number(hash, remark->service);
            hash_number(hash, remark->from_ms);
            hash_number(hash, remark->until_ms);
            hash_text(hash, remark->text);
        }
    }
    for (uint32_t i = 0; i < SERVICES_MAX; i++) {
        const struct service_day *today = &supervision->services[i];
        if (today->has_quota || today->until_ms != 0) {
            hash_number(hash, i);
            hash_number(hash, today->has_quota ? (int64_t)today->quota : -1);
            hash_number(hash, today->until_ms);
        }
    }
    if (supervision->is_exceptional) {
        hash_number(hash, supervision->exceptional.until_ms);
        hash_number(hash, supervision->exceptional.service);
        hash_detail(hash, &supervision->exceptional.words);
    }
    for (uint32_t i = 0; i < HALLS_MAX; i++) {
        const struct message *message = &supervision->messages[i];
        if (message->words.in[0][0] != '\0') {
            hash_number(hash, i);
            hash_number(hash, message->until_ms);
            hash_detail(hash, &message->words);
        }
    }
}

/* What only services have whose people wait on the next day. */
static void add_kept(uint64_t *hash, const struct queue *queue)
{
    for (uint32_t i = 0; i < queue->site.service_count; i++) {
        if (queue->site.services[i].keep_overnight) {
            hash_number(hash, i);
            hash_number(hash, queue->series[i].closed_at_ms);
        }
    }
    for (uint32_t i = 1; i <= queue->ticket_count; i++) {
        if (queue->tickets[i].is_carried) {
            hash_number(hash, i);
            hash_number(hash, queue->tickets[i].waited_before_ms);
            hash_number(hash, queue->tickets[i].is_clock_stopped);
        }
    }
    for (uint32_t i = 0; queue->day == 0 && i < queue->kept_count; i++) {
        const struct event_carried *kept = &queue->kept[i];
        hash_number(hash, kept->service);
        hash_number(hash, kept->series);
        hash_number(hash, kept->number);
        hash_number(hash, kept->class_index);
        hash_number(hash, kept->order_at_ms);
        hash_number(hash, kept->waited_ms);
    }
}

/* What only a day has with tests, or at a site that looks for bursts. */
static void add_uncounted(uint64_t *hash, const struct queue *queue)
{
    if (queue->site.burst_tickets != 0) {
        hash_number(hash, queue->site.burst_tickets);
        hash_number(hash, queue->site.burst_seconds);
    }
    for (uint32_t i = 1; i <= queue->ticket_count; i++) {
        const struct ticket *ticket = &queue->tickets[i];
        if (ticket->is_suspect || ticket->is_test) {
            hash_number(hash, i);
            hash_number(hash, ticket->is_suspect);
            hash_number(hash, ticket->is_test);
        }
        if (queue->site.burst_tickets != 0) {
            hash_number(hash, ticket->kiosk);
        }
    }
}

/* Which tickets are parts of others or linked; what follows from it is not hashed. */
static void add_links(uint64_t *hash, const struct queue *queue)
{
    for (uint32_t i = 1; i <= queue->ticket_count; i++) {
        if (queue->tickets[i].arrival != i) {
            hash_number(hash, i);
            hash_number(hash, queue->tickets[i].arrival);
        }
        if (queue->tickets[i].linked != TICKET_NONE) {
            hash_number(hash, i);
            hash_number(hash, queue->tickets[i].linked);
        }
    }
}

uint64_t queue_state_hash(const struct queue *queue)
{
    assert(queue);
    uint64_t hash = HASH_BEGIN;
    hash_number(&hash, queue->seq);
    hash_number(&hash, queue->last_at_ms);
    hash_number(&hash, queue->epoch);
    hash_number(&hash, queue->clock_mode);
    hash_number(&hash, queue->clock_factor);
    hash_number(&hash, queue->day);
    hash_number(&hash, queue->last_day);
    hash_number(&hash, queue->has_site);
    if (!queue->has_site) {
        return hash;
    }
    hash_site(&hash, &queue->site);
    for (uint32_t i = 0; i < queue->site.service_count; i++) {
        hash_number(&hash, queue->series[i].is_open);
        hash_number(&hash, queue->series[i].last_number);
    }
    for (uint32_t i = 0; i < queue->site.counter_count; i++) {
        const struct counter *counter = &queue->counters[i];
        hash_number(&hash, counter->state);
        hash_number(&hash, counter->ticket);
        hash_number(&hash, counter->version);
        hash_number(&hash, counter->since_ms);
        hash_number(&hash, counter->back_at_ms);
        hash_text(&hash, counter->reason);
        add_press(&hash, &counter->last_press);
    }
    hash_number(&hash, queue->ticket_count);
    for (uint32_t i = 1; i <= queue->ticket_count; i++) {
        add_ticket(&hash, &queue->tickets[i]);
    }
    add_order(&hash, queue);
    add_visits(&hash, queue);
    hash_opening(&hash, &queue->site);
    add_last_calls(&hash, queue);
    add_matters(&hash, queue);
    add_agents(&hash, queue);
    add_supervision(&hash, &queue->supervision);
    add_links(&hash, queue);
    add_uncounted(&hash, queue);
    add_kept(&hash, queue);
    return hash;
}
