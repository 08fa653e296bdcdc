/* Bodies of events: their text and their way back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "body_bench.h"
#include "core/text.h"
#include "journal/event_body.h"

static struct body_bench bench;

static int set_up(void **state)
{
    (void)state;
    body_bench_init(&bench);
    return 0;
}

static void frame_events_have_these_bodies(void **state)
{
    (void)state;
    struct event event = {.kind = EVENT_EPOCH_STARTED, .seq = 1, .at_ms = AT_MS};
    event.epoch = INT64_C(9007199254740993);
    assert_body(&bench, &event, "{\"epoch\":9007199254740993}");
    event = (struct event){.kind = EVENT_CLOCK_SET, .seq = 2, .at_ms = AT_MS};
    event.clock.mode = CLOCK_SCALED;
    event.clock.factor = 60;
    assert_body(&bench, &event, "{\"mode\":\"scaled\",\"factor\":60}");
    event = (struct event){.kind = EVENT_DAY_OPENED, .seq = 3, .at_ms = AT_MS};
    event.date = 20261123;
    assert_body(&bench, &event, "{\"date\":\"2026-11-23\"}");
    event.kind = EVENT_DAY_CLOSED;
    assert_body(&bench, &event, "{\"date\":\"2026-11-23\"}");
    event = (struct event){.kind = EVENT_SERVICE_OPENED, .seq = 4, .at_ms = AT_MS};
    event.service = 2;
    assert_body(&bench, &event, "{\"service\":\"foreigners\"}");
    event.kind = EVENT_SERVICE_CLOSED;
    assert_body(&bench, &event, "{\"service\":\"foreigners\"}");
}

static void counter_events_have_these_bodies(void **state)
{
    (void)state;
    struct event event = {.kind = EVENT_COUNTER_OPENED, .seq = 5, .at_ms = AT_MS};
    event.counter.counter = 2;
    assert_body(&bench, &event, "{\"counter\":\"s3\"}");
    event.kind = EVENT_COUNTER_CLOSED;
    assert_body(&bench, &event, "{\"counter\":\"s3\"}");
    event.kind = EVENT_COUNTER_PAUSED;
    assert_body(&bench, &event, "{\"counter\":\"s3\",\"reason\":\"\"}");
    (void)text_copy(event.counter.reason, sizeof(event.counter.reason), "\"a\\b\" é");
    event.counter.back_at_ms = AT_MS + 60000;
    assert_body(&bench, &event,
                "{\"counter\":\"s3\",\"reason\":\"\\\"a\\\\b\\\" é\","
                "\"back_at\":\"2026-11-23T07:31:00.000Z\"}");
    event.kind = EVENT_COUNTER_PAUSE_WISHED;
    assert_body(&bench, &event,
                "{\"counter\":\"s3\",\"reason\":\"\\\"a\\\\b\\\" é\","
                "\"back_at\":\"2026-11-23T07:31:00.000Z\"}");
    event.counter = (struct event_counter){.counter = event.counter.counter};
    event.kind = EVENT_COUNTER_STAYS;
    assert_body(&bench, &event, "{\"counter\":\"s3\"}");
    event.kind = EVENT_HELP_ASKED;
    assert_body(&bench, &event, "{\"counter\":\"s3\"}");
    event.kind = EVENT_HELP_ENDED;
    assert_body(&bench, &event, "{\"counter\":\"s3\"}");
    event.kind = EVENT_COUNTER_PAUSED;
    event.counter.is_of_press = true;
    assert_body(&bench, &event, "{\"counter\":\"s3\",\"reason\":\"\",\"of_press\":true}");
    event = (struct event){.kind = EVENT_PRESS_UNDONE, .seq = 6, .at_ms = AT_MS};
    event.undone = (struct event_undone){.counter = 0, .state = COUNTER_FREE};
    assert_body(&bench, &event, "{\"counter\":\"1\",\"state\":\"free\",\"tickets\":[]}");
    event.undone.state = COUNTER_SERVING;
    event.undone.ticket = 41;
    event.undone.tickets[0] = (struct ticket_before){.ticket = 41,
                                                     .state = TICKET_SERVING,
                                                     .counter = 0,
                                                     .call_count = 2,
                                                     .start_is_imputed = true,
                                                     .called_at_ms = AT_MS - 2000,
                                                     .started_at_ms = AT_MS - 1000};
    event.undone.tickets[1] = (struct ticket_before){
        .ticket = 42, .state = TICKET_WAITING, .counter = SITE_NONE};
    assert_body(&bench, &event,
                "{\"counter\":\"1\",\"state\":\"serving\",\"ticket\":41,\"tickets\":["
                "{\"ticket\":41,\"state\":\"serving\",\"counter\":\"1\",\"calls\":2,"
                "\"called_at\":\"2026-11-23T07:29:58.000Z\","
                "\"started_at\":\"2026-11-23T07:29:59.000Z\",\"imputed\":true},"
                "{\"ticket\":42,\"state\":\"waiting\",\"calls\":0}]}");
    event.undone = (struct event_undone){.counter = 0, .turn = 161281};
    event.undone.state = COUNTER_FREE;
    assert_body(&bench, &event,
                "{\"counter\":\"1\",\"state\":\"free\",\"turn\":161281,"
                "\"tickets\":[]}");
}

static void matters_have_these_bodies(void **state)
{
    (void)state;
    strcpy(bench.site.topics[0].id, "card");
    strcpy(bench.site.documents[0].id, "address");
    bench.site.topic_count = 1;
    bench.site.document_count = 1;
    struct event event = {.kind = EVENT_MATTER_NOTED, .seq = 6, .at_ms = AT_MS};
    event.matter = (struct event_matter){.ticket = 42, .counter = 2};
    assert_body(&bench, &event, "{\"ticket\":42,\"counter\":\"s3\"}");
    event.matter.matter = (struct matter){1, 1, COMPLETE_NO};
    assert_body(&bench, &event,
                "{\"ticket\":42,\"counter\":\"s3\",\"topic\":\"card\","
                "\"missing\":\"address\",\"complete\":false}");
    event.matter.matter = (struct matter){1, 0, COMPLETE_YES};
    assert_body(&bench, &event,
                "{\"ticket\":42,\"counter\":\"s3\",\"topic\":\"card\","
                "\"complete\":true}");
}

static void supervisor_events_have_these_bodies(void **state)
{
    (void)state;
    struct event event = {.kind = EVENT_REMARK_MADE, .seq = 6, .at_ms = AT_MS};
    event.remark = (struct event_remark){.remark = 3,
                                         .service = SITE_NONE,
                                         .from_ms = AT_MS - 3600000,
                                         .until_ms = AT_MS,
                                         .text = "réseau \"coupé\""};
    assert_body(&bench, &event,
                "{\"remark\":3,\"from\":\"2026-11-23T06:30:00.000Z\","
                "\"until\":\"2026-11-23T07:30:00.000Z\","
                "\"text\":\"réseau \\\"coupé\\\"\"}");
    event.remark.service = 1;
    assert_body(&bench, &event,
                "{\"remark\":3,\"service\":\"vehicles\","
                "\"from\":\"2026-11-23T06:30:00.000Z\","
                "\"until\":\"2026-11-23T07:30:00.000Z\","
                "\"text\":\"réseau \\\"coupé\\\"\"}");
    event.kind = EVENT_REMARK_WITHDRAWN;
    event.remark = (struct event_remark){.remark = 3, .service = SITE_NONE};
    assert_body(&bench, &event, "{\"remark\":3}");
    event.kind = EVENT_TICKET_CORRECTED;
    event.corrected = (struct event_corrected){.ticket = 41,
                                               .from = TICKET_NO_SHOW,
                                               .to = TICKET_SERVED,
                                               .started_at_ms = AT_MS - 1000,
                                               .reason = "erreur"};
    assert_body(&bench, &event,
                "{\"ticket\":41,\"from\":\"no-show\",\"to\":\"served\","
                "\"started_at\":\"2026-11-23T07:29:59.000Z\",\"reason\":\"erreur\"}");
    event.corrected.to = TICKET_VOID;
    event.corrected.started_at_ms = 0;
    assert_body(&bench, &event,
                "{\"ticket\":41,\"from\":\"no-show\",\"to\":\"void\","
                "\"reason\":\"erreur\"}");
    event.kind = EVENT_LINE_SETTLED;
    event.settled = (struct event_settled){.service = SITE_NONE,
                                           .outcome = TICKET_CANCELLED,
                                           .ticket_count = 12,
                                           .reason = "panne"};
    assert_body(&bench, &event,
                "{\"outcome\":\"cancelled\",\"tickets\":12,\"reason\":\"panne\"}");
    event.settled.service = 1;
    assert_body(&bench, &event,
                "{\"outcome\":\"cancelled\",\"tickets\":12,\"service\":\"vehicles\","
                "\"reason\":\"panne\"}");
}

static void a_message_has_this_body(void **state)
{
    (void)state;
    struct event event = {.kind = EVENT_MESSAGE_SET, .seq = 6, .at_ms = AT_MS};
    event.message = (struct event_message){.hall = SITE_NONE};
    assert_body(&bench, &event, "{\"fr\":\"\",\"en\":\"\",\"all\":true}");
    event.message = (struct event_message){
        .hall = 0, .until_ms = AT_MS + 60000, .words = {{"Évacuation", "Leave"}}};
    assert_body(&bench, &event, NULL);
    assert_non_null(strstr(bench.body.bytes, "{\"fr\":\"Évacuation\",\"en\":\"Leave\","
                                             "\"all\":false,\"hall\":\""));
    assert_non_null(strstr(bench.body.bytes, "\"until\":\"2026-11-23T07:31:00.000Z\"}"));
}

static void todays_quota_and_hours_have_these_bodies(void **state)
{
    (void)state;
    struct event event = {.kind = EVENT_QUOTA_SET, .seq = 6, .at_ms = AT_MS};
    event.today = (struct event_today){.service = 1, .quota = 40};
    assert_body(&bench, &event, "{\"service\":\"vehicles\",\"tickets\":40}");
    event.kind = EVENT_HOURS_SET;
    event.today = (struct event_today){.service = 1, .until_ms = AT_MS + 60000};
    assert_body(&bench, &event,
                "{\"service\":\"vehicles\",\"until\":\"2026-11-23T07:31:00.000Z\"}");
}

static void exceptional_mode_has_these_bodies(void **state)
{
    (void)state;
    struct event event = {.kind = EVENT_EXCEPTIONAL_BEGUN, .seq = 6, .at_ms = AT_MS};
    event.exceptional =
        (struct event_exceptional){.service = SITE_NONE, .until_ms = AT_MS + 60000};
    assert_body(&bench, &event,
                "{\"fr\":\"\",\"en\":\"\",\"until\":\"2026-11-23T07:31:00.000Z\"}");
    event.exceptional.service = 1;
    event.exceptional.words = (struct site_detail){{"Crue", "Flood"}};
    assert_body(&bench, &event,
                "{\"fr\":\"Crue\",\"en\":\"Flood\","
                "\"until\":\"2026-11-23T07:31:00.000Z\",\"service\":\"vehicles\"}");
    event.kind = EVENT_EXCEPTIONAL_ENDED;
    event.exceptional = (struct event_exceptional){0};
    assert_body(&bench, &event, "{}");
}

static void a_hand_over_has_this_body(void **state)
{
    (void)state;
    struct event event = {.kind = EVENT_TICKET_HANDED_OVER, .seq = 6, .at_ms = AT_MS};
    event.handed = (struct event_handed){.ticket = 41, .counter = 2, .to = 0};
    assert_body(&bench, &event, "{\"ticket\":41,\"counter\":\"s3\",\"to\":\"1\"}");
}

static void lacked_documents_have_these_bodies(void **state)
{
    (void)state;
    strcpy(bench.site.documents[0].id, "address");
    strcpy(bench.site.documents[1].id, "photo");
    bench.site.document_count = 2;
    struct event event = {.kind = EVENT_DOCUMENTS_LACKED, .seq = 6, .at_ms = AT_MS};
    event.lacked = (struct event_lacked){.service = 1, .documents = 3};
    assert_body(&bench, &event,
                "{\"service\":\"vehicles\",\"documents\":[\"address\",\"photo\"]}");
    event.lacked.ticket = 42;
    event.lacked.documents = 2;
    assert_body(&bench, &event,
                "{\"service\":\"vehicles\",\"ticket\":42,\"documents\":[\"photo\"]}");
}

static void parts_and_pairs_have_these_bodies(void **state)
{
    (void)state;
    struct event event = {.kind = EVENT_TICKET_SPLIT, .seq = 6, .at_ms = AT_MS};
    event.split = (struct event_split){.ticket = 43,
                                       .from = 41,
                                       .service = 1,
                                       .number = 12,
                                       .taken_at_ms = AT_MS - 60000,
                                       .quantity = 2,
                                       .left = 1};
    assert_body(&bench, &event,
                "{\"ticket\":43,\"from\":41,\"service\":\"vehicles\",\"number\":12,"
                "\"quantity\":2,\"left\":1,\"taken_at\":\"2026-11-23T07:29:00.000Z\"}");
    event.split.further = 2;
    event.split.left = 0;
    assert_body(&bench, &event,
                "{\"ticket\":43,\"from\":41,\"service\":\"vehicles\",\"number\":12,"
                "\"quantity\":2,\"left\":0,\"further\":2,"
                "\"taken_at\":\"2026-11-23T07:29:00.000Z\"}");
    event.kind = EVENT_TICKETS_LINKED;
    event.pair = (struct event_pair){41, 43};
    assert_body(&bench, &event, "{\"ticket\":41,\"other\":43}");
    event.kind = EVENT_TICKETS_UNLINKED;
    assert_body(&bench, &event, "{\"ticket\":41,\"other\":43}");
}

static void kept_and_carried_tickets_have_these_bodies(void **state)
{
    (void)state;
    struct event event = {.kind = EVENT_TICKET_KEPT,
                          .seq = 6,
                          .at_ms = AT_MS,
                          .ticket = {.ticket = 42, .counter = SITE_NONE}};
    assert_body(&bench, &event, "{\"ticket\":42}");
    event = (struct event){.kind = EVENT_TICKET_CARRIED, .seq = 6, .at_ms = AT_MS};
    event.carried = (struct event_carried){.ticket = 1,
                                           .service = 1,
                                           .series = 1,
                                           .number = 12,
                                           .order_at_ms = AT_MS - 60000,
                                           .waited_ms = 1500};
    assert_body(&bench, &event,
                "{\"ticket\":1,\"service\":\"vehicles\",\"number\":12,"
                "\"class\":\"none\",\"language\":\"fr\",\"channel\":\"walk-in\","
                "\"waited_ms\":1500,\"order_at\":\"2026-11-23T07:29:00.000Z\"}");
    event.carried.series = 0;
    event.carried.quantity = 2;
    event.carried.further_count = 1;
    event.carried.further[0] = (struct further_service){0, SITE_NONE, 0};
    assert_body(&bench, &event,
                "{\"ticket\":1,\"service\":\"vehicles\",\"number\":12,"
                "\"series\":\"passports\",\"class\":\"none\",\"language\":\"fr\","
                "\"channel\":\"walk-in\",\"waited_ms\":1500,"
                "\"order_at\":\"2026-11-23T07:29:00.000Z\",\"quantity\":2,"
                "\"then\":[{\"service\":\"passports\"}]}");
}

static void turned_away_has_this_body(void **state)
{
    (void)state;
    struct event event = {.kind = EVENT_TURNED_AWAY, .seq = 6, .at_ms = AT_MS};
    event.turned = (struct event_turned){.service = 1, .reason = TURNED_FULL, .count = 7};
    assert_body(&bench, &event,
                "{\"service\":\"vehicles\",\"reason\":\"full\",\"people\":7}");
}

static void suspect_and_test_tickets_have_these_bodies(void **state)
{
    (void)state;
    struct event event = {.kind = EVENT_TICKET_TAKEN, .seq = 6, .at_ms = AT_MS};
    event.taken = (struct event_taken){
        .ticket = 42, .number = 12, .kiosk = SITE_NONE, .is_suspect = true};
    assert_body(&bench, &event,
                "{\"ticket\":42,\"service\":\"passports\",\"number\":12,"
                "\"class\":\"none\",\"language\":\"fr\",\"channel\":\"walk-in\","
                "\"quote\":{\"ahead\":0,\"open_counters\":0},\"suspect\":true}");
    event.taken.is_suspect = false;
    event.taken.is_test = true;
    assert_body(&bench, &event,
                "{\"ticket\":42,\"service\":\"passports\",\"number\":12,"
                "\"class\":\"none\",\"language\":\"fr\",\"channel\":\"walk-in\","
                "\"quote\":{\"ahead\":0,\"open_counters\":0},\"test\":true}");
    event = (struct event){.kind = EVENT_TICKET_VOIDED,
                           .seq = 6,
                           .at_ms = AT_MS,
                           .ticket = {.ticket = 42, .counter = SITE_NONE}};
    assert_body(&bench, &event, "{\"ticket\":42}");
    event.kind = EVENT_TICKET_TRUSTED;
    assert_body(&bench, &event, "{\"ticket\":42}");
}

static void ticket_events_have_these_bodies(void **state)
{
    (void)state;
    struct event event = {.kind = EVENT_TICKET_TAKEN, .seq = 7, .at_ms = AT_MS};
    event.taken = (struct event_taken){.ticket = 42,
                                       .service = 1,
                                       .number = 9999,
                                       .class_index = 1,
                                       .kiosk = 1,
                                       .language = LANGUAGE_EN,
                                       .channel = CHANNEL_WALK_IN,
                                       .quote = {true, 12, 3, 900, 800, 1200, 1500}};
    assert_body(&bench, &event,
                "{\"ticket\":42,\"service\":\"vehicles\",\"number\":9999,"
                "\"class\":\"reduced-mobility\",\"kiosk\":\"hall2\",\"language\":\"en\","
                "\"channel\":\"walk-in\",\"quote\":{\"ahead\":12,\"open_counters\":3,"
                "\"mean_s\":900,\"p50_s\":800,\"p80_s\":1200,\"p90_s\":1500}}");
    event.taken.kiosk = SITE_NONE;
    event.taken.quote = (struct quote){.ahead = 12};
    assert_body(&bench, &event,
                "{\"ticket\":42,\"service\":\"vehicles\",\"number\":9999,"
                "\"class\":\"reduced-mobility\",\"language\":\"en\",\"channel\":"
                "\"walk-in\",\"quote\":{\"ahead\":12,\"open_counters\":0}}");
    event = (struct event){.kind = EVENT_TICKET_CALLED, .seq = 8, .at_ms = AT_MS};
    event.ticket = (struct event_ticket){
        .ticket = 42, .counter = 2, .rule = CALL_CHOSEN, .overtaken = 3};
    assert_body(&bench, &event,
                "{\"ticket\":42,\"counter\":\"s3\",\"rule\":\"chosen\","
                "\"overtaken\":3,\"first_of_press\":false}");
    event.ticket = (struct event_ticket){
        .ticket = 42, .counter = 2, .rule = CALL_RATIO, .turn = 80640};
    assert_body(&bench, &event,
                "{\"ticket\":42,\"counter\":\"s3\",\"rule\":\"ratio\","
                "\"overtaken\":0,\"turn\":80640,\"first_of_press\":false}");
    event.ticket =
        (struct event_ticket){.ticket = 42, .counter = 2, .is_first_of_press = true};
    event.kind = EVENT_TICKET_RECALLED;
    assert_body(&bench, &event,
                "{\"ticket\":42,\"counter\":\"s3\",\"first_of_press\":true}");
    event.kind = EVENT_TICKET_NO_SHOW;
    assert_body(&bench, &event,
                "{\"ticket\":42,\"counter\":\"s3\",\"first_of_press\":true}");
    event.kind = EVENT_TICKET_FINISHED;
    event.ticket.is_wrapping_up = true;
    assert_body(&bench, &event,
                "{\"ticket\":42,\"counter\":\"s3\",\"wrapping_up\":true,"
                "\"first_of_press\":true}");
    event.kind = EVENT_TICKET_STARTED;
    event.ticket.started_at_ms = AT_MS - 10;
    event.ticket.start_is_imputed = true;
    assert_body(&bench, &event,
                "{\"ticket\":42,\"counter\":\"s3\",\"started_at\":"
                "\"2026-11-23T07:29:59.990Z\",\"imputed\":true,"
                "\"first_of_press\":true}");
    event.kind = EVENT_TICKET_CLOSED_AT_NIGHT;
    assert_body(&bench, &event, "{\"ticket\":42,\"counter\":\"s3\"}");
    event.ticket.counter = SITE_NONE;
    event.kind = EVENT_TICKET_CANCELLED;
    assert_body(&bench, &event, "{\"ticket\":42}");
    event.kind = EVENT_TICKET_ABANDONED;
    assert_body(&bench, &event, "{\"ticket\":42}");
    event.kind = EVENT_TICKET_READMITTED;
    assert_body(&bench, &event, "{\"ticket\":42}");
    event.kind = EVENT_TICKET_PRINTED;
    event.ticket.print = PRINT_FAILED;
    event.ticket.is_copy = true;
    assert_body(&bench, &event, "{\"ticket\":42,\"result\":\"failed\",\"copy\":true}");
}

static void a_transfer_has_this_body(void **state)
{
    (void)state;
    struct event event = {.kind = EVENT_TICKET_TRANSFERRED, .seq = 9, .at_ms = AT_MS};
    event.transfer = (struct event_transfer){.ticket = 42,
                                             .counter = 2,
                                             .for_counter = 2,
                                             .is_parked = true,
                                             .due_at_ms = AT_MS,
                                             .reason = "Photo",
                                             .further_count = 1,
                                             .further = {{0, 2}}};
    assert_body(&bench, &event,
                "{\"ticket\":42,\"counter\":\"s3\",\"service\":\"passports\","
                "\"for_counter\":\"s3\",\"parked\":true,\"due_at\":"
                "\"2026-11-23T07:30:00.000Z\",\"reason\":\"Photo\",\"then\":["
                "{\"service\":\"passports\",\"counter\":\"s3\"}],"
                "\"wrapping_up\":false,\"first_of_press\":false}");
}

static void contacts_have_this_body(void **state)
{
    (void)state;
    struct event event = {.kind = EVENT_CONTACT_RECORDED, .seq = 9, .at_ms = AT_MS};
    event.contact = (struct event_contact){.service = 0,
                                           .channel = CHANNEL_LETTER,
                                           .received_at_ms = AT_MS - 1000,
                                           .outcome = TICKET_SERVED};
    assert_body(&bench, &event,
                "{\"service\":\"passports\",\"channel\":\"letter\",\"outcome\":"
                "\"served\",\"received_at\":\"2026-11-23T07:29:59.000Z\"}");
    assert_int_equal(event_taken_at_ms(&event), AT_MS - 1000);
    event.contact.answered_at_ms = AT_MS - 500;
    event.contact.ended_at_ms = AT_MS;
    assert_body(&bench, &event,
                "{\"service\":\"passports\",\"channel\":\"letter\",\"outcome\":"
                "\"served\",\"received_at\":\"2026-11-23T07:29:59.000Z\","
                "\"answered_at\":\"2026-11-23T07:29:59.500Z\","
                "\"ended_at\":\"2026-11-23T07:30:00.000Z\"}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(frame_events_have_these_bodies, set_up),
        cmocka_unit_test_setup(counter_events_have_these_bodies, set_up),
        cmocka_unit_test_setup(matters_have_these_bodies, set_up),
        cmocka_unit_test_setup(lacked_documents_have_these_bodies, set_up),
        cmocka_unit_test_setup(parts_and_pairs_have_these_bodies, set_up),
        cmocka_unit_test_setup(kept_and_carried_tickets_have_these_bodies, set_up),
        cmocka_unit_test_setup(turned_away_has_this_body, set_up),
        cmocka_unit_test_setup(suspect_and_test_tickets_have_these_bodies, set_up),
        cmocka_unit_test_setup(ticket_events_have_these_bodies, set_up),
        cmocka_unit_test_setup(supervisor_events_have_these_bodies, set_up),
        cmocka_unit_test_setup(a_message_has_this_body, set_up),
        cmocka_unit_test_setup(a_hand_over_has_this_body, set_up),
        cmocka_unit_test_setup(exceptional_mode_has_these_bodies, set_up),
        cmocka_unit_test_setup(todays_quota_and_hours_have_these_bodies, set_up),
        cmocka_unit_test_setup(a_transfer_has_this_body, set_up),
        cmocka_unit_test_setup(contacts_have_this_body, set_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
