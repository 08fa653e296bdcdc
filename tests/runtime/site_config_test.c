/* site.conf: what is read, what is refused and in which words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/text.h"
#include "site_text.h"

static void smallest_site_is_read_with_every_default(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(site_text_parse(fixture, WHOLE), OK);
    assert_null(config_errors_line(fixture->errors, 0));
    const struct site *site = fixture->site;
    assert_string_equal(site->id, "s");
    assert_string_equal(site->name.in[LANGUAGE_EN], "Accueil");
    assert_string_equal(site->time_zone, "Europe/Paris");
    assert_int_equal(site->day_change_minutes, 0);
    assert_int_equal(site->no_show_within_s, 15);
    assert_true(site->call_chosen);
    assert_false(site->wrap_up);
    assert_int_equal(site->class_count, 1);
    assert_string_equal(site->classes[0].id, "none");
    const struct service *service = &site->services[0];
    assert_string_equal(service->short_name.in[LANGUAGE_EN], "Aide");
    assert_string_equal(service->detail.in[LANGUAGE_FR], "");
    assert_int_equal(service->standard_wait_s, 900);
    assert_int_equal(service->standard_share_percent, 80);
    assert_int_equal(service->typical_service_s, 600);
    assert_int_equal(service->first_number, 1);
    assert_int_equal(service->hours.day[6][0].to_minute, 1440);
    const struct counter_place *counter = &site->counters[0];
    assert_string_equal(counter->name.in[LANGUAGE_FR], "Guichet 1");
    assert_string_equal(counter->name.in[LANGUAGE_EN], "Counter 1");
    assert_string_equal(counter->label, "1");
    assert_int_equal(counter->services, 1);
}

static void sample_site_is_read_without_an_error(void **state)
{
    struct fixture *fixture = *state;
    const char *path = GUICHET_SOURCE_DIR "/assets/sample-site/site.conf";
    assert_int_equal(site_config_load(path, fixture->site, fixture->errors), OK);
    /* Two languages in France are worth a word; everything else is sound. */
    assert_int_equal(config_errors_warning_count(fixture->errors), 1);
    const struct site *site = fixture->site;
    assert_int_equal(site->service_count, 5);
    assert_int_equal(site->counter_count, 8);
    assert_int_equal(site->class_count, 3);
    assert_string_equal(site->counters[7].label, "S2");
    assert_string_equal(site->counters[7].name.in[LANGUAGE_EN], "Room 2");
    assert_int_equal(site->services[0].color_rgb, 0x1f6fd6);
    assert_int_equal(site->services[1].first_number, 101);
    assert_int_equal(site->services[4].hours.day[0][1].from_minute, 13 * 60);
    assert_int_equal(site->services[4].hours.day[6][0].to_minute, 0);
    assert_int_equal(site->classes[1].head_start_s, 1800);
    assert_int_equal(site->buttons[1].place, site_find_counter(site, "3"));
    /* A semicolon or a colon in French text does not end it. */
    assert_string_equal(site->notice.in[LANGUAGE_FR],
                        "Permis de conduire\u00a0: munissez-vous d’une photo-signature "
                        "numérique agréée.");
}

static void text_with_a_semicolon_is_kept_whole(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(
        site_text_parse(fixture, SITE "notice.fr = Permis ; merci : oui = non\n" HALL A),
        OK);
    assert_string_equal(fixture->site->notice.in[LANGUAGE_FR],
                        "Permis ; merci : oui = non");
}

static void line_on_slips_is_french_where_no_english_is_given(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(
        site_text_parse(fixture, SITE "slip_note.fr = Merci de patienter.\n" HALL A), OK);
    assert_string_equal(fixture->site->slip_note.in[LANGUAGE_FR], "Merci de patienter.");
    assert_string_equal(fixture->site->slip_note.in[LANGUAGE_EN], "Merci de patienter.");
}

static void counters_may_stand_before_what_they_name(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(
        site_text_parse(fixture, "[counter 1]\nservices = b a\nhall = main\n" SITE HALL A
                                 "[service b]\nletter = B\nname.fr = Bis\n"),
        OK);
    assert_int_equal(fixture->site->counters[0].services, 3);
}

static void policies_are_read_with_their_services(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(site_text_parse(fixture, SITE
                                     "policy = order\novertaken_max = 5\n" HALL A
                                     "[service b]\nletter = B\nname.fr = Bis\n"
                                     "[policy turns]\nrule = ratio\nratio = b:2, a:1\n"
                                     "when = a > 20 min, b > 0 min\n"
                                     "[policy order]\nrule = order\norder = b a\n"
                                     "[counter 1]\npolicy = turns\n[counter 2]\n"),
                     OK);
    const struct site *site = fixture->site;
    assert_int_equal(site->overtaken_max, 5);
    assert_int_equal(site->policy, 2);
    assert_int_equal(site->counters[0].policy, 1);
    assert_int_equal(site->counters[1].policy, 0);
    const struct site_policy *turns = &site->policies[0];
    assert_int_equal(turns->rule, POLICY_RATIO);
    assert_int_equal(turns->place_count, 2);
    assert_int_equal(turns->places[0].service, 1);
    assert_int_equal(turns->places[0].turns, 2);
    assert_int_equal(turns->places[1].turns, 1);
    assert_int_equal(turns->condition_count, 2);
    assert_int_equal(turns->conditions[0].service, 0);
    assert_int_equal(turns->conditions[0].over_s, 1200);
    assert_int_equal(turns->conditions[1].over_s, 0);
    assert_int_equal(site->policies[1].rule, POLICY_ORDER);
    assert_int_equal(site->policies[1].places[0].service, 1);
}

static void second_choices_are_services_too(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(site_text_parse(fixture, SITE
                                     "best_first_seconds = 90\n" HALL A
                                     "[service b]\nletter = B\nname.fr = Bis\n"
                                     "[counter 1]\nservices = a\nsecond_services = b\n"
                                     "languages = en\n[counter 2]\n"
                                     "[profile p]\nname.fr = P\nsecond_services = a\n"),
                     OK);
    const struct site *site = fixture->site;
    assert_int_equal(site->best_first_s, 90);
    assert_int_equal(site->counters[0].services, 3);
    assert_int_equal(site->counters[0].skills.second, 2);
    assert_int_equal(site->counters[0].skills.languages, 1U << LANGUAGE_EN);
    assert_int_equal(site->counters[1].skills.second, 0);
    assert_int_equal(site->counters[1].skills.languages, 0);
    assert_int_equal(site->profiles[0].services, 3);
    assert_int_equal(site->profiles[0].skills.second, 1);
    assert_int_equal(
        site_text_parse(fixture, SITE HALL A "[counter 1]\nlanguages = fr de\n"),
        ERR_INVALID);
    assert_non_null(
        strstr(config_errors_line(fixture->errors, 0), "'de' is none of fr and en"));
}

static void english_is_french_where_it_is_missing(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(site_text_parse(fixture, WHOLE "name.fr = Salle 2\n"), OK);
    assert_string_equal(fixture->site->counters[0].name.in[LANGUAGE_EN], "Salle 2");
}

static void hours_name_weekdays_and_close_the_others(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(site_text_parse(fixture, SITE HALL A
                                     "hours.mon-tue,thu = 08:30-12:00 13:30-16:30\n"
                                     "hours.sat = 09:00-24:00\nhours.wed = closed\n"
                                     "[counter 1]\n"),
                     OK);
    const struct week_hours *hours = &fixture->site->services[0].hours;
    assert_int_equal(hours->day[0][0].from_minute, 8 * 60 + 30);
    assert_int_equal(hours->day[3][1].to_minute, 16 * 60 + 30);
    assert_int_equal(hours->day[2][0].to_minute, 0);
    assert_int_equal(hours->day[4][0].to_minute, 0);
    assert_int_equal(hours->day[5][0].to_minute, 1440);
}

static void dates_have_hours_of_their_own(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(
        site_text_parse(fixture,
                        SITE "closed_dates = 2026-12-25 2027-01-01\n" HALL A
                             "hours.2026-12-31 = closed\n"
                             "hours.2026-12-24 = 08:30-12:00\nlast_ticket = stop\n"
                             "tickets_per_day = 80\ntickets_before_minutes = 15\n"
                             "[counter 1]\n"),
        OK);
    const struct service *service = &fixture->site->services[0];
    assert_int_equal(fixture->site->closed_date_count, 2);
    assert_int_equal(fixture->site->closed_dates[1], 20270101);
    assert_int_equal(service->dated_count, 2);
    assert_int_equal(service->dated[0].date, 20261224);
    assert_int_equal(service->dated[0].ranges[0].to_minute, 720);
    assert_int_equal(service->dated[1].ranges[0].to_minute, 0);
    assert_int_equal(service->hours.day[0][0].to_minute, 1440); /* no weekday is named */
    assert_int_equal(service->last_ticket, LAST_TICKET_STOP);
    assert_int_equal(service->tickets_per_day, 80);
    assert_int_equal(service->tickets_before_s, 900);
}

static void service_of_second_choice_only_is_warned_of(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(site_text_parse(fixture, SITE HALL A
                                     "[service b]\nletter = B\nname.fr = Bis\n"
                                     "[counter 1]\nservices = a\nsecond_services = b\n"
                                     "[counter 2]\nservices = a\nsecond_services = b\n"),
                     OK);
    assert_int_equal(config_errors_warning_count(fixture->errors), 1);
    assert_string_equal(config_errors_line(fixture->errors, 0),
                        "site.conf: warning: [service b]: it is the second choice "
                        "wherever it is served");
    assert_int_equal(site_text_parse(fixture, SITE HALL A
                                     "[service b]\nletter = B\nname.fr = Bis\n"
                                     "[counter 1]\nservices = a\nsecond_services = b\n"
                                     "[counter 2]\nservices = b\n"),
                     OK);
    assert_int_equal(config_errors_warning_count(fixture->errors), 0);
}

static void warnings_do_not_refuse(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(
        site_text_parse(fixture, SITE
                        "name.en = Reception\n" HALL
                        "[service a]\nletter = O\ncolor = #f6c343\nname.fr = Aide\n"),
        OK);
    static const char *const lines[] = {
        "site.conf: warning: [service a]: no counter serves it",
        "site.conf: warning: [site]: texts are in French and one other language; a "
        "French "
        "public body translates into at least two or into none (circulaire of 19 March "
        "1996, 2.6.2)",
        "site.conf:8: warning: [service a] letter: 'O' is easily taken for a 1, a small "
        "L "
        "or a 0",
        ("site.conf:9: warning: [service a] color: white letters on '#f6c343' have a "
         "contrast of 1.6:1, less than 4.5:1; screens write the letter in black"),
    };
    assert_int_equal(config_errors_warning_count(fixture->errors), 4);
    for (uint32_t i = 0; i < 4; i++) {
        assert_string_equal(config_errors_line(fixture->errors, i), lines[i]);
    }
}

static void line_longer_than_the_reader_is_an_error(void **state)
{
    struct fixture *fixture = *state;
    size_t bytes = 8000;
    char *text = calloc(1, bytes);
    assert_non_null(text);
    struct text out;
    text_init(&out, text, bytes);
    text_add(&out, SITE "notice.fr = ");
    for (int i = 0; i < 5000; i++) {
        text_add(&out, "x");
    }
    text_add(&out, "\n" HALL A "letter = B\n");
    assert_int_equal(site_text_parse(fixture, text), ERR_INVALID);
    assert_string_equal(config_errors_line(fixture->errors, 0),
                        "site.conf:4: the line is longer than 4,093 bytes");
    /* Lines behind it keep their numbers. */
    assert_string_equal(config_errors_line(fixture->errors, 1),
                        "site.conf:10: [service a] letter: the key is already in line 8");
    free(text);
}

static void windows_line_ends_and_a_byte_order_mark_are_read(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(
        site_text_parse(fixture, "\xEF\xBB\xBF[site]\r\nid = s\r\nname.fr = Accueil\r\n"
                                 "[hall main]\r\nname.fr = Hall\r\n[service a]\r\n"
                                 "letter = A\r\nname.fr = Aide\r\n[counter 1]\r\n"),
        OK);
    assert_string_equal(fixture->site->services[0].name.in[LANGUAGE_FR], "Aide");
}

static void too_many_services_are_refused(void **state)
{
    struct fixture *fixture = *state;
    size_t bytes = 8000;
    char *text = calloc(1, bytes);
    assert_non_null(text);
    struct text out;
    text_init(&out, text, bytes);
    text_add(&out, SITE HALL);
    for (int i = 0; i <= SERVICES_MAX; i++) {
        text_add(&out, "[service s%d]\nletter = %c%c\nname.fr = S\n", i, 'P' + i / 8,
                 'A' + i % 8);
    }
    assert_false(out.is_cut);
    assert_int_equal(site_text_parse(fixture, text), ERR_INVALID);
    assert_string_equal(config_errors_line(fixture->errors, 0),
                        "site.conf:198: [service s64]: too many services: at most 64");
    free(text);
}

static void file_that_is_missing_is_named(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(
        site_config_load("/nowhere/site.conf", fixture->site, fixture->errors),
        ERR_INVALID);
    assert_string_equal(config_errors_line(fixture->errors, 0),
                        "/nowhere/site.conf: cannot read it: No such file or directory");
}

static void site_that_fits_no_payload_is_refused(void **state)
{
    struct fixture *fixture = *state;
    size_t bytes = 100000;
    char *text = calloc(1, bytes);
    assert_non_null(text);
    struct text out;
    text_init(&out, text, bytes);
    text_add(&out, SITE HALL);
    for (int i = 0; i < SERVICES_MAX; i++) {
        text_add(&out,
                 "[service a-service-with-a-very-long-id-%02d]\nletter = A%c%c\n"
                 "name.fr = %090d\nname.en = %090d\ndetail.fr = %0150d\n"
                 "detail.en = %0150d\n",
                 i, 'A' + i / 26, 'A' + i % 26, i, i, i, i);
    }
    for (int i = 0; i < COUNTERS_MAX; i++) {
        text_add(&out, "[counter %d]\n", i);
    }
    assert_false(out.is_cut);
    assert_int_equal(site_text_parse(fixture, text), ERR_INVALID);
    assert_string_equal(
        config_errors_line(fixture->errors, 0),
        "site.conf: the site, as devices get it, does not fit 64000 bytes");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SITE_TEXT_TEST(smallest_site_is_read_with_every_default),
        SITE_TEXT_TEST(sample_site_is_read_without_an_error),
        SITE_TEXT_TEST(text_with_a_semicolon_is_kept_whole),
        SITE_TEXT_TEST(line_on_slips_is_french_where_no_english_is_given),
        SITE_TEXT_TEST(counters_may_stand_before_what_they_name),
        SITE_TEXT_TEST(policies_are_read_with_their_services),
        SITE_TEXT_TEST(second_choices_are_services_too),
        SITE_TEXT_TEST(service_of_second_choice_only_is_warned_of),
        SITE_TEXT_TEST(english_is_french_where_it_is_missing),
        SITE_TEXT_TEST(hours_name_weekdays_and_close_the_others),
        SITE_TEXT_TEST(dates_have_hours_of_their_own),
        SITE_TEXT_TEST(warnings_do_not_refuse),
        SITE_TEXT_TEST(line_longer_than_the_reader_is_an_error),
        SITE_TEXT_TEST(windows_line_ends_and_a_byte_order_mark_are_read),
        SITE_TEXT_TEST(too_many_services_are_refused),
        SITE_TEXT_TEST(file_that_is_missing_is_named),
        SITE_TEXT_TEST(site_that_fits_no_payload_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
