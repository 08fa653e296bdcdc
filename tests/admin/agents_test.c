/* `guichet agents`: what it prints, what the file holds, what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "../broker/broker_support.h"
#include "runtime/agents_config.h"

static const char guichet[] = GUICHET_BINARY_DIR "/bin/guichet";
static char folder[] = "/tmp/guichet-agents-XXXXXX";
static char path[PATH_MAX];

static int setup(void **state)
{
    (void)state;
    assert_non_null(mkdtemp(folder));
    path_join(path, folder, "/agents.conf", "", "");
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    (void)unlink(path); /* where a test made it */
    int result = rmdir(folder);
    memcpy(folder + sizeof(folder) - 7, "XXXXXX", 6);
    return result;
}

#define AGENTS(...)                                                                      \
    program_run(                                                                         \
        (const char *const[]){guichet, "agents", __VA_ARGS__, "--file", path, NULL})

static void a_code_is_printed_once_and_kept_as_a_hash(void **state)
{
    (void)state;
    struct program_result result = AGENTS("add", "1024", "--profile", "titres");
    assert_int_equal(result.exit_status, 0);
    static const char head[] = "agent 1024: code ";
    assert_int_equal(strncmp(result.output, head, sizeof(head) - 1), 0);
    char code[16];
    (void)snprintf(code, sizeof(code), "%.6s", result.output + sizeof(head) - 1);
    assert_int_equal(strspn(code, "0123456789"), 6);
    static struct agents agents;
    struct config_errors *errors = config_errors_create();
    assert_int_equal(agents_config_load(path, &agents, errors), OK);
    config_errors_destroy(errors);
    const struct agent_entry *agent = agents_find(&agents, "1024");
    assert_non_null(agent);
    assert_string_equal(agent->profile, "titres");
    assert_true(secret_code_matches(code, agent->code_hash));
    struct stat file;
    assert_int_equal(stat(path, &file), 0);
    assert_int_equal(file.st_mode & 0007, 0); /* nobody else reads it */
    /* A new code is another one. */
    result = AGENTS("code", "1024");
    assert_int_equal(result.exit_status, 0);
    errors = config_errors_create();
    assert_int_equal(agents_config_load(path, &agents, errors), OK);
    config_errors_destroy(errors);
    assert_string_not_equal(result.output + sizeof(head) - 1, code);
    assert_string_equal(agents_find(&agents, "1024")->profile, "titres");
}

static void agents_are_listed_and_removed(void **state)
{
    (void)state;
    assert_int_equal(AGENTS("add", "1").exit_status, 0);
    assert_int_equal(AGENTS("add", "2", "--profile", "titres").exit_status, 0);
    assert_int_equal(AGENTS("add", "3").exit_status, 0);
    assert_int_equal(AGENTS("remove", "1").exit_status, 0);
    assert_string_equal(AGENTS("list").output, "2\ttitres\n3\t-\n");
}

static void what_is_wrong_is_one_sentence(void **state)
{
    (void)state;
    assert_int_equal(AGENTS("add", "1").exit_status, 0);
    struct program_result result = AGENTS("add", "1");
    assert_int_equal(result.exit_status, 1);
    assert_string_equal(result.errors, "guichet agents: agent '1' is there already\n");
    result = AGENTS("remove", "9");
    assert_int_equal(result.exit_status, 1);
    assert_string_equal(result.errors, "guichet agents: there is no agent '9'\n");
    assert_int_equal(AGENTS("add", "marie").exit_status, 2);
    assert_int_equal(AGENTS("dance").exit_status, 2);
    result = AGENTS("code", "1", "--ask"); /* nothing is on the standard input */
    assert_int_equal(result.exit_status, 1);
    assert_string_equal(result.errors,
                        "guichet agents: agent '1': there is no code of digits\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_code_is_printed_once_and_kept_as_a_hash, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(agents_are_listed_and_removed, setup, teardown),
        cmocka_unit_test_setup_teardown(what_is_wrong_is_one_sentence, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
