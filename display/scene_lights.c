/* The counters' lights of the hall screen; see scene_parts.h. */
#include "display/scene_parts.h"

#include <assert.h>
#include <string.h>

#include "runtime/phrase.h"
#include "ui/widget.h"

/* Thousandths of the shorter side. */
#define GAP    12
#define RADIUS 10

/* Longest reason of a pause that a tile shows, in bytes; a longer one could not be read.
 */
#define REASON_SHOWN_MAX 12

/* Longest word on a tile, as a reason of a pause with its time. */
#define WORD_BYTES (REASON_LENGTH_MAX + 2 * PHRASE_BYTES)

/* How many counters stand how: columns, and height of a tile in thousandths of the
 * shorter side. The last row holds every hall. */
struct tiles {
    int counters_max;
    int columns;
    int height;
    enum { WORDS_NONE, WORDS_SHORT, WORDS_ALL } words; /* all: with the time of return */
};

static const struct tiles wide_tiles[] = {
    {8, 8, 138, WORDS_ALL},
    {10, 10, 138, WORDS_ALL},
    {16, 8, 100, WORDS_ALL},
    {24, 12, 96, WORDS_ALL},
    {36, 12, 78, WORDS_SHORT},
    {64, 16, 64, WORDS_SHORT},
    {COUNTERS_MAX, 22, 44, WORDS_NONE},
};
static const struct tiles tall_tiles[] = {
    {4, 4, 138, WORDS_ALL},
    {16, 4, 110, WORDS_ALL},
    {36, 6, 84, WORDS_SHORT},
    {64, 8, 66, WORDS_SHORT},
    {COUNTERS_MAX, 12, 44, WORDS_NONE},
};

static struct tiles tiles_for(const struct screen *screen, int count)
{
    const struct tiles *tiles = scene_is_portrait(screen) ? tall_tiles : wide_tiles;
    while (tiles->counters_max < count) {
        assert(tiles->counters_max < COUNTERS_MAX);
        tiles++;
    }
    return *tiles;
}

static struct grid grid_for(const struct screen *screen, const struct tiles *tiles,
                            int count)
{
    int gap = tiles->height < 60 ? GAP / 2 : GAP;
    return (struct grid){tiles->columns, (count + tiles->columns - 1) / tiles->columns,
                         screen_px(screen, gap)};
}

int scene_lights_px(const struct screen *screen, const struct scene *scene)
{
    int count = (int)scene->hall->board.counter_count;
    if (count == 0) {
        return 0;
    }
    struct tiles tiles = tiles_for(screen, count);
    struct grid grid = grid_for(screen, &tiles, count);
    return grid.rows * screen_px(screen, tiles.height) + (grid.rows - 1) * grid.gap_px;
}

static enum light_shape shape_of(const struct board_counter *counter)
{
    if (counter->light == LIGHT_GREEN) {
        return LIGHT_SHAPE_FREE;
    }
    if (counter->light == LIGHT_RED) {
        return LIGHT_SHAPE_BUSY;
    }
    return counter->state == COUNTER_PAUSED ? LIGHT_SHAPE_PAUSED : LIGHT_SHAPE_OFF;
}

/* When the agent is back, in two lines: that is what people want to know; or, where it is
 * not said, "Pause" or a reason as short. The shape says that it is a pause. */
static void pause_word(const struct scene *scene, const struct board_counter *counter,
                       bool has_time, char ret_word[WORD_BYTES])
{
    char clock[PHRASE_BYTES];
    scene_clock(scene, has_time ? counter->back_at_ms : 0, clock);
    size_t length = strlen(counter->reason);
    if (clock[0] != '\0') {
        struct catalogue_part part = {"time", clock};
        (void)catalogue_fill(scene_text(scene, tr("back\nat {time}")), &part, 1, ret_word,
                             WORD_BYTES); /* short */
    } else if (length > 0 && length <= REASON_SHOWN_MAX) {
        (void)text_copy(ret_word, WORD_BYTES, counter->reason); /* short */
    } else {
        (void)text_copy(ret_word, WORD_BYTES, scene_text(scene, tr("Break"))); /* too */
    }
}

static void light_word(const struct scene *scene, const struct board_counter *counter,
                       bool has_time, char ret_word[WORD_BYTES])
{
    enum light_shape shape = shape_of(counter);
    char marked[SCENE_LABEL_BYTES];
    const char *word = scene_label(scene, counter->ticket, counter->is_test, marked);
    if (shape == LIGHT_SHAPE_PAUSED) {
        pause_word(scene, counter, has_time, ret_word);
        return;
    }
    if (shape == LIGHT_SHAPE_FREE) {
        word = scene_text(scene, tr("Free"));
    } else if (shape == LIGHT_SHAPE_OFF) {
        word = scene_text(scene, tr("Closed"));
    } else if (word[0] == '\0') {
        word = scene_text(scene, tr("Busy"));
    }
    (void)text_copy(ret_word, WORD_BYTES, word); /* words are short */
}

/* The counter's label, and below it, where there is room, what the light says in words.
 */
static void draw_words(struct screen *screen, struct rect at, const char *label,
                       const char *word, const struct light_look *look)
{
    bool has_two_lines = strchr(word, '\n') != NULL;
    bool is_dark = look->icon == ICON_OFF || look->icon == ICON_PAUSED;
    struct text_look name = {
        .size_px = word[0] == '\0' ? at.height * 3 / 4 : at.height * 2 / 5,
        .weight = TEXT_BOLD,
        .colour = screen_colour(screen, is_dark ? ROLE_TEXT_QUIET : ROLE_TEXT),
        .down = word[0] == '\0' ? ALIGN_MIDDLE : ALIGN_END,
        .lines_max = 1};
    bool is_low = at.height < screen_px(screen, 90);
    struct text_look below = {.size_px = is_low ? at.height * 3 / 10 : at.height / 4,
                              .floor_px = at.height / 8,
                              .colour = look->word,
                              .lines_max = has_two_lines ? 2 : 1};
    int name_px = at.height;
    if (word[0] != '\0') {
        name_px = at.height * (has_two_lines ? 40 : is_low ? 54 : 56) / 100;
    }
    screen_text(screen, rect_cut_top(&at, name_px), label, &name);
    rect_cut_top(&at, has_two_lines || is_low ? 0 : at.height / 20);
    screen_text(screen, at, word, &below);
}

static void draw_light(struct screen *screen, struct rect at, const struct scene *scene,
                       const struct board_counter *counter)
{
    uint32_t index = site_find_counter(&scene->hall->site, counter->id);
    const char *label =
        index == SITE_NONE ? counter->id : scene->hall->site.counters[index].label;
    enum light_shape shape = shape_of(counter);
    bool is_dark = shape == LIGHT_SHAPE_OFF || shape == LIGHT_SHAPE_PAUSED;
    screen_fill(screen, at, screen_px(screen, RADIUS),
                is_dark ? screen_colour(screen, ROLE_SURFACE_QUIET)
                        : scene_surface(screen, scene));
    char word[WORD_BYTES] = "";
    struct tiles tiles = tiles_for(screen, (int)scene->hall->board.counter_count);
    if (tiles.words != WORDS_NONE) {
        light_word(scene, counter, tiles.words == WORDS_ALL, word);
    }
    struct light_look look = theme_light(screen->theme, shape);
    struct rect inside = rect_inset_xy(at, at.width / 14, at.height / 10);
    struct rect sign = rect_cut_left(&inside, inside.width * 32 / 100);
    int side_px = at.height * 5 / 9;
    struct draw_icon icon = {look.icon, rect_centre(sign, sign.width, side_px), look.body,
                             look.ink};
    draw_icon(screen->list, &icon);
    rect_cut_left(&inside, inside.width / 9);
    draw_words(screen, inside, label, word, &look);
}

void scene_draw_lights(struct screen *screen, struct rect at, const struct scene *scene)
{
    const struct board_document *board = &scene->hall->board;
    struct tiles tiles = tiles_for(screen, (int)board->counter_count);
    struct grid grid = grid_for(screen, &tiles, (int)board->counter_count);
    for (uint32_t i = 0; i < board->counter_count; i++) {
        draw_light(screen, rect_grid_cell(at, grid, (int)i), scene, &board->counters[i]);
    }
}
