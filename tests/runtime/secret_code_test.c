/* Codes and agents.conf: a code matches its own hash alone, a file says what is wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "runtime/agents_config.h"

static void a_code_matches_its_own_hash(void **state)
{
    (void)state;
    char hash[SECRET_CODE_HASH_BYTES];
    char other[SECRET_CODE_HASH_BYTES];
    struct error err;
    assert_int_equal(secret_code_hash("482913", hash, &err), OK);
    assert_int_equal(secret_code_hash("482913", other, &err), OK);
    assert_string_not_equal(hash, other); /* a salt each */
    assert_int_equal(strncmp(hash, "$argon2id$v=19$m=19456,t=2,p=1$", 31), 0);
    assert_true(secret_code_is_hash(hash));
    assert_true(secret_code_matches("482913", hash));
    assert_false(secret_code_matches("482914", hash));
    assert_false(secret_code_matches("", hash));
    assert_false(secret_code_matches("482913", "$argon2id$v=19$m=19456"));
}

static void a_code_has_a_length(void **state)
{
    (void)state;
    char hash[SECRET_CODE_HASH_BYTES];
    struct error err;
    assert_int_equal(secret_code_hash("123", hash, &err), ERR_INVALID);
    assert_string_equal(err.text, "a code has 4 to 32 characters");
    assert_int_equal(secret_code_hash("012345678901234567890123456789012", hash, &err),
                     ERR_INVALID);
}

/* A vector of the reference implementation's own test (argon2 20171227, src/test.c):
 * Argon2id, version 1.3, 64 MiB, two passes, one lane. */
static void the_hash_is_argon2id(void **state)
{
    (void)state;
    assert_true(secret_code_matches("password",
                                    "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ"
                                    "$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"));
}

static struct agents agents;

/* The first message of the file, or "". */
static void read_text(const char *text, char *ret_message, size_t bytes)
{
    char path[] = "/tmp/guichet-agents-XXXXXX";
    int fd = mkstemp(path);
    FILE *file = fdopen(fd, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    struct config_errors *errors = config_errors_create();
    assert_non_null(errors);
    enum status status = agents_config_load(path, &agents, errors);
    char *printed = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&printed, &length);
    assert_non_null(out);
    config_errors_print(errors, out);
    assert_int_equal(fclose(out), 0);
    (void)snprintf(ret_message, bytes, "%s", length > 0 ? strchr(printed, ':') : "");
    assert_int_equal(status == OK, length == 0);
    free(printed);
    config_errors_destroy(errors);
    assert_int_equal(remove(path), 0);
}

static void a_file_names_its_faults(void **state)
{
    (void)state;
    char message[256];
    char hash[SECRET_CODE_HASH_BYTES];
    char text[512];
    struct error err;
    read_text("", message, sizeof(message));
    assert_string_equal(message, "");
    assert_int_equal(agents.count, 0);
    assert_int_equal(secret_code_hash("4711", hash, &err), OK);
    (void)snprintf(text, sizeof(text), "[agent 7]\nprofile = titres\ncode_hash = %s\n",
                   hash);
    read_text(text, message, sizeof(message));
    assert_string_equal(message, "");
    assert_int_equal(agents.count, 1);
    assert_string_equal(agents_find(&agents, "7")->profile, "titres");
    assert_null(agents_find(&agents, "8"));
    read_text("[agent 7]\ncode_hash = 4711\n", message, sizeof(message));
    assert_string_equal(message,
                        ":2: [agent 7] code_hash: it is not what 'guichet agents "
                        "add' writes of a code\n");
    read_text("[agent marie]\n", message, sizeof(message));
    assert_string_equal(message,
                        ":1: [agent marie]: 'marie' is not a number of 1 to 10 digits\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_code_matches_its_own_hash),
        cmocka_unit_test(a_code_has_a_length),
        cmocka_unit_test(the_hash_is_argon2id),
        cmocka_unit_test(a_file_names_its_faults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
