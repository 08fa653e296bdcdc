/* See words.h. French sets a thin space between thousands and a no-break space before
 * the percent sign (rules of the Imprimerie nationale). */
#include "report/words.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/text.h"
#include "runtime/phrase.h"

#define NO_BREAK "\xC2\xA0"     /* U+00A0 */
#define THIN     "\xE2\x80\xAF" /* U+202F */
#define MINUS    "-"            /* Noto Sans has no U+2212 */

const char *words_of(const struct words *words, const char *source)
{
    return catalogue_text(words->catalogue, words->language, source);
}

const char *words_fill(const struct words *words, const char *source,
                       const struct catalogue_part *first,
                       const struct catalogue_part *second)
{
    struct catalogue_part parts[2];
    size_t count = 0;
    parts[count++] = *first;
    if (second) {
        parts[count++] = *second;
    }
    char text[1024];
    (void)catalogue_fill(words_of(words, source), parts, count, text, sizeof(text));
    return arena_text(words->arena, text);
}

const char *words_number(const struct words *words, int64_t number)
{
    char digits[32];
    int length = snprintf(digits, sizeof(digits), "%lld", llabs((long long)number));
    char bytes[96];
    struct text text;
    text_init(&text, bytes, sizeof(bytes));
    text_add_string(&text, number < 0 ? MINUS : "");
    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0) {
            text_add_string(&text, words->language == LANGUAGE_FR ? THIN : ",");
        }
        text_add(&text, "%c", digits[i]);
    }
    return arena_text(words->arena, bytes);
}

const char *words_decimal(const struct words *words, double number)
{
    int64_t tenths = llround(fabs(number) * 10.0);
    return arena_format(
        words->arena, "%s%s%s%lld", number < 0.0 && tenths > 0 ? MINUS : "",
        words_number(words, tenths / 10), words->language == LANGUAGE_FR ? "," : ".",
        (long long)(tenths % 10));
}

const char *words_percent(const struct words *words, double percent)
{
    return arena_format(words->arena, "%s%s%%", words_decimal(words, percent),
                        words->language == LANGUAGE_FR ? NO_BREAK : "");
}

const char *words_goal(const struct words *words, double percent)
{
    double whole = round(percent);
    if (fabs(percent - whole) > 0.05) {
        return words_percent(words, percent);
    }
    return arena_format(words->arena, "%.0f%s%%", whole,
                        words->language == LANGUAGE_FR ? NO_BREAK : "");
}

const char *words_share(const struct words *words, struct share share)
{
    return share.of == 0 ? WORDS_NONE : words_percent(words, share_percent(share));
}

const char *words_length(const struct words *words, double length_ms)
{
    long long seconds = llround(fabs(length_ms) / 1000.0);
    const char *minus = length_ms < 0.0 && seconds > 0 ? MINUS : "";
    if (seconds < 60) {
        return arena_format(words->arena, "%s%lld" NO_BREAK "s", minus, seconds);
    }
    if (seconds < 3600) {
        return arena_format(words->arena,
                            "%s%lld" NO_BREAK "min" NO_BREAK "%02lld" NO_BREAK "s", minus,
                            seconds / 60, seconds % 60);
    }
    if (seconds < 86400) {
        return arena_format(words->arena,
                            "%s%lld" NO_BREAK "h" NO_BREAK "%02lld" NO_BREAK "min", minus,
                            seconds / 3600, seconds / 60 % 60);
    }
    return arena_format(words->arena, "%s%lld" NO_BREAK "%s" NO_BREAK "%lld" NO_BREAK "h",
                        minus, seconds / 86400, words_of(words, tr("d")),
                        seconds / 3600 % 24);
}

const char *words_length_short(const struct words *words, double length_ms)
{
    long long seconds = llround(fabs(length_ms) / 1000.0);
    const char *minus = length_ms < 0.0 && seconds > 0 ? MINUS : "";
    if (seconds < 3600) {
        return arena_format(words->arena, "%s%lld:%02lld", minus, seconds / 60,
                            seconds % 60);
    }
    return arena_format(words->arena, "%s%lld:%02lld:%02lld", minus, seconds / 3600,
                        seconds / 60 % 60, seconds % 60);
}

const char *words_seconds(const struct words *words, uint32_t seconds)
{
    if (seconds % 60 == 0 && seconds > 0) {
        return arena_format(words->arena, "%u" NO_BREAK "min", (unsigned)(seconds / 60));
    }
    return words_length(words, (double)seconds * 1000.0);
}

const char *words_clock(const struct words *words, int64_t at_ms)
{
    char text[MINUTE_TEXT_BYTES];
    zone_minute_text(words->zone, at_ms, text);
    return arena_text(words->arena, text);
}

const char *words_date(const struct words *words, uint32_t date)
{
    char text[PHRASE_BYTES];
    phrase_date(words->catalogue, words->language, date, text);
    return arena_text(words->arena, text);
}

const char *words_name(const struct words *words, const struct site_name *name)
{
    return name->in[words->language];
}
