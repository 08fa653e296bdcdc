/* Bounded text and sentences of errors. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/error.h"
#include "core/text.h"

static void text_that_fits_is_whole(void **state)
{
    (void)state;
    char bytes[16];
    struct text text;
    text_init(&text, bytes, sizeof(bytes));
    text_add(&text, "%s %d", "guichet", 3);
    text_add_string(&text, " %d");
    assert_string_equal(bytes, "guichet 3 %d");
    assert_int_equal(text.length, strlen(bytes));
    assert_false(text.is_cut);
}

static void text_is_cut_on_a_whole_character(void **state)
{
    (void)state;
    /* "ré": 3 bytes; "é" again does not fit in 4 bytes with the NUL. */
    for (size_t capacity = 1; capacity <= 5; capacity++) {
        char bytes[8];
        struct text text;
        text_init(&text, bytes, capacity);
        text_add_string(&text, "r\xc3\xa9\xc3\xa9");
        static const char *const cut[] = {"", "", "r", "r", "r\xc3\xa9", "r\xc3\xa9"};
        assert_string_equal(bytes, cut[capacity]);
        assert_int_equal(text.length, strlen(bytes));
        assert_true(text.is_cut);
        assert_true(text_is_utf8(bytes, text.length));
    }
}

static void copy_says_when_it_was_cut(void **state)
{
    (void)state;
    char to[4];
    assert_true(text_copy(to, sizeof(to), "abc"));
    assert_string_equal(to, "abc");
    assert_false(text_copy(to, sizeof(to), "ab\xc3\xa9"));
    assert_string_equal(to, "ab");
}

static void id_is_lower_case_letters_digits_and_hyphens(void **state)
{
    (void)state;
    assert_true(text_is_id("counter-3", 32));
    assert_true(text_is_id("a", 1));
    assert_false(text_is_id("", 32));
    assert_false(text_is_id("ab", 1));
    assert_false(text_is_id("A", 32));
    assert_false(text_is_id("a/b", 32));
    assert_false(text_is_id("a+", 32));
    assert_false(text_is_id("\xc3\xa9", 32));
}

static void utf8_without_overlong_forms_surrogates_or_controls(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        bool is_well_formed;
    } cases[] = {
        {"", true},
        {"d\xc3\xa9j\xc3\xa0", true},
        {"\xe4\xb8\xad", true},
        {"\xf0\x9f\x8e\xab", true},
        {"\n", false},
        {"\x7f", false},
        {"\xc2\x85", false},         /* a C1 control */
        {"\xc0\xaf", false},         /* overlong */
        {"\xe0\x80\xaf", false},     /* overlong */
        {"\xed\xa0\x80", false},     /* surrogate */
        {"\xf4\x90\x80\x80", false}, /* beyond U+10FFFF */
        {"\xc3", false},             /* cut */
        {"\x80", false},             /* without a lead */
        {"\xff", false},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        if (text_is_utf8(cases[i].bytes, strlen(cases[i].bytes)) !=
            cases[i].is_well_formed) {
            fail_msg("case %zu", i);
        }
    }
}

static void error_keeps_its_status_and_is_wrapped_outermost_first(void **state)
{
    (void)state;
    struct error err;
    assert_int_equal(error_set(&err, ERR_IO, "printer '%s' is out of paper", "hall"),
                     ERR_IO);
    assert_int_equal(error_wrap(&err, "cannot print ticket '%s'", "A001"), ERR_IO);
    assert_string_equal(err.text,
                        "cannot print ticket 'A001': printer 'hall' is out of paper");
    assert_int_equal(error_set(NULL, ERR_FULL, "nobody reads this"), ERR_FULL);
    char name[2 * ERROR_TEXT_BYTES];
    memset(name, 'x', sizeof(name) - 1);
    name[sizeof(name) - 1] = '\0';
    (void)error_set(&err, ERR_INVALID, "%s", name);
    (void)error_wrap(&err, "wrapped");
    assert_int_equal(strlen(err.text), ERROR_TEXT_BYTES - 1);
    assert_memory_equal(err.text, "wrapped: xxx", 12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_that_fits_is_whole),
        cmocka_unit_test(text_is_cut_on_a_whole_character),
        cmocka_unit_test(copy_says_when_it_was_cut),
        cmocka_unit_test(id_is_lower_case_letters_digits_and_hyphens),
        cmocka_unit_test(utf8_without_overlong_forms_surrogates_or_controls),
        cmocka_unit_test(error_keeps_its_status_and_is_wrapped_outermost_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
