/* See order.h. One table says what each act needs; who presses what only fills parts. */
#include "counter/order.h"

#include <assert.h>
#include <string.h>

#include "core/text.h"
#include "counter/hall_agent.h"
#include "runtime/day_time.h"

#define HAS(part) (1U << PART_##part)

static const struct act_rule {
    enum order_kind kind;
    enum verb verb;
    unsigned needs;
    unsigned may;
    bool is_asked;
} rules[] = {
    [ACT_OPEN] = {ORDER_COUNTER, VERB_OPEN, HAS(COUNTER), 0, false},
    [ACT_CLOSE] = {ORDER_COUNTER, VERB_CLOSE, HAS(COUNTER), 0, false},
    [ACT_HAND_OVER] = {ORDER_COUNTER, VERB_HAND_OVER, HAS(COUNTER) | HAS(TO_COUNTER), 0,
                       false},
    [ACT_ABANDON] = {ORDER_LINE, VERB_SETTLE, HAS(REASON), HAS(SERVICE), true},
    [ACT_CANCEL] = {ORDER_LINE, VERB_SETTLE, HAS(REASON), HAS(SERVICE), true},
    [ACT_MOVE] = {ORDER_LINE, VERB_MOVE, HAS(SERVICE) | HAS(TO_SERVICE), 0, true},
    [ACT_HOURS] = {ORDER_TODAY, VERB_HOURS_TODAY, HAS(SERVICE) | HAS(UNTIL), 0, false},
    [ACT_QUOTA] = {ORDER_TODAY, VERB_SET_QUOTA, HAS(SERVICE) | HAS(NUMBER), 0, false},
    [ACT_SAY] = {ORDER_MESSAGE, VERB_MESSAGE, HAS(FR), HAS(EN) | HAS(UNTIL) | HAS(HALL),
                 false},
    [ACT_CLEAR] = {ORDER_MESSAGE, VERB_MESSAGE, 0, HAS(HALL), false},
    [ACT_BEGIN] = {ORDER_EXCEPTIONAL, VERB_EXCEPTIONAL, HAS(UNTIL),
                   HAS(SERVICE) | HAS(FR) | HAS(EN), true},
    [ACT_END] = {ORDER_EXCEPTIONAL, VERB_EXCEPTIONAL, 0, 0, true},
    [ACT_CORRECT] = {ORDER_CORRECT, VERB_CORRECT,
                     HAS(TICKET) | HAS(OUTCOME) | HAS(REASON), 0, false},
    [ACT_REMARK] = {ORDER_REMARK, VERB_REMARK, HAS(TEXT) | HAS(FROM) | HAS(UNTIL),
                    HAS(SERVICE), false},
    [ACT_WITHDRAW] = {ORDER_REMARK, VERB_WITHDRAW_REMARK, HAS(REMARK), 0, false},
    [ACT_CLOSE_DAY] = {ORDER_CLOSE_DAY, VERB_CLOSE_DAY, 0, 0, true},
};
static_assert(sizeof(rules) / sizeof(rules[0]) == ORDER_ACT_COUNT,
              "every act has its rule");

static const char *const kind_names[] = {
    [ORDER_COUNTER] = "counter",
    [ORDER_LINE] = "line",
    [ORDER_TODAY] = "today",
    [ORDER_MESSAGE] = "message",
    [ORDER_EXCEPTIONAL] = "exceptional",
    [ORDER_CORRECT] = "correct",
    [ORDER_REMARK] = "remark",
    [ORDER_CLOSE_DAY] = "close-day",
};
static_assert(sizeof(kind_names) / sizeof(kind_names[0]) == ORDER_KIND_COUNT,
              "every kind has a name");

const char *order_kind_name(enum order_kind kind)
{
    assert(kind < ORDER_KIND_COUNT);
    return kind_names[kind];
}

enum ticket_state order_outcome(uint32_t choice)
{
    static const enum ticket_state outcomes[ORDER_OUTCOME_COUNT] = {
        TICKET_SERVED, TICKET_NO_SHOW, TICKET_ABANDONED, TICKET_CANCELLED, TICKET_VOID};
    assert(choice < ORDER_OUTCOME_COUNT);
    return outcomes[choice];
}

enum order_act order_first_act(enum order_kind kind)
{
    uint32_t act = 0;
    while (rules[act].kind != kind) {
        act++;
        assert(act < ORDER_ACT_COUNT);
    }
    return (enum order_act)act;
}

uint32_t order_act_count(enum order_kind kind)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < ORDER_ACT_COUNT; i++) {
        count += rules[i].kind == kind ? 1U : 0U;
    }
    return count;
}

/* The people of other halls are not on this screen: nobody orders anything for all lines
 * of them unseen. */
static bool is_for_all(const struct hall_agent *agent, enum order_part part)
{
    return part != PART_SERVICE || agent->order.kind != ORDER_LINE ||
           agent->site.hall_count == 1;
}

bool order_may_lack(const struct hall_agent *agent, enum order_part part)
{
    return (rules[agent->order.act].may >> part & 1U) != 0 && is_for_all(agent, part);
}

bool order_has(const struct hall_agent *agent, enum order_part part)
{
    const struct act_rule *rule = &rules[agent->order.act];
    return part == PART_ACT ? order_act_count(rule->kind) > 1
                            : ((rule->needs | rule->may) >> part & 1U) != 0;
}

bool order_is_typed(enum order_part part)
{
    return part == PART_TICKET || part == PART_TEXT || part == PART_FROM ||
           part == PART_UNTIL || part == PART_NUMBER || part == PART_FR ||
           part == PART_EN || part == PART_REASON;
}

static uint32_t plain_choice_count(const struct hall_agent *agent, enum order_part part)
{
    if (part == PART_ACT) {
        return order_act_count(agent->order.kind);
    }
    if (part == PART_COUNTER || part == PART_TO_COUNTER) {
        return agent->site.counter_count;
    }
    if (part == PART_SERVICE || part == PART_TO_SERVICE) {
        return agent->site.service_count;
    }
    if (part == PART_TICKET) {
        return agent->state.ended_count < HALL_RECENT_MAX ? agent->state.ended_count
                                                          : HALL_RECENT_MAX;
    }
    if (part == PART_OUTCOME) {
        return ORDER_OUTCOME_COUNT;
    }
    if (part == PART_HALL) {
        return ORDER_HALL_COUNT;
    }
    return part == PART_REMARK ? agent->state.remark_count : 0;
}

uint32_t order_choice_count(const struct hall_agent *agent, enum order_part part)
{
    bool says_none = part == PART_SERVICE && order_may_lack(agent, part);
    return plain_choice_count(agent, part) + (says_none ? 1U : 0U);
}

/* The keyboard begins with what is needed; with a line, with whose line it is. */
static void go_to_first(struct hall_agent *agent)
{
    struct order *order = &agent->order;
    const struct act_rule *rule = &rules[order->act];
    unsigned wanted = order->kind == ORDER_LINE ? HAS(SERVICE) : rule->needs;
    wanted = wanted != 0 ? wanted : rule->may;
    order->at = PART_ACT;
    for (uint32_t i = ORDER_PART_COUNT - 1; i > PART_ACT; i--) {
        order->at = (wanted >> i & 1U) != 0 ? (enum order_part)i : order->at;
    }
}

/* A counter that is closed is most often to be opened, and the other way round. */
static enum order_act usual_act(const struct hall_agent *agent, enum order_kind kind,
                                uint32_t counter)
{
    if (kind == ORDER_EXCEPTIONAL && agent->state.exceptional.until_ms != 0) {
        return ACT_END;
    }
    for (uint32_t i = 0;
         kind == ORDER_COUNTER && counter != SITE_NONE && i < agent->state.counter_count;
         i++) {
        const struct hall_counter *its = &agent->state.counters[i];
        if (strcmp(its->id, agent->site.counters[counter].id) == 0) {
            return its->state == COUNTER_CLOSED ? ACT_OPEN : ACT_CLOSE;
        }
    }
    return order_first_act(kind);
}

void order_open(struct hall_agent *agent, enum order_kind kind, uint32_t counter)
{
    struct order *order = &agent->order;
    memset(order, 0, sizeof(*order));
    order->kind = kind;
    order->act = usual_act(agent, kind, counter);
    for (uint32_t i = 0; i < ORDER_PART_COUNT; i++) {
        order->chosen[i] = SITE_NONE;
    }
    order->chosen[PART_ACT] = order->act - order_first_act(kind);
    order->chosen[PART_HALL] = ORDER_HALL_OWN;
    order->chosen[PART_COUNTER] = counter;
    if (kind == ORDER_MESSAGE && agent->state.exceptional.until_ms == 0) {
        (void)text_copy(order->typed[PART_FR], sizeof(order->typed[0]),
                        agent->state.message.words.in[LANGUAGE_FR]); /* same size */
        (void)text_copy(order->typed[PART_EN], sizeof(order->typed[0]),
                        agent->state.message.words.in[LANGUAGE_EN]);
    }
    go_to_first(agent);
}

void order_go_to(struct hall_agent *agent, enum order_part part)
{
    agent->order.is_asked = false;
    if (part < ORDER_PART_COUNT && order_has(agent, part)) {
        agent->order.at = part;
    }
}

void order_choose(struct hall_agent *agent, uint32_t choice)
{
    struct order *order = &agent->order;
    order->is_asked = false;
    if (choice >= order_choice_count(agent, order->at)) {
        return;
    }
    bool is_none = choice >= plain_choice_count(agent, order->at);
    order->chosen[order->at] = is_none ? SITE_NONE : choice;
    if (order->at == PART_ACT) {
        order->act = (enum order_act)(order_first_act(order->kind) + choice);
    }
    if (order->at == PART_REMARK) {
        order->remark = agent->state.remarks[choice].number;
    }
    if (order->at == PART_TICKET) {
        (void)text_copy(order->typed[PART_TICKET], sizeof(order->typed[0]),
                        agent->state.ended[choice].label); /* a label is short */
    }
}

bool order_is_chosen(const struct hall_agent *agent, enum order_part part,
                     uint32_t choice)
{
    const struct order *order = &agent->order;
    if (part == PART_REMARK) {
        return order->chosen[part] != SITE_NONE &&
               agent->state.remarks[choice].number == order->remark;
    }
    if (part == PART_TICKET) {
        return strcmp(agent->state.ended[choice].label, order->typed[part]) == 0;
    }
    return choice < plain_choice_count(agent, part) ? order->chosen[part] == choice
                                                    : order->chosen[part] == SITE_NONE;
}

/* ---- Whole or not ---- */

static bool read_time(const struct hall_agent *agent, enum order_part part,
                      int64_t *ret_ms)
{
    return agent->zone && day_time_parse(agent->zone, agent->order.typed[part],
                                         agent->state.at_ms, ret_ms);
}

/* The number typed: of tickets; false: none, or too many. */
static bool read_number(const struct hall_agent *agent, uint32_t *ret_number)
{
    const char *typed = agent->order.typed[PART_NUMBER];
    uint32_t number = 0;
    for (size_t i = 0; typed[i] != '\0'; i++) {
        number = number * 10 + (uint32_t)(typed[i] - '0');
    }
    *ret_number = number;
    return typed[0] != '\0' && number <= TICKETS_PER_DAY_MAX;
}

/* Whether the hours make sense: a remark ends after it begins, all else after now. */
static bool is_until_sound(const struct hall_agent *agent)
{
    bool is_remark = agent->order.kind == ORDER_REMARK;
    int64_t from_ms = agent->state.at_ms;
    int64_t until_ms = 0;
    return (!is_remark || read_time(agent, PART_FROM, &from_ms)) &&
           read_time(agent, PART_UNTIL, &until_ms) && until_ms > from_ms;
}

/* What a person could be mistaken in; all else is the server's to say. */
static bool is_sound(const struct hall_agent *agent, enum order_part part)
{
    const struct order *order = &agent->order;
    const char *typed = order->typed[part];
    int64_t at_ms = 0;
    uint32_t number = 0;
    if (part == PART_TO_COUNTER) {
        return order->chosen[part] != order->chosen[PART_COUNTER];
    }
    if (part == PART_TO_SERVICE) {
        return order->chosen[part] != order->chosen[PART_SERVICE];
    }
    if (part == PART_FROM) {
        return read_time(agent, part, &at_ms);
    }
    if (part == PART_UNTIL) {
        return is_until_sound(agent);
    }
    if (part == PART_NUMBER) {
        return read_number(agent, &number);
    }
    if (part == PART_FR) { /* one language stands for both */
        return typed[0] != '\0' || order->typed[PART_EN][0] != '\0';
    }
    return part != PART_TICKET || strlen(typed) >= 2;
}

enum order_part order_lack(const struct hall_agent *agent)
{
    const struct order *order = &agent->order;
    for (uint32_t i = PART_ACT + 1; i < ORDER_PART_COUNT; i++) {
        enum order_part part = (enum order_part)i;
        if (!order_has(agent, part)) {
            continue;
        }
        bool is_empty = order_is_typed(part)
                            ? order->typed[part][0] == '\0' && part != PART_FR
                            : order->chosen[part] == SITE_NONE;
        if (is_empty ? !order_may_lack(agent, part)
                     : !(part == PART_FR && order_may_lack(agent, part)) &&
                           !is_sound(agent, part)) {
            return part;
        }
    }
    bool is_of_people =
        order->act == ACT_ABANDON || order->act == ACT_CANCEL || order->act == ACT_MOVE;
    return is_of_people && order_people(agent) == 0 ? PART_SERVICE : ORDER_PART_COUNT;
}

uint32_t order_people(const struct hall_agent *agent)
{
    uint32_t service = agent->order.chosen[PART_SERVICE];
    uint32_t count = 0;
    for (uint32_t i = 0; i < agent->state.service_count; i++) {
        const struct hall_service *line = &agent->state.services[i];
        bool is_meant = service == SITE_NONE ||
                        strcmp(agent->site.services[service].id, line->id) == 0;
        count += is_meant ? line->waiting_count : 0;
    }
    return count;
}

/* ---- Sending ---- */

static void copy_service(const struct hall_agent *agent, enum order_part part, char *to)
{
    uint32_t service = agent->order.chosen[part];
    if (order_has(agent, part) && service != SITE_NONE) {
        (void)text_copy(to, ID_LENGTH_MAX + 1, agent->site.services[service].id); /* id */
    }
}

static void copy_counter(const struct hall_agent *agent, enum order_part part, char *to)
{
    uint32_t counter = agent->order.chosen[part];
    if (order_has(agent, part) && counter != SITE_NONE) {
        (void)text_copy(to, ID_LENGTH_MAX + 1, agent->site.counters[counter].id); /* id */
    }
}

static void copy_typed(const struct hall_agent *agent, enum order_part part, char *to,
                       size_t capacity)
{
    if (order_has(agent, part)) {
        (void)text_copy(to, capacity, agent->order.typed[part]); /* bytes_max() fits */
    }
}

static void fill(const struct hall_agent *agent, struct command_document *command)
{
    const struct order *order = &agent->order;
    command->action = ACTION_QUEUE;
    command->verb = rules[order->act].verb;
    copy_counter(agent, PART_COUNTER, command->counter);
    copy_counter(agent, PART_TO_COUNTER, command->to_counter);
    copy_service(agent, PART_SERVICE, command->service);
    copy_service(agent, PART_TO_SERVICE, command->to_service);
    copy_typed(agent, PART_TICKET, command->ticket, sizeof(command->ticket));
    copy_typed(agent, PART_TEXT, command->reason, sizeof(command->reason));
    copy_typed(agent, PART_REASON, command->reason, sizeof(command->reason));
    copy_typed(agent, PART_FR, command->words.in[LANGUAGE_FR], DETAIL_LENGTH_MAX + 1);
    copy_typed(agent, PART_EN, command->words.in[LANGUAGE_EN], DETAIL_LENGTH_MAX + 1);
    if (order_has(agent, PART_FROM)) {
        (void)read_time(agent, PART_FROM,
                        &command->from_ms); /* order_lack() has read it */
    }
    if (order_has(agent, PART_UNTIL)) {
        (void)read_time(agent, PART_UNTIL, &command->until_ms); /* or it is left out */
    }
    if (order_has(agent, PART_NUMBER)) {
        (void)read_number(agent, &command->number); /* as above */
    }
    if (order_has(agent, PART_REMARK)) {
        command->number = order->remark;
    }
    if (order_has(agent, PART_HALL) && order->chosen[PART_HALL] == ORDER_HALL_OWN) {
        (void)text_copy(command->hall, sizeof(command->hall), agent->state.hall); /* id */
    }
    command->is_on = order->act == ACT_BEGIN;
    if (order->act == ACT_ABANDON || order->act == ACT_CANCEL) {
        command->outcome =
            order->act == ACT_ABANDON ? TICKET_ABANDONED : TICKET_CANCELLED;
    } else if (order_has(agent, PART_OUTCOME)) {
        command->outcome = order_outcome(order->chosen[PART_OUTCOME]);
    }
}

bool order_confirm(struct hall_agent *agent, int64_t now_ms,
                   struct command_document *ret_command)
{
    struct order *order = &agent->order;
    uint32_t people = order_people(agent);
    bool is_known = order->is_asked && order->asked_people == people;
    if (rules[order->act].is_asked && !is_known) {
        order->is_asked = true;
        order->asked_people = people;
        order->asked_at_ms = now_ms;
        return false;
    }
    if (order->is_asked && now_ms - order->asked_at_ms < ORDER_READ_MS) {
        return false;
    }
    order->is_asked = false;
    fill(agent, ret_command);
    return true;
}
