/* Loads a server over MQTT and prints how long its answers take: the product and the
 * floor are measured by this same program, so that their ratio says what the product
 * adds.
 *
 *   load --floor|--product --port N --site ID --secrets DIR --stations N --services N
 *        --mode latency|cycles|open --count N
 *
 * A station is a kiosk and a counter with a connection each. One cycle is take,
 * call-next, start, finish, each sent when the one before is answered. In mode `latency`
 * one station takes `count` tickets one after the other; in mode `cycles` every station
 * runs `count` cycles. The counter's version is read from its replies, the epoch and tick
 * from its state topic. Against the floor the same bytes go to a server that only commits
 * and answers. */
#include <assert.h>
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <mosquitto.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

#define STATIONS_MAX    128
#define TOPIC_BYTES     160
#define PAYLOAD_BYTES   512
#define VERBS_PER_CYCLE 4
#define VERB_OPEN       4
#define GIVE_UP_AFTER_S 120

struct options {
    bool is_floor;
    bool is_latency;
    bool is_opening;
    int port;
    const char *site;
    const char *secrets;
    int station_count;
    int service_count;
    long count;
};

struct station;

struct connection {
    struct mosquitto *client;
    struct station *station;
    bool is_counter;
    bool is_ready;
    char command_topic[TOPIC_BYTES];
    char reply_topic[TOPIC_BYTES];
    char state_topic[TOPIC_BYTES];
};

struct station {
    struct load *load;
    int number;
    struct connection kiosk;
    struct connection counter;
    int verb; /* 0 take, 1 call-next, 2 start, 3 finish, VERB_OPEN */
    long cycles_left;
    int64_t version;
    int64_t epoch;
    int64_t tick;
    int64_t sent_at_us;
};

struct load {
    struct options options;
    int epoll_fd;
    struct station stations[STATIONS_MAX];
    uint64_t next_id;
    int64_t *answers_us;
    size_t answer_count;
    size_t answer_capacity;
    long refused_count;
    long done_count;
    int busy_count;
    bool has_started;
    int64_t started_us;
};

static int64_t now_us(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now); /* cannot fail for this clock */
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void die(const char *what, const char *why)
{
    (void)fprintf(stderr, "load: %s: %s\n", what, why);
    exit(2);
}

/* The integer after `"key":` in the payload, or -1. */
static int64_t integer_of(const char *payload, const char *key)
{
    char pattern[48];
    (void)snprintf(pattern, sizeof(pattern), "\"%s\":", key);
    const char *at = strstr(payload, pattern);
    return at ? strtoll(at + strlen(pattern), NULL, 10) : -1;
}

static void send_command(struct station *station)
{
    static const char *const verbs[] = {"take", "call-next", "start", "finish", "open"};
    struct load *load = station->load;
    struct connection *connection =
        station->verb == 0 ? &station->kiosk : &station->counter;
    char payload[PAYLOAD_BYTES];
    uint64_t id = load->next_id++;
    int length = snprintf(payload, sizeof(payload),
                          "{\"id\":\"01930000-0000-7000-8%03" PRIx64 "-%012" PRIx64
                          "\",\"verb\":\"%s\"",
                          id >> 48 & 0xFFF, id & 0xFFFFFFFFFFFF, verbs[station->verb]);
    if (station->verb == 0) {
        length += snprintf(payload + length, sizeof(payload) - (size_t)length,
                           ",\"service\":\"s%d\",\"language\":\"fr\"}",
                           station->number % load->options.service_count);
    } else {
        length += snprintf(payload + length, sizeof(payload) - (size_t)length,
                           ",\"version\":%" PRId64 ",\"epoch\":%" PRId64
                           ",\"tick\":%" PRId64 "}",
                           station->version, station->epoch, station->tick);
    }
    station->sent_at_us = now_us();
    int rc = mosquitto_publish(connection->client, NULL, connection->command_topic,
                               length, payload, 1, false);
    if (rc != MOSQ_ERR_SUCCESS) {
        die("cannot publish", mosquitto_strerror(rc));
    }
}

static void note_answer(struct load *load, int64_t took_us)
{
    if (load->answer_count == load->answer_capacity) {
        load->answer_capacity = load->answer_capacity ? load->answer_capacity * 2 : 4096;
        load->answers_us =
            realloc(load->answers_us, load->answer_capacity * sizeof(*load->answers_us));
        if (!load->answers_us) {
            die("cannot note an answer", "out of memory");
        }
    }
    load->answers_us[load->answer_count++] = took_us;
}

static void go_on(struct station *station)
{
    struct load *load = station->load;
    bool is_last_verb = load->options.is_latency || station->verb >= VERBS_PER_CYCLE - 1;
    if (is_last_verb) {
        station->verb = 0;
        station->cycles_left--;
        load->done_count++;
    } else {
        station->verb++;
    }
    if (station->cycles_left > 0) {
        send_command(station);
    } else {
        load->busy_count--;
    }
}

static void handle_reply(struct station *station, const char *payload)
{
    struct load *load = station->load;
    note_answer(load, now_us() - station->sent_at_us);
    if (strstr(payload, "\"ok\":false")) {
        load->refused_count++;
        if (load->refused_count <= 3) {
            (void)fprintf(stderr, "load: refused: %s\n", payload);
        }
    }
    int64_t version = integer_of(payload, "version");
    if (version >= 0) {
        station->version = version;
    }
    go_on(station);
}

static void on_message(struct mosquitto *client, void *context,
                       const struct mosquitto_message *message,
                       const mosquitto_property *properties)
{
    (void)client;
    (void)properties;
    struct connection *connection = context;
    struct station *station = connection->station;
    char payload[4096];
    size_t length = (size_t)message->payloadlen;
    if (length >= sizeof(payload)) {
        length = sizeof(payload) - 1;
    }
    memcpy(payload, message->payload, length);
    payload[length] = '\0';
    if (strcmp(message->topic, connection->state_topic) == 0) {
        station->epoch = integer_of(payload, "epoch");
        station->tick = integer_of(payload, "tick");
        if (!station->load->has_started) {
            station->version = integer_of(payload, "version");
        }
        connection->is_ready = true;
        return;
    }
    handle_reply(station, payload);
}

static void on_subscribe(struct mosquitto *client, void *context, int mid, int count,
                         const int *granted, const mosquitto_property *properties)
{
    (void)client;
    (void)mid;
    (void)properties;
    struct connection *connection = context;
    for (int i = 0; i < count; i++) {
        if (granted[i] >= 128) {
            die("subscription refused", connection->reply_topic);
        }
    }
    /* A product's counter is ready with its first state; everybody else with this. */
    if (!connection->is_counter || connection->station->load->options.is_floor) {
        connection->is_ready = true;
    }
}

static void on_connect(struct mosquitto *client, void *context, int reason, int flags,
                       const mosquitto_property *properties)
{
    (void)flags;
    (void)properties;
    struct connection *connection = context;
    if (reason != 0) {
        die("connection refused", mosquitto_reason_string(reason));
    }
    char *topics[2] = {connection->reply_topic, connection->state_topic};
    bool has_state =
        connection->is_counter && !connection->station->load->options.is_floor;
    int rc =
        mosquitto_subscribe_multiple(client, NULL, has_state ? 2 : 1, topics, 1, 0, NULL);
    if (rc != MOSQ_ERR_SUCCESS) {
        die("cannot subscribe", mosquitto_strerror(rc));
    }
}

/* The secret in DIR/devices/<identity>.secret, first line. */
static void read_secret(const struct options *options, const char *identity,
                        char *ret_secret, size_t capacity)
{
    char path[512];
    (void)snprintf(path, sizeof(path), "%s/devices/%s.secret", options->secrets,
                   identity);
    FILE *file = fopen(path, "re");
    if (!file || !fgets(ret_secret, (int)capacity, file)) {
        die(path, "cannot read the secret");
    }
    ret_secret[strcspn(ret_secret, "\r\n")] = '\0';
    (void)fclose(file); /* was only read */
}

static void open_connection(struct station *station, struct connection *connection,
                            const char *kind)
{
    struct load *load = station->load;
    const char *site = load->options.site;
    char identity[64];
    (void)snprintf(identity, sizeof(identity), "%s-%d", kind, station->number);
    connection->station = station;
    connection->is_counter = strcmp(kind, "counter") == 0;
    (void)snprintf(connection->command_topic, TOPIC_BYTES, "guichet/v1/%s/%s/%d/command",
                   site, kind, station->number);
    (void)snprintf(connection->reply_topic, TOPIC_BYTES, "guichet/v1/%s/%s/%d/reply",
                   site, kind, station->number);
    (void)snprintf(connection->state_topic, TOPIC_BYTES, "guichet/v1/%s/%s/%d/state",
                   site, kind, station->number);
    connection->client = mosquitto_new(identity, true, connection);
    if (!connection->client) {
        die("cannot make a client", strerror(errno));
    }
    char secret[256];
    read_secret(&load->options, identity, secret, sizeof(secret));
    (void)mosquitto_int_option(connection->client, MOSQ_OPT_PROTOCOL_VERSION, 5);
    (void)mosquitto_int_option(connection->client, MOSQ_OPT_TCP_NODELAY, 1);
    (void)mosquitto_username_pw_set(connection->client, identity, secret);
    mosquitto_connect_v5_callback_set(connection->client, on_connect);
    mosquitto_subscribe_v5_callback_set(connection->client, on_subscribe);
    mosquitto_message_v5_callback_set(connection->client, on_message);
    int rc = mosquitto_connect(connection->client, "127.0.0.1", load->options.port, 60);
    if (rc != MOSQ_ERR_SUCCESS) {
        die("cannot connect", mosquitto_strerror(rc));
    }
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = connection};
    if (epoll_ctl(load->epoll_fd, EPOLL_CTL_ADD, mosquitto_socket(connection->client),
                  &event) != 0) {
        die("cannot watch a connection", strerror(errno));
    }
}

/* Let every client write what its callbacks queued. */
static void flush(struct connection *connection)
{
    while (mosquitto_want_write(connection->client)) {
        int rc = mosquitto_loop_write(connection->client, 1);
        if (rc != MOSQ_ERR_SUCCESS) {
            die("cannot write", mosquitto_strerror(rc));
        }
    }
}

static void turn(struct load *load, int timeout_ms)
{
    struct epoll_event events[64];
    int count = epoll_wait(load->epoll_fd, events, 64, timeout_ms);
    for (int i = 0; i < count; i++) {
        struct connection *connection = events[i].data.ptr;
        int rc = mosquitto_loop_read(connection->client, 16);
        if (rc != MOSQ_ERR_SUCCESS) {
            die("connection lost", mosquitto_strerror(rc));
        }
        /* A message on one connection may have sent on the station's other one. */
        flush(&connection->station->kiosk);
        flush(&connection->station->counter);
    }
}

static bool all_ready(const struct load *load)
{
    for (int i = 0; i < load->options.station_count; i++) {
        if (!load->stations[i].kiosk.is_ready || !load->stations[i].counter.is_ready) {
            return false;
        }
    }
    return true;
}

static int compare_int64(const void *left, const void *right)
{
    const int64_t *a = left;
    const int64_t *b = right;
    return (*a > *b) - (*a < *b);
}

static void print_figures(struct load *load)
{
    double took_s = (double)(now_us() - load->started_us) / 1e6;
    qsort(load->answers_us, load->answer_count, sizeof(*load->answers_us), compare_int64);
    size_t count = load->answer_count;
    (void)printf("%s %s median_us=%" PRId64 " p99_us=%" PRId64
                 " answers=%zu answers_per_s=%.0f cycles_per_s=%.0f refused=%ld\n",
                 load->options.is_floor ? "floor" : "product",
                 load->options.is_latency ? "latency" : "cycles",
                 load->answers_us[count / 2], load->answers_us[count * 99 / 100], count,
                 (double)count / took_s, (double)load->done_count / took_s,
                 load->refused_count);
}

static int run(struct load *load)
{
    int64_t give_up_us = now_us() + (int64_t)GIVE_UP_AFTER_S * 1000000;
    while (!all_ready(load) && now_us() < give_up_us) {
        turn(load, 100);
    }
    load->has_started = true;
    load->started_us = now_us();
    load->busy_count = load->options.station_count;
    for (int i = 0; i < load->options.station_count; i++) {
        load->stations[i].cycles_left = load->options.count;
        load->stations[i].verb = load->options.is_opening ? VERB_OPEN : 0;
        send_command(&load->stations[i]);
        flush(&load->stations[i].kiosk);
        flush(&load->stations[i].counter);
    }
    while (load->busy_count > 0 && now_us() < give_up_us) {
        turn(load, 100);
    }
    if (load->busy_count > 0) {
        die("gave up", "answers are missing");
    }
    print_figures(load);
    return load->refused_count == 0 ? 0 : 1;
}

static void parse_options(int argc, char **argv, struct options *options)
{
    static const struct option long_options[] = {
        {"floor", no_argument, NULL, 'f'},
        {"product", no_argument, NULL, 'p'},
        {"port", required_argument, NULL, 'P'},
        {"site", required_argument, NULL, 'S'},
        {"secrets", required_argument, NULL, 'd'},
        {"stations", required_argument, NULL, 's'},
        {"services", required_argument, NULL, 'v'},
        {"mode", required_argument, NULL, 'm'},
        {"count", required_argument, NULL, 'n'},
        {NULL, 0, NULL, 0}};
    int option;
    while ((option = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
        if (option == 'f') {
            options->is_floor = true;
        } else if (option == 'P') {
            options->port = (int)strtoll(optarg, NULL, 10);
        } else if (option == 'S') {
            options->site = optarg;
        } else if (option == 'd') {
            options->secrets = optarg;
        } else if (option == 's') {
            options->station_count = (int)strtoll(optarg, NULL, 10);
        } else if (option == 'v') {
            options->service_count = (int)strtoll(optarg, NULL, 10);
        } else if (option == 'm') {
            options->is_latency = strcmp(optarg, "latency") == 0;
            options->is_opening = strcmp(optarg, "open") == 0;
        } else if (option == 'n') {
            options->count = (long)strtoll(optarg, NULL, 10);
        } else if (option != 'p') {
            exit(2);
        }
    }
    bool is_complete = options->port > 0 && options->site && options->secrets &&
                       options->count > 0 && options->service_count > 0 &&
                       options->station_count > 0 &&
                       options->station_count <= STATIONS_MAX;
    if (!is_complete) {
        die("options", "see the head of load.c");
    }
}

int main(int argc, char **argv)
{
    struct load *load = calloc(1, sizeof(*load));
    if (!load) {
        die("cannot start", "out of memory");
    }
    load->options.service_count = 1;
    load->options.station_count = 1;
    parse_options(argc, argv, &load->options);
    load->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    struct timespec wall;
    (void)clock_gettime(CLOCK_REALTIME, &wall);  /* cannot fail for this clock */
    load->next_id = (uint64_t)wall.tv_sec << 24; /* never an id of an earlier run */
    (void)mosquitto_lib_init();                  /* always succeeds here */
    for (int i = 0; i < load->options.station_count; i++) {
        struct station *station = &load->stations[i];
        station->load = load;
        station->number = i + 1;
        open_connection(station, &station->kiosk, "kiosk");
        open_connection(station, &station->counter, "counter");
    }
    int result = run(load);
    for (int i = 0; i < load->options.station_count; i++) {
        (void)mosquitto_disconnect(
            load->stations[i].kiosk.client); /* at the end anyway */
        (void)mosquitto_disconnect(
            load->stations[i].counter.client); /* at the end anyway */
        mosquitto_destroy(load->stations[i].kiosk.client);
        mosquitto_destroy(load->stations[i].counter.client);
    }
    (void)mosquitto_lib_cleanup(); /* always succeeds */
    free(load->answers_us);
    (void)close(load->epoll_fd);
    free(load);
    return result;
}
