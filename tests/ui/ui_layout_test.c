/* Breaking, shrinking and placing of text, with the fixed rule of widths. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/text.h"
#include "ui/layout.h"
#include "ui/unicode.h"

#define NNBSP "\xE2\x80\xAF" /* U+202F */
#define NBSP  "\xC2\xA0"

/* The lines of a block joined with '|'. */
static const char *joined(const struct text_block *block, const char *string)
{
    static char bytes[1024];
    struct text text;
    text_init(&text, bytes, sizeof(bytes));
    for (size_t i = 0; i < block->line_count; i++) {
        const struct text_line *line = &block->lines[i];
        text_add(&text, "%s%.*s", i == 0 ? "" : "|", (int)line->length,
                 string + line->start);
    }
    return bytes;
}

/* The lines of `string` at 10 px in a box that holds `characters` wide letters (6 px). */
static const char *wrapped(const char *string, int characters)
{
    struct text_measure measure = text_measure_fixed();
    struct text_block block;
    text_wrap(&measure, string, (struct text_style){10, TEXT_REGULAR}, characters * 6,
              &block);
    return joined(&block, string);
}

static void lines_break_at_spaces(void **state)
{
    (void)state;
    assert_string_equal(wrapped("Permis de conduire", 9), "Permis de|conduire");
    assert_string_equal(wrapped("Permis de conduire", 7), "Permis|de|conduire");
    assert_string_equal(wrapped("Permis  de   conduire", 7), "Permis|de|conduire");
    assert_string_equal(wrapped("Permis de conduire", 40), "Permis de conduire");
    assert_string_equal(wrapped("", 9), "");
    assert_string_equal(wrapped("un\ndeux", 40), "un|deux");
}

static void lines_break_after_hyphens_between_letters(void **state)
{
    (void)state;
    assert_string_equal(wrapped("photo-signature", 10), "photo-|signature");
    assert_string_equal(wrapped("rendez-vous", 40), "rendez-vous");
    assert_string_equal(wrapped("15-25 minutes", 4), "15-25|minutes");
}

static void french_punctuation_stays_with_its_word(void **state)
{
    (void)state;
    assert_string_equal(wrapped("munissez vous" NNBSP "?", 9), "munissez|vous" NNBSP "?");
    assert_string_equal(wrapped("Voulez vous ?", 11), "Voulez|vous ?");
    assert_string_equal(wrapped("conduire : oui", 9), "conduire :|oui");
    assert_string_equal(wrapped("84" NBSP "% servis", 5), "84" NBSP "%|servis");
    assert_string_equal(wrapped("84 % servis", 3), "84 %|servis");
    assert_string_equal(wrapped("dit « oui » bien", 6), "dit|« oui »|bien");
}

static void ideographs_break_anywhere_but_before_closing_signs(void **state)
{
    (void)state;
    struct text_measure measure = text_measure_fixed();
    struct text_block block;
    const char *string = "请在等候区等待。";
    text_wrap(&measure, string, (struct text_style){10, TEXT_REGULAR}, 70, &block);
    assert_string_equal(joined(&block, string), "请在等候区等|待。");
}

static void word_wider_than_the_box_stands_alone(void **state)
{
    (void)state;
    struct text_measure measure = text_measure_fixed();
    struct text_block block;
    const char *string = "Certificat d’immatriculation";
    text_wrap(&measure, string, (struct text_style){10, TEXT_REGULAR}, 60, &block);
    assert_true(block.is_too_wide);
    assert_string_equal(joined(&block, string), "Certificat|d’immatriculation");
}

static struct text_block fitted(const char *string, struct text_room room)
{
    struct text_measure measure = text_measure_fixed();
    struct text_block block;
    text_fit(&measure, string, &room, &block);
    return block;
}

static void long_name_wraps_before_it_shrinks(void **state)
{
    (void)state;
    const char *string = "Certificat d’immatriculation";
    struct text_room room = {{20, TEXT_BOLD}, 10, 240, 100, 0};
    struct text_block block = fitted(string, room);
    assert_int_equal(block.style.size_px, 20);
    assert_string_equal(joined(&block, string), "Certificat|d’immatriculation");

    room.width_px = 150;
    block = fitted(string, room);
    assert_in_range(block.style.size_px, 10, 19);
    assert_false(block.is_too_wide);
    assert_false(block.is_below_floor);
    assert_string_equal(joined(&block, string), "Certificat|d’immatriculation");
}

static void one_line_shrinks_to_its_width(void **state)
{
    (void)state;
    struct text_room room = {{20, TEXT_REGULAR}, 10, 100, 40, 1};
    struct text_block block = fitted("Permis de conduire", room);
    assert_int_equal(block.line_count, 1);
    assert_in_range(block.width_px, 90, 100);
}

static void text_below_its_floor_is_broken_but_never_cut(void **state)
{
    (void)state;
    const char *string = "anticonstitutionnellement";
    struct text_room room = {{20, TEXT_REGULAR}, 18, 60, 200, 0};
    struct text_block block = fitted(string, room);
    assert_true(block.is_below_floor);
    assert_false(block.is_too_wide);
    assert_true(block.height_px <= 200);
    size_t length = 0;
    for (size_t i = 0; i < block.line_count; i++) {
        length += block.lines[i].length;
    }
    assert_int_equal(length, strlen(string));
}

/* Every size of box holds every text, down to where letters could not be read anyway. */
static void no_box_cuts_a_text(void **state)
{
    (void)state;
    static const char *const strings[] = {
        "Certificat d’immatriculation", "Renouvellement du titre de séjour pluriannuel",
        "Guichet 3", "A042", "Permis de conduire : photo-signature numérique"};
    for (int width_px = 60; width_px <= 600; width_px += 45) {
        for (size_t i = 0; i < sizeof(strings) / sizeof(strings[0]); i++) {
            struct text_room room = {{48, TEXT_BOLD}, 24, width_px, 120, 0};
            struct text_block block = fitted(strings[i], room);
            assert_false(block.is_too_wide);
            assert_true(block.height_px <= room.height_px);
        }
    }
}

static void combining_marks_stay_with_their_letter(void **state)
{
    (void)state;
    const char *string = "e\xCC\x81"
                         "e\xCC\x81"
                         "e\xCC\x81";
    struct text_room room = {{20, TEXT_REGULAR}, 20, 13, 200, 0};
    struct text_block block = fitted(string, room);
    assert_int_equal(block.line_count, 3);
    assert_int_equal(block.lines[1].start, 3);
}

static void lines_are_placed_in_their_box(void **state)
{
    (void)state;
    struct draw_list *list = draw_list_create();
    assert_non_null(list);
    draw_list_begin(list, 400, 200);
    struct text_measure measure = text_measure_fixed();
    struct text_block block;
    const char *string = "AAAA BB";
    text_wrap(&measure, string, (struct text_style){20, TEXT_REGULAR}, 60, &block);
    struct text_place place = {
        {100, 50, 200, 100}, ALIGN_END, ALIGN_MIDDLE, colour_rgb(0)};
    text_block_draw(list, &block, string, &place);
    draw_list_end(list);
    /* 48 and 24 px wide, right at 300; two lines of 25 px in the middle of 100. */
    assert_int_equal(list->commands[0].text.x_px, 252);
    assert_int_equal(list->commands[1].text.x_px, 276);
    assert_int_equal(
        list->commands[1].text.baseline_px - list->commands[0].text.baseline_px, 25);
    assert_int_equal(list->commands[0].text.baseline_px,
                     text_baseline_px((struct rect){100, 75, 200, 25}, 20));
    draw_list_destroy(list);
}

static void capitals_stand_in_the_middle(void **state)
{
    (void)state;
    struct rect box = {0, 100, 10, 100};
    int baseline_px = text_baseline_px(box, 100);
    int above_px = baseline_px - text_cap_height_px(100) - box.y;
    int below_px = box.y + box.height - baseline_px;
    assert_in_range(above_px - below_px + 1, 0, 2);
    for (int cap_px = 1; cap_px < 400; cap_px++) {
        assert_in_range(text_cap_height_px(text_size_for_cap_px(cap_px)), cap_px,
                        cap_px + 1);
    }
}

static void broken_utf8_is_read_to_its_end(void **state)
{
    (void)state;
    const char bytes[] = "a\xFF\xC3";
    size_t at = 0;
    assert_int_equal(unicode_next(bytes, 3, &at), 'a');
    assert_int_equal(unicode_next(bytes, 3, &at), 0xFFFD);
    assert_int_equal(unicode_next(bytes, 3, &at), 0xFFFD);
    assert_int_equal(at, 3);
    at = 0;
    assert_int_equal(unicode_next("\xF0\x9F\x98\x80", 4, &at), 0x1F600);
    assert_int_equal(at, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_break_at_spaces),
        cmocka_unit_test(lines_break_after_hyphens_between_letters),
        cmocka_unit_test(french_punctuation_stays_with_its_word),
        cmocka_unit_test(ideographs_break_anywhere_but_before_closing_signs),
        cmocka_unit_test(word_wider_than_the_box_stands_alone),
        cmocka_unit_test(long_name_wraps_before_it_shrinks),
        cmocka_unit_test(one_line_shrinks_to_its_width),
        cmocka_unit_test(text_below_its_floor_is_broken_but_never_cut),
        cmocka_unit_test(no_box_cuts_a_text),
        cmocka_unit_test(combining_marks_stay_with_their_letter),
        cmocka_unit_test(lines_are_placed_in_their_box),
        cmocka_unit_test(capitals_stand_in_the_middle),
        cmocka_unit_test(broken_utf8_is_read_to_its_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
