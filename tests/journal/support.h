/* An office for tests of the journal: a site with every kind of thing, a queue and a
 * journal that are driven together as the server does it, and days made from a seed. */
#ifndef GUICHET_TESTS_JOURNAL_SUPPORT_H
#define GUICHET_TESTS_JOURNAL_SUPPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/queue.h"
#include "journal/journal.h"

/* 2026-11-23 07:30 UTC, a Monday. */
#define OFFICE_START_MS INT64_C(1795419000000)
#define OFFICE_DATE     20261123U

struct office {
    char folder[64]; /* its own, below $TMPDIR or /tmp */
    char path[96];   /* of the journal */
    struct site site;
    struct queue *queue;
    struct journal *journal;
    int64_t now_ms;
    uint64_t seed;
    uint32_t command_count; /* commands that were accepted */
    struct error err;
};

/* Fill in a site of 3 services, 4 counters, 3 classes, 2 halls and all devices, with
 * texts that need escapes. */
void support_site(struct site *ret_site);

/* The next number of a series that the seed determines (xorshift64*), below `bound`. */
uint32_t support_random(uint64_t *seed, uint32_t bound);

/* A fresh folder with an open, empty journal and an empty queue. */
void office_begin(struct office *office);

/* Close everything and delete the folder. */
void office_end(struct office *office);

/* Path of another file in the office's folder, until the next call. */
const char *office_path_of(const struct office *office, const char *name);

/* Whether an answer to the command is stored, and which. */
enum journal_answer office_find_answer(struct office *office,
                                       const struct journal_command *command,
                                       const char **ret_reply);

/* The same for cmocka, where the test's state is the office. */
int office_setup(void **state);
int office_teardown(void **state);
#define OFFICE_TEST(function, office)                                                    \
    cmocka_unit_test_prestate_setup_teardown(function, office_setup, office_teardown,    \
                                             office)

/* Close the journal and open it again; the queue stays. */
void office_reopen(struct office *office);

/* A command with nothing in it: no counter, no kiosk, any version. */
struct command office_command(enum verb verb);

/* Decide, apply and append a command inside a transaction that is already begun. Fails
 * the test unless it is accepted or refused; returns which. */
enum status office_do(struct office *office, const struct command *command);

/* The same in a transaction of its own, which must be accepted. */
void office_commit(struct office *office, const struct command *command);

/* Epoch, clock, site, day and services: ready for tickets. */
void office_open(struct office *office, uint32_t date);

/* One random command of those a day brings, at a time that went on a little. */
void office_random_step(struct office *office);

/* A day from its opening to its closing with `step_count` random commands, committed in
 * groups. */
void office_random_day(struct office *office, uint32_t date, uint32_t step_count);

/* Close the running day, in as many steps as it takes. */
void office_close_day(struct office *office);

/* Run statements on the file with a connection of one's own that checks nothing: how a
 * stranger would change it. */
void support_tamper(const char *path, const char *sql);

/* The first column of the first row as a whole number. */
int64_t support_number(const char *path, const char *sql);

/* Fails the test with the sentence when the call did. */
#define assert_ok(err_, call)                                                            \
    do {                                                                                 \
        enum status assert_ok_status = (call);                                           \
        if (assert_ok_status != OK) {                                                    \
            print_error("%s\n", (err_)->text);                                           \
        }                                                                                \
        assert_int_equal(assert_ok_status, OK);                                          \
    } while (0)

#endif
