/* The kiosk's pictures: frame and services; see scene.h. */
#include "kiosk/scene.h"

#include <assert.h>

#include "core/text.h"
#include "kiosk/scene_frame.h"
#include "runtime/phrase.h"
#include "ui/stack.h"
#include "ui/widget.h"

/* Least side of a target (Colle and Hiszem 2004), and where the size is not known the
 * share of the shorter side that this is on a screen of 21 inches or more. */
#define TARGET_MM 20
#define TARGET    74

/* Room around the page and between its parts, in thousandths of the shorter side. */
#define MARGIN 42
#define GAP    22

/* A card is at least this high, and no higher than that. */
#define CARD_LEAST 112
#define CARD_MOST  178

/* The strip of a message, in thousandths of the shorter side. */
#define TOLD      96
#define TOLD_TALL 180

static const char *const language_names[] = {
    [LANGUAGE_FR] = "Français",
    [LANGUAGE_EN] = "English",
};
static_assert(sizeof(language_names) / sizeof(language_names[0]) == LANGUAGE_COUNT,
              "every language is called by its own name");

static int larger(int a, int b)
{
    return a > b ? a : b;
}

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

static bool is_tall(const struct scene *scene)
{
    return scene->height_px > scene->width_px;
}

/* ---- for all pages ---- */

const char *page_text(const struct page_view *view, const char *source)
{
    return catalogue_text(view->scene->catalogue, view->visit->language, source);
}

void page_fill(const struct page_view *view, const char *source,
               const struct catalogue_part *part, char *ret_text, size_t capacity)
{
    /* Sentences of the kiosk and its names fit: both are bounded. */
    (void)catalogue_fill(page_text(view, source), part, 1, ret_text, capacity);
}

int page_target_px(const struct scene *scene)
{
    int shorter_px = smaller(scene->width_px, scene->height_px);
    int usual_px = shorter_px * TARGET / 1000;
    if (scene->width_mm <= 0) {
        return usual_px;
    }
    int known_px = (TARGET_MM * scene->width_px + scene->width_mm - 1) / scene->width_mm;
    /* A size given by mistake must not make the page useless. */
    return smaller(larger(known_px, usual_px), shorter_px / 6);
}

void page_title(struct page_view *view, struct rect at, const char *title)
{
    struct screen *screen = &view->screen;
    struct text_look look = {.size_px = screen_px(screen, 54),
                             .floor_px = screen_px(screen, 34),
                             .weight = TEXT_BOLD,
                             .colour = screen_colour(screen, ROLE_TEXT),
                             .down = ALIGN_MIDDLE,
                             .lines_max = 2};
    screen_text(screen, at, title, &look);
}

/* ---- frame ---- */

/* Language buttons and the contrast button: the same place on every page. */
static void draw_modes(struct page_view *view, struct rect at)
{
    struct screen *screen = &view->screen;
    struct grid grid = {LANGUAGE_COUNT + 1, 1, screen_px(screen, 14)};
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        bool is_chosen = (int)view->visit->language == i;
        struct button button = {.id = TOUCH_LANGUAGE + i,
                                .label = language_names[i],
                                .kind = is_chosen ? BUTTON_PRIMARY : BUTTON_PLAIN,
                                .label_px = screen_px(screen, 32)};
        widget_button(screen, rect_grid_cell(at, grid, i), &button);
    }
    struct button contrast = {.id = TOUCH_CONTRAST,
                              .label = page_text(view, tr("Contrast")),
                              .kind = view->visit->is_high_contrast ? BUTTON_PRIMARY
                                                                    : BUTTON_PLAIN,
                              .label_px = screen_px(screen, 32)};
    widget_button(screen, rect_grid_cell(at, grid, LANGUAGE_COUNT), &contrast);
}

static void draw_header(struct page_view *view, struct rect at)
{
    const struct visit *visit = view->visit;
    char clock[PHRASE_BYTES] = "";
    if (view->scene->zone && visit->has_live_board) {
        int64_t office_ms = visit_office_ms(visit, view->now_ms);
        phrase_clock(zone_local(view->scene->zone, office_ms).minute_of_day, clock);
    }
    struct header header = {
        .title = visit->has_site ? visit->site.name.in[visit->language] : "",
        .clock = clock};
    widget_header(&view->screen, at, &header);
}

/* What a supervisor tells the hall: a sign, a word, and what it is. */
static void draw_told(struct page_view *view, struct rect at, const char *words)
{
    const char *label = page_text(view, tr("Important"));
    char both[DETAIL_LENGTH_MAX + PHRASE_BYTES];
    struct notice notice = {NOTICE_WARNING, label, words};
    if (is_tall(view->scene)) { /* side by side neither could be read */
        struct text text;
        text_init(&text, both, sizeof(both));
        text_add(&text, "%s — %s", label, words);
        notice.label = "";
        notice.text = both;
    }
    widget_notice(&view->screen, at, &notice);
}

/* Where the parts are, without drawing: also for counting what fits. */
struct frame_places {
    struct rect told; /* of no height where there is no message */
    struct rect header;
    struct rect modes;
    struct page_frame frame;
};

static struct frame_places place_frame(const struct scene *scene, bool is_told)
{
    struct screen screen = {.width_px = scene->width_px, .height_px = scene->height_px};
    struct frame_places places;
    struct rect rest = screen_area(&screen);
    int target_px = page_target_px(scene);
    int gap_px = screen_px(&screen, GAP);
    places.header = rect_cut_top(&rest, screen_px(&screen, is_tall(scene) ? 120 : 92));
    int told_px = is_tall(scene) ? TOLD_TALL : TOLD;
    places.told = rect_cut_top(&rest, is_told ? screen_px(&screen, told_px) : 0);
    rest = rect_inset_xy(rest, screen_px(&screen, MARGIN), gap_px);
    struct rect top = rect_cut_top(&rest, target_px);
    if (is_tall(scene)) {
        places.modes = top;
        rect_cut_top(&rest, gap_px);
        places.frame.title = rect_cut_top(&rest, screen_px(&screen, 96));
    } else {
        places.modes = rect_cut_right(&top, top.width * 9 / 20);
        rect_cut_right(&top, gap_px);
        places.frame.title = top;
    }
    rect_cut_top(&rest, gap_px * 3 / 4);
    int bottom_px = larger(target_px, screen_px(&screen, is_tall(scene) ? 118 : 100));
    places.frame.bottom = rect_cut_bottom(&rest, bottom_px);
    rect_cut_bottom(&rest, gap_px);
    places.frame.body = rest;
    return places;
}

/* ---- services ---- */

static struct grid card_grid(const struct scene *scene, struct rect body)
{
    struct screen screen = {.width_px = scene->width_px, .height_px = scene->height_px};
    struct grid grid = {is_tall(scene) ? 1 : 2, 1, screen_px(&screen, GAP)};
    int least_px = larger(page_target_px(scene), screen_px(&screen, CARD_LEAST));
    int rows = (body.height + grid.gap_px) / (least_px + grid.gap_px);
    grid.rows = larger(1, smaller(rows, SCENE_SERVICES_MAX / grid.columns));
    return grid;
}

/* Cut the row that turns pages from the body. */
static struct rect cut_pager(const struct scene *scene, struct rect *body)
{
    struct screen screen = {.width_px = scene->width_px, .height_px = scene->height_px};
    struct rect pager = rect_cut_bottom(body, page_target_px(scene));
    rect_cut_bottom(body, screen_px(&screen, GAP));
    return pager;
}

uint32_t scene_services_per_page(const struct scene *scene, const struct visit *visit,
                                 int64_t now_ms)
{
    uint32_t service_count = visit->site.service_count;
    bool is_told = visit_message(visit, now_ms)[0] != '\0';
    struct rect body = place_frame(scene, is_told).frame.body;
    struct grid grid = card_grid(scene, body);
    if ((uint32_t)(grid.columns * grid.rows) < service_count) {
        (void)cut_pager(scene, &body);
        grid = card_grid(scene, body);
    }
    return (uint32_t)(grid.columns * grid.rows);
}

static void draw_card(struct page_view *view, struct rect at, uint32_t index)
{
    const struct visit *visit = view->visit;
    const struct catalogue *catalogue = view->scene->catalogue;
    const struct service *service = &visit->site.services[index];
    const struct service_document *state = visit_service(visit, index);
    bool is_open = visit_is_open(visit, index);
    char wait[PHRASE_BYTES] = "";
    char people[PHRASE_BYTES] = "";
    char time[PHRASE_BYTES] = "";
    char detail[2 * PHRASE_BYTES] = "";
    struct service_card card = {
        .id = TOUCH_SERVICE + (int)index,
        .badge = {service->letter, colour_rgb(service->color_rgb), !is_open},
        .name = service->name.in[visit->language],
        .detail = service->detail.in[visit->language],
        .wait = page_text(view, tr("Closed")),
        .is_disabled = !is_open};
    if (is_open) {
        phrase_people(catalogue, visit->language, state->waiting_count, people);
        phrase_wait_short(catalogue, visit->language, &state->wait, wait);
        card.wait = state->wait.is_given ? wait : people;
        card.persons = state->wait.is_given ? people : "";
        if (state->limit == SERVICE_LIMIT_LATE) {
            card.detail = page_text(view, tr("You may not be called before it closes"));
        }
    } else if (state && state->is_open) {
        card.wait = page_text(view, tr("No more tickets"));
        card.detail = page_text(
            view, state->limit == SERVICE_LIMIT_FULL
                      ? tr("All tickets of today have been given for this service.")
                      : tr("The queue lasts until it closes"));
    } else if (state && state->opens_at_ms > 0 && view->scene->zone) {
        struct local_time opens = zone_local(view->scene->zone, state->opens_at_ms);
        phrase_time(catalogue, visit->language, opens.minute_of_day, time);
        page_fill(view, tr("Opens at {time}"), &(struct catalogue_part){"time", time},
                  detail, sizeof(detail));
        card.detail = detail;
    }
    widget_service_card(&view->screen, at, &card);
}

static void draw_pager(struct page_view *view, struct rect at)
{
    struct screen *screen = &view->screen;
    const struct visit *visit = view->visit;
    uint32_t per_page = visit->services_per_page;
    uint32_t count = visit->site.service_count;
    struct grid grid = {3, 1, screen_px(screen, GAP)};
    struct button previous = {.id = TOUCH_PREVIOUS,
                              .label = page_text(view, tr("Previous")),
                              .label_px = screen_px(screen, 32),
                              .is_disabled = visit->first_service == 0};
    widget_button(screen, rect_grid_cell(at, grid, 0), &previous);
    char place[32];
    struct text text;
    text_init(&text, place, sizeof(place));
    text_add(&text, "%u / %u", (unsigned)(visit->first_service / per_page + 1),
             (unsigned)((count + per_page - 1) / per_page));
    struct text_look look = {.size_px = screen_px(screen, 32),
                             .colour = screen_colour(screen, ROLE_TEXT),
                             .across = ALIGN_MIDDLE,
                             .down = ALIGN_MIDDLE,
                             .lines_max = 1};
    screen_text(screen, rect_grid_cell(at, grid, 1), place, &look);
    struct button next = {.id = TOUCH_NEXT,
                          .label = page_text(view, tr("More services")),
                          .kind = BUTTON_PRIMARY,
                          .label_px = screen_px(screen, 32),
                          .is_disabled = visit->first_service + per_page >= count};
    widget_button(screen, rect_grid_cell(at, grid, 2), &next);
}

static void draw_cards(struct page_view *view, struct rect body,
                       void (*draw)(struct page_view *view, struct rect at,
                                    uint32_t index))
{
    const struct visit *visit = view->visit;
    uint32_t count = visit->site.service_count;
    if (visit->services_per_page < count) {
        draw_pager(view, cut_pager(view->scene, &body));
    }
    struct grid grid = card_grid(view->scene, body);
    /* Few services stand at the top and do not grow beyond measure. */
    uint32_t left = count - visit->first_service;
    uint32_t shown = left < visit->services_per_page ? left : visit->services_per_page;
    if (visit->services_per_page >= count) {
        grid.rows = ((int)count + grid.columns - 1) / grid.columns;
    }
    int most_px =
        grid.rows * screen_px(&view->screen, CARD_MOST) + (grid.rows - 1) * grid.gap_px;
    struct rect cards = rect_cut_top(&body, smaller(body.height, most_px));
    for (uint32_t i = 0; i < shown; i++) {
        draw(view, rect_grid_cell(cards, grid, (int)i), visit->first_service + i);
    }
}

/* The names of the priorities that a citizen may choose, for the line below "Priority";
 * false when there are none. */
static bool list_classes(const struct visit *visit, struct text *ret_text)
{
    for (uint32_t i = 1; i < visit->site.class_count; i++) {
        if (visit->site.classes[i].at_kiosk) {
            text_add(ret_text, "%s%s", ret_text->length > 0 ? " · " : "",
                     visit->site.classes[i].name.in[visit->language]);
        }
    }
    return ret_text->length > 0;
}

/* The chosen priority stands where it was chosen, with the way to drop it beside it. */
static void draw_chosen_class(struct page_view *view, struct rect at)
{
    struct screen *screen = &view->screen;
    const struct visit *visit = view->visit;
    const struct priority_class *class = &visit->site.classes[visit->class_index];
    struct rect drop = rect_cut_right(&at, at.width * 9 / 25);
    rect_cut_right(&at, screen_px(screen, GAP));
    struct rect inside = widget_card(screen, at, false);
    inside.y = at.y; /* the margin is meant for larger cards */
    inside.height = at.height;
    int icon_px = screen_px(screen, 48);
    struct draw_icon icon = {
        ICON_CHECK, rect_centre(rect_cut_left(&inside, icon_px), icon_px, icon_px),
        screen_colour(screen, ROLE_TEXT_GOOD), screen_colour(screen, ROLE_SURFACE)};
    draw_icon(screen->list, &icon);
    rect_cut_left(&inside, icon_px / 2);
    struct stack words = {
        page_text(view, tr("Priority")),
        class->name.in[visit->language],
        {.size_px = screen_px(screen, 36),
         .weight = TEXT_BOLD,
         .colour = screen_colour(screen, ROLE_TEXT)},
        {.size_px = screen_px(screen, 30), .colour = screen_colour(screen, ROLE_TEXT)},
    };
    stack_draw(screen, inside, &words);
    struct button button = {.id = TOUCH_NO_PRIORITY,
                            .label = page_text(view, tr("Without priority")),
                            .label_px = screen_px(screen, 32)};
    widget_button(screen, drop, &button);
}

/* The way to several services for one ticket: half of the row, or a third beside a chosen
 * priority. Where there are no priorities it has the row for itself. */
static void draw_several_button(struct page_view *view, struct rect *bottom,
                                bool has_open)
{
    struct screen *screen = &view->screen;
    const struct visit *visit = view->visit;
    char names[CLASSES_MAX * (NAME_LENGTH_MAX + 4)];
    struct text text;
    text_init(&text, names, sizeof(names));
    struct rect at = *bottom;
    if (visit->class_index != 0 || list_classes(visit, &text)) {
        int share_px = bottom->width / (visit->class_index != 0 ? 3 : 2);
        at = rect_cut_left(bottom, share_px - screen_px(screen, GAP) / 2);
        rect_cut_left(bottom, screen_px(screen, GAP));
    }
    struct button several = {.id = TOUCH_SEVERAL,
                             .label = page_text(view, tr("Several requests")),
                             .detail = page_text(view, tr("one ticket for all of them")),
                             .label_px = screen_px(screen, 36),
                             .detail_px = screen_px(screen, 25),
                             .is_disabled = !has_open};
    widget_button(screen, at, &several);
}

static void draw_services(struct page_view *view, const struct page_frame *frame)
{
    struct screen *screen = &view->screen;
    const struct visit *visit = view->visit;
    bool has_open = false;
    for (uint32_t i = 0; i < visit->site.service_count; i++) {
        has_open = has_open || visit_is_open(visit, i);
    }
    page_title(view, frame->title,
               page_text(view, has_open ? tr("Touch the reason for your visit")
                                        : tr("No service is open at the moment")));
    draw_cards(view, frame->body, draw_card);
    struct rect bottom = frame->bottom;
    if (visit_offers_several(visit)) {
        draw_several_button(view, &bottom, has_open);
    }
    if (visit->class_index != 0) {
        draw_chosen_class(view, bottom);
        return;
    }
    char names[CLASSES_MAX * (NAME_LENGTH_MAX + 4)];
    struct text text;
    text_init(&text, names, sizeof(names));
    if (!list_classes(visit, &text)) {
        return;
    }
    struct button priority = {.id = TOUCH_PRIORITY,
                              .label = page_text(view, tr("Priority")),
                              .detail = names,
                              .label_px = screen_px(screen, 36),
                              .detail_px = screen_px(screen, 25),
                              .is_disabled = !has_open};
    widget_button(screen, bottom, &priority);
}

/* ---- several services ---- */

/* A service with how often it is asked for, between the ways to less and to more. */
static void draw_basket_card(struct page_view *view, struct rect at, uint32_t index)
{
    struct screen *screen = &view->screen;
    const struct visit *visit = view->visit;
    const struct service *service = &visit->site.services[index];
    uint32_t quantity = visit_quantity(visit, index);
    bool is_open = visit_is_open(visit, index);
    struct rect inside = widget_card(screen, at, !is_open);
    inside.y = at.y; /* the margin is meant for larger cards */
    inside.height = at.height;
    int side_px = larger(page_target_px(view->scene),
                         smaller(at.height * 4 / 5, screen_px(screen, 120)));
    struct rect more = rect_cut_right(&inside, side_px);
    struct rect count = rect_cut_right(&inside, side_px * 3 / 4);
    struct rect less = rect_cut_right(&inside, side_px);
    rect_cut_right(&inside, screen_px(screen, 16));
    struct badge badge = {service->letter, colour_rgb(service->color_rgb), !is_open};
    int badge_px = smaller(side_px, inside.width / 5);
    widget_badge(screen,
                 rect_centre(rect_cut_left(&inside, badge_px), badge_px, badge_px),
                 &badge);
    rect_cut_left(&inside, screen_px(screen, 20));
    struct text_look look = {
        .size_px = screen_px(screen, 38),
        .weight = quantity > 0 ? TEXT_BOLD : TEXT_REGULAR,
        .colour = screen_colour(screen, is_open ? ROLE_TEXT : ROLE_TEXT_MUTED),
        .down = ALIGN_MIDDLE};
    char name[NAME_LENGTH_MAX + 64];
    struct text words;
    text_init(&words, name, sizeof(name));
    text_add(&words, "%s%s%s", service->name.in[visit->language], is_open ? "" : "\n",
             is_open ? "" : page_text(view, tr("Closed")));
    screen_text(screen, inside, name, &look);
    char number[16];
    struct text text;
    text_init(&text, number, sizeof(number));
    text_add(&text, "%u", (unsigned)quantity);
    look.size_px = screen_px(screen, 54);
    look.across = ALIGN_MIDDLE;
    screen_text(screen, count, number, &look);
    struct button minus = {.id = TOUCH_LESS + (int)index,
                           .label = "−",
                           .label_px = screen_px(screen, 54),
                           .is_disabled = quantity == 0};
    widget_button(screen, rect_centre(less, side_px, side_px), &minus);
    struct button plus = {.id = TOUCH_MORE + (int)index,
                          .label = "+",
                          .label_px = screen_px(screen, 54),
                          .is_disabled = !visit_can_add(visit, index)};
    widget_button(screen, rect_centre(more, side_px, side_px), &plus);
}

static void draw_several(struct page_view *view, const struct page_frame *frame)
{
    struct screen *screen = &view->screen;
    const struct visit *visit = view->visit;
    page_title(view, frame->title,
               page_text(view, tr("How many requests of each kind?")));
    draw_cards(view, frame->body, draw_basket_card);
    struct grid grid = {2, 1, screen_px(screen, GAP)};
    struct button back = {.id = TOUCH_BACK,
                          .label = page_text(view, tr("Back")),
                          .icon = ICON_BACK,
                          .label_px = screen_px(screen, 34)};
    struct button take = {.id = TOUCH_TAKE,
                          .label = page_text(view, tr("Take one ticket")),
                          .kind = BUTTON_PRIMARY,
                          .label_px = screen_px(screen, 38),
                          .is_disabled = visit->basket_count == 0};
    widget_button(screen, rect_grid_cell(frame->bottom, grid, 0), &back);
    widget_button(screen, rect_grid_cell(frame->bottom, grid, 1), &take);
}

/* ---- the whole picture ---- */

static void draw_page(struct page_view *view, const struct page_frame *frame)
{
    enum page page = view->visit->page;
    if (page == PAGE_SERVICES || page == PAGE_ANOTHER) {
        draw_services(view, frame);
    } else if (page == PAGE_SEVERAL) {
        draw_several(view, frame);
    } else if (page == PAGE_PRIORITY) {
        page_draw_priority(view, frame);
    } else if (page == PAGE_TICKET || page == PAGE_SURE) {
        page_draw_ticket(view, frame);
    } else {
        page_draw_message(view, frame);
    }
}

void scene_draw(const struct scene *scene, const struct visit *visit, int64_t now_ms,
                struct draw_list *list, struct target_list *targets)
{
    struct page_view view = {
        .scene = scene,
        .visit = visit,
        .now_ms = now_ms,
        .screen = {list, targets,
                   theme_get(visit->is_high_contrast ? THEME_CONTRAST : THEME_DAY),
                   scene->measure, scene->input, scene->width_px, scene->height_px}};
    const char *told = visit_message(visit, now_ms);
    struct frame_places places = place_frame(scene, told[0] != '\0');
    screen_begin(&view.screen);
    draw_header(&view, places.header);
    if (told[0] != '\0') {
        draw_told(&view, places.told, told);
    }
    draw_modes(&view, places.modes);
    draw_page(&view, &places.frame);
    if (visit_shows_sign(visit, now_ms)) {
        page_draw_sign(&view);
    } else if (visit_shows_warning(visit, now_ms)) {
        page_draw_warning(&view);
    } else if (visit->page == PAGE_ANOTHER) {
        page_draw_another(&view);
    } else if (visit->page == PAGE_SURE) {
        page_draw_sure(&view);
    }
    screen_end(&view.screen);
}
