/* The canonical encoding of the state, as a hash.
 *
 * Every number is 8 bytes, lowest first; every text is its bytes and a zero. The order is
 * that of the code below. Links of the lines are left out: they follow from the tickets
 * and the site. Journals keep hashes to compare a replay with, so this encoding changes
 * only together with a version of the journal. */
#include "core/queue_state.h"

#include <assert.h>

#define FNV_OFFSET 0xCBF29CE484222325U
#define FNV_PRIME  0x100000001B3U

static void add_byte(uint64_t *hash, uint8_t byte)
{
    *hash = (*hash ^ byte) * FNV_PRIME;
}

static void add_number(uint64_t *hash, int64_t number)
{
    uint64_t bits = (uint64_t)number;
    for (uint32_t i = 0; i < 8; i++) {
        add_byte(hash, (uint8_t)(bits >> (8 * i)));
    }
}

static void add_text(uint64_t *hash, const char *text)
{
    assert(text);
    for (; *text != '\0'; text++) {
        add_byte(hash, (uint8_t)*text);
    }
    add_byte(hash, 0);
}

static void add_name(uint64_t *hash, const struct site_name *name)
{
    assert(hash && name);
    for (uint32_t i = 0; i < LANGUAGE_COUNT; i++) {
        add_text(hash, name->in[i]);
    }
}

static void add_detail(uint64_t *hash, const struct site_detail *detail)
{
    assert(hash && detail);
    for (uint32_t i = 0; i < LANGUAGE_COUNT; i++) {
        add_text(hash, detail->in[i]);
    }
}

static void add_service(uint64_t *hash, const struct service *service)
{
    assert(service->letter[0] != '\0');
    add_text(hash, service->id);
    add_text(hash, service->letter);
    add_number(hash, service->color_rgb);
    add_name(hash, &service->name);
    add_name(hash, &service->short_name);
    add_detail(hash, &service->detail);
    add_number(hash, service->standard_wait_s);
    add_number(hash, service->standard_share_percent);
    add_number(hash, service->typical_service_s);
    add_number(hash, service->first_number);
    if (service->readmit_within_s != 0) { /* absent from older journals */
        add_number(hash, service->readmit_within_s);
    }
    for (uint32_t day = 0; day < 7; day++) {
        for (uint32_t i = 0; i < HOURS_PER_DAY_MAX; i++) {
            add_number(hash, service->hours.day[day][i].from_minute);
            add_number(hash, service->hours.day[day][i].to_minute);
        }
    }
}

static void add_devices(uint64_t *hash, const struct device *devices, uint32_t count)
{
    assert(count <= DEVICES_PER_KIND_MAX);
    add_number(hash, count);
    for (uint32_t i = 0; i < count; i++) {
        add_text(hash, devices[i].id);
        add_number(hash, devices[i].place);
    }
}

/* Kinds that older sites did not have: without one nothing is added, and each is told
 * from the other. */
static void add_posts(uint64_t *hash, uint32_t kind, const struct device *devices,
                      uint32_t count)
{
    if (count > 0) {
        add_number(hash, kind);
        add_devices(hash, devices, count);
    }
}

static void add_site_lists(uint64_t *hash, const struct site *site)
{
    assert(site->service_count >= 1 && site->class_count >= 1);
    add_number(hash, site->hall_count);
    for (uint32_t i = 0; i < site->hall_count; i++) {
        add_text(hash, site->halls[i].id);
        add_name(hash, &site->halls[i].name);
    }
    add_number(hash, site->service_count);
    for (uint32_t i = 0; i < site->service_count; i++) {
        add_service(hash, &site->services[i]);
    }
    add_number(hash, site->counter_count);
    for (uint32_t i = 0; i < site->counter_count; i++) {
        const struct counter_place *counter = &site->counters[i];
        add_text(hash, counter->id);
        add_name(hash, &counter->name);
        add_text(hash, counter->label);
        add_number(hash, counter->hall);
        add_number(hash, (int64_t)counter->services);
    }
    add_number(hash, site->class_count);
    for (uint32_t i = 0; i < site->class_count; i++) {
        add_text(hash, site->classes[i].id);
        add_name(hash, &site->classes[i].name);
        add_number(hash, site->classes[i].head_start_s);
        add_number(hash, site->classes[i].at_kiosk);
    }
}

static void add_site(uint64_t *hash, const struct site *site)
{
    assert(site->time_zone[0] != '\0');
    add_text(hash, site->id);
    add_name(hash, &site->name);
    add_text(hash, site->time_zone);
    add_number(hash, site->day_change_minutes);
    add_number(hash, site->no_show_within_s);
    add_number(hash, site->call_chosen);
    add_number(hash, site->wrap_up);
    add_detail(hash, &site->notice);
    add_site_lists(hash, site);
    add_devices(hash, site->kiosks, site->kiosk_count);
    add_devices(hash, site->displays, site->display_count);
    add_devices(hash, site->buttons, site->button_count);
    add_devices(hash, site->sources, site->source_count);
    add_posts(hash, 1, site->receptions, site->reception_count);
    add_posts(hash, 2, site->supervisors, site->supervisor_count);
}

static void add_ticket(uint64_t *hash, const struct ticket *ticket)
{
    assert(ticket->state < TICKET_STATE_COUNT);
    add_number(hash, ticket->state);
    add_number(hash, ticket->channel);
    add_number(hash, ticket->language);
    add_number(hash, ticket->print);
    add_number(hash, ticket->service);
    add_number(hash, ticket->number);
    add_number(hash, ticket->class_index);
    add_number(hash, ticket->counter);
    add_number(hash, ticket->call_count);
    add_number(hash, ticket->start_is_imputed);
    add_number(hash, ticket->taken_at_ms);
    add_number(hash, ticket->called_at_ms);
    add_number(hash, ticket->started_at_ms);
    add_number(hash, ticket->ended_at_ms);
    add_number(hash, ticket->quote.is_given);
    add_number(hash, ticket->quote.ahead);
    add_number(hash, ticket->quote.open_counters);
    add_number(hash, ticket->quote.mean_s);
    add_number(hash, ticket->quote.p50_s);
    add_number(hash, ticket->quote.p80_s);
    add_number(hash, ticket->quote.p90_s);
}

/* A press counts only while it can be undone. */
static void add_press(uint64_t *hash, const struct press *press)
{
    add_number(hash, press->can_be_undone);
    if (!press->can_be_undone) {
        return;
    }
    assert(press->state_before < COUNTER_STATE_COUNT);
    add_number(hash, press->at_ms);
    add_number(hash, press->state_before);
    add_number(hash, press->ticket_before);
    for (uint32_t i = 0; i < PRESS_TICKETS_MAX; i++) {
        const struct ticket_before *before = &press->tickets[i];
        add_number(hash, before->ticket);
        add_number(hash, before->state);
        add_number(hash, before->counter);
        add_number(hash, before->call_count);
        add_number(hash, before->start_is_imputed);
        add_number(hash, before->called_at_ms);
        add_number(hash, before->started_at_ms);
    }
}

/* What only a site with policies has; left out where it is not used, so that journals of
 * sites without keep their hashes. */
static void add_policies(uint64_t *hash, const struct site *site)
{
    assert(site->policy_count <= POLICIES_MAX);
    for (uint32_t i = 0; i < site->policy_count; i++) {
        const struct site_policy *policy = &site->policies[i];
        add_text(hash, policy->id);
        add_number(hash, policy->rule);
        add_number(hash, policy->place_count);
        for (uint32_t k = 0; k < policy->place_count; k++) {
            add_number(hash, policy->places[k].service);
            add_number(hash, policy->places[k].turns);
        }
        add_number(hash, policy->condition_count);
        for (uint32_t k = 0; k < policy->condition_count; k++) {
            add_number(hash, policy->conditions[k].service);
            add_number(hash, policy->conditions[k].over_s);
        }
    }
    for (uint32_t i = 0; i < site->counter_count; i++) {
        if (site->counters[i].policy != 0) {
            add_number(hash, i);
            add_number(hash, site->counters[i].policy);
        }
    }
    for (uint32_t i = 0; i < site->class_count; i++) {
        uint32_t weight = site->classes[i].weight_percent;
        if ((weight != 0 && weight != 100) || site->classes[i].is_emergency) {
            add_number(hash, i);
            add_number(hash, weight == 0 ? 100 : weight);
            add_number(hash, site->classes[i].is_emergency);
        }
    }
    if (site->policy != 0 || site->overtaken_max != 0) {
        add_number(hash, site->policy);
        add_number(hash, site->overtaken_max);
    }
}

static void add_leg(uint64_t *hash, const struct leg *leg)
{
    add_number(hash, leg->index);
    add_number(hash, leg->requested_at_ms);
    add_number(hash, leg->for_counter);
    add_number(hash, leg->further_count);
    for (uint32_t i = 0; i < leg->further_count; i++) {
        add_number(hash, leg->further[i].service);
        add_number(hash, leg->further[i].counter);
        if (leg->further[i].quantity > 1) {
            add_number(hash, leg->further[i].quantity);
        }
    }
    if (leg->quantity > 1) {
        add_number(hash, leg->quantity);
    }
}

/* When people were called last, where a service spaces its calls. */
static void add_last_calls(uint64_t *hash, const struct queue *queue)
{
    for (uint32_t i = 1; i <= queue->ticket_count; i++) {
        const struct ticket *ticket = &queue->tickets[i];
        if (ticket->state == TICKET_CALLED &&
            queue->site.services[ticket->service].call_gap_s != 0) {
            add_number(hash, i);
            add_number(hash, ticket->last_call_at_ms);
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
            add_number(hash, i);
            add_number(hash, ticket->series);
            add_leg(hash, &ticket->leg);
            add_number(hash, ticket->first_call_at_ms);
            add_number(hash, ticket->due_at_ms);
            add_text(hash, ticket->reason);
        }
    }
    for (uint32_t i = 0; i < queue->site.counter_count; i++) {
        const struct press *press = &queue->counters[i].last_press;
        for (uint32_t k = 0; press->can_be_undone && k < PRESS_TICKETS_MAX; k++) {
            const struct ticket_before *before = &press->tickets[k];
            if (before->has_leg) {
                add_number(hash, i);
                add_number(hash, before->service);
                add_leg(hash, &before->leg);
                add_number(hash, before->first_call_at_ms);
            }
        }
    }
}

/* What only a site has that limits its opening; left out for others, as above. */
static void add_opening(uint64_t *hash, const struct site *site)
{
    for (uint32_t i = 0; i < site->closed_date_count; i++) {
        add_number(hash, site->closed_dates[i]);
    }
    for (uint32_t i = 0; i < site->service_count; i++) {
        const struct service *service = &site->services[i];
        for (uint32_t k = 0; k < service->dated_count; k++) {
            add_number(hash, i);
            add_number(hash, service->dated[k].date);
            for (uint32_t n = 0; n < HOURS_PER_DAY_MAX; n++) {
                add_number(hash, service->dated[k].ranges[n].from_minute);
                add_number(hash, service->dated[k].ranges[n].to_minute);
            }
        }
        if (service->tickets_before_s != 0 || service->tickets_per_day != 0 ||
            service->last_ticket != LAST_TICKET_NONE) {
            add_number(hash, i);
            add_number(hash, service->tickets_before_s);
            add_number(hash, service->tickets_per_day);
            add_number(hash, service->last_ticket);
        }
        if (service->readmit_after != 0 || service->fallback_count != 0) {
            add_number(hash, i);
            add_number(hash, service->readmit_after);
            for (uint32_t k = 0; k < service->fallback_count; k++) {
                add_number(hash, service->fallbacks[k]);
            }
        }
        if (service->calls_before_no_show > 1 || service->call_gap_s != 0) {
            add_number(hash, i);
            add_number(hash, service->calls_before_no_show);
            add_number(hash, service->call_gap_s);
        }
    }
}

/* The turns, wished pauses and calls for help of counters, places in lines other than the
 * arrival and, where a guard needs them, who has passed whom. */
static void add_order(uint64_t *hash, const struct queue *queue)
{
    add_policies(hash, &queue->site);
    for (uint32_t i = 0; i < queue->site.counter_count; i++) {
        const struct counter *counter = &queue->counters[i];
        const struct press *press = &counter->last_press;
        if (counter->turn != 0 || (press->can_be_undone && press->turn_before != 0)) {
            add_number(hash, i);
            add_number(hash, counter->turn);
            add_number(hash, press->can_be_undone ? press->turn_before : 0);
        }
        if (counter->pause_wish.is_wished) {
            add_number(hash, i);
            add_number(hash, counter->pause_wish.back_at_ms);
            add_text(hash, counter->pause_wish.reason);
        }
        if (counter->asks_help) {
            add_number(hash, i);
            add_text(hash, "help");
        }
    }
    for (uint32_t i = 1; i <= queue->ticket_count; i++) {
        const struct ticket *ticket = &queue->tickets[i];
        if (ticket->order_at_ms != ticket->taken_at_ms) {
            add_number(hash, i);
            add_number(hash, ticket->order_at_ms);
        }
        if (queue->site.overtaken_max != 0 && ticket->rows_passed != 0) {
            add_number(hash, i);
            add_number(hash, (int64_t)ticket->rows_passed);
            add_number(hash, (int64_t)ticket->rows_of_call);
        }
    }
}

/* Left out where everybody is best at everything. */
static void add_skills(uint64_t *hash, const struct site *site)
{
    for (uint32_t i = 0; i < site->counter_count + site->profile_count; i++) {
        const struct site_skills *skills =
            i < site->counter_count ? &site->counters[i].skills
                                    : &site->profiles[i - site->counter_count].skills;
        if (skills->second != 0 || skills->languages != 0) {
            add_number(hash, i);
            add_number(hash, (int64_t)skills->second);
            add_number(hash, skills->languages);
            add_number(hash, site->best_first_s);
        }
    }
}

/* Profiles and who is signed in; left out for sites without. */
static void add_agents(uint64_t *hash, const struct queue *queue)
{
    const struct site *site = &queue->site;
    if (site->sign_in) {
        add_text(hash, "sign-in");
    }
    if (site->services_per_visit > 1) {
        add_number(hash, site->services_per_visit);
    }
    if (site->choice_needs_reason || site->auto_call_s != 0 || site->auto_start_s != 0) {
        add_number(hash, site->choice_needs_reason);
        add_number(hash, site->auto_call_s);
        add_number(hash, site->auto_start_s);
    }
    for (uint32_t i = 0; i < site->profile_count; i++) {
        add_text(hash, site->profiles[i].id);
        add_name(hash, &site->profiles[i].name);
        add_number(hash, (int64_t)site->profiles[i].services);
        add_number(hash, site->profiles[i].policy);
    }
    add_skills(hash, site);
    for (uint32_t i = 0; i < site->counter_count; i++) {
        if (queue->counters[i].agent != 0) {
            add_number(hash, i);
            add_number(hash, (int64_t)queue->counters[i].agent);
            add_number(hash, queue->counters[i].profile);
        }
    }
}

/* What agents may say and have said; left out for sites where they say nothing. */
static void add_matters(uint64_t *hash, const struct queue *queue)
{
    const struct site *site = &queue->site;
    for (uint32_t i = 0; i < site->topic_count; i++) {
        add_text(hash, site->topics[i].id);
        add_name(hash, &site->topics[i].name);
        add_number(hash, (int64_t)site->topics[i].services);
        add_number(hash, site->topics[i].under);
    }
    for (uint32_t i = 0; i < site->document_count; i++) {
        add_text(hash, site->documents[i].id);
        add_name(hash, &site->documents[i].name);
        add_number(hash, (int64_t)site->documents[i].services);
    }
    for (uint32_t i = 0; i < site->reason_count; i++) {
        add_text(hash, site->reasons[i].id);
        add_name(hash, &site->reasons[i].name);
    }
    for (uint32_t i = 0; i < site->service_count; i++) {
        if (site->services[i].topic_rule != TOPICS_OFFERED) {
            add_number(hash, i);
            add_number(hash, site->services[i].topic_rule);
        }
    }
    for (uint32_t i = 1; i <= queue->ticket_count; i++) {
        const struct matter *matter = &queue->tickets[i].matter;
        if (matter->topic != 0 || matter->document != 0 ||
            matter->completeness != COMPLETE_NOT_SAID) {
            add_number(hash, i);
            add_number(hash, matter->topic);
            add_number(hash, matter->document);
            add_number(hash, matter->completeness);
        }
        if (queue->tickets[i].lacks != 0) {
            add_number(hash, i);
            add_number(hash, (int64_t)queue->tickets[i].lacks);
        }
    }
}

/* What only a day has on which a supervisor decided something. */
static void add_supervision(uint64_t *hash, const struct supervision *supervision)
{
    if (supervision->remark_count != 0) {
        add_number(hash, supervision->remark_count);
        add_number(hash, (int64_t)supervision->remarks_withdrawn);
        for (uint32_t i = 0; i < supervision->remark_count; i++) {
            const struct event_remark *remark = &supervision->remarks[i];
            add_number(hash, remark->service);
            add_number(hash, remark->from_ms);
            add_number(hash, remark->until_ms);
            add_text(hash, remark->text);
        }
    }
    for (uint32_t i = 0; i < SERVICES_MAX; i++) {
        const struct service_day *today = &supervision->services[i];
        if (today->has_quota || today->until_ms != 0) {
            add_number(hash, i);
            add_number(hash, today->has_quota ? (int64_t)today->quota : -1);
            add_number(hash, today->until_ms);
        }
    }
    if (supervision->is_exceptional) {
        add_number(hash, supervision->exceptional.until_ms);
        add_number(hash, supervision->exceptional.service);
        add_detail(hash, &supervision->exceptional.words);
    }
    for (uint32_t i = 0; i < HALLS_MAX; i++) {
        const struct message *message = &supervision->messages[i];
        if (message->words.in[0][0] != '\0') {
            add_number(hash, i);
            add_number(hash, message->until_ms);
            add_detail(hash, &message->words);
        }
    }
}

/* What only services have whose people wait on the next day. */
static void add_kept(uint64_t *hash, const struct queue *queue)
{
    for (uint32_t i = 0; i < queue->site.service_count; i++) {
        if (queue->site.services[i].keep_overnight) {
            add_number(hash, i);
            add_number(hash, queue->series[i].closed_at_ms);
        }
    }
    for (uint32_t i = 1; i <= queue->ticket_count; i++) {
        if (queue->tickets[i].is_carried) {
            add_number(hash, i);
            add_number(hash, queue->tickets[i].waited_before_ms);
            add_number(hash, queue->tickets[i].is_clock_stopped);
        }
    }
    for (uint32_t i = 0; queue->day == 0 && i < queue->kept_count; i++) {
        const struct event_carried *kept = &queue->kept[i];
        add_number(hash, kept->service);
        add_number(hash, kept->series);
        add_number(hash, kept->number);
        add_number(hash, kept->class_index);
        add_number(hash, kept->order_at_ms);
        add_number(hash, kept->waited_ms);
    }
}

/* What only a day has with tests, or at a site that looks for bursts. */
static void add_uncounted(uint64_t *hash, const struct queue *queue)
{
    if (queue->site.burst_tickets != 0) {
        add_number(hash, queue->site.burst_tickets);
        add_number(hash, queue->site.burst_seconds);
    }
    for (uint32_t i = 1; i <= queue->ticket_count; i++) {
        const struct ticket *ticket = &queue->tickets[i];
        if (ticket->is_suspect || ticket->is_test) {
            add_number(hash, i);
            add_number(hash, ticket->is_suspect);
            add_number(hash, ticket->is_test);
        }
        if (queue->site.burst_tickets != 0) {
            add_number(hash, ticket->kiosk);
        }
    }
}

/* Which tickets are parts of others or linked; what follows from it is not hashed. */
static void add_links(uint64_t *hash, const struct queue *queue)
{
    for (uint32_t i = 1; i <= queue->ticket_count; i++) {
        if (queue->tickets[i].arrival != i) {
            add_number(hash, i);
            add_number(hash, queue->tickets[i].arrival);
        }
        if (queue->tickets[i].linked != TICKET_NONE) {
            add_number(hash, i);
            add_number(hash, queue->tickets[i].linked);
        }
    }
}

uint64_t queue_state_hash(const struct queue *queue)
{
    assert(queue);
    uint64_t hash = FNV_OFFSET;
    add_number(&hash, queue->seq);
    add_number(&hash, queue->last_at_ms);
    add_number(&hash, queue->epoch);
    add_number(&hash, queue->clock_mode);
    add_number(&hash, queue->clock_factor);
    add_number(&hash, queue->day);
    add_number(&hash, queue->last_day);
    add_number(&hash, queue->has_site);
    if (!queue->has_site) {
        return hash;
    }
    add_site(&hash, &queue->site);
    for (uint32_t i = 0; i < queue->site.service_count; i++) {
        add_number(&hash, queue->series[i].is_open);
        add_number(&hash, queue->series[i].last_number);
    }
    for (uint32_t i = 0; i < queue->site.counter_count; i++) {
        const struct counter *counter = &queue->counters[i];
        add_number(&hash, counter->state);
        add_number(&hash, counter->ticket);
        add_number(&hash, counter->version);
        add_number(&hash, counter->since_ms);
        add_number(&hash, counter->back_at_ms);
        add_text(&hash, counter->reason);
        add_press(&hash, &counter->last_press);
    }
    add_number(&hash, queue->ticket_count);
    for (uint32_t i = 1; i <= queue->ticket_count; i++) {
        add_ticket(&hash, &queue->tickets[i]);
    }
    add_order(&hash, queue);
    add_visits(&hash, queue);
    add_opening(&hash, &queue->site);
    add_last_calls(&hash, queue);
    add_matters(&hash, queue);
    add_agents(&hash, queue);
    add_supervision(&hash, &queue->supervision);
    add_links(&hash, queue);
    add_uncounted(&hash, queue);
    add_kept(&hash, queue);
    return hash;
}
