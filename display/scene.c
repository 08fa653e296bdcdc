/* The hall screen's picture as a whole; see scene.h. */
#include "display/scene.h"

#include "display/scene_parts.h"
#include "runtime/phrase.h"
#include "ui/widget.h"

/* Sizes in thousandths of the shorter side of the picture. */
#define HEADER     104
#define STRIP      76
#define TALL_STRIP 110
#define MARGIN     42
#define GAP        18
#define HEAD       56
#define MESSAGE    62

bool scene_is_portrait(const struct screen *screen)
{
    return screen->height_px > screen->width_px;
}

const char *scene_text(const struct scene *scene, const char *source)
{
    return catalogue_text(scene->catalogue, scene->language, source);
}

const char *scene_label(const struct scene *scene, const char *label, bool is_test,
                        char ret_marked[SCENE_LABEL_BYTES])
{
    if (!is_test || label[0] == '\0') {
        return label;
    }
    const struct catalogue_part part = {"ticket", label};
    (void)catalogue_fill(scene_text(scene, tr("TEST {ticket}")), &part, 1, ret_marked,
                         SCENE_LABEL_BYTES); /* short */
    return ret_marked;
}

struct colour scene_surface(const struct screen *screen, const struct scene *scene)
{
    bool is_live = hall_freshness(scene->hall, scene->now_ms) == HALL_LIVE;
    return screen_colour(screen, is_live ? ROLE_SURFACE : ROLE_SURFACE_QUIET);
}

struct text_look scene_head_look(const struct screen *screen)
{
    return (struct text_look){.size_px = screen_px(screen, 29),
                              .colour = screen_colour(screen, ROLE_TEXT_MUTED),
                              .down = ALIGN_MIDDLE,
                              .lines_max = 1};
}

int scene_head_px(const struct screen *screen)
{
    return screen_px(screen, HEAD);
}

void scene_clock(const struct scene *scene, int64_t office_ms, char *ret_text)
{
    ret_text[0] = '\0';
    if (scene->zone && office_ms > 0) {
        phrase_clock(zone_local(scene->zone, office_ms).minute_of_day, ret_text);
    }
}

void scene_time(const struct scene *scene, int64_t office_ms, char *ret_text)
{
    ret_text[0] = '\0';
    if (scene->zone && office_ms > 0) {
        phrase_time(scene->catalogue, scene->language,
                    zone_local(scene->zone, office_ms).minute_of_day, ret_text);
    }
}

/* The hall that this screen belongs to, or NULL. */
static const struct hall *own_hall(const struct scene *scene)
{
    const struct site *site = &scene->hall->site;
    if (!scene->hall->has_site) {
        return NULL;
    }
    uint32_t display =
        site_find_device(site->displays, site->display_count, scene->display);
    return display == SITE_NONE ? NULL : &site->halls[site->displays[display].place];
}

static void draw_header(struct screen *screen, struct rect at, const struct scene *scene)
{
    char clock[PHRASE_BYTES];
    scene_clock(scene, hall_office_ms(scene->hall, scene->now_ms), clock);
    const struct hall *hall = own_hall(scene);
    struct header header = {
        .title = scene->hall->has_site ? scene->hall->site.name.in[scene->language] : "",
        .detail = hall ? hall->name.in[scene->language] : "",
        .clock = clock};
    /* A title of two lines keeps off the edges. */
    screen_fill(screen, at, 0, screen_colour(screen, ROLE_HEADER));
    widget_header(screen, rect_inset_xy(at, 0, at.height / 16), &header);
}

/* The strip that says that the picture is not live. */
static void draw_warning(struct screen *screen, struct rect at, const struct scene *scene)
{
    char time[PHRASE_BYTES];
    char label[2 * PHRASE_BYTES];
    scene_time(scene, hall_board_office_ms(scene->hall), time);
    bool is_stale = hall_freshness(scene->hall, scene->now_ms) == HALL_STALE;
    const char *pattern = is_stale ? tr("Display not updated since {time}")
                                   : tr("Not confirmed: last known at {time}");
    if (time[0] == '\0') {
        pattern = tr("Display not up to date");
    }
    struct catalogue_part part = {"time", time};
    (void)catalogue_fill(scene_text(scene, pattern), &part, 1, label,
                         sizeof(label)); /* a cut sentence is still a warning */
    const char *advice = scene_text(scene, tr("Please ask at reception."));
    if (!scene_is_portrait(screen)) {
        struct notice notice = {NOTICE_WARNING, label, advice};
        widget_notice(screen, at, &notice);
        return;
    }
    /* One below the other: side by side neither could be read. */
    char both[4 * PHRASE_BYTES];
    struct text text;
    text_init(&text, both, sizeof(both));
    text_add(&text, "%s\n%s", label, advice);
    struct notice notice = {NOTICE_WARNING, "", both};
    widget_notice(screen, at, &notice);
}

/* What stands instead of a board that is not there. */
static void draw_message(struct screen *screen, struct rect at, const struct scene *scene)
{
    char message[2 * PHRASE_BYTES];
    struct catalogue_part part = {"id", scene->display};
    const char *pattern =
        scene->is_unassigned ? tr("This screen ({id}) is not in the site’s configuration")
                             : tr("This screen is waiting for the server");
    (void)catalogue_fill(scene_text(scene, pattern), &part, 1, message,
                         sizeof(message)); /* ids and texts are short */
    at = rect_inset(at, screen_px(screen, 2 * MARGIN));
    struct rect middle = rect_centre(at, at.width, screen_px(screen, 420));
    struct rect sign = rect_cut_top(&middle, screen_px(screen, 150));
    struct draw_icon icon = {ICON_WARNING, sign, screen_colour(screen, ROLE_NOTICE),
                             screen_colour(screen, ROLE_NOTICE_TEXT)};
    draw_icon(screen->list, &icon);
    rect_cut_top(&middle, screen_px(screen, 30));
    struct text_look look = {.size_px = screen_px(screen, MESSAGE),
                             .weight = TEXT_BOLD,
                             .colour = screen_colour(screen, ROLE_TEXT),
                             .across = ALIGN_MIDDLE};
    rect_cut_top(&middle, screen_text(screen, middle, message, &look));
    rect_cut_top(&middle, screen_px(screen, 14));
    look.weight = TEXT_REGULAR;
    look.size_px = screen_px(screen, MESSAGE * 3 / 4);
    look.colour = screen_colour(screen, ROLE_TEXT_MUTED);
    screen_text(screen, middle, scene_text(scene, tr("Please ask at reception.")), &look);
}

/* Calls, waits and lights in what header and strips leave. */
static void draw_board(struct screen *screen, struct rect rest, const struct scene *scene,
                       struct scene_sizes *ret_sizes)
{
    int gap_px = screen_px(screen, GAP);
    rest = rect_inset_xy(rest, screen_px(screen, MARGIN), 0);
    rect_cut_top(&rest, screen_px(screen, GAP / 2));
    rect_cut_bottom(&rest, gap_px);
    int lights_px = scene_lights_px(screen, scene);
    if (lights_px > 0) {
        scene_draw_lights(screen, rect_cut_bottom(&rest, lights_px), scene);
        rect_cut_bottom(&rest, gap_px);
    }
    bool has_waits = scene->layout == SCENE_FULL && scene->hall->board.service_count > 0;
    if (has_waits && scene_is_portrait(screen)) {
        scene_draw_waits(screen, rect_cut_bottom(&rest, rest.height * 2 / 5), scene);
    } else if (has_waits) {
        int percent = scene_waits_percent(scene);
        scene_draw_waits(screen, rect_cut_right(&rest, rest.width * percent / 100),
                         scene);
        rect_cut_right(&rest, screen_px(screen, 30));
    }
    scene_draw_calls(screen, rest, scene, ret_sizes);
}

/* What a supervisor tells the hall now; it looks like a warning, not like the line that
 * always stands here. */
static void draw_told(struct screen *screen, struct rect at, const struct scene *scene,
                      const char *words)
{
    const char *label = scene_text(scene, tr("Important"));
    struct notice notice = {NOTICE_WARNING, label, words};
    if (!scene_is_portrait(screen)) {
        widget_notice(screen, at, &notice);
        return;
    }
    char both[DETAIL_LENGTH_MAX + PHRASE_BYTES];
    struct text text;
    text_init(&text, both, sizeof(both));
    text_add(&text, "%s — %s", label, words);
    notice.label = "";
    notice.text = both;
    widget_notice(screen, at, &notice);
}

/* The message of now, else the line of the office. */
static void draw_foot(struct screen *screen, struct rect *rest, const struct scene *scene)
{
    const struct hall_state *hall = scene->hall;
    const char *told =
        hall->has_board ? hall->board.message.words.in[scene->language] : "";
    const char *note = hall->has_site ? hall->site.notice.in[scene->language] : "";
    if (told[0] != '\0') {
        int strip = scene_is_portrait(screen) ? TALL_STRIP * 3 / 2 : TALL_STRIP;
        draw_told(screen, rect_cut_bottom(rest, screen_px(screen, strip)), scene, told);
    } else if (note[0] != '\0') {
        struct notice notice = {NOTICE_INFO, scene_text(scene, tr("Info")), note};
        widget_notice(screen, rect_cut_bottom(rest, screen_px(screen, STRIP)), &notice);
    }
}

static int smallest_text_px(const struct draw_list *list)
{
    int smallest_px = TEXT_SIZE_MAX_PX;
    for (size_t i = 0; i < list->command_count; i++) {
        const struct draw_command *command = &list->commands[i];
        if (command->kind == DRAW_TEXT && command->text.style.size_px < smallest_px) {
            smallest_px = command->text.style.size_px;
        }
    }
    return smallest_px;
}

void scene_draw(struct screen *screen, const struct scene *scene,
                struct scene_sizes *ret_sizes)
{
    *ret_sizes = (struct scene_sizes){0};
    screen_begin(screen);
    struct rect rest = screen_area(screen);
    draw_header(screen, rect_cut_top(&rest, screen_px(screen, HEADER)), scene);
    enum hall_freshness freshness = hall_freshness(scene->hall, scene->now_ms);
    draw_foot(screen, &rest, scene);
    if (freshness == HALL_NOTHING || scene->is_unassigned) {
        draw_message(screen, rest, scene);
    } else {
        if (freshness != HALL_LIVE) {
            int strip = scene_is_portrait(screen) ? TALL_STRIP : STRIP;
            draw_warning(screen, rect_cut_top(&rest, screen_px(screen, strip)), scene);
        }
        draw_board(screen, rest, scene, ret_sizes);
    }
    screen_end(screen);
    ret_sizes->smallest_px = smallest_text_px(screen->list);
}
