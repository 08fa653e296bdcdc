/* JSON as it is written into a bounded buffer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "runtime/json_writer.h"

static void values_are_written_with_commas_between_them(void **state)
{
    (void)state;
    char buffer[400];
    size_t length = 0;
    struct json_writer writer;
    json_writer_init(&writer, buffer, sizeof(buffer));
    json_writer_open_object(&writer, NULL);
    json_writer_open_array(&writer, "a");
    json_writer_close_array(&writer);
    json_writer_open_array(&writer, "b");
    json_writer_integer(&writer, NULL, INT64_MIN);
    json_writer_integer(&writer, NULL, 0);
    json_writer_open_object(&writer, NULL);
    json_writer_bool(&writer, "c", true);
    json_writer_close_object(&writer);
    json_writer_null(&writer, NULL);
    json_writer_close_array(&writer);
    json_writer_time(&writer, "d", 1795426930123);
    json_writer_time(&writer, "e", 0);
    json_writer_date(&writer, "f", 20261123);
    json_writer_date(&writer, "g", 0);
    json_writer_string_or_null(&writer, "h", "");
    json_writer_raw(&writer, "i", "{\"x\":1}");
    json_writer_close_object(&writer);
    assert_int_equal(json_writer_finish(&writer, "it", &length, NULL), OK);
    static const char expected[] =
        "{\"a\":[],\"b\":[-9223372036854775808,0,{\"c\":true},null],"
        "\"d\":\"2026-11-23T09:42:10.123Z\",\"e\":null,\"f\":\"2026-11-23\",\"g\":null,"
        "\"h\":null,\"i\":{\"x\":1}}";
    assert_int_equal(length, sizeof(expected) - 1);
    assert_memory_equal(buffer, expected, length);
}

static void what_json_forbids_in_strings_is_escaped(void **state)
{
    (void)state;
    char buffer[100];
    size_t length = 0;
    struct json_writer writer;
    json_writer_init(&writer, buffer, sizeof(buffer));
    json_writer_string(&writer, NULL, "\"é\\\n\x01\x7f/");
    assert_int_equal(json_writer_finish(&writer, "it", &length, NULL), OK);
    static const char expected[] = "\"\\\"é\\\\\\u000a\\u0001\x7f/\"";
    assert_int_equal(length, sizeof(expected) - 1);
    assert_memory_equal(buffer, expected, length);
}

static void nothing_is_written_beyond_the_buffer(void **state)
{
    (void)state;
    for (size_t capacity = 0; capacity < 40; capacity++) {
        char buffer[64];
        memset(buffer, '#', sizeof(buffer));
        size_t length = 99;
        struct json_writer writer;
        struct error err = {.status = OK};
        json_writer_init(&writer, buffer, capacity);
        json_writer_open_object(&writer, NULL);
        json_writer_string(&writer, "name", "a\"b");
        json_writer_integer(&writer, "n", 12345);
        json_writer_close_object(&writer);
        static const char expected[] = "{\"name\":\"a\\\"b\",\"n\":12345}";
        enum status status = json_writer_finish(&writer, "the thing", &length, &err);
        assert_int_equal(status, capacity >= sizeof(expected) - 1 ? OK : ERR_LIMIT);
        assert_int_equal(buffer[capacity], '#');
        if (status == OK) {
            assert_memory_equal(buffer, expected, length);
        } else {
            assert_int_equal(length, 99);
            assert_non_null(strstr(err.text, "the thing does not fit"));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_written_with_commas_between_them),
        cmocka_unit_test(what_json_forbids_in_strings_is_escaped),
        cmocka_unit_test(nothing_is_written_beyond_the_buffer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
