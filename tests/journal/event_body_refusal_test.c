/* What is not the body of an event: refused in one sentence, when writing and reading. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
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

static void times_that_cannot_be_written_are_refused(void **state)
{
    (void)state;
    struct error err;
    struct event event = {.kind = EVENT_COUNTER_PAUSED, .seq = 11, .at_ms = AT_MS};
    event.counter.back_at_ms = -1;
    assert_int_equal(event_body_encode(&event, &bench.site, &bench.body, &err),
                     ERR_INVALID);
    assert_string_equal(
        err.text, "event 11 (counter-paused): a time is not of the years 1970 to 9999");
}

static void texts_that_are_not_utf_8_are_refused(void **state)
{
    (void)state;
    struct error err;
    struct event event = {.kind = EVENT_COUNTER_PAUSED, .seq = 11, .at_ms = AT_MS};
    event.counter.reason[0] = (char)0xC3;
    assert_int_equal(event_body_encode(&event, &bench.site, &bench.body, &err),
                     ERR_INVALID);
    assert_string_equal(err.text, "event 11 (counter-paused): a text is not UTF-8");
}

static void a_body_without_room_is_refused(void **state)
{
    (void)state;
    struct error err;
    char small[16];
    struct text text;
    text_init(&text, small, sizeof(small));
    struct event event = {.kind = EVENT_DAY_OPENED, .seq = 11, .at_ms = AT_MS};
    event.date = 20261123;
    assert_int_equal(event_body_encode(&event, &bench.site, &text, &err), ERR_LIMIT);
    assert_string_equal(err.text, "event 11 (day-opened): its body is too long");
}

/* A row as it might stand in a damaged or newer journal. */
static void assert_not_read(const struct event_row *row, const char *sentence)
{
    struct error err;
    struct event read = {.seq = -5};
    assert_int_equal(event_body_decode(row, &bench.site, &bench.site_read, &read, &err),
                     ERR_CORRUPT);
    assert_string_equal(err.text, sentence);
    assert_int_equal(read.seq, -5);
}

static void what_is_not_a_body_is_refused_with_seq_and_field(void **state)
{
    (void)state;
    static const struct {
        const char *kind;
        const char *body;
        const char *sentence;
    } cases[] = {
        {"ticket-eaten", "{}", "event 7 has the unknown kind 'ticket-eaten'"},
        {"day-opened", "{}", "event 7 (day-opened): 'date' is missing"},
        {"day-opened", "[]", "event 7 (day-opened): not a JSON object"},
        {"day-opened", "{\"date\":\"2026-02-30\"}",
         "event 7 (day-opened): 'date' is not a date like 2026-11-23"},
        {"day-opened", "{\"date\":20261123}",
         "event 7 (day-opened): 'date' is not a text"},
        {"day-opened", "{\"date\":\"2026-11-23\",\"mood\":1}",
         "event 7 (day-opened): 'mood' is not a field of it"},
        {"epoch-started", "{\"epoch\":0}",
         "event 7 (epoch-started): 'epoch' is not a whole number of 1 to "
         "9223372036854775807"},
        {"epoch-started", "{\"epoch\":1.0}",
         "event 7 (epoch-started): 'epoch' is not a whole number of 1 to "
         "9223372036854775807"},
        {"clock-set", "{\"mode\":\"sundial\",\"factor\":1}",
         "event 7 (clock-set): 'mode' has an unknown value"},
        {"service-opened", "{\"service\":\"fishing\"}",
         "event 7 (service-opened): the site has no service 'fishing'"},
        {"counter-opened", "{\"counter\":\"9\"}",
         "event 7 (counter-opened): the site has no counter '9'"},
        {"ticket-abandoned", "{\"ticket\":0}",
         "event 7 (ticket-abandoned): 'ticket' is not a whole number of 1 to 65536"},
        {"ticket-started",
         "{\"ticket\":1,\"counter\":\"1\",\"started_at\":\"2026-11-23T07:30:00.000Z\","
         "\"imputed\":0,\"first_of_press\":true}",
         "event 7 (ticket-started): 'imputed' is neither true nor false"},
        {"ticket-started",
         "{\"ticket\":1,\"counter\":\"1\",\"started_at\":\"2026-11-23T07:29:00.000Z\","
         "\"imputed\":true,\"first_of_press\":true}",
         "event 7 (ticket-started): its times do not belong together"},
        {"press-undone", "{\"counter\":\"1\",\"state\":\"free\",\"tickets\":[{}]}",
         "event 7 (press-undone): ticket 1: 'ticket' is missing"},
        {"press-undone", "{\"counter\":\"1\",\"state\":\"free\",\"tickets\":[1,2,3]}",
         "event 7 (press-undone): 'tickets' is not a list of at most 2"},
        {"counter-paused", "{\"counter\":\"1\",\"reason\":\"a\\u0007\"}",
         "event 7 (counter-paused): 'reason' has control characters"},
        {"site-configured", "{\"id\":\"x\"}",
         "event 7 (site-configured): 'name' is missing"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const struct event_row row = {.seq = 7,
                                      .at_ms = AT_MS,
                                      .taken_at_ms = AT_MS,
                                      .kind = cases[i].kind,
                                      .version = 1,
                                      .body = cases[i].body,
                                      .body_length = strlen(cases[i].body)};
        assert_not_read(&row, cases[i].sentence);
    }
}

static void a_newer_version_is_refused(void **state)
{
    (void)state;
    const struct event_row row = {.seq = 7,
                                  .at_ms = AT_MS,
                                  .taken_at_ms = AT_MS,
                                  .kind = "day-opened",
                                  .version = 2,
                                  .body = "{}",
                                  .body_length = 2};
    assert_not_read(&row, "event 7 (day-opened): this program does not read version 2 of "
                          "its body");
}

static void an_event_with_ids_needs_a_site(void **state)
{
    (void)state;
    struct error err;
    struct event read;
    const char *text = "{\"service\":\"passports\"}";
    const struct event_row row = {.seq = 7,
                                  .at_ms = AT_MS,
                                  .taken_at_ms = AT_MS,
                                  .kind = "service-opened",
                                  .version = 1,
                                  .body = text,
                                  .body_length = strlen(text)};
    assert_int_equal(event_body_decode(&row, NULL, &bench.site_read, &read, &err),
                     ERR_CORRUPT);
    assert_string_equal(err.text,
                        "event 7 (service-opened): the site has no service 'passports'");
}

/* Change a few bytes, cut or repeat a part: what damaged bodies look like. */
static size_t mutate(char *bytes, size_t length, size_t capacity, uint64_t *seed)
{
    static const char alphabet[] = "{}[]\",:0123456789-etfnul\\ \x01\xC3\xFF";
    uint32_t changes = 1 + support_random(seed, 4);
    for (uint32_t i = 0; i < changes && length > 0; i++) {
        size_t at = support_random(seed, (uint32_t)length);
        uint32_t way = support_random(seed, 4);
        if (way == 0) {
            bytes[at] = (char)support_random(seed, 256);
        } else if (way == 1) {
            bytes[at] = alphabet[support_random(seed, sizeof(alphabet) - 1)];
        } else if (way == 2) {
            size_t cut = 1 + support_random(seed, 8);
            cut = cut > length - at ? length - at : cut;
            memmove(bytes + at, bytes + at + cut, length - at - cut);
            length -= cut;
        } else if (length + 8 <= capacity) {
            memmove(bytes + at + 8, bytes + at, length - at);
            length += 8;
        }
    }
    return length;
}

static void assert_one_sentence(const struct error *err)
{
    assert_int_equal(err->status, ERR_CORRUPT);
    assert_true(strlen(err->text) > 10);
    assert_null(strchr(err->text, '\n'));
    assert_int_equal(strncmp(err->text, "event 7", 7), 0);
}

/* Decode a copy of the exact size, so that reading beyond its end is noticed; what is
 * read can be written. Whether it was refused, which takes one sentence. */
static bool is_refused(const char *kind, const char *bytes, size_t length)
{
    struct error err;
    struct event read;
    char *exact = malloc(length + 1);
    assert_non_null(exact);
    memmove(exact, bytes, length);
    exact[length] = '\0';
    const struct event_row row = {.seq = 7,
                                  .at_ms = AT_MS,
                                  .taken_at_ms = AT_MS,
                                  .kind = kind,
                                  .version = 1,
                                  .body = exact,
                                  .body_length = length};
    bool refuses =
        event_body_decode(&row, &bench.site, &bench.site_read, &read, &err) != OK;
    if (refuses) {
        assert_one_sentence(&err);
    } else {
        static char again[1 << 16];
        struct text text;
        text_init(&text, again, sizeof(again));
        assert_ok(&err, event_body_encode(&read, &bench.site, &text, &err));
    }
    free(exact);
    return refuses;
}

/* Bodies to start from; the site's is written by the test. */
static const struct {
    const char *kind;
    const char *body;
} originals[] = {
    {"ticket-taken",
     "{\"ticket\":42,\"service\":\"vehicles\",\"number\":9999,\"class\":\"none\","
     "\"kiosk\":\"hall2\",\"language\":\"en\",\"channel\":\"walk-in\",\"quote\":{"
     "\"ahead\":12,\"open_counters\":3,\"mean_s\":900,\"p50_s\":800,\"p80_s\":1200,"
     "\"p90_s\":1500}}"},
    {"press-undone",
     "{\"counter\":\"1\",\"state\":\"serving\",\"ticket\":41,\"tickets\":[{\"ticket\":"
     "41,\"state\":\"serving\",\"counter\":\"1\",\"calls\":2,\"called_at\":"
     "\"2026-11-23T07:29:58.000Z\",\"started_at\":\"2026-11-23T07:29:59.000Z\","
     "\"imputed\":true},{\"ticket\":42,\"state\":\"waiting\",\"calls\":0}]}"},
    {"contact-recorded",
     "{\"service\":\"passports\",\"channel\":\"letter\",\"outcome\":\"served\","
     "\"received_at\":\"2026-11-23T07:30:00.000Z\"}"},
    {"counter-paused", "{\"counter\":\"s3\",\"reason\":\"caf\xC3\xA9\",\"back_at\":"
                       "\"2026-11-23T07:31:00.000Z\"}"},
    {"ticket-transferred",
     "{\"ticket\":42,\"counter\":\"s3\",\"service\":\"vehicles\",\"for_counter\":\"1\","
     "\"parked\":true,\"due_at\":\"2026-11-23T08:00:00.000Z\",\"reason\":\"Photo\","
     "\"then\":[{\"service\":\"passports\",\"counter\":\"s3\"},{\"service\":"
     "\"vehicles\"}],\"wrapping_up\":false,\"first_of_press\":true}"},
    {"ticket-requalified", "{\"ticket\":42,\"service\":\"vehicles\",\"class\":\"none\"}"},
    {"ticket-resumed", "{\"ticket\":42,\"counter\":\"1\"}"},
    {"press-undone",
     "{\"counter\":\"1\",\"state\":\"serving\",\"ticket\":41,\"tickets\":[{\"ticket\":"
     "41,\"state\":\"serving\",\"counter\":\"1\",\"calls\":1,\"service\":\"vehicles\","
     "\"leg\":1,\"requested_at\":\"2026-11-23T07:29:58.000Z\",\"for_counter\":\"1\","
     "\"then\":[{\"service\":\"passports\"}]}]}"},
    {"site-configured", NULL},
};

static void mutated_bodies_give_a_sentence_or_a_sound_event(void **state)
{
    (void)state;
    struct event event = {.kind = EVENT_SITE_CONFIGURED, .seq = 7, .at_ms = AT_MS};
    struct error err;
    event.site = &bench.site;
    assert_ok(&err, event_body_encode(&event, &bench.site, &bench.body, &err));
    static char mutant[1 << 16];
    uint64_t seed = OFFICE_DATE;
    uint32_t refused_count = 0;
    for (uint32_t round = 0; round < 20000; round++) {
        size_t pick = support_random(&seed, sizeof(originals) / sizeof(originals[0]));
        const char *from = originals[pick].body ? originals[pick].body : bench.body.bytes;
        assert_true(text_copy(mutant, sizeof(mutant) - 64, from));
        size_t length = mutate(mutant, strlen(from), sizeof(mutant), &seed);
        refused_count += is_refused(originals[pick].kind, mutant, length) ? 1 : 0;
    }
    assert_true(refused_count > 10000);
    assert_true(refused_count < 20000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(times_that_cannot_be_written_are_refused, set_up),
        cmocka_unit_test_setup(texts_that_are_not_utf_8_are_refused, set_up),
        cmocka_unit_test_setup(a_body_without_room_is_refused, set_up),
        cmocka_unit_test_setup(what_is_not_a_body_is_refused_with_seq_and_field, set_up),
        cmocka_unit_test_setup(a_newer_version_is_refused, set_up),
        cmocka_unit_test_setup(an_event_with_ids_needs_a_site, set_up),
        cmocka_unit_test_setup(mutated_bodies_give_a_sentence_or_a_sound_event, set_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
