/* What the window of a reception or a supervisor knows and does, without a window: the
 * hall's state, replies and presses come in, commands come out. Pure; machine time is a
 * parameter. */
#ifndef GUICHET_COUNTER_HALL_AGENT_H
#define GUICHET_COUNTER_HALL_AGENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/site.h"
#include "counter/order.h"
#include "counter/reception.h"
#include "runtime/hall_document.h"
#include "runtime/zone.h"

/* Without a live state for this long nothing can be pressed. */
#define HALL_STALE_AFTER_MS 6000

/* A notice (a refusal, what was done) stays this long. */
#define HALL_NOTICE_MS 8000

/* Tickets that ended last, of those that the dialogue of finding offers. */
#define HALL_RECENT_MAX 8

/* Choices of one part of an order: counters, or services and "all"; and the keys of the
 * keyboard on the screen. */
#define HALL_CHOICES_MAX    COUNTERS_MAX
#define HALL_CHARACTERS_MAX 48

/* What can be pressed; also the ids of the targets. */
enum hall_action {
    HALL_NONE,
    HALL_ISSUE,    /* opens the dialogue of a new ticket */
    HALL_FIND,     /* opens the dialogue in which a ticket is named */
    HALL_SERVICES, /* supervisor: opens the dialogue that opens or closes a service */
    HALL_LANGUAGE,
    HALL_DISMISS, /* closes the dialogue */
    HALL_CONFIRM, /* what the dialogue is for */
    HALL_ERASE,   /* the last character typed */
    HALL_CANCEL,  /* the five verbs for the ticket that was found */
    HALL_ABANDON,
    HALL_READMIT,
    HALL_RESUME,
    HALL_REQUALIFY,                           /* opens the dialogue of what it becomes */
    HALL_SERVICE,                             /* SERVICES_MAX ids */
    HALL_CLASS = HALL_SERVICE + SERVICES_MAX, /* CLASSES_MAX ids */
    HALL_SPOKEN = HALL_CLASS + CLASSES_MAX,   /* LANGUAGE_COUNT ids: of the ticket */
    HALL_RECENT = HALL_SPOKEN + LANGUAGE_COUNT,   /* HALL_RECENT_MAX ids */
    HALL_REPRINT = HALL_RECENT + HALL_RECENT_MAX, /* a copy of the ticket's slip */
    HALL_CONTACT, /* opens the dialogue of a contact of another channel */
    HALL_CHANNEL, /* CONTACT_CHANNEL_COUNT ids */
    HALL_DELAY = HALL_CHANNEL + CONTACT_CHANNEL_COUNT, /* CONTACT_DELAY_COUNT ids */
    HALL_RECORD = HALL_DELAY + CONTACT_DELAY_COUNT,    /* handled; given up */
    HALL_FEWER = HALL_RECORD + 2,                      /* of the service that is chosen */
    HALL_MORE,
    HALL_ANOTHER, /* a further service for the same ticket */
    HALL_SPLIT,   /* opens the dialogue of what becomes a ticket of its own */
    HALL_PART,    /* 1 + FURTHER_MAX ids: the present service, its further ones */
    HALL_LINK = HALL_PART + 1 + FURTHER_MAX, /* opens the dialogue, or ends the link */
    /* Supervisor. */
    HALL_ORDER, /* ORDER_KIND_COUNT: opens the dialogue */
    HALL_PLACE =
        HALL_ORDER + ORDER_KIND_COUNT, /* COUNTERS_MAX: orders for that counter */
    HALL_ORDER_PART = HALL_PLACE + COUNTERS_MAX, /* ORDER_PART_COUNT: goes to it */
    HALL_CHOICE =
        HALL_ORDER_PART + ORDER_PART_COUNT, /* HALL_CHOICES_MAX: of the present part */
    HALL_CHARACTER = HALL_CHOICE + HALL_CHOICES_MAX, /* HALL_CHARACTERS_MAX: writes it */
    HALL_ORDERS_END = HALL_CHARACTER + HALL_CHARACTERS_MAX,
    HALL_LACK = HALL_ORDERS_END, /* DOCUMENTS_OFFERED_MAX: of the chosen service */
    HALL_SEND_HOME = HALL_LACK + DOCUMENTS_OFFERED_MAX, /* no ticket for want of them */
    HALL_TEST,  /* the new ticket is a test, or is none */
    HALL_SWEEP, /* every suspect ticket that waits */
    HALL_TRUST, /* the ticket that was found is suspect no more */
    HALL_ACTION_COUNT
};

enum hall_dialogue {
    HALL_DIALOGUE_NONE,
    HALL_DIALOGUE_ISSUE,
    HALL_DIALOGUE_FIND,
    HALL_DIALOGUE_TICKET, /* one that was given, found or changed */
    HALL_DIALOGUE_REQUALIFY,
    HALL_DIALOGUE_SERVICE, /* open or close one */
    HALL_DIALOGUE_CONTACT,
    HALL_DIALOGUE_SPLIT,
    HALL_DIALOGUE_LINK,
    HALL_DIALOGUE_ORDER, /* what else a supervisor orders, see order.h */
    HALL_DIALOGUE_COUNT
};

struct hall_agent {
    char post_id[ID_LENGTH_MAX + 1];
    bool is_supervisor;
    bool has_site;
    bool has_state;
    bool is_confirmed; /* a live state has come */
    bool is_in_flight;
    bool is_unanswered; /* no answer for ten seconds: it may have happened */
    bool is_new;        /* the ticket in the dialogue has just been given */
    bool has_notice;
    enum language language;
    struct site site;   /* as far as config publishes it */
    int64_t live_at_ms; /* machine time of the newest live state */
    int64_t state_at_ms;
    struct hall_document state;
    enum hall_dialogue dialogue;
    uint32_t service;     /* index in the site: chosen in the dialogue, or SITE_NONE */
    uint32_t class_index; /* the same */
    enum language spoken; /* of the ticket that is given */
    char typed[LABEL_LENGTH_MAX + 1];
    struct order order;
    const struct zone *zone; /* borrowed; NULL: the site's is not known here */
    struct reply_ticket ticket;
    int64_t notice_at_ms;
    char notice_code[CODE_BYTES]; /* empty: it was done */
    struct reply_subject notice_subject;
    enum verb sent; /* of the command in flight or answered last; VERB_COUNT: none */
    struct reception reception;
};

void hall_agent_init(struct hall_agent *agent, const char *post_id, bool is_supervisor,
                     enum language language);
void hall_agent_set_site(struct hall_agent *agent, const struct site *site);

/* Take up the command of a former run that has no answer yet, `age_ms` old: a ticket that
 * was asked for is printed when it comes, unless nobody waits for it any more. */
void hall_agent_resume(struct hall_agent *agent, const struct command_document *command,
                       int64_t age_ms);

/* The character of a key of the keyboard on the screen, UTF-8; NULL: there is none. */
const char *hall_agent_character(uint32_t key);

/* A key or writing before all else: whether an open order took it. */
bool hall_agent_take_input(struct hall_agent *agent, const struct input_event *event);

/* The hall of this post by the site; SITE_NONE: the site does not know the post. */
uint32_t hall_agent_place(const struct hall_agent *agent);

/* Take a published state over, if it is of this post's hall. A lower epoch, or an older
 * state of the same epoch, is ignored. */
void hall_agent_set_state(struct hall_agent *agent, const struct hall_document *state,
                          bool is_retained, int64_t now_ms);

/* Take the reply to the command in flight: a ticket to show, done, or a refusal. */
void hall_agent_set_reply(struct hall_agent *agent, const struct reply_document *reply,
                          int64_t now_ms);

/* Tell how the command in flight is doing. */
void hall_agent_set_sending(struct hall_agent *agent, bool is_in_flight,
                            bool is_unanswered);

bool hall_agent_is_stale(const struct hall_agent *agent, int64_t now_ms);

/* The hall's state of a service of the site, or NULL. */
const struct hall_service *hall_agent_service(const struct hall_agent *agent,
                                              uint32_t service);

/* Whether the action means something now. */
bool hall_agent_can(const struct hall_agent *agent, enum hall_action action,
                    int64_t now_ms);

/* Press `action`. Returns true when `ret_command` (all but its id) is to be sent. Presses
 * that mean nothing now are ignored. */
bool hall_agent_press(struct hall_agent *agent, enum hall_action action, int64_t now_ms,
                      struct command_document *ret_command);

/* A character typed while a dialogue is open: the ticket's name, or the letter of a
 * service. */
void hall_agent_type(struct hall_agent *agent, uint32_t code);

/* Forget the notice when its time is over. */
void hall_agent_step(struct hall_agent *agent, int64_t now_ms);

/* Machine time after `now_ms` at which the picture changes by itself; INT64_MAX: never.
 */
int64_t hall_agent_wake_ms(const struct hall_agent *agent, int64_t now_ms);

#endif
