/* Who may read and write what, as a table and with every cell executed: each identity
 * publishes to each topic plainly, retained and as its Will, and listens to each by a
 * filter of its own, by '#', and for what is kept. The table is written from the
 * protocol, not from the templates that it judges. */
#include "broker_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/text.h"

/* May write everything and hears everything, so that nothing goes unseen. It exists only
 * in this test's broker: two lines beside the files as they are. */
#define PROBE "probe-all"

/* Reasons of MQTT 5. */
#define REASON_SUCCESS        0
#define REASON_NOT_AUTHORIZED 135

static const char *const identities[] = {
    "server",     "kiosk-hall1",    "kiosk-annexe",    "display-hall1", "counter-3",
    "counter-4",  "button-b3",      "lamp-l3",         "source-phone",  "admin-ops",
    "reader-crm", "reception-main", "supervisor-chief"};

#define IDENTITY_COUNT (sizeof identities / sizeof identities[0])

/* A topic, and who may write and read it: identities between spaces. */
struct row {
    const char *topic;
    const char *writers;
    const char *readers;
};

static const struct row rows[] = {
    {PREFIX "kiosk/hall1/command", " kiosk-hall1 ", " server admin-ops "},
    {PREFIX "kiosk/hall1/reply", " server ", " kiosk-hall1 admin-ops "},
    {PREFIX "kiosk/hall1/status", " kiosk-hall1 ", " server admin-ops "},
    {PREFIX "kiosk/hall1/shown", "", " admin-ops "},
    {PREFIX "kiosk/hall1", "", " admin-ops "},
    {PREFIX "kiosk/hall1/command/more", "", " admin-ops "},
    {PREFIX "kiosk/annexe/command", " kiosk-annexe ", " server admin-ops "},
    {PREFIX "kiosk/annexe/reply", " server ", " kiosk-annexe admin-ops "},
    {PREFIX "kiosk/annexe/status", " kiosk-annexe ", " server admin-ops "},
    {PREFIX "display/hall1/command", "", " server admin-ops "},
    {PREFIX "display/hall1/reply", " server ", " admin-ops "},
    {PREFIX "display/hall1/status", " display-hall1 ", " server admin-ops "},
    {PREFIX "display/hall1/shown", " display-hall1 ", " server admin-ops "},
    {PREFIX "display/hall2/shown", "", " server admin-ops "},
    {PREFIX "counter/3/command", " counter-3 ", " server admin-ops "},
    {PREFIX "counter/3/reply", " server ", " counter-3 admin-ops "},
    {PREFIX "counter/3/status", " counter-3 ", " server admin-ops "},
    {PREFIX "counter/3/state", " server ", " counter-3 button-b3 admin-ops "},
    {PREFIX "counter/3/light", " server ", " button-b3 lamp-l3 admin-ops "},
    {PREFIX "counter/4/command", " counter-4 ", " server admin-ops "},
    {PREFIX "counter/4/reply", " server ", " counter-4 admin-ops "},
    {PREFIX "counter/4/status", " counter-4 ", " server admin-ops "},
    {PREFIX "counter/4/state", " server ", " counter-4 admin-ops "},
    {PREFIX "counter/4/light", " server ", " admin-ops "},
    {PREFIX "button/b3/command", " button-b3 ", " server admin-ops "},
    {PREFIX "button/b3/reply", " server ", " button-b3 admin-ops "},
    {PREFIX "button/b3/status", " button-b3 ", " server admin-ops "},
    {PREFIX "lamp/l3/command", "", " server admin-ops "},
    {PREFIX "lamp/l3/status", "", " server admin-ops "},
    {PREFIX "source/phone/command", " source-phone ", " server admin-ops "},
    {PREFIX "source/phone/reply", " server ", " source-phone admin-ops "},
    {PREFIX "source/phone/status", " source-phone ", " server admin-ops "},
    {PREFIX "admin/ops/command", " admin-ops ", " server admin-ops "},
    {PREFIX "admin/ops/reply", " server ", " admin-ops "},
    {PREFIX "admin/ops/status", " admin-ops ", " server admin-ops "},
    {PREFIX "reader/crm/status", "", " server admin-ops "},
    {PREFIX "reception/main/command", " reception-main ", " server admin-ops "},
    {PREFIX "reception/main/reply", " server ", " reception-main admin-ops "},
    {PREFIX "reception/main/status", " reception-main ", " server admin-ops "},
    {PREFIX "supervisor/chief/command", " supervisor-chief ", " server admin-ops "},
    {PREFIX "supervisor/chief/reply", " server ", " supervisor-chief admin-ops "},
    {PREFIX "supervisor/chief/status", " supervisor-chief ", " server admin-ops "},
    {PREFIX "board/main", " server ",
     " kiosk-hall1 display-hall1 counter-3 counter-4 admin-ops "},
    {PREFIX "board/annexe", " server ",
     " kiosk-hall1 kiosk-annexe counter-3 counter-4 admin-ops "},
    {PREFIX "hall/main/state", " server ", " reception-main supervisor-chief admin-ops "},
    {PREFIX "hall/annexe/state", " server ", " supervisor-chief admin-ops "},
    {PREFIX "board", "", " admin-ops "},
    {PREFIX "service/passports/state", " server ",
     " kiosk-hall1 kiosk-annexe counter-3 counter-4 admin-ops "},
    {PREFIX "config", " server ",
     " server kiosk-hall1 kiosk-annexe display-hall1 counter-3 counter-4 admin-ops "
     "reception-main supervisor-chief "},
    {PREFIX "server/main/status", " server ", " server admin-ops "},
    {PREFIX "event", " server ", " reader-crm admin-ops "},
    {"guichet/v1/prefecture", "", " admin-ops "},
    {"guichet/v1/mairie/config", "", ""},
    {"guichet/v1/mairie/kiosk/hall1/command", "", ""},
    {"guichet/v2/prefecture/config", "", ""},
    {"kiosk/hall1/command", "", ""},
    {"/" PREFIX "config", "", ""},
};

#define ROW_COUNT (sizeof rows / sizeof rows[0])

struct fixture {
    struct test_broker broker;
    struct client probe;
    enum entrance entrance; /* of the devices; the server has its own */
    size_t cells;
    size_t failures;
};

static bool is_among(const char *list, const char *identity)
{
    char word[64];
    struct text text;
    text_init(&text, word, sizeof word);
    text_add(&text, " %s ", identity);
    return strstr(list, word) != NULL;
}

static enum entrance entrance_of(const struct fixture *fixture, const char *identity)
{
    return strcmp(identity, "server") == 0 ? ENTRANCE_SERVER : fixture->entrance;
}

/* One cell: what was seen against what the table says. */
static void cell_check(struct fixture *fixture, const char *what, const char *identity,
                       const char *topic, bool is_seen, bool is_right)
{
    fixture->cells++;
    if (is_seen != is_right) {
        fixture->failures++;
        print_error("%s of %s by %s: %s\n", what, topic, identity,
                    is_seen ? "allowed" : "refused");
    }
}

static void devices_make(const struct test_broker *broker, bool by_certificate)
{
    const char *const specifications[][4] = {
        {"kiosk", "hall1", NULL, NULL},
        {"kiosk", "annexe", "--hall", "annexe"},
        {"display", "hall1", "--hall", "main"},
        {"counter", "3", NULL, NULL},
        {"counter", "4", NULL, NULL},
        {"button", "b3", "--counter", "3"},
        {"lamp", "l3", "--counter", "3"},
        {"source", "phone", NULL, NULL},
        {"admin", "ops", NULL, NULL},
        {"reader", "crm", NULL, NULL},
        {"reception", "main", "--hall", "main"},
        {"supervisor", "chief", NULL, NULL},
    };
    for (size_t i = 0; i < sizeof specifications / sizeof specifications[0]; i++) {
        const char *const *one = specifications[i];
        const char *certificate = by_certificate ? "--certificate" : NULL;
        if (one[2]) {
            devices_must("add", one[0], one[1], "--dir", broker->dir, one[2], one[3],
                         certificate, NULL);
        } else {
            devices_must("add", one[0], one[1], "--dir", broker->dir, certificate, NULL);
        }
    }
}

/* Puts the probe beside the files as they are: a reader's identity, renamed to nobody's
 * kind, and everything allowed. */
static void probe_make(struct fixture *fixture)
{
    char path[PATH_MAX];
    char secret[128];
    char hashes[16384];
    path_join(path, fixture->broker.dir, "/devices/server.secret", "", "");
    file_read(path, secret, sizeof secret);
    secret[strcspn(secret, "\n")] = '\0';
    path_join(path, fixture->broker.dir, "/passwords", "", "");
    file_read(path, hashes, sizeof hashes);
    const char *hash = strstr(hashes, "server:");
    assert_non_null(hash);
    hash += strlen("server:");
    char line[256];
    struct text text;
    text_init(&text, line, sizeof line);
    text_add(&text, PROBE ":%.*s\n", (int)strcspn(hash, "\n"), hash);
    file_append(path, line);
    path_join(path, fixture->broker.dir, "/acl", "", "");
    file_append(path, "\nuser " PROBE "\ntopic readwrite #\n");

    char pid[16];
    text_init(&text, pid, sizeof pid);
    text_add(&text, "%ld", (long)fixture->broker.pid);
    const char *const words[] = {"/bin/kill", "-HUP", pid, NULL};
    assert_int_equal(program_run(words).exit_status, 0);
    const struct credentials credentials = {
        .entrance = ENTRANCE_LOOPBACK, .name = PROBE, .secret = secret};
    for (int i = 0; i < 100;
         i++) { /* the broker looks at its signals ten times a second */
        if (client_open(&fixture->probe, &fixture->broker, &credentials)) {
            client_subscribe(&fixture->probe, "#");
            return;
        }
        client_close(&fixture->probe);
    }
    fail_msg("the probe is not let in");
}

static void fixture_start(struct fixture *fixture, enum entrance entrance)
{
    *fixture = (struct fixture){.entrance = entrance};
    broker_start(&fixture->broker);
    devices_make(&fixture->broker, entrance == ENTRANCE_TLS);
    probe_make(fixture);
}

static void fixture_finish(struct fixture *fixture)
{
    client_close(&fixture->probe);
    broker_stop(&fixture->broker);
    print_message("%zu cells, %zu wrong\n", fixture->cells, fixture->failures);
    assert_int_equal(fixture->failures, 0);
}

/* Everything published before has reached the probe when its own message has. */
static void probe_catch_up(struct fixture *fixture)
{
    assert_true(client_publish(&fixture->probe, "probe/mark", "mark", false) >= 0);
    assert_true(client_wait(&fixture->probe, "probe/mark", "mark"));
}

static void writes_check(struct fixture *fixture, const char *identity, bool retain)
{
    struct client device;
    const char *what = retain ? "retained write" : "write";
    int reasons[ROW_COUNT];
    client_forget(&fixture->probe);
    client_open_device(&device, &fixture->broker, identity,
                       entrance_of(fixture, identity), NULL);
    for (size_t i = 0; i < ROW_COUNT; i++) {
        reasons[i] = client_publish(&device, rows[i].topic, "write", retain);
    }
    probe_catch_up(fixture);
    if (retain) { /* what counts is what somebody hears who comes later */
        client_forget(&fixture->probe);
        client_unsubscribe(&fixture->probe, "#");
        client_subscribe(&fixture->probe, "#");
        probe_catch_up(fixture);
    }
    for (size_t i = 0; i < ROW_COUNT; i++) {
        bool is_seen = client_count(&fixture->probe, rows[i].topic, "write") > 0;
        bool may_write = is_among(rows[i].writers, identity);
        cell_check(fixture, what, identity, rows[i].topic, is_seen, may_write);
        assert_true(reasons[i] == REASON_SUCCESS || reasons[i] == REASON_NOT_AUTHORIZED);
        cell_check(fixture, "PUBACK", identity, rows[i].topic,
                   reasons[i] == REASON_SUCCESS, may_write);
        if (retain) {
            assert_true(client_publish(&fixture->probe, rows[i].topic, "", true) >= 0);
        }
    }
    client_close(&device);
}

static void wills_check(struct fixture *fixture, const char *identity)
{
    struct client device;
    client_forget(&fixture->probe);
    for (size_t i = 0; i < ROW_COUNT; i++) {
        if (client_try_device(&device, &fixture->broker, identity,
                              entrance_of(fixture, identity), rows[i].topic)) {
            client_drop(&device);
        } else {
            client_close(&device);
        }
    }
    /* The broker has ended the last connection, Will and all, before it lets the same
     * identity in again. */
    client_open_device(&device, &fixture->broker, identity,
                       entrance_of(fixture, identity), NULL);
    probe_catch_up(fixture);
    client_close(&device);
    for (size_t i = 0; i < ROW_COUNT; i++) {
        cell_check(fixture, "will", identity, rows[i].topic,
                   client_count(&fixture->probe, rows[i].topic, "will") > 0,
                   is_among(rows[i].writers, identity));
    }
}

/* Reads what the probe publishes to every topic, and stops at its last word on any of
 * them. Everybody may read at least one topic. */
static void reads_compare(struct fixture *fixture, struct client *device,
                          const char *what, const char *identity)
{
    for (size_t i = 0; i < ROW_COUNT; i++) {
        assert_true(client_publish(&fixture->probe, rows[i].topic, "end", false) >= 0);
    }
    assert_true(client_wait(device, NULL, "end"));
    for (size_t i = 0; i < ROW_COUNT; i++) {
        size_t count = client_count(device, rows[i].topic, "read");
        bool may_read = is_among(rows[i].readers, identity);
        cell_check(fixture, what, identity, rows[i].topic, count > 0, may_read);
        assert_true(count <= 1);
    }
    client_forget(device);
}

static void probe_publish(struct fixture *fixture, bool retain)
{
    for (size_t i = 0; i < ROW_COUNT; i++) {
        assert_int_equal(client_publish(&fixture->probe, rows[i].topic, "read", retain),
                         REASON_SUCCESS);
    }
}

static void reads_check(struct fixture *fixture, const char *identity)
{
    struct client device;
    client_open_device(&device, &fixture->broker, identity,
                       entrance_of(fixture, identity), NULL);
    client_subscribe(&device, "#");
    probe_publish(fixture, false);
    reads_compare(fixture, &device, "read by '#'", identity);
    client_unsubscribe(&device, "#");

    probe_publish(fixture, true);
    client_subscribe(&device, "#");
    reads_compare(fixture, &device, "read of what is kept", identity);
    client_unsubscribe(&device, "#");
    for (size_t i = 0; i < ROW_COUNT; i++) {
        assert_true(client_publish(&fixture->probe, rows[i].topic, "", true) >= 0);
    }

    for (size_t i = 0; i < ROW_COUNT; i++) {
        client_subscribe(&device, rows[i].topic);
    }
    probe_publish(fixture, false);
    reads_compare(fixture, &device, "read by its filter", identity);
    client_close(&device);
}

/* A shared subscription, and the broker's own figures, are no way around. */
static void detours_check(struct fixture *fixture, const char *identity)
{
    struct client device;
    client_open_device(&device, &fixture->broker, identity,
                       entrance_of(fixture, identity), NULL);
    client_subscribe(&device, "$SYS/#");
    client_subscribe(&device, "$share/group/" PREFIX "#");
    probe_publish(fixture, false);
    reads_compare(fixture, &device, "shared read", identity);
    assert_int_equal(client_publish(&device, "$SYS/broker/version", "x", false),
                     REASON_NOT_AUTHORIZED);
    client_close(&device);
}

static void matrix_check(enum entrance entrance)
{
    struct fixture fixture;
    fixture_start(&fixture, entrance);
    for (size_t i = 0; i < IDENTITY_COUNT; i++) {
        writes_check(&fixture, identities[i], false);
        writes_check(&fixture, identities[i], true);
        wills_check(&fixture, identities[i]);
        reads_check(&fixture, identities[i]);
        detours_check(&fixture, identities[i]);
    }
    fixture_finish(&fixture);
}

static void every_cell_of_the_rights_holds_by_secret_on_loopback(void **state)
{
    (void)state;
    matrix_check(ENTRANCE_LOOPBACK);
}

static void every_cell_of_the_rights_holds_by_certificate_over_tls(void **state)
{
    (void)state;
    matrix_check(ENTRANCE_TLS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_cell_of_the_rights_holds_by_secret_on_loopback),
        cmocka_unit_test(every_cell_of_the_rights_holds_by_certificate_over_tls),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
