/* Documents that the reception missed before the wait. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/queue.h"
#include "fixture.h"

enum { ADDRESS = 1, PHOTO = 2, REPORT = 4 }; /* sets of one document each */

static void fill_documents(struct fixture *f)
{
    static const char *const ids[] = {"address", "photo", "report"};
    for (uint32_t i = 0; i < 3; i++) {
        strcpy(f->site.documents[i].id, ids[i]);
        f->site.documents[i].services = i < 2 ? 1U << PASSPORTS : 1U << VEHICLES;
    }
    f->site.document_count = 3;
    fixture_configure(f);
}

static enum status do_with(struct fixture *f, enum verb verb, uint64_t documents)
{
    struct command command = fixture_command(verb);
    command.service = PASSPORTS;
    command.documents = documents;
    return fixture_do(f, &command);
}

static void ticket_given_all_the_same_keeps_what_was_missing(void **state)
{
    struct fixture *f = *state;
    fill_documents(f);
    assert_ok(f, do_with(f, VERB_TAKE, ADDRESS | PHOTO));
    uint32_t ticket = queue_ticket_count(f->queue);
    assert_int_equal(queue_ticket(f->queue, ticket)->lacks, ADDRESS | PHOTO);
    uint64_t hash = queue_state_hash(f->queue);
    assert_ok(f, do_with(f, VERB_TAKE, 0));
    assert_int_equal(queue_ticket(f->queue, ticket + 1)->lacks, 0);
    assert_true(queue_state_hash(f->queue) != hash);
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1));
    assert_int_equal(queue_ticket(f->queue, ticket)->lacks, ADDRESS | PHOTO);
    /* Documents follow their names into another configuration. */
    strcpy(f->site.documents[0].id, "photo");
    strcpy(f->site.documents[1].id, "other");
    fixture_configure(f);
    assert_int_equal(queue_ticket(f->queue, ticket)->lacks, ADDRESS);
}

static void who_is_turned_away_gets_no_ticket(void **state)
{
    struct fixture *f = *state;
    fill_documents(f);
    int64_t seq = queue_seq(f->queue);
    assert_ok(f, do_with(f, VERB_SEND_HOME, PHOTO));
    assert_int_equal(queue_seq(f->queue), seq + 1);
    assert_int_equal(queue_ticket_count(f->queue), 0);
    assert_int_equal(do_with(f, VERB_SEND_HOME, 0), ERR_INVALID);
}

static void only_documents_of_the_service_can_be_missing(void **state)
{
    struct fixture *f = *state;
    fill_documents(f);
    assert_refused(f, do_with(f, VERB_TAKE, ADDRESS | REPORT), "document-unknown",
                   "service 'passports' does not ask for one of these documents");
    assert_int_equal(queue_ticket_count(f->queue), 0);
    assert_int_equal(do_with(f, VERB_SEND_HOME, 8), ERR_REFUSED);
}

static void events_that_do_not_fit_are_told(void **state)
{
    struct fixture *f = *state;
    struct error err = {0};
    fill_documents(f);
    struct event event = {.kind = EVENT_DOCUMENTS_LACKED,
                          .seq = queue_seq(f->queue) + 1,
                          .at_ms = f->now_ms,
                          .lacked = {.service = PASSPORTS, .documents = PHOTO}};
    assert_int_equal(queue_check_event(f->queue, &event, &err), OK);
    event.lacked.documents = REPORT;
    assert_int_equal(queue_check_event(f->queue, &event, &err), ERR_CORRUPT);
    event.lacked.documents = PHOTO;
    event.lacked.ticket = 1;
    assert_int_equal(queue_check_event(f->queue, &event, &err), ERR_CORRUPT);
}

#define DOCUMENTS_TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, fixture_setup_manned, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        DOCUMENTS_TEST(ticket_given_all_the_same_keeps_what_was_missing),
        DOCUMENTS_TEST(who_is_turned_away_gets_no_ticket),
        DOCUMENTS_TEST(only_documents_of_the_service_can_be_missing),
        DOCUMENTS_TEST(events_that_do_not_fit_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
