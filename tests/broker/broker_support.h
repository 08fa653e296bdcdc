/* For the tests of the broker's files: programs that are run and waited for, a private
 * broker, and MQTT clients whose every answer can be looked at. Whatever a test needs and
 * does not get ends it. */
#ifndef GUICHET_TESTS_BROKER_SUPPORT_H
#define GUICHET_TESTS_BROKER_SUPPORT_H

#include <limits.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include <mosquitto.h>

/* The site of every test, and its topics. */
#define SITE   "prefecture"
#define PREFIX "guichet/v1/" SITE "/"

/* Nothing in a test takes longer, however slow the machine. */
#define PATIENCE_MS 10000

#define MESSAGES_MAX 1024
#define OUTPUT_BYTES 8192

struct program_result {
    int exit_status; /* -1 when it did not exit by itself */
    char output[OUTPUT_BYTES];
    char errors[OUTPUT_BYTES];
};

/* Run the program `words[0]`, at most 20 words and a NULL, to its end. */
struct program_result program_run(const char *const words[]);

/* Run `guichet devices …` with up to 14 further words, up to NULL. */
struct program_result devices(const char *first, ...) __attribute__((sentinel));

/* As devices(), for what must succeed. */
void devices_must(const char *first, ...) __attribute__((sentinel));

/* A new folder for one test, and its removal with all that is in it. */
void folder_make(char ret_path[PATH_MAX]);
void folder_remove(const char *path);

/* Join up to four texts to a path; `ret_path` has PATH_MAX bytes. */
void path_join(char ret_path[PATH_MAX], const char *a, const char *b, const char *c,
               const char *d);

/* The whole of a file, terminated; it must fit. */
void file_read(const char *path, char *ret_bytes, size_t capacity);
void file_append(const char *path, const char *line);

struct test_broker {
    char dir[PATH_MAX];
    pid_t pid;
    int server_port;
    int loopback_port;
    int tls_port;
};

/* Start a private broker in a new folder; stop it and remove the folder. */
void broker_start(struct test_broker *ret_broker);
void broker_stop(struct test_broker *broker);

/* Stop the broker and start it again with the same files and ports. */
void broker_restart(const struct test_broker *broker);

/* Which listener a client goes to, and how it says who it is. */
enum entrance { ENTRANCE_SERVER, ENTRANCE_LOOPBACK, ENTRANCE_TLS, ENTRANCE_COUNT };

/* How to connect. Empty fields are left out. */
struct credentials {
    enum entrance entrance;
    const char *client_id; /* sent; the broker replaces it by the user name */
    const char *name;      /* user name */
    const char *secret;
    const char *ca; /* files */
    const char *certificate;
    const char *key;
    const char *will_topic;
    int protocol; /* 0: MQTT 5 */
};

struct message {
    char topic[128];
    char payload[32];
    bool is_retained;
};

struct client {
    struct mosquitto *handle;
    pthread_t thread;
    bool has_thread;
    pthread_mutex_t mutex; /* guards everything below */
    pthread_cond_t changed;
    bool is_closing;
    int connect_reason; /* -1: no CONNACK yet */
    bool is_ended;      /* the connection ended */
    int ended_reason;   /* what the broker said then, or the library's error */
    int published_mid;
    int published_reason;
    int subscribed_count; /* SUBACK and UNSUBACK received */
    size_t message_count;
    struct message messages[MESSAGES_MAX];
};

/* Connect and wait for the broker's word. True when it let us in; else `connect_reason`
 * is the CONNACK's, or -1 when there was none. In both cases the client must be closed.
 */
bool client_open(struct client *client, const struct test_broker *broker,
                 const struct credentials *credentials);
void client_close(struct client *client);

/* Drop the connection without a word, as a pulled plug does: the Will goes out. */
void client_drop(struct client *client);

/* Publish at QoS 1 and wait for the PUBACK; gives its reason (0, 16 or 135), or -1 when
 * the connection ended instead. */
int client_publish(struct client *client, const char *topic, const char *payload,
                   bool retain);

void client_subscribe(struct client *client, const char *filter);
void client_unsubscribe(struct client *client, const char *filter);

/* How many messages with this topic (NULL: any) and payload have come. */
size_t client_count(struct client *client, const char *topic, const char *payload);

/* Wait until at least one has come; false when none came within PATIENCE_MS. */
bool client_wait(struct client *client, const char *topic, const char *payload);

/* Wait until the connection has ended; false when it is still there after PATIENCE_MS. */
bool client_wait_end(struct client *client);

/* Whether an open connection still carries a message and its acknowledgement. */
bool client_is_alive(struct client *client, const char *own_topic);

/* Forget the messages. */
void client_forget(struct client *client);

/* Open a device that must be let in: by certificate on ENTRANCE_TLS, by secret else, with
 * the files of broker->dir/devices. */
void client_open_device(struct client *client, const struct test_broker *broker,
                        const char *identity, enum entrance entrance,
                        const char *will_topic);

/* The same, giving whether it was let in. */
bool client_try_device(struct client *client, const struct test_broker *broker,
                       const char *identity, enum entrance entrance,
                       const char *will_topic);

/* The secret of an identity in the broker's folder. */
void secret_read(const struct test_broker *broker, const char *identity,
                 char ret_secret[128]);

/* For cmocka: a broker of the test's own as its state, with kiosk-hall1 and kiosk-hall2
 * by secret and display-hall1 and display-hall2 by certificate. */
int broker_setup(void **state);
int broker_teardown(void **state);

#endif
