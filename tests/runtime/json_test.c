/* Strict reading of payloads: each refusal with its sentence. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/limits.h"
#include "runtime/json.h"

static json_t *read_object(const char *text)
{
    json_t *object = NULL;
    struct error err = {0};
    if (json_read(text, strlen(text), COMMAND_BYTES_MAX, &object, &err) != OK) {
        fail_msg("%s", err.text);
    }
    return object;
}

static void assert_unreadable(const char *bytes, size_t length, const char *sentence)
{
    json_t *object = NULL;
    struct error err = {0};
    assert_int_equal(json_read(bytes, length, 4096, &object, &err), ERR_INVALID);
    assert_null(object);
    if (!strstr(err.text, sentence)) {
        fail_msg("'%s' instead of '%s'", err.text, sentence);
    }
}

static void what_is_no_json_object_is_refused_with_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *sentence;
    } cases[] = {
        {"", "not valid JSON: line 1 column 0"},
        {"{\"a\":1", "not valid JSON: line 1 column"},
        {"{\"a\":\n 1,}", "not valid JSON: line 2 column"},
        {"{\"a\":1} x", "not valid JSON: line 1 column"},
        {"{\"a\":1,\"a\":2}", "duplicate object key"},
        {"{\"a\":\"\\ud800\"}", "not valid JSON"},
        {"{\"a\":\"\\u0000\"}", "not valid JSON"},
        {"{'a':1}", "not valid JSON"},
        {"{\"a\":NaN}", "not valid JSON"},
        {"{\"a\":01}", "not valid JSON"},
        {"{\"a\":99999999999999999999}", "too big integer"},
        {"[1]", "not a JSON object"},
        {"17", "not valid JSON"},
        {"\xEF\xBB\xBF{}", "not valid JSON"},
        {"{\"a\":\"\xC3\"}", "not valid JSON"},
        {"{\"a\":\"\xC0\xAF\"}", "not valid JSON"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_unreadable(cases[i].text, strlen(cases[i].text), cases[i].sentence);
    }
    assert_unreadable("{}\0", 3, "not valid JSON");
}

static void size_and_depth_are_capped_before_parsing(void **state)
{
    (void)state;
    char *bytes = malloc(100000);
    assert_non_null(bytes);
    memset(bytes, '[', 100000);
    assert_unreadable(bytes, 4097, "4097 bytes are too long: at most 4096");
    assert_unreadable(bytes, 4096, "4096 levels are too deep: at most 8");
    free(bytes);
    json_t *object = read_object("{\"a\":[[[[[[[1]]]]]]]}"); /* eight levels */
    json_decref(object);
    static const char nine[] = "{\"a\":[[[[[[[[1]]]]]]]]}";
    assert_unreadable(nine, strlen(nine), "9 levels are too deep: at most 8");
    /* Brackets in text are no levels, and an escaped quote does not end it. */
    object = read_object("{\"a\":\"\\\"[[[[[[[[[[{{{{{{\",\"b\":[1]}");
    json_decref(object);
}

struct field_case {
    const char *text;
    const char *sentence; /* NULL: it is read */
};

static void check(const struct field_case *expected, enum status status,
                  const struct error *err)
{
    if (expected->sentence) {
        assert_int_equal(status, ERR_INVALID);
        assert_string_equal(err->text, expected->sentence);
    } else if (status != OK) {
        fail_msg("%s: %s", expected->text, err->text);
    }
}

static void text_field_is_a_line_of_bounded_length(void **state)
{
    (void)state;
    static const struct field_case cases[] = {
        {"{\"x\":\"h\xC3\xA9\"}", NULL},
        {"{\"x\":\"\"}", NULL},
        {"{}", "field 'x' is missing"},
        {"{\"x\":null}", "field 'x' is missing"},
        {"{\"x\":\"abcde\"}",
         "field 'x': 'abcde' is not a line of text of at most 4 bytes"},
        {"{\"x\":\"a\\nb\"}",
         "field 'x': 'a b' is not a line of text of at most 4 bytes"},
        {"{\"x\":[1,{}]}", "field 'x': [1,{}] is not a line of text of at most 4 bytes"},
        {"{\"x\":12}", "field 'x': 12 is not a line of text of at most 4 bytes"},
        {"{\"x\":\"\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3"
         "\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9"
         "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\"}",
         "field 'x': "
         "'\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3"
         "\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9"
         "\xC3\xA9\xC3\xA9\xE2\x80\xA6' is not a line of text of at most 4 bytes"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char text[5] = "?";
        struct error err = {0};
        json_t *object = read_object(cases[i].text);
        check(&cases[i], json_field_text(object, "x", text, sizeof(text), &err), &err);
        assert_true(!cases[i].sentence || strcmp(text, "?") == 0); /* untouched */
        json_decref(object);
    }
}

static void id_field_is_an_id(void **state)
{
    (void)state;
    static const struct field_case cases[] = {
        {"{\"x\":\"immatriculation-2\"}", NULL},
        {"{\"x\":\"abcdefghijklmnopqrstuvwxyz-01234\"}", NULL},
        {"{\"x\":\"\"}",
         "field 'x': '' is not an id of 1 to 32 characters a-z, 0-9 and -"},
        {"{\"x\":\"Pr\xC3\xA9"
         "fecture\"}",
         "field 'x': 'Pr\xC3\xA9"
         "fecture' is not an id of 1 to 32 characters a-z, 0-9 and -"},
        {"{\"x\":\"abcdefghijklmnopqrstuvwxyz-012345\"}",
         "field 'x': 'abcdefghijklmnopqrstuvwxyz-012345' is not an id of 1 to 32 "
         "characters a-z, 0-9 and -"},
        {"{\"x\":\"a/b\"}",
         "field 'x': 'a/b' is not an id of 1 to 32 characters a-z, 0-9 and -"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char id[ID_LENGTH_MAX + 1];
        struct error err = {0};
        json_t *object = read_object(cases[i].text);
        check(&cases[i], json_field_id(object, "x", id, &err), &err);
        json_decref(object);
    }
}

static void integer_field_keeps_its_range(void **state)
{
    (void)state;
    static const struct field_case cases[] = {
        {"{\"x\":1}", NULL},
        {"{\"x\":4294967295}", NULL},
        {"{\"x\":0}", "field 'x': 0 is not a whole number from 1 to 4294967295"},
        {"{\"x\":4294967296}",
         "field 'x': 4294967296 is not a whole number from 1 to 4294967295"},
        {"{\"x\":-1}", "field 'x': -1 is not a whole number from 1 to 4294967295"},
        {"{\"x\":1.0}", "field 'x': 1.0 is not a whole number from 1 to 4294967295"},
        {"{\"x\":\"1\"}", "field 'x': '1' is not a whole number from 1 to 4294967295"},
        {"{\"x\":true}", "field 'x': true is not a whole number from 1 to 4294967295"},
        {"{}", "field 'x' is missing"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        uint32_t number = 0;
        struct error err = {0};
        json_t *object = read_object(cases[i].text);
        check(&cases[i], json_field_uint32(object, "x", 1, UINT32_MAX, &number, &err),
              &err);
        json_decref(object);
    }
    json_t *object = read_object("{\"x\":-9223372036854775808}");
    int64_t number = 0;
    assert_int_equal(json_field_integer(object, "x", INT64_MIN, 0, &number, NULL), OK);
    assert_true(number == INT64_MIN);
    json_decref(object);
}

static void other_fields_say_what_they_want(void **state)
{
    (void)state;
    static const char *const names[] = {"fr", NULL, "en"};
    json_t *object = read_object("{\"b\":0,\"c\":\"de\",\"t\":\"2026-11-23\",\"o\":[],"
                                 "\"a\":{},\"l\":[1,2,3]}");
    bool flag = false;
    size_t index = 0;
    int64_t at_ms = 0;
    json_t *part = NULL;
    struct error err[6] = {0};
    const enum status statuses[6] = {
        json_field_bool(object, "b", &flag, &err[0]),
        json_field_choice(object, "c", names, 3, &index, &err[1]),
        json_field_time(object, "t", &at_ms, &err[2]),
        json_field_object(object, "o", &part, &err[3]),
        json_field_array(object, "a", 9, &part, &err[4]),
        json_field_array(object, "l", 2, &part, &err[5]),
    };
    static const char *const sentences[6] = {
        "field 'b': 0 is not true or false",
        "field 'c': 'de' is not one of fr en",
        "field 't': '2026-11-23' is not a time such as '2026-11-23T09:42:10.000Z'",
        "field 'o': [] is not an object",
        "field 'a': {} is not an array",
        "field 'l': 3 entries are too many: at most 2",
    };
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(statuses[i], ERR_INVALID);
        assert_string_equal(err[i].text, sentences[i]);
    }
    assert_null(part);
    json_decref(object);
}

static void right_values_are_given(void **state)
{
    (void)state;
    static const char *const names[] = {"fr", NULL, "en"};
    json_t *object =
        read_object("{\"b\":true,\"c\":\"en\",\"t\":\"2026-11-23T09:42:10.000Z\","
                    "\"o\":{\"n\":1},\"l\":[1,2,3],\"unknown\":{}}");
    bool flag = false;
    size_t index = 0;
    int64_t at_ms = 0;
    json_t *part = NULL;
    assert_int_equal(json_field_bool(object, "b", &flag, NULL), OK);
    assert_true(flag);
    assert_int_equal(json_field_choice(object, "c", names, 3, &index, NULL), OK);
    assert_int_equal(index, 2);
    assert_int_equal(json_field_time(object, "t", &at_ms, NULL), OK);
    assert_int_equal(at_ms, 1795426930000);
    assert_int_equal(json_field_object(object, "o", &part, NULL), OK);
    assert_true(json_has(part, "n"));
    assert_false(json_has(part, "m"));
    assert_int_equal(json_field_array(object, "l", 3, &part, NULL), OK);
    assert_int_equal(json_array_size(part), 3);
    json_decref(object);
}

static void value_is_written_without_spaces_or_not_at_all(void **state)
{
    (void)state;
    json_t *object = read_object("{ \"b\" : [ 1, true ], \"a\" : \"\xC3\xA9\" }");
    static const char expected[] = "{\"b\":[1,true],\"a\":\"\xC3\xA9\"}";
    char buffer[sizeof(expected)];
    size_t length = 0;
    struct error err = {0};
    assert_int_equal(json_write(object, buffer, sizeof(buffer), &length, &err), OK);
    assert_string_equal(buffer, expected);
    assert_int_equal(length, sizeof(expected) - 1);
    assert_int_equal(json_write(object, buffer, sizeof(buffer) - 1, &length, &err),
                     ERR_LIMIT);
    assert_string_equal(err.text, "23 bytes of JSON are too long: at most 22");
    json_decref(object);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_no_json_object_is_refused_with_its_place),
        cmocka_unit_test(size_and_depth_are_capped_before_parsing),
        cmocka_unit_test(text_field_is_a_line_of_bounded_length),
        cmocka_unit_test(id_field_is_an_id),
        cmocka_unit_test(integer_field_keeps_its_range),
        cmocka_unit_test(other_fields_say_what_they_want),
        cmocka_unit_test(right_values_are_given),
        cmocka_unit_test(value_is_written_without_spaces_or_not_at_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
