/* What an agent's window knows and does, without a window: states, replies and presses
 * come in, commands come out. Pure; machine time is a parameter.
 *
 * The window never guesses: what may be pressed follows from the newest state that the
 * server published, and every command carries that state's version, so that a press on an
 * old picture is refused instead of calling somebody. */
#ifndef GUICHET_COUNTER_AGENT_H
#define GUICHET_COUNTER_AGENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/site.h"
#include "counter/contact.h"
#include "counter/matter.h"
#include "counter/transfer.h"
#include "runtime/documents.h"

/* Without a live state for this long nothing can be pressed. */
#define AGENT_STALE_AFTER_MS 6000

/* A notice (a refusal, an answer) stays this long. */
#define AGENT_NOTICE_MS 6000

/* Reasons of a pause that the window offers. */
#define AGENT_REASON_COUNT 3

/* Reasons of calling a given ticket. */
#define AGENT_CHOICE_REASON_COUNT 4

/* Lengths of a pause that it offers, the first of them being "not said". */
#define AGENT_BACK_COUNT 5

/* What can be pressed; also the ids of the targets. */
enum agent_action {
    AGENT_NONE,
    AGENT_NEXT, /* the great button: open, or call the next */
    AGENT_RECALL,
    AGENT_NO_SHOW,
    AGENT_FINISH,
    AGENT_START,
    AGENT_OPEN_CLOSE,
    AGENT_CHOOSE, /* opens the dialogue for a given ticket */
    AGENT_CANCEL, /* opens the dialogue for a ticket to cancel */
    AGENT_PAUSE,  /* opens the dialogue of reasons, or takes a wished pause back */
    AGENT_UNDO,
    AGENT_LANGUAGE,
    AGENT_DISMISS,                                  /* closes the dialogue */
    AGENT_CONFIRM,                                  /* the ticket that was typed */
    AGENT_ERASE,                                    /* its last character */
    AGENT_REASON,                                   /* AGENT_REASON_COUNT ids from here */
    AGENT_BACK = AGENT_REASON + AGENT_REASON_COUNT, /* AGENT_BACK_COUNT ids */
    AGENT_LETTER = AGENT_BACK + AGENT_BACK_COUNT,   /* SERVICES_MAX ids: of services */
    AGENT_DIGIT = AGENT_LETTER + SERVICES_MAX,      /* 10 ids */
    AGENT_CHANNEL = AGENT_DIGIT + 10,               /* CONTACT_CHANNEL_COUNT ids */
    AGENT_DELAY = AGENT_CHANNEL + CONTACT_CHANNEL_COUNT, /* CONTACT_DELAY_COUNT ids */
    AGENT_RECORD = AGENT_DELAY + CONTACT_DELAY_COUNT,    /* handled; given up */
    AGENT_CONTACT =
        AGENT_RECORD + 2, /* opens the dialogue of another channel's contact */
    AGENT_READMIT,  /* opens the dialogue for a person who comes back after a no-show */
    AGENT_TRANSFER, /* opens the dialogue of sending on and parking */
    AGENT_RESUME,   /* opens the dialogue for a parked ticket that is back */
    AGENT_TRANSFER_ENDS, /* the visit is over after the next service */
    AGENT_TRANSFER_BACK, /* it comes back here */
    AGENT_TRANSFER_ANY,  /* any counter */
    AGENT_PARK_REASON, /* PARK_REASON_COUNT ids: why the ticket is parked, or not said */
    AGENT_TRANSFER_WHEN =
        AGENT_PARK_REASON + PARK_REASON_COUNT, /* TRANSFER_WHEN_COUNT ids */
    AGENT_TRANSFER_TO = AGENT_TRANSFER_WHEN + TRANSFER_WHEN_COUNT, /* COUNTERS_MAX ids */
    AGENT_HELP =
        AGENT_TRANSFER_TO + COUNTERS_MAX, /* asks a colleague for help, or no more */
    AGENT_MATTER, /* opens the dialogue for what the service is about */
    AGENT_TOPIC,  /* SERVICE_TOPICS_MAX ids */
    AGENT_DOCUMENT = AGENT_TOPIC + SERVICE_TOPICS_MAX, /* none, then DOCUMENTS_MAX ids */
    AGENT_COMPLETE = AGENT_DOCUMENT + DOCUMENTS_MAX + 1,     /* COMPLETENESS_COUNT ids */
    AGENT_SITE_REASON = AGENT_COMPLETE + COMPLETENESS_COUNT, /* REASONS_MAX ids */
    AGENT_SIGN_IN = AGENT_SITE_REASON + REASONS_MAX,         /* opens the dialogue */
    AGENT_WALK_IN,       /* somebody without a ticket: at once, or which service */
    AGENT_CHOICE_REASON, /* AGENT_CHOICE_REASON_COUNT ids */
    AGENT_ACTION_COUNT = AGENT_CHOICE_REASON + AGENT_CHOICE_REASON_COUNT
};

enum agent_dialogue {
    DIALOGUE_NONE,
    DIALOGUE_PAUSE,
    DIALOGUE_CHOOSE,
    DIALOGUE_CANCEL,
    DIALOGUE_CONTACT,
    DIALOGUE_READMIT,
    DIALOGUE_CLOSE, /* asked when people wait whom nobody else would call */
    DIALOGUE_TRANSFER,
    DIALOGUE_RESUME,
    DIALOGUE_MATTER,
    DIALOGUE_SIGN_IN,
    DIALOGUE_WALK_IN,
    DIALOGUE_CHOICE_REASON, /* after DIALOGUE_CHOOSE: the ticket is typed */
};

/* Where the command in flight is, as far as it shows. */
enum agent_sending {
    SENDING_NOTHING,
    SENDING_NOW,     /* for long enough to be shown */
    SENDING_UNKNOWN, /* no answer for ten seconds: it may have happened */
};

struct agent {
    char counter_id[ID_LENGTH_MAX + 1];
    enum language language;
    bool has_site;
    struct site site; /* as far as config publishes it */
    uint32_t counter; /* index in the site, or SITE_NONE */
    bool has_state;
    bool is_confirmed;  /* a live state has come */
    int64_t live_at_ms; /* machine time of the newest live state */
    int64_t state_at_ms;
    struct counter_document state;
    uint32_t factor; /* office seconds per second, from the board */
    bool is_in_flight;
    enum agent_sending sending;
    enum agent_dialogue dialogue;
    size_t back_index; /* of the lengths of a pause, chosen in its dialogue */
    char typed[LABEL_LENGTH_MAX + 1];
    struct contact contact; /* as chosen last */
    struct transfer transfer;
    struct matter_choice matter;
    enum agent_action after_note; /* what the dialogue of the matter was asked before */
    enum agent_action in_note;    /* the same, while the command in flight is the note */
    enum agent_action wanted;     /* the note is recorded: to be pressed now */
    uint32_t walk_in_service;     /* index, as chosen in its dialogue */
    int64_t ready_at_ms; /* machine time since which the state is as it is, with or
                            without somebody next: automatic presses wait from here */
    bool types_code;     /* signing in: the number is typed, now the code */
    char number[AGENT_DIGITS_MAX + 1];
    char code[SECRET_CODE_MAX + 1];
    bool is_recording; /* the command in flight is a contact */
    bool has_recorded; /* … was, and this is said as a notice */
    bool has_notice;
    int64_t notice_at_ms; /* of either */
    char notice_code[CODE_BYTES];
    struct reply_subject notice_subject;
};

void agent_init(struct agent *agent, const char *counter_id, enum language language);

void agent_set_site(struct agent *agent, const struct site *site);

/* Take a published state over. A lower epoch, or an older state of the same epoch, is
 * ignored. */
void agent_set_state(struct agent *agent, const struct counter_document *state,
                     bool is_retained, int64_t now_ms);

/* Take over how fast office time runs, as boards say. */
void agent_set_pace(struct agent *agent, enum clock_mode mode, uint32_t factor);

/* Take the reply to the command in flight: a new state, or a refusal to show. */
void agent_set_reply(struct agent *agent, const struct reply_document *reply,
                     int64_t now_ms);

/* Tell how the command in flight is doing. */
void agent_set_sending(struct agent *agent, bool is_in_flight,
                       enum agent_sending sending);

bool agent_is_stale(const struct agent *agent, int64_t now_ms);

/* Office time now: the state's, gone on at its pace. */
int64_t agent_office_ms(const struct agent *agent, int64_t now_ms);

/* Seconds for which the last press can still be undone; 0: no more. */
uint32_t agent_undo_s(const struct agent *agent, int64_t now_ms);

/* The first line (index in state.queues) in which people wait and which only this counter
 * could call; state.queue_count: there is none. */
uint32_t agent_last_line(const struct agent *agent);

/* Whether the action means something now. */
bool agent_can(const struct agent *agent, enum agent_action action, int64_t now_ms);

/* What pressing the great button would do now. */
enum agent_next {
    NEXT_NOTHING,  /* stale, or a command is in flight */
    NEXT_OPENS,    /* the counter is closed or paused */
    NEXT_CALLS,    /* free: call */
    NEXT_NO_SHOW,  /* just called: the person did not come, call the next */
    NEXT_FINISHES, /* finish the present one, call the next */
};
enum agent_next agent_next(const struct agent *agent, int64_t now_ms);

/* Press `action`. Returns true when `ret_command` (all but its id) is to be sent. Presses
 * that mean nothing now are ignored. */
bool agent_press(struct agent *agent, enum agent_action action, int64_t now_ms,
                 struct command_document *ret_command);

/* The services that the counter gives now, as a set: those of the profile of whoever is
 * signed in, else its own; 0 while the site is not known. */
uint64_t agent_services(const struct agent *agent);

/* What is to be pressed now that a note is recorded, once; AGENT_NONE: nothing. */
enum agent_action agent_take_wanted(struct agent *agent);

/* A character typed while a dialogue for a ticket is open: capital letters and digits,
 * also those of a French keyboard's top row without Shift; others are ignored. */
void agent_type(struct agent *agent, uint32_t code);

/* What a letter means while no dialogue is open, or AGENT_NONE. */
enum agent_action agent_of_letter(uint32_t code);

/* What the window presses by itself at `now_ms`, where the site wants that: AGENT_NEXT a
 * while after a service has ended, AGENT_START a while after a call; AGENT_NONE: nothing
 * yet. `ret_left_s` (may be NULL): seconds until then, 0: nothing is to come. */
enum agent_action agent_auto(const struct agent *agent, int64_t now_ms,
                             uint32_t *ret_left_s);

/* Forget the notice when its time is over; returns whether it went. */
bool agent_step(struct agent *agent, int64_t now_ms);

/* Machine time after `now_ms` at which the picture changes by itself: a second of the
 * stopwatch or of the undo, a notice that goes, a state that becomes stale. INT64_MAX:
 * never. */
int64_t agent_wake_ms(const struct agent *agent, int64_t now_ms);

/* The reason of a pause as it is journalled: in the first language of the site, French.
 */
const char *agent_reason(size_t index);

/* Why a given ticket is called, in the same way. */
const char *agent_choice_reason(size_t index);

/* The length of a pause in minutes; 0: not said. `index` below AGENT_BACK_COUNT. */
uint32_t agent_back_min(size_t index);

#endif
