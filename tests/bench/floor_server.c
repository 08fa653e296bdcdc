/* The floor of a command's way: what any server must do that answers over MQTT 5 only
 * after a durable commit, and nothing else. One thread drives the broker's socket, as
 * guichet-server does; the commands that one turn of the loop brings share one SQLite
 * transaction (WAL, synchronous=FULL), one row each, and are then answered.
 *
 *   floor_server PORT IDENTITY SECRET SITE DATABASE
 */
#include <errno.h>
#include <mosquitto.h>
#include <poll.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define GROUP_MAX 256

struct floor {
    struct mosquitto *client;
    sqlite3 *database;
    sqlite3_stmt *insert;
    const char *site;
    char *topics[GROUP_MAX];
    int group_count;
};

static volatile sig_atomic_t must_stop;

static void handle_signal(int number)
{
    (void)number;
    must_stop = 1;
}

static void die(const char *what, const char *why)
{
    (void)fprintf(stderr, "floor_server: %s: %s\n", what, why);
    exit(2);
}

static void execute(struct floor *floor, const char *sql)
{
    char *why = NULL;
    if (sqlite3_exec(floor->database, sql, NULL, NULL, &why) != SQLITE_OK) {
        die(sql, why);
    }
}

/* Commit what this turn brought and answer each command on its sender's reply topic. */
static void finish_group(struct floor *floor)
{
    static const char reply[] = "{\"ok\":true,\"version\":1}";
    if (floor->group_count == 0) {
        return;
    }
    execute(floor, "COMMIT");
    for (int i = 0; i < floor->group_count; i++) {
        int rc = mosquitto_publish(floor->client, NULL, floor->topics[i],
                                   sizeof(reply) - 1, reply, 1, false);
        if (rc != MOSQ_ERR_SUCCESS) {
            die("cannot answer", mosquitto_strerror(rc));
        }
        free(floor->topics[i]);
    }
    floor->group_count = 0;
}

static void on_message(struct mosquitto *client, void *context,
                       const struct mosquitto_message *message,
                       const mosquitto_property *properties)
{
    (void)client;
    (void)properties;
    struct floor *floor = context;
    size_t stem = strlen(message->topic) - strlen("command");
    char *topic = malloc(stem + sizeof("reply"));
    if (!topic) {
        die("cannot answer", "out of memory");
    }
    memcpy(topic, message->topic, stem);
    memcpy(topic + stem, "reply", sizeof("reply"));
    if (floor->group_count == 0) {
        execute(floor, "BEGIN IMMEDIATE");
    }
    (void)sqlite3_bind_blob(floor->insert, 1, message->payload, message->payloadlen,
                            SQLITE_STATIC); /* the step below says what failed */
    if (sqlite3_step(floor->insert) != SQLITE_DONE) {
        die("cannot insert", sqlite3_errmsg(floor->database));
    }
    (void)sqlite3_reset(floor->insert); /* repeats the step's result */
    floor->topics[floor->group_count++] = topic;
    if (floor->group_count == GROUP_MAX) {
        finish_group(floor);
    }
}

static void on_connect(struct mosquitto *client, void *context, int reason, int flags,
                       const mosquitto_property *properties)
{
    (void)flags;
    (void)properties;
    struct floor *floor = context;
    if (reason != 0) {
        die("connection refused", mosquitto_reason_string(reason));
    }
    char topic[160];
    (void)snprintf(topic, sizeof(topic), "guichet/v1/%s/+/+/command", floor->site);
    int rc = mosquitto_subscribe(client, NULL, topic, 1);
    if (rc != MOSQ_ERR_SUCCESS) {
        die("cannot subscribe", mosquitto_strerror(rc));
    }
    (void)printf("ready\n");
    (void)fflush(stdout);
}

int main(int argc, char **argv)
{
    if (argc != 6) {
        die("usage", "floor_server PORT IDENTITY SECRET SITE DATABASE");
    }
    struct floor floor = {.site = argv[4]};
    (void)signal(SIGTERM, handle_signal);
    if (sqlite3_open(argv[5], &floor.database) != SQLITE_OK) {
        die(argv[5], sqlite3_errmsg(floor.database));
    }
    execute(&floor, "PRAGMA journal_mode=WAL");
    execute(&floor, "PRAGMA synchronous=FULL");
    execute(&floor, "CREATE TABLE command(seq INTEGER PRIMARY KEY, body BLOB) STRICT");
    if (sqlite3_prepare_v2(floor.database, "INSERT INTO command(body) VALUES(?)", -1,
                           &floor.insert, NULL) != SQLITE_OK) {
        die("cannot prepare", sqlite3_errmsg(floor.database));
    }
    (void)mosquitto_lib_init(); /* always succeeds here */
    floor.client = mosquitto_new(argv[2], true, &floor);
    (void)mosquitto_int_option(floor.client, MOSQ_OPT_PROTOCOL_VERSION, 5);
    (void)mosquitto_int_option(floor.client, MOSQ_OPT_TCP_NODELAY, 1);
    (void)mosquitto_username_pw_set(floor.client, argv[2], argv[3]);
    mosquitto_connect_v5_callback_set(floor.client, on_connect);
    mosquitto_message_v5_callback_set(floor.client, on_message);
    int rc =
        mosquitto_connect(floor.client, "127.0.0.1", (int)strtoll(argv[1], NULL, 10), 10);
    if (rc != MOSQ_ERR_SUCCESS) {
        die("cannot connect", mosquitto_strerror(rc));
    }
    while (!must_stop) {
        struct pollfd watched = {.fd = mosquitto_socket(floor.client), .events = POLLIN};
        if (mosquitto_want_write(floor.client)) {
            watched.events |= POLLOUT;
        }
        int ready = poll(&watched, 1, 1000);
        rc = MOSQ_ERR_SUCCESS;
        if (ready > 0 && (watched.revents & POLLIN) != 0) {
            rc = mosquitto_loop_read(floor.client, GROUP_MAX);
            finish_group(&floor);
        }
        if (rc == MOSQ_ERR_SUCCESS && mosquitto_want_write(floor.client)) {
            rc = mosquitto_loop_write(floor.client, GROUP_MAX);
        }
        if (rc == MOSQ_ERR_SUCCESS) {
            rc = mosquitto_loop_misc(floor.client);
        }
        if (rc != MOSQ_ERR_SUCCESS) {
            die("connection lost", mosquitto_strerror(rc));
        }
    }
    mosquitto_destroy(floor.client);
    (void)sqlite3_finalize(floor.insert);
    (void)sqlite3_close(floor.database);
    return 0;
}
