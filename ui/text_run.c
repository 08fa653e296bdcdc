/* Runs of one direction, script and font; see text_run.h. */
#include "ui/text_run.h"

#include <assert.h>
#include <string.h>

#include <fribidi.h>
#include <hb.h>

#include "ui/unicode.h"

/* One line, character by character. */
struct line {
    int count;
    FriBidiChar codes[TEXT_CHARACTERS_MAX];
    size_t starts[TEXT_CHARACTERS_MAX + 1]; /* bytes; one more for the end */
    FriBidiLevel levels[TEXT_CHARACTERS_MAX];
    hb_script_t scripts[TEXT_CHARACTERS_MAX];
    int fonts[TEXT_CHARACTERS_MAX];
};

static void decode(struct line *line, const char *text, size_t length)
{
    size_t at = 0;
    line->count = 0;
    while (at < length && line->count < TEXT_CHARACTERS_MAX) {
        line->starts[line->count] = at;
        line->codes[line->count] = unicode_next(text, length, &at);
        line->count++;
    }
    line->starts[line->count] = at;
}

static void find_levels(struct line *line)
{
    FriBidiCharType types[TEXT_CHARACTERS_MAX];
    FriBidiBracketType brackets[TEXT_CHARACTERS_MAX];
    fribidi_get_bidi_types(line->codes, line->count, types);
    fribidi_get_bracket_types(line->codes, line->count, types, brackets);
    FriBidiParType direction = FRIBIDI_PAR_ON;
    FriBidiLevel highest = fribidi_get_par_embedding_levels_ex(
        types, brackets, line->count, &direction, line->levels);
    if (highest == 0) {
        /* Out of memory: left to right is right for everything but Arabic and Hebrew. */
        memset(line->levels, 0, sizeof(line->levels));
    }
}

static bool is_shared_script(hb_script_t script)
{
    return script == HB_SCRIPT_COMMON || script == HB_SCRIPT_INHERITED ||
           script == HB_SCRIPT_UNKNOWN;
}

/* Spaces, digits and signs belong to no script: they take that of the letter before them
 * when they are read in the same direction, else that of the next letters. */
static void find_scripts(struct line *line)
{
    hb_unicode_funcs_t *functions = hb_unicode_funcs_get_default();
    hb_script_t next = HB_SCRIPT_LATIN;
    bool is_shared[TEXT_CHARACTERS_MAX];
    for (int i = line->count - 1; i >= 0; i--) {
        line->scripts[i] = hb_unicode_script(functions, line->codes[i]);
        is_shared[i] = is_shared_script(line->scripts[i]);
        if (is_shared[i]) {
            line->scripts[i] = next;
        }
        next = line->scripts[i];
    }
    for (int i = 1; i < line->count; i++) {
        if (is_shared[i] && line->levels[i] == line->levels[i - 1]) {
            line->scripts[i] = line->scripts[i - 1];
        }
    }
}

/* A character stays in the font of the one before it while that font has it, so that a
 * space between two Arabic words does not end their run. */
static int font_for(const struct font_coverage *coverage, uint32_t code, int before)
{
    if (before >= 0 && before != 0 &&
        coverage->has_glyph(coverage->context, before, code) &&
        (code < 0x41 || code == 0xA0 || unicode_is_combining(code))) {
        return before;
    }
    if (before >= 0 && unicode_is_combining(code)) {
        return before;
    }
    for (int font = 0; font < coverage->font_count; font++) {
        if (coverage->has_glyph(coverage->context, font, code)) {
            return font;
        }
    }
    return 0;
}

static void find_fonts(struct line *line, const struct font_coverage *coverage)
{
    int before = -1;
    for (int i = 0; i < line->count; i++) {
        if (i > 0 && line->levels[i] != line->levels[i - 1]) {
            before = -1;
        }
        line->fonts[i] = font_for(coverage, line->codes[i], before);
        before = line->fonts[i];
    }
}

struct level_run {
    struct text_run run;
    FriBidiLevel level;
};

static bool is_same_run(const struct line *line, int a, int b)
{
    return line->levels[a] == line->levels[b] && line->scripts[a] == line->scripts[b] &&
           line->fonts[a] == line->fonts[b];
}

/* Cut the line into runs in reading order; returns their number. */
static size_t cut_runs(const struct line *line, struct level_run runs[TEXT_RUNS_MAX])
{
    size_t count = 0;
    int at = 0;
    while (at < line->count && count < TEXT_RUNS_MAX) {
        if (unicode_is_bidi_control(line->codes[at])) {
            at++;
            continue;
        }
        int end = at + 1;
        while (end < line->count && is_same_run(line, at, end) &&
               !unicode_is_bidi_control(line->codes[end])) {
            end++;
        }
        struct text_run *run = &runs[count].run;
        *run = (struct text_run){.start = line->starts[at],
                                 .length = line->starts[end] - line->starts[at],
                                 .is_right_to_left = line->levels[at] % 2 == 1,
                                 .font = line->fonts[at]};
        hb_tag_to_string(hb_script_to_iso15924_tag(line->scripts[at]), run->script);
        run->script[4] = '\0';
        runs[count].level = line->levels[at];
        count++;
        at = end;
    }
    return count;
}

static void reverse(struct level_run *runs, size_t count)
{
    for (size_t i = 0; i < count / 2; i++) {
        struct level_run swapped = runs[i];
        runs[i] = runs[count - 1 - i];
        runs[count - 1 - i] = swapped;
    }
}

/* Rule L2 of UAX 9 on whole runs: from the highest level down to the lowest odd one,
 * reverse every sequence at that level or higher. */
static void order_by_sight(struct level_run *runs, size_t count)
{
    int highest = 0;
    for (size_t i = 0; i < count; i++) {
        highest = runs[i].level > highest ? runs[i].level : highest;
    }
    for (int level = highest; level >= 1; level--) {
        size_t start = 0;
        while (start < count) {
            size_t end = start;
            while (end < count && runs[end].level >= level) {
                end++;
            }
            reverse(runs + start, end - start);
            start = end + 1;
        }
    }
}

size_t text_run_split(const char *text, size_t length,
                      const struct font_coverage *coverage,
                      struct text_run ret_runs[TEXT_RUNS_MAX])
{
    assert(coverage->font_count >= 1);
    struct line line;
    decode(&line, text, length);
    if (line.count == 0) {
        return 0;
    }
    find_levels(&line);
    find_scripts(&line);
    find_fonts(&line, coverage);
    struct level_run runs[TEXT_RUNS_MAX];
    size_t count = cut_runs(&line, runs);
    order_by_sight(runs, count);
    for (size_t i = 0; i < count; i++) {
        ret_runs[i] = runs[i].run;
    }
    return count;
}
