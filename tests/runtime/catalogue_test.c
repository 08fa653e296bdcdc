/* Translations, plurals, and times, waits and counts in words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "runtime/catalogue.h"
#include "runtime/phrase.h"
#include "runtime/plural.h"

#define FOLDER GUICHET_BINARY_DIR "/assets/catalogue"
#define NB     "\u00a0"

static int load_common(void **state)
{
    static const char *const domains[] = {"common"};
    struct catalogue *catalogue = NULL;
    struct error err = {.status = OK};
    if (catalogue_load(FOLDER, domains, 1, &catalogue, &err) != OK) {
        print_error("%s\n", err.text);
        return 1;
    }
    *state = catalogue;
    return 0;
}

static int unload(void **state)
{
    catalogue_destroy(*state);
    return 0;
}

static void both_languages_are_there_at_once(void **state)
{
    const struct catalogue *catalogue = *state;
    assert_string_equal(catalogue_text(catalogue, LANGUAGE_FR, "Monday"), "lundi");
    assert_string_equal(catalogue_text(catalogue, LANGUAGE_EN, "Monday"), "Monday");
    assert_string_equal(
        catalogue_context(catalogue, LANGUAGE_FR, "first day of a month", "1"), "1er");
    assert_string_equal(
        catalogue_context(catalogue, LANGUAGE_EN, "first day of a month", "1"), "1");
}

static void text_without_a_translation_is_the_source(void **state)
{
    assert_string_equal(catalogue_text(*state, LANGUAGE_FR, "No such text"),
                        "No such text");
    assert_string_equal(catalogue_text(*state, LANGUAGE_FR, ""), "");
    assert_string_equal(catalogue_context(*state, LANGUAGE_FR, "x", "Monday"), "Monday");
    assert_string_equal(catalogue_text(NULL, LANGUAGE_FR, "Monday"), "Monday");
    assert_string_equal(catalogue_plural(NULL, LANGUAGE_FR, "one", "many", 0), "many");
}

static void missing_catalogue_is_named(void **state)
{
    (void)state;
    static const char *const domains[] = {"common", "no-such-domain"};
    struct catalogue *catalogue = NULL;
    struct error err = {.status = OK};
    assert_int_equal(catalogue_load(FOLDER, domains, 2, &catalogue, &err), ERR_NOT_FOUND);
    assert_non_null(strstr(err.text, "/no-such-domain.fr.mo': No such file"));
    assert_null(catalogue);
}

/* Reads the compiled catalogue of `common`. */
static size_t read_compiled(char *buffer, size_t capacity)
{
    FILE *file = fopen(FOLDER "/common.fr.mo", "re");
    assert_non_null(file);
    size_t length = fread(buffer, 1, capacity, file);
    (void)fclose(file);
    assert_in_range(length, 100, capacity - 1);
    return length;
}

static void damaged_catalogue_never_does_harm(void **state)
{
    (void)state;
    char sound[16384];
    size_t length = read_compiled(sound, sizeof(sound));
    char folder[] = "/tmp/guichet-catalogue-XXXXXX";
    assert_non_null(mkdtemp(folder));
    char path[64];
    (void)snprintf(path, sizeof(path), "%s/common.fr.mo", folder);
    static const char *const domains[] = {"common"};
    uint64_t seed = 5;
    uint32_t refused = 0;
    for (int round = 0; round < 400; round++) {
        char damaged[sizeof(sound)];
        memcpy(damaged, sound, length);
        seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
        /* Every other round hits header and tables. */
        size_t reach = round % 2 == 0 ? length : 700;
        damaged[(seed >> 33) % reach] = (char)(seed >> 20);
        size_t end = round % 10 == 0 ? (seed >> 40) % length : length;
        FILE *file = fopen(path, "we");
        assert_non_null(file);
        assert_int_equal(fwrite(damaged, 1, end, file), end);
        assert_int_equal(fclose(file), 0);
        struct catalogue *catalogue = NULL;
        struct error err = {.status = OK};
        enum status status = catalogue_load(folder, domains, 1, &catalogue, &err);
        refused += status != OK;
        if (status == OK) {
            char text[PHRASE_BYTES];
            for (uint32_t n = 0; n < 4; n++) {
                phrase_people(catalogue, LANGUAGE_FR, n, text);
            }
            (void)catalogue_text(catalogue, LANGUAGE_FR, "Monday");
            catalogue_destroy(catalogue);
        }
    }
    assert_in_range(refused, 50, 399);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(folder), 0);
}

static void rules_of_plurals_are_those_of_the_languages(void **state)
{
    (void)state;
    struct plural plural;
    assert_true(plural_parse(" nplurals=2; plural=(n > 1);", &plural));
    assert_int_equal(plural_form(&plural, 0), 0);
    assert_int_equal(plural_form(&plural, 1), 0);
    assert_int_equal(plural_form(&plural, 2), 1);
    /* Arabic, six forms. */
    assert_true(
        plural_parse(" nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : "
                     "n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5;",
                     &plural));
    static const uint32_t arabic[][2] = {{0, 0},  {1, 1},  {2, 2},   {3, 3},   {10, 3},
                                         {11, 4}, {99, 4}, {100, 5}, {102, 5}, {103, 3}};
    for (size_t i = 0; i < sizeof(arabic) / sizeof(arabic[0]); i++) {
        assert_int_equal(plural_form(&plural, arabic[i][0]), arabic[i][1]);
    }
    /* Polish: brackets, negation, every sign. */
    assert_true(plural_parse("nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && "
                             "(n%100<10 || n%100>=20) ? 1 : 2);",
                             &plural));
    assert_int_equal(plural_form(&plural, 22), 1);
    assert_int_equal(plural_form(&plural, 12), 2);
    assert_true(plural_parse("nplurals=2; plural=!(n!=1)*0+(2-1)*(n/1!=1);", &plural));
    assert_int_equal(plural_form(&plural, 1), 0);
    assert_int_equal(plural_form(&plural, 5), 1);
    assert_true(plural_parse(NULL, &plural));
    assert_int_equal(plural_form(&plural, 5), 0);
}

/* More brackets than a rule may have. */
#define DEEP     "((((((((((((((((((((((((((((((((((((((((("
#define PEED     ")))))))))))))))))))))))))))))))))))))))))"
#define TOO_DEEP "nplurals=2; plural=" DEEP "0" PEED ";"

static void rule_that_is_none_is_refused(void **state)
{
    (void)state;
    static const char *const rules[] = {
        "nplurals=2;",
        "plural=n;",
        "nplurals=0; plural=0;",
        "nplurals=7; plural=0;",
        "nplurals=2; plural=n;",       /* a form that is not there */
        "nplurals=2; plural=1/(n-1);", /* division by zero */
        "nplurals=2; plural=(n>1;",
        "nplurals=2; plural=n>1);",
        "nplurals=2; plural=n>;",
        "nplurals=2; plural=n ? 1;",
        "nplurals=2; plural=x;",
    };
    for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
        struct plural plural;
        assert_false(plural_parse(rules[i], &plural));
    }
    struct plural plural;
    assert_false(plural_parse(TOO_DEEP, &plural));
}

static void parts_are_filled_in_by_name(void **state)
{
    (void)state;
    const struct catalogue_part parts[] = {{"ticket", "A042"}, {"counter", "Salle 2"}};
    char text[64];
    assert_true(catalogue_fill("{counter}: {ticket}", parts, 2, text, sizeof(text)));
    assert_string_equal(text, "Salle 2: A042");
    assert_true(catalogue_fill("{other} {ticket {", parts, 2, text, sizeof(text)));
    assert_string_equal(text, "{other} {ticket {");
    assert_true(catalogue_fill("", parts, 2, text, sizeof(text)));
    assert_string_equal(text, "");
    /* What is filled in is not read again. */
    const struct catalogue_part trick[] = {{"a", "{b}"}, {"b", "x"}};
    assert_true(catalogue_fill("{a}", trick, 2, text, sizeof(text)));
    assert_string_equal(text, "{b}");
    assert_false(catalogue_fill("{counter} éééé", parts, 2, text, 12));
    assert_string_equal(text, "Salle 2 é");
}

static const struct {
    struct wait_range wait;
    const char *in[3][LANGUAGE_COUNT]; /* short, in words, as a sentence */
    const char *figures;
} waits[] = {
    {{.is_given = true, .low_min = 15, .high_min = 25},
     {{"15–25" NB "min", "15–25" NB "min"},
      {"15–25" NB "min", "15–25" NB "min"},
      {"Entre 15 et 25" NB "minutes", "Between 15 and 25" NB "minutes"}},
     "15–25"},
    {{.is_given = true, .low_min = 0, .high_min = 5},
     {{"<" NB "5" NB "min", "<" NB "5" NB "min"},
      {"moins de 5" NB "min", "less than 5" NB "min"},
      {"Moins de 5" NB "minutes", "Less than 5" NB "minutes"}},
     "<" NB "5"},
    {{.is_given = true, .is_open_ended = true, .low_min = 120},
     {{">" NB "2" NB "h", ">" NB "2" NB "h"},
      {"plus de 2" NB "h", "more than 2" NB "h"},
      {"Plus de 2" NB "heures", "More than 2" NB "hours"}},
     ">" NB "2"},
    {{.is_given = true, .is_open_ended = true, .low_min = 60},
     {{">" NB "1" NB "h", ">" NB "1" NB "h"},
      {"plus de 1" NB "h", "more than 1" NB "h"},
      {"Plus de 1" NB "heure", "More than 1" NB "hour"}},
     ">" NB "1"},
    {{.is_given = true, .is_open_ended = true, .low_min = 90},
     {{">" NB "90" NB "min", ">" NB "90" NB "min"},
      {"plus de 90" NB "min", "more than 90" NB "min"},
      {"Plus de 90" NB "minutes", "More than 90" NB "minutes"}},
     ">" NB "90"},
    {{.is_given = true, .low_min = 5, .high_min = 5},
     {{"5" NB "min", "5" NB "min"},
      {"5" NB "min", "5" NB "min"},
      {"Environ 5" NB "minutes", "About 5" NB "minutes"}},
     "5"},
    {{.is_given = false}, {{"", ""}, {"", ""}, {"", ""}}, ""},
};

static void waits_are_said_in_both_languages(void **state)
{
    const struct catalogue *catalogue = *state;
    char text[PHRASE_BYTES];
    for (size_t i = 0; i < sizeof(waits) / sizeof(waits[0]); i++) {
        for (uint32_t j = 0; j < LANGUAGE_COUNT; j++) {
            enum language language = (enum language)j;
            phrase_wait_short(catalogue, language, &waits[i].wait, text);
            assert_string_equal(text, waits[i].in[0][j]);
            phrase_wait(catalogue, language, &waits[i].wait, text);
            assert_string_equal(text, waits[i].in[1][j]);
            phrase_wait_long(catalogue, language, &waits[i].wait, text);
            assert_string_equal(text, waits[i].in[2][j]);
        }
        phrase_wait_figures(&waits[i].wait, text);
        assert_string_equal(text, waits[i].figures);
    }
    assert_string_equal(phrase_wait_unit(catalogue, LANGUAGE_FR, &waits[0].wait), "min");
    assert_string_equal(phrase_wait_unit(catalogue, LANGUAGE_FR, &waits[2].wait), "h");
}

static void people_are_counted_as_each_language_does(void **state)
{
    const struct catalogue *catalogue = *state;
    static const struct {
        uint32_t count;
        const char *people[LANGUAGE_COUNT];
        const char *ahead[LANGUAGE_COUNT];
    } counts[] = {
        {0, {"personne", "nobody"}, {"Personne devant vous", "Nobody is ahead of you"}},
        {1,
         {"1" NB "personne", "1" NB "person"},
         {"1" NB "personne devant vous", "1" NB "person is ahead of you"}},
        {12,
         {"12" NB "personnes", "12" NB "people"},
         {"12" NB "personnes devant vous", "12" NB "people are ahead of you"}},
    };
    char text[PHRASE_BYTES];
    for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
        for (uint32_t j = 0; j < LANGUAGE_COUNT; j++) {
            phrase_people(catalogue, (enum language)j, counts[i].count, text);
            assert_string_equal(text, counts[i].people[j]);
            phrase_ahead(catalogue, (enum language)j, counts[i].count, text);
            assert_string_equal(text, counts[i].ahead[j]);
        }
    }
}

static void times_are_said_as_each_language_does(void **state)
{
    const struct catalogue *catalogue = *state;
    static const struct {
        uint32_t minute;
        const char *clock;
        const char *in[LANGUAGE_COUNT];
    } times[] = {
        {0, "00:00", {"0" NB "h" NB "00", "12:00" NB "am"}},
        {9 * 60 + 5, "09:05", {"9" NB "h" NB "05", "9:05" NB "am"}},
        {12 * 60, "12:00", {"12" NB "h" NB "00", "12:00" NB "pm"}},
        {14 * 60 + 5, "14:05", {"14" NB "h" NB "05", "2:05" NB "pm"}},
        {1439, "23:59", {"23" NB "h" NB "59", "11:59" NB "pm"}},
    };
    char text[PHRASE_BYTES];
    for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
        phrase_clock(times[i].minute, text);
        assert_string_equal(text, times[i].clock);
        for (uint32_t j = 0; j < LANGUAGE_COUNT; j++) {
            phrase_time(catalogue, (enum language)j, times[i].minute, text);
            assert_string_equal(text, times[i].in[j]);
        }
    }
    phrase_date(catalogue, LANGUAGE_FR, 20261123, text);
    assert_string_equal(text, "lundi 23" NB "novembre 2026");
    phrase_date(catalogue, LANGUAGE_FR, 20270501, text);
    assert_string_equal(text, "samedi 1er" NB "mai 2027");
    phrase_date(catalogue, LANGUAGE_EN, 20270501, text);
    assert_string_equal(text, "Saturday 1 May 2027");
}

static void durations_are_short(void **state)
{
    const struct catalogue *catalogue = *state;
    char text[PHRASE_BYTES];
    phrase_duration(catalogue, LANGUAGE_FR, 59, text);
    assert_string_equal(text, "<" NB "1" NB "min");
    phrase_duration(catalogue, LANGUAGE_FR, 13 * 60 + 59, text);
    assert_string_equal(text, "13" NB "min");
    phrase_duration(catalogue, LANGUAGE_EN, 3900, text);
    assert_string_equal(text, "1" NB "h" NB "05");
    phrase_stopwatch(252, text);
    assert_string_equal(text, "04:12");
    phrase_stopwatch(3852, text);
    assert_string_equal(text, "1:04:12");
}

static void folder_is_that_of_the_build_until_installed(void **state)
{
    (void)state;
    char folder[256];
    catalogue_folder("/srv/guichet", folder, sizeof(folder));
    assert_string_equal(folder, "/srv/guichet/catalogue");
    catalogue_folder("", folder, sizeof(folder));
    size_t length = strlen(folder);
    assert_true(length > 10 && strcmp(folder + length - 10, "/catalogue") == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_languages_are_there_at_once),
        cmocka_unit_test(text_without_a_translation_is_the_source),
        cmocka_unit_test(missing_catalogue_is_named),
        cmocka_unit_test(damaged_catalogue_never_does_harm),
        cmocka_unit_test(rules_of_plurals_are_those_of_the_languages),
        cmocka_unit_test(rule_that_is_none_is_refused),
        cmocka_unit_test(parts_are_filled_in_by_name),
        cmocka_unit_test(waits_are_said_in_both_languages),
        cmocka_unit_test(people_are_counted_as_each_language_does),
        cmocka_unit_test(times_are_said_as_each_language_does),
        cmocka_unit_test(durations_are_short),
        cmocka_unit_test(folder_is_that_of_the_build_until_installed),
    };
    return cmocka_run_group_tests(tests, load_common, unload);
}
