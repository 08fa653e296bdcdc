/* The window under SDL's dummy driver: showing, waiting, waking and reading input. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <SDL.h>

#include "sample_screens.h"
#include "ui/event.h"
#include "ui/font.h"
#include "ui/window.h"

static struct painter *painter;
static struct window *window;
static struct draw_list *list;
static struct target_list targets;

static int open_all(void **state)
{
    (void)state;
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    struct window_options options = {
        .title = "Guichet", .width_px = 640, .height_px = 400, .hides_cursor = true};
    struct error err = {.text = ""};
    list = draw_list_create();
    if (!list || painter_create(FONT_DIRECTORY, &painter, &err) != OK ||
        window_create(&options, painter, &window, &err) != OK) {
        print_error("%s\n", err.text);
        return -1;
    }
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    window_destroy(window);
    painter_destroy(painter);
    draw_list_destroy(list);
    SDL_Quit();
    return 0;
}

static void draw_sample(int call_count)
{
    struct text_measure measure = painter_measure(painter);
    struct screen screen = {list,
                            &targets,
                            theme_get(THEME_HALL),
                            &measure,
                            NULL,
                            window_width_px(window),
                            window_height_px(window)};
    sample_board(&screen, call_count);
}

/* Take what SDL itself sends about a new window. */
static void take_all_events(void)
{
    struct input_event event;
    do {
        window_wait(window, 0, &event);
    } while (event.kind != INPUT_NONE);
}

static void same_picture_is_painted_once(void **state)
{
    (void)state;
    draw_sample(2);
    assert_true(window_show(window, list));
    assert_false(window_show(window, list));
    draw_sample(3);
    assert_true(window_show(window, list));
    draw_sample(3);
    assert_false(window_show(window, list));
}

static void *wake(void *context)
{
    window_wake(context);
    window_wake(context);
    window_wake(context);
    return NULL;
}

static void another_thread_wakes_the_wait_once(void **state)
{
    (void)state;
    take_all_events();
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, wake, window), 0);
    struct input_event event;
    window_wait(window, 20000, &event);
    assert_int_equal(event.kind, INPUT_WAKE);
    assert_int_equal(pthread_join(thread, NULL), 0);
    /* Calls made before it woke are one; those after it may be a second. */
    take_all_events();
    window_wake(window);
    window_wait(window, 20000, &event);
    assert_int_equal(event.kind, INPUT_WAKE);
    window_wait(window, 0, &event);
    assert_int_equal(event.kind, INPUT_NONE);
}

static struct input_event sent(SDL_Event event)
{
    take_all_events();
    assert_int_equal(SDL_PushEvent(&event), 1);
    struct input_event got;
    window_wait(window, 0, &got);
    return got;
}

static void finger_comes_in_pixels(void **state)
{
    (void)state;
    SDL_Event event = {
        .tfinger = {
            .type = SDL_FINGERDOWN, .touchId = 3, .fingerId = 9, .x = 0.5F, .y = 0.25F}};
    struct input_event got = sent(event);
    assert_int_equal(got.kind, INPUT_DOWN);
    assert_int_equal(got.x, 320);
    assert_int_equal(got.y, 100);
    assert_true(got.pointer >= 0);
    assert_true(got.at_ms > 0);
    event.tfinger.type = SDL_FINGERUP;
    struct input_event up = sent(event);
    assert_int_equal(up.kind, INPUT_UP);
    assert_int_equal(up.pointer, got.pointer);
}

static void mouse_made_by_touch_is_ignored(void **state)
{
    (void)state;
    SDL_Event event = {.button = {.type = SDL_MOUSEBUTTONDOWN,
                                  .which = SDL_TOUCH_MOUSEID,
                                  .button = SDL_BUTTON_LEFT,
                                  .state = SDL_PRESSED,
                                  .x = 10,
                                  .y = 20}};
    assert_int_equal(sent(event).kind, INPUT_NONE);
    event.button.which = 0;
    struct input_event got = sent(event);
    assert_int_equal(got.kind, INPUT_DOWN);
    assert_int_equal(got.pointer, POINTER_MOUSE);
    assert_int_equal(got.x, 10);
    event.button.button = SDL_BUTTON_RIGHT;
    assert_int_equal(sent(event).kind, INPUT_NONE);
}

static struct input_event key_sent(SDL_Keycode code, uint16_t mod, uint8_t repeat)
{
    SDL_Event event = {.key = {.type = SDL_KEYDOWN,
                               .state = SDL_PRESSED,
                               .repeat = repeat,
                               .keysym = {.sym = code, .mod = mod}}};
    return sent(event);
}

static void keys_are_named(void **state)
{
    (void)state;
    assert_int_equal(key_sent(SDLK_F2, 0, 0).key, KEY_F2);
    assert_int_equal(key_sent(SDLK_TAB, 0, 0).key, KEY_TAB);
    assert_int_equal(key_sent(SDLK_TAB, KMOD_LSHIFT, 0).key, KEY_BACK_TAB);
    assert_true(key_sent(SDLK_SPACE, 0, 1).is_repeat);
    struct input_event letter = key_sent(SDLK_b, 0, 0);
    assert_int_equal(letter.key, KEY_CHARACTER);
    assert_int_equal(letter.code, 'B');
    assert_int_equal(key_sent(SDLK_KP_0, 0, 0).code, '0');
    assert_int_equal(key_sent(SDLK_KP_7, 0, 0).code, '7');
    assert_int_equal(key_sent(SDLK_LSHIFT, 0, 0).kind, INPUT_NONE);
}

static void closing_is_told(void **state)
{
    (void)state;
    SDL_Event event = {.type = SDL_QUIT};
    assert_int_equal(sent(event).kind, INPUT_CLOSE);
}

static void picture_of_the_window_is_saved(void **state)
{
    (void)state;
    draw_sample(1);
    (void)window_show(window, list); /* may be shown already */
    assert_int_equal(window_save(window, "/dev/null", NULL), OK);
    struct error err;
    assert_int_equal(window_save(window, "/nonexistent/x.png", &err), ERR_IO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_picture_is_painted_once),
        cmocka_unit_test(another_thread_wakes_the_wait_once),
        cmocka_unit_test(finger_comes_in_pixels),
        cmocka_unit_test(mouse_made_by_touch_is_ignored),
        cmocka_unit_test(keys_are_named),
        cmocka_unit_test(closing_is_told),
        cmocka_unit_test(picture_of_the_window_is_saved),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
