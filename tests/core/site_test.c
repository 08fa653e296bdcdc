/* The rules of a site that span its fields: one broken site per rule. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/site.h"
#include "core/text.h"
#include "fixture.h"

static void set(char *to, size_t bytes, const char *from)
{
    assert_true(text_copy(to, bytes, from));
}

#define SET(field, text) set((field), sizeof(field), (text))

static void break_site_id(struct site *site)
{
    SET(site->id, "Not An Id");
}

static void break_time_zone(struct site *site)
{
    SET(site->time_zone, "");
}

static void break_day_change(struct site *site)
{
    site->day_change_minutes = 1440;
}

static void break_hall_count(struct site *site)
{
    site->hall_count = 0;
}

static void break_service_count(struct site *site)
{
    site->service_count = SERVICES_MAX + 1;
}

static void break_service_twice(struct site *site)
{
    SET(site->services[1].id, "passports");
}

static void break_letter_twice(struct site *site)
{
    SET(site->services[1].letter, "A");
}

static void break_letter(struct site *site)
{
    SET(site->services[0].letter, "a");
}

static void break_letter_missing(struct site *site)
{
    SET(site->services[0].letter, "");
}

static void break_share(struct site *site)
{
    site->services[0].standard_share_percent = 101;
}

static void break_first_number(struct site *site)
{
    site->services[0].first_number = 0;
}

static void break_color(struct site *site)
{
    site->services[0].color_rgb = 0x1000000;
}

static void break_hours(struct site *site)
{
    site->services[0].hours.day[2][0] = (struct hours_range){540, 720};
    site->services[0].hours.day[2][1] = (struct hours_range){700, 900};
}

static void break_service_name(struct site *site)
{
    SET(site->services[0].name.in[LANGUAGE_EN], "\xff");
}

static void break_counter_hall(struct site *site)
{
    site->counters[2].hall = 1;
}

static void break_counter_service(struct site *site)
{
    site->counters[2].services = 4;
}

static void break_counter_idle(struct site *site)
{
    site->counters[2].services = 0;
}

static void break_counter_twice(struct site *site)
{
    SET(site->counters[2].id, "1");
}

static void break_class_none(struct site *site)
{
    SET(site->classes[0].id, "ordinary");
}

static void break_class_head_start(struct site *site)
{
    site->classes[1].head_start_s = HEAD_START_S_MAX + 1;
}

static void break_kiosk_hall(struct site *site)
{
    site->kiosks[0].place = 7;
}

static void break_button_counter(struct site *site)
{
    site->button_count = 1;
    SET(site->buttons[0].id, "b1");
    site->buttons[0].place = 3;
}

static void break_display_count(struct site *site)
{
    site->display_count = DEVICES_PER_KIND_MAX + 1;
}

static void break_source_twice(struct site *site)
{
    site->source_count = 2;
    SET(site->sources[0].id, "web");
    SET(site->sources[1].id, "web");
}

static void break_long_id(struct site *site)
{
    memset(site->counters[0].id, 'x', sizeof(site->counters[0].id));
}

static void break_counter_label(struct site *site)
{
    SET(site->counters[0].label, "\x01");
}

static void break_class_name(struct site *site)
{
    SET(site->classes[1].name.in[LANGUAGE_FR], "\xc3");
}

static void break_notice(struct site *site)
{
    SET(site->notice.in[LANGUAGE_FR], "one\ntwo");
}

static void break_hall_name(struct site *site)
{
    SET(site->halls[0].name.in[LANGUAGE_FR], "\x80");
}

static void break_lonely_button(struct site *site)
{
    site->counter_count = 0;
    site->button_count = 1;
    SET(site->buttons[0].id, "b1");
}

static const struct {
    void (*damage)(struct site *site);
    enum status status;
    const char *sentence;
} cases[] = {
    {break_site_id, ERR_INVALID,
     "site: 'Not An Id' is not an id of 1 to 32 characters a-z, 0-9 and -"},
    {break_time_zone, ERR_INVALID, "site 'prefecture' has no time zone"},
    {break_day_change, ERR_INVALID,
     "site 'prefecture': its business day does not change within a day"},
    {break_hall_count, ERR_INVALID, "a site needs at least 1 of its halls"},
    {break_service_count, ERR_LIMIT, "too many services: at most 64 per site"},
    {break_service_twice, ERR_INVALID, "service 'passports' is there twice"},
    {break_letter_twice, ERR_INVALID,
     "service 'vehicles': letter 'A' is already that of service 'passports'"},
    {break_letter, ERR_INVALID, "service 'passports': its letter is not 1 to 3 of A-Z"},
    {break_letter_missing, ERR_INVALID,
     "service 'passports': its letter is not 1 to 3 of A-Z"},
    {break_share, ERR_INVALID,
     "service 'passports': the share of its standard is not 1 to 100 percent"},
    {break_first_number, ERR_INVALID,
     "service 'passports': its first number is not 1 to 9999"},
    {break_color, ERR_INVALID, "service 'passports': its colour is not 0xRRGGBB"},
    {break_hours, ERR_INVALID, "service 'passports': its hours overlap or leave the day"},
    {break_service_name, ERR_INVALID, "service 'passports': a name is not UTF-8 text"},
    {break_counter_hall, ERR_INVALID, "counter '3' is in a hall that does not exist"},
    {break_counter_service, ERR_INVALID,
     "counter '3' serves a service that does not exist"},
    {break_counter_idle, ERR_INVALID, "counter '3' serves no service"},
    {break_counter_twice, ERR_INVALID, "counter '1' is there twice"},
    {break_class_none, ERR_INVALID,
     "the first priority class is not 'none' without a head start"},
    {break_class_head_start, ERR_LIMIT,
     "priority class 'priority': its head start is above 86400 s"},
    {break_kiosk_hall, ERR_INVALID, "kiosk 'hall1' is at a place that does not exist"},
    {break_button_counter, ERR_INVALID, "button 'b1' is at a place that does not exist"},
    {break_display_count, ERR_LIMIT, "too many devices of kind 'display': at most 64"},
    {break_long_id, ERR_INVALID,
     "counter 1: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' is not an id of 1 to 32 characters "
     "a-z, 0-9 and -"},
    {break_counter_label, ERR_INVALID, "counter '1': a name is not UTF-8 text"},
    {break_class_name, ERR_INVALID,
     "priority class 'priority': a name is not UTF-8 text"},
    {break_notice, ERR_INVALID, "site 'prefecture': a name is not UTF-8 text"},
    {break_hall_name, ERR_INVALID, "hall 'main': a name is not UTF-8 text"},
    {break_lonely_button, ERR_INVALID, "a button needs a counter, and there is none"},
    {break_source_twice, ERR_INVALID, "source 'web' is there twice"},
};

static void each_broken_rule_has_its_sentence(void **state)
{
    (void)state;
    static struct site site;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct error err = {0};
        fixture_site(&site);
        cases[i].damage(&site);
        assert_int_equal(site_check(&site, &err), cases[i].status);
        assert_string_equal(err.text, cases[i].sentence);
    }
}

static void sound_site_passes(void **state)
{
    (void)state;
    static struct site site;
    fixture_site(&site);
    struct error err;
    assert_int_equal(site_check(&site, &err), OK);
    site.services[0].hours.day[6][1] = (struct hours_range){540, 720};
    site.services[0].hours.day[6][2] = (struct hours_range){840, 1440};
    assert_int_equal(site_check(&site, &err), OK);
}

static void things_are_found_by_id(void **state)
{
    (void)state;
    static struct site site;
    fixture_site(&site);
    assert_int_equal(site_find_hall(&site, "main"), 0);
    assert_int_equal(site_find_service(&site, "vehicles"), VEHICLES);
    assert_int_equal(site_find_counter(&site, "3"), COUNTER_3);
    assert_int_equal(site_find_class(&site, "first"), CLASS_FIRST);
    assert_int_equal(site_find_device(site.kiosks, site.kiosk_count, "hall1"), 0);
    assert_int_equal(site_find_hall(&site, "other"), SITE_NONE);
    assert_int_equal(site_find_service(&site, ""), SITE_NONE);
    assert_int_equal(site_find_counter(&site, "33"), SITE_NONE);
    assert_int_equal(site_find_class(&site, "second"), SITE_NONE);
    assert_int_equal(site_find_device(site.kiosks, 0, "hall1"), SITE_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_broken_rule_has_its_sentence),
        cmocka_unit_test(sound_site_passes),
        cmocka_unit_test(things_are_found_by_id),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
