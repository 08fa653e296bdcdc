/* What a supervisor orders, before it is sent: one dialogue a kind of order, made of
 * parts that are chosen or typed. Pure; part of struct hall_agent. */
#ifndef GUICHET_COUNTER_ORDER_H
#define GUICHET_COUNTER_ORDER_H

#include <stdbool.h>
#include <stdint.h>

#include "core/limits.h"
#include "runtime/documents.h"
#include "ui/input.h"

struct hall_agent;

/* The dialogues. */
enum order_kind {
    ORDER_COUNTER,     /* open, close or hand over one */
    ORDER_LINE,        /* end or move everybody who waits */
    ORDER_TODAY,       /* hours and quota of a service */
    ORDER_MESSAGE,     /* on the screens */
    ORDER_EXCEPTIONAL, /* civil emergency */
    ORDER_CORRECT,     /* how a visit really ended */
    ORDER_REMARK,      /* for the report */
    ORDER_CLOSE_DAY,
    ORDER_KIND_COUNT
};

/* What each of them can do; those of one kind stand together. */
enum order_act {
    ACT_OPEN,
    ACT_CLOSE,
    ACT_HAND_OVER,
    ACT_ABANDON,
    ACT_CANCEL,
    ACT_MOVE,
    ACT_HOURS,
    ACT_QUOTA,
    ACT_SAY,
    ACT_CLEAR,
    ACT_BEGIN,
    ACT_END,
    ACT_CORRECT,
    ACT_REMARK,
    ACT_WITHDRAW,
    ACT_CLOSE_DAY,
    ORDER_ACT_COUNT
};

/* What is said with it, in the order of the dialogue's rows. */
enum order_part {
    PART_ACT,
    PART_COUNTER,
    PART_TO_COUNTER,
    PART_SERVICE,
    PART_TO_SERVICE,
    PART_TICKET,
    PART_OUTCOME,
    PART_REMARK,
    PART_TEXT,
    PART_FR,
    PART_EN,
    PART_FROM,
    PART_UNTIL,
    PART_NUMBER,
    PART_HALL,
    PART_REASON,
    ORDER_PART_COUNT
};

/* A dangerous order is asked once more, and the answer counts after this time only: who
 * pressed twice has not read the question. */
#define ORDER_READ_MS 700

/* Where PART_HALL says this hall alone, or all of them. */
enum order_hall { ORDER_HALL_OWN, ORDER_HALL_ALL, ORDER_HALL_COUNT };

struct order {
    enum order_kind kind;
    enum order_act act;
    enum order_part at; /* what the keyboard writes */
    bool is_asked;      /* the question is on the screen */
    int64_t asked_at_ms;
    uint32_t asked_people; /* named in the question: of others it is asked again */
    uint32_t remark;       /* number of the chosen one: the list may change */
    uint32_t chosen[ORDER_PART_COUNT]; /* index of the choice; SITE_NONE: none, or all */
    char typed[ORDER_PART_COUNT][DETAIL_LENGTH_MAX + 1];
};

/* Begin an order; of a counter (index in the site) that one, SITE_NONE: to be chosen. */
void order_open(struct hall_agent *agent, enum order_kind kind, uint32_t counter);

/* Whether the present act has the part, and whether it may be left out. */
bool order_has(const struct hall_agent *agent, enum order_part part);
bool order_may_lack(const struct hall_agent *agent, enum order_part part);

/* Whether the part is written, not chosen. */
bool order_is_typed(enum order_part part);

/* How many choices a part has now; 0: it is typed alone. A part that may be left out has
 * one more, the last, that says so. */
uint32_t order_choice_count(const struct hall_agent *agent, enum order_part part);

/* Whether this choice is the part's. */
bool order_is_chosen(const struct hall_agent *agent, enum order_part part,
                     uint32_t choice);

/* Say the part that the keyboard writes from now on, and choose for it. */
void order_go_to(struct hall_agent *agent, enum order_part part);
void order_choose(struct hall_agent *agent, uint32_t choice);

/* Write one UTF-8 character to the part; what it cannot hold is left out. */
void order_write(struct hall_agent *agent, const char *character);
void order_erase(struct hall_agent *agent);

/* A key or writing while the dialogue is open: whether it was for the parts. */
bool order_take_input(struct hall_agent *agent, const struct input_event *event);

/* The first part that is missing or senseless; ORDER_PART_COUNT: nothing is. */
enum order_part order_lack(const struct hall_agent *agent);

/* People whom the order ends, moves or leaves waiting. */
uint32_t order_people(const struct hall_agent *agent);

/* Press the dialogue's own button, which needs a whole order. Returns true when
 * `ret_command` (zeroed) is to be sent; else a question is asked first. */
bool order_confirm(struct hall_agent *agent, int64_t now_ms,
                   struct command_document *ret_command);

/* The acts of a kind: [first, first + count). */
enum order_act order_first_act(enum order_kind kind);
uint32_t order_act_count(enum order_kind kind);

/* The outcomes that a correction may give, by choice. */
#define ORDER_OUTCOME_COUNT 5
enum ticket_state order_outcome(uint32_t choice);

/* "counter", "line", …: for tests. */
const char *order_kind_name(enum order_kind kind);

#endif
