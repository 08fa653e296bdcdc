/* `guichet devices` without a broker: what it writes, who may read it, what it refuses
 * and how it says so. */
#include "broker_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <fcntl.h>
#include <pwd.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/text.h"

extern char **environ;

/* Programs that add a device at the same time. */
#define RIVALS 8

#define FILE_BYTES 65536

/* One test's folder, set up for a broker that runs as who runs the test, and the file of
 * it that was read last. */
struct fixture {
    char dir[PATH_MAX];
    char contents[FILE_BYTES];
};

static int setup(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    assert_non_null(fixture);
    const struct passwd *own = getpwuid(geteuid());
    assert_non_null(own);
    folder_make(fixture->dir);
    devices_must("init", "--site", SITE, "--dir", fixture->dir, "--listen",
                 "127.0.0.1:8883", "--broker-user", own->pw_name, NULL);
    *state = fixture;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;
    folder_remove(fixture->dir);
    free(fixture);
    return 0;
}

static const char *read_in(struct fixture *fixture, const char *name)
{
    char path[PATH_MAX];
    path_join(path, fixture->dir, "/", name, "");
    file_read(path, fixture->contents, sizeof fixture->contents);
    return fixture->contents;
}

static mode_t mode_of(const struct fixture *fixture, const char *name)
{
    char path[PATH_MAX];
    struct stat found;
    path_join(path, fixture->dir, "/", name, "");
    assert_int_equal(stat(path, &found), 0);
    return found.st_mode & 0777U;
}

static bool is_there(const struct fixture *fixture, const char *name)
{
    char path[PATH_MAX];
    path_join(path, fixture->dir, "/", name, "");
    return access(path, F_OK) == 0;
}

/* How often `word` stands in `text`. */
static size_t occurrences(const char *text, const char *word)
{
    size_t count = 0;
    for (const char *at = strstr(text, word); at; at = strstr(at + 1, word)) {
        count++;
    }
    return count;
}

static void secrets_are_for_their_owner_alone(void **state)
{
    struct fixture *fixture = *state;
    devices_must("add", "kiosk", "hall1", "--dir", fixture->dir, NULL);
    devices_must("add", "display", "hall1", "--dir", fixture->dir, "--certificate", NULL);
    const char *const secret[] = {"registry",
                                  "authority/ca.key",
                                  "devices/server.secret",
                                  "devices/kiosk-hall1.secret",
                                  "devices/kiosk-hall1.conf",
                                  "devices/display-hall1.key"};
    for (size_t i = 0; i < sizeof secret / sizeof secret[0]; i++) {
        assert_int_equal(mode_of(fixture, secret[i]), 0600);
    }
    const char *const closed[] = {"authority", "devices"};
    for (size_t i = 0; i < sizeof closed / sizeof closed[0]; i++) {
        assert_int_equal(mode_of(fixture, closed[i]), 0700);
    }
    const char *const broker[] = {"acl", "passwords", "mosquitto.conf", "tls/broker.key"};
    for (size_t i = 0; i < sizeof broker / sizeof broker[0]; i++) {
        assert_int_equal(mode_of(fixture, broker[i]), 0640);
    }
}

static void a_secret_is_random_and_only_its_hash_is_told(void **state)
{
    struct fixture *fixture = *state;
    char secrets[2][128];
    devices_must("add", "kiosk", "hall1", "--dir", fixture->dir, NULL);
    devices_must("add", "kiosk", "hall2", "--dir", fixture->dir, NULL);
    (void)text_copy(secrets[0], sizeof secrets[0],
                    read_in(fixture, "devices/kiosk-hall1.secret"));
    (void)text_copy(secrets[1], sizeof secrets[1],
                    read_in(fixture, "devices/kiosk-hall2.secret"));
    assert_int_equal(strspn(secrets[0], "0123456789abcdef"), 48);
    assert_string_not_equal(secrets[0], secrets[1]);
    secrets[0][48] = '\0';
    const char *const others[] = {"registry", "acl", "passwords", "mosquitto.conf",
                                  "devices/kiosk-hall1.conf"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        assert_null(strstr(read_in(fixture, others[i]), secrets[0]));
    }
}

static void adding_again_keeps_the_secret(void **state)
{
    struct fixture *fixture = *state;
    char before[128];
    devices_must("add", "button", "b3", "--counter", "3", "--dir", fixture->dir, NULL);
    (void)text_copy(before, sizeof before, read_in(fixture, "devices/button-b3.secret"));
    devices_must("add", "button", "b3", "--counter", "3", "--dir", fixture->dir, NULL);
    assert_string_equal(read_in(fixture, "devices/button-b3.secret"), before);
    assert_int_equal(occurrences(read_in(fixture, "acl"), "user button-b3\n"), 1);

    struct program_result result =
        devices("add", "button", "b3", "--counter", "4", "--dir", fixture->dir, NULL);
    assert_int_equal(result.exit_status, 1);
    assert_string_equal(result.errors,
                        "guichet devices: 'button-b3' is already there with "
                        "another proof or place: remove it first\n");
    assert_non_null(strstr(read_in(fixture, "acl"), "counter/3/light"));
}

static void removing_leaves_nothing_of_the_device(void **state)
{
    struct fixture *fixture = *state;
    devices_must("add", "kiosk", "hall1", "--dir", fixture->dir, NULL);
    devices_must("add", "display", "hall1", "--dir", fixture->dir, "--certificate", NULL);
    assert_non_null(strstr(read_in(fixture, "passwords"), "kiosk-hall1:$7$"));
    devices_must("remove", "kiosk", "hall1", "--dir", fixture->dir, NULL);
    devices_must("remove", "display", "hall1", "--dir", fixture->dir, NULL);
    assert_null(strstr(read_in(fixture, "acl"), "hall1"));
    assert_null(strstr(read_in(fixture, "passwords"), "hall1"));
    const char *const files[] = {"devices/kiosk-hall1.secret", "devices/kiosk-hall1.conf",
                                 "devices/display-hall1.crt", "devices/display-hall1.key",
                                 "devices/display-hall1.conf"};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        assert_false(is_there(fixture, files[i]));
    }
    struct program_result list = devices("list", "--dir", fixture->dir, NULL);
    assert_null(strstr(list.output, "hall1"));
    assert_non_null(strstr(list.output, "server"));

    struct program_result again =
        devices("remove", "kiosk", "hall1", "--dir", fixture->dir, NULL);
    assert_int_equal(again.exit_status, 1);
    assert_string_equal(again.errors, "guichet devices: there is no kiosk 'hall1'\n");
}

static void a_revoked_certificate_stays_on_the_list_for_ever(void **state)
{
    struct fixture *fixture = *state;
    for (int i = 0; i < 3; i++) {
        devices_must("add", "display", "hall1", "--dir", fixture->dir, "--certificate",
                     NULL);
        devices_must("remove", "display", "hall1", "--dir", fixture->dir, NULL);
    }
    char path[PATH_MAX];
    path_join(path, fixture->dir, "/tls/revoked.pem", "", "");
    const char *const words[] = {"/usr/bin/openssl", "crl",   "-in", path,
                                 "-noout",           "-text", NULL};
    struct program_result shown = program_run(words);
    assert_int_equal(occurrences(shown.output, "Serial Number:"), 3);
    assert_non_null(strstr(shown.output, "Next Update: Dec 31 23:59:59 9999 GMT"));
}

static void init_again_changes_what_is_named_and_keeps_the_rest(void **state)
{
    struct fixture *fixture = *state;
    char secret[128];
    char authority[4096];
    devices_must("add", "display", "hall1", "--dir", fixture->dir, "--certificate", NULL);
    (void)text_copy(secret, sizeof secret, read_in(fixture, "devices/server.secret"));
    (void)text_copy(authority, sizeof authority, read_in(fixture, "tls/ca.crt"));
    devices_must("init", "--site", SITE, "--dir", fixture->dir, "--listen",
                 "127.0.0.2:9883", "--host", "broker.example", NULL);
    assert_string_equal(read_in(fixture, "devices/server.secret"), secret);
    assert_string_equal(read_in(fixture, "tls/ca.crt"), authority);
    assert_non_null(
        strstr(read_in(fixture, "mosquitto.conf"), "\nlistener 9883 127.0.0.2\n"));
    assert_null(strstr(fixture->contents, "8883"));
    assert_non_null(strstr(fixture->contents, "\nlistener 1884 127.0.0.1\n"));
    assert_non_null(strstr(read_in(fixture, "devices/display-hall1.conf"),
                           "host = broker.example\n"
                           "port = 9883\n"
                           "ca_file = /etc/guichet/ca.crt\n"
                           "certificate_file = /etc/guichet/display-hall1.crt\n"
                           "key_file = /etc/guichet/display-hall1.key\n"));
    assert_non_null(strstr(read_in(fixture, "acl"), "user display-hall1\n"));

    struct program_result other =
        devices("init", "--site", "mairie", "--dir", fixture->dir, NULL);
    assert_int_equal(other.exit_status, 1);
    assert_non_null(strstr(other.errors, "already belongs to site 'prefecture'\n"));
}

static void a_lost_server_secret_is_made_anew(void **state)
{
    struct fixture *fixture = *state;
    char before[128];
    char path[PATH_MAX];
    (void)text_copy(before, sizeof before, read_in(fixture, "devices/server.secret"));
    path_join(path, fixture->dir, "/devices/server.secret", "", "");
    assert_int_equal(unlink(path), 0);
    devices_must("init", "--site", SITE, "--dir", fixture->dir, NULL);
    assert_string_not_equal(read_in(fixture, "devices/server.secret"), before);
    assert_int_equal(occurrences(read_in(fixture, "passwords"), "server:"), 1);
}

static void no_listener_is_without_tls_beyond_loopback(void **state)
{
    struct fixture *fixture = *state;
    const char *conf = read_in(fixture, "mosquitto.conf");
    assert_int_equal(occurrences(conf, "\nlistener "), 3);
    assert_non_null(strstr(conf, "\nlistener 1884 127.0.0.1\n"));
    assert_non_null(strstr(conf, "\nlistener 1883 127.0.0.1\n"));
    const char *hall = strstr(conf, "\nlistener 8883 127.0.0.1\n");
    assert_non_null(hall);
    const char *const musts[] = {"\ntls_version tlsv1.3\n",
                                 "\nrequire_certificate true\n",
                                 "\nuse_identity_as_username true\n", "\ncrlfile /",
                                 "\nuse_username_as_clientid true\n"};
    for (size_t i = 0; i < sizeof musts / sizeof musts[0]; i++) {
        assert_non_null(strstr(hall, musts[i]));
    }
    const char *const everywhere[] = {
        "\nallow_anonymous false\n", "\npersistence false\n", "\nset_tcp_nodelay true\n",
        "\nmax_packet_size 65536\n", "\nper_listener_settings false\n"};
    for (size_t i = 0; i < sizeof everywhere / sizeof everywhere[0]; i++) {
        const char *found = strstr(conf, everywhere[i]);
        assert_non_null(found);
        assert_true(found < strstr(conf, "\nlistener "));
    }
}

/* A command line that makes no sense, and the sentence for it. */
static const struct {
    const char *words[8];
    int exit_status;
    const char *sentence;
} wrong[] = {
    {{"add", "robot", "1"},
     2,
     "'robot' is not a kind of device: kiosk, counter, display, "
     "button, lamp, source, admin, reader, reception or supervisor"},
    {{"add", "server", "server"},
     2,
     "'server' is not a kind of device: kiosk, counter, "
     "display, button, lamp, source, admin, reader, reception or "
     "supervisor"},
    {{"add", "kiosk", "Hall1"},
     2,
     "'Hall1' is not an id of 1 to 32 characters a-z, 0-9 and "
     "-"},
    {{"add", "kiosk", "a/b"},
     2,
     "'a/b' is not an id of 1 to 32 characters a-z, 0-9 and -"},
    {{"add", "kiosk", "#"}, 2, "'#' is not an id of 1 to 32 characters a-z, 0-9 and -"},
    {{"add", "kiosk", "+"}, 2, "'+' is not an id of 1 to 32 characters a-z, 0-9 and -"},
    {{"add", "kiosk", "a b"},
     2,
     "'a b' is not an id of 1 to 32 characters a-z, 0-9 and -"},
    {{"add", "kiosk", ""}, 2, "'' is not an id of 1 to 32 characters a-z, 0-9 and -"},
    {{"add", "kiosk", "a123456789012345678901234567890123"},
     2,
     "'a123456789012345678901234567890123' is not an id of 1 to 32 characters a-z, 0-9 "
     "and "
     "-"},
    {{"add", "kiosk"}, 2, "'add' needs a kind and an id, like 'kiosk hall1'"},
    {{"add", "button", "b3"}, 2, "a button needs --counter"},
    {{"add", "lamp", "l3"}, 2, "a lamp needs --counter"},
    {{"add", "kiosk", "h", "--counter", "3"}, 2, "a kiosk has no counter"},
    {{"add", "counter", "3", "--hall", "main"}, 2, "a counter has no hall"},
    {{"add", "kiosk", "h", "--hall"}, 2, "option '--hall' needs a value"},
    {{"add", "kiosk", "h", "--hall", "#"},
     2,
     "--hall: '#' is not an id of 1 to 32 "
     "characters a-z, 0-9 and -"},
    {{"add", "kiosk", "h", "--site", "x"}, 2, "option '--site' does not belong to 'add'"},
    {{"add", "kiosk", "h", "--colour", "x"}, 2, "there is no option '--colour'"},
    {{"remove", "kiosk", "h", "--certificate"},
     2,
     "option '--certificate' does not belong "
     "to 'remove'"},
    {{"remove", "kiosk", "h", "--broker-pid", "0"},
     2,
     "--broker-pid: '0' is not a process "
     "id"},
    {{"erase"}, 2, "'erase' is not 'init', 'add', 'remove' or 'list'"},
    {{"init"}, 2, "'init' needs --site"},
    {{"init", "--site", "x/y"},
     2,
     "--site: 'x/y' is not an id of 1 to 32 characters a-z, "
     "0-9 and -"},
    {{"init", "--site", SITE, "--listen", "0.0.0.0:8883"},
     2,
     "'0.0.0.0' means every "
     "network: name the address of "
     "this machine in the devices' "
     "network"},
    {{"init", "--site", SITE, "--listen", "[::]:8883"},
     2,
     "'::' means every network: name "
     "the address of this machine in "
     "the devices' network"},
    {{"init", "--site", SITE, "--listen", "localhost:8883"},
     2,
     "'localhost' is not a numeric "
     "address"},
    {{"init", "--site", SITE, "--listen", "127.0.0.1"},
     2,
     "'127.0.0.1' is not an address "
     "and port like 192.0.2.10:8883"},
    {{"init", "--site", SITE, "--listen", "127.0.0.1:99999"},
     2,
     "'127.0.0.1:99999' is not "
     "an address and port like "
     "192.0.2.10:8883"},
    {{"init", "--site", SITE, "--server-port", "0"},
     2,
     "--server-port: '0' is not a port "
     "from 1 to 65535"},
    {{"init", "--site", SITE, "--server-port", "1883"},
     1,
     "two listeners have the same "
     "port"},
    {{"init", "--site", SITE, "--broker-user", "nobody-of-this-name"},
     1,
     "there is no system "
     "account 'nobody-of-"
     "this-name' to run "
     "the broker"},
    {{"remove", "kiosk", "h"}, 1, "there is no kiosk 'h'"},
};

static void a_wrong_command_line_gets_one_sentence_and_changes_nothing(void **state)
{
    struct fixture *fixture = *state;
    char before[FILE_BYTES];
    (void)text_copy(before, sizeof before, read_in(fixture, "registry"));
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        const char *words[16] = {GUICHET_BINARY_DIR "/bin/guichet", "devices"};
        size_t count = 2;
        for (size_t j = 0; wrong[i].words[j]; j++) {
            words[count++] = wrong[i].words[j];
        }
        /* An option that lacks its value must stay the last word. */
        if (!strstr(wrong[i].sentence, "needs a value")) {
            words[count++] = "--dir";
            words[count++] = fixture->dir;
        }
        struct program_result result = program_run(words);
        char expected[1024];
        struct text text;
        text_init(&text, expected, sizeof expected);
        text_add(&text, "guichet devices: %s\n", wrong[i].sentence);
        assert_string_equal(result.errors, expected);
        assert_string_equal(result.output, "");
        assert_int_equal(result.exit_status, wrong[i].exit_status);
    }
    assert_string_equal(read_in(fixture, "registry"), before);
}

static void a_damaged_registry_is_named_with_its_line(void **state)
{
    struct fixture *fixture = *state;
    char path[PATH_MAX];
    path_join(path, fixture->dir, "/registry", "", "");
    file_append(path, "device kiosk Hall1 password=x\n");
    struct program_result result = devices("list", "--dir", fixture->dir, NULL);
    assert_int_equal(result.exit_status, 1);
    assert_non_null(strstr(result.errors, "/registry:9: the line is not understood\n"));
}

static void an_authority_without_its_registry_signs_nothing(void **state)
{
    struct fixture *fixture = *state;
    char path[PATH_MAX];
    path_join(path, fixture->dir, "/registry", "", "");
    assert_int_equal(unlink(path), 0);
    struct program_result result =
        devices("init", "--site", SITE, "--dir", fixture->dir, NULL);
    assert_int_equal(result.exit_status, 1);
    assert_non_null(strstr(result.errors, "is missing, but its authority is there"));
}

static void devices_added_at_the_same_time_are_all_there(void **state)
{
    struct fixture *fixture = *state;
    pid_t pids[RIVALS];
    char names[RIVALS][16];
    for (size_t i = 0; i < RIVALS; i++) {
        struct text text;
        text_init(&text, names[i], sizeof names[i]);
        text_add(&text, "k%zu", i);
        char guichet[] = GUICHET_BINARY_DIR "/bin/guichet";
        char devices_word[] = "devices";
        char add_word[] = "add";
        char kiosk_word[] = "kiosk";
        char dir_word[] = "--dir";
        char *const words[] = {guichet,  devices_word, add_word,     kiosk_word,
                               names[i], dir_word,     fixture->dir, NULL};
        posix_spawn_file_actions_t quiet;
        assert_int_equal(posix_spawn_file_actions_init(&quiet), 0);
        assert_int_equal(
            posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0), 0);
        assert_int_equal(posix_spawn(&pids[i], guichet, &quiet, NULL, words, environ), 0);
        (void)posix_spawn_file_actions_destroy(&quiet); /* cannot fail here */
    }
    for (size_t i = 0; i < RIVALS; i++) {
        int status = 0;
        assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
        assert_int_equal(status, 0);
    }
    struct program_result list = devices("list", "--dir", fixture->dir, NULL);
    assert_int_equal(occurrences(list.output, "kiosk-k"), RIVALS);
    assert_int_equal(occurrences(read_in(fixture, "acl"), "user kiosk-k"), RIVALS);
    assert_int_equal(occurrences(read_in(fixture, "passwords"), "kiosk-k"), RIVALS);
}

/* A run that died after the broker's files and before the registry: run again, it is
 * whole. */
static void a_run_that_died_half_way_is_healed_by_running_it_again(void **state)
{
    struct fixture *fixture = *state;
    char path[PATH_MAX];
    char registry[FILE_BYTES];
    devices_must("add", "kiosk", "hall1", "--dir", fixture->dir, NULL);
    (void)text_copy(registry, sizeof registry, read_in(fixture, "registry"));
    devices_must("remove", "kiosk", "hall1", "--dir", fixture->dir, NULL);
    path_join(path, fixture->dir, "/registry", "", "");
    int fd = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, registry, strlen(registry)), strlen(registry));
    assert_int_equal(close(fd), 0);
    path_join(path, fixture->dir, "/registry.new", "", "");
    fd =
        open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600); /* what a crash leaves behind */
    assert_true(fd >= 0);
    assert_int_equal(close(fd), 0);

    devices_must("remove", "kiosk", "hall1", "--dir", fixture->dir, NULL);
    assert_null(strstr(read_in(fixture, "registry"), "hall1"));
    assert_null(strstr(read_in(fixture, "acl"), "hall1"));
    assert_false(is_there(fixture, "registry.new"));
}

static void the_broker_account_reads_what_it_needs_and_no_secret(void **state)
{
    struct fixture *fixture = *state;
    const struct passwd *account = getpwnam("mosquitto");
    if (geteuid() != 0 || !account) {
        skip();
        return; /* skip() leaves by longjmp(), which the checker does not know */
    }
    gid_t group = account->pw_gid;
    uid_t owner = account->pw_uid;
    devices_must("init", "--site", SITE, "--dir", fixture->dir, "--broker-user",
                 "mosquitto", NULL);
    devices_must("add", "kiosk", "hall1", "--dir", fixture->dir, NULL);
    const char *const broker[] = {
        "",    "acl",        "passwords",      "mosquitto.conf",
        "tls", "tls/ca.crt", "tls/broker.key", "tls/revoked.pem"};
    struct stat found;
    char path[PATH_MAX];
    for (size_t i = 0; i < sizeof broker / sizeof broker[0]; i++) {
        path_join(path, fixture->dir, "/", broker[i], "");
        assert_int_equal(stat(path, &found), 0);
        assert_int_equal(found.st_gid, group);
        assert_int_equal(found.st_uid, 0);
    }
    path_join(path, fixture->dir, "/run", "", "");
    assert_int_equal(stat(path, &found), 0);
    assert_int_equal(found.st_uid, owner);
    const char *const closed[] = {"registry", "authority", "authority/ca.key", "devices",
                                  "devices/kiosk-hall1.secret"};
    for (size_t i = 0; i < sizeof closed / sizeof closed[0]; i++) {
        path_join(path, fixture->dir, "/", closed[i], "");
        assert_int_equal(stat(path, &found), 0);
        assert_int_equal(found.st_uid, 0);
        assert_int_equal(found.st_mode & 0077U, 0);
    }
}

static void a_process_that_is_no_broker_is_never_signalled(void **state)
{
    struct fixture *fixture = *state;
    char pid[16];
    char path[PATH_MAX];
    struct text text;
    text_init(&text, pid, sizeof pid);
    text_add(&text, "%ld", (long)getpid()); /* a SIGHUP would end this very test */
    struct program_result named = devices("add", "kiosk", "hall1", "--dir", fixture->dir,
                                          "--broker-pid", pid, NULL);
    assert_int_equal(named.exit_status, 1);
    assert_non_null(strstr(named.errors, "is not a mosquitto\n"));

    path_join(path, fixture->dir, "/run/mosquitto.pid", "",
              ""); /* left by a broker that was killed */
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, pid, strlen(pid)), strlen(pid));
    assert_int_equal(close(fd), 0);
    struct program_result found =
        devices("add", "kiosk", "hall2", "--dir", fixture->dir, NULL);
    assert_int_equal(found.exit_status, 0);
    assert_non_null(strstr(found.output, "no broker is running"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(secrets_are_for_their_owner_alone),
        TEST(a_secret_is_random_and_only_its_hash_is_told),
        TEST(adding_again_keeps_the_secret),
        TEST(removing_leaves_nothing_of_the_device),
        TEST(a_revoked_certificate_stays_on_the_list_for_ever),
        TEST(init_again_changes_what_is_named_and_keeps_the_rest),
        TEST(a_lost_server_secret_is_made_anew),
        TEST(no_listener_is_without_tls_beyond_loopback),
        TEST(a_wrong_command_line_gets_one_sentence_and_changes_nothing),
        TEST(a_damaged_registry_is_named_with_its_line),
        TEST(an_authority_without_its_registry_signs_nothing),
        TEST(devices_added_at_the_same_time_are_all_there),
        TEST(a_run_that_died_half_way_is_healed_by_running_it_again),
        TEST(the_broker_account_reads_what_it_needs_and_no_secret),
        TEST(a_process_that_is_no_broker_is_never_signalled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
