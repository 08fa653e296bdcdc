/* Setting text into boxes; see layout.h.
 *
 * A break is a byte offset at which a new line may begin. Lines are filled greedily: the
 * last break before the box is full wins. Only when a single word is wider than the box
 * at the smallest size are breaks inside words allowed, before any character that does
 * not combine. */
#include "ui/layout.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "ui/unicode.h"

struct wrap {
    const struct text_measure *measure;
    const char *string;
    size_t length;
    struct text_style style;
    int width_px;
    bool breaks_words;
};

/* French punctuation that stays with the word before it although a space stands between.
 */
static bool stays_with_word_before(uint32_t code)
{
    return code == ':' || code == ';' || code == '!' || code == '?' || code == '%' ||
           code == 0xBB || code == 0x2014 || code == 0x20AC;
}

/* Closing signs of Chinese and Japanese that never begin a line. */
static bool never_begins_line(uint32_t code)
{
    return code == 0x3001 || code == 0x3002 || code == 0x300D || code == 0x300F ||
           code == 0xFF01 || code == 0xFF09 || code == 0xFF0C || code == 0xFF1A ||
           code == 0xFF1B || code == 0xFF1F;
}

/* Whether a line may break between `before` and `after` without a space. */
static bool may_break_between(uint32_t before, uint32_t after)
{
    if (after == 0 || never_begins_line(after)) {
        return false;
    }
    bool is_letter_after =
        after == '(' || (after >= 'A' && after != 0xA0 && after != 0x202F);
    if ((before == '-' || before == 0x2010) && is_letter_after) {
        return true;
    }
    return before == 0x200B || unicode_is_ideograph(after) ||
           (unicode_is_ideograph(before) && after > 0x2FFF);
}

/* The character at `at`, or 0 at the end. */
static uint32_t peek(const struct wrap *wrap, size_t at)
{
    return at < wrap->length ? unicode_next(wrap->string, wrap->length, &at) : 0;
}

/* The next place after `from` where a line may end: `*ret_end` is behind its last visible
 * byte, the return value where the next line begins. `*ret_must` tells a forced break. */
static size_t next_break(const struct wrap *wrap, size_t from, size_t *ret_end,
                         bool *ret_must)
{
    *ret_must = false;
    uint32_t before = 0;
    size_t at = from;
    while (at < wrap->length) {
        size_t here = at;
        uint32_t code = unicode_next(wrap->string, wrap->length, &at);
        bool is_first = here == from;
        if (code == '\n') {
            *ret_end = here;
            *ret_must = true;
            return at;
        }
        if (code == ' ' && !is_first) {
            while (at < wrap->length && wrap->string[at] == ' ') {
                at++;
            }
            if (before != 0xAB && !stays_with_word_before(peek(wrap, at))) {
                *ret_end = here;
                return at;
            }
        }
        uint32_t after = peek(wrap, at);
        bool may_break = may_break_between(code, after) ||
                         (wrap->breaks_words && !unicode_is_combining(after));
        if (after != 0 && after != ' ' && after != '\n' && may_break) {
            *ret_end = at;
            return at;
        }
        before = code;
    }
    *ret_end = wrap->length;
    return wrap->length;
}

static int width_between(const struct wrap *wrap, size_t start, size_t end)
{
    return wrap->measure->width_px(wrap->measure->context, wrap->string + start,
                                   end - start, wrap->style);
}

/* Fill one line from `start`; returns where the next one begins. */
static size_t fill_line(const struct wrap *wrap, size_t start, struct text_line *ret_line)
{
    bool must = false;
    size_t end = start;
    size_t next = next_break(wrap, start, &end, &must);
    struct text_line line = {start, end - start, width_between(wrap, start, end)};
    while (!must && next < wrap->length && line.width_px <= wrap->width_px) {
        size_t further_end = next;
        size_t further = next_break(wrap, next, &further_end, &must);
        int width_px = width_between(wrap, start, further_end);
        if (width_px > wrap->width_px) {
            break;
        }
        line.length = further_end - start;
        line.width_px = width_px;
        next = further;
    }
    *ret_line = line;
    return next;
}

static void wrap_block(const struct wrap *wrap, struct text_block *ret_block)
{
    *ret_block = (struct text_block){.style = wrap->style};
    size_t at = 0;
    while (at < wrap->length) {
        bool is_last = ret_block->line_count == TEXT_LINES_MAX - 1;
        struct text_line line = {at, wrap->length - at, 0};
        if (is_last) {
            line.width_px = width_between(wrap, at, wrap->length);
            at = wrap->length;
        } else {
            at = fill_line(wrap, at, &line);
        }
        ret_block->lines[ret_block->line_count] = line;
        ret_block->line_count++;
        if (line.width_px > ret_block->width_px) {
            ret_block->width_px = line.width_px;
        }
    }
    ret_block->is_too_wide = ret_block->width_px > wrap->width_px;
    ret_block->height_px =
        (int)ret_block->line_count * text_line_height_px(wrap->style.size_px);
}

void text_wrap(const struct text_measure *measure, const char *string,
               struct text_style style, int width_px, struct text_block *ret_block)
{
    struct wrap wrap = {measure, string, strlen(string), style, width_px, false};
    wrap_block(&wrap, ret_block);
}

static bool fits(const struct text_block *block, const struct text_room *room)
{
    return !block->is_too_wide &&
           (room->height_px <= 0 || block->height_px <= room->height_px) &&
           (room->lines_max <= 0 || block->line_count <= (size_t)room->lines_max);
}

/* The next smaller size: steps of a twentieth, so that few are tried. */
static int smaller_size(int size_px, int floor_px)
{
    int step = size_px / 20 > 1 ? size_px / 20 : 1;
    return size_px - step < floor_px && size_px > floor_px ? floor_px : size_px - step;
}

/* Try sizes from `from_px` down to `to_px`; false when none fits, the block is then set
 * at the last one. */
static bool try_sizes(struct wrap *wrap, const struct text_room *room, int from_px,
                      int to_px, struct text_block *ret_block)
{
    for (int size_px = from_px; size_px >= to_px;
         size_px = smaller_size(size_px, to_px)) {
        wrap->style.size_px = size_px;
        wrap_block(wrap, ret_block);
        if (fits(ret_block, room)) {
            return true;
        }
    }
    return false;
}

void text_fit(const struct text_measure *measure, const char *string,
              const struct text_room *room, struct text_block *ret_block)
{
    int wished_px = room->style.size_px;
    assert(wished_px >= TEXT_SIZE_MIN_PX && wished_px <= TEXT_SIZE_MAX_PX);
    struct wrap wrap = {measure,     string,         strlen(string),
                        room->style, room->width_px, false};
    bool has_floor = room->floor_px >= TEXT_SIZE_MIN_PX && room->floor_px <= wished_px;
    int floor_px = has_floor ? room->floor_px : wished_px;
    if (try_sizes(&wrap, room, wished_px, floor_px, ret_block)) {
        return;
    }
    int least_px =
        floor_px * 2 / 3 > TEXT_SIZE_MIN_PX ? floor_px * 2 / 3 : TEXT_SIZE_MIN_PX;
    if (!try_sizes(&wrap, room, floor_px, least_px, ret_block)) {
        wrap.breaks_words = true;
        (void)try_sizes(&wrap, room, floor_px, TEXT_SIZE_MIN_PX, ret_block);
    }
    ret_block->is_below_floor = true;
}

static int aligned(enum align align, int start, int room, int size)
{
    if (align == ALIGN_START) {
        return start;
    }
    return align == ALIGN_END ? start + room - size : start + (room - size) / 2;
}

int text_baseline_px(struct rect box, int size_px)
{
    return box.y + (box.height + text_cap_height_px(size_px)) / 2;
}

void text_block_draw(struct draw_list *list, const struct text_block *block,
                     const char *string, const struct text_place *place)
{
    int line_height_px = text_line_height_px(block->style.size_px);
    struct rect line_box = place->box;
    line_box.y = aligned(place->down, place->box.y, place->box.height, block->height_px);
    line_box.height = line_height_px;
    for (size_t i = 0; i < block->line_count; i++) {
        const struct text_line *line = &block->lines[i];
        /* Rounding must not lift accents out of their line at small sizes. */
        int highest_px = line_box.y + text_ascent_px(block->style.size_px);
        int centred_px = text_baseline_px(line_box, block->style.size_px);
        struct draw_text text = {
            .x_px =
                aligned(place->across, place->box.x, place->box.width, line->width_px),
            .baseline_px = centred_px > highest_px ? centred_px : highest_px,
            .width_px = line->width_px,
            .style = block->style,
            .colour = place->colour,
        };
        draw_text_part(list, &text, string + line->start, line->length);
        line_box.y += line_height_px;
    }
}
