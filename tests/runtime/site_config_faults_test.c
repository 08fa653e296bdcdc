/* site.conf: every fault in one sentence with its line, and no harm by any damage. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "site_text.h"

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
    {SITE HALL A "[topic t]\nname.fr = T\nunder = t\n",
     "site.conf:11: [topic t] under: there is no topic 't' before this one"},
    {SITE HALL A "[topic t]\nname.fr = T\n[topic u]\nname.fr = U\nunder = t\n"
                 "[topic v]\nname.fr = V\nunder = u\n",
     "site.conf:16: [topic v] under: 'u' is a precision itself: topics have two levels"},
    {SITE HALL A "topics = always\n",
     "site.conf:9: [service a] topics: 'always' is not one of: offered, required"},
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
        assert_int_equal(site_text_parse(fixture, faults[i].text), ERR_INVALID);
        assert_int_equal(config_errors_count(fixture->errors), 1);
        assert_string_equal(config_errors_line(fixture->errors, 0), faults[i].line);
        assert_memory_equal(fixture->site, untouched, sizeof(*untouched));
    }
    free(untouched);
}

static void all_faults_are_listed_in_order_of_lines(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(site_text_parse(fixture,
                                     "[counter 1]\nservices = z\n" SITE HALL
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
        enum status status = site_text_read(fixture, damaged, end);
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
        SITE_TEXT_TEST(every_fault_is_one_sentence_with_its_line),
        SITE_TEXT_TEST(all_faults_are_listed_in_order_of_lines),
        SITE_TEXT_TEST(damaged_files_never_do_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
