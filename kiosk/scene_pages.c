/* The kiosk's pages other than the services, and its questions; see scene_frame.h. */
#include <string.h>

#include "core/text.h"
#include "kiosk/scene_frame.h"
#include "runtime/asked_text.h"
#include "runtime/phrase.h"
#include "ui/widget.h"

#define SENTENCE_TEXT_BYTES 512

/* Lines that tell what is to be expected. */
#define PROSPECTS 5

/* ---- parts ---- */

static struct text_look plain_look(const struct page_view *view, int size)
{
    return (struct text_look){.size_px = screen_px(&view->screen, size),
                              .colour = screen_colour(&view->screen, ROLE_TEXT)};
}

/* The ways on: one strong button, or two side by side with the strong one at the right,
 * where the thumb is. */
static void draw_ways(struct page_view *view, struct rect at, const struct button *strong,
                      const struct button *other)
{
    struct screen *screen = &view->screen;
    struct grid grid = {2, 1, screen_px(screen, 22)};
    struct button button = *strong;
    button.kind = BUTTON_PRIMARY;
    button.label_px = screen_px(screen, 38);
    if (!other) {
        widget_button(screen, at, &button);
        return;
    }
    struct button second = *other;
    second.label_px = screen_px(screen, 34);
    widget_button(screen, rect_grid_cell(at, grid, 0), &second);
    widget_button(screen, rect_grid_cell(at, grid, 1), &button);
}

/* ---- priority ---- */

void page_draw_priority(struct page_view *view, const struct page_frame *frame)
{
    struct screen *screen = &view->screen;
    const struct site *site = &view->visit->site;
    page_title(view, frame->title, page_text(view, tr("Which priority applies to you?")));
    struct rect body = frame->body;
    struct text_look look = plain_look(view, 34);
    look.colour = screen_colour(screen, ROLE_TEXT_MUTED);
    int used_px = screen_text(
        screen, body, page_text(view, tr("It applies to your next ticket.")), &look);
    rect_cut_top(&body, used_px + screen_px(screen, 30));
    int count = 0;
    for (uint32_t i = 1; i < site->class_count; i++) {
        count += site->classes[i].at_kiosk;
    }
    bool is_wide = screen->width_px > screen->height_px;
    struct grid grid = {is_wide || count > 6 ? 2 : 1, 1, screen_px(screen, 22)};
    grid.rows = (count + grid.columns - 1) / grid.columns;
    grid.rows = grid.rows > 0 ? grid.rows : 1;
    int most_px = grid.rows * screen_px(screen, 150) + (grid.rows - 1) * grid.gap_px;
    body.height = body.height < most_px ? body.height : most_px;
    int cell = 0;
    for (uint32_t i = 1; i < site->class_count; i++) {
        if (!site->classes[i].at_kiosk) {
            continue;
        }
        struct button button = {.id = TOUCH_CLASS + (int)i,
                                .label = site->classes[i].name.in[view->visit->language],
                                .label_px = screen_px(screen, 40)};
        widget_button(screen, rect_grid_cell(body, grid, cell), &button);
        cell++;
    }
    struct button none = {.id = TOUCH_NO_PRIORITY,
                          .label = page_text(view, tr("Without priority"))};
    struct button back = {
        .id = TOUCH_BACK, .label = page_text(view, tr("Back")), .icon = ICON_BACK};
    draw_ways(view, frame->bottom, &none, &back);
}

/* ---- ticket ---- */

/* What is known of the paper, in a strip with an icon. */
static void draw_paper(struct page_view *view, struct rect at)
{
    static const struct {
        enum icon icon;
        enum role colour;
        const char *text;
    } news[] = {
        [PAPER_NONE] = {ICON_INFO, ROLE_TEXT, tr("Remember your number.")},
        [PAPER_PRINTING] = {ICON_PRINTER, ROLE_TEXT, tr("Your ticket is being printed.")},
        [PAPER_PRINTED] = {ICON_CHECK, ROLE_TEXT_GOOD, tr("Take your ticket.")},
        [PAPER_FAILED] = {ICON_WARNING, ROLE_TEXT_LATE,
                          tr("Ticket not printed: remember your number.")},
    };
    struct screen *screen = &view->screen;
    struct colour colour = screen_colour(screen, news[view->visit->paper].colour);
    const char *text = page_text(view, news[view->visit->paper].text);
    struct text_look look = plain_look(view, 38);
    look.weight = TEXT_BOLD;
    look.colour = colour;
    look.down = ALIGN_MIDDLE;
    int icon_px = at.height < screen_px(screen, 60) ? at.height : screen_px(screen, 60);
    int gap_px = icon_px / 3;
    struct text_extent extent = {at.width - icon_px - gap_px, at.height};
    struct text_block block = screen_fit(screen, extent, text, &look);
    struct rect group = rect_centre(at, icon_px + gap_px + block.width_px, at.height);
    struct draw_icon icon = {news[view->visit->paper].icon,
                             rect_cut_left(&group, icon_px), colour,
                             screen_colour(screen, ROLE_SURFACE)};
    draw_icon(screen->list, &icon);
    rect_cut_left(&group, gap_px);
    screen_block(screen, group, &block, text, &look);
}

/* Badge and name of the service in the middle of a line. */
static void draw_service(struct page_view *view, struct rect at)
{
    struct screen *screen = &view->screen;
    const struct site *site = &view->visit->site;
    uint32_t index = site_find_service(site, view->visit->ticket.service);
    if (index == SITE_NONE) {
        return; /* the office dropped the service since: the number still stands */
    }
    const struct service *service = &site->services[index];
    char name[ASKED_TEXT_BYTES];
    asked_text(site, &view->visit->ticket, view->visit->language, name);
    struct text_look look = plain_look(view, 42);
    look.weight = TEXT_BOLD;
    look.down = ALIGN_MIDDLE;
    int side_px = at.height * 4 / 5;
    int gap_px = side_px / 3;
    struct text_extent extent = {at.width - side_px - gap_px, at.height};
    struct text_block block = screen_fit(screen, extent, name, &look);
    struct rect group = rect_centre(at, side_px + gap_px + block.width_px, at.height);
    struct badge badge = {service->letter, colour_rgb(service->color_rgb), false};
    widget_badge(screen, rect_cut_left(&group, side_px), &badge);
    rect_cut_left(&group, gap_px);
    screen_block(screen, group, &block, name, &look);
}

/* People ahead, the wait where it is known, and what may be surprising later. */
static void draw_prospects(struct page_view *view, struct rect at)
{
    struct screen *screen = &view->screen;
    const struct visit *visit = view->visit;
    const struct reply_ticket *ticket = &visit->ticket;
    const struct catalogue *catalogue = view->scene->catalogue;
    char ahead[PHRASE_BYTES];
    char wait[PHRASE_BYTES];
    phrase_ahead(catalogue, visit->language, ticket->ahead, ahead);
    phrase_wait_long(catalogue, visit->language, &ticket->wait, wait);
    const char *order = page_text(view, tr("Numbers are not always called in order."));
    uint32_t class_index = site_find_class(&visit->site, ticket->class_id);
    bool has_class = class_index != SITE_NONE && class_index != 0;
    const char *const lines[PROSPECTS] = {
        wait[0] != '\0' ? page_text(view, tr("Estimated wait")) : "", wait, ahead,
        has_class ? visit->site.classes[class_index].name.in[visit->language] : "",
        order};
    static const int sizes[PROSPECTS] = {34, 54, 40, 36, 34};
    int count = 0;
    int share = 0;
    for (int i = 0; i < PROSPECTS; i++) {
        count += lines[i][0] != '\0';
        share += lines[i][0] != '\0' ? sizes[i] : 0;
    }
    int gap_px = screen_px(screen, 6);
    int room_px = at.height - gap_px * (count - 1);
    int most_px = screen_px(screen, share * 3 / 2);
    room_px = room_px < most_px ? room_px : most_px;
    at = rect_centre(at, at.width, room_px + gap_px * (count - 1));
    for (int i = 0; i < PROSPECTS; i++) {
        if (lines[i][0] == '\0') {
            continue;
        }
        struct text_look look = plain_look(view, sizes[i]);
        look.weight = i == 1 ? TEXT_BOLD : TEXT_REGULAR;
        look.across = ALIGN_MIDDLE;
        look.down = ALIGN_MIDDLE;
        if (i == 0 || i == PROSPECTS - 1) {
            look.colour = screen_colour(screen, ROLE_TEXT_MUTED);
        }
        screen_text(screen, rect_cut_top(&at, room_px * sizes[i] / share), lines[i],
                    &look);
        rect_cut_top(&at, gap_px);
    }
}

static void draw_number(struct page_view *view, struct rect at)
{
    struct text_look number = {.size_px = at.height,
                               .floor_px = at.height / 3,
                               .weight = TEXT_BOLD,
                               .colour = screen_colour(&view->screen, ROLE_TEXT),
                               .across = ALIGN_MIDDLE,
                               .down = ALIGN_MIDDLE,
                               .lines_max = 1};
    int most_px = screen_px(&view->screen, 330);
    number.size_px = number.size_px < most_px ? number.size_px : most_px;
    screen_text(&view->screen, at, view->visit->ticket.label, &number);
}

void page_draw_ticket(struct page_view *view, const struct page_frame *frame)
{
    struct screen *screen = &view->screen;
    page_title(view, frame->title, page_text(view, tr("Your ticket")));
    struct rect body = frame->body;
    bool is_tall = screen->height_px > screen->width_px;
    if (is_tall) {
        int most_px = screen_px(screen, 1100);
        body.height = body.height < most_px ? body.height : most_px;
    }
    struct rect inside = widget_card(screen, body, false);
    struct rect paper = rect_cut_bottom(&inside, screen_px(screen, is_tall ? 96 : 76));
    screen_fill(screen, rect_cut_bottom(&inside, screen_px(screen, 2)), 0,
                screen_colour(screen, ROLE_BORDER));
    rect_cut_bottom(&inside, screen_px(screen, 12));
    draw_paper(view, paper);
    if (is_tall) {
        draw_service(view, rect_cut_top(&inside, screen_px(screen, 110)));
        draw_number(view, rect_cut_top(&inside, inside.height / 2));
        draw_prospects(view, inside);
    } else {
        struct rect left = rect_cut_left(&inside, inside.width / 2);
        rect_cut_left(&inside, screen_px(screen, 30));
        draw_service(view, rect_cut_top(&left, screen_px(screen, 90)));
        draw_number(view, left);
        draw_prospects(view, inside);
    }
    struct button done = {.id = TOUCH_BACK, .label = page_text(view, tr("Done"))};
    struct button cancel = {.id = TOUCH_CANCEL,
                            .label = page_text(view, tr("Cancel this ticket"))};
    bool can_cancel = visit_is_reachable(view->visit, view->now_ms);
    draw_ways(view, frame->bottom, &done, can_cancel ? &cancel : NULL);
}

/* ---- messages ---- */

struct message_words {
    enum icon icon;
    enum role body;
    const char *title;
    const char *text;
    const char *way; /* label of the button; NULL: there is none */
};

/* What a refusal means to a citizen. */
static const char *refusal_sentence(const char *code)
{
    static const struct {
        const char *code;
        const char *sentence;
    } sentences[] = {
        {"service-closed", tr("This service has just closed.")},
        {"day-not-open", tr("The office is not open.")},
        {"ticket-limit",
         tr("All tickets of today have been given. Please go to the reception.")},
        {"number-limit",
         tr("All tickets of today have been given. Please go to the reception.")},
        {"quota-reached", tr("All tickets of today have been given for this service.")},
        {"closing-soon",
         tr("The people who wait fill the time until this service closes.")},
        {"ticket-state",
         tr("This ticket has been called already: it can no longer be cancelled.")},
        {"ticket-elsewhere",
         tr("This ticket has been called already: it can no longer be cancelled.")},
    };
    for (size_t i = 0; i < sizeof(sentences) / sizeof(sentences[0]); i++) {
        if (strcmp(code, sentences[i].code) == 0) {
            return sentences[i].sentence;
        }
    }
    return tr("Nothing was done. Please try again or go to the reception.");
}

static struct message_words words_of(const struct visit *visit)
{
    if (visit->page == PAGE_STARTING) {
        return (struct message_words){ICON_CLOCK, ROLE_TEXT, tr("One moment…"), "", NULL};
    }
    if (visit->page == PAGE_CANCELLED) {
        return (struct message_words){ICON_CHECK, ROLE_TEXT_GOOD,
                                      tr("Your ticket {ticket} is cancelled"), "",
                                      tr("Done")};
    }
    if (visit->page == PAGE_REFUSED) {
        bool is_take = visit->asked_verb == VERB_TAKE;
        return (struct message_words){
            ICON_INFO, ROLE_TEXT,
            is_take ? tr("No ticket was taken")
                    : tr("Your ticket {ticket} is not cancelled"),
            refusal_sentence(visit->refusal),
            is_take ? tr("Choose another service") : tr("Back")};
    }
    return (struct message_words){ICON_WARNING, ROLE_TEXT_LATE,
                                  tr("Tickets cannot be taken here for the moment"),
                                  tr("Please go to the reception."), NULL};
}

void page_draw_message(struct page_view *view, const struct page_frame *frame)
{
    struct screen *screen = &view->screen;
    struct message_words words = words_of(view->visit);
    char title[SENTENCE_TEXT_BYTES];
    page_fill(view, words.title,
              &(struct catalogue_part){"ticket", view->visit->ticket.label}, title,
              sizeof(title));
    struct rect body = frame->body;
    int most_px = screen_px(screen, 620);
    struct rect card =
        rect_centre(body, body.width, body.height < most_px ? body.height : most_px);
    struct rect inside = widget_card(screen, card, false);
    struct draw_icon icon = {words.icon,
                             rect_centre(rect_cut_top(&inside, inside.height * 7 / 20),
                                         inside.width, inside.height * 6 / 20),
                             screen_colour(screen, words.body),
                             screen_colour(screen, ROLE_SURFACE)};
    draw_icon(screen->list, &icon);
    rect_cut_top(&inside, inside.height / 20);
    struct text_look look = plain_look(view, 54);
    look.weight = TEXT_BOLD;
    look.across = ALIGN_MIDDLE;
    look.down = ALIGN_MIDDLE;
    bool has_text = words.text[0] != '\0';
    screen_text(screen, rect_cut_top(&inside, inside.height * (has_text ? 11 : 20) / 20),
                title, &look);
    if (has_text) {
        look = plain_look(view, 42);
        look.across = ALIGN_MIDDLE;
        look.down = ALIGN_MIDDLE;
        screen_text(screen, inside, page_text(view, words.text), &look);
    }
    if (words.way) {
        struct button way = {.id = TOUCH_BACK, .label = page_text(view, words.way)};
        draw_ways(view, frame->bottom, &way, NULL);
    }
}

/* ---- questions ---- */

/* `question` with one or two buttons that are large enough to touch. */
static void draw_question(struct page_view *view, const struct dialogue *question,
                          const struct button buttons[2])
{
    struct dialogue dialogue = *question;
    dialogue.buttons = buttons;
    dialogue.button_count = buttons[1].label ? 2 : 1;
    dialogue.button_height_px = page_target_px(view->scene);
    widget_dialogue(&view->screen, &dialogue);
}

void page_draw_another(struct page_view *view)
{
    char text[SENTENCE_TEXT_BYTES];
    page_fill(view,
              view->visit->is_burst
                  ? tr("Many tickets have just been taken here. Take another one only if "
                       "you will wait for your turn.")
                  : tr("Ticket {ticket} has just been taken. Take another one only for "
                       "another person or another service."),
              &(struct catalogue_part){"ticket", view->visit->ticket.label}, text,
              sizeof(text));
    const struct button buttons[2] = {
        {.id = TOUCH_NO, .label = page_text(view, tr("No, thank you"))},
        {.id = TOUCH_YES,
         .label = page_text(view, tr("Yes, another ticket")),
         .kind = BUTTON_PRIMARY},
    };
    draw_question(
        view,
        &(struct dialogue){.title = page_text(view, view->visit->is_burst
                                                        ? tr("Really another ticket?")
                                                        : tr("Another ticket?")),
                           .text = text,
                           .icon = ICON_TICKET},
        buttons);
}

void page_draw_sure(struct page_view *view)
{
    char title[SENTENCE_TEXT_BYTES];
    page_fill(view, tr("Cancel ticket {ticket}?"),
              &(struct catalogue_part){"ticket", view->visit->ticket.label}, title,
              sizeof(title));
    const struct button buttons[2] = {
        {.id = TOUCH_NO,
         .label = page_text(view, tr("No, keep it")),
         .kind = BUTTON_PRIMARY},
        {.id = TOUCH_YES, .label = page_text(view, tr("Yes, cancel it"))},
    };
    draw_question(
        view,
        &(struct dialogue){.title = title,
                           .text = page_text(view, tr("You will lose your place.")),
                           .icon = ICON_WARNING},
        buttons);
}

void page_draw_warning(struct page_view *view)
{
    static const struct phrase_counted left = {
        tr_plural("Touch the screen to continue: {count}\u00a0second left.",
                  "Touch the screen to continue: {count}\u00a0seconds left.")};
    uint32_t left_s = visit_warning_s(view->visit, view->now_ms);
    char text[PHRASE_BYTES];
    phrase_count(view->scene->catalogue, view->visit->language, left, left_s, text);
    const struct button buttons[2] = {
        {.id = TOUCH_STAY,
         .label = page_text(view, tr("Continue")),
         .kind = BUTTON_PRIMARY},
    };
    draw_question(view,
                  &(struct dialogue){.title = page_text(view, tr("Are you still here?")),
                                     .text = text,
                                     .icon = ICON_CLOCK,
                                     .part = (int)left_s,
                                     .whole = VISIT_WARN_MS / 1000},
                  buttons);
}

/* The sign has no button: there is nothing to do but wait, and not for long. */
void page_draw_sign(struct page_view *view)
{
    struct screen *screen = &view->screen;
    target_list_clear(screen->targets);
    screen_fill(screen, screen_area(screen), 0, screen_colour(screen, ROLE_VEIL));
    struct rect card =
        rect_centre(screen_area(screen), screen_px(screen, 700), screen_px(screen, 240));
    struct rect inside = widget_card(screen, card, false);
    struct text_look look = plain_look(view, 64);
    look.weight = TEXT_BOLD;
    look.across = ALIGN_MIDDLE;
    look.down = ALIGN_MIDDLE;
    screen_text(screen, inside, page_text(view, tr("One moment…")), &look);
}
