/* The calls of the hall screen; see scene_parts.h. */
#include "display/scene_parts.h"

#include <assert.h>

/* Heights of the newest call's row and of another row, and their gap, in one unit. */
#define NEWEST_UNITS 12
#define ROW_UNITS    9
#define GAP_UNITS    1

/* Rows of the two layouts; a portrait picture has room for one more. */
#define FULL_ROWS  4
#define LARGE_ROWS 2

/* Most columns of the grid that takes the rows' place when many calls are fresh. */
#define COLUMNS_MAX 6

/* Thousandths of the shorter side. */
#define RADIUS 10
#define BAR    14
#define INDENT 34

/* Part of the highlight's ground that becomes a card's in the darker half of a pulse, of
 * 255: enough to be seen, and the number on it keeps 7:1. */
#define PULSE_PART 80

struct row_shares {
    struct rect bar;
    struct rect ticket;
    struct rect arrow;
    struct rect counter;
};

/* How one row is divided; the heads over the rows use the same shares. */
static struct row_shares divide_row(const struct screen *screen, struct rect at)
{
    struct row_shares shares;
    int indent_px = screen_px(screen, INDENT);
    if (indent_px > at.width / 20) {
        indent_px = at.width / 20;
    }
    shares.bar = rect_cut_left(&at, screen_px(screen, BAR));
    rect_cut_left(&at, indent_px);
    rect_cut_right(&at, indent_px / 2);
    int width_px = at.width;
    shares.ticket = rect_cut_left(&at, width_px * 44 / 100);
    rect_cut_left(&at, width_px * 2 / 100);
    /* The counters stand below each other, however high their rows are. */
    struct rect arrow = rect_cut_left(&at, width_px * 8 / 100);
    shares.arrow = rect_centre(arrow, arrow.width, at.height / 3);
    rect_cut_left(&at, width_px * 3 / 100);
    shares.counter = at;
    return shares;
}

/* A colour of the service of a call, or of the cards when the site does not have it. */
static struct colour service_colour(const struct screen *screen,
                                    const struct scene *scene, const char *id)
{
    uint32_t service = site_find_service(&scene->hall->site, id);
    return service == SITE_NONE
               ? screen_colour(screen, ROLE_OFF)
               : colour_rgb(scene->hall->site.services[service].color_rgb);
}

/* "Guichet 3"; the id where the site does not have the counter (yet). */
static const char *counter_name(const struct scene *scene, const char *id)
{
    uint32_t counter = site_find_counter(&scene->hall->site, id);
    return counter == SITE_NONE
               ? id
               : scene->hall->site.counters[counter].name.in[scene->language];
}

/* In the place of the way to the counter: nobody has to go there. */
static void draw_seated(struct screen *screen, const struct row_shares *shares,
                        const struct scene *scene, const struct board_call *call,
                        const struct text_look *ticket_look)
{
    struct rect words = shares->counter;
    words.x = shares->arrow.x;
    words.width += shares->counter.x - shares->arrow.x;
    words = rect_inset_xy(words, 0, words.height / 12);
    struct text_look look = *ticket_look;
    look.weight = TEXT_REGULAR;
    look.size_px = words.height / 5;
    look.floor_px = look.size_px * 2 / 3;
    screen_text(screen, rect_cut_bottom(&words, words.height * 3 / 10),
                counter_name(scene, call->counter), &look);
    look.weight = TEXT_BOLD;
    look.size_px = words.height * 7 / 20;
    look.floor_px = look.size_px / 3;
    look.lines_max = 3;
    screen_text(screen, words,
                scene_text(scene, tr("Please stay seated, we come to you")), &look);
}

static void draw_call(struct screen *screen, struct rect at, const struct scene *scene,
                      uint32_t index)
{
    const struct board_call *call = &scene->hall->board.calls[index];
    struct colour ground = scene_surface(screen, scene);
    struct colour ink = screen_colour(screen, ROLE_TEXT);
    struct colour quiet_ink = screen_colour(screen, ROLE_TEXT_MUTED);
    if (hall_is_fresh(scene->hall, index, scene->now_ms)) {
        bool is_bright = hall_is_bright(scene->hall, call->call, scene->now_ms);
        ground = colour_mix(screen_colour(screen, ROLE_HIGHLIGHT), ground,
                            is_bright ? 0 : PULSE_PART);
        ink = screen_colour(screen, ROLE_HIGHLIGHT_TEXT);
        quiet_ink = ink;
    }
    struct row_shares shares = divide_row(screen, at);
    int radius_px = screen_px(screen, RADIUS);
    struct draw_rect body = {.at = at, .radius_px = radius_px, .fill = ground};
    struct draw_rect bar = {.at = shares.bar,
                            .radius_px = radius_px,
                            .corners = CORNERS_LEFT,
                            .fill = service_colour(screen, scene, call->service)};
    draw_rect(screen->list, &body);
    draw_rect(screen->list, &bar);
    struct text_look look = {.size_px = at.height * 4 / 5,
                             .weight = TEXT_BOLD,
                             .colour = ink,
                             .down = ALIGN_MIDDLE,
                             .lines_max = 1};
    struct rect label = shares.ticket;
    if (call->is_test) {
        struct rect mark = rect_cut_right(&label, label.width / 3);
        struct text_look quiet = look;
        quiet.size_px = at.height / 3;
        quiet.floor_px = quiet.size_px / 2;
        screen_text(screen, mark, scene_text(scene, tr("TEST")), &quiet);
        look.floor_px = look.size_px / 2;
    }
    screen_text(screen, label, call->ticket, &look);
    look.floor_px = 0;
    if (call->is_seated) {
        draw_seated(screen, &shares, scene, call, &look);
        return;
    }
    struct draw_icon arrow = {ICON_ARROW, shares.arrow, quiet_ink, quiet_ink};
    draw_icon(screen->list, &arrow);
    look.size_px = at.height / 2;
    if (shares.counter.width < at.height * 2) {
        look.size_px =
            shares.counter.width / 5; /* a word of seven letters on each line */
    }
    look.floor_px = look.size_px / 2;
    look.lines_max = 2;
    screen_text(screen, shares.counter, counter_name(scene, call->counter), &look);
}

/* Where the calls stand. */
struct call_places {
    struct rect area;
    int row_count;
    bool is_grid;
    struct grid grid;
};

static struct rect call_place(const struct call_places *places, int index)
{
    if (places->is_grid) {
        /* Columns are read downwards: the newest stands at the top left. */
        int row = index % places->grid.rows;
        int column = index / places->grid.rows;
        return rect_grid_cell(places->area, places->grid,
                              row * places->grid.columns + column);
    }
    int units = NEWEST_UNITS + (places->row_count - 1) * (ROW_UNITS + GAP_UNITS);
    int from =
        index == 0 ? 0 : NEWEST_UNITS + GAP_UNITS + (index - 1) * (ROW_UNITS + GAP_UNITS);
    int to = from + (index == 0 ? NEWEST_UNITS : ROW_UNITS);
    struct rect place = places->area;
    place.y += places->area.height * from / units;
    place.height = places->area.height * to / units - places->area.height * from / units;
    return place;
}

/* The rows; or, when more calls are fresh than they hold, the grid of fewest columns that
 * holds all of these with rows that stay readable. */
static struct call_places place_calls(const struct screen *screen, struct rect area,
                                      const struct scene *scene, int fresh_count)
{
    int rows = scene->layout == SCENE_LARGE ? LARGE_ROWS : FULL_ROWS;
    rows += scene_is_portrait(screen) ? 1 : 0;
    struct call_places places = {.area = area, .row_count = rows};
    if (fresh_count <= rows) {
        return places;
    }
    int columns = 2;
    while (columns < COLUMNS_MAX && columns * columns * rows < fresh_count * 2) {
        columns++;
    }
    int needed_rows = (fresh_count + columns - 1) / columns;
    places.is_grid = true;
    places.row_count = needed_rows > rows ? needed_rows : rows;
    places.grid = (struct grid){columns, places.row_count, screen_px(screen, 10)};
    return places;
}

static void draw_heads(struct screen *screen, struct rect at, const struct scene *scene,
                       const struct call_places *places)
{
    struct text_look look = scene_head_look(screen);
    int column_count = places->is_grid ? places->grid.columns : 1;
    if (column_count > 2) {
        return; /* the arrow alone must do in such narrow columns */
    }
    for (int i = 0; i < column_count; i++) {
        struct rect row = call_place(places, i * places->row_count);
        struct row_shares shares = divide_row(screen, row);
        struct rect ticket = {shares.ticket.x, at.y, shares.ticket.width, at.height};
        struct rect counter = {shares.counter.x, at.y, shares.counter.width, at.height};
        screen_text(screen, ticket, scene_text(scene, tr("Ticket")), &look);
        screen_text(screen, counter, scene_text(scene, tr("Counter")), &look);
    }
}

static bool has_open_counter(const struct board_document *board)
{
    bool is_open = false;
    for (uint32_t i = 0; i < board->counter_count; i++) {
        is_open = is_open || board->counters[i].light != LIGHT_OFF;
    }
    return is_open;
}

/* What stands there before the first call of a day, or without an open day. */
static void draw_no_calls(struct screen *screen, struct rect at,
                          const struct scene *scene)
{
    screen_fill(screen, at, screen_px(screen, RADIUS), scene_surface(screen, scene));
    struct text_look look = {.size_px = screen_px(screen, 60),
                             .colour = screen_colour(screen, ROLE_TEXT_MUTED),
                             .across = ALIGN_MIDDLE,
                             .down = ALIGN_MIDDLE};
    const char *message = tr("Calls appear here");
    if (scene->hall->board.day == 0) {
        message = tr("The office is closed");
    } else if (!has_open_counter(&scene->hall->board)) {
        message = tr("No counter is open\nat the moment");
    }
    screen_text(screen, rect_inset(at, screen_px(screen, INDENT)),
                scene_text(scene, message), &look);
}

void scene_draw_calls(struct screen *screen, struct rect at, const struct scene *scene,
                      struct scene_sizes *ret_sizes)
{
    uint32_t rows[BOARD_CALLS_MAX];
    size_t count = hall_rows(scene->hall, rows);
    int fresh_count = 0;
    for (size_t i = 0; i < count; i++) {
        /* Ages rise from row to row: the last fresh row tells how many must be seen. */
        if (hall_is_fresh(scene->hall, rows[i], scene->now_ms)) {
            fresh_count = (int)i + 1;
        }
    }
    struct rect heads = rect_cut_top(&at, scene_head_px(screen));
    struct call_places usual = place_calls(screen, at, scene, 0);
    ret_sizes->newest_px = call_place(&usual, 0).height * 4 / 5;
    ret_sizes->row_px = call_place(&usual, 1).height * 4 / 5;
    if (count == 0) {
        draw_no_calls(screen, at, scene);
        return;
    }
    struct call_places places = place_calls(screen, at, scene, fresh_count);
    draw_heads(screen, heads, scene, &places);
    int place_count = places.row_count * (places.is_grid ? places.grid.columns : 1);
    for (size_t i = 0; i < count && i < (size_t)place_count; i++) {
        draw_call(screen, call_place(&places, (int)i), scene, rows[i]);
    }
}
