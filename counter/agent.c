/* The agent's state; see agent.h. */
#include "counter/agent.h"

#include <assert.h>
#include <string.h>

#include "core/text.h"
#include "counter/agent_parts.h"
#include "runtime/catalogue.h"

static const char *const reasons[] = {tr("Break"), tr("Meeting"), tr("Back office")};
static_assert(sizeof(reasons) / sizeof(reasons[0]) == AGENT_REASON_COUNT,
              "every offered reason has a text");

static const uint32_t back_min[] = {0, 5, 10, 15, 30};
static_assert(sizeof(back_min) / sizeof(back_min[0]) == AGENT_BACK_COUNT,
              "every offered length of a pause has its minutes");

const char *agent_reason(size_t index)
{
    assert(index < AGENT_REASON_COUNT);
    return reasons[index];
}

uint32_t agent_back_min(size_t index)
{
    assert(index < AGENT_BACK_COUNT);
    return back_min[index];
}

/* Office time at which a pause that begins now ends; 0: not said. The screens show whole
 * minutes: never an earlier one than was meant. */
static int64_t back_at_ms(const struct agent *agent, int64_t now_ms)
{
    int64_t minutes = agent_back_min(agent->back_index);
    int64_t now_min = (agent_office_ms(agent, now_ms) + 59999) / 60000;
    return minutes == 0 ? 0 : (now_min + minutes) * 60000;
}

void agent_init(struct agent *agent, const char *counter_id, enum language language)
{
    memset(agent, 0, sizeof(*agent));
    bool fits = text_copy(agent->counter_id, sizeof(agent->counter_id), counter_id);
    assert(fits);
    (void)fits; /* asserted */
    agent->language = language;
    agent->counter = SITE_NONE;
    agent->factor = 1;
}

void agent_set_site(struct agent *agent, const struct site *site)
{
    agent->site = *site;
    agent->has_site = true;
    agent->counter = site_find_counter(site, agent->counter_id);
}

void agent_set_state(struct agent *agent, const struct counter_document *state,
                     bool is_retained, int64_t now_ms)
{
    if (agent->has_state) {
        bool is_older_epoch = state->epoch < agent->state.epoch;
        bool is_older =
            state->epoch == agent->state.epoch &&
            (state->seq < agent->state.seq || state->tick < agent->state.tick);
        if (is_older_epoch || is_older) {
            return;
        }
    }
    if (!agent->has_state || agent->state.version != state->version ||
        agent->state.has_next != state->has_next) {
        agent->ready_at_ms = now_ms;
    }
    agent->state = *state;
    agent->has_state = true;
    agent->state_at_ms = now_ms;
    if (!is_retained) {
        agent->is_confirmed = true;
        agent->live_at_ms = now_ms;
    }
}

void agent_set_pace(struct agent *agent, enum clock_mode mode, uint32_t factor)
{
    agent->factor = mode == CLOCK_STEPPED ? 0 : factor;
}

void agent_set_reply(struct agent *agent, const struct reply_document *reply,
                     int64_t now_ms)
{
    agent->has_notice = !reply->is_ok;
    agent->has_recorded = reply->is_ok && agent->is_recording;
    agent->is_recording = false;
    agent->wanted = reply->is_ok ? agent->in_note : AGENT_NONE;
    agent->in_note = AGENT_NONE;
    agent->notice_at_ms = now_ms;
    if (agent->has_notice) {
        agent->notice_subject = reply->subject;
        (void)text_copy(agent->notice_code, sizeof(agent->notice_code),
                        reply->code); /* same size */
    }
    if (reply->has_counter) {
        agent_set_state(agent, &reply->counter, false, now_ms);
    }
}

void agent_set_sending(struct agent *agent, bool is_in_flight, enum agent_sending sending)
{
    agent->is_in_flight = is_in_flight;
    agent->sending = sending;
}

bool agent_is_stale(const struct agent *agent, int64_t now_ms)
{
    return !agent->is_confirmed || now_ms - agent->live_at_ms > AGENT_STALE_AFTER_MS;
}

int64_t agent_office_ms(const struct agent *agent, int64_t now_ms)
{
    return agent->state.at_ms + (now_ms - agent->state_at_ms) * (int64_t)agent->factor;
}

uint32_t agent_undo_s(const struct agent *agent, int64_t now_ms)
{
    if (!agent->has_state || !agent->state.can_undo) {
        return 0;
    }
    int64_t left_ms = agent->state.undo_until_ms - agent_office_ms(agent, now_ms);
    return left_ms > 0 ? (uint32_t)((left_ms + 999) / 1000) : 0;
}

enum agent_next agent_next(const struct agent *agent, int64_t now_ms)
{
    if (agent_is_stale(agent, now_ms) || agent->is_in_flight) {
        return NEXT_NOTHING;
    }
    const struct counter_document *state = &agent->state;
    if (state->state == COUNTER_CLOSED || state->state == COUNTER_PAUSED) {
        return NEXT_OPENS;
    }
    if (state->state == COUNTER_SERVING) {
        return NEXT_FINISHES;
    }
    if (state->state == COUNTER_CALLED) {
        int64_t since_ms = agent_office_ms(agent, now_ms) - state->ticket.called_at_ms;
        bool is_recent = since_ms <= (int64_t)agent->site.no_show_within_s * 1000;
        return is_recent ? NEXT_NO_SHOW : NEXT_FINISHES;
    }
    return NEXT_CALLS;
}

uint32_t agent_last_line(const struct agent *agent)
{
    uint32_t line = 0;
    bool is_open = counter_state_is_open(agent->state.state);
    while (line < agent->state.queue_count &&
           !(is_open && agent->state.queues[line].waiting_count > 0 &&
             agent->state.queues[line].open_counters == 1)) {
        line++;
    }
    return line;
}

static bool is_typed_enough(const struct agent *agent)
{
    size_t length = strlen(agent->typed);
    return length >= 2 && agent->typed[length - 1] >= '0' &&
           agent->typed[length - 1] <= '9';
}

#define IN(state) (1U << COUNTER_##state)

/* The states of the counter in which each verb means something, and the verb itself. */
static const struct {
    unsigned states;
    enum verb verb;
} verbs[AGENT_UNDO + 1] = {
    [AGENT_NEXT] = {IN(CLOSED) | IN(FREE) | IN(CALLED) | IN(SERVING) | IN(WRAPPING_UP) |
                        IN(PAUSED),
                    VERB_CALL_NEXT},
    [AGENT_RECALL] = {IN(CALLED), VERB_RECALL},
    [AGENT_NO_SHOW] = {IN(CALLED), VERB_NO_SHOW},
    [AGENT_FINISH] = {IN(CALLED) | IN(SERVING), VERB_FINISH},
    [AGENT_START] = {IN(CALLED), VERB_START},
    [AGENT_OPEN_CLOSE] = {IN(CLOSED) | IN(FREE) | IN(WRAPPING_UP) | IN(PAUSED),
                          VERB_CLOSE},
    [AGENT_CHOOSE] = {IN(FREE) | IN(WRAPPING_UP), VERB_CALL},
    [AGENT_CANCEL] = {IN(CLOSED) | IN(FREE) | IN(CALLED) | IN(SERVING) | IN(WRAPPING_UP) |
                          IN(PAUSED),
                      VERB_CANCEL},
    [AGENT_PAUSE] = {IN(FREE) | IN(CALLED) | IN(SERVING) | IN(WRAPPING_UP), VERB_PAUSE},
    [AGENT_UNDO] = {IN(CLOSED) | IN(FREE) | IN(CALLED) | IN(SERVING) | IN(WRAPPING_UP) |
                        IN(PAUSED),
                    VERB_UNDO},
};

/* Whether a verb of the counter means something in its present state. */
static bool verb_can(const struct agent *agent, enum agent_action action, int64_t now_ms)
{
    if ((verbs[action].states >> agent->state.state & 1U) == 0) {
        return false;
    }
    if (action == AGENT_NEXT) {
        return agent_next(agent, now_ms) != NEXT_CALLS || agent->state.has_next;
    }
    if (action == AGENT_CHOOSE) {
        return agent->has_site && agent->site.call_chosen;
    }
    return action != AGENT_UNDO || agent_undo_s(agent, now_ms) > 0;
}

bool agent_has_visitor(const struct agent *agent)
{
    return agent->has_site && agent->counter != SITE_NONE && agent->state.has_ticket &&
           site_find_service(&agent->site, agent->state.ticket.service) != SITE_NONE;
}

bool agent_can(const struct agent *agent, enum agent_action action, int64_t now_ms)
{
    if (action == AGENT_LANGUAGE || action == AGENT_DISMISS) {
        return true;
    }
    if (agent_is_stale(agent, now_ms) || agent->is_in_flight) {
        return false;
    }
    if (action == AGENT_CONFIRM && agent->dialogue == DIALOGUE_TRANSFER) {
        return agent_has_visitor(agent) && transfer_means_something(&agent->transfer);
    }
    if (action >= AGENT_WALK_IN ||
        (action == AGENT_CONFIRM && agent->dialogue == DIALOGUE_WALK_IN)) {
        return agent_can_walk_in(agent, action);
    }
    if (action == AGENT_SIGN_IN ||
        (action == AGENT_CONFIRM && agent->dialogue == DIALOGUE_SIGN_IN)) {
        return agent_can_sign_in(agent, action);
    }
    if (action >= AGENT_MATTER ||
        (action == AGENT_CONFIRM && agent->dialogue == DIALOGUE_MATTER)) {
        return agent_can_note(agent, action);
    }
    if (action == AGENT_CONFIRM) {
        return agent->dialogue == DIALOGUE_CLOSE
                   ? verb_can(agent, AGENT_OPEN_CLOSE, now_ms)
                   : is_typed_enough(agent);
    }
    if (action == AGENT_RESUME) {
        return agent->has_site;
    }
    if (action == AGENT_HELP) {
        return agent->state.state != COUNTER_CLOSED;
    }
    if (action >= AGENT_TRANSFER) {
        return agent_has_visitor(agent);
    }
    if (action >= AGENT_RECORD) { /* and AGENT_CONTACT, AGENT_READMIT */
        return agent->has_site && agent->contact.service < agent->site.service_count;
    }
    if (action >= AGENT_ERASE) {
        return true;
    }
    return action > AGENT_NONE && action <= AGENT_UNDO && verb_can(agent, action, now_ms);
}

/* The verb behind an action that needs no dialogue. */
static enum verb verb_of(const struct agent *agent, enum agent_action action)
{
    enum counter_state state = agent->state.state;
    bool is_away = state == COUNTER_CLOSED || state == COUNTER_PAUSED;
    bool opens = action == AGENT_NEXT || action == AGENT_OPEN_CLOSE;
    bool stays = action == AGENT_PAUSE && agent->state.pauses_after;
    return (opens && is_away) || stays ? VERB_OPEN : verbs[action].verb;
}

void agent_start_command(const struct agent *agent, enum verb verb,
                         struct command_document *ret_command)
{
    memset(ret_command, 0, sizeof(*ret_command));
    ret_command->action = ACTION_QUEUE;
    ret_command->verb = verb;
    ret_command->version = agent->state.version;
    ret_command->epoch = agent->state.epoch;
    ret_command->tick = agent->state.tick;
}

void agent_open_dialogue(struct agent *agent, enum agent_dialogue dialogue)
{
    agent->dialogue = dialogue;
    agent->back_index = 0;
    agent->typed[0] = '\0';
    bool has_called = dialogue == DIALOGUE_CANCEL && agent->state.has_ticket &&
                      agent->state.state == COUNTER_CALLED;
    if (has_called) {
        (void)text_copy(agent->typed, sizeof(agent->typed),
                        agent->state.ticket.label); /* same size */
    }
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

enum agent_action agent_of_letter(uint32_t code)
{
    static const struct {
        uint32_t code;
        enum agent_action action;
    } letters[] = {{'T', AGENT_TRANSFER},
                   {'R', AGENT_RESUME},
                   {'M', AGENT_MATTER},
                   {'S', AGENT_SIGN_IN},
                   {'W', AGENT_WALK_IN}};
    for (size_t i = 0; i < sizeof(letters) / sizeof(letters[0]); i++) {
        if (letters[i].code == code) {
            return letters[i].action;
        }
    }
    return AGENT_NONE;
}

void agent_type(struct agent *agent, uint32_t code)
{
    code = digit_of_key(code);
    bool is_letter = code >= 'A' && code <= 'Z';
    bool is_digit = code >= '0' && code <= '9';
    if (agent->dialogue == DIALOGUE_TRANSFER && (is_letter || is_digit)) {
        agent_type_in_transfer(agent, (char)code);
        return;
    }
    if (agent->dialogue == DIALOGUE_WALK_IN && is_letter) {
        agent_type_in_walk_in(agent, (char)code);
        return;
    }
    if (agent->dialogue == DIALOGUE_SIGN_IN && is_digit) {
        agent_type_in_sign_in(agent, (char)code);
        return;
    }
    if (agent->dialogue == DIALOGUE_MATTER && (is_letter || is_digit)) {
        agent_type_in_matter(agent, (char)code);
        return;
    }
    bool is_open =
        agent->dialogue == DIALOGUE_CHOOSE || agent->dialogue == DIALOGUE_CANCEL ||
        agent->dialogue == DIALOGUE_READMIT || agent->dialogue == DIALOGUE_RESUME;
    size_t length = strlen(agent->typed);
    if (!is_open || (!is_letter && !is_digit) || length >= LABEL_LENGTH_MAX) {
        return;
    }
    agent->typed[length] = (char)code;
    agent->typed[length + 1] = '\0';
}

static void erase(struct agent *agent)
{
    size_t length = strlen(agent->typed);
    if (length > 0) {
        agent->typed[length - 1] = '\0';
    }
}

/* Put in the letter of a service: a label begins with it. */
static void type_letter(struct agent *agent, uint32_t service)
{
    if (agent->has_site && service < agent->site.service_count) {
        (void)text_copy(agent->typed, sizeof(agent->typed),
                        agent->site.services[service].letter); /* shorter than a label */
    }
}

/* The first contact at this counter is offered for its own first service. */
static void open_contact(struct agent *agent)
{
    uint64_t own = agent_services(agent);
    while (own != 0 && (own >> agent->contact.service & 1U) == 0) {
        agent->contact.service = (agent->contact.service + 1) % SERVICES_MAX;
    }
    agent->contact.delay = 0;
    agent_open_dialogue(agent, DIALOGUE_CONTACT);
}

/* The parked ticket that is due first is offered. */
static void open_resume(struct agent *agent)
{
    agent_open_dialogue(agent, DIALOGUE_RESUME);
    if (agent->state.parked_shown_count > 0) {
        (void)text_copy(agent->typed, sizeof(agent->typed),
                        agent->state.parked[0].label); /* same size */
    }
}

/* Choices of a contact; returns true when its command comes out. The server has published
 * the time of the state, so that it is never in the future there. */
static bool press_in_contact(struct agent *agent, enum agent_action action,
                             struct command_document *ret_command)
{
    if (action >= AGENT_RECORD) {
        agent_start_command(agent, VERB_CONTACT, ret_command);
        contact_fill(&agent->contact, &agent->site, agent->state.at_ms,
                     action == AGENT_RECORD ? TICKET_SERVED : TICKET_ABANDONED,
                     ret_command);
        agent->is_recording = true;
        agent->dialogue = DIALOGUE_NONE;
        return true;
    }
    if (action >= AGENT_DELAY) {
        agent->contact.delay = (size_t)(action - AGENT_DELAY);
    } else if (action >= AGENT_CHANNEL) {
        agent->contact.channel = (size_t)(action - AGENT_CHANNEL);
        agent->contact.delay = 0; /* minutes and days are not the same choice */
    } else if (action >= AGENT_LETTER && action < AGENT_DIGIT) {
        agent->contact.service = (uint32_t)(action - AGENT_LETTER);
    }
    return false;
}

static void begin_pause(struct agent *agent, const char *reason, int64_t now_ms,
                        struct command_document *ret_command)
{
    agent_start_command(agent, VERB_PAUSE, ret_command);
    bool fits = text_copy(ret_command->reason, sizeof(ret_command->reason), reason);
    assert(fits); /* site_check() bounds the site's, ours are short */
    (void)fits;   /* asserted */
    ret_command->back_at_ms = back_at_ms(agent, now_ms);
    agent->dialogue = DIALOGUE_NONE;
}

/* Keys inside dialogues; returns true when a command comes out. */
static bool press_in_dialogue(struct agent *agent, enum agent_action action,
                              int64_t now_ms, struct command_document *ret_command)
{
    if (agent->dialogue == DIALOGUE_TRANSFER) {
        return agent_press_in_transfer(agent, action, now_ms, ret_command);
    }
    if (agent->dialogue == DIALOGUE_WALK_IN) {
        return agent_press_in_walk_in(agent, action, ret_command);
    }
    if (agent->dialogue == DIALOGUE_CHOICE_REASON) {
        return agent_press_choice_reason(agent, action, ret_command);
    }
    if (agent->dialogue == DIALOGUE_SIGN_IN) {
        return agent_press_in_sign_in(agent, action, ret_command);
    }
    if (agent->dialogue == DIALOGUE_MATTER) {
        return agent_press_in_matter(agent, action, ret_command);
    }
    if (agent->dialogue == DIALOGUE_CONTACT) {
        return press_in_contact(agent, action, ret_command);
    }
    if (action >= AGENT_SITE_REASON && agent->dialogue == DIALOGUE_PAUSE) {
        begin_pause(agent, agent->site.reasons[action - AGENT_SITE_REASON].name.in[0],
                    now_ms, ret_command);
        return true;
    }
    if (action >= AGENT_DIGIT) {
        agent_type(agent, '0' + (uint32_t)(action - AGENT_DIGIT));
    } else if (action >= AGENT_LETTER) {
        type_letter(agent, (uint32_t)(action - AGENT_LETTER));
    } else if (action >= AGENT_BACK) {
        agent->back_index = (size_t)(action - AGENT_BACK);
    } else if (action == AGENT_ERASE) {
        erase(agent);
    } else if (action == AGENT_CONFIRM && agent->dialogue == DIALOGUE_CLOSE) {
        agent_start_command(agent, VERB_CLOSE, ret_command);
        agent->dialogue = DIALOGUE_NONE;
        return true;
    } else if (action == AGENT_CONFIRM && agent->dialogue == DIALOGUE_CHOOSE &&
               agent->site.choice_needs_reason) {
        agent->dialogue = DIALOGUE_CHOICE_REASON; /* the ticket stays typed */
    } else if (action == AGENT_CONFIRM && agent->dialogue != DIALOGUE_PAUSE) {
        static const enum verb named[] = {[DIALOGUE_CHOOSE] = VERB_CALL,
                                          [DIALOGUE_CANCEL] = VERB_CANCEL,
                                          [DIALOGUE_READMIT] = VERB_READMIT,
                                          [DIALOGUE_RESUME] = VERB_RESUME};
        agent_start_command(agent, named[agent->dialogue], ret_command);
        (void)text_copy(ret_command->ticket, sizeof(ret_command->ticket),
                        agent->typed); /* same size */
        agent->dialogue = DIALOGUE_NONE;
        return true;
    } else if (action >= AGENT_REASON && agent->dialogue == DIALOGUE_PAUSE) {
        begin_pause(agent, reasons[action - AGENT_REASON], now_ms, ret_command);
        return true;
    }
    return false;
}

bool agent_press(struct agent *agent, enum agent_action action, int64_t now_ms,
                 struct command_document *ret_command)
{
    if (!agent_can(agent, action, now_ms)) {
        return false;
    }
    if (action == AGENT_LANGUAGE) {
        agent->language = agent->language == LANGUAGE_FR ? LANGUAGE_EN : LANGUAGE_FR;
    } else if (action == AGENT_DISMISS) {
        agent->dialogue = DIALOGUE_NONE;
        agent->has_notice = false;
        agent->has_recorded = false;
    } else if (action == AGENT_CONTACT) {
        open_contact(agent);
    } else if (action == AGENT_HELP) {
        agent_start_command(agent, agent->state.asks_help ? VERB_END_HELP : VERB_ASK_HELP,
                            ret_command);
        return true;
    } else if (action == AGENT_READMIT) {
        agent_open_dialogue(agent, DIALOGUE_READMIT);
    } else if (action == AGENT_RESUME) {
        open_resume(agent);
    } else if (action == AGENT_TRANSFER) {
        agent_open_transfer(agent);
    } else if (action == AGENT_WALK_IN) {
        return agent_press_walk_in(agent, ret_command);
    } else if (action == AGENT_SIGN_IN || agent_asks_sign_in(agent, action)) {
        agent_open_sign_in(agent);
    } else if (action == AGENT_MATTER) {
        agent_open_matter(agent, AGENT_NONE);
    } else if (agent_asks_matter(agent, action, now_ms)) {
        agent_open_matter(agent, action);
    } else if (action == AGENT_CHOOSE) {
        agent_open_dialogue(agent, DIALOGUE_CHOOSE);
    } else if (action == AGENT_CANCEL) {
        agent_open_dialogue(agent, DIALOGUE_CANCEL);
    } else if (action == AGENT_PAUSE && !agent->state.pauses_after) {
        agent_open_dialogue(agent, DIALOGUE_PAUSE);
    } else if (action == AGENT_OPEN_CLOSE && agent->dialogue == DIALOGUE_NONE &&
               agent_last_line(agent) < agent->state.queue_count) {
        agent_open_dialogue(agent, DIALOGUE_CLOSE);
    } else if (action >= AGENT_CONFIRM) {
        return press_in_dialogue(agent, action, now_ms, ret_command);
    } else if (agent->dialogue == DIALOGUE_NONE) {
        agent_start_command(agent, verb_of(agent, action), ret_command);
        return true;
    }
    return false;
}

bool agent_step(struct agent *agent, int64_t now_ms)
{
    bool has_words = agent->has_notice || agent->has_recorded;
    bool is_over = has_words && now_ms - agent->notice_at_ms >= AGENT_NOTICE_MS;
    if (is_over) {
        agent->has_notice = false;
        agent->has_recorded = false;
    }
    return is_over;
}

/* When the next whole office second since `since_ms` comes, in machine time. Office time
 * that runs faster is shown once a second all the same. */
static int64_t next_second_ms(const struct agent *agent, int64_t since_ms, int64_t now_ms)
{
    int64_t passed_ms = agent_office_ms(agent, now_ms) - since_ms;
    bool is_real = agent->factor == 1 && passed_ms >= 0;
    return now_ms + (is_real ? 1000 - passed_ms % 1000 : 1000);
}

int64_t agent_wake_ms(const struct agent *agent, int64_t now_ms)
{
    int64_t wake_ms = INT64_MAX;
    const struct counter_document *state = &agent->state;
    if (agent->has_state && state->has_ticket) {
        bool is_serving = state->state == COUNTER_SERVING;
        wake_ms = next_second_ms(
            agent, is_serving ? state->ticket.started_at_ms : state->ticket.called_at_ms,
            now_ms);
    } else if (agent_undo_s(agent, now_ms) > 0 ||
               (agent->has_state && state->state == COUNTER_PAUSED &&
                state->back_at_ms != 0)) {
        wake_ms = now_ms + 1000; /* what is left to undo, or of the pause */
    }
    uint32_t left_s = 0;
    if (agent_auto(agent, now_ms, &left_s) != AGENT_NONE) {
        return now_ms;
    }
    if (left_s > 0 && now_ms + 1000 < wake_ms) {
        wake_ms = now_ms + 1000; /* what is left is shown */
    }
    int64_t ends_ms[] = {
        agent->has_notice || agent->has_recorded ? agent->notice_at_ms + AGENT_NOTICE_MS
                                                 : 0,
        agent->is_confirmed ? agent->live_at_ms + AGENT_STALE_AFTER_MS + 1 : 0};
    for (size_t i = 0; i < sizeof(ends_ms) / sizeof(ends_ms[0]); i++) {
        if (ends_ms[i] > now_ms && ends_ms[i] < wake_ms) {
            wake_ms = ends_ms[i];
        }
    }
    return wake_ms;
}
