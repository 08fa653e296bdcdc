/* Widths of text; see measure.h. */
#include "ui/measure.h"

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "ui/unicode.h"

int text_width_px(const struct text_measure *measure, const char *text,
                  struct text_style style)
{
    return measure->width_px(measure->context, text, strlen(text), style);
}

/* Width of one character in thousandths of an em. */
static int fixed_width(uint32_t code, enum text_weight weight)
{
    int wide = weight == TEXT_BOLD ? 650 : 600;
    bool is_mark = (code >= 0x300 && code < 0x370) || (code >= 0x64B && code < 0x660);
    if (is_mark || unicode_is_bidi_control(code)) {
        return 0;
    }
    if (code < 0x80 && strchr(" .,:;!'|ijl", (int)code)) {
        return wide / 2;
    }
    if (code == 0xA0 || code == 0x202F || code == 0x2019) {
        return wide / 2;
    }
    return unicode_is_ideograph(code) ? 1000 : wide;
}

static int fixed_width_px(void *context, const char *text, size_t length,
                          struct text_style style)
{
    (void)context; /* the rule has no state */
    int64_t width = 0;
    size_t at = 0;
    while (at < length) {
        width += fixed_width(unicode_next(text, length, &at), style.weight);
    }
    return (int)((width * style.size_px + 500) / 1000);
}

struct text_measure text_measure_fixed(void)
{
    return (struct text_measure){.width_px = fixed_width_px};
}

int text_cap_height_px(int size_px)
{
    return (size_px * 714 + 500) / 1000;
}

int text_ascent_px(int size_px)
{
    return (size_px * 950 + 999) / 1000;
}

int text_descent_px(int size_px)
{
    return (size_px * 245 + 999) / 1000;
}

int text_line_height_px(int size_px)
{
    return (size_px * 5 + 3) / 4;
}

int text_size_for_cap_px(int cap_px)
{
    assert(cap_px >= 1);
    return (cap_px * 1000 + 713) / 714;
}
