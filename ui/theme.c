/* Colours of the themes; see theme.h. */
#include "ui/theme.h"

#include <assert.h>
#include <math.h>

#define RGB(red, green, blue)                                                            \
    {                                                                                    \
        (red), (green), (blue), 255                                                      \
    }

static const struct theme themes[] = {
    [THEME_DAY] = {THEME_DAY,
                   "day",
                   {
                       [ROLE_BACKGROUND] = RGB(0xf2, 0xf5, 0xfa),
                       [ROLE_SURFACE] = RGB(0xff, 0xff, 0xff),
                       [ROLE_SURFACE_QUIET] = RGB(0xf6, 0xf8, 0xfb),
                       [ROLE_TEXT] = RGB(0x0b, 0x1f, 0x33),
                       [ROLE_TEXT_MUTED] = RGB(0x3d, 0x50, 0x66),
                       [ROLE_TEXT_QUIET] = RGB(0x5a, 0x68, 0x78),
                       [ROLE_TEXT_LATE] = RGB(0xb0, 0x1e, 0x1e),
                       [ROLE_TEXT_GOOD] = RGB(0x0f, 0x6b, 0x38),
                       [ROLE_BORDER] = RGB(0xc3, 0xcf, 0xde),
                       [ROLE_OUTLINE] = RGB(0x0b, 0x1f, 0x33),
                       [ROLE_HEADER] = RGB(0x0b, 0x1f, 0x33),
                       [ROLE_HEADER_TEXT] = RGB(0xff, 0xff, 0xff),
                       [ROLE_PRIMARY] = RGB(0x0b, 0x1f, 0x33),
                       [ROLE_PRIMARY_TEXT] = RGB(0xff, 0xff, 0xff),
                       [ROLE_ACTION] = RGB(0x12, 0x7a, 0x42),
                       [ROLE_ACTION_TEXT] = RGB(0xff, 0xff, 0xff),
                       [ROLE_HIGHLIGHT] = RGB(0xff, 0xff, 0xff),
                       [ROLE_HIGHLIGHT_TEXT] = RGB(0x0b, 0x1f, 0x33),
                       [ROLE_NOTICE] = RGB(0xf9, 0xc7, 0x3d),
                       [ROLE_NOTICE_TEXT] = RGB(0x0b, 0x1f, 0x33),
                       [ROLE_FOCUS] = RGB(0xb4, 0x3a, 0x00),
                       [ROLE_TRACK] = RGB(0xda, 0xe3, 0xee),
                       [ROLE_VEIL] = {0x0b, 0x1f, 0x33, 0xb0},
                       [ROLE_FREE] = RGB(0x16, 0x8a, 0x4a),
                       [ROLE_FREE_INK] = RGB(0xff, 0xff, 0xff),
                       [ROLE_FREE_TEXT] = RGB(0x0f, 0x6b, 0x38),
                       [ROLE_BUSY] = RGB(0xd6, 0x2b, 0x24),
                       [ROLE_BUSY_INK] = RGB(0xff, 0xff, 0xff),
                       [ROLE_BUSY_TEXT] = RGB(0xb0, 0x1e, 0x1e),
                       [ROLE_OFF] = RGB(0x5a, 0x68, 0x78),
                   }},
    [THEME_HALL] = {THEME_HALL,
                    "hall",
                    {
                        [ROLE_BACKGROUND] = RGB(0x0b, 0x1f, 0x33),
                        [ROLE_SURFACE] = RGB(0x15, 0x2f, 0x4d),
                        [ROLE_SURFACE_QUIET] = RGB(0x0e, 0x26, 0x3e),
                        [ROLE_TEXT] = RGB(0xff, 0xff, 0xff),
                        [ROLE_TEXT_MUTED] = RGB(0xb9, 0xc9, 0xde),
                        [ROLE_TEXT_QUIET] = RGB(0x9a, 0xaa, 0xbc),
                        [ROLE_TEXT_LATE] = RGB(0xff, 0xa0, 0x98),
                        [ROLE_TEXT_GOOD] = RGB(0x7d, 0xe2, 0xa8),
                        [ROLE_BORDER] = RGB(0x2a, 0x48, 0x6b),
                        [ROLE_OUTLINE] = RGB(0xb9, 0xc9, 0xde),
                        [ROLE_HEADER] = RGB(0x06, 0x14, 0x24),
                        [ROLE_HEADER_TEXT] = RGB(0xff, 0xff, 0xff),
                        [ROLE_PRIMARY] = RGB(0xff, 0xff, 0xff),
                        [ROLE_PRIMARY_TEXT] = RGB(0x0b, 0x1f, 0x33),
                        [ROLE_ACTION] = RGB(0x12, 0x7a, 0x42),
                        [ROLE_ACTION_TEXT] = RGB(0xff, 0xff, 0xff),
                        [ROLE_HIGHLIGHT] = RGB(0xff, 0xff, 0xff),
                        [ROLE_HIGHLIGHT_TEXT] = RGB(0x0b, 0x1f, 0x33),
                        [ROLE_NOTICE] = RGB(0xf9, 0xc7, 0x3d),
                        [ROLE_NOTICE_TEXT] = RGB(0x0b, 0x1f, 0x33),
                        [ROLE_FOCUS] = RGB(0xff, 0xd2, 0x4d),
                        [ROLE_TRACK] = RGB(0x2a, 0x48, 0x6b),
                        [ROLE_VEIL] = {0x03, 0x0a, 0x14, 0xb0},
                        [ROLE_FREE] = RGB(0x1d, 0xa8, 0x5a),
                        [ROLE_FREE_INK] = RGB(0xff, 0xff, 0xff),
                        [ROLE_FREE_TEXT] = RGB(0x7d, 0xe2, 0xa8),
                        [ROLE_BUSY] = RGB(0xdb, 0x2f, 0x27),
                        [ROLE_BUSY_INK] = RGB(0xff, 0xff, 0xff),
                        [ROLE_BUSY_TEXT] = RGB(0xff, 0xa0, 0x98),
                        [ROLE_OFF] = RGB(0x8a, 0x9b, 0xae),
                    }},
    [THEME_CONTRAST] = {THEME_CONTRAST,
                        "contrast",
                        {
                            [ROLE_BACKGROUND] = RGB(0x00, 0x00, 0x00),
                            [ROLE_SURFACE] = RGB(0x00, 0x00, 0x00),
                            [ROLE_SURFACE_QUIET] = RGB(0x00, 0x00, 0x00),
                            [ROLE_TEXT] = RGB(0xff, 0xff, 0xff),
                            [ROLE_TEXT_MUTED] = RGB(0xff, 0xff, 0xff),
                            [ROLE_TEXT_QUIET] = RGB(0xb4, 0xb4, 0xb4),
                            [ROLE_TEXT_LATE] = RGB(0xff, 0xb3, 0xb3),
                            [ROLE_TEXT_GOOD] = RGB(0x9d, 0xf5, 0xb8),
                            [ROLE_BORDER] = RGB(0xff, 0xff, 0xff),
                            [ROLE_OUTLINE] = RGB(0xff, 0xff, 0xff),
                            [ROLE_HEADER] = RGB(0x00, 0x00, 0x00),
                            [ROLE_HEADER_TEXT] = RGB(0xff, 0xff, 0xff),
                            [ROLE_PRIMARY] = RGB(0xff, 0xff, 0xff),
                            [ROLE_PRIMARY_TEXT] = RGB(0x00, 0x00, 0x00),
                            [ROLE_ACTION] = RGB(0xff, 0xe1, 0x00),
                            [ROLE_ACTION_TEXT] = RGB(0x00, 0x00, 0x00),
                            [ROLE_HIGHLIGHT] = RGB(0xff, 0xff, 0xff),
                            [ROLE_HIGHLIGHT_TEXT] = RGB(0x00, 0x00, 0x00),
                            [ROLE_NOTICE] = RGB(0xff, 0xe1, 0x00),
                            [ROLE_NOTICE_TEXT] = RGB(0x00, 0x00, 0x00),
                            [ROLE_FOCUS] = RGB(0x4f, 0xd8, 0xff),
                            [ROLE_TRACK] = RGB(0x4a, 0x4a, 0x4a),
                            [ROLE_VEIL] = {0x00, 0x00, 0x00, 0xc8},
                            [ROLE_FREE] = RGB(0x9d, 0xf5, 0xb8),
                            [ROLE_FREE_INK] = RGB(0x00, 0x00, 0x00),
                            [ROLE_FREE_TEXT] = RGB(0x9d, 0xf5, 0xb8),
                            [ROLE_BUSY] = RGB(0xff, 0xb3, 0xb3),
                            [ROLE_BUSY_INK] = RGB(0x00, 0x00, 0x00),
                            [ROLE_BUSY_TEXT] = RGB(0xff, 0xb3, 0xb3),
                            [ROLE_OFF] = RGB(0xb4, 0xb4, 0xb4),
                        }},
};
static_assert(sizeof(themes) / sizeof(themes[0]) == THEME_COUNT, "one row per theme");

/* Words, details and numbers need 4.5:1; called numbers 7:1 (they stand on the highlight
 * and on the hall's cards); outlines, rings and light shapes 3:1 (WCAG 1.4.11). */
static const struct theme_pair pairs[] = {
    {ROLE_TEXT, ROLE_BACKGROUND, 7.0},
    {ROLE_TEXT, ROLE_SURFACE, 7.0},
    {ROLE_HIGHLIGHT_TEXT, ROLE_HIGHLIGHT, 7.0},
    {ROLE_HEADER_TEXT, ROLE_HEADER, 7.0},
    {ROLE_TEXT, ROLE_SURFACE_QUIET, 4.5},
    {ROLE_TEXT_MUTED, ROLE_BACKGROUND, 4.5},
    {ROLE_TEXT_MUTED, ROLE_SURFACE, 4.5},
    {ROLE_TEXT_MUTED, ROLE_SURFACE_QUIET, 4.5},
    {ROLE_TEXT_QUIET, ROLE_BACKGROUND, 4.5},
    {ROLE_TEXT_QUIET, ROLE_SURFACE, 4.5},
    {ROLE_TEXT_QUIET, ROLE_SURFACE_QUIET, 4.5},
    {ROLE_TEXT_LATE, ROLE_BACKGROUND, 4.5},
    {ROLE_TEXT_LATE, ROLE_SURFACE, 4.5},
    {ROLE_TEXT_GOOD, ROLE_BACKGROUND, 4.5},
    {ROLE_TEXT_GOOD, ROLE_SURFACE, 4.5},
    {ROLE_PRIMARY_TEXT, ROLE_PRIMARY, 4.5},
    {ROLE_ACTION_TEXT, ROLE_ACTION, 4.5},
    {ROLE_NOTICE_TEXT, ROLE_NOTICE, 4.5},
    {ROLE_FREE_TEXT, ROLE_SURFACE, 4.5},
    {ROLE_FREE_TEXT, ROLE_BACKGROUND, 4.5},
    {ROLE_BUSY_TEXT, ROLE_SURFACE, 4.5},
    {ROLE_BUSY_TEXT, ROLE_BACKGROUND, 4.5},
    {ROLE_OUTLINE, ROLE_BACKGROUND, 3.0},
    {ROLE_OUTLINE, ROLE_SURFACE, 3.0},
    {ROLE_FOCUS, ROLE_BACKGROUND, 3.0},
    {ROLE_FOCUS, ROLE_SURFACE, 3.0},
    {ROLE_FREE_INK, ROLE_FREE, 3.0},
    {ROLE_BUSY_INK, ROLE_BUSY, 3.0},
    {ROLE_FREE, ROLE_SURFACE, 3.0},
    {ROLE_FREE, ROLE_HEADER, 3.0},
    {ROLE_BUSY, ROLE_HEADER, 3.0},
    {ROLE_OFF, ROLE_SURFACE_QUIET, 3.0},
    {ROLE_OFF, ROLE_SURFACE, 3.0},
};

const struct theme *theme_get(enum theme_id id)
{
    assert(id < THEME_COUNT);
    return &themes[id];
}

struct colour theme_colour(const struct theme *theme, enum role role)
{
    assert(role < ROLE_COUNT);
    return theme->colours[role];
}

/* One channel of sRGB made linear; WCAG 2.x, definition of relative luminance. */
static double linear(uint8_t channel)
{
    double part = channel / 255.0;
    return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4);
}

double colour_luminance(struct colour colour)
{
    return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) +
           0.0722 * linear(colour.blue);
}

double colour_contrast(struct colour a, struct colour b)
{
    double lighter = colour_luminance(a);
    double darker = colour_luminance(b);
    if (lighter < darker) {
        double swapped = lighter;
        lighter = darker;
        darker = swapped;
    }
    return (lighter + 0.05) / (darker + 0.05);
}

static uint8_t mix_channel(uint8_t a, uint8_t b, int part)
{
    return (uint8_t)((a * (255 - part) + b * part + 127) / 255);
}

struct colour colour_mix(struct colour a, struct colour b, int part)
{
    assert(part >= 0 && part <= 255);
    return (struct colour){
        mix_channel(a.red, b.red, part), mix_channel(a.green, b.green, part),
        mix_channel(a.blue, b.blue, part), mix_channel(a.alpha, b.alpha, part)};
}

struct colour colour_ink_on(struct colour ground)
{
    struct colour white = colour_rgb(0xffffff);
    struct colour black = colour_rgb(0x000000);
    double on_white = colour_contrast(ground, white);
    if (on_white >= 4.5 || on_white >= colour_contrast(ground, black)) {
        return white;
    }
    return black;
}

/* A colour that white nearly reads on is darkened a little rather than given black: the
 * letters of a site's services then look alike. */
struct ground theme_service(const struct theme *theme, struct colour service)
{
    struct colour white = colour_rgb(0xffffff);
    struct colour black = colour_rgb(0x000000);
    if (theme->id == THEME_CONTRAST) {
        return (struct ground){white, black};
    }
    service.alpha = 255;
    if (colour_contrast(service, white) >= 3.0) {
        for (int part = 0; part < 255; part += 5) {
            struct colour darker = colour_mix(service, black, part);
            if (colour_contrast(darker, white) >= 4.5) {
                return (struct ground){darker, white};
            }
        }
    }
    return (struct ground){service, colour_ink_on(service)};
}

struct light_look theme_light(const struct theme *theme, enum light_shape light)
{
    static const struct {
        enum icon icon;
        enum role body;
        enum role ink;
        enum role word;
    } looks[] = {
        [LIGHT_SHAPE_OFF] = {ICON_OFF, ROLE_OFF, ROLE_OFF, ROLE_TEXT_QUIET},
        [LIGHT_SHAPE_FREE] = {ICON_FREE, ROLE_FREE, ROLE_FREE_INK, ROLE_FREE_TEXT},
        [LIGHT_SHAPE_BUSY] = {ICON_BUSY, ROLE_BUSY, ROLE_BUSY_INK, ROLE_BUSY_TEXT},
        [LIGHT_SHAPE_PAUSED] = {ICON_PAUSED, ROLE_OFF, ROLE_OFF, ROLE_TEXT_QUIET},
    };
    static_assert(sizeof(looks) / sizeof(looks[0]) == LIGHT_SHAPE_COUNT,
                  "one look per light");
    assert(light < LIGHT_SHAPE_COUNT);
    return (struct light_look){
        .icon = looks[light].icon,
        .body = theme_colour(theme, looks[light].body),
        .ink = theme_colour(theme, looks[light].ink),
        .word = theme_colour(theme, looks[light].word),
    };
}

const struct theme_pair *theme_pairs(size_t *ret_count)
{
    *ret_count = sizeof(pairs) / sizeof(pairs[0]);
    return pairs;
}
