/* What waits where in one hall, for reception and supervisor: the document of
 * hall/<hall>/state. No personal data beyond the labels of tickets. */
#ifndef GUICHET_RUNTIME_HALL_DOCUMENT_H
#define GUICHET_RUNTIME_HALL_DOCUMENT_H

#include "runtime/documents.h"

/* Waiting tickets that one service names, and all services of a hall together: with more
 * than 12 services each names fewer, so that the largest hall stays one payload. */
#define HALL_FIRST_MAX 8
#define HALL_NAMED_MAX 96

/* Tickets that ended last, of all halls. */
#define HALL_ENDED_MAX 16

/* Remarks of the day that are named: the newest that stand. */
#define HALL_REMARKS_MAX 8

/* What is to be known of a waiting ticket that is not counted. */
enum ticket_mark { MARK_NONE, MARK_SUSPECT, MARK_TEST, MARK_COUNT };

struct hall_ticket {
    char label[LABEL_LENGTH_MAX + 1];
    char class_id[ID_LENGTH_MAX + 1];
    uint32_t waited_s;
    enum ticket_mark mark;
};

struct hall_service {
    char id[ID_LENGTH_MAX + 1];
    bool is_open;
    uint32_t waiting_count;
    uint32_t longest_wait_s; /* 0 when nobody waits */
    uint32_t given_count;    /* tickets of today */
    uint32_t quota;          /* as many it may give today; 0: no limit */
    int64_t until_ms;        /* end of its present hours; 0: it has none now */
    uint32_t first_count;
    struct hall_ticket first[HALL_FIRST_MAX]; /* in calling order */
};

struct hall_counter {
    char id[ID_LENGTH_MAX + 1];
    enum counter_state state;
    enum light light;
    char ticket[LABEL_LENGTH_MAX + 1];  /* empty: no ticket is there */
    int64_t since_ms;                   /* of the state; 0: none today */
    char reason[REASON_LENGTH_MAX + 1]; /* of a pause; may be empty */
    bool asks_help;
    uint32_t parked_count;           /* parked by it */
    uint32_t reserved_count;         /* who wait for it alone */
    uint32_t served_count;           /* visits that ended there today */
    char profile[ID_LENGTH_MAX + 1]; /* of the agent there; empty: none */
};

struct hall_ended {
    char label[LABEL_LENGTH_MAX + 1];
    enum ticket_state outcome;
    int64_t at_ms;
};

struct hall_remark {
    uint32_t number;
    char text[REASON_LENGTH_MAX + 1];
    char service[ID_LENGTH_MAX + 1]; /* empty: on all */
    int64_t from_ms;
    int64_t until_ms;
};

/* Exceptional mode. */
struct hall_exceptional {
    int64_t until_ms;                /* 0: the day is as usual */
    char service[ID_LENGTH_MAX + 1]; /* that goes first; empty: none */
};

struct hall_document {
    int64_t epoch;
    int64_t seq;
    int64_t tick;
    int64_t at_ms; /* office time, Unix epoch */
    enum clock_mode clock;
    uint32_t factor; /* office seconds per second, >= 1 */
    uint32_t day;    /* business day as yyyymmdd; 0: none is open */
    char hall[ID_LENGTH_MAX + 1];
    uint32_t suspect_count; /* tickets of bursts that wait, in all halls */
    uint32_t service_count;
    uint32_t counter_count;
    uint32_t ended_count;
    struct hall_service services[SERVICES_MAX];
    struct hall_counter counters[COUNTERS_MAX];
    struct hall_ended ended[HALL_ENDED_MAX]; /* the last one first */
    uint32_t remark_count;
    struct hall_remark remarks[HALL_REMARKS_MAX]; /* the newest first */
    struct board_message message;                 /* as on the hall's screens */
    struct hall_exceptional exceptional;
};

/* "", "suspect" or "test". */
const char *ticket_mark_name(enum ticket_mark mark);

/* Waiting tickets that each of so many services names: 1 to HALL_FIRST_MAX. */
uint32_t hall_first_max(uint32_t service_count);

#endif
