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
#include "runtime/site_config.h"

/* A whole site in few lines; tests change one of them. */
#define SITE  "[site]\nid = s\nname.fr = Accueil\n"       /* lines 1 to 3 */
#define HALL  "[hall main]\nname.fr = Hall\n"             /* 4, 5 */
#define A     "[service a]\nletter = A\nname.fr = Aide\n" /* 6 to 8 */
#define WHOLE SITE HALL A "[counter 1]\n"                 /* 9 */

struct fixture {
    struct site *site;
    struct config_errors *errors;
};

static int setup(void **state)
{
    struct fixture *fixture = calloc(1, sizeof(*fixture));
    assert_non_null(fixture);
    fixture->site = calloc(1, sizeof(*fixture->site));
    fixture->errors = config_errors_create();
    assert_non_null(fixture->site);
    assert_non_null(fixture->errors);
    *state = fixture;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;
    config_errors_destroy(fixture->errors);
    free(fixture->site);
    free(fixture);
    return 0;
}

static enum status parse(struct fixture *fixture, const char *text)
{
    config_errors_destroy(fixture->errors);
    fixture->errors = config_errors_create();
    assert_non_null(fixture->errors);
    return site_config_parse("site.conf", text, strlen(text), fixture->site,
                             fixture->errors);
}

static void smallest_site_is_read_with_every_default(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(parse(fixture, WHOLE), OK);
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
        parse(fixture, SITE "notice.fr = Permis ; merci : oui = non\n" HALL A), OK);
    assert_string_equal(fixture->site->notice.in[LANGUAGE_FR],
                        "Permis ; merci : oui = non");
}

static void line_on_slips_is_french_where_no_english_is_given(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(parse(fixture, SITE "slip_note.fr = Merci de patienter.\n" HALL A),
                     OK);
    assert_string_equal(fixture->site->slip_note.in[LANGUAGE_FR], "Merci de patienter.");
    assert_string_equal(fixture->site->slip_note.in[LANGUAGE_EN], "Merci de patienter.");
}

static void counters_may_stand_before_what_they_name(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(parse(fixture,
                           "[counter 1]\nservices = b a\nhall = main\n" SITE HALL A
                           "[service b]\nletter = B\nname.fr = Bis\n"),
                     OK);
    assert_int_equal(fixture->site->counters[0].services, 3);
}

static void policies_are_read_with_their_services(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(parse(fixture,
                           SITE "policy = order\novertaken_max = 5\n" HALL A
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

static void english_is_french_where_it_is_missing(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(parse(fixture, WHOLE "name.fr = Salle 2\n"), OK);
    assert_string_equal(fixture->site->counters[0].name.in[LANGUAGE_EN], "Salle 2");
}

static void hours_name_weekdays_and_close_the_others(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(parse(fixture,
                           SITE HALL A "hours.mon-tue,thu = 08:30-12:00 13:30-16:30\n"
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
    assert_int_equal(parse(fixture,
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

/* Text and the one line that it must give. */
static const struct fault {
    const char *text;
    const char *line;
} faults[] = {
    {SITE HALL "[service a]\nletter = A\nname.fr = Aide\nstandard_minutes = 15m\n",
     "site.conf:9: [service a] standard_minutes: '15m' is not a number"},
    {SITE HALL A "hours.2026-02-30 = closed\n",
     "site.conf:9: [service a] hours.2026-02-30: '2026-02-30' is not a weekday or a "
     "range "
     "of weekdays like mon-fri"},
    {SITE HALL A "hours.2026-12-24 = closed\nhours.2026-12-24 = closed\n",
     "site.conf:10: [service a] hours.2026-12-24: the key is already in line 9"},
    {SITE "closed_dates = 2026-12-25 noel\n" HALL A,
     "site.conf:4: [site] closed_dates: 'noel' is not a date like 2026-12-25"},
    {SITE HALL A "standard_minutes = 0\n",
     "site.conf:9: [service a] standard_minutes: '0' is not between 1 and 1440"},
    {SITE HALL A "standard_minutes = 99999999999999999999\n",
     "site.conf:9: [service a] standard_minutes: '99999999999999999999' is not between 1 "
     "and 1440"},
    {SITE HALL A "standard_minutes =\n",
     "site.conf:9: [service a] standard_minutes: '' is not a number"},
    {SITE HALL A "standard_minute = 15\n",
     "site.conf:9: [service a] standard_minute: there is no such key"},
    {SITE HALL A "letter = B\n",
     "site.conf:9: [service a] letter: the key is already in line 7"},
    {SITE HALL A "[service a]\n",
     "site.conf:9: [service a]: the section is already in line 6"},
    {SITE HALL A "[servce b]\nletter = B\n",
     "site.conf:9: [servce b]: there is no such section"},
    {SITE HALL A "[service]\n",
     "site.conf:9: [service]: the id after the section's name is missing"},
    {SITE HALL A "[service b c]\n",
     "site.conf:9: [service b c]: too many words in the section's name"},
    {SITE HALL A "[site s]\n",
     "site.conf:9: [site s]: too many words in the section's name"},
    {SITE HALL A "[service B]\nletter = B\nname.fr = B\n",
     "site.conf:9: [service B]: 'B' is not an id of 1 to 32 characters a-z, 0-9 and -"},
    {SITE HALL A "[service b\nletter = B\n", "site.conf:9: the section's ']' is missing"},
    {SITE HALL A "[service b] x\n", "site.conf:9: nothing may follow the section's ']'"},
    {SITE HALL A "[service aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeee]\n",
     "site.conf:9: the section's name is too long"},
    {SITE HALL A "standard minutes\n",
     "site.conf:9: neither a [section] nor 'key = value'"},
    {SITE HALL A "= 15\n", "site.conf:9: neither a [section] nor 'key = value'"},
    {"id = s\n" SITE HALL A, "site.conf:1: a key stands before the first [section]"},
    {SITE HALL "[service a]\nname.fr = Aide\n",
     "site.conf:6: [service a] letter: the key is missing"},
    {HALL A, "site.conf: [site]: the section is missing"},
    {"[site]\nid = s\n" HALL A, "site.conf:1: [site] name.fr: the key is missing"},
    {"[site]\nid = s\nname.fr =\n" HALL A,
     "site.conf:3: [site] name.fr: may not be empty"},
    {SITE "time_zone = Europe/Lutece\n" HALL A,
     "site.conf:4: [site] time_zone: cannot read time zone 'Europe/Lutece' from "
     "'/usr/share/zoneinfo/Europe/Lutece': No such file or directory"},
    {SITE "day_change = 24:00\n" HALL A,
     "site.conf:4: [site] day_change: '24:00' is not before 24:00"},
    {SITE "day_change = 4:00\n" HALL A,
     "site.conf:4: [site] day_change: '4:00' is not a time of day from 00:00 to 24:00, "
     "with two digits each"},
    {SITE "wrap_up = maybe\n" HALL A,
     "site.conf:4: [site] wrap_up: 'maybe' is not yes or no"},
    {SITE "notice.de = Guten Tag\n" HALL A,
     "site.conf:4: [site] notice.de: there is no such key"},
    {SITE "notice.fr = \xFF\n" HALL A,
     "site.conf:4: [site] notice.fr: the text is not UTF-8 or has control characters"},
    {SITE HALL A "color = red\n",
     "site.conf:9: [service a] color: 'red' is not a colour like #1f6fd6"},
    {SITE HALL A "color = #1f6fd\n",
     "site.conf:9: [service a] color: '#1f6fd' is not a colour like #1f6fd6"},
    {SITE HALL "[service a]\nletter = a\nname.fr = Aide\n",
     "site.conf:7: [service a] letter: 'a' is not 1 to 3 of the letters A to Z"},
    {SITE HALL A "[service b]\nletter = A\nname.fr = Bis\n",
     "site.conf:10: [service b] letter: 'A' is already the letter of service 'a'"},
    {SITE HALL A "hours.mon = 8h30-12h\n", "site.conf:9: [service a] hours.mon: '8h30' "
                                           "is not a time of day from 00:00 to 24:00, "
                                           "with two digits each"},
    {SITE HALL A "hours.mon = 12:00-08:30\n",
     "site.conf:9: [service a] hours.mon: '12:00-08:30' does not end after it begins"},
    {SITE HALL A "hours.mon = 08:30-12:00 11:00-13:00\n",
     "site.conf:9: [service a] hours.mon: '11:00-13:00' begins before the range in front "
     "of "
     "it ends"},
    {SITE HALL A "hours.mon = 01:00-02:00 03:00-04:00 05:00-06:00 07:00-08:00\n",
     "site.conf:9: [service a] hours.mon: '01:00-02:00 03:00-04:00 05:00-06:00 "
     "07:00-08:00' has more than 3 ranges"},
    {SITE HALL A "hours.fri-mon = 08:30-12:00\n",
     "site.conf:9: [service a] hours.fri-mon: 'fri-mon' is not a weekday or a range of "
     "weekdays like mon-fri"},
    {SITE HALL A "hours.lun = 08:30-12:00\n",
     "site.conf:9: [service a] hours.lun: 'lun' is not a weekday or a range of weekdays "
     "like mon-fri"},
    {SITE HALL A "hours.mon =\n",
     "site.conf:9: [service a] hours.mon: no range is given; a day without opening is "
     "'closed'"},
    {SITE HALL A "hours.mon-fri = 08:30-12:00\nhours.wed = closed\n",
     "site.conf:10: [service a] hours.wed: a weekday of 'wed' already has hours in this "
     "section"},
    {SITE HALL A "[counter 1]\nservices = a, z\n",
     "site.conf:10: [counter 1] services: there is no service 'z'"},
    {SITE HALL A "[counter 1]\nservices =\n",
     "site.conf:10: [counter 1] services: no service is named"},
    {SITE HALL A "[counter 1]\nhall = garden\n",
     "site.conf:10: [counter 1] hall: there is no hall 'garden'"},
    {SITE HALL A "[hall two]\nname.fr = Deux\n[counter 1]\n",
     "site.conf:11: [counter 1] hall: the key is missing: there is more than one hall"},
    {SITE HALL A "[counter 1]\n[counter 2]\nlabel = 1\n",
     "site.conf:11: [counter 2] label: '1' is already the label of counter '1'"},
    {SITE HALL A "[counter a-long-name]\n",
     "site.conf:9: [counter a-long-name] label: the key is missing: the id 'a-long-name' "
     "is too long for a light tile"},
    {SITE HALL A "[button b1]\n", "site.conf:9: [button b1] counter: the key is missing"},
    {SITE HALL A "[button b1]\ncounter = 9\n",
     "site.conf:10: [button b1] counter: there is no counter '9'"},
    {SITE HALL A "[class none]\nname.fr = x\nhead_start_minutes = 1\n",
     "site.conf:9: [class none]: class 'none' is there by itself"},
    {SITE HALL A "[class c]\nname.fr = x\n",
     "site.conf:9: [class c] head_start_minutes: the key is missing"},
    {SITE HALL A "[class c]\nname.fr = x\nhead_start_minutes = 1\nweight_percent = 0\n",
     "site.conf:12: [class c] weight_percent: '0' is not between 1 and 1000"},
    {SITE "policy = p\n" HALL A, "site.conf:4: [site] policy: there is no policy 'p'"},
    {SITE HALL A "[counter 1]\npolicy = p\n",
     "site.conf:10: [counter 1] policy: there is no policy 'p'"},
    {SITE HALL A "[policy p]\nrule = fair\n",
     "site.conf:10: [policy p] rule: 'fair' is not one of share, longest-wait, order, "
     "ratio"},
    {SITE HALL A "[policy p]\nrule = order\n",
     "site.conf:9: [policy p] order: rule 'order' needs at least one service here"},
    {SITE HALL A "[policy p]\nrule = order\norder =\n",
     "site.conf:11: [policy p] order: rule 'order' needs at least one service here"},
    {SITE HALL A "[policy p]\nrule = order\norder = a z\n",
     "site.conf:11: [policy p] order: there is no service 'z'"},
    {SITE HALL A "[policy p]\nrule = order\norder = a a\n",
     "site.conf:11: [policy p] order: 'a' is there twice"},
    {SITE HALL A "[policy p]\norder = a\n",
     "site.conf:10: [policy p] order: the key has no meaning for rule 'share'"},
    {SITE HALL A "[policy p]\nrule = ratio\nratio = a\n",
     "site.conf:11: [policy p] ratio: 'a' is not a service and turns like a:2"},
    {SITE HALL A "[policy p]\nrule = ratio\nratio = z:1\n",
     "site.conf:11: [policy p] ratio: there is no service 'z'"},
    {SITE HALL A "[policy p]\nrule = ratio\nratio = a:0\n",
     "site.conf:11: [policy p] ratio: '0' is not between 1 and 10"},
    {SITE HALL A "[policy p]\nwhen = a > 20\n",
     "site.conf:10: [policy p] when: 'a > 20' is not a condition like a > 20 min"},
    {SITE HALL A "[policy p]\nwhen = z > 20 min\n",
     "site.conf:10: [policy p] when: there is no service 'z'"},
    {SITE HALL A "[policy p]\nwhen = a > 20 min, a > x min\n",
     "site.conf:10: [policy p] when: 'x' is not a number"},
    {SITE A, "site.conf: a site needs at least 1 of its halls"},
    {SITE HALL, "site.conf: a site needs at least 1 of its services"},
};

static void every_fault_is_one_sentence_with_its_line(void **state)
{
    struct fixture *fixture = *state;
    struct site *untouched = calloc(1, sizeof(*untouched));
    assert_non_null(untouched);
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        assert_int_equal(parse(fixture, faults[i].text), ERR_INVALID);
        assert_int_equal(config_errors_count(fixture->errors), 1);
        assert_string_equal(config_errors_line(fixture->errors, 0), faults[i].line);
        assert_memory_equal(fixture->site, untouched, sizeof(*untouched));
    }
    free(untouched);
}

static void all_faults_are_listed_in_order_of_lines(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(parse(fixture, "[counter 1]\nservices = z\n" SITE HALL
                                    "[service a]\nletter = a\nnme = x\nname.fr = Aide\n"
                                    "[kiosk k]\nhall = garden\n"),
                     ERR_INVALID);
    assert_int_equal(config_errors_count(fixture->errors), 4);
    static const char *const lines[] = {
        "site.conf:2: [counter 1] services: there is no service 'z'",
        "site.conf:9: [service a] letter: 'a' is not 1 to 3 of the letters A to Z",
        "site.conf:10: [service a] nme: there is no such key",
        "site.conf:13: [kiosk k] hall: there is no hall 'garden'",
    };
    for (uint32_t i = 0; i < 4; i++) {
        assert_string_equal(config_errors_line(fixture->errors, i), lines[i]);
    }
}

static void warnings_do_not_refuse(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(parse(fixture, SITE
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
    assert_int_equal(parse(fixture, text), ERR_INVALID);
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
    assert_int_equal(parse(fixture,
                           "\xEF\xBB\xBF[site]\r\nid = s\r\nname.fr = Accueil\r\n"
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
    assert_int_equal(parse(fixture, text), ERR_INVALID);
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
    assert_int_equal(parse(fixture, text), ERR_INVALID);
    assert_string_equal(
        config_errors_line(fixture->errors, 0),
        "site.conf: the site, as devices get it, does not fit 64000 bytes");
    free(text);
}

/* A generator of its own, so that a failure can be run again: numbers of a seed. */
static uint32_t next_random(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005ULL + 1442695040888963407ULL;
    return (uint32_t)(*seed >> 33);
}

static void damaged_files_never_do_harm(void **state)
{
    struct fixture *fixture = *state;
    const char *path = GUICHET_SOURCE_DIR "/assets/sample-site/site.conf";
    FILE *file = fopen(path, "re");
    assert_non_null(file);
    char sound[8192];
    size_t length = fread(sound, 1, sizeof(sound), file);
    (void)fclose(file);
    assert_in_range(length, 1000, sizeof(sound) - 1);
    uint64_t seed = 20261123;
    uint32_t refused = 0;
    for (int round = 0; round < 3000; round++) {
        char damaged[sizeof(sound)];
        memcpy(damaged, sound, length);
        size_t end = length;
        uint32_t changes = 1 + next_random(&seed) % 4;
        for (uint32_t i = 0; i < changes; i++) {
            size_t at = next_random(&seed) % end;
            uint32_t kind = next_random(&seed) % 4;
            if (kind == 0) {
                damaged[at] = (char)next_random(&seed);
            } else if (kind == 1) {
                size_t cut = 1 + next_random(&seed) % 40;
                cut = cut < end - at ? cut : end - at;
                memmove(damaged + at, damaged + at + cut, end - at - cut);
                end -= cut;
            } else if (kind == 2) {
                damaged[at] = "[]=:;#\n -"[next_random(&seed) % 9];
            } else {
                size_t from = next_random(&seed) % end;
                size_t count = 1 + next_random(&seed) % 200;
                count = count < end - at ? count : end - at;
                count = count < end - from ? count : end - from;
                memmove(damaged + at, damaged + from, count);
            }
            if (end == 0) {
                break;
            }
        }
        config_errors_destroy(fixture->errors);
        fixture->errors = config_errors_create();
        assert_non_null(fixture->errors);
        enum status status =
            site_config_parse("site.conf", damaged, end, fixture->site, fixture->errors);
        refused += status != OK;
        assert_int_equal(status == OK, config_errors_count(fixture->errors) == 0);
        if (status == OK) {
            assert_int_equal(site_check(fixture->site, NULL), OK);
        }
    }
    assert_in_range(refused, 100, 2999);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(smallest_site_is_read_with_every_default, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(sample_site_is_read_without_an_error, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(text_with_a_semicolon_is_kept_whole, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(line_on_slips_is_french_where_no_english_is_given,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(counters_may_stand_before_what_they_name, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(policies_are_read_with_their_services, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(english_is_french_where_it_is_missing, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(hours_name_weekdays_and_close_the_others, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(dates_have_hours_of_their_own, setup, teardown),
        cmocka_unit_test_setup_teardown(every_fault_is_one_sentence_with_its_line, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(all_faults_are_listed_in_order_of_lines, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(warnings_do_not_refuse, setup, teardown),
        cmocka_unit_test_setup_teardown(line_longer_than_the_reader_is_an_error, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(windows_line_ends_and_a_byte_order_mark_are_read,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(too_many_services_are_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(file_that_is_missing_is_named, setup, teardown),
        cmocka_unit_test_setup_teardown(site_that_fits_no_payload_is_refused, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(damaged_files_never_do_harm, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
