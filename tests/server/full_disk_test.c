/* A journal that has no more room: what was answered is in it, the rest is told so. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "office_support.h"

/* Files end here: a few hundred tickets. */
#define FILE_BYTES_MAX (3L * 1024 * 1024)
#define TICKETS_MAX    5000

static const char site_text[] =
    "[site]\nid = prefecture\nname.fr = Préfecture\ntime_zone = Europe/Paris\n"
    "[hall main]\nname.fr = Accueil\n"
    "[service permis]\nletter = A\ncolor = #7a3b0a\nname.fr = Permis\n"
    "[counter 1]\nname.fr = Guichet 1\nhall = main\nservices = permis\n"
    "[kiosk hall1]\nhall = main\n";

static int tickets_in_journal(const struct test_office *office)
{
    const char *const words[] = {"/usr/bin/sqlite3", office->journal_path,
                                 "SELECT count(*) FROM event WHERE kind = 'ticket-taken'",
                                 NULL};
    struct program_result result = program_run(words);
    assert_int_equal(result.exit_status, 0);
    return (int)strtol(result.output, NULL, 10);
}

static void what_was_answered_is_in_the_journal_when_the_disk_is_full(void **state)
{
    struct test_office *office = *state;
    static struct test_device kiosk;
    office->file_bytes_max = FILE_BYTES_MAX;
    office_start(office, site_text);
    device_open(&kiosk, office, "kiosk", "hall1");
    int answered = 0;
    bool was_refused = false;
    while (!was_refused && answered < TICKETS_MAX) {
        device_do(&kiosk, "take", "\"service\":\"permis\",\"language\":\"fr\"");
        was_refused = device_was_told(&kiosk, "\"ok\":false");
        answered += was_refused ? 0 : 1;
    }
    assert_true(was_refused);
    device_must_be_told(&kiosk, "\"code\":\"unavailable\"");
    /* The server goes on: it still answers, and what it says is still true. */
    for (int i = 0; i < 5; i++) {
        device_do(&kiosk, "take", "\"service\":\"permis\",\"language\":\"fr\"");
        answered += device_was_told(&kiosk, "\"ok\":true") ? 1 : 0;
    }
    device_close(&kiosk);
    office_kill(office);
    assert_int_equal(tickets_in_journal(office), answered);
    print_message("%d tickets answered and journalled before the disk was full\n",
                  answered);
}

/* After a failure, too, nothing runs on. */
static int abandon(void **state)
{
    office_abandon(*state);
    return 0;
}

int main(void)
{
    (void)mosquitto_lib_init(); /* always succeeds here */
    static struct test_office office;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate_setup_teardown(
            what_was_answered_is_in_the_journal_when_the_disk_is_full, NULL, abandon,
            &office),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
