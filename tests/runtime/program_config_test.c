/* The programs' files, and what --print-config and the documentation say of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "runtime/program_config.h"
#include "runtime/site_config.h"

#define BROKER "[broker]\nsite = prefecture\nsecret_file = /etc/guichet/secret\n"

static enum status parse(enum program program, const char *text,
                         struct program_config *config, struct config_errors *errors)
{
    return program_config_parse(program, "p.conf", text, strlen(text), config, errors);
}

static void link_block_is_enough_for_every_program(void **state)
{
    (void)state;
    static const struct {
        enum program program;
        const char *identity;
        const char *kind;
        const char *id;
    } programs[] = {
        {PROGRAM_SERVER, "server", "server", ""},
        {PROGRAM_KIOSK, "kiosk-hall1", "kiosk", "hall1"},
        {PROGRAM_DISPLAY, "display-hall-2", "display", "hall-2"},
        {PROGRAM_COUNTER, "counter-3", "counter", "3"},
        {PROGRAM_ADMIN, "admin-office", "admin", "office"},
    };
    for (size_t i = 0; i < sizeof(programs) / sizeof(programs[0]); i++) {
        char text[400];
        (void)snprintf(text, sizeof(text), BROKER "identity = %s\n",
                       programs[i].identity);
        struct program_config config;
        struct config_errors *errors = config_errors_create();
        assert_non_null(errors);
        assert_int_equal(parse(programs[i].program, text, &config, errors), OK);
        assert_null(config_errors_line(errors, 0));
        assert_string_equal(config.broker.kind, programs[i].kind);
        assert_string_equal(config.broker.id, programs[i].id);
        assert_string_equal(config.broker.host, "127.0.0.1");
        assert_int_equal(config.broker.port, 1883);
        config_errors_destroy(errors);
    }
}

static void defaults_are_those_of_the_table(void **state)
{
    (void)state;
    struct program_config config;
    struct config_errors *errors = config_errors_create();
    assert_non_null(errors);
    assert_int_equal(
        parse(PROGRAM_KIOSK, BROKER "identity = kiosk-hall1\n", &config, errors), OK);
    assert_string_equal(config.device.state_directory, "/var/lib/guichet/kiosk-hall1");
    assert_int_equal(config.device.language, LANGUAGE_FR);
    assert_true(config.screen.full_screen);
    assert_int_equal(config.printer.slip_width_mm, 80);
    assert_string_equal(config.printer.queue, "");
    assert_int_equal(config.kiosk.idle_s, 60);
    assert_int_equal(parse(PROGRAM_SERVER,
                           BROKER "identity = server\n[clock]\nmode = scaled\n"
                                  "factor = 60\nstart = 2026-11-23T08:15:00+01:00\n",
                           &config, errors),
                     OK);
    assert_int_equal(config.server.clock_mode, CLOCK_SCALED);
    assert_int_equal(config.server.clock_factor, 60);
    assert_int_equal(config.server.clock_start_ms, INT64_C(1795418100000));
    assert_string_equal(
        config_errors_line(errors, 0),
        "p.conf:6: warning: [clock] mode: office time is not real; reports of these days "
        "say so");
    config_errors_destroy(errors);
}

static void every_fault_is_one_sentence_with_its_line(void **state)
{
    (void)state;
    static const struct {
        enum program program;
        const char *text;
        const char *line;
    } faults[] = {
        {PROGRAM_KIOSK, BROKER "identity = display-hall1\n",
         "p.conf:4: [broker] identity: 'display-hall1' is not an identity of this "
         "program, "
         "such as 'kiosk-hall1'"},
        {PROGRAM_KIOSK, BROKER "identity = kiosk\n",
         "p.conf:4: [broker] identity: 'kiosk' is not an identity of this program, such "
         "as "
         "'kiosk-hall1'"},
        {PROGRAM_SERVER, BROKER "identity = server-1\n",
         "p.conf:4: [broker] identity: 'server-1' is not an identity of this program, "
         "such "
         "as 'server'"},
        {PROGRAM_KIOSK, "[broker]\nsite = s\nidentity = kiosk-a\n",
         "p.conf:1: [broker] secret_file: neither a secret nor a certificate is given"},
        {PROGRAM_KIOSK, BROKER "identity = kiosk-a\ncertificate_file = x\nca_file = y\n",
         "p.conf:5: [broker] certificate_file: a certificate and its key go together"},
        {PROGRAM_KIOSK, BROKER "identity = kiosk-a\ncertificate_file = x\nkey_file = y\n",
         "p.conf:1: [broker] ca_file: a certificate needs the site's authority"},
        {PROGRAM_KIOSK, BROKER "identity = kiosk-a\nport = 0\n",
         "p.conf:5: [broker] port: '0' is not between 1 and 65535"},
        {PROGRAM_KIOSK, BROKER "identity = kiosk-a\n[sound]\non = yes\n",
         "p.conf:5: [sound]: there is no such section"},
        {PROGRAM_KIOSK, BROKER "identity = kiosk-a\n[device]\nlanguage = de\n",
         "p.conf:6: [device] language: 'de' is not one of: fr, en"},
        {PROGRAM_COUNTER, BROKER "identity = button-b3\n[button]\ncounter = 3\n",
         "p.conf:5: [button] device: the key is missing: a button is read from a device"},
        {PROGRAM_COUNTER,
         BROKER "identity = button-b3\n[button]\ndevice = /dev/input/x\n",
         "p.conf:5: [button] counter: the key is missing: a button works for a counter"},
        {PROGRAM_SERVER, BROKER "identity = server\n[clock]\nfactor = 60\n",
         "p.conf:6: [clock] factor: only a scaled clock runs at another pace"},
        {PROGRAM_SERVER, BROKER "identity = server\n[clock]\nstart = yesterday\n",
         "p.conf:6: [clock] start: 'yesterday' is not a time like "
         "2026-11-23T08:15:00+01:00"},
        {PROGRAM_SERVER,
         BROKER "identity = server\n[clock]\nstart = 2026-11-23T08:15:00+01:00\n",
         "p.conf:6: [clock] start: a real clock does not begin at another time"},
        {PROGRAM_SERVER, "[server]\n", "p.conf: [broker]: the section is missing"},
    };
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        struct program_config config;
        struct config_errors *errors = config_errors_create();
        assert_non_null(errors);
        assert_int_equal(parse(faults[i].program, faults[i].text, &config, errors),
                         ERR_INVALID);
        assert_string_equal(config_errors_line(errors, 0), faults[i].line);
        assert_int_equal(config_errors_count(errors), 1);
        config_errors_destroy(errors);
    }
}

static void secret_is_the_first_line_of_its_file(void **state)
{
    (void)state;
    char path[] = "/tmp/guichet-secret-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, "open sesame\r\nno\n", 16), 16);
    assert_int_equal(close(fd), 0);
    char secret[64] = "";
    struct error err = {.status = OK};
    assert_int_equal(program_config_read_secret(path, secret, sizeof(secret), &err), OK);
    assert_string_equal(secret, "open sesame");
    assert_int_equal(program_config_read_secret(path, secret, 11, &err), ERR_INVALID);
    assert_int_equal(truncate(path, 0), 0);
    assert_int_equal(program_config_read_secret(path, secret, sizeof(secret), &err),
                     ERR_INVALID);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(program_config_read_secret(path, secret, sizeof(secret), &err),
                     ERR_IO);
    assert_non_null(strstr(err.text, "No such file"));
}

static void sample_files_are_read_without_a_word(void **state)
{
    (void)state;
    static const struct {
        enum program program;
        const char *name;
    } files[] = {
        {PROGRAM_SERVER, "server"},   {PROGRAM_KIOSK, "kiosk"},
        {PROGRAM_DISPLAY, "display"}, {PROGRAM_COUNTER, "counter"},
        {PROGRAM_COUNTER, "button"},  {PROGRAM_ADMIN, "admin"},
    };
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        char path[512];
        (void)snprintf(path, sizeof(path), "%s/assets/sample-site/%s.conf",
                       GUICHET_SOURCE_DIR, files[i].name);
        struct program_config config;
        struct config_errors *errors = config_errors_create();
        assert_non_null(errors);
        enum status status = program_config_load(files[i].program, path, &config, errors);
        config_errors_print(errors, stderr);
        assert_int_equal(status, OK);
        assert_int_equal(config_errors_warning_count(errors), 0);
        config_errors_destroy(errors);
    }
}

/* What config_print() writes, as text that the caller frees. */
static char *printed(const struct config_schema *schema, enum config_print_form form)
{
    char *text = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&text, &length);
    assert_non_null(stream);
    config_print(schema, form, stream);
    assert_int_equal(fclose(stream), 0);
    return text;
}

/* The printed template can be read again and gives the defaults, once the required keys
 * are filled in. */
static void printed_configuration_is_a_file_that_can_be_read(void **state)
{
    (void)state;
    char *text = printed(program_config_schema(PROGRAM_KIOSK), CONFIG_PRINT_INI);
    assert_non_null(strstr(text,
                           "# Back to the first page when nobody has touched it for "
                           "this long.\n# number, 60 to 600\nidle_s = 60\n"));
    assert_non_null(strstr(text, "; required\nidentity =\n"));
    char filled[16384];
    const char *site = strstr(text, "\nsite =");
    const char *identity = strstr(text, "\nidentity =");
    const char *secret = strstr(text, "\nsecret_file =");
    assert_true(site && identity && secret && site < identity && identity < secret);
    (void)snprintf(filled, sizeof(filled),
                   "%.*s\nsite = s%.*s\nidentity = kiosk-a%.*s\nsecret_file = x%s",
                   (int)(site - text), text, (int)(identity - site - 7), site + 7,
                   (int)(secret - identity - 11), identity + 11, secret + 14);
    struct program_config config;
    struct config_errors *errors = config_errors_create();
    assert_non_null(errors);
    assert_int_equal(parse(PROGRAM_KIOSK, filled, &config, errors), OK);
    assert_int_equal(config.kiosk.same_person_s, 10);
    config_errors_destroy(errors);
    free(text);
}

static void manual_text_names_every_key(void **state)
{
    (void)state;
    const struct config_schema *schema = site_config_schema();
    char *text = printed(schema, CONFIG_PRINT_MAN);
    assert_non_null(strstr(text,
                           ".TP\n.B \"standard_minutes\"\nThe declared promise: people "
                           "are called within this time.\nType: minutes, 1 to 1440. "
                           "Default: 15.\n"));
    assert_non_null(strstr(text, ".SS \"[service ID]\"\n"));
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(link_block_is_enough_for_every_program),
        cmocka_unit_test(defaults_are_those_of_the_table),
        cmocka_unit_test(every_fault_is_one_sentence_with_its_line),
        cmocka_unit_test(sample_files_are_read_without_a_word),
        cmocka_unit_test(secret_is_the_first_line_of_its_file),
        cmocka_unit_test(printed_configuration_is_a_file_that_can_be_read),
        cmocka_unit_test(manual_text_names_every_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
