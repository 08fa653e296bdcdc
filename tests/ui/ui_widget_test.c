/* Widgets and whole screens as draw lists: nothing cut at any size, everything pressable.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "sample_screens.h"
#include "ui/widget.h"

struct stage {
    struct draw_list *list;
    struct target_list targets;
    struct text_measure measure;
    struct input input;
    struct screen screen;
};

static struct stage stage;

static int setup(void **state)
{
    (void)state;
    stage = (struct stage){.list = draw_list_create(), .measure = text_measure_fixed()};
    stage.screen = (struct screen){stage.list,
                                   &stage.targets,
                                   theme_get(THEME_DAY),
                                   &stage.measure,
                                   &stage.input,
                                   1000,
                                   1000};
    return stage.list ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    draw_list_destroy(stage.list);
    return 0;
}

static const char *written(void)
{
    static char bytes[65536];
    struct text text;
    text_init(&text, bytes, sizeof(bytes));
    draw_list_text(stage.list, &text);
    assert_false(text.is_cut);
    return bytes;
}

static const struct button next = {.id = 5,
                                   .label = "Appeler",
                                   .detail = "Espace",
                                   .kind = BUTTON_ACTION,
                                   .shortcut = KEY_SPACE,
                                   .label_px = 50,
                                   .detail_px = 30};
static const struct rect next_at = {100, 100, 400, 200};

static void button_is_drawn_and_can_be_pressed(void **state)
{
    (void)state;
    screen_begin(&stage.screen);
    widget_button(&stage.screen, next_at, &next);
    screen_end(&stage.screen);
    assert_string_equal(written(), "size 1000x1000\n"
                                   "rect 0,0 1000x1000 fill #f2f5fa\n"
                                   "rect 100,100 400x200 radius 14 fill #127a42\n"
                                   "text 194,198 size 50 bold #ffffff \"Appeler\"\n"
                                   "text 245,241 size 30 #ffffff \"Espace\"\n");
    const struct target *target = target_list_at(&stage.targets, 300, 200);
    assert_int_equal(target->id, 5);
    assert_string_equal(target->label, "Appeler");
    assert_int_equal(target->shortcut, KEY_SPACE);
    assert_true(target->is_enabled);
}

static void pressed_focused_and_disabled_look_different(void **state)
{
    (void)state;
    static char plain[65536];
    screen_begin(&stage.screen);
    widget_button(&stage.screen, next_at, &next);
    screen_end(&stage.screen);
    (void)text_copy(plain, sizeof(plain), written());

    stage.input.pressed = 5;
    screen_begin(&stage.screen);
    widget_button(&stage.screen, next_at, &next);
    screen_end(&stage.screen);
    assert_string_not_equal(written(), plain);

    stage.input = (struct input){.focused = 5, .shows_focus = true};
    screen_begin(&stage.screen);
    widget_button(&stage.screen, next_at, &next);
    screen_end(&stage.screen);
    assert_string_not_equal(written(), plain);
    assert_non_null(strstr(written(), "stroke 5 #b43a00"));

    stage.input = (struct input){.pressed = 5};
    struct button off = next;
    off.is_disabled = true;
    screen_begin(&stage.screen);
    widget_button(&stage.screen, next_at, &off);
    screen_end(&stage.screen);
    assert_string_not_equal(written(), plain);
    assert_false(target_list_find(&stage.targets, 5)->is_enabled);
}

static void dialogue_takes_the_targets_behind_it(void **state)
{
    (void)state;
    struct button buttons[] = {{.id = 20, .label = "Oui"}, {.id = 21, .label = "Non"}};
    struct dialogue dialogue = {
        .title = "Un autre ticket ?", .text = "", .buttons = buttons, .button_count = 2};
    screen_begin(&stage.screen);
    widget_button(&stage.screen, next_at, &next);
    widget_dialogue(&stage.screen, &dialogue);
    screen_end(&stage.screen);
    assert_int_equal(stage.targets.count, 2);
    assert_null(target_list_find(&stage.targets, 5));
    assert_non_null(target_list_find(&stage.targets, 21));
    assert_non_null(draw_list_find(stage.list, "Un autre ticket ?"));
}

static void light_says_its_word(void **state)
{
    (void)state;
    struct light_sign sign = {LIGHT_SHAPE_FREE, "2", "Libre", false};
    screen_begin(&stage.screen);
    widget_light(&stage.screen, (struct rect){0, 0, 300, 100}, &sign);
    screen_end(&stage.screen);
    assert_non_null(strstr(written(), " free #"));
    assert_non_null(draw_list_find(stage.list, "2"));
    assert_non_null(draw_list_find(stage.list, "Libre"));
}

static void closed_service_cannot_be_chosen(void **state)
{
    (void)state;
    struct service_card card = {.id = 3,
                                .badge = {"E", colour_rgb(0x1f6fd0), false},
                                .name = "Passeport",
                                .wait = "Fermé",
                                .is_disabled = true};
    screen_begin(&stage.screen);
    widget_service_card(&stage.screen, (struct rect){0, 0, 900, 200}, &card);
    screen_end(&stage.screen);
    assert_false(target_list_find(&stage.targets, 3)->is_enabled);
    assert_null(strstr(written(), "1f6fd0"));
}

static void progress_is_in_proportion(void **state)
{
    (void)state;
    screen_begin(&stage.screen);
    widget_progress(&stage.screen, (struct rect){0, 0, 400, 20}, 1, 4);
    screen_end(&stage.screen);
    assert_non_null(strstr(written(), "clip 0,0 100x20\n"));
}

/* Fails when a text of the present list is cut, hidden by another or outside `at`. */
static void assert_all_read(struct rect at, const char *what)
{
    struct error err = {.text = ""};
    if (draw_list_check(stage.list, &err) != OK) {
        fail_msg("%s in %dx%d: %s", what, at.width, at.height, err.text);
    }
    for (size_t i = 0; i < stage.list->command_count; i++) {
        const struct draw_command *command = &stage.list->commands[i];
        assert_true(command->kind != DRAW_TEXT ||
                    rect_covers(at, draw_text_box(&command->text)));
    }
}

/* Names as long as an office may write them. */
static void longest_names_fit_the_service_card(void **state)
{
    (void)state;
    static const char *const names[] = {
        "Certificat d’immatriculation",
        "Renouvellement de carte de séjour pluriannuelle et demande de duplicata",
        "Naturalisation, réintégration dans la nationalité française"};
    for (int step = 0; step < 21; step++) {
        struct service_card card = {.id = 3,
                                    .badge = {"A", colour_rgb(0x1f6fd0), false},
                                    .name = names[step % 3],
                                    .detail = names[(step + 1) % 3],
                                    .wait = "plus de 2 h 30",
                                    .persons = "112 personnes attendent"};
        struct rect at = {40, 40, 920, 110 + step / 3 * 25};
        screen_begin(&stage.screen);
        widget_service_card(&stage.screen, at, &card);
        screen_end(&stage.screen);
        assert_all_read(at, card.name);
    }
}

static void units_follow_the_shorter_side(void **state)
{
    (void)state;
    stage.screen.width_px = 1080;
    stage.screen.height_px = 1920;
    assert_int_equal(screen_px(&stage.screen, 100), 108);
    stage.screen.width_px = 1920;
    stage.screen.height_px = 1080;
    assert_int_equal(screen_px(&stage.screen, 100), 108);
    assert_int_equal(screen_px(&stage.screen, 1), 1);
    stage.screen.height_px = 300;
    assert_int_equal(screen_px(&stage.screen, 1), 1);
    assert_int_equal(screen_px(&stage.screen, 0), 0);
}

static const struct {
    int width_px;
    int height_px;
} sizes[] = {{1080, 1920}, {1920, 1080}, {1280, 800},
             {1280, 720},  {3840, 2160}, {768, 1366}};

static void no_text_is_cut_at_any_size(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]) * THEME_COUNT; i++) {
        stage.screen.width_px = sizes[i / THEME_COUNT].width_px;
        stage.screen.height_px = sizes[i / THEME_COUNT].height_px;
        stage.screen.theme = theme_get((enum theme_id)(i % THEME_COUNT));
        sample_kiosk(&stage.screen, i % 2 == 1);
        assert_all_read(screen_area(&stage.screen), "kiosk");
        sample_widgets(&stage.screen);
        assert_all_read(screen_area(&stage.screen), "widgets");
    }
}

/* A person may pull a window as small as it goes; the program must live on. */
static void tiny_window_is_drawn_somehow(void **state)
{
    (void)state;
    stage.screen.width_px = 31;
    stage.screen.height_px = 17;
    sample_kiosk(&stage.screen, true);
    sample_widgets(&stage.screen);
    sample_board(&stage.screen, 4);
    sample_counter(&stage.screen, true);
    assert_int_equal(stage.targets.count, 3);
}

#define WITH_STAGE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STAGE(button_is_drawn_and_can_be_pressed),
        WITH_STAGE(pressed_focused_and_disabled_look_different),
        WITH_STAGE(dialogue_takes_the_targets_behind_it),
        WITH_STAGE(light_says_its_word),
        WITH_STAGE(closed_service_cannot_be_chosen),
        WITH_STAGE(progress_is_in_proportion),
        WITH_STAGE(longest_names_fit_the_service_card),
        WITH_STAGE(units_follow_the_shorter_side),
        WITH_STAGE(no_text_is_cut_at_any_size),
        WITH_STAGE(tiny_window_is_drawn_somehow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
