/* Waiting lines and today's share; see panel.h. */
#include "counter/panel.h"

#include <stdio.h>

#include "core/text.h"
#include "runtime/phrase.h"
#include "ui/widget.h"

static void draw_line(struct screen *screen, struct rect at, const struct agent *agent,
                      const struct catalogue *catalogue, const struct counter_queue *line)
{
    uint32_t index =
        agent->has_site ? site_find_service(&agent->site, line->service) : SITE_NONE;
    if (index == SITE_NONE) {
        return; /* a service that the next config will bring */
    }
    const struct service *service = &agent->site.services[index];
    char people[PHRASE_BYTES];
    char longest[PHRASE_BYTES] = "";
    phrase_people(catalogue, agent->language, line->waiting_count, people);
    if (line->waiting_count > 0) {
        phrase_duration(catalogue, agent->language, line->longest_wait_s, longest);
    }
    bool is_late =
        line->waiting_count > 0 && line->longest_wait_s > service->standard_wait_s;
    struct badge badge = {.letter = service->letter,
                          .colour = colour_rgb(service->color_rgb)};
    struct row row = {
        .badge = &badge,
        .name = service->short_name.in[agent->language],
        .detail = people,
        .value = longest,
        .unit = is_late ? catalogue_text(catalogue, agent->language, tr("late")) : "",
        .is_late = is_late,
        .has_line_below = true};
    widget_row(screen, at, &row);
}

/* The lines that do not fit, as one: people who wait elsewhere. */
static void draw_others(struct screen *screen, struct rect at, const struct agent *agent,
                        const struct catalogue *catalogue, uint32_t from)
{
    uint32_t count = 0;
    for (uint32_t i = from; i < agent->state.queue_count; i++) {
        count += agent->state.queues[i].waiting_count;
    }
    char people[PHRASE_BYTES];
    phrase_people(catalogue, agent->language, count, people);
    struct row row = {
        .name = catalogue_text(catalogue, agent->language, tr("Other services")),
        .detail = people,
        .value = "",
        .unit = ""};
    widget_row(screen, at, &row);
}

/* The tickets that this counter parked: "A031 10:20, A032" with how many there are. */
static void draw_parked(struct screen *screen, struct rect at, const struct agent *agent,
                        const struct catalogue *catalogue)
{
    const struct counter_document *state = &agent->state;
    char list[PARKED_SHOWN_MAX * (LABEL_LENGTH_MAX + 16)];
    struct text text;
    text_init(&text, list, sizeof(list));
    for (uint32_t i = 0; i < state->parked_shown_count; i++) {
        const struct counter_parked *parked = &state->parked[i];
        text_add(&text, "%s%s", i == 0 ? "" : ", ", parked->label);
        if (parked->due_at_ms != 0) {
            char left[PHRASE_BYTES];
            int64_t left_ms = parked->due_at_ms - state->at_ms;
            phrase_duration(catalogue, agent->language,
                            left_ms > 0 ? (uint32_t)(left_ms / 1000) : 0, left);
            text_add(&text, " (%s)", left);
        }
    }
    char count[16];
    struct text number;
    text_init(&number, count, sizeof(count));
    text_add(&number, "%u", state->parked_count);
    struct row row = {.name = catalogue_text(catalogue, agent->language, tr("Parked")),
                      .detail = list,
                      .value = count,
                      .unit = "",
                      .has_line_below = true};
    widget_row(screen, at, &row);
}

static void draw_reserved(struct screen *screen, struct rect at,
                          const struct agent *agent, const struct catalogue *catalogue)
{
    char people[PHRASE_BYTES];
    phrase_people(catalogue, agent->language, agent->state.reserved_count, people);
    struct row row = {
        .name = catalogue_text(catalogue, agent->language, tr("For this counter alone")),
        .detail = people,
        .value = "",
        .unit = "",
        .has_line_below = true};
    widget_row(screen, at, &row);
}

static void draw_today(struct screen *screen, struct rect at, const struct agent *agent,
                       const struct catalogue *catalogue)
{
    const struct counter_today *today = &agent->state.today;
    widget_progress(screen, rect_cut_bottom(&at, screen_px(screen, 20)),
                    today->has_share ? (int)today->share_percent : 0, 100);
    struct rect line = rect_cut_bottom(&at, screen_px(screen, 74));
    struct text_look look = {.size_px = screen_px(screen, 28),
                             .colour = screen_colour(screen, ROLE_TEXT),
                             .down = ALIGN_END};
    (void)screen_text(screen, at,
                      catalogue_text(catalogue, agent->language,
                                     tr("Called within the standard today")),
                      &look); /* the height is not needed */
    char share[32];
    struct text text;
    text_init(&text, share, sizeof(share));
    if (today->has_share) {
        text_add(&text, "%u\u00a0%%", today->share_percent);
    } else {
        text_add_string(&text, "–");
    }
    struct text_look large = {.size_px = screen_px(screen, 50),
                              .weight = TEXT_BOLD,
                              .colour = screen_colour(screen, ROLE_TEXT)};
    int baseline_px = text_baseline_px(line, large.size_px);
    int width_px = screen_line(screen, line.x, baseline_px, share, &large);
    char target[64];
    text_init(&text, target, sizeof(target));
    text_add(&text, "%s %u\u00a0%%",
             catalogue_text(catalogue, agent->language, tr("target")),
             today->target_percent);
    look.colour = screen_colour(screen, ROLE_TEXT_MUTED);
    (void)screen_line(screen, line.x + width_px + screen_px(screen, 14), baseline_px,
                      target, &look); /* the width is not needed */
}

/* Rows stand closer before any is left out: a line of its own says more than a sum. */
static int row_height_px(const struct screen *screen, const struct agent *agent,
                         int height_px)
{
    const struct counter_document *state = &agent->state;
    int row_count = (int)state->queue_count + (state->reserved_count > 0 ? 1 : 0) +
                    (state->parked_count > 0 ? 1 : 0);
    int wide_px = screen_px(screen, 105);
    int close_px = screen_px(screen, 84);
    int even_px = row_count > 0 ? height_px / row_count : wide_px;
    return even_px > wide_px ? wide_px : even_px < close_px ? close_px : even_px;
}

void panel_draw(struct screen *screen, struct rect at, const struct agent *agent,
                const struct catalogue *catalogue)
{
    screen_fill(screen, at, 0, screen_colour(screen, ROLE_SURFACE));
    at = rect_inset(at, screen_px(screen, 30));
    struct rect today = rect_cut_bottom(&at, screen_px(screen, 215));
    rect_cut_bottom(&at, screen_px(screen, 15));
    struct text_look head = {.size_px = screen_px(screen, 30),
                             .weight = TEXT_BOLD,
                             .colour = screen_colour(screen, ROLE_TEXT)};
    (void)screen_text(screen, rect_cut_top(&at, screen_px(screen, 50)),
                      catalogue_text(catalogue, agent->language, tr("Waiting")),
                      &head); /* the height is known */
    int row_px = row_height_px(screen, agent, at.height);
    if (agent->state.reserved_count > 0) {
        draw_reserved(screen, rect_cut_top(&at, row_px), agent, catalogue);
    }
    if (agent->state.parked_count > 0) {
        draw_parked(screen, rect_cut_bottom(&at, row_px), agent, catalogue);
    }
    uint32_t fitting = row_px > 0 ? (uint32_t)(at.height / row_px) : 0;
    uint32_t count = agent->state.queue_count;
    uint32_t shown = count <= fitting ? count : fitting > 0 ? fitting - 1 : 0;
    for (uint32_t i = 0; i < shown; i++) {
        draw_line(screen, rect_cut_top(&at, row_px), agent, catalogue,
                  &agent->state.queues[i]);
    }
    if (shown < count && fitting > 0) {
        draw_others(screen, rect_cut_top(&at, row_px), agent, catalogue, shown);
    }
    if (agent->has_state) {
        draw_today(screen, today, agent, catalogue);
    }
}
