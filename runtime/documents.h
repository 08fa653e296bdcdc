/* The documents that travel between the server and the devices, as plain structs: what
 * docs/protocol.md describes in JSON. Programs work with these; runtime/codec_*.h turn
 * them into payloads and back. Everything is bounded by core/limits.h and copied: no
 * document borrows memory, except where a field says so. */
#ifndef GUICHET_RUNTIME_DOCUMENTS_H
#define GUICHET_RUNTIME_DOCUMENTS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/command.h"
#include "core/counter.h"
#include "core/event.h"
#include "core/limits.h"
#include "core/site.h"
#include "core/ticket.h"
#include "core/wait_range.h"
#include "runtime/agents_config.h"
#include "runtime/secret_code.h"

/* Announcements that one board holds: all of the last 60 s, within these bounds. */
#define BOARD_CALLS_MIN 16
#define BOARD_CALLS_MAX 128

/* A UUID in text with the final NUL. */
#define COMMAND_ID_BYTES 37

/* Bytes with the final NUL of a refusal's code, of its sentence, and of a version. */
#define CODE_BYTES     32
#define SENTENCE_BYTES 256
#define VERSION_BYTES  16

/* Devices whose presence one server status lists, those first seen first: as many as fit
 * one payload, which is twice the largest hall we know of. */
#define STATUS_DEVICES_MAX (COUNTERS_MAX + 4 * DEVICES_PER_KIND_MAX)

/* A service of a visit, and how often it is asked for. */
struct asked_service {
    char service[ID_LENGTH_MAX + 1];
    uint32_t quantity; /* 1 to QUANTITY_MAX */
};

/* What a visit asks for after its present service. */
struct asked_services {
    uint32_t quantity; /* of the present service */
    uint32_t further_count;
    struct asked_service further[FURTHER_MAX];
};

/* Documents of one service that a person is without. */
struct lacked_documents {
    uint32_t count;
    char documents[DOCUMENTS_OFFERED_MAX][ID_LENGTH_MAX + 1];
};

/* ---- board/<hall> ---- */

/* One announcement of a ticket at a counter. */
struct board_call {
    int64_t call;   /* seq of the event: rises within a day and across restarts */
    bool is_recall; /* the ticket had been called before */
    char ticket[LABEL_LENGTH_MAX + 1];
    char service[ID_LENGTH_MAX + 1];
    char counter[ID_LENGTH_MAX + 1];
    int64_t age_ms; /* machine time since the call, >= 0 */
    enum ticket_state state;
    bool is_test;
    bool is_seated; /* the person stays there, and the agent comes */
};

struct board_counter {
    char id[ID_LENGTH_MAX + 1];
    enum counter_state state;
    enum light light;
    char ticket[LABEL_LENGTH_MAX + 1];  /* empty: no ticket is there */
    char reason[REASON_LENGTH_MAX + 1]; /* of a pause; may be empty */
    int64_t back_at_ms;                 /* office time; 0: not said */
    bool is_test;                       /* its ticket is one */
};

struct board_service {
    char id[ID_LENGTH_MAX + 1];
    bool is_open;
    uint32_t waiting_count;
    struct wait_range wait;
};

/* What a supervisor tells the people of the hall now. */
struct board_message {
    struct site_detail words; /* empty: nothing */
    int64_t until_ms;         /* office time; 0: not said */
};

struct board_document {
    int64_t epoch;
    int64_t seq;
    int64_t tick;
    int64_t at_ms; /* office time, Unix epoch */
    enum clock_mode clock;
    uint32_t factor; /* office seconds per second, >= 1 */
    uint32_t day;    /* business day as yyyymmdd; 0: none is open */
    char hall[ID_LENGTH_MAX + 1];
    struct board_message message;
    uint32_t call_count;
    uint32_t counter_count;
    uint32_t service_count;
    struct board_call calls[BOARD_CALLS_MAX]; /* oldest first */
    struct board_counter counters[COUNTERS_MAX];
    struct board_service services[SERVICES_MAX];
};

/* ---- counter/<id>/state ---- */

struct counter_ticket {
    char label[LABEL_LENGTH_MAX + 1];
    char service[ID_LENGTH_MAX + 1];
    char class_id[ID_LENGTH_MAX + 1];
    enum language language;
    enum ticket_state state;
    int64_t taken_at_ms;
    int64_t called_at_ms;
    int64_t started_at_ms; /* 0: not started */
    uint32_t waited_s;
    uint32_t call_count;
    char topic[ID_LENGTH_MAX + 1];   /* what the agent has said of it; empty: not said */
    char missing[ID_LENGTH_MAX + 1]; /* the document that was missing */
    enum completeness completeness;
    struct asked_services asked;
    char linked[LABEL_LENGTH_MAX +
                1]; /* the other ticket of the same person; empty: none */
    bool is_test;
    struct lacked_documents lacks; /* as the reception saw */
};

/* The ticket that call-next would call now. */
struct counter_next {
    char label[LABEL_LENGTH_MAX + 1];
    char service[ID_LENGTH_MAX + 1];
    char class_id[ID_LENGTH_MAX + 1];
    uint32_t waited_s;
    enum call_rule rule; /* why this one */
};

struct counter_queue {
    char service[ID_LENGTH_MAX + 1];
    uint32_t waiting_count;
    uint32_t longest_wait_s; /* 0 when nobody waits */
    uint32_t open_counters;  /* that serve it, this one included; 0: not said */
};

/* Parked tickets that a counter's state names; the rest is counted. */
#define PARKED_SHOWN_MAX 8

/* A ticket that this counter parked. */
struct counter_parked {
    char label[LABEL_LENGTH_MAX + 1];
    char service[ID_LENGTH_MAX + 1];
    int64_t due_at_ms; /* 0: comes back when told */
    char reason[REASON_LENGTH_MAX + 1];
};

/* How the day goes for the counter's services: served within each service's standard, of
 * those offered whose wait has ended. */
struct counter_today {
    uint32_t served_count;
    uint32_t in_standard_count;
    uint32_t offered_count;
    bool has_share;         /* false before the first wait has ended */
    uint32_t share_percent; /* 0 to 100 */
    uint32_t target_percent;
};

struct counter_document {
    int64_t epoch;
    int64_t seq;
    int64_t tick;
    int64_t at_ms;
    char id[ID_LENGTH_MAX + 1];
    enum counter_state state;
    enum light light;
    int64_t version;
    int64_t since_ms; /* office time of the last change of state; 0: none today */
    char reason[REASON_LENGTH_MAX + 1]; /* of the pause, or of the one wished for */
    int64_t back_at_ms;                 /* the same; 0: not said */
    bool pauses_after; /* a pause is wished for after the ticket at the counter */
    bool asks_help;    /* this counter */
    bool has_agent;    /* one is signed in */
    char profile[ID_LENGTH_MAX + 1]; /* of that agent; empty: none */
    bool can_undo;
    bool has_ticket;
    bool has_next;
    int64_t undo_until_ms; /* 0 where there is nothing to undo */
    struct counter_ticket ticket;
    struct counter_next next;
    uint32_t queue_count;
    struct counter_queue queues[SERVICES_MAX];
    struct counter_today today;
    uint32_t reserved_count; /* people who wait for this counter alone */
    uint32_t parked_count;   /* parked by this counter, shown or not */
    uint32_t parked_shown_count;
    struct counter_parked parked[PARKED_SHOWN_MAX];
    uint32_t help_count;
    char help_at[COUNTERS_MAX][ID_LENGTH_MAX + 1]; /* other counters that ask for it */
};

/* ---- service/<id>/state ---- */

/* Why a service that is open gives no tickets, or may give one in vain. */
enum service_limit {
    SERVICE_LIMIT_NONE,
    SERVICE_LIMIT_LATE,    /* who comes now may not be called before it closes */
    SERVICE_LIMIT_CLOSING, /* … and kiosks give no more tickets */
    SERVICE_LIMIT_FULL,    /* it has given all its tickets of today */
    SERVICE_LIMIT_COUNT
};

/* "none", "late", "closing", "full"; SERVICE_LIMIT_COUNT for another word. */
const char *service_limit_name(enum service_limit limit);
enum service_limit service_limit_find(const char *name);

struct service_document {
    int64_t epoch;
    int64_t seq;
    int64_t tick;
    char id[ID_LENGTH_MAX + 1];
    bool is_open;
    int64_t opens_at_ms; /* next opening of a closed service today; 0: none */
    uint32_t waiting_count;
    uint32_t open_counters;
    struct wait_range wait;
    enum service_limit limit;
};

/* ---- <kind>/<id>/command ---- */

/* Kinds of devices that may send commands, as in the topic. */
enum sender {
    SENDER_KIOSK,
    SENDER_COUNTER,
    SENDER_BUTTON,
    SENDER_SOURCE,
    SENDER_ADMIN,
    SENDER_RECEPTION,
    SENDER_SUPERVISOR,
    SENDER_COUNT
};

/* What a command asks: something of the queue, or of the server itself. */
enum action {
    ACTION_QUEUE,      /* `verb` says what */
    ACTION_STATUS,     /* verb "status"; not stored */
    ACTION_STEP_CLOCK, /* verb "step-clock"; not stored */
    ACTION_FIND,       /* verb "find": `ticket` as it is now; not stored */
    ACTION_COUNT
};

/* A command as it travels: things are named by id and label, not by index. */
struct command_document {
    char id[COMMAND_ID_BYTES]; /* UUIDv7, lower case */
    enum action action;
    enum verb verb;  /* of ACTION_QUEUE */
    int64_t version; /* counter, button: the counter's version seen */
    int64_t epoch;   /* counter, button: of the newest live message seen */
    int64_t tick;
    char service[ID_LENGTH_MAX + 1];
    char class_id[ID_LENGTH_MAX + 1]; /* take; "none" when not sent */
    enum language language;           /* take */
    char ticket[LABEL_LENGTH_MAX + 1];
    enum print_state print; /* printed: PRINT_PRINTED, _FAILED or _UNKNOWN */
    bool is_copy;
    char reason[REASON_LENGTH_MAX + 1]; /* pause; may be empty; remark: its text */
    int64_t back_at_ms;                 /* pause; 0: not said */
    enum channel channel;               /* contact */
    int64_t received_at_ms;             /* contact */
    int64_t answered_at_ms;             /* contact; 0: not measured */
    int64_t ended_at_ms;                /* contact; 0: not measured */
    enum ticket_state outcome;          /* contact: TICKET_SERVED, _ABANDONED, _CANCELLED;
                                           correct, settle */
    uint32_t seconds;                   /* step-clock, 1 to 86400 */
    char to_counter[ID_LENGTH_MAX + 1]; /* transfer, may be empty; hand-over */
    uint32_t after_s;                   /* transfer */
    bool comes_back;                    /* transfer */
    char topic[ID_LENGTH_MAX + 1];      /* note; empty: not said */
    char missing[ID_LENGTH_MAX + 1];    /* note: a document; empty: none */
    enum completeness completeness;     /* note */
    struct asked_services asked;        /* take; split: its quantity alone, 0: not said */
    char agent[AGENT_DIGITS_MAX + 1];   /* sign-in */
    char code[SECRET_CODE_MAX + 1];     /* sign-in: never stored, never logged */
    int64_t from_ms;                    /* remark */
    int64_t until_ms;                   /* remark */
    uint32_t number;                    /* withdraw-remark: of the remark;
                                           set-quota: of tickets */
    char to_service[ID_LENGTH_MAX + 1]; /* move */
    char counter[ID_LENGTH_MAX + 1];    /* admin: the counter that it is for */
    char hall[ID_LENGTH_MAX + 1];       /* message; empty: all */
    struct site_detail words;           /* message, exceptional; may be empty */
    bool is_on;                         /* exceptional */
    char other_ticket[LABEL_LENGTH_MAX + 1]; /* link */
    enum turned_reason turned;               /* turned-away */
    bool is_confirmed;             /* take, at a kiosk: although it is a burst */
    bool is_test;                  /* take: it never counts */
    struct lacked_documents lacks; /* take, send-home */
};

/* ---- <kind>/<id>/reply ---- */

struct reply_ticket {
    char label[LABEL_LENGTH_MAX + 1];
    char service[ID_LENGTH_MAX + 1];
    enum ticket_state state;
    char class_id[ID_LENGTH_MAX + 1];
    enum language language;
    int64_t taken_at_ms;
    uint32_t ahead; /* people who would be called before: told when it was taken, and for
                       verb find, now */
    uint32_t open_counters;
    struct wait_range wait; /* as told when it was taken */
    struct asked_services asked;
    uint32_t waited_s;               /* from its request to its call, or until now */
    char counter[ID_LENGTH_MAX + 1]; /* that called it last; empty: none */
    char linked[LABEL_LENGTH_MAX +
                1]; /* the other ticket of the same person; empty: none */
    bool is_test;
    bool is_suspect; /* of a burst at a kiosk */
};

/* What a refusal is about; empty where it does not apply. */
struct reply_subject {
    char ticket[LABEL_LENGTH_MAX + 1];
    char counter[ID_LENGTH_MAX + 1];
    char state[24];
};

struct server_status;

struct reply_document {
    char id[COMMAND_ID_BYTES]; /* empty: the command had no readable id */
    bool is_ok;
    int64_t at_ms;
    char code[CODE_BYTES];         /* of a refusal */
    char sentence[SENTENCE_BYTES]; /* of a refusal */
    struct reply_subject subject;  /* of a refusal */
    bool has_ticket;
    struct reply_ticket ticket;
    bool has_counter;
    struct counter_document counter;
    uint32_t remark;                    /* of verb remark: its number; else 0 */
    const struct server_status *status; /* verb status: borrowed for the encoding; NULL
                                           after decoding, see server_status_decode() */
};

/* One device as the server sees it. */
struct device_presence {
    char kind[12]; /* "kiosk", "counter", … */
    char id[ID_LENGTH_MAX + 1];
    bool is_online;
    char version[VERSION_BYTES]; /* empty: never seen */
    char printer[12];            /* as in its status; empty where it has none */
    char paper[8];
    int64_t age_ms; /* machine time since its last status; -1: never seen */
};

/* The answer to the administrator's verb `status`. */
struct server_status {
    char version[VERSION_BYTES];
    int64_t started_at_ms; /* office time */
    int64_t epoch;
    int64_t seq;
    enum clock_mode clock;
    uint32_t factor;
    uint32_t day;       /* 0: no business day is open */
    char time_zone[64]; /* of the site: IANA name */
    uint32_t ticket_count;
    uint32_t waiting_count;
    uint32_t open_counters;
    uint32_t open_services;
    uint32_t device_count;
    struct device_presence devices[STATUS_DEVICES_MAX];
};

/* ---- <kind>/<id>/status ---- */

enum printer_health {
    PRINTER_OK,
    PRINTER_LOW,
    PRINTER_OUT,
    PRINTER_JAM,
    PRINTER_COVER_OPEN,
    PRINTER_OFFLINE,
    PRINTER_PAUSED,
    PRINTER_NONE, /* the device has no printer */
    PRINTER_HEALTH_COUNT
};

enum paper_level { PAPER_OK, PAPER_LOW, PAPER_OUT, PAPER_UNKNOWN, PAPER_LEVEL_COUNT };

struct status_document {
    bool is_online; /* false: the other fields are not sent */
    uint32_t birth; /* counts the device's connections, from 1 */
    char version[VERSION_BYTES];
    bool has_printer; /* kiosk */
    enum printer_health printer;
    enum paper_level paper;
};

/* ---- display/<id>/shown ---- */

struct shown_document {
    int64_t call;
    int64_t epoch;
    bool is_drawn;
    bool is_sounded;
};

/* ---- event ---- */

/* One committed event; the body is the journal's own JSON, borrowed. */
struct event_document {
    int64_t seq;
    int64_t at_ms;
    const char *kind;
    uint32_t version;
    const char *body; /* a whole JSON object */
};

/* "kiosk", "counter", … as in the topic; SENDER_COUNT when there is no such kind. */
const char *sender_name(enum sender sender);
enum sender sender_find(const char *name);

const char *printer_health_name(enum printer_health health);
enum printer_health printer_health_find(const char *name);
const char *paper_level_name(enum paper_level level);
enum paper_level paper_level_find(const char *name);

/* Zeroed documents too large for a stack. NULL when there is no memory; the destroy
 * functions accept NULL. */
struct board_document *board_document_create(void);
void board_document_destroy(struct board_document *board);
struct reply_document *reply_document_create(void);
void reply_document_destroy(struct reply_document *reply);
struct server_status *server_status_create(void);
void server_status_destroy(struct server_status *status);

#endif
