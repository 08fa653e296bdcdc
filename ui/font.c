/* Fonts and the drawing of their glyphs; see font.h.
 *
 * One font file is one open font, set to another size as needed: what is drawn is cached
 * as masks, so a second copy of every font per size would only cost memory. Every change
 * of size makes SDL_ttf load its glyphs again; the files are mapped, so that this costs
 * no system call. */
#include "ui/font.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <SDL_ttf.h>

#include "core/text.h"
#include "ui/text_run.h"

#define PATH_BYTES 512

/* Longest run handed to the shaper, in bytes. */
#define RUN_BYTES (TEXT_CHARACTERS_MAX * 4 + 1)

/* In the order they are asked for a glyph. Chinese is in a package of its own beside the
 * directory of the others (fonts-noto-cjk); face 2 of that file is simplified Chinese. */
static const struct {
    const char *files[TEXT_WEIGHT_COUNT];
    long face;
} families[] = {
    {{"NotoSans-Regular.ttf", "NotoSans-Bold.ttf"}, 0},
    {{"NotoSansArabic-Regular.ttf", "NotoSansArabic-Bold.ttf"}, 0},
    {{"NotoSansHebrew-Regular.ttf", "NotoSansHebrew-Bold.ttf"}, 0},
    {{"NotoSansMath-Regular.ttf", "NotoSansMath-Regular.ttf"}, 0},
    {{"NotoSansSymbols-Regular.ttf", "NotoSansSymbols-Bold.ttf"}, 0},
    {{"NotoSansSymbols2-Regular.ttf", "NotoSansSymbols2-Regular.ttf"}, 0},
    {{"../../opentype/noto/NotoSansCJK-Regular.ttc",
      "../../opentype/noto/NotoSansCJK-Bold.ttc"},
     2},
};
#define FAMILY_COUNT ((int)(sizeof(families) / sizeof(families[0])))

struct font {
    TTF_Font *ttf;
    void *bytes; /* the mapped file; NULL: not open */
    size_t byte_count;
    int size_px;
    bool is_tried; /* opening was tried, well or not */
};

struct font_set {
    char directory[PATH_BYTES];
    bool has_ttf;
    struct font fonts[TEXT_WEIGHT_COUNT][FAMILY_COUNT];
};

/* The size a font is opened at; it is set to the wanted one before every use. */
#define OPENING_SIZE_PX 32

/* Map the file; says why not as SDL does. */
static bool map_file(struct font *font, const char *path)
{
    struct stat state = {0};
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd >= 0 && fstat(fd, &state) == 0 && state.st_size > 0) {
        void *bytes = mmap(NULL, (size_t)state.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        font->bytes = bytes == MAP_FAILED ? NULL : bytes;
        font->byte_count = (size_t)state.st_size;
    }
    if (!font->bytes) {
        (void)SDL_SetError("%s", fd >= 0 && state.st_size == 0 ? "the file is empty"
                                                               : strerror(errno));
    }
    if (fd >= 0) {
        (void)close(fd); /* it was only read; a mapping outlives it */
    }
    return font->bytes != NULL;
}

static TTF_Font *open_font(struct font_set *fonts, enum text_weight weight, int family)
{
    struct font *font = &fonts->fonts[weight][family];
    if (!font->is_tried) {
        char bytes[2 * PATH_BYTES];
        struct text path;
        text_init(&path, bytes, sizeof(bytes));
        text_add(&path, "%s/%s", fonts->directory, families[family].files[weight]);
        font->is_tried = true;
        if (map_file(font, bytes)) {
            SDL_RWops *file = SDL_RWFromConstMem(font->bytes, (int)font->byte_count);
            font->ttf =
                TTF_OpenFontIndexRW(file, 1, OPENING_SIZE_PX, families[family].face);
        }
        font->size_px = OPENING_SIZE_PX;
        if (font->ttf) {
            /* Light hinting keeps the drawn widths those of the design. */
            TTF_SetFontHinting(font->ttf, TTF_HINTING_LIGHT);
        }
    }
    return font->ttf;
}

enum status font_set_open(const char *directory, struct font_set **ret_fonts,
                          struct error *err)
{
    struct font_set *fonts = calloc(1, sizeof(*fonts));
    if (!fonts) {
        return error_set(err, ERR_LIMIT, "cannot open fonts: out of memory");
    }
    if (!text_copy(fonts->directory, sizeof(fonts->directory), directory)) {
        error_set(err, ERR_NOT_FOUND, "font directory '%s' is too long", directory);
        goto fail;
    }
    if (TTF_Init() != 0) {
        error_set(err, ERR_IO, "cannot start SDL_ttf: %s", TTF_GetError());
        goto fail;
    }
    fonts->has_ttf = true;
    for (int weight = 0; weight < TEXT_WEIGHT_COUNT; weight++) {
        if (!open_font(fonts, (enum text_weight)weight, 0)) {
            error_set(err, ERR_NOT_FOUND,
                      "cannot open font '%s/%s': %s (Debian package fonts-noto-core)",
                      directory, families[0].files[weight], TTF_GetError());
            goto fail;
        }
    }
    *ret_fonts = fonts;
    return OK;

fail:
    font_set_close(fonts);
    return err ? err->status : ERR_NOT_FOUND;
}

void font_set_close(struct font_set *fonts)
{
    if (!fonts) {
        return;
    }
    for (int weight = 0; weight < TEXT_WEIGHT_COUNT; weight++) {
        for (int family = 0; family < FAMILY_COUNT; family++) {
            struct font *font = &fonts->fonts[weight][family];
            if (font->ttf) {
                TTF_CloseFont(font->ttf);
            }
            if (font->bytes) {
                (void)munmap(font->bytes, font->byte_count); /* mapped so */
            }
        }
    }
    if (fonts->has_ttf) {
        TTF_Quit();
    }
    free(fonts);
}

struct coverage_context {
    struct font_set *fonts;
    enum text_weight weight;
};

static bool has_glyph(void *context, int family, uint32_t code)
{
    struct coverage_context *of = context;
    TTF_Font *ttf = open_font(of->fonts, of->weight, family);
    return ttf && TTF_GlyphIsProvided32(ttf, code) != 0;
}

static size_t split(struct font_set *fonts, const char *text, size_t length,
                    enum text_weight weight, struct text_run runs[TEXT_RUNS_MAX])
{
    struct coverage_context context = {fonts, weight};
    struct font_coverage coverage = {has_glyph, &context, FAMILY_COUNT};
    return text_run_split(text, length, &coverage, runs);
}

/* The font of `run` made ready for it; NULL when SDL_ttf refuses. */
static TTF_Font *prepare(struct font_set *fonts, const struct text_run *run,
                         struct text_style style)
{
    struct font *font = &fonts->fonts[style.weight][run->font];
    if (font->size_px != style.size_px) {
        if (TTF_SetFontSize(font->ttf, style.size_px) != 0) {
            return NULL;
        }
        font->size_px = style.size_px;
    }
    TTF_Direction direction =
        run->is_right_to_left ? TTF_DIRECTION_RTL : TTF_DIRECTION_LTR;
    if (TTF_SetFontDirection(font->ttf, direction) != 0 ||
        TTF_SetFontScriptName(font->ttf, run->script) != 0) {
        return NULL;
    }
    return font->ttf;
}

/* The run's text, NUL-terminated as SDL_ttf wants it. */
static void run_string(const struct text_run *run, const char *text,
                       char bytes[RUN_BYTES])
{
    assert(run->length < RUN_BYTES);
    memcpy(bytes, text + run->start, run->length);
    bytes[run->length] = '\0';
}

int font_set_width(struct font_set *fonts, const char *text, size_t length,
                   struct text_style style)
{
    struct text_run runs[TEXT_RUNS_MAX];
    size_t count = split(fonts, text, length, style.weight, runs);
    int width_px = 0;
    for (size_t i = 0; i < count; i++) {
        char bytes[RUN_BYTES];
        run_string(&runs[i], text, bytes);
        TTF_Font *ttf = prepare(fonts, &runs[i], style);
        int run_px = 0;
        if (ttf && TTF_SizeUTF8(ttf, bytes, &run_px, NULL) == 0) {
            width_px += run_px;
        }
    }
    return width_px;
}

/* The drawn runs of one text, side by side. */
struct drawing {
    SDL_Surface *surfaces[TEXT_RUNS_MAX];
    int ascents_px[TEXT_RUNS_MAX];
    size_t count;
    int width_px;
    int above_px; /* the highest rows above the common baseline */
    int below_px;
};

static enum status draw_run(struct drawing *drawing, struct font_set *fonts,
                            const struct text_run *run, const char *text,
                            struct text_style style)
{
    char bytes[RUN_BYTES];
    run_string(run, text, bytes);
    TTF_Font *ttf = prepare(fonts, run, style);
    if (!ttf) {
        return ERR_IO;
    }
    SDL_Color white = {255, 255, 255, 255};
    SDL_Surface *surface = TTF_RenderUTF8_Blended(ttf, bytes, white);
    if (!surface) {
        return ERR_IO;
    }
    int ascent_px = TTF_FontAscent(ttf);
    int below_px = surface->h - ascent_px;
    drawing->surfaces[drawing->count] = surface;
    drawing->ascents_px[drawing->count] = ascent_px;
    drawing->count++;
    drawing->width_px += surface->w;
    drawing->above_px = ascent_px > drawing->above_px ? ascent_px : drawing->above_px;
    drawing->below_px = below_px > drawing->below_px ? below_px : drawing->below_px;
    return OK;
}

/* Copy the alpha of a run's surface (ARGB, as TTF_Render…_Blended makes it) into the
 * mask. */
static void copy_alpha(const SDL_Surface *surface, struct mask *mask, int x, int y)
{
    for (int row = 0; row < surface->h; row++) {
        const uint8_t *from =
            (const uint8_t *)surface->pixels + (ptrdiff_t)row * surface->pitch;
        uint8_t *to = mask->cover + (ptrdiff_t)(y + row) * mask->pitch + x;
        for (int column = 0; column < surface->w; column++) {
            uint32_t pixel;
            memcpy(&pixel, from + (ptrdiff_t)column * 4, sizeof(pixel));
            to[column] = (uint8_t)(pixel >> 24);
        }
    }
}

enum status font_set_mask(struct font_set *fonts, const char *text, size_t length,
                          struct text_style style, struct cache_value *ret_value,
                          struct error *err)
{
    struct text_run runs[TEXT_RUNS_MAX];
    size_t count = split(fonts, text, length, style.weight, runs);
    struct drawing drawing = {0};
    enum status status = OK;
    for (size_t i = 0; i < count && status == OK; i++) {
        status = draw_run(&drawing, fonts, &runs[i], text, style);
    }
    struct mask mask = {.width_px = drawing.width_px,
                        .height_px = drawing.above_px + drawing.below_px,
                        .pitch = drawing.width_px};
    if (status == OK && mask.width_px > 0) {
        mask.cover = calloc((size_t)mask.height_px, (size_t)mask.pitch);
        status = mask.cover ? OK : ERR_IO;
    }
    int x = 0;
    for (size_t i = 0; i < drawing.count; i++) {
        if (mask.cover) {
            copy_alpha(drawing.surfaces[i], &mask, x,
                       drawing.above_px - drawing.ascents_px[i]);
        }
        x += drawing.surfaces[i]->w;
        SDL_FreeSurface(drawing.surfaces[i]);
    }
    if (status != OK) {
        return error_set(err, ERR_IO, "cannot draw text '%.*s': %s", (int)length, text,
                         TTF_GetError());
    }
    *ret_value = (struct cache_value){drawing.width_px, drawing.above_px, mask};
    return OK;
}
