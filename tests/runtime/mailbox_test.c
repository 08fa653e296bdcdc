/* The mailbox from one thread, and between two; the latter is for the thread sanitizer.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "runtime/mailbox.h"

static bool put(struct mailbox *mailbox, const char *topic, const char *payload,
                enum delivery delivery)
{
    struct message message = {
        .topic = topic, .payload = payload, .length = strlen(payload)};
    return mailbox_put(mailbox, LETTER_MESSAGE, &message, delivery);
}

static void assert_takes(struct mailbox *mailbox, const char *topic, const char *payload)
{
    struct letter *letter = mailbox_take(mailbox);
    assert_non_null(letter);
    assert_string_equal(letter->message.topic, topic);
    assert_string_equal(letter->message.payload, payload);
    assert_int_equal(letter->message.length, strlen(payload));
    letter_destroy(letter);
}

static bool is_readable(struct mailbox *mailbox)
{
    struct pollfd fd = {.fd = mailbox_descriptor(mailbox), .events = POLLIN};
    return poll(&fd, 1, 0) == 1;
}

static void count_wake(void *data)
{
    (*(atomic_uint *)data)++;
}

static struct mailbox *make(size_t letters_max, size_t bytes_max)
{
    struct mailbox *mailbox = NULL;
    assert_int_equal(mailbox_create(letters_max, bytes_max, &mailbox, NULL, NULL, NULL),
                     OK);
    return mailbox;
}

static void letters_come_out_as_they_went_in(void **state)
{
    (void)state;
    struct mailbox *mailbox = make(8, 1024);
    char topic[] = "guichet/v1/s/kiosk/a/reply";
    char payload[] = {'{', 0, '}'};
    unsigned char correlation[] = {0, 1, 255};
    struct message message = {.topic = topic,
                              .payload = payload,
                              .length = sizeof(payload),
                              .is_retained = true,
                              .correlation = correlation,
                              .correlation_length = sizeof(correlation),
                              .response_topic = "elsewhere",
                              .arrived_ms = 4711};
    assert_true(mailbox_put(mailbox, LETTER_MESSAGE, &message, DELIVERY_EACH));
    memset(topic, 'x', sizeof(topic) - 1); /* it was copied */
    memset(payload, 'x', sizeof(payload));
    memset(correlation, 'x', sizeof(correlation));
    struct letter *letter = mailbox_take(mailbox);
    assert_non_null(letter);
    assert_int_equal(letter->kind, LETTER_MESSAGE);
    assert_string_equal(letter->message.topic, "guichet/v1/s/kiosk/a/reply");
    assert_int_equal(letter->message.length, 3);
    assert_memory_equal(letter->message.payload, "{\0}\0", 4); /* and a NUL behind */
    assert_true(letter->message.is_retained);
    assert_int_equal(letter->message.correlation_length, 3);
    assert_memory_equal(letter->message.correlation, "\0\1\377", 3);
    assert_string_equal(letter->message.response_topic, "elsewhere");
    assert_int_equal(letter->message.arrived_ms, 4711);
    letter_destroy(letter);
    assert_null(mailbox_take(mailbox));
    mailbox_destroy(mailbox);
}

static void replies_are_all_kept_in_their_order(void **state)
{
    (void)state;
    struct mailbox *mailbox = make(8, 1024);
    assert_true(put(mailbox, "reply", "1", DELIVERY_EACH));
    assert_true(put(mailbox, "reply", "2", DELIVERY_EACH));
    assert_true(put(mailbox, "reply", "2", DELIVERY_EACH));
    assert_takes(mailbox, "reply", "1");
    assert_takes(mailbox, "reply", "2");
    assert_takes(mailbox, "reply", "2");
    assert_null(mailbox_take(mailbox));
    mailbox_destroy(mailbox);
}

static void newest_state_replaces_the_unread_one_of_its_topic(void **state)
{
    (void)state;
    struct mailbox *mailbox = make(8, 1024);
    assert_true(put(mailbox, "board/a", "1", DELIVERY_NEWEST));
    assert_true(put(mailbox, "board/b", "1", DELIVERY_NEWEST));
    assert_true(put(mailbox, "reply", "1", DELIVERY_EACH));
    assert_true(put(mailbox, "board/a", "2", DELIVERY_NEWEST));
    assert_takes(mailbox, "board/b", "1");
    assert_takes(mailbox, "reply", "1");
    assert_takes(mailbox, "board/a", "2");
    assert_null(mailbox_take(mailbox));
    assert_int_equal(mailbox_lost_count(mailbox), 0);
    mailbox_destroy(mailbox);
}

static void full_mailbox_counts_what_it_cannot_take(void **state)
{
    (void)state;
    struct mailbox *mailbox = make(2, 1024);
    assert_true(put(mailbox, "reply", "1", DELIVERY_EACH));
    assert_true(put(mailbox, "board", "1", DELIVERY_NEWEST));
    assert_false(put(mailbox, "reply", "2", DELIVERY_EACH));
    assert_int_equal(mailbox_lost_count(mailbox), 1);
    assert_true(put(mailbox, "board", "2", DELIVERY_NEWEST)); /* takes its own place */
    assert_takes(mailbox, "reply", "1");
    assert_true(put(mailbox, "reply", "3", DELIVERY_EACH));
    assert_takes(mailbox, "board", "2");
    assert_takes(mailbox, "reply", "3");
    mailbox_destroy(mailbox);
}

static void bytes_are_bounded_and_given_back(void **state)
{
    (void)state;
    struct mailbox *mailbox = make(100, 20); /* topic of 1 and payload of 9: two fit */
    for (int i = 0; i < 5; i++) {
        assert_true(put(mailbox, "t", "123456789", DELIVERY_EACH));
        assert_true(put(mailbox, "t", "123456789", DELIVERY_EACH));
        assert_false(put(mailbox, "t", "", DELIVERY_EACH));
        assert_takes(mailbox, "t", "123456789");
        assert_takes(mailbox, "t", "123456789");
    }
    assert_false(put(mailbox, "t", "12345678901234567890", DELIVERY_EACH));
    assert_int_equal(mailbox_lost_count(mailbox), 6);
    mailbox_destroy(mailbox);
}

static void how_the_connection_stands_always_finds_room(void **state)
{
    (void)state;
    struct mailbox *mailbox = make(1, 1024);
    assert_true(put(mailbox, "reply", "1", DELIVERY_EACH));
    struct message note = {.topic = "", .payload = "gone", .length = 4};
    assert_true(mailbox_put(mailbox, LETTER_DISCONNECTED, &note, DELIVERY_NEWEST));
    assert_true(mailbox_put(mailbox, LETTER_CONNECTED, &note, DELIVERY_NEWEST));
    assert_true(mailbox_put(mailbox, LETTER_DISCONNECTED, &note, DELIVERY_NEWEST));
    assert_takes(mailbox, "reply", "1");
    struct letter *letter = mailbox_take(mailbox);
    assert_int_equal(letter->kind, LETTER_CONNECTED);
    letter_destroy(letter);
    letter = mailbox_take(mailbox);
    assert_int_equal(letter->kind, LETTER_DISCONNECTED);
    letter_destroy(letter);
    assert_null(mailbox_take(mailbox));
    mailbox_destroy(mailbox);
}

static void descriptor_is_readable_while_there_are_letters(void **state)
{
    (void)state;
    struct mailbox *mailbox = make(2, 10);
    assert_false(is_readable(mailbox));
    assert_true(put(mailbox, "b", "1", DELIVERY_NEWEST));
    assert_true(put(mailbox, "b", "2", DELIVERY_NEWEST));
    assert_true(is_readable(mailbox));
    assert_takes(mailbox, "b", "2");
    assert_false(is_readable(mailbox));
    /* One that replaced the only letter and then did not fit. */
    assert_true(put(mailbox, "b", "1", DELIVERY_NEWEST));
    assert_false(put(mailbox, "b", "1234567890", DELIVERY_NEWEST));
    assert_null(mailbox_take(mailbox));
    assert_false(is_readable(mailbox));
    mailbox_destroy(mailbox);
}

static void taker_is_woken_once_for_each_time_it_had_read_all(void **state)
{
    (void)state;
    atomic_uint wakes = 0;
    struct mailbox *mailbox = NULL;
    assert_int_equal(mailbox_create(8, 1024, &mailbox, NULL, count_wake, &wakes), OK);
    assert_true(put(mailbox, "a", "1", DELIVERY_EACH));
    assert_true(put(mailbox, "a", "2", DELIVERY_EACH));
    assert_int_equal(wakes, 1);
    assert_takes(mailbox, "a", "1");
    assert_true(put(mailbox, "a", "3", DELIVERY_EACH));
    assert_int_equal(wakes, 1);
    assert_takes(mailbox, "a", "2");
    assert_takes(mailbox, "a", "3");
    assert_true(put(mailbox, "a", "4", DELIVERY_EACH));
    assert_int_equal(wakes, 2);
    mailbox_destroy(mailbox); /* with a letter inside */
    mailbox_destroy(NULL);
}

#define REPLY_COUNT 20000

/* Puts numbered replies, with boards between that may replace each other. */
static void *put_many(void *data)
{
    struct mailbox *mailbox = data;
    for (unsigned i = 0; i < REPLY_COUNT; i++) {
        char payload[16];
        (void)snprintf(payload, sizeof(payload), "%u", i);
        while (!put(mailbox, "reply", payload, DELIVERY_EACH)) {
            (void)sched_yield();
        }
        (void)put(mailbox, "board", payload, DELIVERY_NEWEST); /* may find no room */
    }
    return NULL;
}

static void every_reply_passes_between_two_threads_in_order(void **state)
{
    (void)state;
    struct mailbox *mailbox = make(64, 4096);
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, put_many, mailbox), 0);
    unsigned next = 0;
    long newest_board = -1;
    while (next < REPLY_COUNT) {
        struct pollfd fd = {.fd = mailbox_descriptor(mailbox), .events = POLLIN};
        assert_int_equal(poll(&fd, 1, 10000), 1);
        for (struct letter *letter = mailbox_take(mailbox); letter;
             letter = mailbox_take(mailbox)) {
            char expected[16];
            (void)snprintf(expected, sizeof(expected), "%u", next);
            if (strcmp(letter->message.topic, "reply") == 0) {
                assert_string_equal(letter->message.payload, expected);
                next++;
            } else {
                unsigned board = 0;
                assert_int_equal(sscanf(letter->message.payload, "%u", &board), 1);
                assert_true((long)board > newest_board);
                newest_board = (long)board;
            }
            letter_destroy(letter);
        }
    }
    assert_int_equal(pthread_join(thread, NULL), 0);
    mailbox_destroy(mailbox);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_come_out_as_they_went_in),
        cmocka_unit_test(replies_are_all_kept_in_their_order),
        cmocka_unit_test(newest_state_replaces_the_unread_one_of_its_topic),
        cmocka_unit_test(full_mailbox_counts_what_it_cannot_take),
        cmocka_unit_test(bytes_are_bounded_and_given_back),
        cmocka_unit_test(how_the_connection_stands_always_finds_room),
        cmocka_unit_test(descriptor_is_readable_while_there_are_letters),
        cmocka_unit_test(taker_is_woken_once_for_each_time_it_had_read_all),
        cmocka_unit_test(every_reply_passes_between_two_threads_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
