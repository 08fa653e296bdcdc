/* A picture as a file of text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/text.h"
#include "ui/description.h"

static struct draw_list *make_list(const char *words)
{
    struct draw_list *list = draw_list_create();
    assert_non_null(list);
    draw_list_begin(list, 100, 50);
    struct draw_text text = {.x_px = 5,
                             .baseline_px = 40,
                             .width_px = 20,
                             .style = {20, TEXT_BOLD},
                             .colour = colour_rgb(0xffffff)};
    draw_text(list, &text, words);
    draw_list_end(list);
    return list;
}

static void picture_is_its_head_targets_and_drawing(void **state)
{
    (void)state;
    struct draw_list *list = make_list("A042");
    struct target_list targets = {0};
    struct target call = {.id = 20, .at = {1, 2, 30, 40}, .is_enabled = true};
    struct target undo = {.id = 21, .at = {50, 2, 30, 40}};
    target_list_add(&targets, &call, "Appeler");
    target_list_add(&targets, &undo, "Annuler");
    const struct picture picture = {"page services\n", list, &targets};
    char bytes[512];
    struct text text;
    text_init(&text, bytes, sizeof(bytes));
    description_write(&picture, &text);
    assert_string_equal(bytes, "page services\n"
                               "target 20 1 2 30 40 enabled \"Appeler\"\n"
                               "target 21 50 2 30 40 disabled \"Annuler\"\n"
                               "size 100x50\n"
                               "text 5,40 size 20 bold #ffffff \"A042\"\n");
    draw_list_destroy(list);
}

static void file_is_written_only_when_the_picture_changes(void **state)
{
    (void)state;
    char folder[] = "/tmp/guichet-description-XXXXXX";
    assert_non_null(mkdtemp(folder));
    char path[sizeof(folder) + 16];
    struct text text;
    text_init(&text, path, sizeof(path));
    text_add(&text, "%s/picture", folder);
    struct description *description = description_create(path);
    assert_non_null(description);
    struct draw_list *list = make_list("A042");
    struct draw_list *other = make_list("A043");
    struct target_list targets = {0};
    struct picture picture = {"", list, &targets};
    assert_int_equal(description_update(description, &picture, NULL), OK);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(description_update(description, &picture, NULL), OK);
    assert_int_equal(access(path, F_OK), -1);
    picture.list = other;
    assert_int_equal(description_update(description, &picture, NULL), OK);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(folder), 0);
    picture.list = list;
    struct error err = {0};
    assert_int_equal(description_update(description, &picture, &err), ERR_IO);
    draw_list_destroy(list);
    draw_list_destroy(other);
    description_destroy(description);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(picture_is_its_head_targets_and_drawing),
        cmocka_unit_test(file_is_written_only_when_the_picture_changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
