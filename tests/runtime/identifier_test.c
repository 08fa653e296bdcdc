/* UUIDv7 with given times and given randomness. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <string.h>

#include <cmocka.h>

#include "runtime/identifier.h"

static const uint8_t zeros[IDENTIFIER_RANDOM_BYTES];
static const uint8_t ones[IDENTIFIER_RANDOM_BYTES] = {255, 255, 255, 255, 255,
                                                      255, 255, 255, 255, 255};

static void text_holds_time_version_variant_and_randomness(void **state)
{
    (void)state;
    struct identifier_source source = {0};
    char text[IDENTIFIER_TEXT_BYTES];
    identifier_next(&source, 0x0193A1B2C3D4, zeros, text);
    assert_string_equal(text, "0193a1b2-c3d4-7000-8000-000000000000");
    identifier_next(&source, 0x0193A1B2C3D5, ones, text);
    assert_string_equal(text, "0193a1b2-c3d5-77ff-bfff-ffffffffffff");
}

static void identifiers_of_one_millisecond_rise(void **state)
{
    (void)state;
    struct identifier_source source = {0};
    char before[IDENTIFIER_TEXT_BYTES];
    char text[IDENTIFIER_TEXT_BYTES];
    identifier_next(&source, 1000000, ones, before);
    /* More than the count holds, so the millisecond must go on by itself. */
    for (int i = 0; i < 10000; i++) {
        identifier_next(&source, 1000000, i % 2 == 0 ? zeros : ones, text);
        assert_true(strcmp(before, text) < 0);
        assert_true(identifier_parse(text, NULL));
        memcpy(before, text, sizeof(text));
    }
}

static void identifiers_rise_when_the_clock_is_set_back(void **state)
{
    (void)state;
    struct identifier_source source = {0};
    char before[IDENTIFIER_TEXT_BYTES];
    char text[IDENTIFIER_TEXT_BYTES];
    identifier_next(&source, 5000000, ones, before);
    identifier_next(&source, 1000, zeros, text);
    assert_true(strcmp(before, text) < 0);
}

static void made_identifiers_differ_and_are_read_back(void **state)
{
    (void)state;
    struct identifier_source first = {0};
    struct identifier_source second = {0};
    char a[IDENTIFIER_TEXT_BYTES];
    char b[IDENTIFIER_TEXT_BYTES];
    assert_int_equal(identifier_make(&first, 1795426930000, a, NULL), OK);
    assert_int_equal(identifier_make(&second, 1795426930000, b, NULL), OK);
    assert_string_not_equal(a, b);
    uint8_t bytes[IDENTIFIER_BYTES];
    assert_true(identifier_parse(a, bytes));
    int64_t ms = 0;
    for (size_t i = 0; i < 6; i++) {
        ms = ms << 8 | bytes[i];
    }
    assert_int_equal(ms, 1795426930000);
}

static void only_the_strict_form_is_read(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",
        "01930000-0000-7000-8000-00000000000",
        "01930000-0000-7000-8000-0000000000011",
        "01930000-0000-7000-8000-00000000000g",
        "01930000-0000-7000-8000-00000000000A",
        "0193000000007000800000000000000001",
        "01930000-0000-7000-80000-00000000001",
        "{1930000-0000-7000-8000-00000000001}",
        "01930000-0000-4000-8000-000000000001",
        "01930000-0000-7000-0000-000000000001",
        "01930000-0000-7000-c000-000000000001",
        "01930000 0000 7000 8000 000000000001",
        "-1930000-0000-7000-8000-000000000001",
    };
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        if (identifier_parse(wrong[i], NULL)) {
            fail_msg("'%s' was read", wrong[i]);
        }
    }
    uint8_t bytes[IDENTIFIER_BYTES];
    assert_true(identifier_parse("01930000-0000-7abc-bfff-000000000001", bytes));
    static const uint8_t expected[IDENTIFIER_BYTES] = {1,    0x93, 0, 0, 0, 0, 0x7A, 0xBC,
                                                       0xBF, 0xFF, 0, 0, 0, 0, 0,    1};
    assert_memory_equal(bytes, expected, sizeof(expected));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_holds_time_version_variant_and_randomness),
        cmocka_unit_test(identifiers_of_one_millisecond_rise),
        cmocka_unit_test(identifiers_rise_when_the_clock_is_set_back),
        cmocka_unit_test(made_identifiers_differ_and_are_read_back),
        cmocka_unit_test(only_the_strict_form_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
