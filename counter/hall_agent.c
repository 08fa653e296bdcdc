/* The window of a reception or a supervisor without a window; see hall_agent.h. */
#include "counter/hall_agent.h"

#include <assert.h>
#include <string.h>

#include "core/text.h"

void hall_agent_init(struct hall_agent *agent, const char *post_id, bool is_supervisor,
                     enum language language)
{
    memset(agent, 0, sizeof(*agent));
    (void)text_copy(agent->post_id, sizeof(agent->post_id), post_id); /* an id fits */
    agent->is_supervisor = is_supervisor;
    agent->language = language;
    agent->service = SITE_NONE;
    agent->sent = VERB_COUNT;
    reception_begin(&agent->reception);
    reception_slip_init(&agent->reception.slip, false);
}

static void close_dialogue(struct hall_agent *agent)
{
    agent->dialogue = HALL_DIALOGUE_NONE;
    agent->typed[0] = '\0';
}

void hall_agent_set_site(struct hall_agent *agent, const struct site *site)
{
    agent->site = *site;
    agent->has_site = true;
    agent->service = SITE_NONE; /* indexes mean other things now */
    agent->class_index = 0;
    close_dialogue(agent);
}

void hall_agent_resume(struct hall_agent *agent, const struct command_document *command,
                       int64_t age_ms)
{
    bool is_of_queue = command->action == ACTION_QUEUE;
    bool is_waited_for = age_ms >= 0 && age_ms <= RECEPTION_SLIP_RESUME_MS;
    agent->sent = is_of_queue && is_waited_for ? command->verb : VERB_COUNT;
    agent->reception.slip.is_reporting = is_of_queue && command->verb == VERB_PRINTED;
}

uint32_t hall_agent_place(const struct hall_agent *agent)
{
    const struct site *site = &agent->site;
    const struct device *devices =
        agent->is_supervisor ? site->supervisors : site->receptions;
    uint32_t count =
        agent->is_supervisor ? site->supervisor_count : site->reception_count;
    uint32_t index =
        agent->has_site ? site_find_device(devices, count, agent->post_id) : SITE_NONE;
    return index == SITE_NONE ? SITE_NONE : devices[index].place;
}

void hall_agent_set_state(struct hall_agent *agent, const struct hall_document *state,
                          bool is_retained, int64_t now_ms)
{
    uint32_t place = hall_agent_place(agent);
    bool is_ours =
        place != SITE_NONE && strcmp(agent->site.halls[place].id, state->hall) == 0;
    bool is_old =
        agent->has_state &&
        (state->epoch < agent->state.epoch ||
         (state->epoch == agent->state.epoch && state->tick < agent->state.tick));
    if (!is_ours || is_old) {
        return;
    }
    agent->state = *state;
    agent->has_state = true;
    agent->state_at_ms = now_ms;
    if (!is_retained) {
        agent->is_confirmed = true;
        agent->live_at_ms = now_ms;
    }
}

void hall_agent_set_reply(struct hall_agent *agent, const struct reply_document *reply,
                          int64_t now_ms)
{
    if (agent->reception.slip.is_reporting) {
        agent->reception.slip.is_reporting = false; /* what is on the screen stays */
        return;
    }
    agent->is_new = agent->sent == VERB_TAKE || agent->sent == VERB_SPLIT;
    agent->has_notice = !reply->is_ok || !reply->has_ticket;
    agent->notice_at_ms = now_ms;
    agent->notice_subject = reply->subject;
    (void)text_copy(agent->notice_code, sizeof(agent->notice_code),
                    reply->is_ok ? "" : reply->code); /* the same size */
    if (!reply->is_ok && agent->dialogue == HALL_DIALOGUE_ORDER) {
        agent->order.is_asked = false; /* what was typed stays, to be mended */
        return;
    }
    if (!reply->is_ok || !reply->has_ticket) {
        close_dialogue(agent);
        return;
    }
    agent->ticket = reply->ticket;
    agent->dialogue = HALL_DIALOGUE_TICKET;
    agent->typed[0] = '\0';
    if (agent->is_new) {
        reception_slip_order(&agent->reception.slip, &agent->ticket, false);
    }
}

void hall_agent_set_sending(struct hall_agent *agent, bool is_in_flight,
                            bool is_unanswered)
{
    agent->is_in_flight = is_in_flight;
    agent->is_unanswered = is_unanswered;
}

bool hall_agent_is_stale(const struct hall_agent *agent, int64_t now_ms)
{
    return !agent->is_confirmed || now_ms - agent->live_at_ms > HALL_STALE_AFTER_MS;
}

const struct hall_service *hall_agent_service(const struct hall_agent *agent,
                                              uint32_t service)
{
    for (uint32_t i = 0; i < agent->state.service_count; i++) {
        if (strcmp(agent->state.services[i].id, agent->site.services[service].id) == 0) {
            return &agent->state.services[i];
        }
    }
    return NULL;
}

static bool is_typed_enough(const struct hall_agent *agent)
{
    size_t length = strlen(agent->typed);
    return length >= 2 && agent->typed[length - 1] >= '0' &&
           agent->typed[length - 1] <= '9';
}

#define IN(state) (1U << TICKET_##state)

/* The states of a ticket in which each verb means something. */
static const struct {
    enum hall_action action;
    enum verb verb;
    unsigned states;
} verbs[] = {
    {HALL_CANCEL, VERB_CANCEL, IN(WAITING) | IN(PARKED)},
    {HALL_ABANDON, VERB_ABANDON, IN(WAITING) | IN(PARKED)},
    {HALL_READMIT, VERB_READMIT, IN(NO_SHOW)},
    {HALL_RESUME, VERB_RESUME, IN(PARKED)},
    {HALL_REQUALIFY, VERB_REQUALIFY, IN(WAITING) | IN(PARKED)},
};
#define VERB_RULE_COUNT (sizeof(verbs) / sizeof(verbs[0]))

/* A slip is of use to somebody who is still expected somewhere. */
static bool may_reprint(const struct hall_agent *agent)
{
    unsigned states = IN(WAITING) | IN(CALLED) | IN(SERVING) | IN(PARKED) | IN(NO_SHOW);
    return agent->dialogue == HALL_DIALOGUE_TICKET && agent->reception.slip.has_printer &&
           agent->reception.slip.state != RECEPTION_SLIP_PRINTING &&
           (states >> agent->ticket.state & 1U) != 0;
}

static bool may_do(const struct hall_agent *agent, enum hall_action action)
{
    for (size_t i = 0; i < VERB_RULE_COUNT; i++) {
        if (verbs[i].action == action) {
            return agent->dialogue == HALL_DIALOGUE_TICKET &&
                   (verbs[i].states >> agent->ticket.state & 1U) != 0;
        }
    }
    return false;
}

/* Whether the dialogue has what it needs. */
static bool can_confirm(const struct hall_agent *agent)
{
    bool has_service = agent->service < agent->site.service_count;
    switch (agent->dialogue) {
    case HALL_DIALOGUE_ISSUE:
        return has_service || agent->reception.wish_count > 0;
    case HALL_DIALOGUE_FIND:
    case HALL_DIALOGUE_LINK:
        return is_typed_enough(agent);
    case HALL_DIALOGUE_SPLIT:
        return true;
    case HALL_DIALOGUE_REQUALIFY:
        return has_service && (strcmp(agent->site.services[agent->service].id,
                                      agent->ticket.service) != 0 ||
                               strcmp(agent->site.classes[agent->class_index].id,
                                      agent->ticket.class_id) != 0);
    case HALL_DIALOGUE_SERVICE:
        return has_service && hall_agent_service(agent, agent->service);
    case HALL_DIALOGUE_ORDER:
        return order_lack(agent) == ORDER_PART_COUNT;
    case HALL_DIALOGUE_NONE:
    case HALL_DIALOGUE_TICKET:
    case HALL_DIALOGUE_CONTACT:
    case HALL_DIALOGUE_COUNT:
        break;
    }
    return false;
}

bool hall_agent_can(const struct hall_agent *agent, enum hall_action action,
                    int64_t now_ms)
{
    if (action == HALL_LANGUAGE || action == HALL_DISMISS) {
        return true;
    }
    if (hall_agent_is_stale(agent, now_ms) || agent->is_in_flight ||
        hall_agent_place(agent) == SITE_NONE) {
        return false;
    }
    if (action == HALL_SERVICES || (action >= HALL_ORDER && action < HALL_ORDER_PART)) {
        return agent->is_supervisor;
    }
    if (action >= HALL_ORDER_PART && action < HALL_ORDERS_END) {
        return agent->dialogue == HALL_DIALOGUE_ORDER;
    }
    if (action == HALL_CONFIRM) {
        return can_confirm(agent);
    }
    if (action == HALL_REPRINT) {
        return may_reprint(agent);
    }
    if (action >= HALL_CANCEL && action <= HALL_REQUALIFY) {
        return may_do(agent, action);
    }
    return action > HALL_NONE && action < HALL_ACTION_COUNT &&
           reception_can(agent, (int)action);
}

static void copy_id(char *to, const char *from)
{
    (void)text_copy(to, ID_LENGTH_MAX + 1, from); /* an id fits */
}

/* What the dialogue's own button sends. */
static bool confirm(const struct hall_agent *agent, struct command_document *ret_command)
{
    const struct site *site = &agent->site;
    if (agent->dialogue == HALL_DIALOGUE_FIND) {
        ret_command->action = ACTION_FIND;
        ret_command->verb = VERB_COUNT;
        (void)text_copy(ret_command->ticket, sizeof(ret_command->ticket),
                        agent->typed); /* same size */
        return true;
    }
    if (agent->dialogue != HALL_DIALOGUE_ISSUE) {
        copy_id(ret_command->service, site->services[agent->service].id);
    }
    if (agent->dialogue == HALL_DIALOGUE_SERVICE) {
        bool is_open = hall_agent_service(agent, agent->service)->is_open;
        ret_command->verb = is_open ? VERB_CLOSE_SERVICE : VERB_OPEN_SERVICE;
        return true;
    }
    copy_id(ret_command->class_id, site->classes[agent->class_index].id);
    ret_command->verb = VERB_TAKE;
    ret_command->language = agent->spoken;
    if (agent->dialogue == HALL_DIALOGUE_REQUALIFY) {
        ret_command->verb = VERB_REQUALIFY;
        (void)text_copy(ret_command->ticket, sizeof(ret_command->ticket),
                        agent->ticket.label); /* same size */
    } else {
        reception_fill_take(agent, ret_command);
    }
    return true;
}

static void open_dialogue(struct hall_agent *agent, enum hall_dialogue dialogue)
{
    agent->dialogue = dialogue;
    agent->typed[0] = '\0';
    agent->service = SITE_NONE;
    agent->class_index = 0;
    agent->spoken = LANGUAGE_FR;
    reception_begin(&agent->reception);
    if (dialogue == HALL_DIALOGUE_REQUALIFY) {
        agent->service = site_find_service(&agent->site, agent->ticket.service);
        uint32_t class_index = site_find_class(&agent->site, agent->ticket.class_id);
        agent->class_index = class_index == SITE_NONE ? 0 : class_index;
    }
}

const char *hall_agent_character(uint32_t key)
{
    static const char *const characters[] = {
        "1", "2", "3", "4", "5", "6",
        "7", "8", "9", "0", ":", /* with digits alone, too */
        "a", "z", "e", "r", "t", "y",
        "u", "i", "o", "p", "é", /* the rest */
        "q", "s", "d", "f", "g", "h",
        "j", "k", "l", "m", "è", /* as */
        "w", "x", "c", "v", "b", "n",
        "’", "-", ",", ".", "à", /* on paper */
        " "};
    static_assert(sizeof(characters) / sizeof(characters[0]) <= HALL_CHARACTERS_MAX,
                  "every key has its id");
    return key < sizeof(characters) / sizeof(characters[0]) ? characters[key] : NULL;
}

bool hall_agent_take_input(struct hall_agent *agent, const struct input_event *event)
{
    bool is_open = agent->dialogue == HALL_DIALOGUE_ORDER && !agent->is_in_flight;
    return is_open && order_take_input(agent, event);
}

/* A finger in the dialogue of an order, or one that opens it. */
static void choose_of_order(struct hall_agent *agent, uint32_t action)
{
    if (action >= HALL_CHARACTER) {
        const char *character = hall_agent_character(action - HALL_CHARACTER);
        if (character) {
            order_write(agent, character);
        }
    } else if (action >= HALL_CHOICE) {
        order_choose(agent, action - HALL_CHOICE);
    } else if (action >= HALL_ORDER_PART) {
        order_go_to(agent, (enum order_part)(action - HALL_ORDER_PART));
    } else {
        bool is_of_place = action >= HALL_PLACE;
        uint32_t place = action - HALL_PLACE;
        if (!is_of_place || place < agent->site.counter_count) {
            agent->dialogue = HALL_DIALOGUE_ORDER;
            order_open(agent,
                       is_of_place ? ORDER_COUNTER
                                   : (enum order_kind)(action - HALL_ORDER),
                       is_of_place ? place : SITE_NONE);
        }
    }
}

/* Choices and dialogues, which send nothing. Returns whether it was one. */
static bool choose(struct hall_agent *agent, enum hall_action action)
{
    if (action >= HALL_SPOKEN && action < HALL_RECENT) {
        agent->spoken = (enum language)(action - HALL_SPOKEN);
    } else if (action >= HALL_CLASS && action < HALL_SPOKEN) {
        uint32_t index = (uint32_t)(action - HALL_CLASS);
        agent->class_index = index < agent->site.class_count ? index : agent->class_index;
    } else if (action >= HALL_SERVICE && action < HALL_CLASS) {
        uint32_t index = (uint32_t)(action - HALL_SERVICE);
        agent->service = index < agent->site.service_count ? index : agent->service;
    } else if (action == HALL_ISSUE) {
        open_dialogue(agent, HALL_DIALOGUE_ISSUE);
    } else if (action == HALL_FIND) {
        open_dialogue(agent, HALL_DIALOGUE_FIND);
    } else if (action == HALL_SERVICES) {
        open_dialogue(agent, HALL_DIALOGUE_SERVICE);
    } else if (action == HALL_REQUALIFY) {
        open_dialogue(agent, HALL_DIALOGUE_REQUALIFY);
    } else if (action == HALL_DISMISS) {
        close_dialogue(agent);
    } else if (action == HALL_LANGUAGE) {
        agent->language = (agent->language + 1) % LANGUAGE_COUNT;
    } else if (action == HALL_REPRINT) {
        reception_slip_order(&agent->reception.slip, &agent->ticket, true);
    } else if (action >= HALL_ORDER && action < HALL_ORDERS_END) {
        choose_of_order(agent, (uint32_t)action);
    } else if (action == HALL_ERASE && agent->dialogue == HALL_DIALOGUE_ORDER) {
        order_erase(agent);
    } else if (action == HALL_ERASE) {
        size_t length = strlen(agent->typed);
        agent->typed[length > 0 ? length - 1 : 0] = '\0';
    } else {
        return reception_choose(agent, (int)action);
    }
    return true;
}

/* The command of an action that is none of the window's own. */
static bool command(struct hall_agent *agent, enum hall_action action, int64_t now_ms,
                    struct command_document *ret_command)
{
    memset(ret_command, 0, sizeof(*ret_command));
    ret_command->action = ACTION_QUEUE;
    uint32_t recent = (uint32_t)action - HALL_RECENT;
    if (action >= HALL_RECENT && recent < HALL_RECENT_MAX &&
        recent < agent->state.ended_count) {
        (void)text_copy(agent->typed, sizeof(agent->typed),
                        agent->state.ended[recent].label); /* same size */
        return confirm(agent, ret_command);
    }
    if (reception_command(agent, (int)action, ret_command)) {
        return true;
    }
    if (action == HALL_CONFIRM && agent->dialogue == HALL_DIALOGUE_ORDER) {
        return order_confirm(agent, now_ms, ret_command);
    }
    if (action == HALL_CONFIRM) {
        return confirm(agent, ret_command);
    }
    for (size_t i = 0; i < VERB_RULE_COUNT; i++) {
        if (verbs[i].action == action) {
            ret_command->verb = verbs[i].verb;
            (void)text_copy(ret_command->ticket, sizeof(ret_command->ticket),
                            agent->ticket.label); /* same size */
            return true;
        }
    }
    return false;
}

bool hall_agent_press(struct hall_agent *agent, enum hall_action action, int64_t now_ms,
                      struct command_document *ret_command)
{
    if (!hall_agent_can(agent, action, now_ms)) {
        return false;
    }
    agent->has_notice = false;
    if (choose(agent, action) || !command(agent, action, now_ms, ret_command)) {
        return false;
    }
    agent->sent = ret_command->action == ACTION_QUEUE ? ret_command->verb : VERB_COUNT;
    agent->reception.slip.is_reporting = false; /* an older command, given up */
    return true;
}

/* A French keyboard has its digits behind Shift: without it the keys of the top row write
 * these characters. */
static uint32_t digit_of_key(uint32_t code)
{
    static const uint32_t keys[10] = {0xE0, '&',  0xE9, '"', '\'', '(',
                                      '-',  0xE8, '_',  0xE7}; /* à & é " ' ( - è _ ç */
    for (uint32_t digit = 0; digit < 10; digit++) {
        if (keys[digit] == code) {
            return '0' + digit;
        }
    }
    return code;
}

void hall_agent_type(struct hall_agent *agent, uint32_t code)
{
    uint32_t key = digit_of_key(code);
    bool is_letter = key >= 'A' && key <= 'Z';
    bool is_digit = key >= '0' && key <= '9';
    size_t length = strlen(agent->typed);
    if (agent->dialogue == HALL_DIALOGUE_FIND || agent->dialogue == HALL_DIALOGUE_LINK) {
        if ((is_letter || is_digit) && length < LABEL_LENGTH_MAX) {
            agent->typed[length] = (char)key;
            agent->typed[length + 1] = '\0';
        }
        return;
    }
    bool names_service = agent->dialogue == HALL_DIALOGUE_ISSUE ||
                         agent->dialogue == HALL_DIALOGUE_REQUALIFY ||
                         agent->dialogue == HALL_DIALOGUE_CONTACT ||
                         agent->dialogue == HALL_DIALOGUE_SERVICE;
    if (!names_service) {
        return;
    }
    const char letter[2] = {(char)(is_letter ? key : 0), '\0'};
    for (uint32_t i = 0; i < agent->site.service_count; i++) {
        if (is_letter && strcmp(agent->site.services[i].letter, letter) == 0) {
            agent->service = i;
        }
    }
    if (is_digit && agent->dialogue != HALL_DIALOGUE_SERVICE &&
        agent->dialogue != HALL_DIALOGUE_CONTACT && key - '0' < agent->site.class_count) {
        agent->class_index = key - '0';
    }
}

void hall_agent_step(struct hall_agent *agent, int64_t now_ms)
{
    if (agent->has_notice && now_ms - agent->notice_at_ms >= HALL_NOTICE_MS) {
        agent->has_notice = false;
    }
}

int64_t hall_agent_wake_ms(const struct hall_agent *agent, int64_t now_ms)
{
    int64_t wake_ms = INT64_MAX;
    if (!hall_agent_is_stale(agent, now_ms)) {
        wake_ms = agent->live_at_ms + HALL_STALE_AFTER_MS + 1;
    }
    if (agent->has_notice && agent->notice_at_ms + HALL_NOTICE_MS < wake_ms) {
        wake_ms = agent->notice_at_ms + HALL_NOTICE_MS;
    }
    return wake_ms;
}
