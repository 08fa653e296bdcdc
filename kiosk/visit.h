/* What the kiosk knows and does, without a window, a network or a printer: touches, the
 * server's messages and machine time come in; the page to show, the next command to send
 * and the slip to print come out. Pure.
 *
 * One touch gives at most one ticket: while a command is on its way no other begins, and
 * a number is shown only when the server has answered that it is in the journal. A ticket
 * whose answer comes when nobody can be waiting for it any more is cancelled. */
#ifndef GUICHET_KIOSK_VISIT_H
#define GUICHET_KIOSK_VISIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/site.h"
#include "runtime/documents.h"

/* No live board for this long: the server cannot be reached, no ticket can be taken. */
#define VISIT_STALE_AFTER_MS 6000

/* A touch that has no answer yet gets a sign after this long, and the way to the
 * reception after that long. */
#define VISIT_SIGN_AFTER_MS    300
#define VISIT_GIVE_UP_AFTER_MS 5000

/* An answer this long after the touch still finds the person at the kiosk. Later the
 * ticket is cancelled: nobody has it. */
#define VISIT_WAITS_MS 15000

/* How long a printed ticket and a refusal stand: the next person shall not wait for them.
 * A number that must be remembered stands for the whole idle time. */
#define VISIT_TICKET_MS 20000

/* Before the end of the idle time the screen asks whether somebody is still there
 * (WCAG 2.2.1). */
#define VISIT_WARN_MS 20000

/* Reports of printing and cancellations that wait for their turn. */
#define VISIT_ERRANDS_MAX 16

/* People who got no ticket are told as sums, so long after the first of them; touches of
 * one service within the shorter time are one person's. More kinds are not kept. */
#define VISIT_TURNED_AFTER_MS  300000
#define VISIT_TURNED_PERSON_MS 10000
#define VISIT_TURNED_MAX       32

enum page {
    PAGE_STARTING, /* the server has not been heard yet, and may be at any moment */
    PAGE_SERVICES,
    PAGE_PRIORITY,    /* which priority applies to the next ticket */
    PAGE_ANOTHER,     /* a ticket was just taken, or many here: another one? */
    PAGE_TICKET,      /* the number */
    PAGE_SURE,        /* shall this ticket be cancelled? */
    PAGE_CANCELLED,   /* it is */
    PAGE_REFUSED,     /* the server refused, and why */
    PAGE_UNREACHABLE, /* go to the reception */
    PAGE_SEVERAL,     /* several services for one ticket, each with a quantity */
    PAGE_COUNT
};

/* Identifiers of targets on the pages. */
enum touch {
    TOUCH_NONE,
    TOUCH_LANGUAGE = 1, /* + enum language */
    TOUCH_CONTRAST = 8,
    TOUCH_PRIORITY,
    TOUCH_NO_PRIORITY, /* the chosen class is dropped */
    TOUCH_NEXT,        /* more services */
    TOUCH_PREVIOUS,
    TOUCH_BACK, /* to the services */
    TOUCH_YES,
    TOUCH_NO,
    TOUCH_CANCEL,        /* the ticket on the page */
    TOUCH_STAY,          /* "I am still here" */
    TOUCH_SERVICE = 32,  /* + index of the service */
    TOUCH_CLASS = 128,   /* + index of the priority class */
    TOUCH_SEVERAL = 160, /* to PAGE_SEVERAL */
    TOUCH_TAKE,          /* the ticket for what is chosen there */
    TOUCH_MORE = 192,    /* + index of the service: once more */
    TOUCH_LESS = 256     /* + index of the service: once less */
};

/* What is known of the paper of the ticket on the page. */
enum paper {
    PAPER_NONE, /* the kiosk has no printer */
    PAPER_PRINTING,
    PAPER_PRINTED,
    PAPER_FAILED
};

struct visit_options {
    enum language language; /* shown first */
    bool is_high_contrast;  /* at first */
    bool has_printer;
    int64_t idle_ms;        /* back to the first page after this long */
    int64_t same_person_ms; /* a ticket this soon after another asks first; 0: never */
};

/* People who touched a service and could get no ticket for it. */
struct turned_away {
    char service[ID_LENGTH_MAX + 1];
    enum turned_reason reason;
    uint32_t count; /* 1 to TURNED_AWAY_MAX */
};

/* A command that is not a person's touch and goes out when the way is free. */
struct errand {
    enum verb verb; /* VERB_PRINTED, VERB_CANCEL or VERB_TURNED_AWAY */
    char ticket[LABEL_LENGTH_MAX + 1];
    enum print_state print;
    struct turned_away turned;
};

struct visit {
    struct visit_options options;

    bool has_site;
    struct site site; /* as far as config publishes it */
    size_t service_count;
    struct service_document services[SERVICES_MAX]; /* as they came */

    bool has_live_board;
    uint32_t factor;    /* of office time; 0: it stands */
    int64_t live_at_ms; /* machine time of the last live board */
    int64_t epoch;
    int64_t office_ms; /* of that board */
    struct board_message message;

    enum page page;
    enum language language;
    int64_t started_at_ms; /* machine time */
    bool is_high_contrast;
    uint32_t class_index;       /* chosen for the next ticket; 0: none */
    uint32_t first_service;     /* of those shown, index */
    uint32_t services_per_page; /* of the picture, set by its owner; >= 1 */
    int64_t touched_at_ms;      /* machine time of the last touch, or start of the page */

    uint32_t basket_count; /* what is chosen on PAGE_SEVERAL, in the order of choosing */
    struct {
        uint32_t service; /* index */
        uint32_t quantity;
    } basket[1 + FURTHER_MAX];

    bool is_asking;         /* a take or cancel of the person is wanted or on its way */
    bool is_sent;           /* … and was handed out by visit_next_command() */
    bool is_for_nobody;     /* its answer comes too late for the person */
    enum verb asked_verb;   /* VERB_TAKE or VERB_CANCEL */
    uint32_t asked_service; /* VERB_TAKE, and of PAGE_ANOTHER */
    bool is_burst;          /* of PAGE_ANOTHER: the server says that many were taken */
    bool is_confirmed;      /* VERB_TAKE: another one is really wanted */
    int64_t asked_at_ms;

    bool has_ticket;
    struct reply_ticket ticket; /* the last one taken */
    int64_t ticket_at_ms;       /* machine time of its answer */
    enum paper paper;
    char refusal[CODE_BYTES]; /* of PAGE_REFUSED */

    size_t turned_count; /* what is to be told of people who got no ticket */
    struct turned_away turned[VISIT_TURNED_MAX];
    int64_t turned_due_ms; /* machine time at which it is told; 0: there is nothing */
    uint32_t turned_last;  /* the service touched last, index, and when */
    int64_t turned_at_ms;

    bool errand_is_sent; /* the first one is on its way */
    size_t errand_count;
    struct errand errands[VISIT_ERRANDS_MAX];
};

/* What the owner does after an input. */
struct visit_step {
    bool is_changed;  /* draw again */
    bool must_print;  /* print visit->ticket, then visit_printed() */
    bool has_command; /* visit_next_command() may have one */
};

void visit_init(struct visit *visit, const struct visit_options *options, int64_t now_ms);

/* Messages of the server. A board counts only when it is live (not retained). */
struct visit_step visit_set_site(struct visit *visit, const struct site *site);
struct visit_step visit_set_service(struct visit *visit,
                                    const struct service_document *service);
struct visit_step visit_set_board(struct visit *visit, const struct board_document *board,
                                  bool is_retained, int64_t now_ms);

/* A person activated `target` (an enum touch with its index), or touched beside every
 * target (TOUCH_NONE): that, too, shows that somebody is there. */
struct visit_step visit_touch(struct visit *visit, int target, int64_t now_ms);

/* A person came down on `target`, which cannot be chosen now: a service that gives no
 * ticket is counted. */
void visit_refuse(struct visit *visit, int target, int64_t now_ms);

/* Time has passed; to be called at visit_wake_ms() at the latest. */
struct visit_step visit_time(struct visit *visit, int64_t now_ms);

/* Machine time of the next change by time alone; INT64_MAX: none. The clock's minute is
 * among them. */
int64_t visit_wake_ms(const struct visit *visit, int64_t now_ms);

/* The command to send now that nothing is on its way; false when there is none. Its `id`
 * is left empty: the owner makes it, stores the bytes and sends them. */
bool visit_next_command(struct visit *visit, struct command_document *ret_command);

/* The answer to the command that visit_next_command() gave. */
struct visit_step visit_answered(struct visit *visit, const struct reply_document *reply,
                                 int64_t now_ms);

/* The command could not be stored: nothing was sent, nothing will happen. */
struct visit_step visit_not_stored(struct visit *visit, int64_t now_ms);

/* A command of a former run was found in the store and is being sent again; it was made
 * `age_ms` ago (negative where clocks disagree: then it counts as old). Before any other
 * input. */
void visit_resume(struct visit *visit, const struct command_document *command,
                  int64_t age_ms, int64_t now_ms);

/* What became of the slip of `ticket`: PRINT_PRINTED, _FAILED or _UNKNOWN. The server is
 * told. */
struct visit_step visit_printed(struct visit *visit, const char *ticket,
                                enum print_state print);

/* How many services one page of the picture shows, >= 1; the page that is shown keeps its
 * first service where it can. */
void visit_set_page_size(struct visit *visit, uint32_t services_per_page);

/* What is known of the service at `index` of the site, or NULL. */
const struct service_document *visit_service(const struct visit *visit, uint32_t index);

/* Whether several services can be chosen for one ticket, how often this one is, and
 * whether it can be chosen once more (kiosk/basket.c). */
bool visit_offers_several(const struct visit *visit);
uint32_t visit_quantity(const struct visit *visit, uint32_t index);
bool visit_can_add(const struct visit *visit, uint32_t index);

/* Whether a ticket of the service can be taken. */
bool visit_is_open(const struct visit *visit, uint32_t index);

/* Whether tickets can be taken at all: the site is known and the server's boards come. */
bool visit_is_reachable(const struct visit *visit, int64_t now_ms);

/* Whether nobody is here and nothing is left to do: nothing is being sent or printed. */
bool visit_is_over(const struct visit *visit);

/* Whether the sign "one moment" is to be shown, and the question of the idle time. */
bool visit_shows_sign(const struct visit *visit, int64_t now_ms);
bool visit_shows_warning(const struct visit *visit, int64_t now_ms);

/* Seconds until everything is put back, 1 to VISIT_WARN_MS / 1000 while the question
 * shows; otherwise 0. What was chosen is kept until then. */
uint32_t visit_warning_s(const struct visit *visit, int64_t now_ms);

/* What a supervisor tells the people of the hall now, in the language of the page; "":
 * nothing, or the server has not been heard for long. */
const char *visit_message(const struct visit *visit, int64_t now_ms);

/* Office time now; 0 before the first live board. */
int64_t visit_office_ms(const struct visit *visit, int64_t now_ms);

/* "services", "ticket", … as --describe writes it. */
const char *page_name(enum page page);

/* The same for what is seen now: "sending" while the sign shows, "warning" with the
 * question of the idle time. */
const char *visit_page_name(const struct visit *visit, int64_t now_ms);

#endif
