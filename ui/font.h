/* The fonts of the screens: Noto Sans regular and bold, opened by file path, and the
 * fonts that stand in for letters Noto Sans lacks, opened when first needed. */
#ifndef GUICHET_UI_FONT_H
#define GUICHET_UI_FONT_H

#include <stddef.h>

#include "core/error.h"
#include "ui/cache.h"
#include "ui/measure.h"

/* Where Debian's fonts-noto-core puts them. */
#define FONT_DIRECTORY "/usr/share/fonts/truetype/noto"

struct font_set;

/* Open the fonts below `directory`. Fails with ERR_NOT_FOUND when NotoSans-Regular.ttf or
 * NotoSans-Bold.ttf is not there or cannot be read; other fonts may be missing. */
enum status font_set_open(const char *directory, struct font_set **ret_fonts,
                          struct error *err);
void font_set_close(struct font_set *fonts);

/* Width in pixels of the first `length` bytes of `text`. */
int font_set_width(struct font_set *fonts, const char *text, size_t length,
                   struct text_style style);

/* Draw the text as a mask. `ret_value->mask.cover` comes from malloc() and is the
 * caller's. Fails with ERR_IO when a glyph cannot be drawn or memory is out. */
enum status font_set_mask(struct font_set *fonts, const char *text, size_t length,
                          struct text_style style, struct cache_value *ret_value,
                          struct error *err);

#endif
