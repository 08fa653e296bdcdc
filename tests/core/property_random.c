/* What is asked of the queue, at random; see property_run.h. */
#include "property_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* xorshift64*, by S. Vigna: small, seeded, the same everywhere. */
static uint64_t property_random(struct run *run)
{
    run->random ^= run->random >> 12;
    run->random ^= run->random << 25;
    run->random ^= run->random >> 27;
    return run->random * UINT64_C(2685821657736338717);
}

/* 0 to below - 1. */
uint32_t property_below(struct run *run, uint32_t below)
{
    return (uint32_t)((property_random(run) >> 32) % below);
}

bool property_one_in(struct run *run, uint32_t n)
{
    return property_below(run, n) == 0;
}

void property_check_that(const struct run *run, bool is_true, const char *condition)
{
    if (!is_true) {
        fail_msg("seed %llu step %llu: %s", (unsigned long long)run->seed,
                 (unsigned long long)run->step, condition);
    }
}

/* Some services as second choice, and mostly all languages. */
static void random_skills(struct run *run, struct site_skills *skills, uint64_t services)
{
    skills->second = property_one_in(run, 2) ? services & property_random(run) : 0;
    skills->languages =
        property_one_in(run, 3) ? property_below(run, 1U << LANGUAGE_COUNT) : 0;
}

/* Policies of every rule with some of the services, and a guard mostly. */
static void random_policies(struct run *run, struct site *site)
{
    site->policy_count = POLICY_RULE_COUNT;
    for (uint32_t i = 0; i < site->policy_count; i++) {
        struct site_policy *policy = &site->policies[i];
        *policy = (struct site_policy){.id = "p0", .rule = (enum policy_rule)i};
        policy->id[1] = (char)('0' + i);
        bool has_places = policy->rule == POLICY_ORDER || policy->rule == POLICY_RATIO;
        uint32_t turn = property_below(run, site->service_count);
        policy->place_count =
            has_places ? 1 + property_below(run, site->service_count) : 0;
        for (uint32_t k = 0; k < policy->place_count; k++) {
            policy->places[k].service = (turn + k) % site->service_count;
            policy->places[k].turns =
                policy->rule == POLICY_RATIO ? 1 + property_below(run, TURNS_MAX) : 0;
        }
        policy->condition_count = property_one_in(run, 3) ? property_below(run, 3) : 0;
        for (uint32_t k = 0; k < policy->condition_count; k++) {
            policy->conditions[k].service = property_below(run, site->service_count);
            policy->conditions[k].over_s = property_below(run, 1200);
        }
    }
    site->policy = property_below(run, site->policy_count + 1);
    for (uint32_t i = 0; i < site->counter_count; i++) {
        site->counters[i].policy = property_below(run, site->policy_count + 1);
        random_skills(run, &site->counters[i].skills, site->counters[i].services);
    }
    site->best_first_s = property_one_in(run, 4) ? 0 : property_below(run, 1200);
    site->overtaken_max = property_one_in(run, 4) ? 0 : 1 + property_below(run, 8);
}

/* Profiles, topics and what stands in for what; sign-in is needed at a few sites. */
static void random_agents(struct run *run, struct site *site)
{
    site->sign_in = property_one_in(run, 8);
    site->profile_count = property_below(run, 3);
    for (uint32_t i = 0; i < site->profile_count; i++) {
        site->profiles[i].id[0] = (char)('p' + i);
        site->profiles[i].services =
            1 + property_below(run, (1U << site->service_count) - 1U);
        site->profiles[i].policy = property_below(run, site->policy_count + 1);
        random_skills(run, &site->profiles[i].skills, site->profiles[i].services);
    }
    site->document_count = 2;
    for (uint32_t i = 0; i < site->document_count; i++) {
        site->documents[i].id[0] = (char)('d' + property_below(run, 3) * 2 + i);
        site->documents[i].services = (UINT64_C(1) << site->service_count) - 1U;
    }
    site->topic_count = property_below(run, 4);
    for (uint32_t i = 0; i < site->topic_count; i++) {
        site->topics[i].id[0] = (char)('t' + i);
        site->topics[i].services = (UINT64_C(1) << site->service_count) - 1U;
        site->topics[i].under = i > 0 && property_one_in(run, 2) ? 1 : 0;
    }
    for (uint32_t i = 0; i < site->service_count; i++) {
        site->services[i].topic_rule =
            property_one_in(run, 8) ? TOPICS_REQUIRED : TOPICS_OFFERED;
        site->services[i].readmit_after =
            property_one_in(run, 3) ? property_below(run, 6) : 0;
        site->services[i].fallback_count =
            site->service_count > 1 && property_one_in(run, 2) ? 1 : 0;
        site->services[i].fallbacks[0] = (i + 1) % site->service_count;
    }
}

/* A site whose things keep their ids, so that any of them follows any other while nobody
 * needs what is missing. */
const struct site *property_site(struct run *run)
{
    check(run, run->site_count < SITES_PER_RUN);
    struct site *site = &run->sites[run->site_count];
    run->site_count++;
    fixture_site(site);
    site->call_chosen = property_one_in(run, 2);
    site->wrap_up = property_one_in(run, 3);
    site->no_show_within_s = property_below(run, 30);
    site->service_count = 1 + property_below(run, 5);
    uint32_t turn = property_below(run, 5);
    for (uint32_t i = 0; i < site->service_count; i++) {
        char letter = (char)('A' + (i + turn) % 5);
        site->services[i] = site->services[0];
        site->services[i].id[0] = (char)(letter - 'A' + 'a');
        site->services[i].letter[0] = letter;
        site->services[i].standard_wait_s = 300U << property_below(run, 3);
        site->services[i].calls_before_no_show = property_below(run, 3);
        site->services[i].call_gap_s = property_one_in(run, 3) ? 10 : 0;
        site->services[i].tickets_per_day = property_one_in(run, 6) ? 20 : 0;
        site->services[i].first_number = 1 + (uint32_t)(letter - 'A') * 100;
    }
    site->counter_count = 1 + property_below(run, 6);
    turn = property_below(run, 6);
    for (uint32_t i = 0; i < site->counter_count; i++) {
        site->counters[i] = site->counters[0];
        site->counters[i].id[0] = (char)('1' + (i + turn) % 6);
        site->counters[i].services =
            1 + property_below(run, (1U << site->service_count) - 1U);
    }
    site->classes[1].head_start_s = property_below(run, 3600);
    site->classes[0].weight_percent = 100;
    site->classes[1].weight_percent = 50 + property_below(run, 300);
    site->classes[2].weight_percent = 100;
    site->classes[2].is_emergency = property_one_in(run, 4);
    site->class_count = 2 + property_below(run, 2);
    site->burst_tickets = property_one_in(run, 2) ? 0 : 1 + property_below(run, 4);
    for (uint32_t i = 0; i < site->service_count; i++) {
        site->services[i].keep_overnight = property_one_in(run, 3);
    }
    site->burst_seconds = 30 + property_below(run, 300);
    random_policies(run, site);
    random_agents(run, site);
    return site;
}

static const enum verb frequent[] = {
    VERB_TAKE,     VERB_TAKE,     VERB_TAKE,    VERB_TAKE,      VERB_TAKE,
    VERB_OPEN,     VERB_OPEN,     VERB_PRESS,   VERB_PRESS,     VERB_CALL_NEXT,
    VERB_START,    VERB_START,    VERB_FINISH,  VERB_NO_SHOW,   VERB_UNDO,
    VERB_UNDO,     VERB_CANCEL,   VERB_ABANDON, VERB_CALL,      VERB_RECALL,
    VERB_CANCEL,   VERB_PAUSE,    VERB_PRINTED, VERB_CALL_NEXT, VERB_READMIT,
    VERB_TRANSFER, VERB_TRANSFER, VERB_PARK,    VERB_RESUME,    VERB_REQUALIFY,
    VERB_NOTE,     VERB_SIGN_IN,  VERB_WALK_IN, VERB_SPLIT,     VERB_TRUST,
    VERB_SWEEP,    VERB_LINK,     VERB_LINK};

static enum verb random_verb(struct run *run)
{
    if (queue_day(run->queue) == 0) {
        return property_one_in(run, 8) ? VERB_CONFIGURE : VERB_OPEN_DAY;
    }
    if (queue_ticket_count(run->queue) > run->tickets_wanted &&
        property_one_in(run, 10)) {
        return VERB_CLOSE_DAY;
    }
    if (property_one_in(run, 6)) {
        return (enum verb)property_below(run, VERB_COUNT);
    }
    uint32_t service = property_below(run, queue_site(run->queue)->service_count);
    if (!queue_service_is_open(run->queue, service) && property_one_in(run, 5)) {
        return VERB_OPEN_SERVICE;
    }
    return frequent[property_below(run, sizeof(frequent) / sizeof(frequent[0]))];
}

uint32_t property_index(struct run *run, uint32_t count)
{
    if (property_one_in(run, 40)) {
        return property_one_in(run, 2) ? SITE_NONE : count + property_below(run, 3);
    }
    return count == 0 ? 0 : property_below(run, count);
}

/* Mostly a counter with somebody in front of it for the verbs that need that. */
static uint32_t random_counter(struct run *run, enum verb verb, uint32_t counter_count)
{
    uint32_t counter = property_index(run, counter_count);
    bool needs_ticket = (verb >= VERB_RECALL && verb <= VERB_UNDO) ||
                        verb == VERB_TRANSFER || verb == VERB_PARK || verb == VERB_NOTE;
    for (uint32_t i = 0; needs_ticket && i < counter_count; i++) {
        if (counter < counter_count &&
            queue_counter(run->queue, counter)->ticket != TICKET_NONE) {
            break;
        }
        counter = property_below(run, counter_count);
    }
    return counter;
}

struct command property_command(struct run *run)
{
    const struct queue *queue = run->queue;
    const struct site *site = queue_has_site(queue) ? queue_site(queue) : &run->sites[0];
    struct command command = fixture_command(random_verb(run));
    command.counter = queue_has_site(queue)
                          ? random_counter(run, command.verb, site->counter_count)
                          : SITE_NONE;
    command.service = property_index(run, site->service_count);
    command.class_index = property_index(run, site->class_count);
    command.ticket = 1 + property_index(run, queue_ticket_count(queue));
    command.other = 1 + property_index(run, queue_ticket_count(queue));
    command.kiosk = property_one_in(run, 2) ? SITE_NONE : 0;
    command.language = (enum language)property_below(run, LANGUAGE_COUNT);
    command.channel = (enum channel)property_below(run, CHANNEL_COUNT);
    command.print = (enum print_state)property_below(run, PRINT_STATE_COUNT);
    command.is_copy = property_one_in(run, 4);
    command.documents = property_one_in(run, 3) ? property_below(run, 5) : 0;
    command.is_recorded = property_one_in(run, 5);
    command.outcome = (enum ticket_state)property_below(run, TICKET_STATE_COUNT);
    command.to_counter =
        property_one_in(run, 2) ? SITE_NONE : property_index(run, site->counter_count);
    command.after_s = property_one_in(run, 3) ? property_below(run, 2000) : 0;
    command.comes_back = property_one_in(run, 3);
    command.back_at_ms = property_one_in(run, 2) ? 0 : run->now_ms + 60000;
    command.received_at_ms = run->now_ms - property_below(run, 100000);
    command.answered_at_ms = property_one_in(run, 2) ? 0 : command.received_at_ms + 10;
    command.matter = (struct matter){
        .topic = property_below(run, site->topic_count + 1),
        .completeness = (enum completeness)property_below(run, COMPLETENESS_COUNT)};
    command.quantity = property_one_in(run, 30) ? 10 : property_below(run, 4);
    command.further_count = property_one_in(run, 4) ? property_below(run, 3) : 0;
    for (uint32_t i = 0; i < command.further_count; i++) {
        command.further[i] =
            (struct further_service){.service = property_index(run, site->service_count),
                                     .counter = SITE_NONE,
                                     .quantity = property_below(run, 4)};
    }
    command.agent = property_one_in(run, 20) ? 0 : 1 + property_below(run, 1000000);
    command.profile = property_below(run, site->profile_count + 1);
    command.from_ms = run->now_ms - property_below(run, 100000);
    command.until_ms = run->now_ms + property_below(run, 100000);
    command.number = property_below(run, 6);
    command.to_service = property_index(run, site->service_count);
    command.is_on = property_one_in(run, 2);
    command.is_more = property_one_in(run, 4);
    command.hall =
        property_one_in(run, 2) ? SITE_NONE : property_index(run, site->hall_count);
    command.words.in[LANGUAGE_FR][0] = property_one_in(run, 2) ? '\0' : 'x';
    command.reason[0] = property_one_in(run, 10) ? '\0' : 'x';
    command.turned = (enum turned_reason)property_below(run, TURNED_REASON_COUNT);
    command.is_confirmed = property_one_in(run, 2);
    command.is_test = property_one_in(run, 12);
    command.epoch = queue_epoch(queue) + property_below(run, 3);
    command.clock_mode = (enum clock_mode)property_below(run, CLOCK_MODE_COUNT);
    command.clock_factor = property_below(run, 100);
    command.date = queue_last_day(queue) == 0 ? 20260101 : queue_last_day(queue) + 1;
    if (command.date % 100 > 28) {
        command.date += 72; /* the first of the next month; December ends a run early */
    }
    if (queue_has_site(queue) && command.counter < site->counter_count &&
        !property_one_in(run, 3)) {
        command.version = queue_counter(queue, command.counter)->version;
        command.version -= property_one_in(run, 10) ? 1 : 0;
    }
    if (command.verb == VERB_CONFIGURE) {
        bool has_room = run->site_count < SITES_PER_RUN;
        command.site = has_room ? property_site(run) : &run->sites[0];
    }
    return command;
}
