/* Times, waits and counts in words; see phrase.h. Numbers and units are held together by
 * no-break spaces (U+00A0), so that no line breaks between them. */
#include "runtime/phrase.h"

#include <assert.h>

#include "core/text.h"
#include "runtime/instant.h"

/* A whole number as text. */
struct number {
    char text[12];
};

static struct number number_text(uint32_t value)
{
    struct number number;
    struct text text;
    text_init(&text, number.text, sizeof(number.text));
    text_add(&text, "%u", (unsigned)value);
    return number;
}

static struct number two_digits(uint32_t value)
{
    struct number number;
    struct text text;
    text_init(&text, number.text, sizeof(number.text));
    text_add(&text, "%02u", (unsigned)value);
    return number;
}

static void fill(const char *pattern, const struct catalogue_part *parts, size_t count,
                 char ret_text[PHRASE_BYTES])
{
    (void)catalogue_fill(pattern, parts, count, ret_text,
                         PHRASE_BYTES); /* no phrase is near as long */
}

/* A pattern with one number in it. */
static void fill_number(const char *pattern, const char *name, uint32_t value,
                        char ret_text[PHRASE_BYTES])
{
    struct number number = number_text(value);
    struct catalogue_part part = {name, number.text};
    fill(pattern, &part, 1, ret_text);
}

void phrase_clock(uint32_t minute_of_day, char ret_text[PHRASE_BYTES])
{
    assert(minute_of_day < DAY_MINUTES);
    struct text text;
    text_init(&text, ret_text, PHRASE_BYTES);
    text_add(&text, "%02u:%02u", (unsigned)(minute_of_day / 60),
             (unsigned)(minute_of_day % 60));
}

void phrase_time(const struct catalogue *catalogue, enum language language,
                 uint32_t minute_of_day, char ret_text[PHRASE_BYTES])
{
    assert(minute_of_day < DAY_MINUTES);
    uint32_t hour = minute_of_day / 60;
    struct number hour24 = number_text(hour);
    struct number hour12 = number_text(hour % 12 == 0 ? 12 : hour % 12);
    struct number minute = two_digits(minute_of_day % 60);
    struct catalogue_part parts[] = {
        {"hour", hour24.text},
        {"hour12", hour12.text},
        {"minute", minute.text},
        {"half", catalogue_text(catalogue, language, hour < 12 ? tr("am") : tr("pm"))},
    };
    fill(catalogue_text(catalogue, language, tr("{hour12}:{minute}\u00a0{half}")), parts,
         sizeof(parts) / sizeof(parts[0]), ret_text);
}

void phrase_date(const struct catalogue *catalogue, enum language language, uint32_t date,
                 char ret_text[PHRASE_BYTES])
{
    static const char *const weekdays[] = {
        tr("Monday"), tr("Tuesday"),  tr("Wednesday"), tr("Thursday"),
        tr("Friday"), tr("Saturday"), tr("Sunday"),
    };
    static const char *const months[] = {
        tr("January"),   tr("February"), tr("March"),    tr("April"),
        tr("May"),       tr("June"),     tr("July"),     tr("August"),
        tr("September"), tr("October"),  tr("November"), tr("December"),
    };
    assert(date_is_valid(date));
    struct number day = number_text(date % 100);
    struct number year = number_text(date / 10000);
    bool is_first = date % 100 == 1;
    struct catalogue_part parts[] = {
        {"weekday", catalogue_text(catalogue, language, weekdays[date_weekday(date)])},
        {"day", is_first ? catalogue_context(catalogue, language,
                                             tr_context("first day of a month", "1"))
                         : day.text},
        {"month", catalogue_text(catalogue, language, months[date / 100 % 100 - 1])},
        {"year", year.text},
    };
    fill(catalogue_text(catalogue, language, tr("{weekday} {day} {month} {year}")), parts,
         sizeof(parts) / sizeof(parts[0]), ret_text);
}

/* An open-ended wait of whole hours is said in hours. */
static bool is_in_hours(const struct wait_range *wait)
{
    return wait->is_open_ended && wait->low_min >= 60 && wait->low_min % 60 == 0;
}

static uint32_t open_end(const struct wait_range *wait)
{
    return is_in_hours(wait) ? wait->low_min / 60 : wait->low_min;
}

void phrase_wait_figures(const struct wait_range *wait, char ret_text[PHRASE_BYTES])
{
    struct text text;
    text_init(&text, ret_text, PHRASE_BYTES);
    if (!wait->is_given) {
        return;
    }
    if (wait->is_open_ended) {
        text_add(&text, ">\u00a0%u", (unsigned)open_end(wait));
    } else if (wait->low_min == 0) {
        text_add(&text, "<\u00a0%u", (unsigned)wait->high_min);
    } else if (wait->low_min == wait->high_min) {
        text_add(&text, "%u", (unsigned)wait->low_min);
    } else {
        text_add(&text, "%u–%u", (unsigned)wait->low_min, (unsigned)wait->high_min);
    }
}

const char *phrase_wait_unit(const struct catalogue *catalogue, enum language language,
                             const struct wait_range *wait)
{
    return catalogue_text(catalogue, language, is_in_hours(wait) ? tr("h") : tr("min"));
}

void phrase_wait_short(const struct catalogue *catalogue, enum language language,
                       const struct wait_range *wait, char ret_text[PHRASE_BYTES])
{
    phrase_wait_figures(wait, ret_text);
    if (!wait->is_given) {
        return;
    }
    char figures[PHRASE_BYTES];
    (void)text_copy(figures, sizeof(figures), ret_text); /* same size */
    struct text text;
    text_init(&text, ret_text, PHRASE_BYTES);
    text_add(&text, "%s\u00a0%s", figures, phrase_wait_unit(catalogue, language, wait));
}

void phrase_wait(const struct catalogue *catalogue, enum language language,
                 const struct wait_range *wait, char ret_text[PHRASE_BYTES])
{
    ret_text[0] = '\0';
    if (!wait->is_given) {
        return;
    }
    if (is_in_hours(wait)) {
        fill_number(catalogue_text(catalogue, language, tr("more than {hours}\u00a0h")),
                    "hours", open_end(wait), ret_text);
    } else if (wait->is_open_ended) {
        fill_number(
            catalogue_text(catalogue, language, tr("more than {minutes}\u00a0min")),
            "minutes", wait->low_min, ret_text);
    } else if (wait->low_min == 0) {
        fill_number(
            catalogue_text(catalogue, language, tr("less than {minutes}\u00a0min")),
            "minutes", wait->high_min, ret_text);
    } else {
        phrase_wait_short(catalogue, language, wait, ret_text);
    }
}

/* The sentence of a wait with two ends. */
static void fill_between(const struct catalogue *catalogue, enum language language,
                         const struct wait_range *wait, char ret_text[PHRASE_BYTES])
{
    struct number low = number_text(wait->low_min);
    struct number high = number_text(wait->high_min);
    struct catalogue_part parts[] = {{"low", low.text}, {"high", high.text}};
    fill(catalogue_text(catalogue, language, tr("Between {low} and {high}\u00a0minutes")),
         parts, 2, ret_text);
}

void phrase_wait_long(const struct catalogue *catalogue, enum language language,
                      const struct wait_range *wait, char ret_text[PHRASE_BYTES])
{
    static const struct phrase_counted hours = {
        tr_plural("More than {count}\u00a0hour", "More than {count}\u00a0hours")};
    static const struct phrase_counted more = {
        tr_plural("More than {count}\u00a0minute", "More than {count}\u00a0minutes")};
    static const struct phrase_counted less = {
        tr_plural("Less than {count}\u00a0minute", "Less than {count}\u00a0minutes")};
    static const struct phrase_counted about = {
        tr_plural("About {count}\u00a0minute", "About {count}\u00a0minutes")};
    ret_text[0] = '\0';
    if (!wait->is_given) {
        return;
    }
    if (is_in_hours(wait)) {
        phrase_count(catalogue, language, hours, open_end(wait), ret_text);
    } else if (wait->is_open_ended) {
        phrase_count(catalogue, language, more, wait->low_min, ret_text);
    } else if (wait->low_min == 0) {
        phrase_count(catalogue, language, less, wait->high_min, ret_text);
    } else if (wait->low_min == wait->high_min) {
        phrase_count(catalogue, language, about, wait->low_min, ret_text);
    } else {
        fill_between(catalogue, language, wait, ret_text);
    }
}

void phrase_count(const struct catalogue *catalogue, enum language language,
                  struct phrase_counted text, uint32_t count, char ret_text[PHRASE_BYTES])
{
    fill_number(catalogue_plural(catalogue, language, text.one, text.many, count),
                "count", count, ret_text);
}

void phrase_people(const struct catalogue *catalogue, enum language language,
                   uint32_t count, char ret_text[PHRASE_BYTES])
{
    static const struct phrase_counted people = {
        tr_plural("{count}\u00a0person", "{count}\u00a0people")};
    if (count == 0) {
        (void)text_copy(ret_text, PHRASE_BYTES,
                        catalogue_text(catalogue, language, tr("nobody"))); /* a word */
        return;
    }
    phrase_count(catalogue, language, people, count, ret_text);
}

void phrase_ahead(const struct catalogue *catalogue, enum language language,
                  uint32_t count, char ret_text[PHRASE_BYTES])
{
    static const struct phrase_counted people = {tr_plural(
        "{count}\u00a0person is ahead of you", "{count}\u00a0people are ahead of you")};
    if (count == 0) {
        (void)text_copy(ret_text, PHRASE_BYTES,
                        catalogue_text(catalogue, language,
                                       tr("Nobody is ahead of you"))); /* short */
        return;
    }
    phrase_count(catalogue, language, people, count, ret_text);
}

void phrase_duration(const struct catalogue *catalogue, enum language language,
                     uint32_t seconds, char ret_text[PHRASE_BYTES])
{
    uint32_t minutes = seconds / 60;
    struct number hour = number_text(minutes / 60);
    struct number whole = number_text(minutes);
    struct number rest = two_digits(minutes % 60);
    struct catalogue_part parts[] = {{"hours", hour.text},
                                     {"minutes", minutes < 60 ? whole.text : rest.text}};
    const char *pattern = minutes == 0   ? tr("<\u00a01\u00a0min")
                          : minutes < 60 ? tr("{minutes}\u00a0min")
                                         : tr("{hours}\u00a0h\u00a0{minutes}");
    fill(catalogue_text(catalogue, language, pattern), parts, 2, ret_text);
}

void phrase_stopwatch(uint32_t seconds, char ret_text[PHRASE_BYTES])
{
    struct text text;
    text_init(&text, ret_text, PHRASE_BYTES);
    if (seconds >= 3600) {
        text_add(&text, "%u:", (unsigned)(seconds / 3600));
    }
    text_add(&text, "%02u:%02u", (unsigned)(seconds / 60 % 60), (unsigned)(seconds % 60));
}
