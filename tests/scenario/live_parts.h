/* What live_stage.c, live_wait.c and live_office.c share. */
#ifndef GUICHET_TESTS_SCENARIO_LIVE_PARTS_H
#define GUICHET_TESTS_SCENARIO_LIVE_PARTS_H

#include "live_stage.h"
#include "setting.h"

#define DEVICES_MAX     24
#define SITE_TEXT_BYTES 65536

/* The code of every agent. */
#define LIVE_CODE "4711"

struct stage {
    struct setting setting;
    struct test_office office;
    bool has_office;
    struct site site;
    char site_name[ID_LENGTH_MAX + 1]; /* of the first site file */
    struct live_hall hall;
    struct device_watch watch;
    struct test_device admin; /* also the one that watches the hall */
    size_t device_count;
    struct test_device devices[DEVICES_MAX]; /* the others, connected when first used */
    struct test_device *asker;               /* who sent the last command that is kept, */
    char asked[sizeof(((struct test_device *)NULL)->payload)]; /* its bytes, */
    char answer[REPLY_BYTES];                                  /* and its reply */
    struct reply_document *document;
    struct live_reply reply;
    uint32_t line; /* of the scenario, while something is done for it; else 0 */
    bool is_settled;
    int64_t seq;          /* of the office when it was settled last */
    int64_t drawn;        /* calls up to this one were seen drawn */
    struct visits visits; /* as they were at visits_seq */
    int64_t visits_seq;
    /* Room for a restart and for site files. */
    struct board_document board;
    char board_before[PAYLOAD_BYTES_MAX];
    char board_after[PAYLOAD_BYTES_MAX];
    char site_text[SITE_TEXT_BYTES];
};

/* Listen to the hall until it is as wanted; false when it never is. */
bool live_hall_comes_to(struct stage *stage,
                        bool (*is_there)(const struct stage *stage, const void *wanted),
                        const void *wanted);

/* Wait until the board says that the business day is closed. */
void live_wait_for_no_day(struct stage *stage);

/* Before the first time: which office will open. Later: put another configuration in
 * force, which may be refused. */
enum status live_configure(struct stage *stage, const char *name, struct error *err);

/* Go on to the moment of the step; at the first one everything starts. */
enum status live_move_to(struct stage *stage, const struct step *step, struct error *err);

/* The server is killed and started again, which nobody can see afterwards: ERR_CORRUPT
 * where the board shows it. */
enum status live_restart(struct stage *stage, struct error *err);

#endif
