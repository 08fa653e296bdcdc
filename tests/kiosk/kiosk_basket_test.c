/* Several services for one ticket at the kiosk. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kiosk_fixture.h"
#include "runtime/asked_text.h"

static struct visit visit;

static int start(void **state)
{
    (void)state;
    fixture_start(&visit, fixture_site(), true);
    visit.site.services_per_visit = 2;
    (void)visit_touch(&visit, TOUCH_SEVERAL, START_MS);
    assert_int_equal(visit.page, PAGE_SEVERAL);
    return 0;
}

static void touch(int target)
{
    (void)visit_touch(&visit, target, START_MS);
}

static void one_ticket_is_taken_for_what_is_chosen(void **state)
{
    (void)state;
    touch(TOUCH_TAKE); /* for nothing: nothing happens */
    assert_false(visit.is_asking);
    touch(TOUCH_MORE + LICENCE);
    touch(TOUCH_MORE + REGISTRATION);
    touch(TOUCH_MORE + REGISTRATION);
    touch(TOUCH_MORE + 2); /* a third service is more than the site allows */
    assert_int_equal(visit_quantity(&visit, REGISTRATION), 2);
    assert_int_equal(visit_quantity(&visit, 2), 0);
    assert_false(visit_can_add(&visit, 2));
    touch(TOUCH_TAKE);
    struct command_document command;
    assert_true(visit_next_command(&visit, &command));
    assert_int_equal(command.verb, VERB_TAKE);
    assert_string_equal(command.service, "permis"); /* chosen first */
    assert_int_equal(command.asked.quantity, 1);
    assert_int_equal(command.asked.further_count, 1);
    assert_string_equal(command.asked.further[0].service, "immatriculation");
    assert_int_equal(command.asked.further[0].quantity, 2);
}

static void what_is_taken_away_is_not_asked_for(void **state)
{
    (void)state;
    touch(TOUCH_MORE + LICENCE);
    touch(TOUCH_MORE + REGISTRATION);
    touch(TOUCH_LESS + LICENCE);
    touch(TOUCH_LESS + LICENCE); /* there is none */
    assert_int_equal(visit.basket_count, 1);
    for (uint32_t i = 0; i < 2 * QUANTITY_MAX; i++) {
        touch(TOUCH_MORE + REGISTRATION);
    }
    assert_int_equal(visit_quantity(&visit, REGISTRATION), QUANTITY_MAX);
    /* A service that closes meanwhile goes. */
    struct service_document closed = *visit_service(&visit, REGISTRATION);
    closed.is_open = false;
    (void)visit_set_service(&visit, &closed);
    assert_int_equal(visit.basket_count, 0);
    touch(TOUCH_MORE + REGISTRATION);
    assert_int_equal(visit.basket_count, 0);
}

static void the_next_person_begins_with_nothing(void **state)
{
    (void)state;
    touch(TOUCH_MORE + LICENCE);
    touch(TOUCH_BACK);
    assert_int_equal(visit.page, PAGE_SERVICES);
    assert_int_equal(visit.basket_count, 0);
    touch(TOUCH_SEVERAL);
    touch(TOUCH_MORE + LICENCE);
    fixture_run(&visit, START_MS, START_MS + 61000);
    assert_int_equal(visit.page, PAGE_SERVICES);
    assert_int_equal(visit.basket_count, 0);
    /* A plain touch takes one service, once. */
    (void)visit_touch(&visit, TOUCH_SERVICE + LICENCE, START_MS + 61000);
    struct command_document command;
    assert_true(visit_next_command(&visit, &command));
    assert_int_equal(command.asked.further_count, 0);
}

static void only_where_the_site_offers_it(void **state)
{
    (void)state;
    touch(TOUCH_BACK);
    visit.site.services_per_visit = 1;
    assert_false(visit_offers_several(&visit));
    touch(TOUCH_SEVERAL);
    assert_int_equal(visit.page, PAGE_SERVICES);
}

static void the_ticket_says_what_it_is_for(void **state)
{
    (void)state;
    struct reply_ticket ticket = {.service = "immatriculation",
                                  .asked = {.quantity = 3,
                                            .further_count = 2,
                                            .further = {{"permis", 1}, {"gone", 2}}}};
    char text[ASKED_TEXT_BYTES];
    asked_text(fixture_site(), &ticket, LANGUAGE_FR, text);
    assert_string_equal(text, "Certificat d’immatriculation\u00a0×\u00a03 + Permis de "
                              "conduire");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(one_ticket_is_taken_for_what_is_chosen, start),
        cmocka_unit_test_setup(what_is_taken_away_is_not_asked_for, start),
        cmocka_unit_test_setup(the_next_person_begins_with_nothing, start),
        cmocka_unit_test_setup(only_where_the_site_offers_it, start),
        cmocka_unit_test_setup(the_ticket_says_what_it_is_for, start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
