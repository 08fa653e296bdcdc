/* Agents at a real server: who they are is told to nobody, and codes are not guessed. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "office_support.h"
#include "runtime/secret_code.h"

#define CODE "482913"

static const char site_text[] =
    "[site]\nid = prefecture\nname.fr = Préfecture\ntime_zone = Europe/Paris\n"
    "sign_in = yes\n"
    "[hall main]\nname.fr = Accueil\n"
    "[service permis]\nletter = A\nname.fr = Permis\n"
    "[service sejour]\nletter = B\nname.fr = Séjour\n"
    "[profile sejour]\nname.fr = Séjour\nservices = sejour\n"
    "[counter 1]\nhall = main\nservices = permis\n"
    "[counter 2]\nhall = main\n[counter 3]\nhall = main\n[counter 4]\nhall = main\n"
    "[kiosk hall1]\nhall = main\n[button b4]\ncounter = 4\n";

/* agents.conf with agent 7 of profile `sejour`. */
static void write_agents(const struct test_office *office, const char *code)
{
    char path[PATH_MAX];
    char hash[SECRET_CODE_HASH_BYTES];
    struct error err = {0};
    path_join(path, office->broker.dir, "/agents.conf", "", "");
    assert_int_equal(secret_code_hash(code, hash, &err), OK);
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    assert_true(fprintf(file, "[agent 7]\nprofile = sejour\ncode_hash = %s\n", hash) > 0);
    assert_int_equal(fclose(file), 0);
}

static int setup(void **state)
{
    static const char *const counters[] = {"1", "2"};
    struct test_office *office = calloc(1, sizeof(*office));
    assert_non_null(office);
    office_prepare(office, site_text);
    char line[PATH_MAX + 32];
    (void)snprintf(line, sizeof(line), "agents_file = %s/agents.conf\n",
                   office->broker.dir);
    file_append(office->config_path, line);
    write_agents(office, CODE);
    for (size_t i = 0; i < sizeof(counters) / sizeof(counters[0]); i++) {
        office_add_device(office, "counter", counters[i], NULL);
    }
    office_restart(office);
    *state = office;
    return 0;
}

static void sign_in(struct test_device *device, const char *agent, const char *code)
{
    char fields[96];
    (void)snprintf(fields, sizeof(fields), "\"agent\":\"%s\",\"code\":\"%s\"", agent,
                   code);
    device_do(device, "sign-in", fields);
}

/* One number of the journal. */
static int64_t number_in(const struct test_office *office, const char *sql)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    assert_int_equal(
        sqlite3_open_v2(office->journal_path, &db, SQLITE_OPEN_READONLY, NULL),
        SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    int64_t number = sqlite3_column_int64(statement, 0);
    assert_int_equal(sqlite3_finalize(statement), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    return number;
}

static void an_agent_is_a_token_in_the_record(void **state)
{
    static struct test_device one;
    struct test_office *office = *state;
    device_open(&one, office, "counter", "1");
    device_do(&one, "open", NULL);
    device_must_be_told(&one, "\"code\":\"sign-in-needed\"");
    sign_in(&one, "7", CODE);
    device_must_be_told(&one, "\"profile\":\"sejour\"");
    device_must_be_told(&one, "\"state\":\"free\"");
    assert_null(strstr(one.reply, CODE));
    /* The same again is no new sign-in. */
    sign_in(&one, "7", CODE);
    device_must_be_told(&one, "\"ok\":true");
    assert_int_equal(
        number_in(office, "SELECT count(*) FROM event WHERE kind = 'agent-signed-in'"),
        1);
    assert_int_equal(number_in(office,
                               "SELECT agent = '7' FROM sign_in WHERE"
                               " (SELECT body FROM event WHERE kind = 'agent-signed-in')"
                               " LIKE '%' || printf('%016x', agent_token) || '%'"),
                     1);
    assert_int_equal(number_in(office, "SELECT count(*) FROM answer WHERE reply LIKE"
                                       " '%\"profile\":\"sejour\"%'"),
                     0); /* whose hash of the command would let a code be guessed */
    device_close(&one);
}

static void codes_are_not_guessed(void **state)
{
    static struct test_device one;
    static struct test_device two;
    struct test_office *office = *state;
    device_open(&one, office, "counter", "1");
    device_open(&two, office, "counter", "2");
    sign_in(&one, "8", CODE); /* no such agent: the same refusal */
    device_must_be_told(&one, "\"code\":\"agent-unknown\"");
    for (int i = 0; i < 4; i++) {
        sign_in(&one, "7", "000000");
        device_must_be_told(&one, "\"code\":\"agent-unknown\"");
    }
    sign_in(&one, "7", CODE); /* the sixth waits, though it is right */
    device_must_be_told(&one, "\"code\":\"sign-in-locked\"");
    sign_in(&two, "7", CODE); /* other counters do not */
    device_must_be_told(&two, "\"ok\":true");
    sign_in(&one, "seven", CODE);
    device_must_be_told(&one, "field 'agent': it is not a number of 1 to 10 digits");
    device_close(&one);
    device_close(&two);
}

static void a_new_file_is_read_and_a_wrong_one_is_not(void **state)
{
    static struct test_device one;
    struct test_office *office = *state;
    char path[PATH_MAX];
    device_open(&one, office, "counter", "1");
    write_agents(office, "555555");
    assert_int_equal(kill(office->pid, SIGHUP), 0);
    office_wait_for_log(office, "site.conf read again", 1);
    sign_in(&one, "7", CODE);
    device_must_be_told(&one, "\"code\":\"agent-unknown\"");
    path_join(path, office->broker.dir, "/agents.conf", "", "");
    file_append(path, "[agent x]\n");
    assert_int_equal(kill(office->pid, SIGHUP), 0);
    office_wait_for_log(office, "the new agents are not used; the old ones stay", 1);
    sign_in(&one, "7", "555555");
    device_must_be_told(&one, "\"ok\":true");
    device_close(&one);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_agent_is_a_token_in_the_record, setup,
                                        office_end_test),
        cmocka_unit_test_setup_teardown(codes_are_not_guessed, setup, office_end_test),
        cmocka_unit_test_setup_teardown(a_new_file_is_read_and_a_wrong_one_is_not, setup,
                                        office_end_test),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
