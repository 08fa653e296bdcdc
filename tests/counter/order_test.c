/* A supervisor's orders without a window: what each needs, what is asked once more, what
 * is sent, and that every picture is complete at every size in both languages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/text.h"
#include "counter/hall_scene.h"
#include "order_fixture.h"
#include "window_fixture.h"

/* 2026-11-23 in Paris. */
#define MIDNIGHT_MS INT64_C(1795388400000)
#define AT_MS(hour, minute)                                                              \
    (MIDNIGHT_MS + (int64_t)(hour)*3600000 + (int64_t)(minute)*60000)

#define LATER_MS (ORDER_NOW_MS + ORDER_READ_MS)

static const struct {
    int width_px;
    int height_px;
} sizes[] = {{1280, 800}, {1920, 1080}, {1024, 768}, {800, 1280}};

struct post {
    struct hall_agent *agent;
    struct command_document command;
};

static int begin(void **state)
{
    struct post *post = calloc(1, sizeof(*post));
    assert_non_null(post);
    post->agent = order_supervisor(0);
    *state = post;
    return 0;
}

static int end(void **state)
{
    struct post *post = *state;
    order_supervisor_destroy(post->agent);
    free(post);
    return 0;
}

static bool press(struct post *post, int action, int64_t now_ms)
{
    return hall_agent_press(post->agent, (enum hall_action)action, now_ms,
                            &post->command);
}

static void open_order(struct post *post, enum order_kind kind)
{
    assert_false(press(post, HALL_ORDER + (int)kind, ORDER_NOW_MS));
    assert_int_equal(post->agent->dialogue, HALL_DIALOGUE_ORDER);
    assert_int_equal(post->agent->order.kind, kind);
}

static void key(struct post *post, enum key key)
{
    const struct input_event event = {.kind = INPUT_KEY, .key = key};
    assert_true(hall_agent_take_input(post->agent, &event));
}

/* As a keyboard writes it, a character an event. */
static void write_text(struct post *post, const char *text)
{
    for (size_t i = 0; text[i] != '\0';) {
        struct input_event event = {.kind = INPUT_TEXT};
        size_t length = 1;
        while (((unsigned char)text[i + length] & 0xC0) == 0x80) {
            length++;
        }
        memcpy(event.text, text + i, length);
        assert_true(hall_agent_take_input(post->agent, &event));
        i += length;
    }
}

static bool confirm(struct post *post)
{
    return press(post, HALL_CONFIRM, ORDER_NOW_MS);
}

static void hours_of_today_are_typed_in_the_time_of_the_place(void **state)
{
    struct post *post = *state;
    open_order(post, ORDER_TODAY);
    assert_false(confirm(post));
    write_text(post, "a");
    key(post, KEY_TAB);
    write_text(post, "10:30"); /* it is 10:42 */
    assert_int_equal(order_lack(post->agent), PART_UNTIL);
    assert_false(confirm(post));
    for (int i = 0; i < 5; i++) {
        key(post, KEY_BACKSPACE);
    }
    write_text(post, "&è:\"à"); /* 17:30 on a French keyboard, without Shift */
    assert_true(confirm(post));
    assert_int_equal(post->command.verb, VERB_HOURS_TODAY);
    assert_string_equal(post->command.service, "immatriculation");
    assert_int_equal(post->command.until_ms, AT_MS(17, 30));
}

static void a_quota_is_a_number_of_tickets(void **state)
{
    struct post *post = *state;
    open_order(post, ORDER_TODAY);
    write_text(post, "b");
    key(post, KEY_UP);
    key(post, KEY_RIGHT); /* quota */
    assert_int_equal(post->agent->order.act, ACT_QUOTA);
    key(post, KEY_BACK_TAB);
    assert_int_equal(post->agent->order.at, PART_NUMBER);
    write_text(post, "6x66666");
    assert_string_equal(post->agent->order.typed[PART_NUMBER], "66666");
    assert_false(confirm(post)); /* more than a day can hold */
    key(post, KEY_BACKSPACE);
    key(post, KEY_BACKSPACE);
    key(post, KEY_BACKSPACE);
    assert_true(confirm(post));
    assert_int_equal(post->command.verb, VERB_SET_QUOTA);
    assert_int_equal(post->command.number, 66);
    assert_string_equal(post->command.service, post->agent->site.services[1].id);
}

static void a_line_is_ended_only_after_the_question_was_read(void **state)
{
    struct post *post = *state;
    open_order(post, ORDER_LINE);
    write_text(post, "a");
    key(post, KEY_TAB);
    assert_int_equal(post->agent->order.at, PART_REASON);
    assert_false(confirm(post));
    assert_false(post->agent->order.is_asked);
    write_text(post, "Évacuation \"3\"");
    assert_int_equal(order_people(post->agent), 12);
    assert_false(confirm(post));
    assert_true(post->agent->order.is_asked);
    assert_false(press(post, HALL_CONFIRM, LATER_MS - 1)); /* pressed twice */
    assert_true(press(post, HALL_CONFIRM, LATER_MS));
    assert_int_equal(post->command.verb, VERB_SETTLE);
    assert_int_equal(post->command.outcome, TICKET_ABANDONED);
    assert_string_equal(post->command.service, "immatriculation");
    assert_string_equal(post->command.reason, "Évacuation \"3\"");
    assert_false(press(post, HALL_CONFIRM, LATER_MS)); /* once more asks again */
}

static void of_other_people_it_is_asked_again(void **state)
{
    struct post *post = *state;
    open_order(post, ORDER_LINE);
    write_text(post, "a");
    key(post, KEY_TAB);
    write_text(post, "Alerte");
    assert_false(confirm(post));
    post->agent->state.services[0].waiting_count = 13;
    assert_false(press(post, HALL_CONFIRM, LATER_MS));
    assert_true(press(post, HALL_CONFIRM, LATER_MS + ORDER_READ_MS));
    open_order(post, ORDER_LINE);
    write_text(post, "a");
    key(post, KEY_TAB);
    write_text(post, "Alerte");
    assert_false(confirm(post));
    write_text(post, "!"); /* another reason */
    assert_false(press(post, HALL_CONFIRM, LATER_MS));
}

static void nobody_is_moved_from_an_empty_line_or_to_the_same(void **state)
{
    struct post *post = *state;
    open_order(post, ORDER_LINE);
    key(post, KEY_UP);
    write_text(post, "3"); /* the third of its acts */
    assert_int_equal(post->agent->order.act, ACT_MOVE);
    key(post, KEY_TAB);
    write_text(post, "c");
    key(post, KEY_TAB);
    write_text(post, "a");
    assert_int_equal(order_people(post->agent), 0);
    assert_false(hall_agent_can(post->agent, HALL_CONFIRM, ORDER_NOW_MS));
    key(post, KEY_UP);
    write_text(post, "a");
    assert_false(hall_agent_can(post->agent, HALL_CONFIRM, ORDER_NOW_MS));
    key(post, KEY_DOWN);
    write_text(post, "b");
    assert_false(confirm(post));
    assert_true(press(post, HALL_CONFIRM, LATER_MS));
    assert_int_equal(post->command.verb, VERB_MOVE);
    assert_string_equal(post->command.to_service, post->agent->site.services[1].id);
}

static void a_message_keeps_to_what_the_screens_hold(void **state)
{
    struct post *post = *state;
    memset(&post->agent->state.message, 0, sizeof(post->agent->state.message));
    open_order(post, ORDER_MESSAGE);
    for (int i = 0; i < 200; i++) {
        write_text(post, "\"");
    }
    assert_int_equal(strlen(post->agent->order.typed[PART_FR]), DETAIL_LENGTH_MAX / 2);
    for (int i = 0; i < 200; i++) {
        key(post, KEY_BACKSPACE);
    }
    write_text(post, "Fermé à 16 hé");
    key(post, KEY_BACKSPACE); /* the two bytes of é */
    assert_true(confirm(post));
    assert_int_equal(post->command.verb, VERB_MESSAGE);
    assert_string_equal(post->command.words.in[LANGUAGE_FR], "Fermé à 16 h");
    assert_string_equal(post->command.hall, "main");
    assert_int_equal(post->command.until_ms, 0);
}

static void a_message_can_be_taken_away_everywhere(void **state)
{
    struct post *post = *state;
    (void)text_copy(post->agent->state.message.words.in[LANGUAGE_FR], 20, "Bonjour");
    open_order(post, ORDER_MESSAGE);
    assert_string_equal(post->agent->order.typed[PART_FR], "Bonjour");
    key(post, KEY_UP);
    key(post, KEY_RIGHT);
    key(post, KEY_TAB);
    key(post, KEY_RIGHT); /* all halls */
    assert_true(confirm(post));
    assert_int_equal(post->command.verb, VERB_MESSAGE);
    assert_string_equal(post->command.words.in[LANGUAGE_FR], "");
    assert_string_equal(post->command.hall, "");
}

static void exceptional_mode_begins_with_its_end_and_ends_when_it_is_on(void **state)
{
    struct post *post = *state;
    open_order(post, ORDER_EXCEPTIONAL);
    assert_false(confirm(post));
    assert_false(post->agent->order.is_asked);
    assert_int_equal(post->agent->order.at, PART_UNTIL);
    write_text(post, "20h"); /* a time has no letters here */
    assert_string_equal(post->agent->order.typed[PART_UNTIL], "20");
    key(post, KEY_UP);
    key(post, KEY_UP);
    key(post, KEY_UP);
    assert_int_equal(post->agent->order.at, PART_SERVICE);
    write_text(post, "b");
    assert_false(confirm(post));
    assert_true(press(post, HALL_CONFIRM, LATER_MS));
    assert_int_equal(post->command.verb, VERB_EXCEPTIONAL);
    assert_true(post->command.is_on);
    assert_int_equal(post->command.until_ms, AT_MS(20, 0));
    assert_string_equal(post->command.service, post->agent->site.services[1].id);
    post->agent->state.exceptional.until_ms = AT_MS(20, 0);
    open_order(post, ORDER_EXCEPTIONAL);
    assert_int_equal(post->agent->order.act, ACT_END);
    assert_false(confirm(post));
    assert_true(press(post, HALL_CONFIRM, LATER_MS));
    assert_false(post->command.is_on);
}

static void a_correction_is_of_a_ticket_with_a_reason(void **state)
{
    struct post *post = *state;
    open_order(post, ORDER_CORRECT);
    assert_false(press(post, HALL_CHOICE + 1, ORDER_NOW_MS)); /* one that ended last */
    assert_string_equal(post->agent->order.typed[PART_TICKET], "A031");
    for (int i = 0; i < 4; i++) {
        assert_false(press(post, HALL_ERASE, ORDER_NOW_MS));
    }
    write_text(post, "a042");
    key(post, KEY_TAB);
    write_text(post, "1");
    key(post, KEY_TAB);
    assert_false(confirm(post));
    write_text(post, "Erreur");
    assert_true(confirm(post));
    assert_int_equal(post->command.verb, VERB_CORRECT);
    assert_string_equal(post->command.ticket, "A042");
    assert_int_equal(post->command.outcome, TICKET_SERVED);
    assert_string_equal(post->command.reason, "Erreur");
}

static void a_remark_is_of_an_interval_and_is_withdrawn_by_its_number(void **state)
{
    struct post *post = *state;
    open_order(post, ORDER_REMARK);
    write_text(post, "Panne réseau");
    key(post, KEY_TAB);
    write_text(post, "10:00");
    key(post, KEY_TAB);
    write_text(post, "9:00");
    assert_false(confirm(post)); /* it ends before it begins */
    for (int i = 0; i < 4; i++) {
        key(post, KEY_BACKSPACE);
    }
    write_text(post, "1100");
    assert_true(confirm(post));
    assert_int_equal(post->command.verb, VERB_REMARK);
    assert_string_equal(post->command.reason, "Panne réseau");
    assert_int_equal(post->command.from_ms, AT_MS(10, 0));
    assert_int_equal(post->command.until_ms, AT_MS(11, 0));
    assert_string_equal(post->command.service, "");
    open_order(post, ORDER_REMARK);
    assert_false(press(post, HALL_ORDER_PART + PART_ACT, ORDER_NOW_MS));
    assert_false(press(post, HALL_CHOICE + 1, ORDER_NOW_MS));
    assert_int_equal(post->agent->order.act, ACT_WITHDRAW);
    assert_false(press(post, HALL_ORDER_PART + PART_REMARK, ORDER_NOW_MS));
    assert_false(press(post, HALL_CHOICE + 1, ORDER_NOW_MS));
    /* Another is written meanwhile and stands first now: the chosen one stays it. */
    post->agent->state.remarks[2] = post->agent->state.remarks[1];
    post->agent->state.remarks[1] = post->agent->state.remarks[0];
    post->agent->state.remarks[0].number = 5;
    post->agent->state.remark_count = 3;
    assert_true(confirm(post));
    assert_int_equal(post->command.verb, VERB_WITHDRAW_REMARK);
    assert_int_equal(post->command.number, 1);
}

static void a_counter_is_opened_closed_and_handed_over(void **state)
{
    struct post *post = *state;
    assert_false(press(post, HALL_PLACE + 0, ORDER_NOW_MS));
    assert_int_equal(post->agent->order.act, ACT_OPEN); /* it is closed */
    assert_true(confirm(post));
    assert_int_equal(post->command.verb, VERB_OPEN);
    assert_string_equal(post->command.counter, post->agent->site.counters[0].id);
    open_order(post, ORDER_COUNTER);
    key(post, KEY_UP);
    write_text(post, "3");
    key(post, KEY_TAB);
    write_text(post, "2");
    key(post, KEY_TAB);
    write_text(post, "2");
    assert_false(confirm(post)); /* the same */
    write_text(post, "3");
    assert_true(confirm(post));
    assert_int_equal(post->command.verb, VERB_HAND_OVER);
    assert_string_equal(post->command.counter, "2");
    assert_string_equal(post->command.to_counter, "3");
}

static void the_day_is_closed_after_a_question(void **state)
{
    struct post *post = *state;
    open_order(post, ORDER_CLOSE_DAY);
    assert_false(confirm(post));
    assert_false(press(post, HALL_CONFIRM, ORDER_NOW_MS + 1));
    assert_true(press(post, HALL_CONFIRM, LATER_MS));
    assert_int_equal(post->command.verb, VERB_CLOSE_DAY);
}

static void a_refusal_keeps_what_was_typed(void **state)
{
    struct post *post = *state;
    open_order(post, ORDER_CORRECT);
    write_text(post, "a042");
    struct reply_document *reply = reply_document_create();
    assert_non_null(reply);
    (void)text_copy(reply->code, sizeof(reply->code), "ticket-unknown");
    hall_agent_set_reply(post->agent, reply, ORDER_NOW_MS);
    assert_int_equal(post->agent->dialogue, HALL_DIALOGUE_ORDER);
    assert_string_equal(post->agent->order.typed[PART_TICKET], "A042");
    assert_true(post->agent->has_notice);
    reply->is_ok = true;
    hall_agent_set_reply(post->agent, reply, ORDER_NOW_MS);
    assert_int_equal(post->agent->dialogue, HALL_DIALOGUE_NONE);
    reply_document_destroy(reply);
}

static void a_reception_orders_nothing_of_this(void **state)
{
    struct post *post = *state;
    post->agent->is_supervisor = false;
    for (int i = 0; i < ORDER_KIND_COUNT; i++) {
        assert_false(hall_agent_can(post->agent, (enum hall_action)(HALL_ORDER + i),
                                    ORDER_NOW_MS));
    }
    assert_false(press(post, HALL_PLACE, ORDER_NOW_MS));
    assert_int_equal(post->agent->dialogue, HALL_DIALOGUE_NONE);
}

/* Every part of every act, with the longest words, asked or not. */
static void draw_order(struct hall_agent *agent, struct screen *screen,
                       const struct catalogue *catalogue, uint32_t part)
{
    struct error err = {0};
    agent->order.at = (enum order_part)part;
    for (int is_asked = 0; is_asked < 2; is_asked++) {
        agent->order.is_asked = is_asked == 1;
        hall_scene_draw(screen, agent, catalogue, ORDER_NOW_MS);
        if (draw_list_check(screen->list, &err) != OK) {
            fail_msg("%dx%d, language %d, act %d, part %u: %s", screen->width_px,
                     screen->height_px, (int)agent->language, (int)agent->order.act, part,
                     err.text);
        }
    }
}

static void draw_act(struct hall_agent *agent, struct screen *screen,
                     const struct catalogue *catalogue, uint32_t act)
{
    for (uint32_t kind = 0; kind < ORDER_KIND_COUNT; kind++) {
        uint32_t first = order_first_act((enum order_kind)kind);
        if (act >= first && act < first + order_act_count((enum order_kind)kind)) {
            order_open(agent, (enum order_kind)kind, 0);
            agent->order.act = (enum order_act)act;
        }
    }
    for (int i = 0; i < DETAIL_LENGTH_MAX / 5; i++) {
        (void)memcpy(agent->order.typed[PART_FR] + 5 * i, "mots ", 6);
        (void)memcpy(agent->order.typed[PART_EN] + 5 * i, "word ", 6);
    }
    for (uint32_t part = 0; part < ORDER_PART_COUNT; part++) {
        if (order_has(agent, (enum order_part)part) || part == PART_ACT) {
            draw_order(agent, screen, catalogue, part);
        }
    }
}

static void draw_all(struct hall_agent *agent, struct screen *screen,
                     const struct catalogue *catalogue)
{
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        screen->width_px = sizes[i].width_px;
        screen->height_px = sizes[i].height_px;
        for (int language = 0; language < LANGUAGE_COUNT; language++) {
            agent->language = (enum language)language;
            agent->dialogue = HALL_DIALOGUE_ORDER;
            for (uint32_t act = 0; act < ORDER_ACT_COUNT; act++) {
                draw_act(agent, screen, catalogue, act);
            }
            agent->dialogue = HALL_DIALOGUE_NONE;
            draw_order(agent, screen, catalogue, PART_ACT);
        }
    }
}

static void no_order_is_cut_or_covered_in_any_size_and_language(void **state)
{
    (void)state;
    struct catalogue *catalogue = window_catalogue();
    struct text_measure measure = text_measure_fixed();
    struct screen screen = {.list = draw_list_create(),
                            .targets = calloc(1, sizeof(struct target_list)),
                            .theme = theme_get(THEME_DAY),
                            .measure = &measure};
    assert_non_null(screen.targets);
    static const uint32_t counters[] = {0, 24, 60};
    for (size_t i = 0; i < sizeof(counters) / sizeof(counters[0]); i++) {
        struct hall_agent *agent = order_supervisor(counters[i]);
        draw_all(agent, &screen, catalogue);
        order_supervisor_destroy(agent);
    }
    catalogue_destroy(catalogue);
    draw_list_destroy(screen.list);
    free(screen.targets);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(hours_of_today_are_typed_in_the_time_of_the_place),
        TEST(a_quota_is_a_number_of_tickets),
        TEST(a_line_is_ended_only_after_the_question_was_read),
        TEST(of_other_people_it_is_asked_again),
        TEST(nobody_is_moved_from_an_empty_line_or_to_the_same),
        TEST(a_message_keeps_to_what_the_screens_hold),
        TEST(a_message_can_be_taken_away_everywhere),
        TEST(exceptional_mode_begins_with_its_end_and_ends_when_it_is_on),
        TEST(a_correction_is_of_a_ticket_with_a_reason),
        TEST(a_remark_is_of_an_interval_and_is_withdrawn_by_its_number),
        TEST(a_counter_is_opened_closed_and_handed_over),
        TEST(the_day_is_closed_after_a_question),
        TEST(a_refusal_keeps_what_was_typed),
        TEST(a_reception_orders_nothing_of_this),
        cmocka_unit_test(no_order_is_cut_or_covered_in_any_size_and_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
