/* Order, scripts and fonts of text runs: ticket A042 stays A042 in every language. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/text.h"
#include "ui/text_run.h"
#include "ui/unicode.h"

/* Font 0 has Latin, 1 Arabic and the space, 2 Hebrew, 3 Chinese. */
static bool has_glyph(void *context, int font, uint32_t code)
{
    (void)context;
    if (font == 0) {
        return code < 0x500 || code == 0x2014 || code == 0x2019;
    }
    if (font == 1) {
        return (code >= 0x600 && code < 0x700) || code == ' ';
    }
    return font == 2 ? code >= 0x590 && code < 0x600 : unicode_is_ideograph(code);
}

/* The runs from left to right: "[script font < or > text]". */
static const char *runs_of(const char *string)
{
    static char bytes[1024];
    struct text_run runs[TEXT_RUNS_MAX];
    struct font_coverage coverage = {has_glyph, NULL, 4};
    size_t count = text_run_split(string, strlen(string), &coverage, runs);
    struct text text;
    text_init(&text, bytes, sizeof(bytes));
    for (size_t i = 0; i < count; i++) {
        text_add(&text, "[%s %d %c %.*s]", runs[i].script, runs[i].font,
                 runs[i].is_right_to_left ? '<' : '>', (int)runs[i].length,
                 string + runs[i].start);
    }
    return bytes;
}

static void latin_is_one_run(void **state)
{
    (void)state;
    assert_string_equal(runs_of("Guichet 3 — 15 min"), "[Latn 0 > Guichet 3 — 15 min]");
    assert_string_equal(runs_of("42"), "[Latn 0 > 42]");
    assert_string_equal(runs_of(""), "");
}

static void ticket_number_inside_arabic_keeps_its_order(void **state)
{
    (void)state;
    /* "Ticket A042 to counter 3": read from the right; the number from the left. */
    assert_string_equal(runs_of("التذكرة A042 إلى الشباك 3"),
                        "[Latn 0 > 3][Arab 1 < إلى الشباك ][Arab 0 <  ][Latn 0 > "
                        "A042][Arab 1 < التذكرة ]");
}

static void arabic_inside_french_keeps_the_line_french(void **state)
{
    (void)state;
    assert_string_equal(runs_of("Ticket A042 : تذكرة"),
                        "[Latn 0 > Ticket A042 : ][Arab 1 < تذكرة]");
}

static void isolated_number_is_drawn_without_its_controls(void **state)
{
    (void)state;
    assert_string_equal(
        runs_of("رقم " UNICODE_ISOLATE "A042-B" UNICODE_ISOLATE_END " الآن"),
        "[Arab 1 < الآن][Arab 0 <  ][Latn 0 > A042-B][Arab 1 < رقم ]");
}

static void digits_inside_hebrew_keep_their_order(void **state)
{
    (void)state;
    assert_string_equal(runs_of("תור 042"), "[Latn 0 > 042][Hebr 0 <  ][Hebr 2 < תור]");
}

static void chinese_takes_the_font_that_has_it(void **state)
{
    (void)state;
    assert_string_equal(runs_of("A042 请到"), "[Latn 0 > A042 ][Hani 3 > 请到]");
}

static void character_without_a_font_takes_the_first(void **state)
{
    (void)state;
    assert_string_equal(runs_of("กา"), "[Thai 0 > กา]");
}

static void line_too_long_is_bounded(void **state)
{
    (void)state;
    static char string[3 * TEXT_CHARACTERS_MAX];
    for (size_t i = 0; i + 1 < sizeof(string); i++) {
        string[i] = i % 2 == 0 ? 'a' : ' ';
    }
    struct text_run runs[TEXT_RUNS_MAX];
    struct font_coverage coverage = {has_glyph, NULL, 4};
    assert_int_equal(text_run_split(string, sizeof(string) - 1, &coverage, runs), 1);
    assert_int_equal(runs[0].length, TEXT_CHARACTERS_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(latin_is_one_run),
        cmocka_unit_test(ticket_number_inside_arabic_keeps_its_order),
        cmocka_unit_test(arabic_inside_french_keeps_the_line_french),
        cmocka_unit_test(isolated_number_is_drawn_without_its_controls),
        cmocka_unit_test(digits_inside_hebrew_keep_their_order),
        cmocka_unit_test(chinese_takes_the_font_that_has_it),
        cmocka_unit_test(character_without_a_font_takes_the_first),
        cmocka_unit_test(line_too_long_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
