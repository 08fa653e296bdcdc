/* Every table of names, lights and successors of the core. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/command.h"
#include "core/counter.h"
#include "core/event.h"
#include "core/refusal.h"
#include "core/text.h"
#include "core/ticket.h"

/* A table: names and their reverse, as numbers. */
struct table {
    const char *what;
    const char *(*name)(uint32_t value);
    uint32_t (*find)(const char *name);
    uint32_t count;
};

static const char *ticket_state_name_of(uint32_t value)
{
    return ticket_state_name((enum ticket_state)value);
}

static uint32_t ticket_state_find_of(const char *name)
{
    return (uint32_t)ticket_state_find(name);
}

static const char *channel_name_of(uint32_t value)
{
    return channel_name((enum channel)value);
}

static uint32_t channel_find_of(const char *name)
{
    return (uint32_t)channel_find(name);
}

static const char *print_state_name_of(uint32_t value)
{
    return print_state_name((enum print_state)value);
}

static uint32_t print_state_find_of(const char *name)
{
    return (uint32_t)print_state_find(name);
}

static const char *counter_state_name_of(uint32_t value)
{
    return counter_state_name((enum counter_state)value);
}

static uint32_t counter_state_find_of(const char *name)
{
    return (uint32_t)counter_state_find(name);
}

static const char *verb_name_of(uint32_t value)
{
    return verb_name((enum verb)value);
}

static uint32_t verb_find_of(const char *name)
{
    return (uint32_t)verb_find(name);
}

static const char *clock_mode_name_of(uint32_t value)
{
    return clock_mode_name((enum clock_mode)value);
}

static uint32_t clock_mode_find_of(const char *name)
{
    return (uint32_t)clock_mode_find(name);
}

static const char *event_kind_name_of(uint32_t value)
{
    return event_kind_name((enum event_kind)value);
}

static uint32_t event_kind_find_of(const char *name)
{
    return (uint32_t)event_kind_find(name);
}

static const char *call_rule_name_of(uint32_t value)
{
    return call_rule_name((enum call_rule)value);
}

static uint32_t call_rule_find_of(const char *name)
{
    return (uint32_t)call_rule_find(name);
}

static const char *refusal_name_of(uint32_t value)
{
    return refusal_code((enum refusal)value);
}

static uint32_t refusal_find_of(const char *name)
{
    return (uint32_t)refusal_find(name);
}

static const char *language_name_of(uint32_t value)
{
    return language_tag((enum language)value);
}

static uint32_t language_find_of(const char *name)
{
    return (uint32_t)language_find(name);
}

static const struct table tables[] = {
    {"ticket state", ticket_state_name_of, ticket_state_find_of, TICKET_STATE_COUNT},
    {"channel", channel_name_of, channel_find_of, CHANNEL_COUNT},
    {"print state", print_state_name_of, print_state_find_of, PRINT_STATE_COUNT},
    {"counter state", counter_state_name_of, counter_state_find_of, COUNTER_STATE_COUNT},
    {"verb", verb_name_of, verb_find_of, VERB_COUNT},
    {"clock mode", clock_mode_name_of, clock_mode_find_of, CLOCK_MODE_COUNT},
    {"event kind", event_kind_name_of, event_kind_find_of, EVENT_KIND_COUNT},
    {"call rule", call_rule_name_of, call_rule_find_of, CALL_RULE_COUNT},
    {"refusal", refusal_name_of, refusal_find_of, REFUSAL_COUNT},
    {"language", language_name_of, language_find_of, LANGUAGE_COUNT},
};

static void check_table(const struct table *table)
{
    for (uint32_t value = 0; value < table->count; value++) {
        const char *name = table->name(value);
        if (!text_is_id(name, ID_LENGTH_MAX) || table->find(name) != value) {
            fail_msg("%s %u: '%s'", table->what, value, name);
        }
    }
    assert_int_equal(table->find("no-such-name"), table->count);
    assert_int_equal(table->find(""), table->count);
}

static void every_name_is_an_id_and_is_found_again(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
        check_table(&tables[i]);
    }
}

/* The names that stand in journals and topics: a change here breaks both. */
static void names_on_the_wire_are_these(void **state)
{
    (void)state;
    assert_string_equal(ticket_state_name(TICKET_CLOSED_AT_NIGHT), "closed-at-night");
    assert_string_equal(ticket_state_name(TICKET_NO_SHOW), "no-show");
    assert_string_equal(channel_name(CHANNEL_WALK_IN), "walk-in");
    assert_string_equal(counter_state_name(COUNTER_WRAPPING_UP), "wrapping-up");
    assert_string_equal(verb_name(VERB_CALL_NEXT), "call-next");
    assert_string_equal(verb_name(VERB_CLOSE_DAY), "close-day");
    assert_string_equal(event_kind_name(EVENT_TICKET_CALLED), "ticket-called");
    assert_string_equal(event_kind_name(EVENT_PRESS_UNDONE), "press-undone");
    assert_string_equal(refusal_code(REFUSAL_NOBODY_WAITING), "nobody-waiting");
    assert_string_equal(refusal_code(REFUSAL_TICKET_STATE), "ticket-state");
    assert_string_equal(light_name(LIGHT_OFF), "off");
    assert_string_equal(light_name(LIGHT_GREEN), "green");
    assert_string_equal(light_name(LIGHT_RED), "red");
    for (uint32_t kind = 0; kind < EVENT_KIND_COUNT; kind++) {
        assert_int_equal(event_kind_version((enum event_kind)kind), 1);
    }
}

static void light_of_each_counter_state_is_that_of_the_table(void **state)
{
    (void)state;
    static const struct {
        const char *light;
        bool is_open;
    } rows[COUNTER_STATE_COUNT] = {
        [COUNTER_CLOSED] = {"off", false}, [COUNTER_FREE] = {"green", true},
        [COUNTER_CALLED] = {"red", true},  [COUNTER_SERVING] = {"red", true},
        [COUNTER_PAUSED] = {"off", false}, [COUNTER_WRAPPING_UP] = {"red", true},
    };
    for (uint32_t i = 0; i < COUNTER_STATE_COUNT; i++) {
        enum counter_state counter_state = (enum counter_state)i;
        assert_string_equal(light_name(counter_light(counter_state)), rows[i].light);
        assert_int_equal(counter_state_is_open(counter_state), rows[i].is_open);
    }
}

static void successors_of_each_ticket_state_are_these_and_no_others(void **state)
{
    (void)state;
    /* Rows and columns in the order of the enum; v: may become. */
    static const char *const may[TICKET_STATE_COUNT] = {
        /* wait call serv done nosh canc aban nigh void park kept */
        [TICKET_WAITING] = "-vv--vvvv-v",   [TICKET_CALLED] = "v-v-vv-vv--",
        [TICKET_SERVING] = "vv-v---vvv-",   [TICKET_SERVED] = "-vv--------",
        [TICKET_NO_SHOW] = "vv---------",   [TICKET_CANCELLED] = "-----------",
        [TICKET_ABANDONED] = "-----------", [TICKET_CLOSED_AT_NIGHT] = "-----------",
        [TICKET_VOID] = "-----------",      [TICKET_PARKED] = "vvv--vvvv--",
        [TICKET_KEPT] = "-----------",
    };
    for (uint32_t from = 0; from < TICKET_STATE_COUNT; from++) {
        char row[TICKET_STATE_COUNT + 1] = "";
        for (uint32_t to = 0; to < TICKET_STATE_COUNT; to++) {
            bool may_become =
                ticket_may_become((enum ticket_state)from, (enum ticket_state)to);
            row[to] = may_become ? 'v' : '-';
        }
        assert_string_equal(row, may[from]);
    }
}

static void outcomes_are_all_states_but_the_four_open_ones(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < TICKET_STATE_COUNT; i++) {
        bool is_open = i == TICKET_WAITING || i == TICKET_CALLED || i == TICKET_SERVING ||
                       i == TICKET_PARKED;
        assert_int_equal(ticket_state_is_outcome((enum ticket_state)i), !is_open);
    }
}

static void label_has_the_letter_and_at_least_three_digits(void **state)
{
    (void)state;
    struct service service = {.letter = "A"};
    char label[LABEL_LENGTH_MAX + 1];
    ticket_label(&service, 1, label);
    assert_string_equal(label, "A001");
    ticket_label(&service, 42, label);
    assert_string_equal(label, "A042");
    ticket_label(&service, 999, label);
    assert_string_equal(label, "A999");
    struct service longest = {.letter = "ABC"};
    ticket_label(&longest, TICKET_NUMBER_MAX, label);
    assert_string_equal(label, "ABC9999");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_name_is_an_id_and_is_found_again),
        cmocka_unit_test(names_on_the_wire_are_these),
        cmocka_unit_test(light_of_each_counter_state_is_that_of_the_table),
        cmocka_unit_test(successors_of_each_ticket_state_are_these_and_no_others),
        cmocka_unit_test(outcomes_are_all_states_but_the_four_open_ones),
        cmocka_unit_test(label_has_the_letter_and_at_least_three_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
