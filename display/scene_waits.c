/* The waits of the hall screen; see scene_parts.h. */
#include "display/scene_parts.h"

#include "runtime/phrase.h"
#include "ui/widget.h"

/* Services that are shown with name, people and wait; of more the letter and the wait are
 * shown, because a name that nobody can read helps nobody. */
#define NAMED_MAX 16

/* Services in one column, beside or below the calls. */
#define COLUMN_MAX 7

/* Thousandths of the shorter side. */
#define GAP    12
#define RADIUS 10
#define INDENT 18

/* Smallest size of a service's name beside its wait, in the same unit. */
#define NAME_LEAST 22

/* Stands where nobody can say how long the wait is. */
#define NO_WAIT "–"

static struct grid waits_grid(const struct screen *screen, int count)
{
    bool is_portrait = scene_is_portrait(screen);
    int columns = 1;
    if (count > NAMED_MAX) {
        columns = is_portrait ? 5 : count <= 32 ? 3 : 4;
    } else if (count > COLUMN_MAX) {
        columns = 2;
    }
    int gap = count > NAMED_MAX ? GAP / 2 : GAP;
    return (struct grid){columns, (count + columns - 1) / columns,
                         screen_px(screen, gap)};
}

int scene_waits_percent(const struct scene *scene)
{
    uint32_t count = scene->hall->board.service_count;
    return count <= COLUMN_MAX ? 31 : count <= NAMED_MAX ? 45 : 46;
}

/* The letter alone on its colour, and the wait beside it. */
static void draw_short_wait(struct screen *screen, struct rect at,
                            const struct badge *badge, const char *wait)
{
    struct rect inside = rect_inset(at, at.height / 10);
    widget_badge(screen, rect_cut_left(&inside, inside.height * 5 / 4), badge);
    rect_cut_left(&inside, inside.height / 4);
    struct text_look look = {
        .size_px = inside.height * 7 / 10,
        .weight = TEXT_BOLD,
        .colour = screen_colour(screen, badge->is_quiet ? ROLE_TEXT_QUIET : ROLE_TEXT),
        .down = ALIGN_MIDDLE,
        .lines_max = 1};
    screen_text(screen, inside, wait, &look);
}

static void draw_named_wait(struct screen *screen, struct rect at,
                            const struct scene *scene, const struct board_service *state,
                            const struct row *frame)
{
    char people[PHRASE_BYTES];
    char figures[PHRASE_BYTES];
    phrase_people(scene->catalogue, scene->language, state->waiting_count, people);
    phrase_wait_figures(&state->wait, figures);
    struct row row = *frame;
    row.detail = people;
    row.value = figures;
    row.unit = phrase_wait_unit(scene->catalogue, scene->language, &state->wait);
    row.is_strong = true;
    if (!state->is_open) {
        row.detail = state->waiting_count > 0 ? people : "";
        row.value = scene_text(scene, tr("Closed"));
        row.unit = "";
        row.value_px = row.name_px;
        row.is_strong = false;
    } else if (!state->wait.is_given) {
        row.value = NO_WAIT;
        row.unit = "";
    }
    widget_row(screen, at, &row);
}

/* The name of the service, or its short one where that would be too small to read. */
static const char *name_for(const struct screen *screen, struct text_extent room,
                            const struct service *service, enum language language)
{
    const char *name = service->name.in[language];
    struct text_look look = {.size_px = screen_px(screen, NAME_LEAST), .lines_max = 2};
    look.floor_px = look.size_px;
    bool is_readable = !screen_fit(screen, room, name, &look).is_below_floor;
    return is_readable ? name : service->short_name.in[language];
}

static void draw_wait(struct screen *screen, struct rect at, const struct scene *scene,
                      const struct board_service *state)
{
    const struct site *site = &scene->hall->site;
    uint32_t index = site_find_service(site, state->id);
    if (index == SITE_NONE) {
        return; /* the board is newer than the configuration, which is on its way */
    }
    const struct service *service = &site->services[index];
    struct badge badge = {service->letter, colour_rgb(service->color_rgb),
                          !state->is_open};
    struct colour ground = state->is_open ? scene_surface(screen, scene)
                                          : screen_colour(screen, ROLE_SURFACE_QUIET);
    screen_fill(screen, at, screen_px(screen, RADIUS), ground);
    uint32_t count = scene->hall->board.service_count;
    if (count > NAMED_MAX) {
        char wait[PHRASE_BYTES];
        phrase_wait_short(scene->catalogue, scene->language, &state->wait, wait);
        const char *open = state->wait.is_given ? wait : NO_WAIT;
        draw_short_wait(screen, at, &badge,
                        state->is_open ? open : scene_text(scene, tr("Closed")));
        return;
    }
    bool is_narrow = count > COLUMN_MAX;
    bool has_people = state->is_open || state->waiting_count > 0; /* below the name */
    struct text_extent room = {at.width / 2 - screen_px(screen, INDENT),
                               has_people ? at.height * 3 / 5 : at.height};
    struct row frame = {.badge = &badge,
                        .name = is_narrow
                                    ? service->short_name.in[scene->language]
                                    : name_for(screen, room, service, scene->language),
                        .name_px = screen_px(screen, is_narrow ? 24 : 29),
                        .value_px = screen_px(screen, is_narrow ? 34 : 44)};
    draw_named_wait(screen, rect_inset_xy(at, screen_px(screen, INDENT), 0), scene, state,
                    &frame);
}

void scene_draw_waits(struct screen *screen, struct rect at, const struct scene *scene)
{
    const struct board_document *board = &scene->hall->board;
    struct text_look head = scene_head_look(screen);
    screen_text(screen, rect_cut_top(&at, scene_head_px(screen)),
                scene_text(scene, tr("Estimated wait")), &head);
    struct grid grid = waits_grid(screen, (int)board->service_count);
    for (uint32_t i = 0; i < board->service_count; i++) {
        draw_wait(screen, rect_grid_cell(at, grid, (int)i), scene, &board->services[i]);
    }
}
