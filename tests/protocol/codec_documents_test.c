/* Documents there and back, damaged documents, and limits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "runtime/codec_board.h"
#include "runtime/codec_config.h"
#include "runtime/codec_counter.h"
#include "runtime/codec_presence.h"
#include "runtime/codec_reply.h"
#include "samples.h"

static char *new_buffer(void)
{
    char *buffer = calloc(1, PAYLOAD_BYTES_MAX);
    assert_non_null(buffer);
    return buffer;
}

static void *zeroed(size_t size)
{
    void *memory = calloc(1, size);
    assert_non_null(memory);
    return memory;
}

static void board_comes_back_as_it_was(void **state)
{
    (void)state;
    void (*const fills[])(struct board_document *) = {sample_board, sample_board_largest};
    char *buffer = new_buffer();
    for (size_t i = 0; i < 2; i++) {
        struct board_document *board = zeroed(sizeof(*board));
        struct board_document *copy = zeroed(sizeof(*copy));
        size_t length = 0;
        struct error err = {.status = OK};
        fills[i](board);
        assert_int_equal(board_encode(board, buffer, PAYLOAD_BYTES_MAX, &length, &err),
                         OK);
        assert_int_equal(board_decode(buffer, length, copy, &err), OK);
        assert_memory_equal(board, copy, sizeof(*board));
        free(board);
        free(copy);
    }
    free(buffer);
}

static void board_that_does_not_fit_is_refused_whole(void **state)
{
    (void)state;
    struct board_document *board = zeroed(sizeof(*board));
    char *buffer = new_buffer();
    size_t length = 7;
    struct error err = {.status = OK};
    sample_board_largest(board);
    assert_int_equal(board_encode(board, buffer, 50000, &length, &err), ERR_LIMIT);
    assert_string_equal(err.text, "the board does not fit 50000 bytes");
    assert_int_equal(length, 7);
    free(buffer);
    free(board);
}

static void counter_comes_back_as_it_was(void **state)
{
    (void)state;
    char *buffer = new_buffer();
    for (int i = 0; i < 3; i++) {
        struct counter_document counter;
        struct counter_document copy;
        memset(&counter, 0, sizeof(counter));
        memset(&copy, 0, sizeof(copy));
        size_t length = 0;
        sample_counter_largest(&counter);
        if (i == 1) {
            memset(&counter.ticket, 0, sizeof(counter.ticket));
            counter.has_ticket = false;
            counter.since_ms = 0;
        } else if (i == 2) {
            memset(&counter.next, 0, sizeof(counter.next));
            counter.has_next = false;
            counter.today.has_share = false;
            counter.today.share_percent = 0;
        }
        assert_int_equal(
            counter_encode(&counter, buffer, PAYLOAD_BYTES_MAX, &length, NULL), OK);
        assert_int_equal(counter_decode(buffer, length, &copy, NULL), OK);
        assert_string_equal(copy.reason, counter.reason);
        assert_int_equal(copy.version, counter.version);
        assert_int_equal(copy.has_ticket, counter.has_ticket);
        assert_int_equal(copy.has_next, counter.has_next);
        assert_int_equal(copy.ticket.started_at_ms, counter.ticket.started_at_ms);
        assert_int_equal(copy.queue_count, SERVICES_MAX);
        assert_memory_equal(copy.queues, counter.queues, sizeof(copy.queues));
        assert_int_equal(copy.today.share_percent, counter.today.share_percent);
    }
    free(buffer);
}

static void service_comes_back_with_each_kind_of_wait(void **state)
{
    (void)state;
    static const struct wait_range waits[] = {
        {.is_given = false},
        {.is_given = true, .low_min = 0, .high_min = 5},
        {.is_given = true, .low_min = 15, .high_min = 25},
        {.is_given = true, .is_open_ended = true, .low_min = 120},
    };
    for (size_t i = 0; i < sizeof(waits) / sizeof(waits[0]); i++) {
        struct service_document service;
        struct service_document copy;
        char buffer[512];
        size_t length = 0;
        memset(&service, 0, sizeof(service));
        sample_service(&service);
        service.wait = waits[i];
        service.opens_at_ms = (int64_t)i * 1000;
        assert_int_equal(service_encode(&service, buffer, sizeof(buffer), &length, NULL),
                         OK);
        assert_int_equal(service_decode(buffer, length, &copy, NULL), OK);
        assert_int_equal(copy.wait.is_given, waits[i].is_given);
        assert_int_equal(copy.wait.is_open_ended, waits[i].is_open_ended);
        assert_int_equal(copy.wait.low_min, waits[i].low_min);
        assert_int_equal(copy.wait.high_min, waits[i].high_min);
        assert_int_equal(copy.opens_at_ms, service.opens_at_ms);
        assert_int_equal(copy.open_counters, 3);
    }
}

static void published_part_of_a_site_comes_back(void **state)
{
    (void)state;
    struct site *site = zeroed(sizeof(*site));
    struct site *copy = zeroed(sizeof(*copy));
    char *buffer = new_buffer();
    size_t length = 0;
    int64_t epoch = 0;
    struct error err = {.status = OK};
    sample_site(site, 20, 60);
    site->call_chosen = true;
    site->no_show_within_s = 15;
    assert_int_equal(config_encode(9, site, buffer, PAYLOAD_BYTES_MAX, &length, &err),
                     OK);
    assert_int_equal(config_decode(buffer, length, &epoch, copy, &err), OK);
    assert_int_equal(epoch, 9);
    /* What devices do not get is neutral. */
    for (uint32_t i = 0; i < site->service_count; i++) {
        site->services[i].typical_service_s = 0;
    }
    assert_memory_equal(site->services, copy->services, sizeof(site->services));
    assert_memory_equal(site->counters, copy->counters, sizeof(site->counters));
    assert_memory_equal(site->halls, copy->halls, sizeof(site->halls));
    assert_memory_equal(site->classes, copy->classes, sizeof(site->classes));
    assert_memory_equal(site->buttons, copy->buttons, sizeof(site->buttons));
    assert_string_equal(site->notice.in[LANGUAGE_EN], copy->notice.in[LANGUAGE_EN]);
    assert_string_equal(site->slip_note.in[LANGUAGE_EN], copy->slip_note.in[LANGUAGE_EN]);
    assert_true(copy->call_chosen);
    assert_int_equal(site->service_count, copy->service_count);
    free(buffer);
    free(copy);
    free(site);
}

static void replies_come_back_as_they_were(void **state)
{
    (void)state;
    struct reply_document *reply = zeroed(sizeof(*reply));
    struct reply_document *copy = zeroed(sizeof(*copy));
    char *buffer = new_buffer();
    size_t length = 0;
    *reply = (struct reply_document){
        .id = "01930000-0000-7000-8000-000000000001",
        .is_ok = true,
        .at_ms = 1795426930000,
        .has_ticket = true,
        .ticket = {.label = "A042",
                   .service = "a",
                   .class_id = "none",
                   .language = LANGUAGE_EN,
                   .taken_at_ms = 1795426930000,
                   .ahead = 12,
                   .wait = {.is_given = true, .low_min = 15, .high_min = 25}},
        .has_counter = true,
    };
    sample_counter(&reply->counter);
    assert_int_equal(reply_encode(reply, buffer, PAYLOAD_BYTES_MAX, &length, NULL), OK);
    assert_int_equal(reply_decode(buffer, length, copy, NULL), OK);
    assert_string_equal(copy->id, reply->id);
    assert_int_equal(copy->ticket.ahead, 12);
    assert_int_equal(copy->ticket.language, LANGUAGE_EN);
    assert_int_equal(copy->counter.today.in_standard_count, 26);
    struct server_status *status = zeroed(sizeof(*status));
    assert_int_equal(server_status_decode(buffer, length, status, NULL), ERR_NOT_FOUND);
    free(status);

    *reply = (struct reply_document){.at_ms = 1,
                                     .code = "ticket-state",
                                     .sentence = "ticket 'A042' is \"gone\"",
                                     .subject = {.ticket = "A042", .state = "served"}};
    assert_int_equal(reply_encode(reply, buffer, PAYLOAD_BYTES_MAX, &length, NULL), OK);
    assert_int_equal(reply_decode(buffer, length, copy, NULL), OK);
    assert_string_equal(copy->id, "");
    assert_false(copy->is_ok);
    assert_string_equal(copy->sentence, "ticket 'A042' is \"gone\"");
    assert_string_equal(copy->subject.ticket, "A042");
    assert_string_equal(copy->subject.counter, "");
    free(buffer);
    free(copy);
    free(reply);
}

static void server_status_comes_back_as_it_was(void **state)
{
    (void)state;
    struct server_status *status = zeroed(sizeof(*status));
    struct server_status *copy = zeroed(sizeof(*copy));
    char *buffer = new_buffer();
    size_t length = 0;
    struct reply_document *reply = zeroed(sizeof(*reply));
    reply->is_ok = true;
    reply->at_ms = 1;
    reply->status = status;
    sample_server_status_largest(status);
    status->devices[0].age_ms = -1;
    assert_int_equal(reply_encode(reply, buffer, PAYLOAD_BYTES_MAX, &length, NULL), OK);
    assert_int_equal(server_status_decode(buffer, length, copy, NULL), OK);
    assert_memory_equal(status, copy, sizeof(*status));
    free(reply);
    free(buffer);
    free(copy);
    free(status);
}

static void status_and_shown_come_back(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < PRINTER_HEALTH_COUNT; i++) {
        struct status_document status = {.is_online = true,
                                         .birth = 7,
                                         .version = "0.1.0",
                                         .has_printer = true,
                                         .printer = (enum printer_health)i,
                                         .paper =
                                             (enum paper_level)(i % PAPER_LEVEL_COUNT)};
        struct status_document copy = {.is_online = false};
        char buffer[200];
        size_t length = 0;
        assert_int_equal(status_encode(&status, buffer, sizeof(buffer), &length, NULL),
                         OK);
        assert_int_equal(status_decode(buffer, length, &copy, NULL), OK);
        assert_int_equal(copy.printer, status.printer);
        assert_int_equal(copy.paper, status.paper);
        assert_int_equal(copy.birth, 7);
    }
    struct status_document will = {.is_online = true};
    assert_int_equal(status_decode("{\"online\":false}", 16, &will, NULL), OK);
    assert_false(will.is_online);
    struct shown_document shown = {.call = 1};
    const char *text = "{\"call\":1042,\"epoch\":3,\"drawn\":true,\"sounded\":false}";
    assert_int_equal(shown_decode(text, strlen(text), &shown, NULL), OK);
    assert_int_equal(shown.call, 1042);
    assert_true(shown.is_drawn);
    assert_false(shown.is_sounded);
}

/* Payloads of a board that are refused, each for one reason. */
static void fault_of_a_board_names_its_place(void **state)
{
    (void)state;
#define BOARD_HEAD                                                                       \
    "{\"epoch\":1,\"seq\":1,\"tick\":1,\"at\":\"2026-11-23T09:42:10.000Z\","             \
    "\"clock\":\"real\",\"factor\":1,\"day\":null,\"hall\":\"main\",\"calls\":[],"
    static const struct {
        const char *text;
        const char *sentence;
    } faults[] = {
        {"[]", "not a JSON object"},
        {BOARD_HEAD "\"counters\":[]}", "field 'services' is missing"},
        {BOARD_HEAD "\"counters\":[{\"id\":\"1\",\"state\":\"frei\",\"light\":\"off\","
                    "\"ticket\":null,\"reason\":\"\",\"back_at\":null}],\"services\":[]}",
         "'counters[0]': field 'state': there is no such value as 'frei'"},
        {BOARD_HEAD "\"counters\":[7],\"services\":[]}",
         "field 'counters': element 0 is not an object"},
        {BOARD_HEAD "\"counters\":[],\"services\":[{\"id\":\"a\",\"open\":true,"
                    "\"waiting\":-1,\"wait\":null}]}",
         "'services[0]': field 'waiting': -1 is not a whole number from 0 to 4294967295"},
        {BOARD_HEAD "\"counters\":[],\"services\":[{\"id\":\"a\",\"open\":true,"
                    "\"waiting\":1,\"wait\":{\"low_min\":9,\"high_min\":5}}]}",
         "'services[0].wait': field 'high_min': 5 is not a whole number from 9 to 1440"},
    };
    struct board_document *board = zeroed(sizeof(*board));
    struct board_document *untouched = zeroed(sizeof(*untouched));
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        struct error err = {.status = OK};
        assert_int_not_equal(
            board_decode(faults[i].text, strlen(faults[i].text), board, &err), OK);
        assert_string_equal(err.text, faults[i].sentence);
        assert_memory_equal(board, untouched, sizeof(*board));
    }
    free(untouched);
    free(board);
}

static void unknown_fields_are_ignored(void **state)
{
    (void)state;
    struct shown_document shown = {.call = 1};
    const char *text = "{\"call\":5,\"epoch\":3,\"drawn\":true,\"sounded\":false,"
                       "\"new\":{\"thing\":[1,2]}}";
    assert_int_equal(shown_decode(text, strlen(text), &shown, NULL), OK);
    assert_int_equal(shown.call, 5);
}

static uint32_t next_random(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005ULL + 1442695040888963407ULL;
    return (uint32_t)(*seed >> 33);
}

/* Changes one to three bytes of a copy, and lets every decoder read it. */
static void decode_damaged(const char *sound, size_t length, uint64_t *seed,
                           uint32_t *refused)
{
    char *damaged = malloc(length);
    assert_non_null(damaged);
    memcpy(damaged, sound, length);
    for (uint32_t i = 0; i <= next_random(seed) % 3; i++) {
        size_t at = next_random(seed) % length;
        static const char signs[] = "{}[]\",:0-e\n";
        bool is_sign = next_random(seed) % 2 == 0;
        uint32_t number = next_random(seed);
        damaged[at] =
            (char)(is_sign ? signs[number % (sizeof(signs) - 1)] : (int)(number & 0xFFU));
    }
    size_t end = next_random(seed) % 8 == 0 ? next_random(seed) % length : length;
    struct board_document *board = zeroed(sizeof(*board));
    struct site *site = zeroed(sizeof(*site));
    struct server_status *status = zeroed(sizeof(*status));
    struct reply_document *reply = zeroed(sizeof(*reply));
    struct service_document service;
    struct status_document presence;
    struct shown_document shown;
    struct error err;
    uint32_t taken = board_decode(damaged, end, board, &err) == OK;
    taken += reply_decode(damaged, end, reply, &err) == OK;
    taken += counter_decode(damaged, end, &reply->counter, &err) == OK;
    taken += service_decode(damaged, end, &service, &err) == OK;
    taken += config_decode(damaged, end, NULL, site, &err) == OK;
    taken += server_status_decode(damaged, end, status, &err) == OK;
    taken += status_decode(damaged, end, &presence, &err) == OK;
    taken += shown_decode(damaged, end, &shown, &err) == OK;
    *refused += taken == 0;
    free(reply);
    free(status);
    free(site);
    free(board);
    free(damaged);
}

static void damaged_documents_never_do_harm(void **state)
{
    (void)state;
    char *buffer = new_buffer();
    size_t length = 0;
    uint64_t seed = 42;
    uint32_t refused = 0;
    uint32_t rounds = 1500;
    struct board_document *board = zeroed(sizeof(*board));
    struct site *site = zeroed(sizeof(*site));
    struct reply_document *reply = zeroed(sizeof(*reply));
    sample_board(board);
    sample_site(site, 1, 1);
    reply->is_ok = true;
    reply->at_ms = 1;
    reply->has_counter = true;
    sample_counter(&reply->counter);
    for (uint32_t i = 0; i < rounds; i++) {
        if (i % 3 == 0) {
            (void)board_encode(board, buffer, PAYLOAD_BYTES_MAX, &length, NULL);
        } else if (i % 3 == 1) {
            (void)config_encode(1, site, buffer, PAYLOAD_BYTES_MAX, &length, NULL);
        } else {
            (void)reply_encode(reply, buffer, PAYLOAD_BYTES_MAX, &length, NULL);
        }
        decode_damaged(buffer, length, &seed, &refused);
    }
    assert_in_range(refused, rounds / 2, rounds - 1);
    free(reply);
    free(site);
    free(board);
    free(buffer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(board_comes_back_as_it_was),
        cmocka_unit_test(board_that_does_not_fit_is_refused_whole),
        cmocka_unit_test(counter_comes_back_as_it_was),
        cmocka_unit_test(service_comes_back_with_each_kind_of_wait),
        cmocka_unit_test(published_part_of_a_site_comes_back),
        cmocka_unit_test(replies_come_back_as_they_were),
        cmocka_unit_test(server_status_comes_back_as_it_was),
        cmocka_unit_test(status_and_shown_come_back),
        cmocka_unit_test(fault_of_a_board_names_its_place),
        cmocka_unit_test(unknown_fields_are_ignored),
        cmocka_unit_test(damaged_documents_never_do_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
