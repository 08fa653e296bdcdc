/* The link against a real broker on loopback, in both forms. Every test has a broker of
 * its own; the server's link is driven by the test's loop, the kiosk's is threaded. */
#include "link_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/limits.h"
#include "core/text.h"
#include "runtime/clock.h"
#include "runtime/link.h"
#include "runtime/log.h"

/* Kills the broker and takes it off the table of processes. It has become our child
 * (main()) when the script that started it ended. */
static void kill_broker(struct fixture *fixture)
{
    assert_int_equal(kill(fixture->broker.pid, SIGKILL), 0);
    assert_int_equal(waitpid(fixture->broker.pid, NULL, 0), fixture->broker.pid);
}

static double now_ms(void)
{
    struct timespec now;
    assert_int_equal(clock_gettime(CLOCK_MONOTONIC, &now), 0);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int compare_doubles(const void *a, const void *b)
{
    double left = *(const double *)a;
    double right = *(const double *)b;
    return (left > right) - (left < right);
}

static void dispatch(void *data, unsigned events)
{
    struct seen *seen = data;
    assert_int_equal(events, LOOP_READ);
    assert_true(link_dispatch(seen->link) > 0);
}

static void command_reaches_the_server_and_its_reply_the_kiosk(void **state)
{
    struct fixture *fixture = *state;
    open_server(fixture);
    open_kiosk(fixture);
    fixture->server.echoes = true;
    struct loop_watched letters = {.fd = link_descriptor(fixture->kiosk.link),
                                   .events = LOOP_READ,
                                   .name = "letters",
                                   .handler = dispatch,
                                   .data = &fixture->kiosk};
    struct loop_fd *source = NULL;
    assert_int_equal(loop_add_fd(fixture->loop, &letters, &source, NULL), OK);
    const unsigned char correlation[] = {0, 255, 7, 'x'};
    struct publication command = {.topic = COMMAND,
                                  .payload = "{\"id\":1}",
                                  .length = 8,
                                  .correlation = correlation,
                                  .correlation_length = sizeof(correlation)};
    double samples[101];
    for (unsigned i = 0; i < 101; i++) {
        double start = now_ms();
        assert_int_equal(link_publish(fixture->kiosk.link, &command, NULL), OK);
        link_wait(fixture, &fixture->kiosk.message_count, i + 1);
        samples[i] = now_ms() - start;
    }
    loop_remove_fd(fixture->loop, source);
    assert_string_equal(fixture->server.topic, COMMAND);
    assert_string_equal(fixture->kiosk.topic, REPLY);
    assert_string_equal(fixture->kiosk.payload, "{\"id\":1}");
    assert_int_equal(fixture->kiosk.correlation_length, sizeof(correlation));
    assert_memory_equal(fixture->kiosk.correlation, correlation, sizeof(correlation));
    assert_false(fixture->kiosk.is_retained);
    qsort(samples, 101, sizeof(double), compare_doubles);
    print_message("command to reply: median %.3f ms, 99th %.3f ms\n", samples[50],
                  samples[99]);
}

static void both_forms_send_without_waiting_for_more(void **state)
{
    struct fixture *fixture = *state;
    open_server(fixture);
    open_kiosk(fixture);
    const int fds[] = {link_socket(fixture->server.link),
                       link_socket(fixture->kiosk.link)};
    for (size_t i = 0; i < 2; i++) {
        int value = 0;
        socklen_t length = sizeof(value);
        assert_true(fds[i] >= 0);
        assert_int_equal(getsockopt(fds[i], IPPROTO_TCP, TCP_NODELAY, &value, &length),
                         0);
        assert_int_equal(value, 1);
        assert_true((fcntl(fds[i], F_GETFD) & FD_CLOEXEC) != 0);
    }
}

static void retained_document_is_marked_and_a_live_one_is_not(void **state)
{
    struct fixture *fixture = *state;
    open_server(fixture);
    link_says(&fixture->server, BOARD, "first", true);
    open_kiosk(fixture);
    link_wait(fixture, &fixture->kiosk.message_count, 1);
    assert_string_equal(fixture->kiosk.payload, "first");
    assert_true(fixture->kiosk.is_retained);
    link_says(&fixture->server, BOARD, "second", true);
    link_wait(fixture, &fixture->kiosk.message_count, 2);
    assert_string_equal(fixture->kiosk.payload, "second");
    assert_false(fixture->kiosk.is_retained);
}

static void unread_boards_give_way_to_the_newest(void **state)
{
    struct fixture *fixture = *state;
    open_server(fixture);
    open_kiosk(fixture);
    for (unsigned i = 0; i < 50; i++) {
        link_says(&fixture->server, BOARD, i < 49 ? "old" : "newest", true);
    }
    link_says(&fixture->server, REPLY, "after the boards", false);
    /* Only the server turns: the kiosk reads nothing until all has come. */
    for (unsigned i = 0; i < 50; i++) {
        assert_int_equal(loop_turn(fixture->loop, 10, NULL), OK);
    }
    link_wait(fixture, &fixture->kiosk.message_count, 2);
    assert_string_equal(fixture->kiosk.payload, "after the boards");
    assert_int_equal(fixture->kiosk.message_count, 2);
}

static void refused_publication_is_reported_with_its_topic(void **state)
{
    struct fixture *fixture = *state;
    open_kiosk(fixture);
    link_says(&fixture->kiosk, PREFIX "kiosk/other/command", "{}", false);
    link_wait(fixture, &fixture->kiosk.refused_count, 1);
    assert_string_equal(fixture->kiosk.refused,
                        "the broker refuses to publish on '" PREFIX
                        "kiosk/other/command': Not authorized (135)");
    assert_true(link_is_connected(fixture->kiosk.link));
}

static void wrong_secret_is_said_once_and_tried_again(void **state)
{
    struct fixture *fixture = *state;
    char secret[128];
    struct link_options options = server_options(fixture, secret);
    options.secret = "wrong";
    open_link(&fixture->server, &options, server_filters);
    link_wait(fixture, &fixture->server.disconnected_count, 1);
    assert_non_null(strstr(fixture->server.why, "it refuses 'server': Not authorized "
                                                "(135)"));
    link_idle(fixture, 1500); /* two further attempts at least */
    assert_int_equal(fixture->server.disconnected_count, 1);
    assert_int_equal(fixture->server.connected_count, 0);
}

static void links_come_back_after_the_broker_was_killed(void **state)
{
    struct fixture *fixture = *state;
    open_server(fixture);
    open_kiosk(fixture);
    kill_broker(fixture);
    link_wait(fixture, &fixture->server.disconnected_count, 1);
    link_wait(fixture, &fixture->kiosk.disconnected_count, 1);
    assert_non_null(strstr(fixture->server.why, "lost the connection to"));
    struct error err = {0};
    struct publication publication = {
        .topic = BOARD, .payload = "{}", .length = 2, .retain = true};
    assert_int_equal(link_publish(fixture->server.link, &publication, &err),
                     ERR_UNAVAILABLE);
    assert_string_equal(err.text,
                        "cannot publish on '" BOARD "': not connected to the broker");
    broker_restart(&fixture->broker);
    double start = now_ms();
    link_wait(fixture, &fixture->server.connected_count, 2);
    link_wait(fixture, &fixture->kiosk.connected_count, 2);
    print_message("both connected again %.0f ms after the broker\n", now_ms() - start);
    assert_int_equal(link_birth_count(fixture->kiosk.link), 2);
    /* Subscriptions are there again. */
    link_says(&fixture->server, REPLY, "again", false);
    link_wait(fixture, &fixture->kiosk.message_count, 1);
}

static void first_connection_is_retried_until_a_broker_is_there(void **state)
{
    struct fixture *fixture = *state;
    kill_broker(fixture);
    char server_secret[128];
    char kiosk_secret[128];
    struct link_options server = server_options(fixture, server_secret);
    struct link_options kiosk = kiosk_options(fixture, kiosk_secret);
    open_link(&fixture->server, &server, server_filters);
    open_link(&fixture->kiosk, &kiosk, kiosk_filters);
    link_wait(fixture, &fixture->server.disconnected_count, 1);
    link_wait(fixture, &fixture->kiosk.disconnected_count, 1);
    assert_non_null(strstr(fixture->kiosk.why, "Connection refused"));
    broker_restart(&fixture->broker);
    link_wait(fixture, &fixture->server.connected_count, 1);
    link_wait(fixture, &fixture->kiosk.connected_count, 1);
}

static void nothing_of_an_earlier_connection_is_sent_again(void **state)
{
    struct fixture *fixture = *state;
    open_server(fixture);
    assert_int_equal(kill(fixture->broker.pid, SIGSTOP), 0);
    link_says(&fixture->server, BOARD, "old", true);
    link_idle(fixture, 50);
    kill_broker(fixture);
    link_wait(fixture, &fixture->server.disconnected_count, 1);
    broker_restart(&fixture->broker);
    link_wait(fixture, &fixture->server.connected_count, 2);
    open_kiosk(fixture);
    link_says(&fixture->server, REPLY, "new", false);
    link_wait(fixture, &fixture->kiosk.message_count, 1);
    assert_string_equal(fixture->kiosk.payload, "new");
    link_idle(fixture, 100);
    assert_int_equal(fixture->kiosk.message_count, 1);
}

/* A kiosk in a process of its own, which says that it is online. */
static pid_t start_kiosk_process(struct fixture *fixture)
{
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid > 0) {
        return pid;
    }
    struct fixture own = {.broker = fixture->broker};
    if (loop_create(&own.loop, NULL) != OK) {
        _exit(1);
    }
    char secret[128];
    struct link_options options = kiosk_options(&own, secret);
    options.loop = own.loop;
    open_link(&own.server, &options, kiosk_filters);
    link_wait(&own, &own.server.connected_count, 1);
    link_says(&own.server, STATUS, "{\"online\":true}", true);
    (void)loop_run(own.loop, NULL);
    _exit(1);
}

static void will_is_published_when_the_program_is_killed(void **state)
{
    struct fixture *fixture = *state;
    open_server(fixture);
    pid_t pid = start_kiosk_process(fixture);
    link_wait(fixture, &fixture->server.message_count, 1);
    assert_string_equal(fixture->server.payload, "{\"online\":true}");
    assert_int_equal(kill(pid, SIGKILL), 0);
    assert_int_equal(waitpid(pid, NULL, 0), pid);
    link_wait(fixture, &fixture->server.message_count, 2);
    assert_string_equal(fixture->server.topic, STATUS);
    assert_string_equal(fixture->server.payload, OFFLINE);
}

static void will_is_published_at_an_orderly_end_as_well(void **state)
{
    struct fixture *fixture = *state;
    open_server(fixture);
    open_kiosk(fixture);
    link_says(&fixture->kiosk, STATUS, "{\"online\":true}", true);
    link_wait(fixture, &fixture->server.message_count, 1);
    link_destroy(fixture->kiosk.link);
    fixture->kiosk.link = NULL;
    link_wait(fixture, &fixture->server.message_count, 2);
    assert_string_equal(fixture->server.payload, OFFLINE);
}

static void certificate_opens_the_encrypted_listener_in_both_forms(void **state)
{
    struct fixture *fixture = *state;
    char ca[PATH_MAX];
    char certificate[PATH_MAX];
    char key[PATH_MAX];
    path_join(ca, fixture->broker.dir, "/tls/ca.crt", "", "");
    path_join(certificate, fixture->broker.dir, "/devices/display-hall1.crt", "", "");
    path_join(key, fixture->broker.dir, "/devices/display-hall1.key", "", "");
    struct link_options options = {.host = "127.0.0.1",
                                   .port = (uint16_t)fixture->broker.tls_port,
                                   .identity = "display-hall1",
                                   .ca_file = ca,
                                   .certificate_file = certificate,
                                   .key_file = key};
    static const char *const filters[] = {BOARD, NULL};
    open_link(&fixture->kiosk, &options, filters);
    link_wait(fixture, &fixture->kiosk.connected_count, 1);
    link_destroy(fixture->kiosk.link);
    fixture->kiosk.link = NULL;
    options.loop = fixture->loop;
    open_link(&fixture->server, &options, filters);
    link_wait(fixture, &fixture->server.connected_count, 1);
}

static void missing_certificate_is_named(void **state)
{
    struct fixture *fixture = *state;
    struct link_options options = {.host = "127.0.0.1",
                                   .port = (uint16_t)fixture->broker.tls_port,
                                   .identity = "display-hall1",
                                   .ca_file = "/nonexistent/ca.crt",
                                   .loop = fixture->loop};
    static const char *const filters[] = {BOARD, NULL};
    open_link(&fixture->server, &options, filters);
    link_wait(fixture, &fixture->server.disconnected_count, 1);
    assert_non_null(
        strstr(fixture->server.why, "cannot read '/nonexistent/ca.crt': No such file"));
}

static void fire(void *data, int64_t at_ms)
{
    (void)at_ms;
    (*(unsigned *)data)++;
}

static void driven_link_does_not_wait_for_a_broker_that_accepts_nobody(void **state)
{
    struct fixture *fixture = *state;
    /* A listener whose queue of connections is full drops further ones in silence. */
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof(address);
    assert_true(listener >= 0);
    assert_int_equal(bind(listener, (struct sockaddr *)&address, length), 0);
    assert_int_equal(listen(listener, 0), 0);
    assert_int_equal(getsockname(listener, (struct sockaddr *)&address, &length), 0);
    int fillers[4];
    for (size_t i = 0; i < 4; i++) {
        fillers[i] = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        assert_true(fillers[i] >= 0);
        assert_true(connect(fillers[i], (struct sockaddr *)&address, length) == 0 ||
                    errno == EINPROGRESS);
    }
    struct link_options options = {.host = "127.0.0.1",
                                   .port = ntohs(address.sin_port),
                                   .identity = "server",
                                   .loop = fixture->loop};
    open_link(&fixture->server, &options, server_filters);
    unsigned fired_count = 0;
    struct loop_timer *timer = NULL;
    assert_int_equal(
        loop_add_timer(fixture->loop, "other work", &timer, NULL, fire, &fired_count),
        OK);
    for (unsigned i = 0; i < 5; i++) {
        loop_set_timer(fixture->loop, timer, clock_machine_ms() + 20);
        link_wait(fixture, &fired_count, i + 1);
    }
    assert_int_equal(fixture->server.connected_count, 0);
    assert_int_equal(fixture->server.disconnected_count, 0); /* it still waits */
    loop_remove_timer(fixture->loop, timer);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(close(fillers[i]), 0);
    }
    assert_int_equal(close(listener), 0);
}

static void unread_replies_make_the_link_connect_anew(void **state)
{
    struct fixture *fixture = *state;
    open_server(fixture);
    open_kiosk(fixture);
    /* More than the mailbox holds; the kiosk reads none. */
    for (unsigned i = 0; i < 800; i++) {
        struct publication reply = {.topic = REPLY, .payload = "{}", .length = 2};
        while (link_publish(fixture->server.link, &reply, NULL) == ERR_UNAVAILABLE) {
            assert_int_equal(loop_turn(fixture->loop, 5, NULL), OK);
        }
    }
    int64_t end_ms = clock_machine_ms() + PATIENCE_MS;
    while (link_birth_count(fixture->kiosk.link) < 2) {
        assert_true(clock_machine_ms() < end_ms);
        assert_int_equal(loop_turn(fixture->loop, 5, NULL), OK);
    }
    (void)link_dispatch(fixture->kiosk.link);
    link_wait(fixture, &fixture->kiosk.disconnected_count, 1);
    assert_non_null(strstr(fixture->kiosk.why, "messages came faster than they were "
                                               "read"));
    link_wait(fixture, &fixture->kiosk.connected_count, 2);
    assert_true(fixture->kiosk.message_count >= 512);
}

static void largest_board_passes_and_a_larger_one_is_refused(void **state)
{
    struct fixture *fixture = *state;
    open_server(fixture);
    open_kiosk(fixture);
    char *payload = malloc(PAYLOAD_BYTES_MAX + 1);
    assert_non_null(payload);
    memset(payload, 'x', PAYLOAD_BYTES_MAX + 1);
    struct publication board = {
        .topic = BOARD, .payload = payload, .length = PAYLOAD_BYTES_MAX, .retain = true};
    assert_int_equal(link_publish(fixture->server.link, &board, NULL), OK);
    link_wait(fixture, &fixture->kiosk.message_count, 1);
    assert_int_equal(fixture->kiosk.length, PAYLOAD_BYTES_MAX);
    board.length++;
    struct error err = {0};
    assert_int_equal(link_publish(fixture->server.link, &board, &err), ERR_LIMIT);
    assert_string_equal(err.text, "64001 bytes are too long to publish on '" BOARD
                                  "': at most 64000");
    free(payload);
}

static void publications_on_the_way_are_bounded(void **state)
{
    struct fixture *fixture = *state;
    open_server(fixture);
    assert_int_equal(kill(fixture->broker.pid, SIGSTOP), 0);
    struct publication board = {.topic = BOARD, .payload = "{}", .length = 2};
    struct error err = {0};
    unsigned count = 0;
    while (link_publish(fixture->server.link, &board, &err) == OK) {
        assert_true(++count <= 256);
    }
    assert_int_equal(err.status, ERR_UNAVAILABLE);
    assert_string_equal(err.text,
                        "cannot publish on '" BOARD "': the broker does not keep up");
    assert_int_equal(kill(fixture->broker.pid, SIGCONT), 0);
    int64_t end_ms = clock_machine_ms() + PATIENCE_MS;
    while (link_publish(fixture->server.link, &board, NULL) != OK) {
        assert_true(clock_machine_ms() < end_ms);
        link_turn(fixture, 5);
    }
}

static void options_that_cannot_work_are_named(void **state)
{
    struct fixture *fixture = *state;
    struct link_handlers handlers = link_handlers_of(NULL);
    struct {
        struct link_options options;
        const char *sentence;
    } cases[] = {
        {{.port = 1, .identity = "x"}, "the broker's host and port are not given"},
        {{.host = "h", .identity = "x"}, "the broker's host and port are not given"},
        {{.host = "h", .port = 1}, "the identity for the broker is not given"},
        {{.host = "h", .port = 1, .identity = "x", .key_file = "k"},
         "a certificate for the broker needs its key, and a key its certificate"},
        {{.host = "h",
          .port = 1,
          .identity = "x",
          .key_file = "k",
          .certificate_file = "c"},
         "a certificate for the broker needs the file of the site's CA"},
        {{.host = "h", .port = 1, .identity = "x", .will_topic = "t"},
         "a Will needs its topic and its payload"},
        {{.host = "h", .port = 1, .identity = "x", .keepalive_s = 4},
         "keepalive is 5 to 60 s, not '4'"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct link *link = NULL;
        struct error err = {0};
        cases[i].options.loop = fixture->loop;
        assert_int_equal(link_create(&cases[i].options, &handlers, &link, &err),
                         ERR_INVALID);
        assert_string_equal(err.text, cases[i].sentence);
        assert_null(link);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, link_setup, link_teardown)

int main(void)
{
    log_start(LOG_LEVEL_ERROR);
    if (prctl(PR_SET_CHILD_SUBREAPER, 1) != 0) {
        return 1;
    }
    const struct CMUnitTest tests[] = {
        TEST(command_reaches_the_server_and_its_reply_the_kiosk),
        TEST(both_forms_send_without_waiting_for_more),
        TEST(retained_document_is_marked_and_a_live_one_is_not),
        TEST(unread_boards_give_way_to_the_newest),
        TEST(refused_publication_is_reported_with_its_topic),
        TEST(wrong_secret_is_said_once_and_tried_again),
        TEST(links_come_back_after_the_broker_was_killed),
        TEST(first_connection_is_retried_until_a_broker_is_there),
        TEST(nothing_of_an_earlier_connection_is_sent_again),
        TEST(will_is_published_when_the_program_is_killed),
        TEST(will_is_published_at_an_orderly_end_as_well),
        TEST(certificate_opens_the_encrypted_listener_in_both_forms),
        TEST(missing_certificate_is_named),
        TEST(driven_link_does_not_wait_for_a_broker_that_accepts_nobody),
        TEST(unread_replies_make_the_link_connect_anew),
        TEST(largest_board_passes_and_a_larger_one_is_refused),
        TEST(publications_on_the_way_are_bounded),
        TEST(options_that_cannot_work_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
