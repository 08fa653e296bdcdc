/* What agents say of a service: topics, missing documents, whether all is done. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/queue.h"
#include "fixture.h"

enum { CARD = 1, CARD_LOST, EXCHANGE }; /* topics as in struct matter */
enum { ADDRESS = 1 };

static void fill_topics(struct site *site)
{
    site->topic_count = 3;
    strcpy(site->topics[0].id, "card");
    site->topics[0].services = 1U << PASSPORTS;
    strcpy(site->topics[1].id, "card-lost");
    site->topics[1].services = 1U << PASSPORTS;
    site->topics[1].under = CARD;
    strcpy(site->topics[2].id, "exchange");
    site->topics[2].services = 1U << VEHICLES;
    site->document_count = 1;
    strcpy(site->documents[0].id, "address");
    site->documents[0].services = 1U << PASSPORTS | 1U << VEHICLES;
}

/* Counter 1 serves a person of the first service; its topic is required. */
static uint32_t serve(struct fixture *f)
{
    fill_topics(&f->site);
    f->site.services[PASSPORTS].topic_rule = TOPICS_REQUIRED;
    fixture_configure(f);
    uint32_t ticket = fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1));
    fixture_wait_s(f, 60);
    assert_ok(f, fixture_press(f, VERB_START, COUNTER_1));
    return ticket;
}

static enum status note(struct fixture *f, struct matter matter)
{
    struct command command = fixture_command(VERB_NOTE);
    command.counter = COUNTER_1;
    command.matter = matter;
    return fixture_do(f, &command);
}

static void the_last_word_counts(void **state)
{
    struct fixture *f = *state;
    uint32_t ticket = serve(f);
    uint64_t hash = queue_state_hash(f->queue);
    int64_t version = queue_counter(f->queue, COUNTER_1)->version;
    assert_ok(f, note(f, (struct matter){CARD, ADDRESS, COMPLETE_NO}));
    assert_true(queue_state_hash(f->queue) != hash);
    assert_true(queue_counter(f->queue, COUNTER_1)->version > version);
    assert_ok(f, note(f, (struct matter){CARD_LOST, 0, COMPLETE_YES}));
    const struct matter *matter = &queue_ticket(f->queue, ticket)->matter;
    assert_int_equal(matter->topic, CARD_LOST);
    assert_int_equal(matter->document, 0);
    assert_int_equal(matter->completeness, COMPLETE_YES);
}

static void a_topic_belongs_to_the_service(void **state)
{
    struct fixture *f = *state;
    assert_refused(f, note(f, (struct matter){CARD, 0, COMPLETE_NOT_SAID}), "no-ticket",
                   "counter '1' has no ticket");
    (void)serve(f);
    assert_refused(f, note(f, (struct matter){EXCHANGE, 0, COMPLETE_NOT_SAID}),
                   "topic-unknown",
                   "ticket 'A001' is for a service without that topic or document");
    assert_refused(f, note(f, (struct matter){4, 0, COMPLETE_NOT_SAID}), "topic-unknown",
                   "ticket 'A001' is for a service without that topic or document");
    assert_refused(f, note(f, (struct matter){0, 2, COMPLETE_NOT_SAID}), "topic-unknown",
                   "ticket 'A001' is for a service without that topic or document");
}

static void a_required_topic_holds_the_end(void **state)
{
    struct fixture *f = *state;
    uint32_t ticket = serve(f);
    uint32_t next = fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_refused(f, fixture_press(f, VERB_FINISH, COUNTER_1), "topic-needed",
                   "ticket 'A001' ends when its topic is said");
    assert_refused(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1), "topic-needed",
                   "ticket 'A001' ends when its topic is said");
    assert_ticket(f, next, "waiting");
    assert_ok(f, note(f, (struct matter){0, ADDRESS, COMPLETE_NO}));
    assert_refused(f, fixture_press(f, VERB_FINISH, COUNTER_1), "topic-needed",
                   "ticket 'A001' ends when its topic is said");
    assert_ok(f, note(f, (struct matter){CARD, 0, COMPLETE_NOT_SAID}));
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1));
    assert_ticket(f, ticket, "served");
    assert_ticket(f, next, "called");
}

static void a_button_needs_no_topic(void **state)
{
    struct fixture *f = *state;
    uint32_t ticket = serve(f);
    assert_ok(f, fixture_press(f, VERB_PRESS, COUNTER_1));
    assert_ticket(f, ticket, "served");
}

static void who_did_not_come_has_none(void **state)
{
    struct fixture *f = *state;
    (void)serve(f);
    assert_ok(f, note(f, (struct matter){CARD, 0, COMPLETE_NOT_SAID}));
    uint32_t absent = fixture_take(f, PASSPORTS, CLASS_NONE);
    uint32_t next = fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1));
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1)); /* at once: a no-show */
    assert_ticket(f, absent, "no-show");
    assert_ticket(f, next, "called");
}

/* What was said of somebody who was called by mistake goes with the call; what was said
 * of a service stays when its end is taken back. */
static void undo_keeps_what_was_said_of_a_service(void **state)
{
    struct fixture *f = *state;
    uint32_t ticket = serve(f);
    assert_ok(f, note(f, (struct matter){CARD, 0, COMPLETE_YES}));
    uint32_t next = fixture_take(f, PASSPORTS, CLASS_NONE);
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_1));
    assert_ok(f, note(f, (struct matter){CARD_LOST, 0, COMPLETE_YES}));
    assert_ok(f, fixture_press(f, VERB_UNDO, COUNTER_1));
    assert_ticket(f, ticket, "serving");
    assert_int_equal(queue_ticket(f->queue, ticket)->matter.topic, CARD);
    assert_int_equal(queue_ticket(f->queue, next)->matter.topic, 0);
}

static void a_new_service_begins_without(void **state)
{
    struct fixture *f = *state;
    uint32_t ticket = serve(f);
    assert_ok(f, note(f, (struct matter){CARD, 0, COMPLETE_YES}));
    struct command transfer = fixture_command(VERB_TRANSFER);
    transfer.counter = COUNTER_1;
    transfer.service = VEHICLES;
    transfer.to_counter = SITE_NONE;
    assert_ok(f, fixture_do(f, &transfer));
    assert_ok(f, fixture_press(f, VERB_CALL_NEXT, COUNTER_2));
    assert_ticket(f, ticket, "called");
    assert_int_equal(queue_ticket(f->queue, ticket)->matter.topic, 0);
}

static void topics_follow_their_ids(void **state)
{
    struct fixture *f = *state;
    uint32_t ticket = serve(f);
    assert_ok(f, note(f, (struct matter){CARD_LOST, ADDRESS, COMPLETE_NO}));
    /* "card-lost" is a product now and the first; the document is gone. */
    f->site.topic_count = 1;
    f->site.topics[0] = f->site.topics[1];
    f->site.topics[0].under = 0;
    f->site.document_count = 0;
    fixture_configure(f);
    const struct matter *matter = &queue_ticket(f->queue, ticket)->matter;
    assert_int_equal(matter->topic, 1);
    assert_int_equal(matter->document, 0);
    assert_int_equal(matter->completeness, COMPLETE_NO);
}

static void a_misfit_is_told(void **state)
{
    struct fixture *f = *state;
    uint32_t ticket = serve(f);
    struct event event = {
        .kind = EVENT_MATTER_NOTED, .seq = queue_seq(f->queue) + 1, .at_ms = f->now_ms};
    event.matter = (struct event_matter){.ticket = ticket, .counter = COUNTER_2};
    struct error err;
    assert_int_equal(queue_check_event(f->queue, &event, &err), ERR_CORRUPT);
    assert_non_null(strstr(err.text, "the ticket is not at that counter"));
    event.matter.counter = COUNTER_1;
    assert_int_equal(queue_check_event(f->queue, &event, &err), OK);
    event.matter.matter.topic = EXCHANGE;
    assert_int_equal(queue_check_event(f->queue, &event, &err), ERR_CORRUPT);
    assert_non_null(strstr(err.text, "there is no such topic or document"));
}

static void an_unsound_offer_is_refused(void **state)
{
    struct fixture *f = *state;
    struct site site = f->site;
    struct error err;
    fill_topics(&site);
    assert_int_equal(site_check(&site, &err), OK);
    site.topics[0].under = CARD_LOST;
    assert_int_equal(site_check(&site, &err), ERR_INVALID);
    assert_string_equal(err.text,
                        "topic 'card' is not under a product that stands before it");
    fill_topics(&site);
    site.topics[0].under = 0;
    site.topics[1].services = 1U << VEHICLES;
    assert_int_equal(site_check(&site, &err), ERR_INVALID);
    assert_non_null(strstr(err.text, "topic 'card-lost' has no services"));
    fill_topics(&site);
    site.documents[0].services = 1U << 5;
    assert_int_equal(site_check(&site, &err), ERR_INVALID);
    assert_non_null(strstr(err.text, "document 'address' has no services, or one"));
    fill_topics(&site);
    site.topics[1].under = 0;
    for (uint32_t i = 0; i <= PRODUCTS_OFFERED_MAX; i++) {
        site.topics[i] = site.topics[0];
        site.topics[i].id[0] = (char)('a' + i);
    }
    site.topic_count = PRODUCTS_OFFERED_MAX + 1;
    assert_int_equal(site_check(&site, &err), ERR_LIMIT);
    assert_non_null(strstr(err.text, "more than 20 products or 11 documents"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_last_word_counts, fixture_setup_manned,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(a_topic_belongs_to_the_service,
                                        fixture_setup_manned, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_required_topic_holds_the_end,
                                        fixture_setup_manned, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_button_needs_no_topic, fixture_setup_manned,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(who_did_not_come_has_none, fixture_setup_manned,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(undo_keeps_what_was_said_of_a_service,
                                        fixture_setup_manned, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_new_service_begins_without,
                                        fixture_setup_manned, fixture_teardown),
        cmocka_unit_test_setup_teardown(topics_follow_their_ids, fixture_setup_manned,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(a_misfit_is_told, fixture_setup_manned,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(an_unsound_offer_is_refused, fixture_setup_manned,
                                        fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
